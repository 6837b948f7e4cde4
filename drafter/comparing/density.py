"""How much a text says: figures per 1,000 characters, share of boilerplate, sentences by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.chinese.quantities import find_figures
from drafter.chinese.sentences import split_clauses, split_sentences
from drafter.domain import Overlap
from drafter.resources import lexicon

COMMON_IN = 3
"""A clause that stands in this many samples is wording of the genre, not of one of them."""
LEAST_CLAUSE = 4
MOST_SAMPLES = 300
COPIED = 0.6
COMMON = 0.5
_EDGES = "，。；：！？、,;:!?… \t\u3000\n"


class CommonPhrases:
    """The clauses that at least ``common_in`` of some texts share, and the boilerplate lexicon.

    Counted over the first 300 texts, so that the cost stays bounded for a large library.
    """

    def __init__(self, texts: Iterable[str] = (), common_in: int = COMMON_IN) -> None:
        counts: Counter[str] = Counter()
        for _, text in zip(range(MOST_SAMPLES), texts, strict=False):
            counts.update(clauses(text))
        self._common = frozenset(one for one, number in counts.items() if number >= common_in)

    def marks(self, text: str) -> bytearray:
        """Return a byte for each character, 1 where it belongs to a common phrase."""
        marks = bytearray(len(text))
        for clause in split_clauses(text):
            if clause.text.strip(_EDGES) in self._common:
                marks[clause.start : clause.end] = b"\1" * (clause.end - clause.start)
        for _, start, end in _boilerplate().find_matches_as_indexes(text):
            marks[start:end] = b"\1" * (end - start)
        return marks

    def share(self, text: str) -> float:
        """Return the part of the text's characters, white space left out, in common phrases."""
        return _share(self.marks(text), text)


def clauses(text: str) -> set[str]:
    """Return the different clauses of a text, end marks left out, of 4 characters or more."""
    found = (clause.text.strip(_EDGES) for clause in split_clauses(text))
    return {clause for clause in found if len(clause) >= LEAST_CLAUSE}


@cache
def _boilerplate() -> AhoCorasick:
    phrases = lexicon("comparing", "boilerplate.txt")
    return AhoCorasick(list(phrases), matchkind=MatchKind.LeftmostLongest)


def _share(marks: bytearray, text: str, start: int = 0, end: int | None = None) -> float:
    places = range(start, len(text) if end is None else end)
    written = [place for place in places if not text[place].isspace()]
    return sum(marks[place] for place in written) / len(written) if written else 0.0


def figures_per_1000(text: str) -> float:
    """Return how many figures stand in 1,000 characters of the text, white space left out."""
    written = sum(not char.isspace() for char in text)
    return 1000 * len(find_figures(text)) / written if written else 0.0


@dataclass(frozen=True, slots=True)
class SentenceKind:
    """A sentence and what it is made of.

    ``kind``: near_copy (nearly as in one sample, named in ``sample``), common (wording that many
    samples share), fact (it has a figure of its own), own (anything else).
    """

    start: int
    end: int
    text: str
    kind: str
    sample: str = ""


def sentence_kinds(
    text: str, found: Sequence[Overlap], phrases: CommonPhrases
) -> list[SentenceKind]:
    """Return the sentences of the text by kind; ``found`` are its overlaps with the samples.

    A sentence is common if half of it lies in common phrases, a near copy if 60 % of it lies in
    overlaps with one sample.
    """
    marks = phrases.marks(text)
    kinds = []
    for sentence in split_sentences(text):
        start, end = sentence.start, sentence.end
        sample, copied = _most_copied(found, start, end)
        if _share(marks, text, start, end) >= COMMON:
            kinds.append(SentenceKind(start, end, sentence.text, "common"))
        elif copied >= COPIED * (end - start):
            kinds.append(SentenceKind(start, end, sentence.text, "near_copy", sample))
        else:
            kind = "fact" if find_figures(sentence.text) else "own"
            kinds.append(SentenceKind(start, end, sentence.text, kind))
    return kinds


def _most_copied(found: Sequence[Overlap], start: int, end: int) -> tuple[str, int]:
    covered: Counter[str] = Counter()
    reached: dict[str, int] = {}
    for one in found:
        low = max(one.start, start, reached.get(one.sample, 0))
        high = min(one.end, end)
        if high > low:
            covered[one.sample] += high - low
            reached[one.sample] = high
    return max(covered.items(), key=lambda item: item[1], default=("", 0))
