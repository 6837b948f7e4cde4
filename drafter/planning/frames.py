"""Lines around the facts: what titles the notes, and what is said to whoever gathers them.

A title (青坪镇2026年素材汇总) names the paper, a greeting (各位领导好，请指正) speaks to an office.
Neither is told in a paper: the outline leaves them unplaced, where a clerk sees them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from drafter.domain import Fact
from drafter.resources import lexicon

FIRST = 3  # lines in which a title stands
LONGEST = 50  # characters
_TITLE = re.compile(
    r"(?=.*(?:[镇乡]|街道|苏木|20\d\d|半年|季度|年度|月))[^，。；：:]{2,40}?"
    r"(?:素材|材料|总结|小结|汇报|汇总|台账|(?:工作|开展|完成|落实|行动|活动|进展)(?:的)?情况)"
    r"(?:汇总|报告|材料|素材)?(?:（[^（）]{0,24}）|[\s，,—-][^，。；]{0,24})?"
)


def frames_of(facts: Sequence[Fact]) -> frozenset[str]:
    """Return the ids of the facts that are titles or greetings and count nothing."""
    return frozenset(
        fact.id
        for place, fact in enumerate(facts)
        if _bare(fact) and (_greets(fact.text) or (place < FIRST and _TITLE.fullmatch(fact.text)))
    )


def _bare(fact: Fact) -> bool:
    return len(fact.text) <= LONGEST and not any(
        figure.dimension not in {"number", ""} for figure in fact.figures
    )


def _greets(text: str) -> bool:
    return _greetings().search(text) is not None


@cache
def _greetings() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("planning", "greetings.txt")))
