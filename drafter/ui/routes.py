"""Our own routes: sign in and out, exports, static files. Each checks its owner by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from drafter.errors import DrafterError, NotAllowed, NotFound
from drafter.ui.accounts import Door
from drafter.ui.assets import KINDS, STATIC, address, caching
from drafter.ui.bench import Bench
from drafter.ui.html import Html, el
from drafter.ui.place import Place, parse_place
from drafter.ui.steps import writing
from drafter.ui.words import words
from drafter.ui.work.exports import Choice, export

COOKIE = "drafter"


def add_routes(app: FastAPI, bench: Bench, door: Door | None) -> None:
    """Add the routes that stand beside the page."""
    app.add_api_route("/healthz", _health, methods=["GET"])
    app.add_api_route("/page/{name}", _static, methods=["GET"])
    app.add_api_route("/en", _english, methods=["GET"])
    _add_export(app, bench)
    _add_typed(app, bench)
    if door is not None:
        _add_sign_in(app, bench, door)


def _english(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/en/{query}", 307)


def _health() -> dict[str, str]:
    return {"state": "ok"}


def _static(name: str, v: str = "") -> Response:
    path = STATIC / Path(name).name
    kind = KINDS.get(path.suffix)
    if kind is None or not path.is_file():
        return JSONResponse({"detail": "没有这个地址"}, 404)
    headers = {"cache-control": caching(path.name, v)}
    return Response(path.read_bytes(), media_type=f"{kind}; charset=utf-8", headers=headers)


def attachment(name: str, data: bytes, kind: str) -> Response:
    """Return a download; the name goes out percent-encoded, so that no header can be forged."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "cache-control": "no-store",
    }
    return Response(data, media_type=kind, headers=headers)


def refusal(error: DrafterError) -> Response:
    """Return an error as one line with its status."""
    status = 403 if isinstance(error, NotAllowed) else 404 if isinstance(error, NotFound) else 400
    return JSONResponse({"detail": str(error)}, status)


def _add_export(app: FastAPI, bench: Bench) -> None:
    @app.get("/projects/{number}/export")
    async def get_export(
        request: Request, number: int, form: str = "docx", review: int = 0, annex: int = 0
    ) -> Response:
        user = str(request.scope.get("drafter_user", ""))
        try:
            desk = bench.desk(user, Place(number))
            choice = Choice(form, bool(review), bool(annex))
            name, data, kind = await run_in_threadpool(export, desk, choice)
        except DrafterError as error:
            return refusal(error)
        return attachment(name, data, kind)

    @app.get("/projects/{number}/batch")
    async def get_batch(request: Request, number: int) -> Response:
        user = str(request.scope.get("drafter_user", ""))
        try:
            project = bench.store.project(user, number)
            data = await run_in_threadpool(bench.batches.archive, project)
        except DrafterError as error:
            return refusal(error)
        return attachment("批量结果.zip", data, "application/zip")

    @app.get("/projects/{number}/files/{file}")
    async def get_file(request: Request, number: int, file: int) -> Response:
        user = str(request.scope.get("drafter_user", ""))
        try:
            stored, data = bench.store.project(user, number).read_file(file)
        except DrafterError as error:
            return refusal(error)
        return attachment(stored.name, data, "application/octet-stream")


def _add_typed(app: FastAPI, bench: Bench) -> None:
    """Take what a page still holds when it is closed, or loads anew after a lost connection."""

    @app.post("/projects/{number}/typed")
    async def post_typed(request: Request, number: int) -> Response:
        user = str(request.scope.get("drafter_user", ""))
        try:
            said = json.loads(await request.body())
            place, text = parse_place(said["place"]), str(said["text"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"detail": "看不懂这个请求"}, 400)
        try:
            await run_in_threadpool(_save_typed, bench, user, replace(place, project=number), text)
        except DrafterError as error:
            return refusal(error)
        return Response(status_code=204)


def _save_typed(bench: Bench, user: str, place: Place, text: str) -> None:
    with bench.page(place.page).lock:
        writing.save(bench.desk(user, place), text)


def _add_sign_in(app: FastAPI, bench: Bench, door: Door) -> None:
    @app.get("/login")
    async def get_login() -> Response:
        return HTMLResponse(sign_in_page())

    @app.post("/login")
    async def post_login(request: Request) -> Response:
        form = await request.form()
        name, password = str(form.get("name", "")), str(form.get("password", ""))
        address = request.client.host if request.client else ""
        if not await run_in_threadpool(door.enter, name, password, address):
            locked = door.locked(f"n:{name[:60]}", f"a:{address}")
            said = words("zh")("signin.locked" if locked else "signin.wrong")
            return HTMLResponse(sign_in_page(said), 429 if locked else 401)
        answer = RedirectResponse("/", 303)
        token = bench.store.sign_in(name)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure)
        return answer

    @app.post("/logout")
    async def post_logout(request: Request) -> Response:
        bench.store.sign_out(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE)
        return answer


def sign_in_page(said: str = "") -> str:
    """Return the sign-in page: a plain form that needs no script."""
    w = words("zh")
    form = el(
        "form",
        el("h1", w("name")),
        el("p", said, cls="notice-error", role="alert") if said else None,
        el("label", w("signin.name"), for_="name"),
        el("input", id="name", name="name", autocomplete="username", required=True),
        el("label", w("signin.password"), for_="password"),
        el(
            "input",
            id="password",
            name="password",
            type="password",
            autocomplete="current-password",
            required=True,
        ),
        el("button", w("signin.go"), type="submit"),
        method="post",
        action="/login",
        cls="signin",
    )
    head = el(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width">'),
        el("title", w("name")),
        el("link", rel="stylesheet", href=address("page.css")),
    )
    return f"<!doctype html>{el('html', head, el('body', el('main', form)), lang='zh-CN')}"
