"""The page as a clerk feels it: a server in a process of its own, a real Chromium, medians of runs.

Run: python -m bench.page [--runs N] [--only NAME …], names: start opening long writing. Times are
wall seconds. The aims: ready within 1.3 × a bare ``import gradio`` plus 1 s; the first field usable
within 1.5 s, the first words of a draft 0.3 s behind the endpoint's first token, a check after an
edit 0.3 s; at most 300 components and 2,000 DOM nodes for a paper of 40 sections and 12,000
characters. The load average stands beside the table: on a busy machine the times are upper bounds.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from drafter import parse_facts
from drafter.domain import Outline, OutlineSection
from drafter.store import Store
from drafter.ui.accounts import LOCAL_USER
from drafter.ui.work import plans, sheets
from drafter.ui.work.sections import KIND

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SECTIONS, CHARACTERS = 40, 300
PATIENCE = 60.0
WORKS = ("修路", "植树", "清渠", "巡河", "走访", "培训", "宣讲", "义诊", "检修", "帮扶")
FIRST_FIELD = "document.querySelector('#facts-paste textarea:not([disabled])') !== null"
TOLD = "document.querySelector('#place textarea, #place input')?.value"


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: what, the median, its unit, the aim ("" for none), and the single runs."""

    name: str
    value: float
    unit: str
    aim: float | None
    runs: tuple[float, ...] = ()

    def line(self) -> str:
        """Return the row of the table."""
        form = "{:.0f}" if self.unit == "" else "{:.2f}"
        aim = "" if self.aim is None else form.format(self.aim)
        kept = "" if self.aim is None else "yes" if self.value <= self.aim else "no"
        spread = f"{min(self.runs):.2f}–{max(self.runs):.2f}" if len(self.runs) > 1 else ""
        said = form.format(self.value)
        return f"| {self.name} | {said} {self.unit} | {aim} | {kept} | {spread} |"


# --------------------------------------------------------------------------- the endpoint


class Endpoint:
    """A model on loopback that says four characters at a time, and knows when it first spoke."""

    def __init__(self, pause: float = 0.05) -> None:
        self.first_token = 0.0
        self.pause = pause
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                with suppress(OSError):  # the page stops it
                    self.speak("全镇各村按照安排抓好各项工作落实。" * 20)

            def speak(self, text: str) -> None:
                for at in range(0, len(text), 4):
                    endpoint.first_token = endpoint.first_token or time.monotonic()
                    self.say({"content": text[at : at + 4]}, None)
                    time.sleep(endpoint.pause)
                self.say({}, "stop")
                self.wfile.write(b"data: [DONE]\n\n")

            def say(self, delta: dict[str, str], finish: str | None) -> None:
                choice = {"index": 0, "delta": delta, "finish_reason": finish}
                said = json.dumps({"id": "c", "model": "m", "choices": [choice]})
                self.wfile.write(f"data: {said}\n\n".encode())
                self.wfile.flush()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


# --------------------------------------------------------------------------- the server


class Server:
    """``drafter app`` in a process of its own; ``ready`` is the seconds until it answered."""

    def __init__(self, home: Path, model: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        environment = {**os.environ, "DRAFTER_HOME": str(home), "DRAFTER_MODEL": ""}
        if model:
            environment |= {
                "OPENAI_BASE_URL": model,
                "OPENAI_API_KEY": "k",
                "DRAFTER_MODEL": "m",
            }
        started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "drafter.cli", "app", "--port", str(port)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self._answers)
        self.ready = time.monotonic() - started

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the server has ended"
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(home: Path, model: str = "") -> Iterator[Server]:
    """Serve a home folder for the time of a block."""
    server = Server(home, model)
    try:
        yield server
    finally:
        server.stop()


