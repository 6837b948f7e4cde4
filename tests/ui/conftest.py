"""A page on a real server, a real Chromium, and a model on loopback that writes slowly."""

import json
import os
import re
import shutil
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from drafter.settings import Settings
from drafter.store import Store
from drafter.ui.accounts import LOCAL_USER, hash_password
from drafter.ui.bench import Bench
from drafter.ui.place import Place
from drafter.ui.steps import facts, outline, writing

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


class SlowModel:
    """Says the facts it is given back, a few characters at a time; ``pause`` seconds between.

    After ``hold`` it falls silent behind its next words, until ``go_on``.
    """

    def __init__(self):
        self.pause = 0.0
        self.speaks = threading.Event()
        self.spoke = 0.0
        self.calls = 0
        self.reply = None  # what answers in place of a good answer, given the handler
        self.asked = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
                model.calls += 1
                model.asked.append(body["messages"])
                if model.reply:
                    with suppress(OSError):
                        model.reply(self)
                    self.close_connection = True
                    return
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                with suppress(OSError):
                    self._stream(answer_to(body["messages"][-1]["content"]))

            def _stream(self, text):
                for at in range(0, len(text), 4):
                    model.spoke = model.spoke or time.monotonic()
                    self._say({"content": text[at : at + 4]}, None)
                    time.sleep(model.pause)
                    model.speaks.wait(60)
                self._say({}, "stop")
                self.wfile.write(b"data: [DONE]\n\n")

            def _say(self, delta, finish):
                choice = {"index": 0, "delta": delta, "finish_reason": finish}
                said = json.dumps({"id": "c", "model": "slow", "choices": [choice]})
                self.wfile.write(f"data: {said}\n\n".encode())
                self.wfile.flush()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def hold(self):
        self.speaks.clear()

    def go_on(self):
        self.speaks.set()


def answer_to(question):
    """A point from the facts, or the text again with a word more, handles kept."""
    handles = re.compile(r"(〔F[\d.]+)=[^〕]*〕")
    if "原文：" in question:
        old = question.partition("原文：")[2].partition("\n要求：")[0]
        return "目前，" + handles.sub(r"\1〕", old)
    facts = question.partition("素材：\n")[2].partition("\n写约")[0]
    lines = [handles.sub(r"\1〕", line).rstrip("。；") for line in facts.splitlines() if line]
    return "；".join(lines) + "。"


@pytest.fixture(scope="session")
def model():
    return SlowModel()


@pytest.fixture(autouse=True)
def _quick_model(request):
    if "model" in request.fixturenames:
        model = request.getfixturevalue("model")
        model.pause, model.spoke, model.calls, model.reply = 0.0, 0.0, 0, None
        model.asked.clear()
        model.go_on()
        yield
        model.go_on()
    else:
        yield


class Site:
    """A running application; ``restart`` ends it and starts it anew on the same data."""

    def __init__(self, settings):
        self.settings = replace(settings, port=free_port())
        self.url = f"http://127.0.0.1:{self.settings.port}"
        self.start()

    def start(self):
        import uvicorn

        from drafter.ui import build_app

        self.app = build_app(self.settings)
        config = uvicorn.Config(self.app, port=self.settings.port, log_level="warning")
        self.server = uvicorn.Server(config)
        self.server.install_signal_handlers = lambda: None
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        wait_until(lambda: self.server.started)

    def stop(self):
        self.server.force_exit = self.server.should_exit = True
        self.thread.join(60)

    def restart(self):
        self.stop()
        self.start()

    @property
    def bench(self):
        return self.app.state.bench


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


@contextmanager
def running(settings):
    site = Site(settings)
    try:
        yield site
    finally:
        site.stop()


@pytest.fixture
def serving():
    """Serve an application of a test's own."""
    return running


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def site(home):
    """The page without a model, without accounts."""
    with running(Settings(home=home)) as served:
        yield served


@pytest.fixture(scope="session")
def model_site(model, tmp_path_factory):
    """The page with the slow model."""
    folder = tmp_path_factory.mktemp("with-model")
    settings = Settings(home=folder, base_url=model.url, model="slow", api_key="k")
    with running(settings) as served:
        yield served


@pytest.fixture
def accounts(tmp_path):
    path = tmp_path / "accounts"
    lines = [f"{name}:{hash_password(name * 3)}" for name in ("alice", "bob123")]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "projects.db", tmp_path)
    yield opened
    opened.close()


# --------------------------------------------------------------------------- handlers

FACTS = "【党建办】\n全镇党员846名\n讲党课2场\n【应急办】\n检查商户143家次\n转移群众812人"


@pytest.fixture
def make_bench(store, tmp_path):
    """Make a bench with settings of a test's own; ended with the test."""
    made = []

    def make(admins=(LOCAL_USER,), **values):
        made.append(Bench(Settings(home=tmp_path, **values), store, admins))
        return made[-1]

    yield make
    for bench in made:
        bench.runner.close()
        bench.checks.close()


@pytest.fixture
def bench(make_bench):
    return make_bench()


@pytest.fixture
def project(bench):
    return bench.store.create_project("甲", "测试")


@pytest.fixture
def desk_at():
    """Return the desk of a request as the page would send it."""

    def at(bench, project, section="", version=0, page="p1", user="甲"):
        return bench.desk(user, Place(project.id, section, version, page))

    return at


@pytest.fixture
def plan_paper(desk_at):
    """Give a project facts and an outline of two sections."""

    def plan(bench, project, facts_text=FACTS, tasks="一、抓实党建\n二、守牢安全"):
        facts.add(desk_at(bench, project), facts_text)
        outline.make(desk_at(bench, project), tasks)
        return project

    return plan


@pytest.fixture
def planned(bench, project, plan_paper):
    return plan_paper(bench, project)


@pytest.fixture
def written(bench, planned, desk_at):
    """A paper of two sections, drafted by the composer."""
    writing.draft_all(desk_at(bench, planned), "")
    bench.runner.settle(30)
    return planned


# --------------------------------------------------------------------------- the browser


def chromium():
    """Where a Chromium is: Debian's, or the one that Playwright brought; None without one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if own and Path(own).exists() else None


@pytest.fixture(scope="module")
def browser():
    """A Chromium; it ends with its module, for no other event loop runs in a thread beside it."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: apt-get install chromium, or playwright install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


class Watch:
    """What a page must not do: write to the console, fail a request, reach outside."""

    def __init__(self):
        self.wrong = []

    def on(self, page):
        page.on("console", lambda m: m.type == "error" and self.wrong.append(m.text))
        page.on("pageerror", lambda e: self.wrong.append(str(e)))
        page.on("request", self._request)
        page.on("response", lambda r: r.status >= 400 and self.wrong.append(f"{r.status} {r.url}"))

    def _request(self, request):
        url = request.url
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.wrong.append(f"outside: {url}")


@pytest.fixture
def watch():
    watching = Watch()
    yield watching
    assert watching.wrong == []


@pytest.fixture
def page(browser, watch):
    """A window of an office PC."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(60_000)
    opened = context.new_page()
    watch.on(opened)
    yield opened
    context.close()


@pytest.fixture
def shots(tmp_path):
    """Where the screenshots of each step go: ``DRAFTER_SHOTS`` (CI keeps it), or nowhere."""
    folder = Path(os.environ.get("DRAFTER_SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
