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


_PEOPLE = re.compile(
    "的?(?:留守|困境|贫困|农村|适龄|在园|在校|山里)?(?:孩子|娃|学生|幼儿|儿童|老人|乡亲|学员|乡贤)"
    "(?![之家食宿公活乐餐服会队班社团园院])"
)
_THRESHOLD = re.compile("的?(?:台阶|大关|关口|门槛)")
_A_TENTH_MORE = Decimal("1.1")
_BEHIND_A_VERB = re.compile("[\u4e00-\u9fff]$")
_A_FEW = 10


def figures_of(text: str, measure: str = "") -> list[Figure]:
    """Return the figures of a text in reading order, 一成 and 八成五 among them as ratios."""
    found = [_heads(text, _experienced(text, figure)) for figure in find_figures(text)]
    found = [_threshold(text, figure) for figure in found]
    if "成" in text:
        found = _with_tenths(text, found)
    return with_heads(text, found, measure)


def _experienced(text: str, figure: Figure) -> Figure:
    """Return 来过1次 as one time, not as over one: few of what is counted behind a verb."""
    if not figure.text.startswith("过") or not figure.dimension.startswith(("count:", "number")):
        return figure
    if figure.low >= _A_FEW or not _BEHIND_A_VERB.search(text, 0, figure.start):
        return figure
    low, said = figure.low, figure.text[1:].lstrip()
    start = figure.end - len(said)
    return replace(figure, start=start, text=said, high=low, value=low, approximation="exact")


def _heads(text: str, figure: Figure) -> Figure:
    """Return 135个留守孩子 as so many people: speech counts them in 个."""
    people = figure.unit == "个" and _PEOPLE.match(text, figure.end)
    return replace(figure, dimension="count:人") if people else figure


def _threshold(text: str, figure: Figure) -> Figure:
    """Return 三千万元台阶 as what was passed: over it by a tenth at most."""
    passed = figure.approximation == "exact" and _THRESHOLD.match(text, figure.end)
    if not passed or figure.low != figure.high:
        return figure
    return replace(figure, high=figure.low * _A_TENTH_MORE, approximation="over")


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
