"""What to ask for, of whom, before the paper can be finished."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from drafter.domain import FactSheet, Outline, OutlineSection
from drafter.planning import topics


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is missing: the section, what is asked, and the office likely to know."""

    heading: str
    asked: str
    office: str = ""


def ask_list(outline: Outline, facts: FactSheet) -> list[Question]:
    """Return a question for every section without facts and every notice that asks for a figure."""
    parents = _containers(outline)
    empty = [
        Question(section.heading, "具体做法、数据和结果", _likely_office(section, facts))
        for index, section in enumerate(outline.sections)
        if not section.fact_ids and index not in parents
    ]
    known = facts.by_id()
    asked = [
        Question(_home(outline, notice.fact_ids), notice.message, known[notice.fact_ids[0]].office)
        for notice in facts.notices
        if notice.fact_ids and notice.fact_ids[0] in known
    ]
    return [*empty, *asked]


def _containers(outline: Outline) -> set[int]:
    levels = [section.level for section in outline.sections]
    return {i for i in range(len(levels) - 1) if levels[i + 1] > levels[i]}


def _likely_office(section: OutlineSection, facts: FactSheet) -> str:
    """Return the office whose usual domains the heading names, among those that handed in."""
    wanted = set(topics.heading_domains(section.heading))
    wanted |= {topics.by_name()[name].domain for name in topics.weights(section.heading)}
    offices = Counter(fact.office for fact in facts if fact.office)
    fits = [office for office in offices if topics.office_domains(office) & wanted]
    return max(fits, key=lambda office: offices[office], default="")


def _home(outline: Outline, fact_ids: tuple[str, ...]) -> str:
    for section in outline.sections:
        if set(section.fact_ids) & set(fact_ids):
            return section.heading
    return ""
