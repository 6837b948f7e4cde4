"""Samples become structures: parsing, skeletons, hygiene, retrieval."""

from drafter.samples.parse import parse_sample
from drafter.samples.skeleton import skeleton

__all__ = ["parse_sample", "skeleton"]
