"""The likeliest run of sections for facts in the order in which they were handed in.

Offices write what belongs together in one go, and often in the order of the tasks. So a place is
chosen for all facts at once (Viterbi, IEEE Trans. Inf. Theory 13(2), 1967), not for each alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

COMPANY = 0.4  # neighbouring lines of one office tend to belong together
ALONG = 1.0  # the same in notes that follow the order of the tasks
BACK = 2.0  # a step back in such notes
PLACE = 0.6  # a section's distance from where a line stands in such notes
CLEAR = 1.0  # how far a claim must lead for its fact to say something of the notes' order
MOSTLY, SECTIONS = 0.7, 3  # share of clear facts in rising order, and over how many sections


def in_order(scores: Sequence[Sequence[float]]) -> bool:
    """Tell whether facts follow the order of the sections, by those with one clear claim.

    ``scores`` are the claims of the sections, a row a fact. Most clear facts must stand in one
    rising row, over three sections or more.
    """
    clear = [place for row in scores if (place := _leader(row)) is not None]
    return len(set(clear)) >= SECTIONS and _rising(clear) >= MOSTLY * len(clear)


def _rising(places: Sequence[int]) -> int:
    """Return the length of the longest row that never steps back."""
    ends: list[int] = []
    for place in places:
        at = bisect_right(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def _leader(row: Sequence[float]) -> int | None:
    ranked = sorted(range(len(row)), key=lambda index: -row[index])
    ahead = row[ranked[0]] - row[ranked[1]] if len(ranked) > 1 else row[ranked[0]] if ranked else 0
    return ranked[0] if ahead >= CLEAR else None


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
