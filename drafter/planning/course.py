"""Which facts tell of problems and which of plans, seen along the sheet and not one by one.

A list of plans rarely says in each line that it is one (新建照料点5处 may be done or planned). What
stands between two plans, and tells of no work done, is a plan. The likeliest course of kinds is
chosen for the facts of one office at once (Viterbi, IEEE Trans. Inf. Theory 13(2), 1967).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from drafter.domain import Fact
from drafter.planning.states import kind_of
from drafter.resources import lexicon

# Weights chosen on the project's own samples taken apart (bench/assignment.py).
SURE = 4.0  # a fact that says itself what it is
CUE = 0.9  # a word by which lines of a kind are known
MOST_CUES = 3
DONE = 0.7  # what says nothing tells of work
LATER = 2.0  # a year after the one that is summed up
TURN, RETURN = 1.2, 3.0  # going on to problems and plans; going back to what came before them
GATHERED = 0.2  # share of the stretch from the first problem or plan to the last that are such
KINDS = ("", "problems", "plan")
_YEAR = re.compile(r"20\d\d(?=年)")


def kinds_of(facts: Sequence[Fact]) -> dict[str, str]:
    """Return fact id → problems, plan, or "" for work; facts that say it themselves keep it."""
    year = _year_of(facts)
    found: dict[str, str] = {}
    for _, group in groupby(facts, key=lambda fact: (fact.office, fact.section_hint)):
        together = list(group)
        own = [kind_of(fact) for fact in together]
        course = _course([_weights(fact, year) for fact in together]) if _gathered(own) else own
        found |= {f.id: said or kind for f, said, kind in zip(together, own, course, strict=True)}
    return found


def _gathered(kinds: Sequence[str]) -> bool:
    """Tell notes in which problems and plans stand together, not strewn among the work."""
    places = [index for index, kind in enumerate(kinds) if kind]
    return bool(places) and len(places) >= GATHERED * (places[-1] - places[0] + 1)


def _year_of(facts: Sequence[Fact]) -> int:
    """Return the last year that work done names, or 0."""
    told = [fact.text for fact in facts if not kind_of(fact) and not _cues(fact.text)["plan"]]
    return max((int(year) for text in told for year in _YEAR.findall(text)), default=0)


def _weights(fact: Fact, year: int) -> list[float]:
    own, cues = kind_of(fact), _cues(fact.text)
    later = year and any(int(named) > year for named in _YEAR.findall(fact.text))
    weights = [CUE * cues["work"] + DONE, CUE * cues["problems"], CUE * cues["plan"]]
    weights[1] -= 0.0 if own or cues["problems"] else SURE
    weights[2] += LATER if later else 0.0
    if own:
        weights[KINDS.index(own)] += SURE
    return weights


def _cues(text: str) -> dict[str, int]:
    counts = dict.fromkeys(("work", "problems", "plan"), 0)
    for kind, pattern in _patterns():
        if counts[kind] < MOST_CUES and pattern.search(text):
            counts[kind] += 1
    return counts


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (line.split("\t") for line in lexicon("planning", "open_cues.tsv"))
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


def _course(rows: Sequence[Sequence[float]]) -> list[str]:
    best, back = list(rows[0]), []
    for row in rows[1:]:
        came = [
            max(range(3), key=lambda before: best[before] - _cost(before, now)) for now in range(3)
        ]
        best = [row[now] + best[came[now]] - _cost(came[now], now) for now in range(3)]
        back.append(came)
    course = [max(range(3), key=lambda kind: best[kind])]
    for came in reversed(back):
        course.append(came[course[-1]])
    return [KINDS[kind] for kind in reversed(course)]


def _cost(before: int, now: int) -> float:
    return 0.0 if before == now else TURN if now > before else RETURN
