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
_REPEATED = re.compile(rf"(?:{UNKNOWN})+(?:[·、和与及]?{UNKNOWN})*")
_LETTERS = re.compile(r"[A-Za-z]+")
_PLAIN = 2


@cache
def _words() -> frozenset[str]:
    own = (word for line in lexicon("samples", "heading_words.txt") for word in line.split())
    return frozenset(own) | {word for group in synonyms() for word in group}


@cache
def _characters() -> frozenset[str]:
    return frozenset("".join(lexicon("samples", "heading_characters.txt")))


def common_words(heading: str) -> str:
    """Return a heading with 〔词〕 for each stretch that the words of the genre do not make up.

    What stands in 〔〕 already stays. Common characters stay one or two together between words;
    three, or one beside a rarer one, may be a name.
    """
    pieces: list[str] = []
    at = 0
    for label in _LABELS.finditer(heading):
        pieces += [_plain(heading[at : label.start()]), label.group()]
        at = label.end()
    whole = "".join([*pieces, _plain(heading[at:])])
    return _REPEATED.sub(UNKNOWN, whole)


def _plain(text: str) -> str:
    return _HAN.sub(lambda run: _covered(run.group()), _LETTERS.sub(UNKNOWN, text))


def _covered(run: str) -> str:
    """Return a run of Han characters with 〔词〕 for what lies between its words."""
    pieces: list[str] = []
    between = ""
    at = 0
    for length in [*_best_parts(run), 0]:
        if length == 1:
            between += run[at]
        else:
            pieces += [between if _is_plain(between) else UNKNOWN, run[at : at + length]]
            between = ""
        at += length
    return "".join(pieces)


def _is_plain(between: str) -> bool:
    return len(between) <= _PLAIN and _characters() >= set(between)


def _best_parts(run: str) -> list[int]:
    """Return the lengths of the parts that leave the fewest characters outside of words."""
    cost = [0.0] * (len(run) + 1)
    part = [1] * len(run)
    for start in range(len(run) - 1, -1, -1):
        alone = 0.5 if run[start] in _characters() else 2.0
        best = alone + cost[start + 1]
        for length in range(2, min(_LONGEST, len(run) - start) + 1):
            if run[start : start + length] in _words() and cost[start + length] + 0.1 < best:
                best, part[start] = cost[start + length] + 0.1, length
        cost[start] = best
    lengths: list[int] = []
    while sum(lengths) < len(run):
        lengths.append(part[sum(lengths)])
    return lengths
