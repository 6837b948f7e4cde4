"""Exemplars that are read only as far as they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drafter.domain import Exemplar, SampleName, Section, Skeleton

Read = Callable[[str], Section | Skeleton]
"""Return the part of this name: section or skeleton."""


class LazyExemplar(Exemplar):
    """An Exemplar whose section and skeleton are made when first asked for."""

    __slots__ = ("_read",)
    _read: Read

    @classmethod
    def found(cls, sample: str, score: float, read: Read) -> LazyExemplar:
        """Return the exemplar of a hit; ``read`` gives its section and its skeleton."""
        new = cls.__new__(cls)
        for name, value in (("sample", SampleName(sample)), ("score", score), ("_read", read)):
            object.__setattr__(new, name, value)
        return new

    def __getattr__(self, name: str) -> Any:
        if name not in {"section", "skeleton"}:
            raise AttributeError(name)
        made = self._read(name)
        object.__setattr__(self, name, made)
        return made
