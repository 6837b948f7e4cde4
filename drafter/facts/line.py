"""One line of an office's notes, as it is understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "fact", "tag", "sender", "signature", "heading", "title", "meta", "talk", "rule", "row"
]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or the part of it behind a tag.

    ``label`` is the tag, sender or heading that it opens, or the signature that it is, ``office``
    who supplied what stands under a heading, ``text`` the stretch ``start`` … ``end`` of the input,
    ``cells`` what a row of a pasted table holds.
    """

    kind: Kind
    number: int
    start: int
    end: int
    text: str
    label: str = ""
    cells: tuple[str, ...] = ()
    office: str = ""
