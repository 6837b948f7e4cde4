"""What every request must pass before the page or a file is reached.

Gradio guards little by itself when it is mounted: some of its routes need no login, any origin is
echoed, bodies have no limit, files are open to every user who has the address (measured with 6.31).
So the routes that the page uses are listed here, and no other is reachable.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_JSON = 4 * 1024 * 1024
MAX_UPLOAD = 25 * 1024 * 1024
MAX_SESSIONS = 5_000
SAFE_METHODS = {"GET", "HEAD"}
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Inline scripts run only with the nonce of their own page, so injected markup runs nothing.
``unsafe-eval`` stays: Gradio compiles templates and event scripts, page drivers their waiting."""
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}
_OPEN = re.compile(r"/(login|healthz|robots\.txt|favicon\.ico|page/[\w.-]+)")
_PAGE = re.compile(
    r"(/en)?/?"
    r"|(/en)?/(config|theme\.css|manifest\.json)/?"
    r"|(/en)?/(assets|static|svelte)/[\w./@~+-]+"
    r"|(/en)?/gradio_api/(startup-events|app_id|theme\.css|upload_progress|login_check)/?"
    r"|(/en)?/gradio_api/heartbeat/\w{1,64}"
    r"|/projects/\d{1,9}/(export|files/\d{1,9}|batch)"
)
_POSTS = re.compile(
    r"(/en)?/gradio_api/(run/predict|upload|reset)/?|/logout|/projects/\d{1,9}/typed"
)
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}
_SCRIPT = re.compile(rb"<script(?=[\s>])")
Who = Callable[[Scope, dict[str, str]], str | None]


class Guards:
    """ASGI middleware around the whole application.

    ``who`` names the user of a request or returns ``None``; ``local`` says that there are no
    accounts: then only the machine's own names are accepted as host (against DNS rebinding).
    ``additions`` go first into every page's head and last into its body; Gradio would add its
    ``head`` only after its own start, too late for either.
    """

    def __init__(
        self, app: App, who: Who, *, local: bool, additions: tuple[str, str] = ("", "")
    ) -> None:
        self._app = app
        self._head = b"<head>" + additions[0].encode()
        self._foot = additions[1].encode() + b"</body>"
        self._who = who
        self._local = local
        self._sessions: OrderedDict[str, str] = OrderedDict()
        self._turns: OrderedDict[tuple[str, int], asyncio.Lock] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it in one line."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        await self._request(scope, receive, _Guarded(send, self._head, self._foot))

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        refused = self._refusal(scope, headers)
        if refused:
            await _answer(send, *refused)
            return
        user = self._who(scope, headers)
        if user is None and not _OPEN.fullmatch(scope["path"]):
            await _ask_to_sign_in(scope, headers, send)
            return
        scope["drafter_user"] = user or ""
        scope["headers"] = [(k, v) for k, v in scope["headers"] if not _forged(k)]
        await self._limited(scope, headers, receive, send)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        path, method = scope["path"], scope["method"]
        host = headers.get("host", "")
        if self._local and _name(host) not in _LOOPBACK:
            return 403, "只接受从本机打开"
        if method not in SAFE_METHODS and not _same_origin(headers, host):
            return 403, "请求来自别的网站，已拒绝"
        if method in SAFE_METHODS and (_OPEN.fullmatch(path) or _PAGE.fullmatch(path)):
            return None
        if method == "POST" and (path == "/login" or _POSTS.fullmatch(path)):
            return None
        return 404, "没有这个地址"

    async def _limited(
        self, scope: Scope, headers: dict[str, str], receive: Receive, send: Send
    ) -> None:
        if scope["method"] in SAFE_METHODS:
            if not self._own_session(scope["drafter_user"], _session_of_path(scope)):
                await _answer(send, 403, "这个会话属于别的用户")
                return
            await self._app(scope, receive, send)
            return
        upload = scope["path"].rstrip("/").endswith("/upload")
        limit = MAX_UPLOAD if upload else MAX_JSON
        body = await _read(receive, headers, limit)
        if body is None:
            await _answer(send, 413, f"内容超过{limit // 1024 // 1024}MB：请分几次提交")
            return
        session = "" if upload else _session_of_body(body)
        if not self._own_session(scope["drafter_user"], session):
            await _answer(send, 403, "这个会话属于别的用户")
            return
        async with self._turn(session):
            await self._app(scope, _replay(body, receive), send)

    def _turn(self, session: str) -> asyncio.Lock:
        """A page's calls are answered one by one: an older answer never comes after a newer."""
        if not session:
            return asyncio.Lock()
        name = (session, id(asyncio.get_running_loop()))  # a lock serves one loop only
        turn = self._turns.setdefault(name, asyncio.Lock())
        self._turns.move_to_end(name)
        while len(self._turns) > MAX_SESSIONS:
            self._turns.popitem(last=False)
        return turn

    def _own_session(self, user: str, session: str) -> bool:
        """The page's session name is made by the browser: whoever uses it first owns it."""
        if not session:
            return True
        owner = self._sessions.setdefault(session, user)
        self._sessions.move_to_end(session)
        while len(self._sessions) > MAX_SESSIONS:
            self._sessions.popitem(last=False)
        return owner == user


