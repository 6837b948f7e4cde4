// Orders to the server, and the buttons in panels that give them. What the other scripts of the page
// share is `drafter`: a script adds what it can do, and to `drafter.verbs` what a button may ask of it.
"use strict";
const drafter = (() => {
  const $ = (selector) => document.querySelector(selector);
  const field = (name) => $(`#${name} textarea, #${name} input`);
  const editor = () => $("#editor textarea");
  const english = location.pathname.startsWith("/en");
  const say = (chinese, inEnglish) => (english ? inEnglish : chinese);
  let count = 0;

  function put(box, value) {
    const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set;
    setter.call(box, value);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // ------------------------------------------------------------- orders
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
    const line = field("command"), order = orders.shift();
    sent = "";
    if (!line || order === undefined) return;
    sent = `${Date.now()}-${++count}`;
    put(line, `${sent}|${order}`);
    patience = setTimeout(sendNext, 10_000);
  }
  function answered() {
    if (sent && $("#heard [data-order]")?.dataset.order === sent) sendNext();
  }
  function press(id) {
    const button = document.getElementById(id);
    if (button && !button.disabled) button.click();
  }

  // ------------------------------------------------------------- buttons in panels
  const verbs = { ignore: askReason };
  function obey(target) {
    const order = target.dataset.do, verb = verbs[order.split(":")[0]];
    const item = target.closest(".finding, .finding-line");
    if (verb && item) verb(item);
    else send(order);
  }
  function askReason(item) {
    if (item.querySelector(".why")) return;
    const box = document.createElement("span");
    box.className = "why";
    box.dataset.key = item.dataset.key;
    const reason = document.createElement("input");
    reason.setAttribute("aria-label", say("忽略的理由", "Reason"));
    reason.placeholder = say("写一句理由，例如：县里口径如此", "Reason");
    reason.maxLength = 300;
    const yes = document.createElement("button");
    yes.type = "button"; yes.className = "small";
    yes.textContent = say("确定忽略", "Ignore");
    let given = "";
    const done = () => {
      if (given !== reason.value || !given) send(`ignore:${item.dataset.key}|${reason.value}`);
      given = reason.value;
    };
    yes.addEventListener("click", done);
    reason.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) done();
      if (event.key === "Escape") box.remove();
    });
    box.append(reason, yes);
    item.append(box);
    reason.focus();
  }

  // ------------------------------------------------------------- clicks
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

  return { $, field, editor, english, say, put, send, answered, press, verbs };
})();
