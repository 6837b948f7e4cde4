"""Structure coverage: which of a sample's sections the draft has, by meaning of the heading."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.comparing.near import containment
from drafter.domain import Sample, Section
from drafter.samples.index.terms import topics
from drafter.samples.parse import parse_sample

POINT = 5
ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a draft covers a sample's structure.

    ``matched``: (heading of the sample, heading of the draft) in the sample's order; ``missing``:
    headings of the sample without a counterpart; ``added``: headings of the draft that the sample
    has not; ``share``: matched of the sample's headings, 0 to 1 (1 where it has none).
    """

    share: float
    matched: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def coverage(text: str, sample: Sample, level: int = 2) -> Coverage:
    """Compare the draft's headings with the sample's down to ``level`` (1 一、 2 （一） …).

    Headings correspond if they share a topic of the synonym lexicon or 30 % of their runs of
    characters; each of the draft's counts once, the most alike first.
    """
    wanted = _headings(sample, level)
    present = _headings(parse_sample(text), level)
    ranked = sorted(
        ((likeness(w, p), -i, -j) for i, w in enumerate(wanted) for j, p in enumerate(present)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for alike, i, j in ranked:
        if alike >= ALIKE and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return Coverage(
        len(pairs) / len(wanted) if wanted else 1.0,
        tuple((wanted[i], present[pairs[i]]) for i in sorted(pairs)),
        tuple(heading for i, heading in enumerate(wanted) if i not in pairs),
        tuple(heading for j, heading in enumerate(present) if j not in pairs.values()),
    )


def likeness(one: str, other: str) -> float:
    """Return how alike two headings are in wording or meaning, 0 to 1; the same heading has 1."""
    if one == other:
        return 1.0
    a, b = (set(topics(heading)) for heading in (one, other))
    meaning = len(a & b) / len(a | b) if a | b else 0.0
    wording = min(containment(one, other), containment(other, one))
    return max(0.9 * meaning, 0.9 * wording)


def _headings(sample: Sample, level: int) -> list[str]:
    sections: list[Section] = [one for one in sample.walk() if one.level <= min(level, POINT - 1)]
    return [one.heading for one in sections]
