"""Numbers inside running text: where one begins and ends, and which values it can stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from drafter.chinese.numerals import ARABIC, parse_number
from drafter.domain import Approximation

_CD = "零〇一二三四五六七八九"
CN = _CD + "两十百千万亿廿卅俩仨"
_MAG = (
    r"(?:[十百千]?[万亿]+|[百千](?![米克瓦分伏])"
    r"|w(?![A-Za-z\d瓦]|的?[\u4e00-\u9fff]{0,2}灯)|k(?![A-Za-z\d跑健线])"
    r"|e(?![A-Za-z\d]))"
)
_TYPED = str.maketrans("wke", "万千亿")  # 37.8w, 3k and 1.2e, as people type in a chat

NUMBER = (
    rf"(?P<arab>{ARABIC}(?:\s?{_MAG}(?:\d+(?:\.\d+)?{_MAG})*)?)"
    rf"|(?P<chin>(?:(?<![人总户次个件多少指倍分参])[几数](?=[十百千万亿]))?[{CN}]+"
    rf"(?:点[{_CD}]+[万亿]*)?几?)"
    r"|(?P<old>[壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟萬億万亿零]{2,}"
    r"|[壹贰貳叁叄肆柒捌玖](?=[台套户个件名辆处间亩座条份万千百元])"
    r"|(?<![大登着水行内队])[伍陆](?=[台套件辆亩座份万千百元]))"
)
"""Source of a pattern over folded text with the groups arab, chin and old."""

FRACTION = (
    rf"(?P<den>[百千万]|[{CN}]+|\d+)分之(?P<num>{ARABIC}|[{CN}]+(?:点[{_CD}]+)?)(?P<half_more>半)?"
)

_ADJACENT = re.compile(
    "^(?P<tens>[一二三四五六七八九]?十)?(?P<a>[一二两三四五六七八])(?P<b>[二两三四五六七八九])"
    "(?P<mag>[十百千万亿]+)?$"
)
_TEN_ODD = re.compile("^(?P<tens>[一二三四五六七八九]?十)几$")
_SPREADS = frozenset({"三五"})  # said of what is between the two, not next to each other
_SOME = re.compile("^[几数](?P<mag>[十百千万亿]+)$")
_BARE = re.compile("^[十百千万亿]+$")
_MIDDLE = re.compile(
    r"(?:余|多|来(?!自|源|到|看|说|信|访|电)|\+(?=[人户次家个场件元名]))(?P<mag>[万亿]+)?"
)
_OR_SO = re.compile("把(?=[号个块户人斤亩里天])")  # 两百把号人
_AND_SOME = re.compile("几(?![乎何])")  # 30几人
_MAG_SPLIT = re.compile(r"^(?P<digits>[\d.,，]+)\s?(?P<mag>[十百千万亿]+)$")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as read: low ≤ it ≤ high, ``value`` as written, ``step`` its last place's worth.

    ``core`` and ``scale`` are 30 and 10,000 in 30万; ``bare`` marks 百 or 万 without a digit.
    """

    low: Decimal
    high: Decimal
    value: Decimal
    step: Decimal
    surface: str
    core: Decimal
    scale: Decimal = _ONE
    approximation: Approximation = "exact"
    arabic: bool = True
    bare: bool = False

    def scaled(self, factor: Decimal) -> WrittenNumber:
        """Return the number times ``factor`` (the 万 that the far end of a range shares)."""
        return replace(
            self,
            low=self.low * factor,
            high=self.high * factor,
            value=self.value * factor,
            step=self.step * factor,
        )

    def plus(self, more: Decimal, step: Decimal) -> WrittenNumber:
        """Return the number with something added (the half of 一年半), exact to ``step``."""
        return replace(
            self,
            low=self.low + more,
            high=self.high + more,
            value=self.value + more,
            step=step,
            surface=self.surface + "半",
        )

    def and_more(self) -> WrittenNumber:
        """Return the number as the base of 余/多: up to one more of its last place."""
        place = last_place(self.value)
        high = self.value + place
        return replace(self, high=high, step=place, approximation="at_least", bare=False)


def read_number(folded: str, match: re.Match[str]) -> tuple[WrittenNumber, int] | None:
    """Return the number that a match of ``NUMBER`` begins, and where it ends; 余/多/来 included."""
    surface = match[0]
    number = _read(surface, match["arab"] is not None)
    if number is None:
        return None
    end = match.end()
    middle = _MIDDLE.match(folded, end)
    if middle and number.approximation == "exact":
        return _and_more(number, surface, middle), middle.end()
    return _vague_behind(folded, number, end)


