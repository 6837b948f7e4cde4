"""The parsed trees of samples in a folder, so that a sample is opened without parsing it again.

``trees.bin`` holds each tree by itself (JSON, compressed; bodies as places in the text), and
``rows.bin`` where it lies. Both are written as those of ``shelf``.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from drafter.domain import Notice, Part, Sample, Section
from drafter.samples.index.shelf import replace_file

_ROW = struct.Struct("<QI")
_OWN = tuple(field.name for field in fields(Section) if field.name not in {"body", "children"})
_NOTICE = tuple(field.name for field in fields(Notice))
_PART = tuple(field.name for field in fields(Part))


class Trees:
    """Trees by the numbers of their samples."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._trees, self._rows = folder / "trees.bin", folder / "rows.bin"
        self.open()

    def open(self) -> None:
        """See what has been written, by others too."""
        self._table = self._rows.read_bytes() if self._rows.exists() else b""
        self._bytes: bytes | mmap.mmap = b""
        if self._table:
            with self._trees.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._table) // _ROW.size

    def sample(self, number: int, name: str, text: str) -> Sample:
        """Return the sample of this number, whose name and text are these."""
        place, size = _ROW.unpack_from(self._table, number * _ROW.size)
        tree = json.loads(zlib.decompress(self._bytes[place : place + size]))
        return Sample(
            name,
            tree["title"],
            tuple(_section(row, text) for row in tree["sections"]),
            tuple(Notice(**_tuples(zip(_NOTICE, row, strict=True))) for row in tree["warnings"]),
            text,
            tuple(Part(**dict(zip(_PART, row, strict=True))) for row in tree["parts"]),
        )

    def extend(self, samples: Iterable[Sample]) -> None:
        """Append the trees of samples: first all trees, then the rows that make them visible."""
        rows = bytearray(self._table)
        with self._trees.open("ab") as file:
            for sample in samples:
                packed = zlib.compress(json.dumps(_tree(sample)).encode(), 6)
                rows += _ROW.pack(file.tell(), len(packed))
                file.write(packed)
        if rows:
            replace_file(self._rows, bytes(rows))
        self.open()


def _tree(sample: Sample) -> dict[str, Any]:
    return {
        "title": sample.title,
        "sections": [_row(section, sample.text) for section in sample.sections],
        "warnings": [[getattr(one, name) for name in _NOTICE] for one in sample.warnings],
        "parts": [[getattr(one, name) for name in _PART] for one in sample.parts],
    }


def _row(section: Section, text: str) -> list[Any]:
    place = text.find(section.body, section.start) if section.body else -1
    body: Any = [place, len(section.body)] if place >= 0 else section.body
    children = [_row(child, text) for child in section.children]
    return [body, children, *(getattr(section, name) for name in _OWN)]


def _section(row: list[Any], text: str) -> Section:
    body, children, *own = row
    if not isinstance(body, str):
        body = text[body[0] : body[0] + body[1]]
    below = tuple(_section(child, text) for child in children)
    return Section(body=body, children=below, **dict(zip(_OWN, own, strict=True)))


def _tuples(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in pairs}
