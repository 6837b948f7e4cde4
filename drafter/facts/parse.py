"""Pasted lines and chat → a sheet of numbered facts."""

from __future__ import annotations

from drafter.domain import Fact, FactSheet, Source


def parse_facts(text: str, unit: str = "", period: str = "", source: str = "粘贴") -> FactSheet:
    """Return the facts of pasted lines, one a line."""
    facts = []
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = Source(source, f"第{number}行", at, at + len(line))
            facts.append(Fact(f"F{len(facts) + 1}", line.strip(), source=place))
        at += len(line) + 1
    return FactSheet(tuple(facts), unit, period)
