"""The outline: headings in order, to each its facts with a reason, its exemplars, its length."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from drafter.domain import Exemplar, Fact, FactSheet, Notice, Outline, OutlineSection, Skeleton
from drafter.errors import EmptyInput
from drafter.planning import topics
from drafter.planning.assign import assign
from drafter.planning.course import kinds_of
from drafter.planning.papers import headings_on
from drafter.planning.points import plan_points
from drafter.planning.states import line_of, takes_both
from drafter.planning.tasks import MOST_HEADINGS, Task, parse_tasks
from drafter.planning.title import find_period, find_unit_of, make_title, subject_of
from drafter.samples.functions import section_function

EXEMPLARS = 3
ALIKE = 4
FEWEST_HEADINGS, MOSTLY = 2, 0.6  # a note's own headings that are an outline; share of its facts
MARK = 3  # characters of 一是 or （一） and of the end mark of a point's title
PROBLEMS, PLAN = "存在的问题", "下一步工作打算"
_SHORT_OF = re.compile("存在(?:的|着)?(?:主要)?(?:差距|短板|弱项)|(?:差距|短板|弱项)(?:和不足)?$")
FAMILY_BY_REPORT = "工作开展情况"


class Retriever(Protocol):
    """What an outline needs of a library."""

    def retrieve(self, query: str, k: int = 5) -> list[Exemplar]:
        """Return the best sections for a query."""


def make_outline(
    facts: FactSheet,
    library: Retriever | None,
    tasks: str | Sequence[str] | None = None,
    title: str = "",
) -> Outline:
    """Propose an outline from tasks handed down, or else from the best matching sample.

    Facts are assigned to sections with a reason each; those that fit nowhere are in ``unplaced``;
    what a correction has replaced is in neither.
    Problems and plans among the facts get sections of their own where the tasks have none.
    Raises EmptyInput where there is no fact at all.
    """
    if not facts.facts:
        raise EmptyInput("素材里没有可用的事实，请先粘贴各科室报来的情况，一行一条。")
    facts = facts.standing()
    found, notes = parse_tasks(tasks or "")
    if found:
        sections, source = _from_tasks(found), "tasks"
    elif hints := _own_headings(facts):
        sections, source = hints, "facts"
    else:
        sections, source = _from_sample(facts, library)
    given = sections
    sections = _with_problems_and_plans(given, facts)
    filled, unplaced = assign(facts.facts, sections, _alike(sections, library))
    known = facts.by_id()
    filled = _without_empty(filled, 0 if source not in {"tasks", "facts"} else len(given))
    filled = tuple(_with_exemplars(section, known, library) for section in filled)
    lines = [*(task.heading for task in found), *notes]
    return Outline(
        title=title or make_title(facts, lines),
        sections=filled,
        unplaced=unplaced,
        unit=find_unit_of(facts, lines),
        period=find_period(facts, lines),
        source=source,
        task_notes=tuple(Notice("task_note", f"未当作任务标题：{note}") for note in notes),
    )


def _alike(sections: Sequence[OutlineSection], library: Retriever | None) -> list[list[Exemplar]]:
    """Return sample sections under headings like each of these."""
    if library is None:
        return []
    plain = set(topics.plain_headings().values())
    return [
        [] if section.heading in plain else library.retrieve(section.heading, k=ALIKE)
        for section in sections
    ]


def _from_tasks(tasks: Sequence[Task]) -> list[OutlineSection]:
    return [
        OutlineSection(task.heading, task.level, function=_function(task.heading)) for task in tasks
    ]


def _function(heading: str) -> str:
    function = "problems" if _SHORT_OF.search(heading) else section_function(heading)
    return function if function in {"problems", "plan"} else "work"


def _with_problems_and_plans(
    sections: list[OutlineSection], facts: FactSheet
) -> list[OutlineSection]:
    """Append sections for problems and plans that the facts hold and the headings do not."""
    have = {section.function for section in sections}
    if any(takes_both(section) for section in sections):
        return sections
    kinds = set(kinds_of(facts.facts).values())
    extra = [
        OutlineSection(heading, 1, function=function)
        for function, heading in (("problems", PROBLEMS), ("plan", PLAN))
        if function not in have and function in kinds
    ]
    return [*sections, *extra]


def _without_empty(sections: Sequence[OutlineSection], given: int) -> tuple[OutlineSection, ...]:
    """Drop sections that nobody gave (the first ``given``) and whose facts stand elsewhere."""
    above = {n for n in range(len(sections) - 1) if sections[n + 1].level > sections[n].level}
    return tuple(s for n, s in enumerate(sections) if n < given or n in above or s.fact_ids)


def _own_headings(facts: FactSheet) -> list[OutlineSection]:
    """Return the headings that the notes have themselves, where most facts stand under one."""
    named = [fact.section_hint or line_of(fact) for fact in facts]
    hints = [hint for hint in dict.fromkeys(named) if hint]
    under = sum(map(bool, named))
    sections = [OutlineSection(hint, 1, function=_function(hint)) for hint in hints]
    work = [section for section in sections if section.function == "work"]
    if not FEWEST_HEADINGS <= len(work) <= MOST_HEADINGS or under < MOSTLY * len(facts):
        return []
    order = {"work": 0, "problems": 1, "plan": 2}
    return sorted(sections, key=lambda section: order[section.function])


def _from_sample(facts: FactSheet, library: Retriever | None) -> tuple[list[OutlineSection], str]:
    """Follow the family of the best matching sample: by tasks, or 情况/问题/打算."""
    best = _best_exemplars(facts, library)
    name = best[0].sample if best else ""
    by_report = any(_is_report(exemplar.skeleton) for exemplar in best)
    kinds = kinds_of(facts.facts)
    work = [fact for fact in facts if not kinds[fact.id]]
    parts = headings_on(subject_of(facts), work)
    groups = parts or _domains(work)
    if parts or by_report or len(groups) < 3:
        sections = [OutlineSection(FAMILY_BY_REPORT, 1)]
        sections += [OutlineSection(heading, 2) for heading in groups]
    else:
        sections = [OutlineSection(heading, 1) for heading in groups]
    return sections, f"sample:{name}" if name else "facts"


def _best_exemplars(facts: FactSheet, library: Retriever | None) -> list[Exemplar]:
    if library is None:
        return []
    query = "\n".join(fact.text for fact in facts.facts[:40])
    found = library.retrieve(query, k=8)
    if not found:
        return []
    totals: dict[str, float] = {}
    for exemplar in found:
        totals[exemplar.sample] = totals.get(exemplar.sample, 0.0) + exemplar.score
    top = max(totals, key=lambda name: totals[name])
    return [exemplar for exemplar in found if exemplar.sample == top]


def _is_report(skeleton: Skeleton) -> bool:
    return skeleton.level == 2 or skeleton.function in {"problems", "plan"}


def _domains(work: Sequence[Fact]) -> list[str]:
    """Return a heading for each domain that the facts are about, in the lexicon's order."""
    found = [topics.main_topic(fact.text) for fact in work]
    present = {topic.domain for topic in found if topic is not None}
    headings = topics.plain_headings()
    return [h for domain, h in headings.items() if domain in present] or ["主要工作情况"]


def _with_exemplars(
    section: OutlineSection, known: Mapping[str, Fact], library: Retriever | None
) -> OutlineSection:
    mine = [known[fact_id] for fact_id in section.fact_ids]
    query = "\n".join([section.heading, *(fact.text for fact in mine)])
    exemplars = tuple(library.retrieve(query, k=EXEMPLARS)) if library is not None else ()
    length = expected_length(section.heading, section.function, mine)
    return replace(section, exemplars=exemplars, length=length)


def expected_length(heading: str, function: str, facts: Sequence[Fact]) -> int:
    """Return the characters that a section's facts take in a draft, each told once.

    Drafts of 56 sections (the sample townships and samples left out) came to 1.00 times this in
    the median. A section of problems or plans has a point a fact and no titles.
    """
    words = sum(len(fact.text) + 1 for fact in facts)
    if function in {"problems", "plan"}:
        return words + (MARK - 1) * len(facts) if len(facts) > 1 else words
    plans = plan_points(facts, heading=heading) if facts else []
    titled = sum(bool(plan.headline) for plan in plans) > 1
    titles = sum(len(plan.headline) + 1 for plan in plans if plan.headline) if titled else 0
    return words + titles + (MARK - 1) * len(plans) if len(plans) > 1 else words
