"""What the samples hold and the facts do not: the donors' names, figures, titles, slogans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from drafter.checking.context import Mention, find_mentions
from drafter.chinese.normalise import fold
from drafter.domain import Sample
from drafter.resources import lexicon

_REMEMBERED = 256
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
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Return the groups of words that name the same thing."""
    return tuple(tuple(row.split()) for row in lexicon("checking", "synonyms.txt"))


def synonymous(one: str, other: str) -> bool:
    """Tell whether two stretches hold words of one group."""
    return any(any(w in one for w in g) and any(w in other for w in g) for g in synonyms())


def _renamed(one: str, other: str) -> bool:
    """Tell whether two names differ only in a word for which the other has another one."""
    ends = [(a, b) for g in synonyms() for a in g for b in g if a != b]
    return any(
        one.endswith(a) and other.endswith(b) and _level(one, a) in (_level(other, b), "")
        for a, b in ends
    )


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
    rest = iter(long)
    return len(short) < len(long) and all(char in rest for char in short)
