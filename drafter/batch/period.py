"""A cell of 报告期 or 年份 → the period that a paper is about, and its year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.chinese.dates import find_dates
from drafter.chinese.normalise import fold
from drafter.chinese.numerals import parse_number
from drafter.domain import DateMention

_WRITTEN_YEAR = re.compile("(?<![〇零一二三四五六七八九])[一二][〇零一二三四五六七八九]{3}(?=年|$)")
_BARE_YEAR = re.compile(r"^((?:19|20)\d\d)(?:\.0+)?(?=$|[上下前第一二三四全])")
_PART = frozenset({"half", "quarter", "range", "month"})


@dataclass(frozen=True, slots=True)
class Period:
    """A report's period: ``text`` as a title has it (2025年上半年), and the year it ends in.

    Where a cell names no year, ``year`` is None and ``text`` is the part of a year it names, or "".
    """

    text: str = ""
    year: int | None = None


def read_period(cell: str) -> Period:
    """Return the period that a cell names: 2025, ２０２５年, 二〇二五年, 2025年上半年, 上半年.

    Years that differ and are no range leave it open which is meant, so none is taken.
    """
    written = re.sub(r"\s", "", fold(cell))
    written = _WRITTEN_YEAR.sub(lambda match: str(parse_number(match[0])), written)
    written = _BARE_YEAR.sub(r"\1年", written)
    mentions = find_dates(written)
    dated = [mention for mention in mentions if mention.year is not None]
    if len({_year(mention) for mention in dated}) > 1:
        return Period()
    if not dated:
        parts = [mention.text for mention in mentions if mention.kind in _PART]
        return Period(parts[0] if parts else "")
    year = _year(dated[0])
    return Period(f"{year}年" if dated[0].kind == "day" else dated[0].text, year)


def _year(mention: DateMention) -> int | None:
    return mention.end_year or mention.year
