"""Things with a name of their own in a heading (清风行动, 红色驿站), made of common words."""

from __future__ import annotations

import re
from functools import cache

from drafter.resources import lexicon
from drafter.samples.common import UNKNOWN, parts

_RUN = re.compile(r"(?<!〔)[\u4e00-\u9fff]{3,}")


@cache
def _things() -> dict[str, tuple[str, ...]]:
    rows = (line.partition("\t") for line in lexicon("samples", "named_things.tsv"))
    return {noun: tuple(plain.split()) for noun, _, plain in rows}


@cache
def _verbs() -> frozenset[str]:
    return frozenset(" ".join(lexicon("samples", "heading_verbs.txt")).split())


def without_named(heading: str) -> str:
    """Return a heading with 〔词〕 for what names a thing: 打造红色驿站 → 打造〔词〕驿站.

    A name begins behind a verb or at the heading's beginning and ends before one of the nouns of
    ``named_things.tsv``, unless what stands before that noun is said of any such thing (专项行动).
    """
    return _RUN.sub(lambda run: "".join(_unnamed(parts(run.group()))), heading)


def _unnamed(words: list[str]) -> list[str]:
    kept: list[str] = []
    begins = 0
    for word in words:
        plain = _things().get(word)
        named = plain is not None and len(kept) > begins and not kept[-1].endswith(plain)
        if named:
            kept[begins:] = [UNKNOWN]
        kept.append(word)
        if word in _verbs():
            begins = len(kept)
    return kept
