// What a clerk is doing in a panel stays when the panel is drawn anew: what is unfolded, how far it
// is scrolled, a reason half written, the focus.
"use strict";
(() => {
  const panelOf = (node) => node?.closest?.(".panel")?.closest("[id]")?.id;
  const section = () => (document.querySelector("#place textarea, #place input")?.value ?? "").split(".")[1];

  const unfolded = new Set();
  const titleOf = (fold) => `${panelOf(fold)}|${(fold.firstElementChild?.textContent ?? "").replace(/\d+/g, "")}`;
  document.addEventListener("toggle", (event) => {
    if (event.target.isConnected) unfolded[event.target.open ? "add" : "delete"](titleOf(event.target));
  }, true);

  // Of a list that scrolls by itself: how far, while the same section is in front.
  const scrolled = new Map();
  document.addEventListener("scroll", ({ target: box }) => {
    const panel = panelOf(box);
    if (panel) scrolled.set(`${panel}|${box.className}`, { top: box.scrollTop, section: section(), box });
  }, true);

  let reason = null; // the box in which one is being written
  document.addEventListener("focusin", ({ target }) => { reason = target.closest?.(".why") ?? reason; });

  let focused = null; // the button in a panel that has the focus, and its place among the others
  document.addEventListener("focusin", ({ target }) => {
    const panel = target.matches?.("[data-do]") && panelOf(target);
    const all = panel ? [...document.getElementById(panel).querySelectorAll("[data-do]")] : [];
    focused = panel ? { panel, target, order: target.dataset.do, at: all.indexOf(target) } : null;
  });

  function restore() {
    for (const fold of document.querySelectorAll(".panel details:not([open])"))
      if (unfolded.has(titleOf(fold))) fold.open = true;
    for (const [name, kept] of scrolled) {
      if (kept.box.isConnected || kept.section !== section()) continue;
      const [panel, names] = name.split("|");
      const box = document.getElementById(panel)?.getElementsByClassName(names)[0];
      if (box) { box.scrollTop = kept.top; kept.box = box; }
    }
    if (reason && !reason.isConnected) restoreReason();
    if (focused && !focused.target.isConnected) restoreFocus();
  }
  function restoreReason() {
    const { key } = reason.dataset, field = reason.querySelector("input");
    const item = document.querySelector(`.finding[data-key="${key}"]`);
    if (!item) { reason = null; return; }
    item.append(reason);
    if (document.activeElement === document.body) field.focus({ preventScroll: true });
  }
  function restoreFocus() {
    const { panel, order, at } = focused;
    focused = null;
    if (document.activeElement !== document.body) return;
    const all = [...(document.getElementById(panel)?.querySelectorAll("[data-do]") ?? [])];
    const same = all.find((one) => one.dataset.do === order) ?? all[Math.min(at, all.length - 1)];
    same?.focus({ preventScroll: true });
  }
  new MutationObserver(restore).observe(document.documentElement, { childList: true, subtree: true });
})();
