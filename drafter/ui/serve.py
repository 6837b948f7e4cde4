"""Starts the web application: settings → ``build_app`` → uvicorn."""

from __future__ import annotations

import sys
import threading
import webbrowser
from dataclasses import replace

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
    import uvicorn  # noqa: PLC0415 - only the page needs it

    from drafter.ui.app import build_app  # noqa: PLC0415 - Gradio takes seconds to load

    chosen = replace(
        settings,
        host=host or settings.host,
        port=settings.port if port is None else port,
    )
    app = build_app(chosen)
    address = f"http://{chosen.host}:{chosen.port}/"
    sys.stderr.write(f"网页已打开：{address}（按 Ctrl+C 结束）\n")
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    uvicorn.run(app, host=chosen.host, port=chosen.port, log_level="warning", server_header=False)
