"""Headings' markers: 一、 （一） 1. （1） and the chains 一是… 第一，… 首先….

Levels as GB/T 9704-2012 7.3.3 orders them (一、 （一） 1. （1）); the chains inside a paragraph are
level 5, whatever they stand under.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

CN = "[一二三四五六七八九十]{1,3}"
"""Chinese ordinals up to 九十九, as headings use them."""

_DIGITS = "零一二三四五六七八九"
_VALUES = {d: i for i, d in enumerate(_DIGITS)}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_IDEOGRAPHS = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_SIGNS = (_CIRCLED, _BRACKETED, _DOTTED, _IDEOGRAPHS)
_FIRSTS = {"首先": 1, "其次": 2, "再次": 3, "最后": 9}

MARKER = re.compile(
    rf"""
      (?P<one>(?P<one_n>{CN})\s?[、．.](?!{CN}(?:[、是产类级等]|线城|次产)))
    | (?P<two>[（(]\s{{0,3}}(?P<two_n>{CN})\s{{0,3}}[）)][、.．]?
        (?!(?:至|、|和|及|或)[（(]|项(?!目)|款(?!项))
      |(?P<two_sign>[{_IDEOGRAPHS}]))
    | (?P<three>(?P<three_n>\d{{1,2}})(?:[．、](?!\d)|\.(?:(?!\d)|(?=20\d\d年)))
      |(?P<three_sign>[{_DOTTED}]))
    | (?P<four>[（(]\s{{0,3}}(?P<four_n>\d{{1,2}})\s{{0,3}}[）)]
      |(?P<four_bare>\d{{1,2}})[）)]
      |(?P<four_sign>[{_CIRCLED}{_BRACKETED}]))
    | (?P<five>(?P<five_n>{CN})
        (?:是(?!(?P=five_n)[、，；。,])|要(?=[^求素点害闻务件目塞职员道领略案隘冲旨])(?!么))
      |第(?P<nth_n>{CN})(?=[，,：:、](?!第))[，,：:、]|(?P<first>首先|其次|再次|最后)[，,])
    """,
    re.VERBOSE,
)
"""One marker at the place where it is matched; groups one … five name its level."""

LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NUMBERS = {name: i for name, i in MARKER.groupindex.items() if name not in LEVELS}


@dataclass(frozen=True, slots=True)
class Marker:
    """A heading's marker: ``text == line[start:end]``.

    ``number`` is the ordinal it carries (一、 → 1, 首先 → 1, 最后 → 9).
    """

    level: int
    text: str
    start: int
    end: int
    number: int


def ordinal(text: str) -> int:
    """Return the value of a Chinese or Arabic ordinal up to 99 (十五 → 15), 0 if it is none."""
    if text.isdecimal():
        return int(text)
    if text in _FIRSTS:
        return _FIRSTS[text]
    for signs in _SIGNS:
        if len(text) == 1 and text in signs:
            return signs.index(text) + 1
    tens, ten, units = text.rpartition("十")
    if any(c not in _VALUES for c in tens + units) or len(tens) > 1 or len(units) > 1:
        return 0
    if not ten:
        return _VALUES.get(units, 0)
    return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[units] if units else 0)


def numeral(number: int) -> str:
    """Return 1–99 as a Chinese ordinal (15 → 十五). Raises ValueError outside that range."""
    if not 1 <= number <= 99:
        raise ValueError(f"ordinal out of range 1–99: {number}")
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[units] if units else "")


def render_marker(level: int, number: int) -> str:
    """Return the marker of a level: 一、 （一） 1. （1） 一是. Raises ValueError for others."""
    if level in (3, 4):
        return f"{number}." if level == 3 else f"（{number}）"
    forms = {1: "{}、", 2: "（{}）", 5: "{}是"}
    if level not in forms:
        raise ValueError(f"no marker for level {level}")
    return forms[level].format(numeral(number))


def find_marker(line: str) -> Marker | None:
    """Return the marker that opens a line (leading white space skipped), or None.

    A shape alone decides here; whether it carries on a sequence is the parser's question.
    """
    start = len(line) - len(line.lstrip())
    match = MARKER.match(line, start)
    if match is None:
        return None
    return Marker(level_in(match), match.group(), start, match.end(), number_in(match.group()))


def level_in(match: re.Match[str]) -> int:
    """Return the level of a match of MARKER."""
    return LEVELS[match.lastgroup or "five"]


@lru_cache(maxsize=1024)
def number_in(text: str) -> int:
    """Return the ordinal that a marker as written carries (（十二） → 12, 首先， → 1)."""
    match = MARKER.match(text + "，")
    if match is None:
        return 0
    return ordinal(next(match[i] for i in _NUMBERS.values() if match[i] is not None))


def level_of(text: str) -> int:
    """Return the level of the marker that opens the text, 0 if none does."""
    marker = find_marker(text)
    return marker.level if marker else 0
