"""Dates and periods as township papers write them.

Forms after GB/T 15835—2011 (clauses 4.1.3, 5.2) and GB/T 7408 (2026-03-12); ranges share the
unit that stands at their end (1—11月, 3月12—15日). Nothing is resolved against a clock: 今年
has no year.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.chinese.measures import measure_at
from drafter.chinese.normalise import fold
from drafter.chinese.numerals import parse_number
from drafter.domain import DateMention
from drafter.resources import lexicon

_Y = r"(?:(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2}|\d\d(?=\s?年\s?\d{1,2}\s?月))"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_N = "[一二三四五六七八九]"
_D = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十{_N}?|廿{_N}?|{_N})"
_TO = r"\s?[-—~至到]{1,2}\s?"
_PART = r"(?:份|底前?|末|初|中旬|上旬|下旬|中下旬|上中旬)?"
_Q = r"[一二三四1234]"
_PERIOD = (
    rf"(?:[上下前后]半年|第?{_Q}(?:[、和]第?{_Q})?季度|第?{_Q}{_TO}{_Q}季度|前[一二两三123]个?季度"
    rf"|前(?:十一|十|[二两三四五六七八九]|1[01]|[2-9])个月)"
)


def _month_day(mark: str) -> str:
    """Return a pattern for M月, M—M月, M月D日, M月D—D日 with groups ending in ``mark``."""
    return (
        rf"(?P<m{mark}>{_M})(?:{_TO}(?P<mm{mark}>{_M}))?\s?月{_PART}"
        rf"(?:\s?(?P<d{mark}>{_D})(?:{_TO}(?P<dd{mark}>{_D}))?\s?[日号])?"
    )


_ISO = r"(?P<iy>(?:19|20)\d\d)(?P<sep>[-./])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?!\d)"
_ISO_MONTH = (
    r"(?P<dy>(?:19|20)\d\d)(?:\.(?:1[0-2]|0?[1-9])|-(?:1[0-2]|0[1-9]))"
    r"(?=[\s，,。；;、）)至—~-]|$)(?!-\d{1,2}(?!\d))"
)
_YEARS = rf"(?P<ry>{_Y})年?(?:度)?{_TO}(?P<ry2>(?:19|20)\d\d)年度?(?!\s?\d{{1,2}}\s?月)"
_IN_A_YEAR = rf"(?P<ya>{_Y})\s?年度?\s?(?:{_month_day('a')}|(?P<pa>{_PERIOD}度?|年?[底末初]前?))?"
_DAY_ALONE = (
    r"(?P<nd>3[01]|[12]?\d)(?:日(?!内|以内|之内|左右|游|均|报|志|常|程|夜)"
    r"|号(?=之?前|以前|起|至|到|上午|下午|晚|，|召开|开))|(?P<each>[12]?\d|3[01])[日号]"
)
_DOTTED = r"(?P<fm>\d{1,2})[·•・](?P<fd>\d{1,2})(?!\d)|(?P<sm>\d{1,2})/(?P<sd>\d{1,2})(?![\d/%])"
_TO_DOTTED = (  # 9.15—9.21; before a unit it is a range of amounts (3.5—4.2万元)
    r"(?P<tm>1[0-2]|[1-9])\.(?P<td>\d{1,2})" + _TO + r"(?P<tm2>1[0-2]|[1-9])\.(?P<td2>\d{1,2})"
    r"(?=[\s，,。；;、（(）)]|$|[举召开])"
)
_OFTEN = re.compile("一月[两二三四](?![日号十])")  # 一月两巡 is no January
_IS_SHARE = re.compile(r"(?:完成|整改|办结|化解|销号|达到?|占|率|已|[-—~至到])\s?$")  # 完成12/10
_LAST_DAY = re.compile(_TO + r"(3[01]|[12]\d|[1-9])(?![\d./:：%])")
_KINDS = (
    _TO_DOTTED,
    _ISO,
    _ISO_MONTH,
    _YEARS,
    _IN_A_YEAR,
    _month_day("b"),
    rf"(?P<pb>{_PERIOD}度?)",
    _DAY_ALONE,
    _DOTTED,
)
_NUMERIC = re.compile(
    rf"(?=[\d〇零一二三四五六七八九十廿前上下后第])(?<![\d.])(?:{'|'.join(_KINDS)})"
)
_FAR_END = re.compile(
    rf"{_TO}(?:(?P<last>年[底末])|(?:(?P<y>(?:19|20)\d\d)\s?年\s?|次年|翌年|今年|本年)?"
    rf"(?:(?P<m>{_M})\s?月{_PART}\s?)?(?:(?P<d>{_D})\s?[日号])?)"
)
_NUMERIC_FAR_END = re.compile(  # 2026.3.1-5.31, 9/25—11/30
    rf"{_TO}(?:(?P<y>(?:19|20)\d\d)(?P<ysep>[-./]))?"
    r"(?P<m>1[0-2]|0?[1-9])(?P<sep>[-./])(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.%/])"
)
_BEGINS_OR_ENDS = re.compile(
    "\\s?(?:启动|开始|动工|结束|完工|竣工|召开|开会|举[办行]|进场|验收|通车|截止|交付|封顶|投[产用入]"
    "|开[工展播镰学班园市渔业]|[起止前])"
)
_EVERY_MONTH = re.compile("每月(?:\\d{1,2}[日号][、和及])*$")
_SPOKEN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


def find_dates(text: str) -> list[DateMention]:
    """Return the dates and periods of a text in reading order; they do not overlap.

    ``month`` … ``end_month`` delimit quarters, halves and ranges; for 年底 only ``month`` is given.
    """
    return list(_find_dates(text))


@lru_cache(maxsize=2048)
def _find_dates(text: str) -> tuple[DateMention, ...]:
    folded = fold(text)
    found = _numeric_dates(text, folded)
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    for index, start, end in _word_automaton().find_matches_as_indexes(folded):
        if start not in taken and not _inside_a_word(folded, start, end):
            kind, month, day = _words()[index][1:]
            found.append(DateMention(start, end, text[start:end], kind, None, month, day))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _inside_a_word(text: str, start: int, end: int) -> bool:
    """Tell whether 五一 is a piece of a numeral, or 当年 of 当年度."""
    numerals = "零〇一二三四五六七八九十百千万亿第"
    if text[start] not in numerals:
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before != "" and before in numerals) or (after != "" and after in "个名次项件家户")


def _numeric_dates(text: str, folded: str) -> list[DateMention]:
    found: list[DateMention] = []
    at = 0
    while match := _NUMERIC.search(folded, at):
        mention = _mention(text, folded, match)
        at = mention.end if mention else match.end()
        if mention:
            found.append(mention)
    return found


def _mention(text: str, folded: str, match: re.Match[str]) -> DateMention | None:
    group = match.groupdict()
    start, end = match.span()
    if group["tm"]:
        return _dotted_range(text, match)
    if group["iy"]:
        near = _checked(text, match, "day", group["iy"], group["im"], group["id"])
        return near and (_numeric_range(text, folded, near, group["sep"]) or near)
    if group["dy"]:
        month = int(re.split("[.-]", match[0])[1])
        return DateMention(start, end, text[start:end], "month", int(group["dy"]), month)
    if group["ry"]:
        year, last = _number(group["ry"]), _number(group["ry2"])
        return DateMention(start, end, text[start:end], "range", year, end_year=last)
    if group["nd"]:
        plain = not re.search(r"\d[-—]$|[年个]$", folded[max(0, start - 2) : start])
        return _checked(text, match, "day", None, None, group["nd"]) if plain else None
    if group["each"]:
        monthly = _EVERY_MONTH.search(folded, max(0, start - 12), start)
        return _checked(text, match, "day", None, None, group["each"]) if monthly else None
    if group["fm"]:
        return _checked(text, match, "festival", None, group["fm"], group["fd"])
    if group["sm"]:
        return _slashed(text, folded, match)
    if group["pb"]:
        return _period(text, start, end, None, group["pb"])
    if group["ya"] and group["pa"]:
        return _period(text, start, end, _year(group["ya"]), group["pa"])
    return _calendar(text, folded, match)


def _dotted_range(text: str, match: re.Match[str]) -> DateMention | None:
    """Build a mention from 9.15—9.21: both ends are days, the later one last; 1.2—1.8 is none."""
    begin, end = ((int(match[m]), int(match[d])) for m, d in (("tm", "td"), ("tm2", "td2")))
    days = (begin[1], end[1])
    if not (begin < end and min(days) >= 1 and max(days) in range(10, 32)):
        return None
    at = match.span()
    return DateMention(
        *at, text[slice(*at)], "range", None, *begin, end_month=end[0], end_day=end[1]
    )


def _calendar(text: str, folded: str, match: re.Match[str]) -> DateMention | None:
    """Build a mention from year, month and day with an optional far end."""
    group = match.groupdict()
    mark = "a" if group["ya"] else "b"
    start, end = match.span()
    if mark == "b" and _not_a_month(folded, start):
        return None
    year = _year(group["ya"])
    month, day = _number(group[f"m{mark}"]), _number(group[f"d{mark}"])
    month2, day2 = _number(group[f"mm{mark}"]), _number(group[f"dd{mark}"])
    year2 = None
    far = _FAR_END.match(folded, end) if not (month2 or day2) else None
    if far and month and far["last"]:
        end, month2, day2 = far.end(), 12, 31 if day else None
    elif far and (far["y"] or far["m"] or far["d"]) and (day or far["m"] or not far["d"]):
        end = far.end()
        year2, month2, day2 = _number(far["y"]), _number(far["m"]), _number(far["d"])
    kind = "day" if day else "month" if month else "year"
    if month2 or day2 or year2:
        kind = "range"
    return DateMention(start, end, text[start:end], kind, year, month, day, year2, month2, day2)


def _not_a_month(folded: str, start: int) -> bool:
    """Tell whether the month is the tail of something longer: 二十五月, 每三月."""
    before = folded[start - 1 : start]
    day = folded[start + 3 : start + 4] in {"日", "号"}
    often = _OFTEN.match(folded, start) is not None
    in_series = often or (folded.startswith("一月一", start) and not day)
    return in_series or (before != "" and before in "零〇一二三四五六七八九十百千万第每近约满")


def _slashed(text: str, folded: str, match: re.Match[str]) -> DateMention | None:
    """Take 3/12 for a date only where it can be no fraction.

    Its day is above 12 and nothing is counted (10/24户), both parts have two digits, it is no
    proper fraction (9/5启动), or it begins a range of clear days; its last day may follow (7/4—11).
    """
    month, day = match["sm"], match["sd"]
    if folded[match.start() - 1 : match.start()] in {"/", "第"}:
        return None
    near = _checked(text, match, "day", None, month, day)
    span = near and _numeric_range(text, folded, near, "/")
    if span and max(int(day), span.end_day or 0) > 12:
        return span
    clear = int(day) > 12 or (len(month) == 2 and len(day) == 2 and "0" in (month[0], day[0]))
    dated = int(month) > int(day) and not _IS_SHARE.search(folded, 0, match.start())
    if near is None or not (dated or (clear and not _is_counted(folded, match))):
        return None
    last = _LAST_DAY.match(folded, near.end)
    if last is None or int(last[1]) <= int(day):
        return near
    end, whole = last.end(), text[near.start : last.end()]
    return replace(
        near, end=end, text=whole, kind="range", end_month=near.month, end_day=int(last[1])
    )


def _is_counted(folded: str, match: re.Match[str]) -> bool:
    """Tell whether a part of a whole is counted: the 10/24 of 10/24户, not of 10/24起."""
    measure = measure_at(folded, match.end())
    if measure is None or measure.surface == "起" or int(match["sm"]) > int(match["sd"]):
        return False
    return measure.dimension.startswith(("count:", "length", "area"))


def _numeric_range(text: str, folded: str, near: DateMention, separator: str) -> DateMention | None:
    """Join the far end that is written like the near one: 2026.3.1-5.31, 9/25—11/30."""
    far = _NUMERIC_FAR_END.match(folded, near.end)
    if far is None or far["sep"] != separator or far["ysep"] not in {None, separator}:
        return None
    year, month, day = _number(far["y"]), int(far["m"]), int(far["d"])
    if separator == "-" and year is None:
        return None
    begin = (near.year or 0, near.month or 0, near.day or 0)
    if begin >= (year or near.year or 0, month, day):
        return None
    return replace(
        near,
        end=far.end(),
        text=text[near.start : far.end()],
        kind="range",
        end_year=year,
        end_month=month,
        end_day=day,
    )


def _checked(
    text: str, match: re.Match[str], kind: str, year: str | None, month: str | None, day: str
) -> DateMention | None:
    start, end = match.span()
    months, days = int(month) if month else 1, int(day)
    if not (1 <= months <= 12 and 1 <= days <= 31):
        return None
    years = int(year) if year else None
    return DateMention(start, end, text[start:end], kind, years, months if month else None, days)


def _period(text: str, start: int, end: int, year: int | None, words: str) -> DateMention:
    """Build a mention from 上半年, 前三季度, 前11个月, 二季度 or 底 behind a year."""
    surface = text[start:end]
    if "半年" in words:
        first, last = (1, 6) if words[0] in "上前" else (7, 12)
        return DateMention(start, end, surface, "half", year, first, end_month=last)
    if words.endswith("个月"):
        months = _number(words[1:-2]) or 12
        return DateMention(start, end, surface, "range", year, 1, end_month=months)
    if "季" not in words:
        month = 1 if "初" in words else 12
        return DateMention(start, end, surface, "month", year, month)
    quarters = [_SPOKEN.get(c, 0) or int(c) for c in words if c in "一二两三四1234"]
    if words[0] == "前":
        return DateMention(start, end, surface, "quarter", year, 1, end_month=quarters[0] * 3)
    first, last = quarters[0] * 3 - 2, quarters[-1] * 3
    return DateMention(start, end, surface, "quarter", year, first, end_month=last)


def _year(text: str | None) -> int | None:
    value = _number(text)
    return value + 2000 if value is not None and value < 100 else value


def _number(text: str | None) -> int | None:
    value = parse_number(text) if text else None
    return int(value) if value is not None else None


@cache
def _words() -> tuple[tuple[str, str, int | None, int | None], ...]:
    rows = [[*line.split("\t"), "", ""] for line in lexicon("chinese", "date_words.tsv")]
    return tuple((r[0], r[1], int(r[2] or 0) or None, int(r[3] or 0) or None) for r in rows)


@cache
def _word_automaton() -> AhoCorasick:
    return AhoCorasick([row[0] for row in _words()], matchkind=MatchKind.LeftmostLongest)
