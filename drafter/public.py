"""The public names: effects bound to the core, so that one call does the whole thing.

What another program hands in is brought to the records by ``drafter.given``, which refuses what
cannot be used; the rooms below take records only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from drafter import checking, comparing, given, planning, reading, samples, writing
from drafter import facts as notes
from drafter.checking.wording import Formulation
from drafter.domain import Ask, Draft, FactSheet, Finding, Outline, OverlapMatrix, Sample
from drafter.exporting import export_docx
from drafter.folders import Library, facts_of, read_samples, sample_files, wording_calendar
from drafter.reports import JsonObject
from drafter.samples import Library as CoreLibrary
from drafter.samples.hygiene import hygiene
from drafter.samples.index.runs import MIN_RUN
from drafter.writing.events import Listener

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = [
    "Library",
    "Request",
    "check",
    "compare",
    "draft",
    "export_docx",
    "facts_of",
    "make_outline",
    "overlap_matrix",
    "parse_facts",
    "parse_sample",
    "read_facts",
    "read_text",
    "sample_files",
    "samples_report",
    "wording_calendar",
    "write",
]

Facts = FactSheet | Sequence[str]
Samples = CoreLibrary | Iterable[Sample | str]


def read_text(path: str | os.PathLike[str]) -> str:
    """Return the text of a file of any supported kind, cleaned.

    Raises InputError (unsupported, unreadable, hostile, too large) in one clear line.
    """
    return reading.read_text(given.path(path))


def read_facts(path: str | os.PathLike[str], unit: str = "", period: str = "") -> FactSheet:
    """Read a file of facts (.txt, .docx, .xlsx, .csv …) into a FactSheet; sources name the file.

    Raises InputError (unsupported, unreadable, hostile, too large) in one clear line.
    """
    name, about = given.word(unit, "单位名称"), given.period(period)
    return facts_of(reading.read_document(given.path(path)), name, about)


def parse_facts(text: str, unit: str = "", period: str = "") -> FactSheet:
    """Return the facts of pasted lines or a chat log, numbered F1, F2 … in reading order.

    Nothing of the text is dropped: what became no fact is in ``not_understood``; its spans are
    offsets into ``text``. Raises InputError where ``text`` is no text.
    """
    name, about = given.word(unit, "单位名称"), given.period(period)
    return notes.parse_facts(given.text(text, "素材"), name, about)


def parse_sample(text: str, name: str = "") -> Sample:
    """Return a text as a tree of sections, with warnings; nothing of it is dropped.

    All offsets are code points of ``Sample.text``, the text given with universal newlines. Raises
    InputError where ``text`` is no text.
    """
    return samples.parse_sample(given.text(text, "样本"), given.word(name, "样本名称"))


def make_outline(
    facts: Facts, library: Samples | None, tasks: str | Iterable[str] | None = None, title: str = ""
) -> Outline:
    """Propose headings in order, to each its facts and exemplars.

    ``tasks`` are headings handed down, one a line; without them the best sample gives the headings.
    Facts that fit nowhere are in ``unplaced``. Raises EmptyInput where there is no fact.
    """
    stock = _library(library)
    return planning.make_outline(_sheet(facts), stock, given.lines(tasks, "任务清单"), title)


class RunOptions(TypedDict, total=False):
    """What a run may be told besides: see ``drafter.writing.write``."""

    sealed: bool
    on_event: Listener | None
    calendar: tuple[Formulation, ...] | None


def write(
    facts: Facts,
    outline: Outline,
    library: Samples | None,
    ask: Ask | None = None,
    year: int | None = None,
    last_year: str = "",
    **run: Unpack[RunOptions],
) -> Draft:
    """Return the draft of an outline, checked against the facts and the samples.

    Without ``ask`` the composer writes. ``last_year`` is compared with, never a source of facts.
    Raises EmptyInput where there is no fact or no section, InputError for other bad input.
    """
    about, before = given.year(year), given.word(last_year, "上年材料")
    stock = library if isinstance(library, CoreLibrary) else tuple(given.samples(library))
    return writing.write(_sheet(facts), given.outline(outline), stock, ask, about, before, **run)


def check(
    text: str, facts: Facts, samples: Samples | Sample | str = (), year: int | None = None
) -> list[Finding]:
    """Return what in a text a person must look at, in reading order.

    Every figure, date, name, title and quote is held against the facts; ``samples`` are where a
    leak may come from; ``year`` decides which wording is out of date. Raises InputError.
    """
    held, donors = given.facts(facts), tuple(given.samples(samples))
    return checking.check(given.text(text, "文稿"), held, donors, given.year(year))


def overlap_matrix(
    texts: Mapping[str, str], min_run: int = MIN_RUN, allow: str | Iterable[str] = ()
) -> OverlapMatrix:
    """Return the pairs of texts that share a run, most alike first; other pairs share 0.

    ``min_run`` characters make a run, at least 2; ``allow`` is wording that does not count. Raises
    InputError.
    """
    shortest = given.count(min_run, "雷同的最短字数", 2)
    return comparing.overlap_matrix(given.texts(texts), shortest, given.lines(allow, "允许的表述"))


def _sheet(facts: object) -> FactSheet:
    held = given.facts(facts)
    return held if isinstance(held, FactSheet) else notes.parse_facts("\n".join(held))


def _library(library: object) -> CoreLibrary | None:
    if library is None or isinstance(library, CoreLibrary):
        return library
    return Library(given.samples(library))


@dataclass(frozen=True, slots=True)
class Request:
    """What a draft is made of. ``last_year`` is compared with, never a source of facts."""

    facts: FactSheet
    tasks: Sequence[str] | None = None
    title: str = ""
    year: int | None = None
    last_year: str = ""
    sealed: bool = False
    calendar: tuple[Formulation, ...] | None = None


def draft(
    request: Request,
    library: CoreLibrary,
    ask: Ask | None = None,
    shape: Callable[[Outline], Outline] = lambda outline: outline,
) -> Draft:
    """Outline, ``shape`` the outline, and write, in one go.

    Raises InputError and, before anything is drafted, ModelError.
    """
    proposed = planning.make_outline(request.facts, library, request.tasks, request.title)
    return writing.write(
        request.facts,
        shape(proposed),
        library,
        ask,
        request.year,
        request.last_year,
        sealed=request.sealed,
        calendar=request.calendar,
    )


def compare(text: str, library: CoreLibrary, allow: Sequence[str] = ()) -> JsonObject:
    """Compare a text with a library: share, overlaps, and each section's nearest sample."""
    from drafter.comparing.report import compare as compare_text  # noqa: PLC0415

    return compare_text(text, library, allow).to_json()


def samples_report(folder: str | os.PathLike[str]) -> JsonObject:
    """Report on the hygiene and structure of a folder; files that cannot be read are listed."""
    samples, unread = read_samples(sample_files(Path(folder)))
    report = hygiene(samples).to_json()
    return {**report, "unread": [{"name": name, "error": error} for name, error in unread]}
