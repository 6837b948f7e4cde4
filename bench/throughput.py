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
import multiprocessing
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
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


def serve(slots: int, pace: float, pipe: Connection) -> None:
    """Serve in a process of its own, so that its work is not the client's; send what it did."""
    free = threading.Semaphore(slots)
    prompts: list[str] = []
    times: list[float] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with free:
                started = time.monotonic()
                text = obedient(body["messages"][-1]["content"])
                prompts.append("\n\n".join(message["content"] for message in body["messages"]))
                self.stream(text, estimate(text) * pace)
                times.append(time.monotonic() - started)

        def stream(self, text: str, seconds: float) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            step = max(1, len(text) // 5)
            parts = [text[at : at + step] for at in range(0, len(text), step)]
            for part in parts:
                time.sleep(seconds / len(parts))
                self.chunk(event(part))
            self.chunk(b"data: [DONE]\n\n")
            self.chunk(b"")

        def chunk(self, data: bytes) -> None:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

        def log_message(self, *_args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

    httpd = Quiet(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True).start()
    pipe.send(httpd.server_port)
    while pipe.recv() != "stop":
        pipe.send((list(prompts), list(times)))
        prompts.clear()
        times.clear()


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


def run(slots: int, pace: float) -> tuple[Draft, float, list[str], list[float]]:
    """Draft the sample township twice, the second time measured."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=serve, args=(slots, pace, there), daemon=True
    )
    process.start()
    facts = parse_facts((demo_dir() / "facts.txt").read_text("utf-8"), unit="云渡镇")
    outline = make_outline(facts, Library([]), (demo_dir() / "tasks.txt").read_text("utf-8"))
    settings = Settings(
        home=Path("unused"),
        base_url=f"http://127.0.0.1:{here.recv()}/v1",
        model="loopback",
        concurrency=slots,
    )
    ask = connect(settings).ask
    write(facts, outline, None, ask=ask, year=2026)
    here.send("log")
    here.recv()
    started = time.monotonic()
    draft = write(facts, outline, None, ask=ask, year=2026)
    seconds = time.monotonic() - started
    here.send("log")
    prompts, times = here.recv()
    here.send("stop")
    process.join(5)
    return draft, seconds, prompts, times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slots", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--seconds-per-token", type=float, default=0.01)
    options = parser.parse_args()
    print("slots  calls  points  seconds  best  ratio  tokens/char  shared")
    for slots in options.slots:
        draft, seconds, prompts, times = run(slots, options.seconds_per_token)
        points = sum(len(section.points) for section in draft.sections)
        best = best_time(times, slots)
        tokens = sum(map(estimate, prompts)) / len(draft.text)
        print(
            f"{slots:5}  {len(times):5}  {points:6}  {seconds:7.2f}  {best:4.2f}"
            f"  {seconds / best:5.3f}  {tokens:11.2f}  {shared(prompts):6.3f}"
        )


if __name__ == "__main__":
    main()
