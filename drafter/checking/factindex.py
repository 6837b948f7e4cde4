"""The facts of one job, read once: figures in their surroundings, weights, look-up text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drafter.checking.context import Mention, fact_mentions
from drafter.checking.grams import Weights, grams
from drafter.checking.tenths import figures_of
from drafter.chinese.dates import find_dates
from drafter.chinese.normalise import fold
from drafter.domain import DateMention, Fact, FactSheet

_MARKS = re.compile(r"[ \t\u3000“”‘’\"'《》]")
_REMEMBERED = 4096
_SEGMENT = re.compile(r"[，,；;。→\s（）()]+")
_YEAR_LINE = re.compile(r"(?:年度|报告期|总结|时间范围|周期)[^，。]{0,6}?((?:19|20)\d\d)\s?年")
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
    """One fact as the check sees it: ``text`` folded to one form, offsets unchanged."""

    index: int
    fact_id: str
    text: str
    grams: frozenset[str]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    segments: tuple[tuple[str, frozenset[str], float], ...] = ()
    state: str = "unknown"


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


class FactIndex:
    """Facts with everything the judges look up, computed once a job."""

    def __init__(self, facts: FactSheet | Sequence[str], year: int | None) -> None:
        records = to_facts(facts)
        texts = [fold(record.text) for record in records]
        self.year = year
        self.weights = Weights(texts)
        self.lines = tuple(
            self._line(i, record, text)
            for i, (record, text) in enumerate(zip(records, texts, strict=True))
        )
        self.mentions = tuple(m for line in self.lines for m in line.mentions)
        self._bound: dict[tuple[frozenset[str], float], list[Binding]] = {}
        self._holders: dict[str, set[int]] = {}
        for line in self.lines:
            for gram in line.grams:
                self._holders.setdefault(gram, set()).add(line.index)
        header = _header(facts) if isinstance(facts, FactSheet) else ""
        hints = "\n".join(record.section_hint + record.office for record in records)
        self.text = "\n".join([*texts, fold(header), fold(hints)])
        self.bare = _MARKS.sub("", self.text)

    def _line(self, index: int, record: Fact, text: str) -> Line:
        figures = figures_of(text)
        found = tuple(fact_mentions(index, record.id, text, figures, self.year))
        dates = record.dates or tuple(find_dates(text))
        pieces = [p for p in _SEGMENT.split(text) if p.strip()]
        found_in = [(p, grams(p)) for p in pieces]
        if len(pieces) > 1:
            found_in.append((text, grams(text)))
        segments = tuple((p, g, self.weights.mass(g)) for p, g in found_in)
        return Line(
            index, record.id, text, grams(text), found, tuple(dates), segments, record.state
        )

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
        bindings = []
        for index in sorted(self.holders(found)):
            line = self.lines[index]
            scored = []
            for text, segment, mass in line.segments:
                common = self.weights.shared(found, segment)
                scored.append((common, common / max(min(own, mass), 0.5), text))
            common, cover, text = max(scored)
            if cover >= least:
                bindings.append(Binding(cover, common, line, text))
        return sorted(bindings, key=lambda b: -b.score)

    def holders(self, found: frozenset[str]) -> set[int]:
        """Return the lines that share a pair of characters with these grams."""
        sets = [self._holders[gram] for gram in found if len(gram) > 1 and gram in self._holders]
        return set().union(*sets)

    def says(self, text: str) -> bool:
        """Tell whether a fact holds a clause as it stands, begun where a clause begins there."""
        clause = _MARKS.sub("", text)
        for line in self.bare.split("\n"):
            at = line.find(clause)
            if at == 0 or (at > 0 and line[at - 1] in "，,。；;：:、）)！？"):
                return True
        return False

    def nearest(self, found: frozenset[str], count: int = 3) -> list[tuple[float, Line]]:
        """Return the lines that share most with these grams, best first."""
        lines = [self.lines[i] for i in sorted(self.holders(found))] or list(self.lines)
        scored = [(self.weights.shared(found, line.grams), line) for line in lines]
        ranked = sorted((s for s in scored if s[0] > 0), key=lambda s: -s[0])
        return ranked[:count]
