"""Starts the web application: settings → ``build_app`` → uvicorn."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from dataclasses import replace

from drafter.errors import SettingsError
from drafter.settings import Settings


def serve(
    settings: Settings,
    host: str | None = None,
    port: int | None = None,
    *,
    open_browser: bool = False,
) -> None:
    """Serve the page until it is stopped; host and port override the settings.

    Raises SettingsError, StoreError before anything listens.
    """
    chosen = replace(
        settings,
        host=host or settings.host,
        port=settings.port if port is None else port,
    )
    _check_port(chosen.host, chosen.port)
    sys.stderr.write("正在启动网页，头一次要等十几秒…\n")
    import uvicorn  # noqa: PLC0415 - only the page needs it

    from drafter.ui.app import build_app  # noqa: PLC0415 - Gradio takes seconds to load

    app = build_app(chosen)
    address = f"http://{chosen.host}:{chosen.port}/"
    way = "马上在浏览器里打开" if open_browser else "请在浏览器里打开这个地址"
    sys.stderr.write(f"网页已就绪：{address}（{way}；按 Ctrl+C 结束）\n")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    uvicorn.run(app, host=chosen.host, port=chosen.port, log_level="warning", server_header=False)


def _check_port(host: str, port: int) -> None:
    """Say at once that a port is taken, before Gradio is loaded. Raises SettingsError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"地址 {host}:{port} 用不了（可能已有程序在用），请用 --port 换一个端口。"
            ) from error
