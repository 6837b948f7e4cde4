"""The facts of one job, read once: figures in their surroundings, weights, look-up text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from drafter.checking.context import Mention, fact_mentions, year_offset
from drafter.checking.grams import GramTable, Weights, grams, largest
from drafter.checking.headed import sheet_measure
from drafter.checking.values import Values
from drafter.chinese.dates import find_dates
from drafter.chinese.normalise import fold
from drafter.domain import DateMention, Fact, FactSheet
from drafter.samples.functions import section_function

_BEGINS = re.compile(" ?(?:才|再|正式)?(?:开始|启动|开工|开展|实施|进行|举行|召开)")
_MARKS = re.compile(r"[ \t\u3000“”‘’\"'《》]")
_BEFORE_CLAUSES = frozenset("，,。；;：:、）)！？\n")
_GOES_ON = re.compile(r"[次\d.%万亿]")  # 报销4012人 of 报销4012人次
_REMEMBERED = 4096
_NOTHING = (0.0, 0.0, "", -1)
_SEGMENTS_BOUND = 48  # how many of the most alike segments are looked at for a clause
_SEGMENT = re.compile(r"[，,；;。→\s（）()]+")
_YEAR_LINE = re.compile(r"(?:年度|报告期|总结|时间范围|周期)[^，。]{0,6}?((?:19|20)\d\d)\s?年")
_DOTTED_DAY = re.compile(
    r"(?:^|(?<=[，；、：（\s—～~至-]))(?P<month>1[0-2]|0?[1-9])\.(?P<day>3[01]|[12]\d|0?[1-9])"
    r"(?![\d.]|\s?[万亿千百元公吨亩米斤倍个人户名次%％kKm])"
)
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年")


@dataclass(frozen=True, slots=True)
class Binding:
    """A fact's segment that a clause rests on; ``cover`` is the share of the shorter one."""

    cover: float
    score: float
    line: Line
    segment: str


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as the check sees it: ``text`` folded to one form, offsets unchanged.

    ``label`` is what stands before its first colon, "" where there is none or it is too short.
    """

    index: int
    fact_id: str
    text: str
    grams: frozenset[str]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    segments: tuple[tuple[str, frozenset[str]], ...] = ()
    state: str = "unknown"
    label: str = ""


def to_facts(facts: FactSheet | Iterable[str]) -> tuple[Fact, ...]:
    """Return the facts of a sheet, or one a line from plain lines (F1, F2 …)."""
    if isinstance(facts, FactSheet):
        return facts.facts
    return tuple(Fact(f"F{i}", line.strip()) for i, line in enumerate(facts, 1) if line.strip())


def report_year(facts: FactSheet | Sequence[str]) -> int | None:
    """Return the year that the facts say they are about, ``None`` where they do not say one.

    A line such as 总结年度：2026年 or the sheet's period decides, else the only year named.
    """
    texts = [fold(fact.text) for fact in to_facts(facts)]
    if isinstance(facts, FactSheet) and (match := _ANY_YEAR.search(fold(facts.period))):
        return int(match[1])
    for text in texts:
        if match := _YEAR_LINE.search(text):
            return int(match[1])
    years = {int(y) for text in texts for y in _ANY_YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _header(facts: FactSheet) -> str:
    """Return what a sheet says besides its facts: names there are known, figures are no source."""
    titles = [span.text for span in facts.not_understood]
    return "\n".join([facts.unit, facts.period, *facts.tags, *titles])


def _dotted_days(text: str) -> Iterator[DateMention]:
    """Yield the days that clerks type with a point where a piece of a fact begins (6.18夜里)."""
    for match in _DOTTED_DAY.finditer(text):
        month, day = int(match["month"]), int(match["day"])
        yield DateMention(*match.span(), match[0], "day", None, month, day)


def _of_years(dates: Sequence[DateMention], year: int | None) -> Iterator[DateMention]:
    """Yield dates with the year that a word right before them says: 明年6月."""
    said = {d.end: year_offset(d, year) for d in dates if d.kind == "relative"}
    for date in dates:
        offset = said.get(date.start) if date.year is None and date.month else None
        yield replace(date, year=year + offset) if year and offset else date


def _state(record: Fact) -> str:
    """Return the state that a fact's heading gives it; what its words say is read with them."""
    planned = record.state == "planned" and section_function(record.section_hint) == "plan"
    return "planned" if planned else "unknown"


def _is_to_come(text: str, dates: Sequence[DateMention], year: int | None) -> bool:
    """Tell whether a fact only begins in a later year than the report's: 2027年1月开始."""
    later = [d for d in dates if d.year and year and d.year > year]
    return len(later) == len(dates) == 1 and _BEGINS.match(text, later[0].end) is not None


