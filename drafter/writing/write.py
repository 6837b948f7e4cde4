"""From an outline to a Draft: each section drafted, put together, checked.

Without ``ask`` the composer writes and nothing leaves the process; with ``ask`` a model drafts the
points and the composer stands in wherever it fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.checking import examine
from drafter.domain import (
    Ask,
    Draft,
    DraftSection,
    FactSheet,
    Notice,
    Outline,
    Sample,
    Usage,
)
from drafter.errors import EmptyInput
from drafter.facts import parse_facts
from drafter.samples import Library
from drafter.writing.composer import compose_section
from drafter.writing.events import Event, Listener, deaf
from drafter.writing.gaps import placeholder
from drafter.writing.numbering import markers

Facts = FactSheet | Sequence[str]
Samples = Library | Sequence[Sample | str] | None


@dataclass(frozen=True, slots=True)
class Written:
    """The sections of a run, in the outline's order, and what they cost."""

    sections: tuple[DraftSection, ...]
    writer: str = "composer"
    usage: Usage = Usage()
    notices: tuple[Notice, ...] = ()


def write(  # noqa: PLR0913 - the contract names these arguments
    facts: Facts,
    outline: Outline,
    library: Samples,
    ask: Ask | None = None,
    year: int | None = None,
    last_year: str = "",
    *,
    sealed: bool = False,
    on_event: Listener | None = None,
) -> Draft:
    """Return the draft of an outline, checked against the facts and the samples.

    ``facts`` is a FactSheet or the lines themselves; ``library`` a Library or the samples; ``year``
    the year that the summary is about. ``last_year`` is compared with, never a source of facts.
    Raises EmptyInput where there is no fact or no section.
    """
    sheet = as_sheet(facts)
    check_input(sheet, outline)
    listen = on_event or deaf
    written = compose_all(outline, sheet, listen)
    return assemble(written, outline, sheet, library, year)


def as_sheet(facts: Facts) -> FactSheet:
    """Return the facts as a FactSheet; bare lines are parsed."""
    return facts if isinstance(facts, FactSheet) else parse_facts("\n".join(facts))


def check_input(facts: FactSheet, outline: Outline) -> None:
    """Refuse to draft from nothing. Raises EmptyInput."""
    if not len(facts):
        raise EmptyInput("素材里没有可用的事实，请先填入工作素材再起草。")
    if not outline.sections:
        raise EmptyInput("提纲里没有栏目，请先给出任务清单或添加栏目再起草。")


def compose_all(outline: Outline, facts: FactSheet, listen: Listener) -> Written:
    """Draft all sections without a model."""
    listen(Event("started", total=len(outline.sections)))
    done = []
    for index in range(len(outline.sections)):
        done.append(compose_one(outline, index, facts))
        listen(Event("section", index, text=done[-1].text))
    return Written(tuple(done))


def compose_one(outline: Outline, index: int, facts: FactSheet) -> DraftSection:
    """Draft one section without a model; one without facts gets a placeholder."""
    section = outline.sections[index]
    if section.fact_ids:
        return compose_section(section, facts)
    return DraftSection(section.heading, section.level, empty_text(outline, index, facts))


def empty_text(outline: Outline, index: int, facts: FactSheet) -> str:
    """Return the placeholder of a section without facts; "" where its subsections have them."""
    section = outline.sections[index]
    below = outline.sections[index + 1 : index + 2]
    if below and below[0].level > section.level:
        return ""
    return placeholder(section, facts)


def assemble(
    written: Written, outline: Outline, facts: FactSheet, library: Samples, year: int | None
) -> Draft:
    """Number the sections, put the text together and examine it."""
    sections = numbered(written.sections)
    preamble = preamble_of(outline, facts)
    text = full_text(outline.title, preamble, sections)
    report = examine(text, facts, samples_of(library), year)
    used = {fact_id for section in sections for fact_id in section.fact_ids}
    return Draft(
        title=outline.title,
        sections=sections,
        text=text,
        preamble=preamble,
        findings=tuple(report.findings),
        evidence=tuple(report.evidence),
        unused_facts=tuple(fact.id for fact in facts if fact.id not in used),
        facts=facts,
        writer=written.writer,
        usage=written.usage,
        unit=outline.unit or facts.unit,
        notices=written.notices,
    )


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


def preamble_of(outline: Outline, facts: FactSheet) -> str:
    """Return the opening line; it claims nothing. "" where the outline has an opening of its own."""
    if any(section.function == "opening" for section in outline.sections[:1]):
        return ""
    unit = outline.unit or facts.unit
    return f"现将{unit}有关工作情况总结如下：" if unit else "现将有关工作情况总结如下："


def samples_of(library: Samples) -> Sequence[Sample | str]:
    """Return the samples of a library, or the samples themselves."""
    if library is None:
        return ()
    return library.samples if isinstance(library, Library) else tuple(library)
