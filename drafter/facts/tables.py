"""Tables → a sheet of numbered facts."""

from __future__ import annotations

from collections.abc import Iterable

from drafter.domain import Fact, FactSheet, Source, Table


def parse_tables(tables: Iterable[Table], unit: str = "", period: str = "") -> FactSheet:
    """Return the facts of tables, one a row."""
    facts = []
    for table in tables:
        for number, row in enumerate(table.rows, table.first_row):
            text = "，".join(cell for cell in row if cell.strip())
            if text:
                place = Source(table.file, f"{table.name}第{number}行")
                facts.append(Fact(f"F{len(facts) + 1}", text, source=place))
    return FactSheet(tuple(facts), unit, period)
