"""The page's own components."""

from __future__ import annotations

from typing import Any

import gradio as gr


def Panel(value: str = "", **options: Any) -> gr.Markdown:  # noqa: N802 - reads as a component
    """Return a component that shows HTML made by ``drafter.ui.html``.

    A Markdown component: gr.HTML compiles its content as a template in the browser. Formulas are
    off; texts are escaped where the HTML is made, so nothing is filtered here. A function and no
    subclass, since Gradio writes a stub file beside the module of each subclass.
    """
    return gr.Markdown(value, sanitize_html=False, latex_delimiters=[], container=False, **options)
