"""The likeliest run of sections for facts in the order in which they were handed in.

Offices write what belongs together in one go, and often in the order of the tasks. So a place is
chosen for all facts at once (Viterbi, IEEE Trans. Inf. Theory 13(2), 1967), not for each alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

COMPANY = 0.4  # neighbouring lines of one office tend to belong together
ALONG = 1.0  # the same in notes that follow the order of the tasks
BACK = 2.0  # a step back in such notes
PLACE = 0.6  # a section's distance from where a line stands in such notes
CLEAR = 1.0  # how far a claim must lead for a fact to be placed against the notes' order
SECTIONS = 3  # that facts must name to tell of an order at all
# Share of the best claims that a run without a step back keeps (bench/assignment.py, 40 sets): all
# but two keep more as they were given, all but one less when shuffled.
KEPT, KEPT_OF_THREE = 0.77, 0.85


def in_order(scores: Sequence[Sequence[float]]) -> bool:
    """Tell whether facts follow the order of the sections, by what all claims together allow.

    ``scores`` are the claims of the sections, a row a fact. The best run that never steps back
    must keep most of what the best claims of the single facts come to, over three sections or more.
    """
    sections = len(scores[0]) if scores else 0
    alone = sum(map(max, scores)) if sections else 0.0
    named = {row.index(max(row)) for row in map(list, scores) if any(row)}
    if len(named) < SECTIONS or not alone:
        return False
    return _never_back(scores) >= (KEPT if sections > SECTIONS else KEPT_OF_THREE) * alone


def _never_back(scores: Sequence[Sequence[float]]) -> float:
    """Return the highest sum of claims along a run that never steps back."""
    best = [0.0] * len(scores[0])
    for row in scores:
        best = [score + before for score, before in zip(row, accumulate(best, max), strict=True)]
    return max(best)


def by_place(scores: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the claims in ordered notes: a line in the middle is rarely of the last section.

    Each section that a claim lies away from where its line stands among the lines takes off a part.
    """
    pace = len(scores[0]) / len(scores) if scores else 0.0
    return [
        [s - PLACE * max(0.0, abs(i + 0.5 - (n + 0.5) * pace) - 0.5) for i, s in enumerate(row)]
        for n, row in enumerate(scores)
    ]


def best_run(
    scores: Sequence[Sequence[float]], company: Sequence[bool], ordered: bool
) -> list[int]:
    """Return a section for each fact, the run of highest score; among equals the first.

    ``company`` says for each fact whether the line before is of the same office.
    """
    if not scores or not scores[0]:
        return []
    best, back = list(scores[0]), []
    for row, together in zip(scores[1:], company[1:], strict=True):
        stay = (ALONG if ordered else COMPANY) if together else 0.0
        came = _came_from(best, stay, BACK if ordered else 0.0)
        back.append([place for place, _ in came])
        best = [score + before for score, (_, before) in zip(row, came, strict=True)]
    run = [max(range(len(best)), key=lambda index: best[index])]
    for places in reversed(back):
        run.append(places[run[-1]])
    return run[::-1]


def _came_from(best: Sequence[float], stay: float, step_back: float) -> list[tuple[int, float]]:
    """Return for each section the best one to come from, and the score so far."""
    behind = _leading(best)
    ahead = [(len(best) - 1 - place, score) for place, score in _leading(best[::-1])][::-1]
    found = []
    for index, score in enumerate(best):
        ways = [behind[index], (index, score + stay)]
        ways.append((ahead[index][0], ahead[index][1] - step_back))
        found.append(max(ways, key=lambda way: way[1]))
    return found


def _leading(best: Sequence[float]) -> list[tuple[int, float]]:
    """Return for each place the best of those up to it, and its score."""
    found: list[tuple[int, float]] = []
    for place, score in enumerate(best):
        if not found or score > found[-1][1]:
            found.append((place, score))
        else:
            found.append(found[-1])
    return found
