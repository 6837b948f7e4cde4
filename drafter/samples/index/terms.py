"""What a section and a query are indexed by: grams of characters, topics, and their function."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.resources import lexicon
from drafter.samples.functions import section_function

_WORD = re.compile(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z0-9+.-]*")


class Topic(NamedTuple):
    """A group of words for one matter: its number, and the domain of work it belongs to."""

    number: int
    domain: str


def grams(text: str) -> list[str]:
    """Return the pairs of neighbouring Han characters and the Latin words, in reading order.

    Figures, masks and punctuation part the runs and are left out: they say nothing of the matter.
    """
    found: list[str] = []
    for word in _WORD.findall(text):
        if word[0].isascii():
            found.append(word.lower())
        else:
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
    return found


@cache
def synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the groups of the synonym lexicon: (domain, words)."""
    groups = []
    for line in lexicon("samples", "synonyms.tsv"):
        domain, words = line.split("\t")
        groups.append((domain, tuple(words.split())))
    return tuple(groups)


@cache
def _automaton() -> tuple[AhoCorasick, Sequence[tuple[Topic, ...]]]:
    meanings: dict[str, list[Topic]] = {}
    for number, (domain, words) in enumerate(synonyms()):
        for word in words:
            meanings.setdefault(word, []).append(Topic(number, domain))
    automaton = AhoCorasick(list(meanings), matchkind=MatchKind.Standard)
    return automaton, [tuple(dict.fromkeys(topics)) for topics in meanings.values()]


def topics(text: str) -> Iterator[Topic]:
    """Yield the topics of the words that stand in the text; of words that overlap, the longest."""
    automaton, meanings = _automaton()
    found = automaton.find_matches_as_indexes(text, overlapping=True)
    taken = bytearray(len(text))
    for word, start, end in sorted(found, key=lambda match: match[1] - match[2]):
        if not taken.count(1, start, end):
            taken[start:end] = b"\1" * (end - start)
            yield from meanings[word]


def function_of(headings: Sequence[str]) -> str:
    """Return work, problems, plan … by a heading and those above it, the nearest first."""
    found = (section_function(heading) for heading in headings)
    return next((function for function in found if function != "work"), "work")
