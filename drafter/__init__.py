"""Drafts the work summaries a Chinese township owes its county.

Every figure, name and date in a draft has a source in the facts or is shown as open.
"""

from importlib.metadata import PackageNotFoundError, version

from drafter.domain import (
    Draft,
    Exemplar,
    Fact,
    FactSheet,
    Figure,
    Finding,
    Outline,
    Overlap,
    OverlapMatrix,
    Sample,
    Section,
    Skeleton,
)
from drafter.errors import DrafterError
from drafter.public import (
    Library,
    check,
    export_docx,
    make_outline,
    overlap_matrix,
    parse_facts,
    parse_sample,
    read_facts,
    read_text,
    write,
)

try:
    __version__ = version("township-drafter")
except PackageNotFoundError:
    __version__ = "0"

__all__ = [
    "Draft",
    "DrafterError",
    "Exemplar",
    "Fact",
    "FactSheet",
    "Figure",
    "Finding",
    "Library",
    "Outline",
    "Overlap",
    "OverlapMatrix",
    "Sample",
    "Section",
    "Skeleton",
    "check",
    "export_docx",
    "make_outline",
    "overlap_matrix",
    "parse_facts",
    "parse_sample",
    "read_facts",
    "read_text",
    "write",
]
