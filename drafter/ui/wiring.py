"""From plain handlers to page events: one edge for errors, one way to say what changes.

A handler takes a Desk and values and returns a dictionary from component names to values (or
``Change``). It knows nothing of the page library; what it does not name stays as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from drafter.errors import DrafterError
from drafter.ui.bench import Bench, Desk
from drafter.ui.html import el, panel
from drafter.ui.place import parse_place

log = logging.getLogger("drafter.ui")
Components = dict[str, Any]
Changes = Mapping[str, Any]
Handler = Callable[..., Changes]


@dataclass(frozen=True, slots=True)
class Change:
    """New properties of a component, where more than its value changes."""

    properties: Mapping[str, Any]


def change(**properties: Any) -> Change:
    """Return new properties of a component."""
    return Change(properties)


def notice(text: str, kind: str = "info") -> str:
    """Return the notice bar's content; ``kind``: info, good, warn, error."""
    role = "alert" if kind == "error" else "status"
    return panel(el("p", text, cls=f"notice-{kind}", role=role)) if text else ""


class Wiring:
    """Connects components by name to handlers."""

    def __init__(self, components: Components, bench: Bench, lang: str) -> None:
        self.components = components
        self.bench = bench
        self.lang = lang

    def on(
        self,
        triggers: Sequence[Any],
        handler: Handler,
        inputs: Sequence[str] = (),
        outputs: Sequence[str] = (),
        *,
        once: str = "once",
        quiet: bool = False,
    ) -> None:
        """Call a handler on any of the triggers.

        ``once``: what happens to triggers while one is under way. once: they are dropped, as the
        second click on a button should be. multiple: each counts, also where the answer writes to
        what was chosen. always_last: one more comes after it, with what stands there then.
        ``quiet``: the notice bar is left alone unless the handler or an error says something.
        """
        names = ["place", "notice", *outputs]
        gr.on(
            list(triggers),
            self._wrapped(handler, names, quiet),
            inputs=[self.components[name] for name in ("place", *inputs)],
            outputs=[self.components[name] for name in names],
            queue=False,
            show_progress="hidden",
            trigger_mode=once,
            api_visibility="private",
        )

    def last(
        self,
        triggers: Sequence[Any],
        handler: Handler,
        inputs: Sequence[str] = (),
        outputs: Sequence[str] = (),
    ) -> None:
        """Call a handler, quietly, where only what stands there last counts: saving, showing."""
        self.on(triggers, handler, inputs, outputs, once="always_last", quiet=True)

    def _wrapped(self, handler: Handler, names: Sequence[str], quiet: bool) -> Callable[..., Any]:
        def run(request: gr.Request, place: object, *values: Any) -> list[Any]:
            if quiet and not parse_place(place).project:
                return self.updates({}, names)  # the page is only just opening
            said = {} if quiet else {"notice": ""}
            changes = {**said, **self.call(handler, user_of(request), place, *values)}
            return self.updates(changes, names)

        return run

    def updates(self, changes: Changes, names: Sequence[str]) -> list[Any]:
        """Return the changes in the order of these components; what is not named is skipped."""
        return [_update(changes[name]) if name in changes else gr.skip() for name in names]

    def call(self, handler: Handler, user: str, place: object, *values: Any) -> Changes:
        """Call a handler as the page does; an error becomes one line in the notice bar."""
        where = parse_place(place)
        try:
            with self.bench.page(where.page).lock:
                return handler(self.bench.desk(user, where, self.lang), *values)
        except DrafterError as error:
            return {"notice": notice(str(error), "error")}
        except Exception:
            log.exception("handler %s", getattr(handler, "__name__", handler))
            return {"notice": notice("程序出错，这一步没有做成；已保存的内容都在，请重试", "error")}


def user_of(request: gr.Request) -> str:
    """Return who asks; the guards have made sure that it is somebody."""
    return str(request.username or "")


def _update(value: Any) -> Any:
    return gr.update(**value.properties) if isinstance(value, Change) else value


__all__ = ["Change", "Changes", "Components", "Desk", "Wiring", "change", "notice", "user_of"]
