"""Drafts the work summaries a Chinese township owes its county."""
