"""Days written with a dot: 11.3 召开…, 截至11.20, （9.1-10.25）, 2026.3.1-5.31."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.chinese.measures import measure_at
from drafter.chinese.normalise import fold

_DAY = r"(1[0-2]|0?[1-9])[.．](3[01]|[12]\d|0?[1-9])"
_FAR = rf"(?:\s*[-—–~至到]\s*(?:{_DAY}|(3[01]|[12]\d|[1-9])(?![\d.])))?"
_DATED = re.compile(
    rf"(?<![\d.．])(20\d\d)[.．]{_DAY}"
    rf"(?:\s*[-—–~～至到]{{1,2}}\s*(?:(20\d\d)[.．])?(?:{_DAY}|(3[01]|[12]\d|[1-9])(?![\d.])))?"
    r"[日号]?(?![\d.．])"
)
_BETWEEN = re.compile(rf"(?<=[（(]){_DAY}\s*[-—–~～至到]{{1,2}}\s*{_DAY}[日号]?(?=[）)])")
_AT = re.compile(rf"(?:^|(?<=截至)|(?<=截止)|(?<=[于自]))\s?{_DAY}{_FAR}[日号]?(?![\d.%％日号])")
_BEHIND = re.compile(r"\s|[\u4e00-\u9fff，,：:）)]|$")
_MARKED = re.compile(rf"(?<![\d.]){_DAY}[日号](?![\u4e00-\u9fff]?线)")
_NUMBERED = re.compile(r"\s*(\d{1,2})[.．](\d{1,2})(?![\d.])")


def has_days(lines: Iterable[str]) -> bool:
    """Tell whether dotted numbers before lines may be days: not where 2.1 and 2.2 number them."""
    opened = {(int(m[1]), int(m[2])) for line in lines if (m := _NUMBERED.match(fold(line)))}
    return not any(minor == 1 and (major, 2) in opened for major, minor in opened)


def with_days(text: str) -> str:
    """Return a statement with its dotted days written out: 11.3 召开… → 11月3日召开…"""
    text = _BETWEEN.sub(r"\1月\2日—\3月\4日", with_dates(text))
    return _AT.sub(_written, _MARKED.sub(r"\1月\2日", text))


def with_dates(text: str) -> str:
    """Return a text with the dotted dates in it that name their year written out.

    2026.3.1-5.31 is 2026年3月1日—5月31日; nothing else has this form.
    """
    return _DATED.sub(_dated, text)


def _dated(match: re.Match[str]) -> str:
    year, month, day, far_year, far_month, far_day, day_alone = match.groups()
    shown = f"{year}年{int(month)}月{int(day)}日"
    if far_month:
        other = f"{far_year}年" if far_year and far_year != year else ""
        return f"{shown}—{other}{int(far_month)}月{int(far_day)}日"
    return f"{shown}—{int(day_alone)}日" if day_alone else shown


def _written(match: re.Match[str]) -> str:
    text, end = match.string, match.end()
    counted = measure_at(text, end) is not None or text[end : end + 1] in {"倍", "成", "万", "亿"}
    if counted or not _BEHIND.match(text, end):
        return match[0]
    month, day, far_month, far_day, day_alone = match.groups()
    shown = f"{int(month)}月{int(day)}日"
    if far_month:
        return f"{shown}—{int(far_month)}月{int(far_day)}日"
    return f"{shown}—{int(day_alone)}日" if day_alone else shown
