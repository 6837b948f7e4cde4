"""Comparing a draft with samples, with last year's text and with the drafts of other units."""

from drafter.comparing.overlaps import covered, overlap_matrix, overlaps

__all__ = ["covered", "overlap_matrix", "overlaps"]
