"""Figures: numbers with their measure, range and approximation.

Conventions of approximation (house rules of the check): 余/多/来 base ≤ v < base + one unit of the
base's last non-zero place; 近 0.9·base ≤ v < base; 约/左右 within 5 %; 超/突破/以上
base ≤ v ≤ 1.1·base; 以内/不超过 0.9·base ≤ v ≤ base; 不足/不到/未满 v < base, and from one unit of
the last non-zero place below base (from base/10 for 1, 10, 100) or from 0.9·base if that is less.
Ordinals, dates, fixed terms, titles and slogans are no figures; a place in a ranking (第3位,
列全县第二) is one, of dimension ``rank``. 翻一番 is a growth: ratio 1.
"""

from __future__ import annotations

import re
from decimal import Decimal

from drafter.chinese.compounds import with_smaller_parts
from drafter.chinese.figure_rules import (
    Hedge,
    approximation_after,
    approximation_before,
    approximation_of_share,
    is_no_figure,
    measure_behind,
)
from drafter.chinese.masks import figure_mask
from drafter.chinese.measures import NO_MEASURE, Measure, found_measure
from drafter.chinese.normalise import fold
from drafter.chinese.numerals import ARABIC, parse_number
from drafter.chinese.proportions import Proportion, proportion_at
from drafter.chinese.shared_measures import with_shared_measures
from drafter.chinese.written_numbers import (
    CN,
    FRACTION,
    NUMBER,
    WrittenNumber,
    last_place,
    read_number,
)
from drafter.domain import Approximation, Figure

