"""A real HTTP server on loopback that answers by script, and misbehaves by script."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from drafter.model import connect
from drafter.settings import Settings

KEY = "sk-test-3f9a71c0de55aa19"
PATIENT = {"connect_timeout": 10.0, "first_token_timeout": 10.0, "stall_timeout": 10.0}
"""A busy machine is no silent server."""
HASTY = {"first_token_timeout": 0.6, "stall_timeout": 0.4}
"""For servers that are silent or slow, so that the test need not wait."""
SLOW = {
    "never a word",
    "only pings",
    "stalls in mid-stream",
    "a slow drip",
    "a role, and then silence",
    "a role for ever",
    "early hints for ever",
}


def pace(name):
    """Return how long to wait for the server called ``name``."""
    return HASTY if name in SLOW else PATIENT


def event(text="", *, finish=None, usage=None, **delta):
    """One server-sent event as an OpenAI-compatible server sends it."""
    body = {"id": "c1", "object": "chat.completion.chunk", "model": "fake"}
    if text:
        delta["content"] = text
    body["choices"] = [{"index": 0, "delta": delta, "finish_reason": finish}]
    if usage:
        body["usage"] = usage
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


DONE = b"data: [DONE]\n\n"


class Reply:
    """What the server sends: a status, headers, and pieces of body (numbers are pauses)."""

    def __init__(self, *pieces, status=200, content_type="text/event-stream", headers=None):
        self.pieces = pieces
        self.status = status
        self.headers = {"Content-Type": content_type, **(headers or {})}

    def send(self, handler):
        handler.send_response(self.status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for piece in self.pieces:
            if isinstance(piece, (int, float)):
                time.sleep(piece)
            else:
                handler.wfile.write(piece)
                handler.wfile.flush()
        handler.close_connection = True


def says(text, *, finish="stop", done=True, usage=None):
    """A proper streamed answer, cut into small deltas."""
    parts = [event(text[i : i + 7]) for i in range(0, len(text), 7)]
    parts.append(event(finish=finish, usage=usage) if finish or usage else b"")
    return Reply(*parts, DONE if done else b"")


def fails(status, body=None, **headers):
    """An error status with a JSON body."""
    body = body or {"error": {"message": "no", "type": "error"}}
    data = json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(data, status=status, content_type="application/json", headers=named)


class FakeModel:
    """The server: replies are taken from ``script`` in order, the last one for ever after.

    A reply may be a function of the parsed request. ``requests`` are (path, headers, body).
    """

    def __init__(self):
        self.script = [says("好。")]
        self.requests = []
        self._lock = threading.Lock()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                reply = fake._take(self.path, dict(self.headers), json.loads(data))
                try:
                    reply.send(self)
                except OSError:
                    self.close_connection = True

            def do_GET(self):
                fake.requests.append((self.path, dict(self.headers), {}))
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def _take(self, path, headers, body):
        with self._lock:
            self.requests.append((path, headers, body))
            reply = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return reply(body) if callable(reply) else reply

    def answers(self, *replies):
        self.script = list(replies)

    @property
    def calls(self):
        return len(self.requests)

    def bytes_seen(self):
        """All request bodies as one text."""
        return "\n".join(json.dumps(body, ensure_ascii=False) for _, _, body in self.requests)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def fake():
    model = FakeModel()
    yield model
    model.close()


@pytest.fixture
def settings(fake):
    def make(**changes):
        values = {
            "home": Path("nowhere"),
            "base_url": fake.url,
            "api_key": KEY,
            "model": "fake-1",
            **PATIENT,
        }
        return Settings(**{**values, **changes})

    return make


@pytest.fixture
def endpoint(settings):
    return connect(settings())


@pytest.fixture
def hasty(settings):
    """An endpoint that waits for a word no longer than a test can."""
    return connect(settings(**HASTY))
