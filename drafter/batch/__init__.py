"""Many units at once: a table of units, a resumable run, the risk sheet, the archive."""

from __future__ import annotations

import logging

from drafter.batch.archive import build_archive, write_archive
from drafter.batch.record import (
    BadRow,
    BatchEvent,
    BatchReport,
    DraftUnit,
    RunOptions,
    Unit,
    UnitReport,
    UnitResult,
    UnitsTable,
    read_report,
)
from drafter.batch.runner import run_batch
from drafter.batch.units import read_units

logging.getLogger(__name__).addHandler(logging.NullHandler())  # an edge decides what is shown

__all__ = [
    "BadRow",
    "BatchEvent",
    "BatchReport",
    "DraftUnit",
    "RunOptions",
    "Unit",
    "UnitReport",
    "UnitResult",
    "UnitsTable",
    "build_archive",
    "read_report",
    "read_units",
    "run_batch",
    "write_archive",
]
