"""The web page. ``build_app(settings)`` makes the whole application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drafter.ui.app import build_app

__all__ = ["build_app"]


def __getattr__(name: str) -> Any:
    if name == "build_app":
        from drafter.ui.app import build_app as build  # noqa: PLC0415 - Gradio takes seconds

        return build
    raise AttributeError(name)
