// Files on their way in and out: fetching what is handed out, and what is said of one not taken.
"use strict";
(() => {
  const { $, english } = drafter;

  // Fetched, and not gone to: making one may take a while, and a refusal is one line on the page.
  async function download(link, line) {
    const say = (text) => { line.textContent = text; };
    try {
      const answer = await fetch(link, { credentials: "same-origin" });
      if (!answer.ok) throw new Error((await answer.json()).detail);
      const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") ?? "");
      const file = document.createElement("a");
      file.href = URL.createObjectURL(await answer.blob());
      file.download = decodeURIComponent(name?.[1] ?? "export");
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
      say(`${line.dataset.done}${file.download}`);
      line.className = "good";
    } catch (error) {
      say(`${line.dataset.failed}${error.message}`);
      line.className = "warn";
    }
  }
  let fetched = "";
  function fetchAsked() {
    const line = $("[data-fetch]");
    if (!line || line.dataset.once === fetched) return;
    fetched = line.dataset.once;
    download(line.dataset.fetch, line);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-download]");
    if (!link) return;
    event.preventDefault();
    download(link.getAttribute("href"), link.closest(".panel").querySelector("[data-done]"));
  }, true);

  // Gradio's own words about a file it does not take are English.
  const FOREIGN = [
    [/File\(s\) exceed the maximum allowed size of (\d+)[\d.]* Mb: (.*)/s, "文件超过 $1 MB，没有上传：$2。请拆成几个再传"],
    [/Invalid file types?: (.*?)\. Only (.*) allowed\.?/s, "这种文件读不了，没有上传：$1。可以上传 $2"],
    [/^(Error|Warning|Info)$/, "请注意"],
  ];
  function speakChinese() {
    if (english) return;
    for (const toast of document.querySelectorAll(".toast-body")) {
      const walker = document.createTreeWalker(toast, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const [foreign, own] of FOREIGN)
          if (foreign.test(node.data.trim())) node.data = node.data.trim().replace(foreign, own);
    }
  }
  // A toast's words are put in after it.
  new MutationObserver(speakChinese).observe(document.documentElement, { characterData: true, childList: true, subtree: true });
  Object.assign(drafter, { fetchAsked });
})();
