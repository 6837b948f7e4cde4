"""What the samples hold and the facts do not: the donors' names, figures, titles, slogans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from drafter.checking.context import Mention, find_mentions
from drafter.chinese.normalise import fold
from drafter.domain import Sample
from drafter.resources import lexicon

_REMEMBERED = 256
_PLAIN = re.compile("[\u4e00-\u9fff]+")
_MARKS = re.compile(r"[\s“”‘’\"'《》]")


def bare(text: str) -> str:
    """Return a text without spaces, quotes and book marks, to look names up in."""
    return _MARKS.sub("", text)


@dataclass(frozen=True, slots=True)
class Donor:
    """A sample as a source of leaks."""

    name: str
    text: str
    bare: str
    mentions: tuple[Mention, ...]


def to_donors(samples: Iterable[Sample | str]) -> tuple[Donor, ...]:
    """Return the samples as donors; plain strings are named 样本1, 样本2 …."""
    donors = []
    for number, sample in enumerate(samples, 1):
        plain = isinstance(sample, str)
        text = fold(sample if isinstance(sample, str) else sample.text)
        if not text.strip():
            continue
        name = f"样本{number}" if plain or not sample.name else sample.name  # type: ignore[union-attr]
        donors.append(_donor(name, text))
    return tuple(donors)


@lru_cache(maxsize=_REMEMBERED)
def _donor(name: str, text: str) -> Donor:
    return Donor(name, text, bare(text), tuple(find_mentions(text, None)))


def donor_of(term: str, donors: Iterable[Donor]) -> str:
    """Return the name of the first sample that holds a term, or ""."""
    wanted = bare(term)
    return next((d.name for d in donors if wanted and wanted in d.bare), "")


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Return for each word the groups of words that may stand for one another which have it.

    A group is a row of the synonyms, or a side of words that exclude those of another side.
    """
    rows = [row.split() for row in lexicon("checking", "synonyms.txt")]
    for row in lexicon("checking", "exclusive.tsv"):
        sides = (side.split("/") for side in row.split("\t")[1:])
        rows += [[word for word in side if len(word) > 1] for side in sides]
    found: dict[str, set[int]] = {}
    for group, words in enumerate(rows):
        for word in words:
            if _PLAIN.fullmatch(word):
                found.setdefault(word, set()).add(group)
    return {word: frozenset(groups) for word, groups in found.items()}


@cache
def _finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    words = tuple(_groups())
    return AhoCorasick(list(words)), words


@lru_cache(maxsize=4096)
def _groups_in(text: str) -> frozenset[int]:
    finder, words = _finder()
    hits = finder.find_matches_as_indexes(text, overlapping=True)
    return frozenset(g for word, _, _ in hits for g in _groups()[words[word]])


def synonymous(one: str, other: str) -> bool:
    """Tell whether two stretches hold words of one group."""
    return not _groups_in(one).isdisjoint(_groups_in(other))


@lru_cache(maxsize=1024)
def kin_words(text: str) -> frozenset[str]:
    """Return all words of the groups that a text has a word of: 火灾, 荒火 for 任何火情."""
    own = _groups_in(text)
    return frozenset(w for w, groups in _groups().items() if own and not own.isdisjoint(groups))


def _renamed(one: str, other: str) -> bool:
    """Tell whether two names differ only in a word for which the other has another one."""
    for end in _endings(one):
        for instead in _endings(other):
            same = not _groups()[end].isdisjoint(_groups()[instead])
            if end != instead and same and _level(one, end) in (_level(other, instead), ""):
                return True
    return False


def _endings(name: str) -> Iterator[str]:
    """Yield the words with a group that a name ends with."""
    return (name[at:] for at in range(len(name)) if name[at:] in _groups())


def _level(name: str, end: str) -> str:
    return name.removesuffix(end).strip("镇乡县市")


def same_name(one: str, other: str) -> bool:
    """Tell whether one name shortens the other, or is another word for it.

    A short form's characters stand in the full name in the same order.
    """
    short, long = sorted((one, other), key=len)
    if (
        (len(short) < len(long) and short[:-1] in long)
        or _renamed(short, long)
        or _renamed(long, short)
    ):
        return True
    return shortens(short, long)


def shortens(short: str, full: str) -> bool:
    """Tell whether a name is a full one's short form: its characters in their order."""
    rest = iter(full)
    return len(short) < len(full) and all(char in rest for char in short)
