"""What a section and a query are indexed by: grams of characters, topics, and their function."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from operator import add

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.resources import lexicon
from drafter.samples.functions import section_function

_WORD = re.compile(r"[\u3400-\u9fff]+|[A-Za-z][A-Za-z0-9+.-]*")


def grams(text: str) -> list[str]:
    """Return the pairs of neighbouring Han characters and the Latin words, in reading order.

    Figures, masks and punctuation part the runs and are left out: they say nothing of the matter.
    """
    found: list[str] = []
    for word in _WORD.findall(text):
        if word[0].isascii():
            found.append(word.lower())
        else:
            found.extend(map(add, word, word[1:]))
    return found


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Return the groups of the synonym lexicon; a group's number is its place here."""
    groups = (line.split("\t")[1] for line in lexicon("samples", "synonyms.tsv"))
    return tuple(tuple(words.split()) for words in groups)


@cache
def _automaton() -> tuple[AhoCorasick, Sequence[tuple[str, ...]]]:
    meanings: dict[str, list[str]] = {}
    for number, words in enumerate(synonyms()):
        for word in words:
            meanings.setdefault(word.lower(), []).append(str(number))
    automaton = AhoCorasick(list(meanings), matchkind=MatchKind.Standard)
    return automaton, [tuple(dict.fromkeys(numbers)) for numbers in meanings.values()]


def topics(text: str) -> Iterator[str]:
    """Yield the numbers of the groups whose words stand in the text.

    Of words that overlap the longest counts, so that 交通安全 is not 安全.
    """
    automaton, meanings = _automaton()
    text = text.lower()
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
