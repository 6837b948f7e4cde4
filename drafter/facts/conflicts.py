"""Conflicts among facts, found when they come in."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.domain import Fact, Notice


def find_conflicts(facts: Sequence[Fact]) -> list[Notice]:
    """Return what a person should settle before drafting."""
    return []
