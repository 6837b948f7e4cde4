"""Samples become structures: parsing, skeletons, hygiene, retrieval."""

from drafter.samples.library import Library
from drafter.samples.parse import parse_sample
from drafter.samples.skeleton import skeleton

__all__ = ["Library", "parse_sample", "skeleton"]