def _vague_behind(folded: str, number: WrittenNumber, end: int) -> tuple[WrittenNumber, int]:
    """Read the 几 of 30几 and the 把 of 两百把; the number as it is where neither stands."""
    if number.arabic and number.scale == 1 and number.surface[-1] == "0" and number.value < 1000:
        if _AND_SOME.match(folded, end):
            low, high = number.value + 1, number.value + 10
            surface = number.surface + "几"
            return _vague(surface, low, high, "at_least"), end + 1
    elif number.surface[-1] in "百千万" and _OR_SO.match(folded, end):
        return number.and_more(), end + 1
    return number, end


def last_place(value: Decimal) -> Decimal:
    """Return the worth of the last place that is not nought: 620 → 10, 38.6 → 0.1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def _and_more(number: WrittenNumber, surface: str, middle: re.Match[str]) -> WrittenNumber:
    """Return 60余, 10余万 and 1亿2千余万: the unit behind 余 belongs to the last part alone."""
    mag = middle["mag"] or ""
    scale = (parse_number("一" + mag) if mag else None) or _ONE
    whole = parse_number(surface + mag) if mag else number.value
    if whole is None:
        return replace(number.and_more().scaled(scale), surface=surface + middle[0])
    place = last_place(number.value) * scale
    return replace(
        number,
        low=whole,
        high=whole + place,
        value=whole,
        step=place,
        surface=surface + middle[0],
        approximation="at_least",
        bare=False,
    )


@lru_cache(maxsize=4096)
def _read(surface: str, arabic: bool) -> WrittenNumber | None:
    if arabic:
        return _read_arabic(surface)
    value = parse_number(surface)
    if value is not None:
        step = _scale_of(surface)
        return WrittenNumber(value, value, value, step, surface, value, arabic=False)
    if _BARE.match(surface):
        value = parse_number("一" + surface)
        if value is None:
            return None
        return WrittenNumber(value, value, value, _ONE, surface, value, arabic=False, bare=True)
    return _read_vague(surface)


def _read_arabic(surface: str) -> WrittenNumber | None:
    surface = surface.translate(_TYPED).replace(" ", "")
    value = parse_number(surface)
    if value is None:
        return None
    split = _MAG_SPLIT.match(surface)
    if split is None:
        step = _scale_of(surface) if surface[-1] in "十百千万亿" else _place_of(surface)
        return WrittenNumber(value, value, value, step, surface, value)
    core = parse_number(split["digits"])
    scale = parse_number("一" + split["mag"])
    if core is None or scale is None:
        return None
    return WrittenNumber(
        value, value, value, _place_of(split["digits"]) * scale, surface, core, scale
    )


def _place_of(digits: str) -> Decimal:
    _, _, decimals = digits.partition(".")
    return Decimal(1).scaleb(-len(decimals))


def _scale_of(surface: str) -> Decimal:
    """Return 万 or 亿 where a Chinese number ends in it: 八千六百万 is as exact as 8600万."""
    tail = len(surface) - len(surface.rstrip("万亿"))
    scale = parse_number("一" + surface[-tail:]) if tail else _ONE
    if "点" in surface:
        places = len(surface[: len(surface) - tail].partition("点")[2])
        return (scale or _ONE).scaleb(-places)
    return scale or _ONE


def _read_vague(surface: str) -> WrittenNumber | None:
    """Read 三四十 and 十七八 (a range), 十几 (11 … 19), 几十 and 数百 (2 … 9 of them)."""
    if found := _ADJACENT.match(surface):
        tens = parse_number(found["tens"]) if found["tens"] else Decimal(0)
        scale = parse_number("一" + found["mag"]) if found["mag"] else _ONE
        low, high = parse_number(found["a"]), parse_number(found["b"])
        if None in (tens, scale, low, high):
            return None
        if high - low != 1 and surface not in _SPREADS:  # type: ignore[operator]
            return None
        return _vague(surface, (tens + low) * scale, (tens + high) * scale, "about")  # type: ignore[operator]
    if found := _TEN_ODD.match(surface):
        tens = parse_number(found["tens"]) or Decimal(10)
        return _vague(surface, tens + 1, tens + 10, "at_least")
    if found := _SOME.match(surface):
        scale = parse_number("一" + found["mag"])
        return None if scale is None else _vague(surface, scale * 2, scale * 10 - 1, "about")
    return None


def _vague(surface: str, low: Decimal, high: Decimal, how: Approximation) -> WrittenNumber:
    return WrittenNumber(low, high, low, high - low, surface, low, approximation=how, arabic=False)
