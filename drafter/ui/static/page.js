// What is typed, keys, other windows and the address; and what is looked at whenever the page changes.
"use strict";
(() => {
  const { $, field, editor, say, put, send, press, lay, finding, isOurs, isStale, fetchAsked, answered } = drafter;
  const place = () => field("place")?.value ?? "";
  let composing = false;

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
      state.textContent = say("正在输入，尚未保存", "Typing…");
    }
  });

  // What was typed is handed in when the page goes away: closed, or loaded anew by Gradio, which
  // does so by itself once a lost connection is there again.
  let typedAt = "";
  document.addEventListener("input", (event) => {
    if (event.target === editor()) typedAt = place();
  });
  addEventListener("beforeunload", (event) => {
    const [project, section] = place().split("."), box = editor();
    if (!box || !typedAt || typedAt.split(".")[1] !== section) return;
    const body = new Blob([JSON.stringify({ place: place(), text: box.value })], { type: "application/json" });
    if (!navigator.sendBeacon(`/projects/${project}/typed`, body)) event.preventDefault();
  });

  // What is selected in the editor goes along with an instruction, in code points.
  document.addEventListener("selectionchange", () => {
    const box = editor(), told = field("selection");
    if (!box || !told || document.activeElement !== box) return;
    const points = (units) => [...box.value.slice(0, units)].length;
    const { selectionStart: start, selectionEnd: end } = box;
    const said = end > start ? `${points(start)}-${points(end)}` : "";
    if (told.value !== said) put(told, said);
  });

  // Chromium takes minutes over a very long paste, line by line; put in at once it takes a second.
  const LONG = 20_000;
  document.addEventListener("paste", (event) => {
    const box = event.target, text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length < LONG || box.tagName !== "TEXTAREA" || box.readOnly) return;
    event.preventDefault();
    const { value, selectionStart: start, selectionEnd: end } = box, plain = text.replace(/\r\n?/g, "\n");
    put(box, value.slice(0, start) + plain + value.slice(end));
    box.setSelectionRange(start + plain.length, start + plain.length);
  });

  // Gradio sets the first value of a field a moment after showing it. Who types that soon keeps the words.
  const begun = new WeakMap();
  const calls = () => document.documentElement.dataset.calls;
  document.addEventListener("input", ({ target: box }) => {
    if (box.tagName !== "TEXTAREA") return;
    const isFirst = !begun.has(box);
    begun.set(box, { typed: box.value, calls: calls() });
    if (isFirst) setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => keep(box))));
  });
  function keep(box) {
    const { typed, calls: then } = begun.get(box);
    if (box.isConnected && calls() === "0" && then === "0" && box.value !== typed) put(box, typed);
  }

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
      if (items.length) finding(items[nextFinding++ % items.length]);
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
    const there = place(), state = field("seen")?.value ?? "";
    const [project, section] = there.split(".");
    const step = stepShown();
    if (there && (there !== shownPlace || step !== shownStep)) {
      const address = new URL(location.href);
      const left = shownStep && step !== shownStep && address.searchParams.get("t") !== step;
      for (const [name, value] of Object.entries({ p: project, s: section, t: step }))
        if (value) address.searchParams.set(name, value); else address.searchParams.delete(name);
      // The browser's way back leads to the step before, not out of the page.
      history[left ? "pushState" : "replaceState"](null, "", address);
      shownStep = step;
    }
    if (state && shownState && state !== shownState && project === shownPlace.split(".")[0])
      channel?.postMessage(project);
    shownPlace = there;
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

  document.addEventListener("answered", told);
  new MutationObserver((changes) => {
    if (changes.some((change) => isOurs(change.target))) return;
    for (const lock of document.querySelectorAll('[aria-label="Static column"]')) {
      lock.setAttribute("role", "img");
      lock.setAttribute("aria-label", say("本列不可改", "Read only"));
    }
    for (const dot of document.querySelectorAll("#section-list label input"))
      dot.checked = dot.closest("label").classList.contains("selected");
    fetchAsked();
    answered();
    if (isStale()) lay();
    told();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
