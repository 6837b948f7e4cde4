"""Figures as the check reads them: those of the text, and what its own reading adds.

Tenths that speech shortens (八成五), 过 of a verb (来过1次 is once), bare numbers of a headed list.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from drafter.checking.headed import with_heads
from drafter.chinese.quantities import find_figures
from drafter.domain import Figure

_DIGITS = "零一二三四五六七八九"
_TENTHS = re.compile(
    r"(?<![零一二三四五六七八九十完建达变])(?P<n>[一二三四五六七八九])成(?P<m>[一二三四五六七八九])?"
    r"(?![立员为果效绩功本长熟交型品都分不套片人年家活])"
)


_BEHIND_A_VERB = re.compile("[\u4e00-\u9fff]$")
_A_FEW = 10


def figures_of(text: str) -> list[Figure]:
    """Return the figures of a text in reading order, 一成 and 八成五 among them as ratios."""
    found = [_experienced(text, figure) for figure in find_figures(text)]
    if "成" in text:
        found = _with_tenths(text, found)
    return with_heads(text, found)


def _experienced(text: str, figure: Figure) -> Figure:
    """Return 来过1次 as one time, not as over one: few of what is counted behind a verb."""
    if not figure.text.startswith("过") or not figure.dimension.startswith(("count:", "number")):
        return figure
    if figure.low >= _A_FEW or not _BEHIND_A_VERB.search(text, 0, figure.start):
        return figure
    low, said = figure.low, figure.text[1:].lstrip()
    start = figure.end - len(said)
    return replace(figure, start=start, text=said, high=low, value=low, approximation="exact")


def _with_tenths(text: str, found: list[Figure]) -> list[Figure]:
    for match in _TENTHS.finditer(text):
        same = next((f for f in found if f.start <= match.start() < f.end), None)
        if same is None:
            found.append(_tenth(match))
        elif match["m"] and same.end < match.end() and same.approximation == "exact":
            found[found.index(same)] = _tenth(match)
    return sorted(found, key=lambda figure: figure.start)


def _tenth(match: re.Match[str]) -> Figure:
    value = Decimal(_DIGITS.index(match["n"])) / 10
    if match["m"]:
        value += Decimal(_DIGITS.index(match["m"])) / 100
    start, end = match.span()
    return Figure(start, end, match[0], value, value, "成", "ratio")
