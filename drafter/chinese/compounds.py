"""Amounts told in two or three measures, the larger first: 1小时40分, 两元五角, 三斤二两, 1米8."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from drafter.chinese.measures import Measure, found_measure, measure_at, measures
from drafter.chinese.numerals import parse_number
from drafter.chinese.written_numbers import NUMBER, WrittenNumber, read_number
from drafter.resources import lexicon

_NUMERAL = re.compile(NUMBER)
_ENDS_AMOUNT = re.compile(r"[^\u4e00-\u9fff]|[的一每]|多|重|左右|以[上下内]|$")
_DIGITS_BEHIND = re.compile(
    r"(?P<digits>\d{1,2}|[一二三四五六七八九])"
    r"(?=[，。；、：！？）,;:)\n\s宽高长深厚粗的拓扩增加提升降减]|左右|上下|以[上下内]|多?[到至—]|钱|$)(?!、?\d)"
)
_SHORT_FOR_TENTHS = {"米": "米", "块": "元"}


@cache
def _parts() -> dict[str, dict[str, tuple[Decimal, str]]]:
    """Return for a larger measure its smaller ones: how many make one, what the larger means."""
    table: dict[str, dict[str, tuple[Decimal, str]]] = {}
    for line in lexicon("chinese", "compound_measures.tsv"):
        larger, smaller, many, *means = line.split("\t")
        table.setdefault(larger, {})[smaller] = (Decimal(many), "".join(means))
    return table


def with_smaller_parts(
    folded: str, number: WrittenNumber, measure: Measure, end: int
) -> tuple[WrittenNumber, Measure, int]:
    """Join what is told in smaller measures behind an amount, counted in the smallest of them.

    So 1小时40分 is the very 100 of 100分钟. A part that would fill one of the larger measure
    (3天24小时) and parts of an amount with decimals (1.5小时20分) stay figures of their own.
    """
    while _whole(number) and (joined := _one_part(folded, number, measure, end)):
        number, measure, end = joined
    return _with_tenths(folded, number, measure, end)


def _whole(number: WrittenNumber) -> bool:
    exact = number.approximation == "exact" and number.low == number.high and not number.bare
    return exact and number.scale == 1 and number.value == int(number.value)


def _one_part(
    folded: str, number: WrittenNumber, measure: Measure, end: int
) -> tuple[WrittenNumber, Measure, int] | None:
    smaller = _parts().get(measure.surface)
    if smaller is None:
        return None
    read = _number_of_part(folded, end + (folded[end : end + 1] in {"零", "又"}))
    surface = _measure_of_part(folded, read[1], smaller) if read else None
    if read is None or surface is None:
        return None
    part, at = read
    many, means = smaller[surface]
    if part.high >= many or part.scale != 1 or part.bare:
        return None
    larger = found_measure(means) if means else measure
    worth = Measure(surface, larger.dimension, larger.numerator, larger.denominator * many)
    return _sum(number, measure, part, many), worth, at + len(surface)


def _number_of_part(folded: str, at: int) -> tuple[WrittenNumber, int] | None:
    match = _NUMERAL.match(folded, at)
    if match and len(match[0]) > 1 and match[0].endswith("两"):  # the measure of 三斤二两
        match = _NUMERAL.match(folded, at, match.end() - 1)
    return read_number(folded, match) if match else None


def _measure_of_part(folded: str, at: int, smaller: Iterable[str]) -> str | None:
    """Return which smaller measure stands there, whole: not the 分 of 分类, the 两 of 两委."""
    found = measure_at(folded, at)
    if found is not None:
        return found.surface if found.surface in smaller else None
    spoken = (each for each in smaller if each not in measures() and folded.startswith(each, at))
    return next((s for s in spoken if _ENDS_AMOUNT.match(folded, at + len(s))), None)


def _sum(
    number: WrittenNumber, measure: Measure, part: WrittenNumber, many: Decimal
) -> WrittenNumber:
    whole = number.value * many
    return replace(
        part,
        low=whole + part.low,
        high=whole + part.high,
        value=whole + part.value,
        core=whole + part.value,
        surface=number.surface + measure.surface + part.surface,
        arabic=number.arabic or part.arabic,
    )


def _with_tenths(
    folded: str, number: WrittenNumber, measure: Measure, end: int
) -> tuple[WrittenNumber, Measure, int]:
    """Join the bare digits of 四米五, 1米75, 三块五: tenths and hundredths of the measure."""
    meant = _SHORT_FOR_TENTHS.get(measure.surface)
    match = _DIGITS_BEHIND.match(folded, end) if meant and _whole(number) else None
    if meant is None or match is None:
        return number, measure, end
    digits = match["digits"]
    places = len(digits)
    parsed = parse_number(digits)
    if not parsed:
        return number, measure, end
    joined = number.plus(parsed.scaleb(-places), Decimal(1).scaleb(-places))
    return joined, found_measure(meant), match.end()
