"""A section's structure without its specifics."""

from __future__ import annotations

from drafter.chinese.markers import render_marker
from drafter.domain import Move, Sample, Section, Skeleton
from drafter.samples.functions import section_function
from drafter.samples.moves import read_moves
from drafter.samples.specifics import generalise

_CHAINS = {"第": "第一，", "首": "首先，"}


def skeleton(section: Section, sample: Sample | None = None) -> Skeleton:
    """Return the section's skeleton, children included.

    No name, place, figure, date, title or slogan of the sample is in any of its strings: moves
    and openings are names from lexicons, the heading is generalised, slots keep their measure
    word and magnitude only. ``sample`` gives the function of sections that say nothing of it.
    """
    return _skeleton(section, _inherited(section, sample))


def _inherited(section: Section, sample: Sample | None) -> str:
    """Return the function of the chapter that holds the section."""
    if sample is None or section.level == 1:
        return ""
    for chapter in sample.sections:
        if chapter.start <= section.start < chapter.end:
            found = section_function(chapter.heading)
            return found if found != "work" else ""
    return ""


def _skeleton(section: Section, inherited: str) -> Skeleton:
    function = inherited or section_function(section.heading, section.body)
    below = function if function in ("problems", "plan") else ""
    children = tuple(_skeleton(child, below) for child in section.children)
    moves = read_moves(section.body, function)
    length = len(section.body) + sum(child.length for child in children)
    figures = _figures(moves) + sum(_count(child) for child in children)
    enumerator, points = _chain(section)
    return Skeleton(
        section.level,
        generalise(section.heading),
        enumerator,
        points,
        moves,
        children,
        length,
        round(1000 * figures / length, 1) if length else 0.0,
        bool(points) and any(move.function == "目标引领" for move in moves),
        function,
    )


def _figures(moves: tuple[Move, ...]) -> int:
    return sum(1 for move in moves for slot in move.slots if slot.kind == "figure")


def _count(skeleton_: Skeleton) -> int:
    return _figures(skeleton_.moves) + sum(_count(child) for child in skeleton_.children)


def _chain(section: Section) -> tuple[str, int]:
    """Return the first mark of the chain below a section and its number of links."""
    if not section.children:
        return "", 0
    first = section.children[0]
    points = sum(1 for child in section.children if child.level == first.level)
    if not first.marker:
        return "", points
    if first.level == 5 and first.marker[0] in _CHAINS:
        return _CHAINS[first.marker[0]], points
    return render_marker(first.level, 1), points
