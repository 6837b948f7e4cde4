"""【待补：…】 for a section without facts: what is missing, and who could supply it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.domain import FactSheet, OutlineSection
from drafter.resources import lexicon

_NEEDS = {
    "problems": "存在问题的对象、表现和例子",
    "plan": "下一步的措施、责任单位和完成时限",
    "opening": "总体部署的会议、方案名称和时间",
}
_OFFICE = re.compile(r"(?:办|委|所|站|室|部|局|队|会|院|联|校|中心|窗口|大厅|组织)$")
_INNER = str.maketrans("“”", "‘’")  # GB/T 15834-2011, 4.8.3.3: quotes inside quotes
_TYPICAL = "人员、做法、时间、数量和结果"


def placeholder(section: OutlineSection, facts: FactSheet) -> str:
    """Return the placeholder line of a section that has no facts."""
    need = _need(section)
    office = supplier(section.heading, facts.tags)
    asked = f"，请{office}提供" if office else "，请相关站所提供"
    named = section.heading.translate(_INNER)
    return f"【待补：“{named}”的素材（{need}）{asked}】"


def supplier(heading: str, tags: Iterable[str] = ()) -> str:
    """Return the office that most likely has the facts for a heading, "" if none is known.

    An office that handed in something already (``tags``) goes before the general one.
    """
    for row in lexicon("writing", "suppliers.tsv"):
        cue, office, stem = row.split("\t")
        if cue in heading:
            return next((tag for tag in tags if stem in tag and _OFFICE.search(tag)), office)
    return ""


def _need(section: OutlineSection) -> str:
    if section.function in _NEEDS:
        return _NEEDS[section.function]
    for row in lexicon("writing", "needs.tsv"):
        cue, need = row.split("\t")
        if cue in section.heading:
            return need
    return _TYPICAL
