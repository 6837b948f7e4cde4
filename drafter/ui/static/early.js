// Before anything else loads: the page's language decides, not the browser's, so that built-in words
// (upload, search) are Chinese on every office machine.
"use strict";
(() => {
  const language = location.pathname.startsWith("/en") ? "en" : "zh-CN";
  Object.defineProperty(navigator, "language", { get: () => language });
  Object.defineProperty(navigator, "languages", { get: () => [language] });
  document.documentElement.lang = language;
})();
