"""Figures as the check reads them: those of the text, and tenths that speech shortens (八成五)."""

from __future__ import annotations

import re
from decimal import Decimal

from drafter.chinese.quantities import find_figures
from drafter.domain import Figure

_DIGITS = "零一二三四五六七八九"
_TENTHS = re.compile(
    r"(?<![零一二三四五六七八九十完建达变])(?P<n>[一二三四五六七八九])成(?P<m>[一二三四五六七八九])?"
    r"(?![立员为果效绩功本长熟交型品都分不套片人年家活])"
)


def figures_of(text: str) -> list[Figure]:
    """Return the figures of a text in reading order, 一成 and 八成五 among them as ratios."""
    found = find_figures(text)
    if "成" not in text:
        return found
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
