"""Tables whose rows or columns are parts of a year: 1月, 一季度, 上半年累计."""

from __future__ import annotations

from drafter.domain import Table
from drafter.facts.grids import Layout
from drafter.facts.months import Months, months_of
from drafter.facts.table_cells import at, is_data, is_total

_FEWEST_ROWS = 2


def row_months(table: Table, layout: Layout) -> dict[int, Months]:
    """Return the months of each row of a table whose rows are parts of a year, else nothing.

    Rows of totals aside, every row must be one: a list of events may have 3月 in it as well.
    """
    column = next(iter(layout.of("label")), None)
    if column is None or not layout.of("figure"):
        return {}
    found: dict[int, Months] = {}
    for i in layout.body:
        label = at(table.rows[i], column.index)
        months = months_of(label)
        if months is not None:
            found[i] = months
        elif label and is_data(table.rows[i]) and not is_total(label):
            return {}
    return found if len(found) >= _FEWEST_ROWS else {}
