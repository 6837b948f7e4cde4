"""What a section is for: work done, problems, plans, opening, closing."""

from __future__ import annotations

import re
from functools import cache

from drafter.resources import lexicon

_CLOSING_BODY = re.compile(r"^(?:总之|综上|以上(?:报告|总结|汇报)|特此|让我们)")


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (row.split("\t") for row in lexicon("samples", "section_functions.tsv"))
    return tuple((function, re.compile(cue)) for function, cue in rows)


def section_function(heading: str, body: str = "") -> str:
    """Return work, problems, plan, opening or closing for a heading (and the text below it).

    存在问题, 短板不足, 困难和问题 are problems; 下一步打算, 今后安排, 工作思路 are plans;
    问题整改情况, 补齐短板, 困难群众帮扶 are work. Without a heading the body's first words decide.
    """
    plain = "".join(heading.split())
    for function, cue in _cues():
        if cue.search(plain):
            return function
    if not plain and _CLOSING_BODY.search(body):
        return "closing"
    return "work"