def wait_for(true: Callable[[], bool], pause: float = 0.01) -> None:
    """Wait until something is so. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("did not happen in time")
        time.sleep(pause)


# --------------------------------------------------------------------------- the long paper


def fill_long(home: Path) -> int:
    """Put a paper of 40 sections and 12,000 characters into a home folder; return its number."""
    store = Store.open(home / "projects.db", home)
    project = store.create_project(LOCAL_USER, "四十节的总结")
    lines = [f"{WORKS[n % 10]}第{n}项完成{n * 7 + 3}件" for n in range(3 * SECTIONS)]
    sheet = parse_facts("\n".join(lines))
    sheets.save_sheet(project, sheet, 0)
    facts = sheet.facts
    sections = tuple(
        OutlineSection(f"{WORKS[n % 10]}工作{n}", 1, tuple(f.id for f in facts[3 * n : 3 * n + 3]))
        for n in range(SECTIONS)
    )
    plan = plans.keyed(Outline("四十节的总结", sections), plans.EMPTY)
    plans.save_plan(project, plan, 0)
    for number, key in enumerate(plan.keys):
        body = "，".join(fact.text for fact in facts[3 * number : 3 * number + 3]) + "。"
        text = (body * 20)[: CHARACTERS - 1] + "。"
        project.save(KIND, key, text, base=0, origin="composer")
    store.close()
    return project.id


# --------------------------------------------------------------------------- measures


def measure_start(runs: int) -> list[Row]:
    """A bare import, and the whole server until it answers, by turns."""
    bare, ready = [], []
    for _ in range(runs):
        started = time.monotonic()
        subprocess.run([sys.executable, "-c", "import gradio"], check=True)
        bare.append(time.monotonic() - started)
        with tempfile.TemporaryDirectory() as home, serving(Path(home)) as server:
            ready.append(server.ready)
    base = statistics.median(bare)
    return [
        Row("bare import gradio", base, "s", None, tuple(bare)),
        Row("server ready", statistics.median(ready), "s", 1.3 * base + 1.0, tuple(ready)),
    ]


def measure_opening(browser: Browser, runs: int) -> list[Row]:
    """From asking for the page to the first field that takes typing, with an empty cache."""
    seconds = []
    with tempfile.TemporaryDirectory() as home, serving(Path(home)) as server:
        for _ in range(runs + 1):
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            started = time.monotonic()
            page.goto(server.url, wait_until="commit")
            page.wait_for_function(FIRST_FIELD, polling=20)
            seconds.append(time.monotonic() - started)
            page.wait_for_function(TOLD)
            page.close()
    return [_row("first field usable", seconds[1:], 1.5)]


def measure_long(browser: Browser, runs: int) -> list[Row]:
    """The paper of 40 sections: size in the browser, check after an edit, going to a section."""
    with tempfile.TemporaryDirectory() as home:
        number = fill_long(Path(home))
        with serving(Path(home)) as server:
            config = json.load(urllib.request.urlopen(f"{server.url}/config"))
            page = _opened(browser, f"{server.url}/?p={number}")
            nodes = 0
            for step in ("facts", "outline", "review", "write"):
                page.click(f"#step-{step}-button")
                page.wait_for_timeout(1500)
                nodes = max(nodes, page.evaluate("document.querySelectorAll('*').length"))
            checks = [_check_seconds(page, run) for run in range(runs + 1)][1:]
            moves = [_move_seconds(page, run) for run in range(runs + 1)][1:]
            page.close()
    return [
        Row("components", len(config["components"]), "", 300),
        Row("configuration, KB", len(json.dumps(config)) / 1024, "", None),
        Row("DOM nodes at most, 40 sections", nodes, "", 2000),
        _row("check after an edit", checks, 0.3),
        _row("going to another section", moves, None),
    ]


def _check_seconds(page: Page, run: int) -> float:
    """Type a wrong figure; return the seconds until it is in the list of findings."""
    wrong = f"新增{7001 + run * 13}台设备"
    field = page.locator("#editor textarea")
    text = field.input_value().split("\n")[0]
    started = time.monotonic()
    field.fill(f"{text}\n{wrong}。")
    page.wait_for_function(
        f"document.querySelector('#findings')?.textContent.includes('{7001 + run * 13}')",
        polling=20,
    )
    return time.monotonic() - started


def _move_seconds(page: Page, run: int) -> float:
    started = time.monotonic()
    page.locator("#section-list label").nth(5 + run).click()
    page.wait_for_function(
        f"document.querySelector('#heading h2')?.textContent.endsWith('工作{5 + run}')", polling=20
    )
    return time.monotonic() - started


def measure_writing(browser: Browser, runs: int) -> list[Row]:
    """A model that speaks slowly: the first words on the page, and typing beside them."""
    endpoint = Endpoint()
    words, keys = [], []
    with tempfile.TemporaryDirectory() as home, serving(Path(home), endpoint.url) as server:
        page = _opened(browser, server.url)
        page.click("#step-write-button")
        page.wait_for_selector("#section-list label")
        for run in range(runs + 1):
            page.locator("#section-list label").nth(run % 4).click()
            page.wait_for_timeout(600)
            words.append(_words_seconds(page, endpoint))
            keys += _typing(page)
            page.evaluate("document.querySelector('#draft-stop').click()")
            page.wait_for_function("document.querySelector('#draft-stop').disabled", polling=50)
        page.close()
    return [
        _row("first words behind the first token", words[1:], 0.3),
        _row("a key while drafting", keys, 0.1),
    ]


def _words_seconds(page: Page, endpoint: Endpoint) -> float:
    """Draft the section in front; return the seconds from the first token to words on the page."""
    before = page.locator("#editor textarea").input_value()
    endpoint.first_token = 0.0
    page.click("#draft-one")
    page.wait_for_function(
        "old => { const f = document.querySelector('#editor textarea');"
        " return f && f.value !== old && f.value.length > 0; }",
        arg=before,
        polling=10,
    )
    return max(0.0, time.monotonic() - endpoint.first_token)


def _typing(page: Page) -> list[float]:
    """Type into the instruction while words come in; return the seconds of each key."""
    field = page.locator("#instruction textarea")
    field.fill("")
    field.focus()
    found = []
    for count in range(1, 6):
        started = time.monotonic()
        page.keyboard.press("a")
        page.wait_for_function(
            f"document.querySelector('#instruction textarea').value.length >= {count}", polling=5
        )
        found.append(time.monotonic() - started)
    field.fill("")
    return found


def _opened(browser: Browser, url: str) -> Page:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(url)
    page.wait_for_function(TOLD)
    return page


def _row(name: str, seconds: list[float], aim: float | None) -> Row:
    return Row(name, statistics.median(seconds), "s", aim, tuple(seconds))


# --------------------------------------------------------------------------- the table


def main(runs: int = 5, only: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start"
    yield ""
    yield "| measure | median | aim | met | runs |\n| --- | --- | --- | --- | --- |"
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        parts: dict[str, Callable[[], list[Row]]] = {
            "start": lambda: measure_start(runs),
            "opening": lambda: measure_opening(browser, runs),
            "long": lambda: measure_long(browser, runs),
            "writing": lambda: measure_writing(browser, runs),
        }
        for name, measure in parts.items():
            if not only or name in only:
                yield from (row.line() for row in measure())
        browser.close()
    yield ""
    yield f"load average {os.getloadavg()[0]:.1f} at the end"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[])
    arguments = parser.parse_args()
    for line in main(arguments.runs, tuple(arguments.only)):
        print(line, flush=True)
