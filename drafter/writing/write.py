"""From an outline to a Draft: each section drafted, put together, checked.

Without ``ask`` the composer writes and nothing leaves the process; with ``ask`` a model drafts the
points and the composer stands in wherever it fails.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from drafter.checking import Checker
from drafter.checking.wording import Formulation
from drafter.comparing import overlaps, standing_wording
from drafter.domain import (
    Ask,
    Draft,
    DraftSection,
    FactSheet,
    Finding,
    Notice,
    Outline,
    OutlineSection,
    Sample,
    Usage,
)
from drafter.errors import EmptyInput
from drafter.facts import parse_facts
from drafter.planning.title import make_preamble
from drafter.samples import Library
from drafter.writing.asking import Asking
from drafter.writing.composer import compose_section
from drafter.writing.desk import Desk, Task, checker
from drafter.writing.events import Event, Listener, deaf
from drafter.writing.gaps import placeholder
from drafter.writing.loops import run_sync
from drafter.writing.numbering import markers
from drafter.writing.run import (
    Done,
    Ear,
    draft_all,
    length_notices,
    notices_of,
    sections_of,
    tasks_of,
)
from drafter.writing.seal import Seal

Facts = FactSheet | Sequence[str]
Samples = Library | Sequence[Sample | str] | None


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be drafted, and what it is checked and compared with."""

    outline: Outline
    facts: FactSheet
    samples: tuple[Sample | str, ...] = ()
    year: int | None = None
    last_year: str = ""
    instruction: str = ""
    calendar: tuple[Formulation, ...] | None = None


LEAK = "leaked_from_sample"
HEAD_START = 0.1  # seconds for the first requests to go out, before anything else is worked on


@dataclass(frozen=True, slots=True)
class Written:
    """The sections of a run, in the outline's order, and what they cost."""

    sections: tuple[DraftSection, ...]
    writer: str = "composer"
    usage: Usage = field(default_factory=Usage)
    notices: tuple[Notice, ...] = ()


def write(  # noqa: PLR0913 - six of the public contract, three of a run
    facts: Facts,
    outline: Outline,
    library: Samples,
    ask: Ask | None = None,
    year: int | None = None,
    last_year: str = "",
    *,
    sealed: bool = False,
    on_event: Listener | None = None,
    calendar: tuple[Formulation, ...] | None = None,
) -> Draft:
    """Return the draft of an outline, checked against the facts and the samples.

    ``facts`` is a FactSheet or the lines themselves; ``library`` a Library or the samples; ``year``
    the year that the summary is about. ``last_year`` is compared with, never a source of facts;
    ``calendar`` is an office's wording calendar, None for the one that comes with the program.
    Raises EmptyInput where there is no fact or no section.
    """
    job = replace(_job(facts, outline, library, year, last_year), calendar=calendar)
    if ask is None:
        return by_composer(job, on_event or deaf)
    return run_sync(_by_model(job, ask, sealed, on_event or deaf))


async def awrite(  # noqa: PLR0913 - as write
    facts: Facts,
    outline: Outline,
    library: Samples,
    ask: Ask | None = None,
    year: int | None = None,
    last_year: str = "",
    *,
    sealed: bool = False,
    on_event: Listener | None = None,
    calendar: tuple[Formulation, ...] | None = None,
) -> Draft:
    """Do what ``write`` does, within a running event loop."""
    job = replace(_job(facts, outline, library, year, last_year), calendar=calendar)
    if ask is None:
        return by_composer(job, on_event or deaf)
    return await _by_model(job, ask, sealed, on_event or deaf)


def _job(facts: Facts, outline: Outline, library: Samples, year: int | None, last_year: str) -> Job:
    sheet = as_sheet(facts)
    check_input(sheet, outline)
    return Job(outline, sheet, tuple(samples_of(library)), year, last_year)


