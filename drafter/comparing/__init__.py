"""Comparing a draft with samples, with last year's text and with the drafts of other units."""

from drafter.comparing.matrix import overlap_matrix
from drafter.comparing.overlaps import covered, overlaps
from drafter.comparing.standing import standing_wording

__all__ = ["covered", "overlap_matrix", "overlaps", "standing_wording"]