_CANDIDATE = re.compile(
    rf"(?P<part>{FRACTION})"
    r"|(?P<slash>(?<![\d/.])[1-9]/(?:[2-9]|10)(?![\d/.日前后开召]))"
    r"|(?P<half>超过?(?:一半|半数)|(?:一半|半数)以上|一半(?:还|有)?多|一多半|一大半|一半|半数|过半)(?![天年月里山岛径])"
    r"|(?P<doubled>翻了?(?P<fan>[一两二三四1-4]?)番(?P<fan_more>多)?)"
    r"|(?P<halftime>半(?:年|个月|天|个?小时|个?钟头)(?=[，。；、）内以]|左右|$))"
    rf"|{NUMBER}"
)
_NUMERAL = re.compile(NUMBER)
_FAR_END = re.compile(rf"\s?(?:—{{1,2}}|-|~|至|到)\s?(?P<far>[\d{CN}])")
_AND_A_HALF = re.compile(r"半(小时|月|星期)")
_HALF_BEHIND = frozenset(
    {"年", "天", "小时", "个小时", "斤", "公斤", "亩", "里", "公里", "米", "吨", "倍"}
)
_TENTHS = re.compile(
    "(?P<digit>[一二三四五六七八九])(?![十百千万个户亩人次项处天年成、])|(?P<half>半)(?![年天月])"
)
_RANK_BEHIND = re.compile(r" ?[名位强](?![师医学称单额次于置镇村的])")
_RANK_BEFORE = re.compile(
    r"(?:排名|名次|位列|位居|排|列|居|获|得|市|县|区|镇|乡|季度|半年|综合|评比|测评|考核|考评)[^，。；\n]{0,5}第$|(?:[去今上]年|同期|同月)第$"
)
_HOURS = re.compile("小时|分钟|课时|学时")
_CLOSED = frozenset("（(，。；！？）),;\n、→|｜/")
_AMONG_FIRST = re.compile(r"(?:排名?|列|居|位|进入|跻身|挤进|保持|稳居)[^，。；\n\d]{0,6}前$")
_OUT_OF = re.compile(rf"/(?P<whole>{ARABIC})")
_APPROXIMATIONS: dict[Hedge, Approximation] = {"below": "up_to", "more": "at_least"}
_HALVES: dict[str, tuple[str, str, Approximation]] = {
    "一半": ("0.5", "0.5", "exact"),
    "半数": ("0.5", "0.5", "exact"),
    "过半": ("0.5", "0.9999", "over"),
    "一多半": ("0.5", "0.9999", "over"),
    "一大半": ("0.5", "0.9999", "over"),
}
_OVER_HALF: tuple[str, str, Approximation] = ("0.5", "0.65", "over")  # 超过一半, 一半以上
_OVER_BEFORE = re.compile("(?:超过?|过)[^，。；\\d]{1,8}的?$")  # 超过总里程的一半
_TENTH = Decimal("0.1")
_NAMED = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
_RATIO = Measure("", "ratio", Decimal(1), Decimal(1))


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a text in reading order; spans are offsets into ``text``.

    Needs no cleaning beforehand: full-width digits, percent signs and dashes are read as they are.
    """
    folded = fold(text)
    mask = figure_mask(folded)
    found: list[Figure] = []
    at = 0
    while match := _CANDIDATE.search(folded, at):
        start = match.start()
        if mask[start]:
            at = mask.find(0, start)
            if at < 0:
                break
            continue
        figure = _figure(text, folded, match)
        at = match.end() if figure is None else max(figure.end, start + 1)
        if figure is not None:
            found.append(figure)
    return with_shared_measures(found, folded)


def _figure(text: str, folded: str, match: re.Match[str]) -> Figure | None:
    start = match.start()
    if match["part"] or match["slash"]:
        return _fraction(text, folded, match)
    if match["half"] or match["doubled"] or match["halftime"]:
        return _spoken(text, folded, match)
    if folded[max(0, start - 2) : start].rstrip().endswith("第"):  # typed 第 5名 as well
        return _rank(text, folded, match)
    if proportion := proportion_at(folded, start):
        return _proportion(text, start, proportion)
    read = read_number(folded, match)
    if read is None:
        return None
    number, end = read
    if folded[start - 1 : start] == "前" and (last := _place_end(folded, start, end)):
        return _among_the_first(text, start - 1, last, number.value)
    measure, end = measure_behind(folded, end, number)
    measure = _measure_of_whole(folded, number, measure, end)
    number, measure, end = with_smaller_parts(folded, number, measure, end)
    number, measure, end = _with_far_end(folded, number, measure, end)
    number, measure, end = _with_a_half(folded, number, measure, end)
    return _judged(text, folded, (start, end), number, measure)


def _judged(
    text: str, folded: str, span: tuple[int, int], number: WrittenNumber, measure: Measure
) -> Figure | None:
    """Join a number with the approximation around it; ``None`` where it claims nothing."""
    start, end = span
    before, first = approximation_before(folded, start, number)
    if (
        before == "near"
        and measure.dimension.startswith("time:")
        and not _HOURS.search(measure.surface)
    ):
        before, first = None, start  # 近三年 is the last three years
    after, last = approximation_after(folded, end, measure)
    how = number.approximation
    hedge: Hedge | None = before or after
    if hedge is None and measure.dimension == "ratio":
        hedge = approximation_of_share(folded, start)
    if is_no_figure(folded, span, number, measure, bool(hedge) or how != "exact"):
        return None
    low, high = number.low, number.high
    if how == "exact" and hedge and low == high:
        low, high = _bounds(number, hedge, measure)
        how = _APPROXIMATIONS.get(hedge) or hedge  # type: ignore[assignment]
    elif how == "at_least":
        high = _below(high, number.step, measure)
    return Figure(
        first, last, text[first:last], measure.to_base(low), measure.to_base(high),
        measure.surface or _magnitude(number), measure.dimension, how,
        measure.to_base(number.value), measure.to_base(number.step),
    )  # fmt: skip


def _magnitude(number: WrittenNumber) -> str:
    """Return the 万 or 亿 that a figure without a measure ends in, "" if it ends in none."""
    last = number.surface[-1:]
    return last if last in {"万", "亿"} else ""


def _bounds(number: WrittenNumber, how: Hedge, measure: Measure) -> tuple[Decimal, Decimal]:
    base = number.value
    if how == "below":
        return _less_than(base, measure)
    if how == "more":
        return base, base + 1 - Decimal("0.0001")
    if how == "near":
        low = base * Decimal("0.9")
        return low, max(low, _below(base, last_place(base) if base else base, measure))
    if how == "about":
        return base * Decimal("0.95"), base * Decimal("1.05")
    if how == "over":
        return base, base * Decimal("1.1")
    if how == "up_to":
        return base * Decimal("0.9"), base
    place = last_place(base) if base else Decimal(1)
    if number.surface.endswith("半"):
        place = number.step
    return base, _below(base + place, place, measure)


def _less_than(base: Decimal, measure: Measure) -> tuple[Decimal, Decimal]:
    """Return what 不足 allows: one unit of the last place down, a tenth where that leaves none."""
    place = last_place(base) if base else Decimal(1)
    floor = base - place if base > place else base / 10
    low = min(floor, base * Decimal("0.9"))
    return low, max(low, _below(base, place, measure))


def _below(bound: Decimal, place: Decimal, measure: Measure) -> Decimal:
    """Return the greatest value under an exclusive bound: one less for counted things."""
    counted = measure.dimension.startswith("count:") or measure.dimension == "number"
    return bound - 1 if counted and place >= 1 else bound - place / 10000


def _with_far_end(
    folded: str, number: WrittenNumber, measure: Measure, end: int
) -> tuple[WrittenNumber, Measure, int]:
    """Join 30—50万元 and 20万元至30万元; the nearer end borrows 万 and the measure."""
    match = _FAR_END.match(folded, end)
    far_match = _NUMERAL.match(folded, match.start("far")) if match else None
    read = read_number(folded, far_match) if far_match else None
    begin = end - len(measure.surface) - len(number.surface)
    before = folded[max(0, begin - 2) : begin].rstrip()[
        -1:
    ]  # 由六个到十二个, 收缴率从58%到81% are two figures
    changed = before == "由" or (before == "从" and measure.dimension == "ratio")
    if match is None or read is None or changed or number.approximation != "exact":
        return number, measure, end
    far, far_end = read
    far_measure, far_end = measure_behind(folded, far_end, far)
    far, far_measure, far_end = with_smaller_parts(folded, far, far_measure, far_end)
    if not measure.surface and number.scale == 1 and far.scale > 1 and number.core < far.core:
        number = number.scaled(far.scale)
    near = (measure if measure.surface else far_measure).to_base(number.value)
    same = not measure.surface or measure.dimension == far_measure.dimension
    if not same or not far_measure.surface or near >= far_measure.to_base(far.value):
        return number, measure, end
    low = near * far_measure.denominator / far_measure.numerator
    joined = WrittenNumber(
        low, far.value, low, far.step, folded[match.start() : far_end], number.core,
        far.scale, number.approximation, number.arabic or far.arabic,
    )  # fmt: skip
    return joined, far_measure, far_end


def _with_a_half(
    folded: str, number: WrittenNumber, measure: Measure, end: int
) -> tuple[WrittenNumber, Measure, int]:
    """Join 两个半小时, 一年半, 八成五 and the open end of 三个多月, 两个来月."""
    half = Decimal("0.5")
    if measure.surface == "成" and (found := _TENTHS.match(folded, end)):
        if found["half"]:
            return number.plus(half, half), measure, found.end()
        tenth = (parse_number(found[0]) or half) / 10
        return number.plus(tenth, _TENTH), measure, found.end()
    if measure.surface in _HALF_BEHIND and folded[end : end + 1] == "半":
        if folded[end + 1 : end + 2] not in {"年", "天", "月", "里"}:
            return number.plus(half, half), measure, end + 1
    elif measure.surface == "个" and (found := _AND_A_HALF.match(folded, end)):
        return number.plus(half, half), found_measure("个" + found[1]), found.end()
    elif measure.surface.startswith(("个多", "个来")):
        return number.and_more(), measure, end
    return number, measure, end


def _fraction(text: str, folded: str, match: re.Match[str]) -> Figure | None:
    """Read 百分之八, 三分之二, 千分之三 as shares."""
    num, den = match["num"], match["den"]
    if match["slash"]:
        num, _, den = match["slash"].partition("/")
    above, below = _NAMED.get(num) or parse_number(num), _NAMED.get(den) or parse_number(den)
    if not below or above is None:
        return None
    value, step = above / below, last_place(above or Decimal(1)) / below
    number = WrittenNumber(value, value, value, min(step, 1 / below), match[0], value)
    return _judged(text, folded, match.span(), number, _RATIO)


def _spoken(text: str, folded: str, match: re.Match[str]) -> Figure | None:
    """Read 一半, 半数, 过半, 翻一番, 半年."""
    start, end = match.span()
    if match["half"]:
        low, high, how = _HALVES.get(match["half"], _OVER_HALF)
        if _OVER_BEFORE.search(folded[max(0, start - 12) : start]):
            low, high, how = _OVER_HALF
        number = WrittenNumber(
            Decimal(low), Decimal(high), Decimal(low), Decimal("0.1"), match[0], Decimal(low),
            approximation=how,
        )  # fmt: skip
        return _judged(text, folded, (start, end), number, _RATIO)
    if match["doubled"]:
        value = Decimal(2) ** int(parse_number(match["fan"] or "一") or 1) - 1
        number = WrittenNumber(value, value, value, Decimal(1), match[0], value)
        number = number.and_more() if match["fan_more"] else number
        return _judged(text, folded, (start, end), number, _RATIO._replace(surface="番"))
    if folded[start - 1 : start] in {"上", "下", "前", "后", "大", "小", "多", "个"}:
        return None
    half = Decimal("0.5")
    number = WrittenNumber(half, half, half, half, "半", half)
    measure, _ = measure_behind(folded, start + 1, number)
    return _judged(text, folded, (start, end), number, measure)


def _place_end(folded: str, start: int, end: int) -> int:
    """Return where 前三名, 列全市前10 ends; 0 where 前 begins no place in a ranking."""
    if found := _RANK_BEHIND.match(folded, end):
        return found.end()
    closed = end >= len(folded) or folded[end] in _CLOSED
    return end if closed and _AMONG_FIRST.search(folded[max(0, start - 16) : start]) else 0


def _among_the_first(text: str, start: int, end: int, value: Decimal) -> Figure:
    one = Decimal(1)
    surface = text[start:end]
    unit = surface[-1] if surface[-1] in "名位强" else ""
    return Figure(start, end, surface, one, value, unit, "rank", "up_to", value, one)


def _measure_of_whole(folded: str, number: WrittenNumber, measure: Measure, end: int) -> Measure:
    """Return for the 33 of 33/36处 what its whole is measured in, without a surface of its own."""
    found = _OUT_OF.match(folded, end) if measure is NO_MEASURE and number.arabic else None
    whole = read_number(folded, _NUMERAL.match(folded, found.start("whole"))) if found else None  # type: ignore[arg-type]
    if whole is None or whole[0].value < number.value:
        return measure
    shared, _ = measure_behind(folded, whole[1], whole[0])
    counted = shared.dimension.startswith("count:") or shared.dimension in {"length", "area"}
    return shared._replace(surface="") if counted else measure


def _proportion(text: str, start: int, found: Proportion) -> Figure:
    end, worth = found
    return Figure(start, end, text[start:end], worth, worth, "", "proportion", "exact", worth)


def _rank(text: str, folded: str, match: re.Match[str]) -> Figure | None:
    """Read 第3位, 第二名, 列全县第2 as places in a ranking; other ordinals claim no quantity."""
    value = parse_number(match[0])
    if value is None:
        return None
    start, end = folded.rindex("第", 0, match.start()), match.end()
    behind = _RANK_BEHIND.match(folded, end)
    if behind is None:
        closed = end >= len(folded) or folded[end] in _CLOSED or folded[end] == " "
        if not closed or not _RANK_BEFORE.search(folded[max(0, start - 12) : start + 1]):
            return None
    end = behind.end() if behind else end
    return Figure(
        start, end, text[start:end], value, value, behind[0].strip() if behind else "", "rank",
        "exact", value, Decimal(1),
    )  # fmt: skip
