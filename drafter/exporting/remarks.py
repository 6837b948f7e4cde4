"""What people wrote in the margin of an edited paper: their comments, with the words they mean."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.exporting.wordread import parse_part, text_of
from drafter.exporting.wordxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

COMMENTS = "word/comments.xml"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of a person: who wrote it, what, and the words of the paper that it lies on."""

    author: str
    text: str
    anchor: str


def read_remarks(data: bytes, ours: str) -> list[Remark]:
    """Return the comments of a .docx, but for those of the author ``ours``.

    The file must have been read before (``read_lines``): errors of damage are raised there.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if COMMENTS not in archive.namelist():
            return []
        comments = parse_part(archive, COMMENTS)
        anchors = _anchors(parse_part(archive, "word/document.xml"))
    found = (_remark(comment, anchors) for comment in comments.iterfind(f"{{{W}}}comment"))
    return [remark for remark in found if remark.author != ours]


def _remark(comment: _Element, anchors: Mapping[str, str]) -> Remark:
    lines = (text_of(p) for p in comment.iterfind(f"{{{W}}}p"))
    number = comment.get(f"{{{W}}}id", "")
    author = comment.get(f"{{{W}}}author", "")
    return Remark(author, "\n".join(lines).strip(), anchors.get(number, ""))


def _anchors(document: _Element) -> dict[str, str]:
    """Return the words that each comment lies on, by its id."""
    found: dict[str, str] = {}
    still_open: set[str] = set()
    for element in document.iter():
        number = "" if not isinstance(element.tag, str) else element.get(f"{{{W}}}id", "")
        if element.tag == f"{{{W}}}commentRangeStart":
            still_open.add(number)
            found[number] = ""
        elif element.tag == f"{{{W}}}commentRangeEnd":
            still_open.discard(number)
        elif element.tag == f"{{{W}}}t":
            for i in still_open:
                found[i] += element.text or ""
    return found
