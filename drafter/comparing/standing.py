"""Wording that is handed down to all: sharing it with a sample is no copying."""

from __future__ import annotations

from drafter.resources import lexicon


def standing_wording() -> tuple[str, ...]:
    """Return formulations of Party and law for ``allow`` of ``overlaps`` and ``compare``.

    They are no default there: what a comparison leaves out is said by whoever asks for it.
    """
    return lexicon("comparing", "standing.txt")
