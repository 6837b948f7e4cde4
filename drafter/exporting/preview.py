"""The pages as they will be, line for line, for a preview without a word processor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drafter.domain import Draft
from drafter.errors import ExportError
from drafter.exporting.flow import flow
from drafter.exporting.grid import PLAIN
from drafter.exporting.landscape import turned
from drafter.exporting.pages import paginate, settle
from drafter.exporting.profile import Profile, as_profile


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line: ``indent`` and ``right`` are empty characters; ``align`` is "", center or right.

    ``style`` is Title, Heading1 …, GwBody and so on; a table's row has its cells parted by tabs.
    """

    text: str
    style: str
    indent: float = 0.0
    right: float = 0.0
    align: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of at most 22 lines; ``number`` as printed at its foot, on the side it stands."""

    number: int
    lines: tuple[PageLine, ...]

    @property
    def number_side(self) -> str:
        """Return right for odd pages, left for even ones (7.5)."""
        return "right" if self.number % 2 else "left"


def preview_pages(
    draft: Draft, profile: Profile | Mapping[str, Any] | str | None = None
) -> list[Page]:
    """Return the pages of a draft, estimated on the grid of 28 × 22 characters.

    Raises ExportError for a draft without sections.
    """
    if not draft.sections:
        raise ExportError("初稿里没有栏目，无法预览，请先起草或添加栏目。")
    chosen = as_profile(profile)
    pages = paginate(settle(turned(flow(draft, chosen), chosen), chosen), chosen, PLAIN)
    return [
        Page(number, tuple(PageLine(r.text, r.style, r.indent, r.right, r.align) for r in rows))
        for number, rows in enumerate(pages, 1)
    ]
