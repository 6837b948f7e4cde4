"""Where a page stands: project, section, the version its editor shows, and which page it is.

It travels with every request, so the server needs no session and a restart loses nothing. It is
the browser's word only: the owner check is made for each request all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SHAPE = re.compile(r"(\d{1,9})\.(s\d{1,6})?\.(-|\d{1,9})\.([\w-]{0,24})")
LOCKED = -1


@dataclass(frozen=True, slots=True)
class Place:
    """``version`` is ``LOCKED`` while a job writes the section: the editor saves nothing then."""

    project: int = 0
    section: str = ""
    version: int = 0
    page: str = ""

    def __str__(self) -> str:
        version = "-" if self.version == LOCKED else str(self.version)
        return f"{self.project}.{self.section}.{version}.{self.page}"


def parse_place(text: object) -> Place:
    """Read a place; what is not one is no place at all."""
    found = _SHAPE.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return Place()
    project, section, version, page = found.groups()
    return Place(int(project), section or "", LOCKED if version == "-" else int(version), page)