def _headers(scope: Scope) -> dict[str, str]:
    return {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}


def _forged(name: bytes) -> bool:
    return name.lower().startswith(b"x-forwarded-") or name.lower() in {b"forwarded", b"x-real-ip"}


def _name(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _same_origin(headers: dict[str, str], host: str) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or (bool(host) and urlsplit(origin).netloc == host)


async def _read(receive: Receive, headers: dict[str, str], limit: int) -> bytes | None:
    said = headers.get("content-length", "")
    if said.isdecimal() and int(said) > limit:
        return None
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(chunks)
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > limit:
            return None
        if not message.get("more_body"):
            return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _session_of_path(scope: Scope) -> str:
    path = scope["path"].rstrip("/")
    if "/heartbeat/" in path:
        return str(path.rsplit("/", 1)[1])
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return next(iter(query.get("session_hash", [])), "")


def _session_of_body(body: bytes) -> str:
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    session = said.get("session_hash") if isinstance(said, dict) else ""
    return session if isinstance(session, str) else ""


class _Guarded:
    """Sends an answer on with our headers; a page's own inline scripts get its nonce."""

    def __init__(self, send: Send, head: bytes, foot: bytes) -> None:
        self._send = send
        self._head, self._foot = head, foot
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": self._headers(message.get("headers", []))}
            if _is_html(message["headers"]):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            await self._page(message)
            return
        await self._send(message)

    def _headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        ours = {**HEADERS, b"content-security-policy": POLICY.format(nonce=self._nonce).encode()}
        kept = [(k, v) for k, v in headers if k.lower() not in ours]
        kept = [(k, v) for k, v in kept if not k.lower().startswith(b"access-control-")]
        return [*kept, *ours.items()]

    async def _page(self, message: Message) -> None:
        self._body.append(message.get("body", b""))
        if message.get("more_body"):
            return
        assert self._start is not None
        tag = f'<script nonce="{self._nonce}"'.encode()
        body = b"".join(self._body).replace(b"<head>", self._head, 1)
        body = _SCRIPT.sub(tag, body.replace(b"</body>", self._foot, 1))
        kept = [(k, v) for k, v in self._start["headers"] if k.lower() != b"content-length"]
        length = (b"content-length", str(len(body)).encode())
        await self._send(
            {**self._start, "headers": [*kept, length, (b"cache-control", b"no-store")]}
        )
        await self._send({**message, "body": body})


def _is_html(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(k.lower() == b"content-type" and v.startswith(b"text/html") for k, v in headers)


async def _ask_to_sign_in(scope: Scope, headers: dict[str, str], send: Send) -> None:
    if scope["method"] in SAFE_METHODS and "text/html" in headers.get("accept", ""):
        await send(
            {
                "type": "http.response.start",
                "status": 303,
                "headers": [(b"location", b"/login"), (b"content-length", b"0")],
            }
        )
        await send({"type": "http.response.body", "body": b""})
        return
    await _answer(send, 401, "请先登录")


async def _answer(send: Send, status: int, text: str) -> None:
    body = json.dumps({"detail": text}, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
