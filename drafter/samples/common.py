"""Headings in the words of the genre: what no lexicon knows may be a name, and is not kept."""

from __future__ import annotations

import re
from functools import cache

from drafter.resources import lexicon
from drafter.samples.index.terms import synonyms

UNKNOWN = "〔词〕"
_LONGEST = 8
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LABELS = re.compile(r"〔[^〕]*〕")
_NESTED = re.compile(r"〔+([^〔〕]*)〕+")
_REPEATED = re.compile(rf"(?:{UNKNOWN})+(?:[·、和与及]?{UNKNOWN})*")
_LETTERS = re.compile(r"[A-Za-z]+")
_PLAIN = 2
_WORD, _COMMON, _RARE = 0.1, 0.5, 2.0
"""What a word, a common and a rare character cost where text is divided into parts."""


@cache
def _words() -> frozenset[str]:
    own = (word for line in lexicon("samples", "heading_words.txt") for word in line.split())
    things = {line.partition("\t")[0] for line in lexicon("samples", "named_things.tsv")}
    return frozenset(own) | things | {word for group in synonyms() for word in group}


@cache
def _characters() -> frozenset[str]:
    return frozenset("".join(lexicon("samples", "heading_characters.txt")))


def common_words(heading: str) -> str:
    """Return a heading with 〔词〕 for each stretch that the words of the genre do not make up.

    What stands in 〔〕 already stays. Common characters stay one or two together between words;
    three, or one beside a rarer one, may be a name.
    """
    heading = _NESTED.sub(r"〔\1〕", _LETTERS.sub(UNKNOWN, heading))
    pieces: list[str] = []
    at = 0
    for label in _LABELS.finditer(heading):
        pieces += [_plain(heading[at : label.start()]), label.group()]
        at = label.end()
    return _REPEATED.sub(UNKNOWN, "".join([*pieces, _plain(heading[at:])]))


def _plain(text: str) -> str:
    return _HAN.sub(lambda run: _covered(run.group()), text)


def _covered(run: str) -> str:
    """Return a run of Han characters with 〔词〕 for what lies between its words."""
    pieces: list[str] = []
    between = ""
    for part in [*parts(run), ""]:
        if len(part) == 1:
            between += part
        else:
            pieces += [between if _is_plain(between) else UNKNOWN, part]
            between = ""
    return "".join(pieces)


def _is_plain(between: str) -> bool:
    return len(between) <= _PLAIN and _characters() >= set(between)


def parts(run: str) -> list[str]:
    """Return a run of Han characters as words and single characters, as few outside as can be."""
    cost = [0.0] * (len(run) + 1)
    length = [1] * len(run)
    for start in range(len(run) - 1, -1, -1):
        alone = _COMMON if run[start] in _characters() else _RARE
        best = alone + cost[start + 1]
        for size in range(2, min(_LONGEST, len(run) - start) + 1):
            if run[start : start + size] in _words() and cost[start + size] + _WORD < best:
                best, length[start] = cost[start + size] + _WORD, size
        cost[start] = best
    found: list[str] = []
    at = 0
    while at < len(run):
        found.append(run[at : at + length[at]])
        at += length[at]
    return found
