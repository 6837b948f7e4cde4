"""Texts in a folder that many processes read at once.

It holds ``texts.bin`` (each name, and each text compressed by itself), ``rows.bin`` (a row of
fixed length a sample: where its name and text lie, its digest), ``words.bin`` (pieces of the first
texts, which all texts are compressed against) and ``state.json``. Texts and rows only grow; a row
is written after its text, so that what a killed writer leaves behind is not seen.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from drafter.domain import Sample

_ROW = struct.Struct("<QHI16s")
_CODE = ("utf-8", "surrogatepass")
_PACKING = ("utf-16-le", "surrogatepass")
"""Two bytes a Han character, and read five times as fast as the others."""
WORDS, PIECES = 32_768, 16
"""Bytes that the compression can look back on, and the texts that they are taken from."""
OPEN_TEXTS = 512
"""Texts that stay unpacked: about as many as one draft asks for."""


class Shelved(NamedTuple):
    """A sample to be kept, and the digest that its owner knows it by."""

    sample: Sample
    digest: bytes


def digest_of(sample: Sample) -> bytes:
    """Return 16 bytes that stand for a sample's name and text."""
    whole = f"{sample.name}\0{sample.text}".encode("utf-8", "surrogatepass")
    return blake2b(whole, digest_size=16).digest()


class Shelf:
    """Samples in a folder. Reading is safe beside one writer; see the module's docstring."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._texts, self._rows = folder / "texts.bin", folder / "rows.bin"
        self._words_file = folder / "words.bin"
        self.open()

    def open(self) -> None:
        """See what has been written, by others too."""
        for path in (self._texts, self._rows):
            if not path.exists():
                path.touch()
        self._words = self._words_file.read_bytes() if self._words_file.exists() else b""
        self._table = self._rows.read_bytes()
        self._count = len(self._table) // _ROW.size
        with self._texts.open("rb") as file:
            empty = self._texts.stat().st_size == 0
            self._bytes = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return self._count

    def name(self, number: int) -> str:
        """Return a sample's name."""
        place, name, _, _ = _ROW.unpack_from(self._table, number * _ROW.size)
        return self._bytes[place : place + name].decode(*_CODE)

    def text(self, number: int) -> str:
        """Return a sample's text."""
        place, name, size, _ = _ROW.unpack_from(self._table, number * _ROW.size)
        return unpacked(self._bytes[place + name : place + name + size], self._words)

    def digests(self) -> Sequence[bytes]:
        """Return the digests in the order of the numbers."""
        return [row[3] for row in _ROW.iter_unpack(self._table[: self._count * _ROW.size])]

    def extend(self, found: Sequence[Shelved]) -> None:
        """Append samples: first all texts, then the rows that make them visible."""
        if found and not self._words:
            self._words = words_of([one.sample.text for one in found])
            replace_file(self._words_file, self._words)
        rows = bytearray(self._table[: self._count * _ROW.size])
        with self._texts.open("ab") as file:
            for sample, digest in found:
                name = sample.name.encode(*_CODE)
                text = packed(sample.text, self._words)
                rows += _ROW.pack(file.tell(), len(name), len(text), digest)
                file.write(name + text)
        replace_file(self._rows, bytes(rows))
        self.open()

    def read_state(self) -> dict[str, Any]:
        """Return what was written last, or {}."""
        path = self.folder / "state.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def write_state(self, state: dict[str, Any]) -> None:
        """Write the state; a reader sees the old one or the new one."""
        replace_file(self.folder / "state.json", json.dumps(state).encode())


class Texts(Sequence[str]):
    """The texts of a shelf from one number on, each read when it is asked for."""

    def __init__(self, shelf: Shelf, first: int, last: int) -> None:
        self._read = lru_cache(OPEN_TEXTS)(shelf.text)
        self._numbers = range(first, last)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, number: Any) -> Any:
        return self._read(self._numbers[number])

    def __iter__(self) -> Iterator[str]:
        return map(self._read, self._numbers)


def words_of(texts: Sequence[str]) -> bytes:
    """Return pieces of some texts from all over, of 32 kB at most together, never none."""
    chosen = texts[:: -(-len(texts) // PIECES)]
    pieces = (text.encode(*_PACKING)[: WORDS // len(chosen)] for text in chosen)
    return b"".join(pieces) or b"\n"


def packed(text: str, words: bytes) -> bytes:
    """Return a text compressed against some words."""
    way = zlib.compressobj(zdict=words)
    return way.compress(text.encode(*_PACKING)) + way.flush()


def unpacked(data: bytes, words: bytes) -> str:
    """Return the text that ``packed`` gave these bytes for."""
    return zlib.decompressobj(zdict=words).decompress(data).decode(*_PACKING)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_bytes(content)
    unfinished.replace(path)
