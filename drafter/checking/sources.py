"""What the samples hold and the facts do not: the donors' names, figures, titles, slogans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from drafter.checking.context import Mention, find_mentions
from drafter.chinese.normalise import fold
from drafter.domain import Sample

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
