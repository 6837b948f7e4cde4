"""The web application: the guards, our routes, and the page in two languages."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault(
    "GRADIO_TEMP_DIR", tempfile.mkdtemp(prefix="drafter-uploads-")
)  # made 0700; the default is one folder for all users of a machine
for _name in ("GRADIO_SHARE", "GRADIO_VIBE_MODE", "GRADIO_MCP_SERVER", "GRADIO_ALLOWED_PATHS"):
    os.environ.pop(_name, None)

import gradio as gr  # noqa: E402 - it reads the environment when imported
from fastapi import FastAPI, Request  # noqa: E402
from fastapi.middleware.cors import CORSMiddleware  # noqa: E402
from fastapi.middleware.gzip import GZipMiddleware  # noqa: E402

from drafter.errors import SettingsError  # noqa: E402
from drafter.settings import Settings  # noqa: E402
from drafter.store import Store  # noqa: E402
from drafter.ui.accounts import LOCAL_USER, Door, read_accounts  # noqa: E402
from drafter.ui.bench import Bench  # noqa: E402
from drafter.ui.guards import Guards, Scope, Who  # noqa: E402
from drafter.ui.page import FOOT, HEAD, build_page, theme  # noqa: E402
from drafter.ui.routes import COOKIE, add_routes  # noqa: E402

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PATHS = {"en": "/en", "zh": "/"}
"""Mounted in this order: the root catches all that is left."""


def build_app(settings: Settings, store: Store | None = None) -> FastAPI:
    """Return the application, ready for uvicorn.

    Raises SettingsError where it would be open to the network without accounts, StoreError where
    the project store cannot be opened.
    """
    check_exposure(settings)
    local = not (settings.accounts_file or settings.user_header)
    accounts = read_accounts(Path(settings.accounts_file)) if settings.accounts_file else None
    door = Door(accounts.hashes) if accounts else None
    admins = accounts.admins if accounts else {LOCAL_USER} if local else ()
    bench = Bench(settings, store or open_store(settings), admins)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        user = LOCAL_USER if local else ""
        threading.Thread(target=bench.warm_up, args=(user,), daemon=True).start()
        yield
        bench.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.bench = bench
    # Gradio adds its own, loose CORS rule unless the parent has one.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Guards, who=_who(settings, bench), local=local, additions=(HEAD, FOOT))
    app.add_middleware(GZipMiddleware, minimum_size=2_000)  # outermost: guards see plain bytes
    add_routes(app, bench, door)
    for lang, path in PATHS.items():
        _mount(app, build_page(bench, lang), path)
    return app


def open_store(settings: Settings) -> Store:
    """Open the store that the settings name: a database URL, or a file in the data folder."""
    place = settings.database_url or settings.home / "projects.db"
    return Store.open(place, settings.home)


def check_exposure(settings: Settings) -> None:
    """Refuse to listen to the network without accounts. Raises SettingsError."""
    if settings.host in LOOPBACK or settings.accounts_file or settings.user_header:
        return
    raise SettingsError(
        f"没有设置账号，不能监听 {settings.host}：请设置 DRAFTER_ACCOUNTS，或改回 127.0.0.1"
    )


def _mount(app: FastAPI, page: gr.Blocks, path: str) -> None:
    page.queue(max_size=40, default_concurrency_limit=4)
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        auth_dependency=_user_of,
        show_error=False,
        max_file_size="20mb",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
    )


def _user_of(request: Request) -> str | None:
    return request.scope.get("drafter_user") or None


def _who(settings: Settings, bench: Bench) -> Who:
    """Return the function that names a request's user."""

    def by_header(_scope: Scope, headers: dict[str, str]) -> str | None:
        raw = headers.get(settings.user_header.lower(), "")
        return raw.encode("latin-1").decode("utf-8", "replace").strip()[:60] or None

    def by_cookie(_scope: Scope, headers: dict[str, str]) -> str | None:
        token = _cookie(headers.get("cookie", ""))
        return bench.store.signed_in(token) if token else None

    def local(_scope: Scope, _headers: Any) -> str | None:
        return LOCAL_USER

    if settings.user_header:
        return by_header
    return by_cookie if settings.accounts_file else local


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
