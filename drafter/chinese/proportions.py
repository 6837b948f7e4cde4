"""Proportions: 师生比1∶11, 按1比3的比例配备, 大体七比五; never a time of day or a score.

The worth of a proportion is its right term by its left one (1∶11 → 11, 四比一 → 0.25): 2比4 is
1比2, and 11∶1 is another than 1∶11.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from drafter.chinese.numerals import parse_number

_TERM = r"\d{1,6}(?:\.\d+)?|[一二三四五六七八九十]{1,3}"
_PROPORTION = re.compile(
    rf"(?P<left>{_TERM})\s?(?P<sign>[:：∶]|比)\s?(?P<right>{_TERM})(?![\d.:：∶点月日年号万亿%]|比(?![例率]))"
)
_NAMED = re.compile(
    r"(?:(?<![评对同环相攀无反占])比|比例|比率)(?:大体|大约|大致|约|为|是|达到?|控制|保持|稳定|不低于|不超过"
    r"|\d+[:：∶]\d+(?:\.\d+)?|由|从|在|按|降|提高|提升|优化|调整|[到至]|：|:|\s){0,6}$"
)
_SO_SHARED = re.compile(
    "(?:的|进行|来)?(?:比例(?!尺)|比率|配比|配备|配置|配齐|配套|搭配|兑水|稀释|混合|拌)"
)
_SCORED_BEFORE = re.compile("(?:比分|赛|队|战|胜|负|赢|输|平|以)[^，。；\n]{0,4}$")
_SCORED_BEHIND = re.compile("[^，。；\n]{0,2}(?:胜|败|负|领先|落后|逆转|平局|战平|输|赢)")
_CLOCK = re.compile(r"(?!1[:：∶])\d{1,2}[:：∶][0-5]\d")
_ENDS = re.compile(r"[，。；、！？）),;\n]|左右|$")
_MOST_IN_SPEECH = 100


class Proportion(NamedTuple):
    """Where a proportion ends, and its right term divided by its left one."""

    end: int
    worth: Decimal


def proportion_at(folded: str, start: int) -> Proportion | None:
    """Return the proportion that begins at ``start`` of a folded text, where it is surely one."""
    match = _PROPORTION.match(folded, start)
    if match is None or folded[start - 1 : start] in {".", ":", "：", "∶", "/", "第"}:
        return None
    left, right = parse_number(match["left"]), parse_number(match["right"])
    if not left or not right:
        return None
    before = folded[max(0, start - 24) : start]
    if before.endswith("比") and _CLOCK.fullmatch(match[0]):
        return None  # 比8:30提前
    told = _NAMED.search(before) or _SO_SHARED.match(folded, match.end())
    spoken = match["sign"] == "比" and max(left, right) < _MOST_IN_SPEECH and left != right
    if not told and not (spoken and _stands_alone(folded, before, match.end())):
        return None
    return Proportion(match.end(), right / left)


def _stands_alone(folded: str, before: str, end: int) -> bool:
    """Tell whether N比M claims a proportion without a word that says so: 大体七比五, 四比一."""
    if _SCORED_BEFORE.search(before) or _SCORED_BEHIND.match(folded, end):
        return False
    return _ENDS.match(folded, end) is not None