class FactIndex:
    """Facts with everything the judges look up, computed once a job."""

    def __init__(self, facts: FactSheet | Sequence[str], year: int | None) -> None:
        records = to_facts(facts)
        texts = [fold(record.text) for record in records]
        self.year = year
        self.weights = Weights(texts)
        self.lines = tuple(self._read(records, texts))
        self.mentions = tuple(m for line in self.lines for m in line.mentions)
        self.by_id = {line.fact_id: line for line in reversed(self.lines)}
        self.values = Values(self.mentions)
        self.counting: dict[int, tuple[Mention, ...]] = {}  # kept by `grouping` for each line
        self._lines_table = GramTable([line.grams for line in self.lines], self.weights)
        pieces = [(line, *segment) for line in self.lines for segment in line.segments]
        self._segments = [(line, text) for line, text, _ in pieces]
        self._segments_table = GramTable([found for _, _, found in pieces], self.weights)
        self._bound: dict[tuple[frozenset[str], float], list[Binding]] = {}
        header = _header(facts) if isinstance(facts, FactSheet) else ""
        hints = "\n".join(record.section_hint + record.office for record in records)
        self.periods = tuple(find_dates(fold(header)))
        self.text = "\n".join([*texts, fold(header), fold(hints)])
        self.bare = _MARKS.sub("", self.text)
        sizes = (len(_MARKS.sub("", text)) + 1 for text in texts)
        self._begins = [0, *accumulate(sizes)]

    def _read(self, records: Sequence[Fact], texts: Sequence[str]) -> Iterator[Line]:
        count, measure = 0, ""
        for at, (record, text) in enumerate(zip(records, texts, strict=True)):
            measure = sheet_measure(text) or measure
            line = self._line(at, record, text, count, measure)
            count += len(line.mentions)
            yield line

    def _line(self, index: int, record: Fact, text: str, count: int, measure: str) -> Line:
        found = fact_mentions(index, record.id, text, self.year, count, measure)
        dates = [*_of_years(record.dates or find_dates(text), self.year), *_dotted_days(text)]
        pieces = [p for p in _SEGMENT.split(text) if p.strip()]
        found_in = [(p, grams(p)) for p in pieces]
        if len(pieces) > 1:
            found_in.append((text, grams(text)))
        whole, held = grams(text), tuple(found_in)
        state = "planned" if _is_to_come(text, dates, self.year) else _state(record)
        head, colon, _ = text.partition("：")
        label = head.strip() if colon and len(head.strip()) > 1 else ""
        return Line(index, record.id, text, whole, found, tuple(dates), held, state, label)

    def bind(self, found: frozenset[str], least: float) -> list[Binding]:
        """Return each line's best segment for a clause, covered at least so far, best first."""
        key = (found, least)
        if key not in self._bound:
            if len(self._bound) > _REMEMBERED:
                self._bound.clear()
            self._bound[key] = self._bind(found, least)
        return self._bound[key]

    def _bind(self, found: frozenset[str], least: float) -> list[Binding]:
        own = self.weights.mass(found)
        common = self._segments_table.shared(found)
        masses = self._segments_table.masses
        best: dict[int, tuple[float, float, str, int]] = {}
        for at in largest(common, _SEGMENTS_BOUND):
            line, text = self._segments[at]
            score = common[at]
            found_here = (score, score / max(min(own, masses[at]), 0.5), text, at)
            if found_here > best.get(line.index, _NOTHING):
                best[line.index] = found_here
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        return [
            Binding(cover, score, self._segments[at][0], text)
            for _, (score, cover, text, at) in ranked
            if cover >= least
        ]

    def says(self, text: str) -> bool:
        """Tell whether a fact holds a clause as it stands, begun where a clause begins there."""
        return self._found(text) >= 0

    def sayer(self, text: str) -> Line | None:
        """Return the first fact that holds a clause as it stands."""
        at = self._found(text)
        row = bisect_right(self._begins, at) - 1
        return self.lines[row] if at >= 0 and row < len(self.lines) else None

    def _found(self, text: str) -> int:
        clause = _MARKS.sub("", text)
        at = self.bare.find(clause)
        while at >= 0 and not self._stands(at, len(clause)):
            at = self.bare.find(clause, at + 1)
        return at

    def _stands(self, at: int, size: int) -> bool:
        """Tell whether a stretch begins where a clause does and cuts no measure short."""
        begun = at == 0 or self.bare[at - 1] in _BEFORE_CLAUSES
        return begun and not _GOES_ON.match(self.bare, at + size)

    def nearest(self, found: frozenset[str], count: int = 3) -> list[tuple[float, Line]]:
        """Return the lines that share most with these grams, best first."""
        common = self._lines_table.shared(found)
        return [(float(common[at]), self.lines[at]) for at in largest(common, count)]
