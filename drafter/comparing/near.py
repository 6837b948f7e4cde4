"""Near copies: sentences much alike a sample's though words were changed here and there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from drafter.chinese.sentences import split_sentences
from drafter.domain import Span

SHINGLE = 3
LEAST = 15
ALIKE = 0.6
_TOO_COMMON = 200
"""A shingle in more sentences than this tells nothing of where a sentence was copied from."""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A sentence of the draft and the sample's sentence that it is much alike.

    ``likeness``: the part of the draft sentence's shingles (3 characters each, punctuation and
    white space left out) that the sample's sentence holds, 0 to 1.
    """

    start: int
    end: int
    text: str
    sample: str
    sample_start: int
    sample_text: str
    likeness: float


def shingles(text: str) -> frozenset[str]:
    """Return the runs of 3 characters of a text, all but letters and figures left out."""
    kept = "".join(char for char in text if char.isalnum())
    return frozenset(kept[i : i + SHINGLE] for i in range(len(kept) - SHINGLE + 1))


def containment(text: str, other: str) -> float:
    """Return the part of the text's shingles that the other text holds, 0 to 1."""
    own = shingles(text)
    return len(own & shingles(other)) / len(own) if own else 0.0


class SentenceIndex:
    """The sentences of some texts by their shingles."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._sentences: list[tuple[str, Span]] = []
        self._by_shingle: defaultdict[str, list[int]] = defaultdict(list)
        for name, text in texts.items():
            for sentence in split_sentences(text):
                if len(sentence.text) >= LEAST:
                    self._add(name, sentence)

    def _add(self, name: str, sentence: Span) -> None:
        number = len(self._sentences)
        self._sentences.append((name, sentence))
        for shingle in shingles(sentence.text):
            self._by_shingle[shingle].append(number)

    def nearest(self, sentence: Span) -> tuple[str, Span, float] | None:
        """Return the indexed sentence most alike, its text's name and the likeness, or None."""
        own = shingles(sentence.text)
        counts: Counter[int] = Counter()
        for shingle in own:
            numbers = self._by_shingle.get(shingle, ())
            if len(numbers) <= _TOO_COMMON:
                counts.update(numbers)
        if not counts:
            return None
        number, _ = min(counts.items(), key=lambda item: (-item[1], item[0]))
        name, found = self._sentences[number]
        return name, found, len(own & shingles(found.text)) / len(own)


def near_copies(
    text: str, samples: SentenceIndex | Mapping[str, str], alike: float = ALIKE
) -> list[NearCopy]:
    """Return the sentences (15 characters or more) at least ``alike`` to a sample's sentence.

    They need not share a run of 13 characters: 将、把 exchanged, a clause moved, figures replaced.
    """
    index = samples if isinstance(samples, SentenceIndex) else SentenceIndex(samples)
    return list(_near_copies(split_sentences(text), index, alike))


def _near_copies(
    sentences: Iterable[Span], index: SentenceIndex, alike: float
) -> Iterable[NearCopy]:
    for sentence in sentences:
        found = index.nearest(sentence) if len(sentence.text) >= LEAST else None
        if found and found[2] >= alike:
            name, other, likeness = found
            yield NearCopy(
                sentence.start, sentence.end, sentence.text, name, other.start, other.text, likeness
            )
