// The page's calls to the server: one at a time, each about what stands on the page when it goes.
// So no answer is older than what is shown, and no call speaks of what an answer has just replaced.
"use strict";
(() => {
  const english = location.pathname.startsWith("/en");
  const WORDS = english
    ? { busy: "Working…", seconds: " s", out: "Your sign-in has ended. ", enter: "Sign in in a new window",
        kept: ", then go on here: what you typed is still on this page.",
        lost: "The server does not answer. Trying again… what you type here is kept." }
    : { busy: "正在处理…", seconds: " 秒", out: "登录已过期：请", enter: "在新窗口重新登录",
        kept: "，再回到这里接着做。本页输入的文字都在。",
        lost: "连不上服务器，正在重新连接…本页正文会保留，连上后自动保存。" };
  const PATIENCE = 400;
  const SHOWN = 50; // ms that Gradio takes to show a file that has arrived
  const ASKED = new Set(["click", "input", "upload", "select"]);
  const fetchPlainly = window.fetch.bind(window);
  const field = (name) => document.querySelector(`#${name} textarea, #${name} input`);

  // ------------------------------------------------------------- what a call is about
  let parts = null;
  function part(id) {
    parts ??= new Map(window.gradio_config.components.map((one) => [one.id, one]));
    return parts.get(id);
  }
  const named = (id) => part(id)?.props.elem_id ?? "";
  // Somebody asked for it; the page's own asking for news and saving is not spoken of.
  function isAsked(call, order) {
    const cause = named(call.trigger_id);
    const event = order.targets.find(([id]) => id === call.trigger_id)?.[1];
    return cause === "command" || (ASKED.has(event) && cause !== "refresh");
  }
  // Fields that the answer writes to: what were typed into them meanwhile would be lost.
  function filled(order) {
    const names = order.outputs.filter((id) => part(id)?.type === "textbox").map(named);
    return names.map(field).filter((one) => one?.offsetParent && !one.readOnly);
  }
  // What can be read on the page, and behind it where it stands and the text in the editor.
  function asItStands(call, order) {
    order.inputs.forEach((id, at) => {
      const name = named(id), shown = part(id)?.type === "textbox" ? field(name) : null;
      if (shown?.offsetParent || (shown && ["place", "editor"].includes(name))) call.data[at] = shown.value;
      else if (id === call.trigger_id && part(id).type === "file") call.data[at] = withUploads(call.data[at]);
    });
    return JSON.stringify(call);
  }

  // ------------------------------------------------------------- files
  // An answer empties the box of files, also of one that came in just then: files not named yet go along.
  // Nor may an answer empty the box while one is on its way: Gradio breaks off there.
  const uploads = [];
  let arriving = Promise.resolve();
  function upload(address, options) {
    const answer = sent(address, options);
    const seen = answer.catch(() => null).then(() => new Promise((done) => { setTimeout(done, SHOWN); }));
    arriving = Promise.all([arriving, seen]);
    return answer;
  }
  async function sent(address, options) {
    const answer = await fetchPlainly(address, options);
    if (answer.ok) {
      const names = options.body.getAll("files").map((file) => file.name);
      const paths = await answer.clone().json();
      uploads.push(...paths.map((path, at) => ({ path, orig_name: names[at], meta: { _type: "gradio.FileData" } })));
    }
    return answer;
  }
  function withUploads(files) {
    const named = new Set((files ?? []).map((file) => file.path));
    return [...(files ?? []), ...uploads.splice(0).filter((file) => !named.has(file.path))];
  }

  // ------------------------------------------------------------- one at a time
  let last = Promise.resolve(), waiting = 0;
  function count(by) {
    waiting += by;
    document.documentElement.dataset.calls = String(waiting);
  }
  async function inTurn(address, options) {
    const call = JSON.parse(options.body);
    const order = window.gradio_config.dependencies.find((one) => one.id === call.fn_index);
    const asked = isAsked(call, order), held = asked ? filled(order) : [];
    const before = last;
    let end;
    last = new Promise((ended) => { end = ended; });
    count(1);
    if (asked) busy.start();
    for (const one of held) one.readOnly = true;
    try {
      await before;
      const body = asItStands(call, order), typed = field("editor")?.value;
      const answer = await said(await fetchPlainly(address, { ...options, body }));
      await arriving;
      // News that came while somebody went on typing would take the place of their words.
      const writes = order.outputs.some((id) => named(id) === "editor");
      const goesOn = typed !== undefined && field("editor")?.value !== typed;
      answer.isLate = !asked && writes && goesOn;
      return answer;
    } catch (error) {
      busy.lost();
      throw error;
    } finally {
      for (const one of held) one.readOnly = false;
      if (asked) busy.end();
      // Only microtasks lie between here and the page as the answer makes it.
      setTimeout(() => {
        count(-1);
        end();
        document.dispatchEvent(new Event("answered"));
      });
    }
  }
  async function said(answer) {
    const text = await answer.text();
    if (answer.status === 401) busy.signedOut();
    else if (answer.ok) busy.signedIn();
    const { status, statusText, headers } = answer;
    const whole = new Response(text, { status, statusText, headers });
    whole.json = async () => {
      const spoken = JSON.parse(text);
      if (whole.isLate) spoken.data = spoken.data?.map(() => ({ __type__: "update" }));
      return spoken;
    };
    return whole;
  }
  const WAYS = [[/\/gradio_api\/run\//, inTurn], [/\/gradio_api\/upload/, upload]];
  window.fetch = (address, options) => {
    const way = WAYS.find(([pattern]) => pattern.test(String(address)))?.[1] ?? fetchPlainly;
    return way(address, options);
  };

  // ------------------------------------------------------------- what takes a while is said
  const busy = (() => {
    const line = document.createElement("p");
    line.id = "busy"; line.hidden = true; line.setAttribute("role", "status");
    let running = 0, since = 0, clock = 0, out = false;
    function show(...content) {
      if (!line.isConnected) document.body?.append(line);
      line.replaceChildren(...content);
      line.hidden = content.length === 0;
    }
    function tell() {
      const seconds = Math.floor((Date.now() - since) / 1000);
      if (!out) show(WORDS.busy + (seconds >= 2 ? ` ${seconds}${WORDS.seconds}` : ""));
      clock = setTimeout(tell, 1000);
    }
    return {
      start() {
        if (running++) return;
        since = Date.now();
        clock = setTimeout(tell, PATIENCE);
      },
      end() {
        if (--running) return;
        clearTimeout(clock);
        if (!out) show();
      },
      // Said once: a link that is drawn anew while somebody presses it is never followed.
      signedOut() {
        if (line.querySelector("a")) return;
        out = true;
        const enter = document.createElement("a");
        enter.href = "/login"; enter.target = "_blank"; enter.textContent = WORDS.enter;
        show(WORDS.out, enter, WORDS.kept);
      },
      // Gradio says so too, in English, and loads the page anew once the server is there.
      lost() {
        out = true;
        document.documentElement.dataset.lost = "lost";
        show(WORDS.lost);
      },
      signedIn() {
        if (out) { out = false; show(); }
      },
    };
  })();
})();
