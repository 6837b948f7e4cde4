"""A section's structure without its specifics."""

from __future__ import annotations

import re
from functools import lru_cache

from drafter.chinese.entities import find_entities
from drafter.chinese.markers import render_marker
from drafter.domain import Move, Sample, Section, Skeleton
from drafter.samples.common import common_words
from drafter.samples.functions import section_function
from drafter.samples.moves import read_moves
from drafter.samples.named import without_named
from drafter.samples.specifics import LABELS, find_comrades, find_persons, find_places, generalise

_QUOTED = re.compile(r"“([^”\n]{3,24})”|《([^》\n]{3,40})》")
_HONOUR = re.compile(r"(荣获|获评|评为|授予|命名为)[^，。；、]{2,24}?(?=称号|荣誉|[，。；、]|$)")
_NAMES = frozenset({"person", "place", "organisation"})
_PURPOSE = frozenset({"以…为…", "围绕…", "按照…", "着眼于“〔词〕”", "坚持…", "把…作为…"})
_CHAINS = {"第": "第一，", "首": "首先，"}


def skeleton(section: Section, sample: Sample | None = None) -> Skeleton:
    """Return the section's skeleton, children included.

    No name, place, figure, date, title or slogan of the sample is in any of its strings: moves
    and openings are names from lexicons, the heading is generalised and keeps only words of the
    genre, slots keep their measure word and magnitude only. ``sample`` gives the function of
    sections that say nothing of it.
    """
    own = own_words(sample.title, sample.text) if sample else ()
    return _skeleton(section, _inherited(section, sample), own)


@lru_cache(maxsize=256)
def own_words(title: str, text: str) -> tuple[str, ...]:
    """Return what a sample quotes anywhere, its persons and its unit's name, longest first.

    So a slogan is found in a heading that has it without quotes.
    """
    words = {slogan or quoted for slogan, quoted in _QUOTED.findall(text)}
    words |= {text[start:end] for start, end in find_persons(text) + find_comrades(text)}
    words |= {title[start:end] for start, end in find_places(title)}
    return tuple(sorted(words, key=len, reverse=True))


def general_heading(text: str, own: tuple[str, ...] = ()) -> str:
    """Return a heading without specifics, in the words of the genre; ``own`` are not kept."""
    plain = generalise(_HONOUR.sub(r"\1〔词〕", _without_names(text)))
    for words in own:
        if words in plain:
            plain = plain.replace(words, "〔词〕")
    return common_words(without_named(plain))


def _without_names(text: str) -> str:
    """Return a heading with 〔人名〕, 〔地名〕, 〔单位〕 for names; 党委, 法院 are none."""
    for entity in reversed(find_entities(text)):
        kept = entity.kind == "organisation" and common_words(entity.text) == entity.text
        if entity.kind in _NAMES and not kept:
            text = text[: entity.start] + LABELS[entity.kind] + text[entity.end :]
    return text


def _inherited(section: Section, sample: Sample | None) -> str:
    """Return the function of the chapter that holds the section."""
    if sample is None or section.level == 1:
        return ""
    for chapter in sample.sections:
        if chapter.start <= section.start < chapter.end:
            found = section_function(chapter.heading)
            return found if found != "work" else ""
    return ""


def _skeleton(section: Section, inherited: str, own: tuple[str, ...]) -> Skeleton:
    function = inherited or section_function(section.heading, section.body)
    below = function if function in ("problems", "plan") else ""
    children = tuple(_skeleton(child, below, own) for child in section.children)
    moves = read_moves(_own_text(section), function)
    length = len(_own_text(section)) + sum(child.length for child in children)
    figures = _figures(moves) + sum(_count(child) for child in children)
    enumerator, points = _chain(section)
    return Skeleton(
        section.level,
        general_heading(section.heading, own),
        enumerator,
        points,
        moves,
        children,
        length,
        round(1000 * figures / length, 1) if length else 0.0,
        bool(points) and any(_purposeful(move) for move in moves),
        function,
    )


def _own_text(section: Section) -> str:
    """Return a section's body; of a point inside a paragraph only what stands in that."""
    return section.body.split("\n", 1)[0] if section.kind == "inline" else section.body


def _purposeful(move: Move) -> bool:
    return move.function == "目标引领" or move.opening in _PURPOSE


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
