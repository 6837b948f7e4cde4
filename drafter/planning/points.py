"""Facts of a section grouped into points: one thing a point, in the order the offices gave them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drafter.domain import Fact
from drafter.planning import topics

MANY = 6  # topics of a section; with more, a reader loses the thread
LIMIT = 4  # facts a point; measured in design.md, decision 2
_LABEL = re.compile(r"[\u4e00-\u9fff]{3,8}$")
_SAYS = re.compile("[不没无有已未了是到]|完成|开展|建成|达标|良好|合格|正常|平稳|稳定|通过")
OTHERS = "此外"  # what no headline fits stands last, without a number
_LEANS = re.compile(r"(?:其中|其余|剩余|剩下|还剩|剩|另有|还有|合计|总计|共计)(?![工队]|地区|事项)")


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

    Where the topics are more than ``MANY``, those of one domain share a point. Facts without a
    known topic stand together, last, under no headline. Raises ValueError where ``limit`` is
    below 1.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    keys = _keys(facts)
    if len(set(keys)) > MANY:
        keys = [_domain(key) for key in keys]
    groups: dict[str, list[Fact]] = {}
    for key, fact in zip(keys, facts, strict=True):
        groups.setdefault(key if _headline(key) else OTHERS, []).append(fact)
    if OTHERS in groups:
        groups[OTHERS] = groups.pop(OTHERS)
    plans = []
    for headline, members in _by_headline(groups).items():
        for start in range(0, len(members), limit):
            chunk = tuple(members[start : start + limit])
            plans.append(PointPlan("" if start else headline, chunk, start > 0))
    return plans


def _by_headline(groups: Mapping[str, Sequence[Fact]]) -> dict[str, list[Fact]]:
    """Join the groups that would stand under one headline; the one without stays last."""
    headed: dict[str, list[Fact]] = {}
    for key, members in groups.items():
        headline = "" if key == OTHERS else _close_headline(members) or _headline(key)
        headed.setdefault(headline, []).extend(members)
    return headed


def _close_headline(facts: Sequence[Fact]) -> str:
    """Return the headline that says what all these facts show, "" where there is none.

    Of several the one whose word the first fact names first.
    """
    texts = [topics.unquoted(fact.text) for fact in facts if not leans(fact)]
    fitting = {
        headline: min(texts[0].find(word) for word in words if word in texts[0])
        for headline, words in topics.close_headlines()
        if texts and all(any(word in text for word in words) for text in texts)
    }
    return min(fitting, key=lambda headline: fitting[headline], default="")


def _keys(facts: Sequence[Fact]) -> list[str]:
    """Name each fact's group: its topic, else that of the fact before, else its office's."""
    found: list[str] = []
    offices = _office_topics(facts)
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
            found.append(offices.get(fact.office, f"?{fact.office or fact.id}"))
    return found


def goes_on(fact: Fact, above: Fact) -> bool:
    """Tell whether a fact was said in one line with the one above it, or leans on it (其中…)."""
    if leans(fact):
        return (fact.office, fact.section_hint) == (above.office, above.section_hint)
    place = fact.source.place
    return bool(place) and (place, fact.source.file) == (above.source.place, above.source.file)


def leans(fact: Fact) -> bool:
    """Tell a fact that only the one before explains (其中土地类37件, 剩2个)."""
    return _LEANS.match(fact.text) is not None


def is_label(text: str) -> bool:
    """Tell a bare name of a field of work (森林防火) that stands as a line over others."""
    named = _LABEL.match(text) is not None and not _SAYS.search(text)
    return named and (topics.main_topic(text) is not None or text.endswith(("管理", "工作")))


def _office_topics(facts: Sequence[Fact]) -> dict[str, str]:
    """Return office → the first topic that its facts name."""
    found: dict[str, str] = {}
    for fact in facts:
        if fact.office and fact.office not in found and (topic := topics.main_topic(fact.text)):
            found[fact.office] = topic.name
    return found


def _domain(key: str) -> str:
    topic = topics.by_name().get(key)
    return topic.domain if topic else key


def _headline(key: str) -> str:
    topic = topics.by_name().get(key)
    return topic.headline if topic else topics.plain_headings().get(key, "")
