// What the page needs beyond its components: marks inside the editor, tips, commands, keys.
// Texts go in as text nodes or as clones of what the server escaped; nothing is built from strings.
"use strict";
(() => {
  const $ = (selector) => document.querySelector(selector);
  const editor = () => $("#editor textarea");
  let count = 0;
  let composing = false;

  // ------------------------------------------------------------- commands
  function put(field, value) {
    const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set;
    setter.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  // One order at a time: the next goes when the page shows the answer to the one before, so that it
  // speaks of what stands there then. An answer that never comes holds the others up for a while only.
  const orders = [];
  let sent = "", patience = 0;
  function send(order) {
    orders.push(order);
    if (!sent) sendNext();
  }
  function sendNext() {
    clearTimeout(patience);
    const field = $("#command textarea, #command input"), order = orders.shift();
    sent = "";
    if (!field || order === undefined) return;
    sent = `${Date.now()}-${++count}`;
    put(field, `${sent}|${order}`);
    patience = setTimeout(sendNext, 10_000);
  }
  function answered() {
    if (sent && $("#heard [data-order]")?.dataset.order === sent) sendNext();
  }
  function press(id) {
    const button = document.getElementById(id);
    if (button && !button.disabled) button.click();
  }

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
    const shown = $("#provenance .marked");
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
    const shown = $("#provenance .marked"), field = editor();
    if (!wanted || !field || !shown || shown.dataset.section !== wanted.section) return;
    const { start, end } = wanted;
    if (!Number.isFinite(start)) { wanted = null; return; }
    const { fix } = wanted;
    if (!go(units(field.value, start), units(field.value, end))) return;
    wanted = null;
    // insertText keeps the browser's own undo, and fires the events that save.
    if (fix) document.execCommand("insertText", false, fix);
  }

  // ------------------------------------------------------------- the reason for ignoring
  function askReason(item) {
    if (item.querySelector(".why")) return;
    const box = document.createElement("span");
    box.className = "why";
    box.dataset.key = item.dataset.key;
    const field = document.createElement("input");
    const english = location.pathname.startsWith("/en");
    field.setAttribute("aria-label", english ? "Reason" : "忽略的理由");
    field.placeholder = english ? "Reason" : "写一句理由，例如：县里口径如此";
    field.maxLength = 300;
    const yes = document.createElement("button");
    yes.type = "button"; yes.className = "small";
    yes.textContent = english ? "Ignore" : "确定忽略";
    let sent = "";
    const done = () => {
      if (sent !== field.value || !sent) send(`ignore:${item.dataset.key}|${field.value}`);
      sent = field.value;
    };
    yes.addEventListener("click", done);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) done();
      if (event.key === "Escape") box.remove();
    });
    box.append(field, yes);
    item.append(box);
    field.focus();
  }

  function obey(target) {
    const order = target.dataset.do;
    const item = target.closest(".finding, .finding-line");
    if (order.startsWith("go:") && item) finding(item);
    else if (order.startsWith("fix:") && item) finding(item, true);
    else if (order.startsWith("ignore:") && item) askReason(item);
    else if (order.startsWith("toggle:")) {
      const on = document.body.classList.toggle(order.slice(7));
      target.setAttribute("aria-pressed", String(on));
    } else send(order);
  }
  // The second half of a double click is no second order; moving a section is one each time.
  const REPEATED = new Set(["outline-up", "outline-down"]);
  let clicked = null;
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("button, [data-do], a[data-download]");
    if (!target) return;
    const name = target.dataset.do ?? target.id;
    if (event.detail > 1 && name && name === clicked && !REPEATED.has(name)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else clicked = name;
  }, true);
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-do]");
    if (target) obey(target);
  });
  // A panel that is drawn anew between pressing and letting go gets no click: what was pressed counts.
  let pressed = null;
  addEventListener("pointerdown", (event) => {
    pressed = { target: event.target.closest?.("[data-do]"), x: event.clientX, y: event.clientY };
  }, true);
  addEventListener("pointerup", (event) => {
    const { target, x, y } = pressed ?? {};
    pressed = null;
    if (target && !target.isConnected && Math.hypot(event.clientX - x, event.clientY - y) < 8) obey(target);
  }, true);

  // ------------------------------------------------------------- files
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
    download(link.getAttribute("href"), link);
  }, true);

  // Gradio's own words about a file it does not take are English.
  const FOREIGN = [
    [/File\(s\) exceed the maximum allowed size of (\d+)[\d.]* Mb: (.*)/s, "文件超过 $1 MB，没有上传：$2。请拆成几个再传"],
    [/Invalid file types?: (.*?)\. Only (.*) allowed\.?/s, "这种文件读不了，没有上传：$1。可以上传 $2"],
    [/^(Error|Warning|Info)$/, "请注意"],
  ];
  function speakChinese() {
    if (location.pathname.startsWith("/en")) return;
    for (const toast of document.querySelectorAll(".toast-body")) {
      const walker = document.createTreeWalker(toast, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const [foreign, own] of FOREIGN)
          if (foreign.test(node.data.trim())) node.data = node.data.trim().replace(foreign, own);
    }
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

  // ------------------------------------------------------------- marks behind the editor
  let backdrop = null, laid = {};
  function lay() {
    const field = editor(), shown = $("#provenance .marked");
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
  // An answer may bring the marks before the text they belong to, or the other way round.
  document.addEventListener("answered", () => {
    if (laid.shown !== $("#provenance .marked") || laid.text !== editor()?.value) lay();
    told();
  });
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

  // ------------------------------------------------------------- typing
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => { composing = false; });
  document.addEventListener("input", (event) => {
    if (event.target !== editor()) return;
    lay();
    const counter = document.getElementById("count");
    const length = [...event.target.value].length;
    if (counter) counter.textContent = counter.textContent.replace(/\d+/, length);
    const state = $("#save-state .saved, #save-state .typing");
    if (state) {
      state.className = "typing";
      state.textContent = location.pathname.startsWith("/en") ? "Typing…" : "正在输入，尚未保存";
    }
  });

  // What was typed is handed in when the page goes away: closed, or loaded anew by Gradio, which
  // does so by itself once a lost connection is there again.
  let typedAt = "";
  document.addEventListener("input", (event) => {
    if (event.target === editor()) typedAt = $("#place textarea, #place input")?.value ?? "";
  });
  addEventListener("beforeunload", (event) => {
    const place = $("#place textarea, #place input")?.value ?? "", field = editor();
    if (!field || !typedAt || typedAt.split(".")[1] !== place.split(".")[1]) return;
    const body = new Blob([JSON.stringify({ place, text: field.value })], { type: "application/json" });
    if (!navigator.sendBeacon(`/projects/${place.split(".")[0]}/typed`, body)) event.preventDefault();
  });

  // What is selected in the editor goes along with an instruction, in code points.
  document.addEventListener("selectionchange", () => {
    const field = editor(), told = $("#selection textarea, #selection input");
    if (!field || !told || document.activeElement !== field) return;
    const points = (units) => [...field.value.slice(0, units)].length;
    const { selectionStart: start, selectionEnd: end } = field;
    const said = end > start ? `${points(start)}-${points(end)}` : "";
    if (told.value !== said) put(told, said);
  });

  // ------------------------------------------------------------- keys
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || composing || event.keyCode === 229) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key === "s") { event.preventDefault(); editor()?.blur(); editor()?.focus(); }
    else if (control && event.key === "Enter") { event.preventDefault(); press(event.target.closest("#instruction") ? "regenerate" : "draft-one"); }
    else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      send(`section:${event.key === "ArrowDown" ? "next" : "previous"}`);
    } else if (event.altKey && event.key.toLowerCase() === "n") {
      event.preventDefault();
      const items = [...document.querySelectorAll("#findings .finding[data-start]")];
      if (items.length) { finding(items[nextFinding++ % items.length]); }
    } else if ((event.key === "Enter" || event.key === " ") && event.target.matches?.("mark[data-do]")) {
      event.preventDefault();
      event.target.click();
    }
  });
  let nextFinding = 0;

  // ------------------------------------------------------------- other windows, the address
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("drafter") : null;
  let shownPlace = "", shownState = "", shownStep = "";
  const stepShown = () => $('#steps [role="tab"][aria-selected="true"]')?.id.match(/^step-(\w+)-button$/)?.[1] ?? "";
  function told() {
    const place = $("#place textarea, #place input")?.value ?? "";
    const state = $("#seen textarea, #seen input")?.value ?? "";
    const [project, section] = place.split(".");
    const step = stepShown();
    if (place && (place !== shownPlace || step !== shownStep)) {
      const address = new URL(location.href);
      const left = shownStep && step !== shownStep && address.searchParams.get("t") !== step;
      for (const [name, value] of Object.entries({ p: project, s: section, t: step }))
        if (value) address.searchParams.set(name, value); else address.searchParams.delete(name);
      // The browser's way back leads to the step before, not out of the page.
      history[left ? "pushState" : "replaceState"](null, "", address);
      shownStep = step;
    }
    if (state && shownState && state !== shownState && place.split(".")[0] === shownPlace.split(".")[0])
      channel?.postMessage(project);
    shownPlace = place;
    shownState = state;
  }
  addEventListener("popstate", () => {
    const asked = new URL(location.href).searchParams;
    if (asked.get("p") !== shownPlace.split(".")[0]) location.reload();
    else press(`step-${asked.get("t") ?? "facts"}-button`);
  });
  channel?.addEventListener("message", (event) => {
    if (event.data === shownPlace.split(".")[0]) press("refresh");
  });
  addEventListener("focus", () => press("refresh"));

  // A toast's words are put in after it.
  new MutationObserver(speakChinese).observe(document.documentElement, { characterData: true, childList: true, subtree: true });
  new MutationObserver((changes) => {
    if (changes.some((change) => backdrop && (change.target === backdrop || backdrop.contains(change.target)))) return;
    for (const lock of document.querySelectorAll('[aria-label="Static column"]')) {
      lock.setAttribute("role", "img");
      lock.setAttribute("aria-label", location.pathname.startsWith("/en") ? "Read only" : "本列不可改");
    }
    for (const dot of document.querySelectorAll("#section-list label input"))
      dot.checked = dot.closest("label").classList.contains("selected");
    fetchAsked();
    answered();
    if (laid.shown !== $("#provenance .marked") || (editor() && !backdrop?.isConnected)) lay();
    told();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
