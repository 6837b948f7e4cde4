"""Facts: what the offices handed in, as numbered atomic statements with their sources."""

from drafter.facts.parse import make_fact, parse_facts
from drafter.facts.sheets import join_sheets
from drafter.facts.tables import parse_tables

__all__ = ["join_sheets", "make_fact", "parse_facts", "parse_tables"]
