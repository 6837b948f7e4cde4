"""How long a run takes, and what it costs, against a server on loopback that serves k at once.

The server answers as a good model does, in a time that grows with the answer's length. Measured:
time against the best schedule of the same calls (longest first on k slots), calls a point, prompt
tokens a drafted character, and the share of the prompts that an earlier request began with too.

    python -m bench.throughput [--slots 4 16] [--seconds-per-token 0.01]
"""

from __future__ import annotations

import argparse
import heapq
import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from drafter.domain import Draft
from drafter.facts import parse_facts
from drafter.model import connect
from drafter.model.tokens import estimate
from drafter.planning import make_outline
from drafter.resources import demo_dir
from drafter.samples import Library
from drafter.settings import Settings
from drafter.writing import write


@dataclass
class Server:
    """A model that answers right, ``slots`` at once, a token each ``pace`` seconds."""

    slots: int
    pace: float
    prompts: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    port: int = 0

    def start(self) -> ThreadingHTTPServer:
        server = self
        free = threading.Semaphore(self.slots)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(size))
                with free:
                    server.answer(self, body)

            def log_message(self, *_args: object) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

        httpd = Quiet(("127.0.0.1", 0), Handler)
        self.port = httpd.server_port
        threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True).start()
        return httpd

    def answer(self, handler: BaseHTTPRequestHandler, body: dict) -> None:
        prompt = "\n\n".join(message["content"] for message in body["messages"])
        text = obedient(body["messages"][-1]["content"])
        seconds = estimate(text) * self.pace
        self.prompts.append(prompt)
        self.times.append(seconds)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        half = len(text) // 2
        for piece in (text[:half], text[half:]):
            time.sleep(seconds / 2)
            handler.wfile.write(event(piece))
            handler.wfile.flush()
        handler.wfile.write(b"data: [DONE]\n\n")
        handler.close_connection = True


def event(text: str) -> bytes:
    body = {"choices": [{"index": 0, "delta": {"content": text}}]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


def obedient(user: str) -> str:
    """Answer as a good model does: all facts, handles kept, values left out."""
    shown = user.split("素材：\n", 1)[1].split("\n写约", maxsplit=1)[0]
    lines = [re.sub("=[^〔〕]*(?=〕)", "", line) for line in shown.splitlines() if line]
    return "；".join(lines) + "。"


def best_time(times: list[float], slots: int) -> float:
    """The time that the calls need on so many slots, longest first."""
    ends = [0.0] * slots
    for seconds in sorted(times, reverse=True):
        heapq.heappush(ends, heapq.heappop(ends) + seconds)
    return max(ends)


def shared(prompts: list[str]) -> float:
    """The share of all prompts that is a prefix of an earlier one too, in characters."""
    total = common = 0
    for number, prompt in enumerate(prompts):
        total += len(prompt)
        common += max((prefix(prompt, other) for other in prompts[:number]), default=0)
    return common / total


def prefix(a: str, b: str) -> int:
    return next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def run(slots: int, pace: float) -> tuple[Draft, float, Server]:
    server = Server(slots, pace)
    httpd = server.start()
    facts = parse_facts((demo_dir() / "facts.txt").read_text("utf-8"), unit="云渡镇")
    outline = make_outline(facts, Library([]), (demo_dir() / "tasks.txt").read_text("utf-8"))
    settings = Settings(
        home=Path("unused"),
        base_url=f"http://127.0.0.1:{server.port}/v1",
        model="loopback",
        concurrency=slots,
    )
    ask = connect(settings).ask
    write(facts, outline, None, ask=ask, year=2026)
    server.prompts.clear()
    server.times.clear()
    started = time.monotonic()
    draft = write(facts, outline, None, ask=ask, year=2026)
    seconds = time.monotonic() - started
    httpd.shutdown()
    return draft, seconds, server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slots", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--seconds-per-token", type=float, default=0.01)
    options = parser.parse_args()
    print("slots  calls  points  seconds  best  ratio  tokens/char  shared")
    for slots in options.slots:
        draft, seconds, server = run(slots, options.seconds_per_token)
        points = sum(len(section.points) for section in draft.sections)
        best = best_time(server.times, slots)
        tokens = sum(map(estimate, server.prompts)) / len(draft.text)
        print(
            f"{slots:5}  {len(server.times):5}  {points:6}  {seconds:7.2f}  {best:4.2f}"
            f"  {seconds / best:5.3f}  {tokens:11.2f}  {shared(server.prompts):6.3f}"
        )


if __name__ == "__main__":
    main()
