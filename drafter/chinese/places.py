"""Places by their endings, and the stretch before an ending that is the name itself."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.resources import lexicon

_PREPOSITIONS = frozenset("有在到由以和与及对将把为向从至给往于或跟同被让使各每某该此我本全")
_NO_NAME_END = _PREPOSITIONS | frozenset("的了是着过个座条处户名次件项")
_SLOGAN_NAMES = frozenset({"建设", "前进", "发展", "服务"})  # they name villages as well
_ODD = frozenset("的了是着过和与及或等、也都就还再又已未并且但而其这那们")


class NameContext:
    """A text with the ends of the words after which a name may begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        hits = _context().find_matches_as_indexes(text, overlapping=True)
        self._firm = {end for _, start, end in hits if end - start > 1}
        self._loose = {end for _, start, end in hits if end - start == 1}

    def is_boundary(self, at: int) -> bool:
        """Tell whether a name may begin here: at the start, behind punctuation or 在, 走访 …"""
        return at in self._loose or self._is_firm(at)

    def _is_firm(self, at: int) -> bool:
        if at == 0 or at in self._firm:
            return True
        before = self.text[at - 1]
        return not "\u4e00" <= before <= "\u9fff" or before in _PREPOSITIONS or before in _ODD

    def name_start(self, end: int, longest: int) -> tuple[int, bool]:
        """Return where the name that ends at ``end`` begins, and whether a boundary stands there.

        Without a boundary within ``longest`` characters the name is taken as two characters long:
        too short is safer than a verb taken for a part of the name.
        """
        if end and self.text[end - 1] in _NO_NAME_END:
            return end, True
        if end in self._firm and self.text[end - 2 : end] not in _SLOGAN_NAMES:
            return end, True
        for start in range(end - 1, max(-1, end - longest - 1), -1):
            if not "\u4e00" <= self.text[start] <= "\u9fff":
                return start + 1, True
            if self._is_firm(start) or (end - start >= 2 and start in self._loose):
                return start, True
        return max(0, end - 2), False


class _Ending(NamedTuple):
    ending: str
    longest: int
    firm: bool
    not_before: frozenset[str]


def find_places(context: NameContext, taken: bytearray) -> list[tuple[int, int]]:
    """Return the spans of places in a text, in reading order, where ``taken`` is still 0."""
    text = context.text
    found = []
    for index, start, end in _endings_automaton().find_matches_as_indexes(text):
        ending = _endings()[index]
        if taken[start] or text[end : end + 1] in ending.not_before:
            continue
        first, firm = context.name_start(start, ending.longest)
        if (ending.firm and not firm) or start - first < 2 or any(taken[first:end]):
            continue
        core = text[first:start]
        if core not in _SLOGAN_NAMES and core in _context_words():
            continue
        if core in _SLOGAN_NAMES or not _is_generic(text[first:end], len(ending.ending)):
            found.append((first, end))
    return found


def find_divisions(text: str, taken: bytearray) -> list[tuple[int, int]]:
    """Return the spans of provinces and prefectures, with 省/市/州 where it stands behind."""
    found = []
    for index, start, end in _divisions_automaton().find_matches_as_indexes(text):
        suffixed = text[end : end + 1] in {"省", "市", "州"}
        if any(taken[start:end]) or (_divisions()[index].endswith("!") and not suffixed):
            continue
        found.append((start, end + suffixed))
    return found


def _is_generic(name: str, ending: int) -> bool:
    generic = _generic()
    return any(name[-length:] in generic for length in range(ending + 1, len(name) + 1))


@cache
def _generic() -> frozenset[str]:
    return frozenset(lexicon("chinese", "generic_places.txt"))


@cache
def _context_words() -> frozenset[str]:
    return frozenset(lexicon("chinese", "place_context.txt"))


@cache
def _context() -> AhoCorasick:
    return AhoCorasick(list(lexicon("chinese", "place_context.txt")))


@cache
def _endings() -> tuple[_Ending, ...]:
    rows = [[*line.split("\t"), "", "", ""] for line in lexicon("chinese", "place_suffixes.tsv")]
    return tuple(_Ending(r[0], int(r[1]), r[2] == "firm", frozenset(r[3])) for r in rows)


@cache
def _endings_automaton() -> AhoCorasick:
    return AhoCorasick([e.ending for e in _endings()], matchkind=MatchKind.LeftmostLongest)


@cache
def _divisions() -> tuple[str, ...]:
    return lexicon("chinese", "divisions.txt")


@cache
def _divisions_automaton() -> AhoCorasick:
    names = [name.rstrip("!") for name in _divisions()]
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
