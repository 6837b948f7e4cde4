"""Facts of a section grouped into points: one thing a point, in the order the offices gave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drafter.domain import Fact
from drafter.planning import topics

MANY = 6  # topics of a section; with more, a reader loses the thread
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

    Where the topics are more than ``MANY``, those of one domain share a point. Raises ValueError
    where ``limit`` is below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    keys = _keys(facts)
    if len(set(keys)) > MANY:
        keys = [_domain(key) for key in keys]
    groups: dict[str, list[Fact]] = {}
    for key, fact in zip(keys, facts, strict=True):
        groups.setdefault(key, []).append(fact)
    plans = []
    for key, members in groups.items():
        for start in range(0, len(members), limit):
            chunk = tuple(members[start : start + limit])
            plans.append(PointPlan("" if start else _headline(key), chunk, start > 0))
    return plans


def _keys(facts: Sequence[Fact]) -> list[str]:
    """Name each fact's group: its topic, else that of the fact before, else its office's."""
    found: list[str] = []
    for index, fact in enumerate(facts):
        topic = topics.main_topic(fact.text)
        above = facts[index - 1] if index else None
        if above is not None and goes_on(fact, above):
            found.append(found[-1])
        elif topic is not None:
            found.append(topic.name)
        elif above is not None and above.office == fact.office:
            found.append(found[-1])
        else:
            found.append(_office_topic(fact, facts))
    return found


def goes_on(fact: Fact, above: Fact) -> bool:
    """Tell whether a fact was said in one line with the one above it."""
    place = fact.source.place
    return bool(place) and (place, fact.source.file) == (above.source.place, above.source.file)


def _office_topic(fact: Fact, facts: Sequence[Fact]) -> str:
    others = [topics.main_topic(f.text) for f in facts if fact.office and f.office == fact.office]
    known = [topic.name for topic in others if topic is not None]
    return known[0] if known else f"?{fact.office or fact.id}"


def _domain(key: str) -> str:
    topic = topics.by_name().get(key)
    return topic.domain if topic else key


def _headline(key: str) -> str:
    topic = topics.by_name().get(key)
    return topic.headline if topic else topics.plain_headings().get(key, "")
