"""Small HTML, built so that no text can become markup: everything that is not ``Html`` is escaped.

A panel's HTML stands on one line, because the page shows it through a Markdown component (the only
one that needs no ``unsafe-eval``), and there a blank line would end the HTML block.
"""

from __future__ import annotations

import html

_VOID = {"br", "hr", "img", "input", "link"}


class Html(str):
    """Markup made by ``el``; never made from a text that came from outside."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Return a text as Html that shows it literally, on one line."""
    return Html(html.escape(text, quote=True).replace("\r", "&#13;").replace("\n", "&#10;"))


def el(tag: str, *children: str | None, **attributes: str | int | bool | None) -> Html:
    """Return an element. ``cls`` is class, ``data_do`` is data-do; False and None are left out."""
    said = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = {"cls": "class", "for_": "for"}.get(name, name.replace("_", "-"))
        said.append(f" {key}" if value is True else f' {key}="{escape(str(value))}"')
    opening = f"<{tag}{''.join(said)}>"
    if tag in _VOID:
        return Html(opening)
    return Html(f"{opening}{join(*children)}</{tag}>")


def join(*children: str | None) -> Html:
    """Return children one after another, each escaped unless it is Html."""
    return Html("".join(c if isinstance(c, Html) else escape(c) for c in children if c))


def panel(*children: str | None, cls: str = "") -> str:
    """Return the value of a panel component: one block element, "" where there is nothing."""
    inner = join(*children)
    return el("div", inner, cls=f"panel {cls}".strip()) if inner else ""


def button(text: str, do: str, cls: str = "small") -> Html:
    """Return a button inside a panel; ``do`` is the command that the page sends on a click."""
    return el("button", text, type="button", cls=cls, data_do=do)
