"""A heading's mark at its place."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """A mark at ``start``; ``heading`` is where the text behind it begins.

    ``opens``: it opens a paragraph. ``kind`` as in Section.kind.
    """

    start: int
    heading: int
    level: int
    number: int
    text: str
    opens: bool
    kind: str = "numbered"
