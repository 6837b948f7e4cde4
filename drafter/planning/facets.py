"""Facets: what the sections of a paper on one line of work are about, beside its topic.

A paper on flood control or on old petitions is all of one topic; its sections part who leads, what
was checked, what was built, what was set up for good.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from drafter.resources import lexicon


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its name, a plain heading, cues of a heading about it, words of its facts."""

    name: str
    heading: str
    cues: tuple[str, ...]
    words: tuple[str, ...]


@cache
def facets() -> dict[str, Facet]:
    """Return all facets by their name, in the order in which a paper takes them up."""
    rows = (line.split("\t") for line in lexicon("planning", "facets.tsv"))
    return {
        name: Facet(name, heading, tuple(cues.split("|")), tuple(words.split("|")))
        for name, heading, cues, words in rows
    }


def heading_facets(heading: str) -> dict[str, float]:
    """Return facet name → characters of its cues in a heading, none inside a longer one."""
    found = {name: _found(facet.cues, heading) for name, facet in facets().items()}
    every = {cue for cues in found.values() for cue in cues}
    whole = {cue for cue in every if not any(cue != o and cue in o for o in every)}
    weighed = {name: sum(len(cue) for cue in cues if cue in whole) for name, cues in found.items()}
    return {name: float(weight) for name, weight in weighed.items() if weight}


def text_facets(text: str, among: Collection[str]) -> dict[str, float]:
    """Return facet name → characters of its words in a text, only ``among`` these facets."""
    return {name: weight for name, weight in _weights(text).items() if name in among}


def main_facet(text: str, among: Collection[str]) -> Facet | None:
    """Return the facet that a text is most about, the lexicon's first among equals, or None."""
    own = text_facets(text, among)
    return facets()[max(own, key=lambda name: own[name])] if own else None


@lru_cache(maxsize=8192)
def _weights(text: str) -> dict[str, float]:
    found = {name: _found(facet.words, text) for name, facet in facets().items()}
    return {name: float(sum(map(len, words))) for name, words in found.items() if words}


def _found(words: Collection[str], text: str) -> list[str]:
    hits = [word for word in words if word in text]
    return [w for w in hits if not any(w != other and w in other for other in hits)]
