"""What a section is for: work done, problems, plans, opening, closing."""

from __future__ import annotations

from drafter.resources import lexicon


def section_function(heading: str, body: str = "") -> str:
    """Return work, problems, plan, opening or closing for a heading (and the text below it)."""
    for row in lexicon("samples", "section_functions.tsv"):
        function, cue = row.split("\t")
        if cue in heading:
            return function
    return "work" if heading or not body.startswith(("总之", "综上")) else "closing"
