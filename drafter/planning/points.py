"""Facts of a section grouped into points: one thing a point, in the order the offices gave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafter.domain import Fact
from drafter.planning import topics

LIMIT = 4  # facts a point; measured in design.md, decision 2


@dataclass(frozen=True, slots=True)
class PointPlan:
    """A point to draft: its headline ("" where no topic is known) and its facts.

    ``continues`` is true where the facts go on with the point before (over the limit).
    """

    headline: str
    facts: tuple[Fact, ...]
    continues: bool = False


def group_points(facts: Sequence[Fact], limit: int = LIMIT) -> list[list[Fact]]:
    """Return the facts of each point, 1 to ``limit`` a point; every fact stands in exactly one."""
    return [list(plan.facts) for plan in plan_points(facts, limit)]


def plan_points(facts: Sequence[Fact], limit: int = LIMIT) -> list[PointPlan]:
    """Group a section's facts by topic; a group over the limit goes on in further points.

    Raises ValueError where ``limit`` is below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(_key(fact, facts), []).append(fact)
    plans = []
    for key, members in groups.items():
        topic = topics.by_name().get(key)
        headline = topic.headline if topic else ""
        for start in range(0, len(members), limit):
            chunk = tuple(members[start : start + limit])
            plans.append(PointPlan(headline if start == 0 else "", chunk, start > 0))
    return plans


def _key(fact: Fact, facts: Sequence[Fact]) -> str:
    """Name the group: the fact's topic; a lone topic joins its office's main topic."""
    topic = topics.main_topic(fact.text)
    if topic is not None:
        return topic.name
    names = [topics.main_topic(f.text) for f in facts if fact.office and f.office == fact.office]
    known = [t.name for t in names if t is not None]
    return known[0] if known else f"?{fact.office or fact.id}"