async def _by_model(job: Job, ask: Ask, sealed: bool, on_event: Listener) -> Draft:
    ear = Ear(on_event)
    asking = Asking(ask, sealed, ear)
    unit = job.outline.unit or job.facts.unit
    period = job.outline.period or job.facts.period
    desk = Desk(asking, Seal(job.facts, unit, sealed), unit, period, job.year, job.instruction)
    tasks = tasks_of(job.outline, job.facts, asking.count)
    started = time.monotonic()
    ear(Event("started", total=len(tasks)))
    drafting = asyncio.ensure_future(draft_all(tasks, desk, ear))
    prepared = asyncio.ensure_future(_ahead(job, tasks, desk, drafting))
    try:
        done = await drafting
    finally:
        await asking.release()
        whole = await prepared
    if ear.error is not None:
        raise ear.error
    draft = assemble(_written(job, asking, done, time.monotonic() - started), job, whole)
    for index, section in enumerate(draft.sections):
        ear(Event("section", index, text=section.text))
    for finding in draft.findings:
        ear(Event("finding", finding=finding))
    return draft


async def _ahead(
    job: Job, tasks: Sequence[Task], desk: Desk, drafting: asyncio.Future[Done]
) -> Checker:
    """Return the check of the whole; it and those of the calls are made while the model writes.

    Not before the first requests are out. Short calls are answered first.
    """
    await asyncio.wait([drafting], timeout=HEAD_START)
    whole = await asyncio.to_thread(_checker, job)
    for task in sorted(tasks, key=lambda task: task.length):
        if drafting.done():
            break
        await asyncio.to_thread(checker, task, desk)
    return whole


def _written(job: Job, asking: Asking, done: Done, seconds: float) -> Written:
    empty = [empty_text(job.outline, n, job.facts) for n in range(len(job.outline.sections))]
    by_model = any(d.point.origin == "model" for drafted in done.values() for d in drafted)
    notices = notices_of(done, job.outline)
    if asking.dead is not None:
        notices.insert(0, Notice("model_stopped", str(asking.dead)))
    sections = sections_of(job.outline, done, empty)
    notices += length_notices(job.outline, sections, job.facts)
    return Written(
        tuple(sections),
        asking.model if by_model else "composer",
        replace(asking.usage, seconds=seconds),
        tuple(notices),
    )


def as_sheet(facts: Facts) -> FactSheet:
    """Return the facts as a FactSheet; bare lines are parsed."""
    return facts if isinstance(facts, FactSheet) else parse_facts("\n".join(facts))


def check_input(facts: FactSheet, outline: Outline) -> None:
    """Refuse to draft from nothing. Raises EmptyInput."""
    if not len(facts):
        raise EmptyInput("素材里没有可用的事实，请先填入工作素材再起草。")
    if not outline.sections:
        raise EmptyInput("提纲里没有栏目，请先给出任务清单或添加栏目再起草。")


def by_composer(job: Job, on_event: Listener) -> Draft:
    """Draft without a model. It takes no time, so a wish to stop comes too late."""
    ear = Ear(on_event)
    draft = assemble(compose_all(job, ear), job, _checker(job))
    if ear.error is not None:
        raise ear.error
    return draft


def compose_all(job: Job, listen: Listener) -> Written:
    """Draft all sections without a model."""
    listen(Event("started", total=len(job.outline.sections)))
    done = []
    for index, section in enumerate(job.outline.sections):
        if section.fact_ids:
            done.append(compose_section(section, job.facts))
        else:
            text = empty_text(job.outline, index, job.facts)
            done.append(DraftSection(section.heading, section.level, text))
        listen(Event("section", index, text=done[-1].text))
    return Written(tuple(done))


def empty_text(outline: Outline, index: int, facts: FactSheet) -> str:
    """Return the placeholder of a section without facts; "" where its subsections have them."""
    section = outline.sections[index]
    below = outline.sections[index + 1 : index + 2]
    if below and below[0].level > section.level:
        return ""
    return placeholder(section, facts)


def _checker(job: Job) -> Checker:
    return Checker(job.facts, job.samples, job.year, job.calendar)


