"""A section's structure without its specifics."""

from __future__ import annotations

import re

from drafter.chinese.sentences import split_sentences
from drafter.domain import Move, Sample, Section, Skeleton, Slot

_FIGURE = re.compile(
    r"([\d,.]+|[*＊]+|[Xx×]+)(余)?([万亿]?[元人次个项场件户公里亩%％条家名头吨米])"
)
_QUOTE = re.compile(r"“[^”]*”|《[^》]*》|[\d*Xx×]+")


def skeleton(section: Section, sample: Sample | None = None) -> Skeleton:
    """Return the section's skeleton, children included; nothing of its specifics is kept."""
    text = section.body + "".join(c.body for c in section.walk() if c is not section)
    figures = sum(1 for _ in _FIGURE.finditer(text))
    return Skeleton(
        section.level,
        _QUOTE.sub("〔词〕", section.heading),
        section.children[0].marker if section.children else "",
        len(section.children),
        tuple(_move(s.text) for s in split_sentences(section.body)),
        tuple(skeleton(child, sample) for child in section.children),
        len(text),
        round(1000 * figures / len(text), 1) if text else 0.0,
        bool(section.children and section.body),
    )


def _move(sentence: str) -> Move:
    slots = tuple(Slot("figure", m[3], len(m[1])) for m in _FIGURE.finditer(sentence))
    return Move("数据" if slots else "做法", "", slots, len(sentence))
