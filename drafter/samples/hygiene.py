"""The hygiene report on a corpus of samples: what a person should look at before using them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from drafter.domain import Notice, Sample, Section
from drafter.resources import lexicon
from drafter.samples.faults import broken_end
from drafter.samples.near import near_copies

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年")
_MOST_YEARS = 3


class SectionJson(TypedDict):
    """A section as the report shows it; offsets into the sample's text."""

    level: int
    marker: str
    heading: str
    start: int
    end: int
    children: list[SectionJson]


class WarningJson(TypedDict):
    """A notice as the report shows it."""

    code: str
    message: str
    start: int
    end: int
    blocking: bool


class SampleJson(TypedDict):
    """One sample in the report; ``quarantined`` until its blocking warnings are accepted."""

    name: str
    title: str
    characters: int
    sections: list[SectionJson]
    warnings: list[WarningJson]
    quarantined: bool


class ReportJson(TypedDict):
    """The whole report."""

    samples: list[SampleJson]
    duplicates: list[list[str]]


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What was found in one sample: the parser's warnings and those on its wording."""

    name: str
    title: str
    characters: int
    sections: tuple[Section, ...]
    warnings: tuple[Notice, ...]

    def to_json(self) -> SampleJson:
        """Return the report on this sample as JSON-able values."""
        return {
            "name": self.name,
            "title": self.title,
            "characters": self.characters,
            "sections": [_section_json(section) for section in self.sections],
            "warnings": [
                {
                    "code": w.code,
                    "message": w.message,
                    "start": w.start,
                    "end": w.end,
                    "blocking": w.blocking,
                }
                for w in self.warnings
            ],
            "quarantined": any(w.blocking for w in self.warnings),
        }


@dataclass(frozen=True, slots=True)
class HygieneReport:
    """The report on a corpus; ``duplicates`` are pairs with half their wording in common."""

    samples: tuple[SampleReport, ...]
    duplicates: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> ReportJson:
        """Return the report as JSON-able values, under the names of the records."""
        return {
            "samples": [sample.to_json() for sample in self.samples],
            "duplicates": [list(pair) for pair in self.duplicates],
        }


def hygiene(samples: Iterable[Sample]) -> HygieneReport:
    """Return the hygiene report on samples: structure, warnings, copies of one another.

    Beside the parser's warnings each sample gets ``truncated`` (it stops in mid-sentence),
    ``year_bound`` (wording that belongs to a period, with that period) and ``near_duplicate``
    (with the other's name).
    """
    known = list(samples)
    pairs = near_copies([sample.text for sample in known])
    twins: dict[int, list[Notice]] = {}
    for i, j, share in pairs:
        for one, other in ((i, j), (j, i)):
            twins.setdefault(one, []).append(_near(known[other].name, share))
    reports = tuple(_report(sample, twins.get(i, ())) for i, sample in enumerate(known))
    return HygieneReport(reports, tuple((known[i].name, known[j].name) for i, j, _ in pairs))


def hygiene_of(sample: Sample, near: Iterable[tuple[str, float]] = ()) -> SampleReport:
    """Return the report on one sample, for a library that is not gone through again for it.

    ``near``: the names of the samples it repeats, and the share, as ``Library.near`` gives them.
    """
    return _report(sample, [_near(name, share) for name, share in near])


def _report(sample: Sample, twins: Iterable[Notice]) -> SampleReport:
    return SampleReport(
        sample.name,
        sample.title,
        len(sample.text),
        sample.sections,
        (*sample.warnings, *broken_end(sample), *year_bound(sample.text), *twins),
    )


def quarantined(sample: Sample, accepted: Collection[str] = frozenset()) -> bool:
    """Whether a sample may not be used yet: a blocking warning's code was not accepted."""
    notices = (*sample.warnings, *broken_end(sample))
    return any(w.blocking and w.code not in accepted for w in notices)


def year_bound(text: str) -> list[Notice]:
    """Return a notice for each wording that belongs to a year, with that year, once each."""
    found: dict[str, Notice] = {}
    at = 0
    for start, end, since, until in sorted(_dated(text), key=lambda span: (span[0], -span[1])):
        wording = text[start:end] if text[start] == "“" else f"“{text[start:end]}”"
        if start < at or wording in found:
            continue
        at = end
        period = f"{since or '此前'}至{until}" if since != until else since
        message = f"{wording}是{period}的提法，换年份使用前请核对。"
        found[wording] = Notice("year_bound", message, start, end)
    years: dict[str, Notice] = {}
    for match in _YEAR.finditer(text):
        message = f"写有“{match.group()}”，只属于那一年。"
        years.setdefault(match.group(), Notice("year_bound", message, match.start(), match.end()))
    return sorted([*found.values(), *list(years.values())[:_MOST_YEARS]], key=lambda n: n.start)


def _dated(text: str) -> list[tuple[int, int, str, str]]:
    """Return the wordings with an end, as (start, end, valid from, valid to)."""
    return [
        (*match.span(), since, until)
        for pattern, since, until in _calendar()
        for match in pattern.finditer(text)
    ]


@cache
def _calendar() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return the formulations that have an end in the wording calendar, with their period."""
    rows = []
    for line in lexicon("checking", "wording_calendar.tsv"):
        term, since, until = (line + "\t\t").split("\t")[:3]
        if until:
            pattern = term[3:] if term.startswith("re:") else re.escape(term)
            rows.append((re.compile(pattern), since, until))
    return tuple(rows)


def _near(name: str, share: float) -> Notice:
    return Notice("near_duplicate", f"与“{name}”有{share:.0%}的文字相同，请只留一份。")


def _section_json(section: Section) -> SectionJson:
    return {
        "level": section.level,
        "marker": section.marker,
        "heading": section.heading,
        "start": section.start,
        "end": section.end,
        "children": [_section_json(child) for child in section.children],
    }
