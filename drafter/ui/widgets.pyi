"""The page's own components."""

from __future__ import annotations

from typing import Any

import gradio as gr

class Panel(gr.Markdown):
    """Shows HTML made by ``drafter.ui.html``.

    A Markdown component, because gr.HTML compiles its template in the browser and would need
    ``unsafe-eval``. Formulas are off; the HTML is escaped where it is made, so it is not filtered.
    """

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(
            value, sanitize_html=False, latex_delimiters=[], container=False, **options
        )

    def get_block_name(self) -> str:
        """Return the name of the browser's component."""
        return "markdown"
    from collections.abc import Callable, Sequence
    from typing import TYPE_CHECKING, Any, Literal

    from gradio.blocks import Block
    if TYPE_CHECKING:
        from gradio.components import Timer
        from gradio.components.base import Component