def assemble(written: Written, job: Job, checker: Checker) -> Draft:
    """Number the sections, put the text together and examine it."""
    outline, facts = job.outline, job.facts
    sections = numbered(written.sections)
    preamble = preamble_of(outline)
    text = full_text(outline.title, preamble, sections)
    report = checker.examine(text)
    used = {fact_id for section in sections for fact_id in section.fact_ids}
    given = handed_down(text, sections) if outline.source == "tasks" else []
    own = [f for f in report.findings if f.label != LEAK or not _within(f, given)]
    findings = [*own, *carried_over(text, facts, job.last_year)]
    return Draft(
        title=outline.title,
        sections=sections,
        text=text,
        preamble=preamble,
        findings=tuple(sorted(findings, key=lambda f: (f.start, f.end))),
        evidence=tuple(report.evidence),
        unused_facts=tuple(fact.id for fact in facts if fact.id not in used),
        facts=facts,
        writer=written.writer,
        usage=written.usage,
        unit=outline.unit or facts.unit,
        notices=written.notices,
    )


def handed_down(text: str, sections: Sequence[DraftSection]) -> list[tuple[int, int]]:
    """Return where the headings of the tasks stand: the county's words are no leak of a sample."""
    found: list[tuple[int, int]] = []
    at = 0
    for section in sections:
        line = f"\n{section.marker}{section.heading}"
        start = text.find(line, at)
        if start >= 0:
            at = start + len(line)
            found.append((start + 1, at))
    return found


def _within(finding: Finding, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= finding.start and finding.end <= end for start, end in ranges)


def carried_over(text: str, facts: FactSheet, last_year: str) -> list[Finding]:
    """Return what stands in last year's text to the letter.

    The facts' own wording and what documents from above word for all are left out.
    """
    if not last_year.strip():
        return []
    allow = [*(fact.text for fact in facts), *standing_wording()]
    return [
        Finding(
            run.start,
            run.end,
            run.text,
            "overlap",
            "hint",
            f"与去年的总结有{run.end - run.start}个字相同，请改写或确认今年仍是如此。",
            sample="去年的总结",
        )
        for run in overlaps(text, {"去年的总结": last_year}, allow=allow)
    ]


def numbered(sections: Sequence[DraftSection]) -> tuple[DraftSection, ...]:
    """Return the sections with their markers 一、 （一） 1. （1）."""
    marks = markers(section.level for section in sections)
    return tuple(replace(s, marker=m) for s, m in zip(sections, marks, strict=True))


def full_text(title: str, preamble: str, sections: Sequence[DraftSection]) -> str:
    """Return title, preamble, headings and bodies, one paragraph a line."""
    lines = [title, preamble]
    for section in sections:
        lines += [f"{section.marker}{section.heading}", section.text]
    return "\n".join(line for line in lines if line)


def preamble_of(outline: Outline) -> str:
    """Return the opening line, which claims nothing; "" where the outline has its own opening."""
    if any(section.function == "opening" for section in outline.sections[:1]):
        return ""
    return make_preamble(outline.title)


def samples_of(library: Samples) -> Sequence[Sample | str]:
    """Return the samples of a library, or the samples themselves."""
    if library is None:
        return ()
    return library.samples if isinstance(library, Library) else tuple(library)


def write_section(
    section: OutlineSection,
    facts: FactSheet,
    ask: Ask | None,
    instruction: str = "",
    *,
    year: int | None = None,
    sealed: bool = False,
    on_event: Listener | None = None,
) -> DraftSection:
    """Return one section drafted anew from its facts, following an instruction.

    Without ``ask`` the composer writes, and an instruction has no effect. Raises what ``write``
    raises.
    """
    outline = Outline("", (section,), unit=facts.unit, period=facts.period)
    job = Job(outline, facts, year=year, instruction=instruction.strip())
    check_input(facts, outline)
    if ask is None:
        return compose_all(job, on_event or deaf).sections[0]
    return run_sync(_by_model(job, ask, sealed, on_event or deaf)).sections[0]
