// The text in the editor with its marks behind it: their tips, and going to a place in the text.
// Texts go in as text nodes or as clones of what the server escaped; nothing is built from strings.
"use strict";
(() => {
  const { $, editor, send, verbs } = drafter;
  const marked = () => $("#provenance .marked");
  let backdrop = null, laid = {};

  // ------------------------------------------------------------- marks behind the editor
  function lay() {
    const field = editor(), shown = marked();
    laid = { shown, text: field?.value };
    if (!field) { backdrop = null; return; }
    if (!backdrop || backdrop.parentElement !== field.parentElement) {
      backdrop?.remove();
      backdrop = document.createElement("div");
      backdrop.className = "backdrop";
      backdrop.setAttribute("aria-hidden", "true");
      field.parentElement.style.position = "relative";
      field.parentElement.prepend(backdrop);
      field.addEventListener("scroll", () => { backdrop.scrollTop = field.scrollTop; });
      new ResizeObserver(place).observe(field);
    }
    const copy = shown ? shown.cloneNode(true) : null;
    copy?.querySelectorAll(".lock").forEach((lock) => lock.remove());
    copy?.querySelectorAll("[tabindex],[role],[data-do]").forEach((mark) => {
      for (const name of ["tabindex", "role", "data-do", "aria-label"]) mark.removeAttribute(name);
    });
    const same = copy && copy.textContent === field.value;
    backdrop.replaceChildren(...(same ? copy.childNodes : [document.createTextNode(field.value)]));
    place();
    arrive();
  }
  function place() {
    const field = editor();
    if (!field || !backdrop) return;
    const style = getComputedStyle(field);
    for (const name of ["fontFamily", "fontSize", "lineHeight", "padding", "border", "boxSizing", "letterSpacing"])
      backdrop.style[name] = style[name];
    backdrop.style.borderColor = "transparent";
    backdrop.style.left = field.offsetLeft + "px";
    backdrop.style.top = field.offsetTop + "px";
    backdrop.style.width = field.offsetWidth - (field.offsetWidth - field.clientWidth - parseFloat(style.borderLeftWidth) * 2) + "px";
    backdrop.style.height = field.offsetHeight + "px";
    backdrop.scrollTop = field.scrollTop;
  }

  // ------------------------------------------------------------- tips
  const tip = document.createElement("div");
  tip.id = "tip"; tip.hidden = true; tip.setAttribute("role", "tooltip");
  function showTip(mark, x, y) {
    if (!mark?.dataset.tip) { tip.hidden = true; return; }
    if (!tip.isConnected) document.body.append(tip);
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    tip.style.left = Math.max(8, Math.min(x, innerWidth - tip.offsetWidth - 8)) + "px";
    const above = y - tip.offsetHeight - 14;
    tip.style.top = (above > 4 ? above : y + 18) + "px";
  }
  function markAt(x, y) {
    for (const mark of backdrop?.querySelectorAll("mark") ?? [])
      for (const box of mark.getClientRects())
        if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return mark;
    return null;
  }
  document.addEventListener("mousemove", (event) => {
    const over = event.target;
    if (over === editor()) showTip(markAt(event.clientX, event.clientY), event.clientX, event.clientY);
    else showTip(over.closest?.("mark[data-tip]"), event.clientX, event.clientY);
  });
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.("mark[data-tip]");
    if (mark) { const box = mark.getBoundingClientRect(); showTip(mark, box.left, box.top); }
  });
  document.addEventListener("focusout", () => { tip.hidden = true; });
  // A click on a mark inside the editor: the caret stays, with Ctrl it goes to the fact.
  document.addEventListener("click", (event) => {
    if (event.target !== editor() || !(event.ctrlKey || event.metaKey)) return;
    const mark = markAt(event.clientX, event.clientY);
    if (mark?.dataset.fact) send(`fact:${mark.dataset.fact}`);
  });

  // ------------------------------------------------------------- going to a place in the text
  let wanted = null;
  let waiting = 0;
  function go(start, end) {
    const field = editor();
    if (!field || field.disabled || field.readOnly || !field.offsetParent) return false;
    field.focus();
    field.setSelectionRange(start, end);
    const line = parseFloat(getComputedStyle(field).lineHeight) || 28;
    const before = backdrop && rangeTop(start);
    field.scrollTop = Math.max(0, (before ?? 0) - 3 * line);
    field.scrollIntoView({ block: "nearest" });
    return true;
  }
  function rangeTop(offset) {
    const walker = document.createTreeWalker(backdrop, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(), at = 0; node; node = walker.nextNode()) {
      if (node.parentElement.closest(".lock")) continue;
      if (at + node.length >= offset) {
        const range = document.createRange();
        range.setStart(node, offset - at);
        return range.getBoundingClientRect().top - backdrop.getBoundingClientRect().top + backdrop.scrollTop;
      }
      at += node.length;
    }
    return null;
  }
  // Python counts code points, the field counts UTF-16 units.
  function units(text, points) {
    return [...text].slice(0, points).join("").length;
  }

  function finding(item, mend = false) {
    const { section, start, end, fix } = item.dataset;
    wanted = { section, start: +start, end: +end, fix: mend ? fix : undefined };
    const shown = marked();
    const tab = document.getElementById("step-write-button");
    if (shown && shown.dataset.section === wanted.section && tab?.getAttribute("aria-selected") === "true") arrive();
    else {
      send(item.dataset.go || `go:${item.dataset.key}`);
      clearInterval(waiting);
      waiting = setInterval(() => {
        if (wanted) arrive();
        else clearInterval(waiting);
      }, 80);
    }
  }
  // Who has gone on to something else is not brought back.
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => { wanted = null; }, true);
  function arrive() {
    const shown = marked(), field = editor();
    if (!wanted || !field || !shown || shown.dataset.section !== wanted.section) return;
    const { start, end } = wanted;
    if (!Number.isFinite(start)) { wanted = null; return; }
    const { fix } = wanted;
    if (!go(units(field.value, start), units(field.value, end))) return;
    wanted = null;
    // insertText keeps the browser's own undo, and fires the events that save.
    if (fix) document.execCommand("insertText", false, fix);
  }
  verbs.go = (item) => finding(item);
  verbs.fix = (item) => finding(item, true);

  // An answer may bring the marks before the text they belong to, or the other way round.
  document.addEventListener("answered", () => {
    if (laid.shown !== marked() || laid.text !== editor()?.value) lay();
  });
  const isOurs = (node) => backdrop && (node === backdrop || backdrop.contains(node));
  const isStale = () => laid.shown !== marked() || (editor() && !backdrop?.isConnected);
  Object.assign(drafter, { lay, finding, isOurs, isStale });
})();
