"""Exemplars that are read only as far as they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drafter.domain import Exemplar, Sample, SampleName, Section, Skeleton
from drafter.samples.skeleton import skeleton

Load = Callable[[], tuple[Sample, Section]]


class LazyExemplar(Exemplar):
    """An Exemplar whose section and skeleton are made when first asked for."""

    __slots__ = ("_load",)
    _load: Load

    @classmethod
    def found(cls, sample: str, score: float, load: Load) -> LazyExemplar:
        """Return the exemplar of a hit; ``load`` gives its sample and section."""
        new = cls.__new__(cls)
        for name, value in (("sample", SampleName(sample)), ("score", score), ("_load", load)):
            object.__setattr__(new, name, value)
        return new

    def __getattr__(self, name: str) -> Any:
        if name not in {"section", "skeleton"}:
            raise AttributeError(name)
        made: Section | Skeleton
        sample, made = self._load()
        if name == "skeleton":
            made = skeleton(made, sample)
        object.__setattr__(self, name, made)
        return made
