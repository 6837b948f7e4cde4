"""Drafts the work summaries a Chinese township owes its county.

Every figure, name and date in a draft has a source in the facts or is shown as open. Names are
loaded when first used, so that ``import drafter`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in __all__:
        raise AttributeError(f"module 'drafter' has no attribute {name!r}")
    for room in ("drafter.domain", "drafter.errors", "drafter.public"):
        found = getattr(import_module(room), name, None)
        if found is not None:
            return found
    raise AttributeError(f"module 'drafter' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("township-drafter")
    except PackageNotFoundError:
        return "0"
