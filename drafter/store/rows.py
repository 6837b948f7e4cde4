"""What the store hands out: frozen rows, with the texts unpacked."""

from __future__ import annotations

import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an entry. Numbers count up from 1 and give the order, ``at`` does not.

    ``parent`` is the version that an undo goes back to (0: there is none). ``origin``: composer,
    model, hand, import, undo, restore.
    """

    number: int
    parent: int
    text: str
    data: str
    origin: str
    author: str
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class Details:
    """What a version carries beside its text: data, and a note on how it came about.

    With ``amend`` an undo passes over the version before it, so that a burst of typing is taken
    back as one.
    """

    data: str = ""
    note: str = ""
    amend: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A facts sheet, an outline or a section, at its newest version."""

    kind: str
    key: str
    version: Version

    @property
    def number(self) -> int:
        """Return the newest version's number."""
        return self.version.number

    @property
    def text(self) -> str:
        """Return the newest text."""
        return self.version.text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that waits for a person's yes or no; ``base`` is the version it was made against."""

    id: int
    section: str
    base: int
    text: str
    data: str
    origin: str
    note: str
    state: str
    at: str


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work on the server. ``state``: queued running done failed stopped interrupted.

    ``started`` and ``heartbeat`` are seconds since 1970.
    """

    id: int
    section: str
    kind: str
    state: str
    partial: str
    error: str
    data: str
    started: float
    heartbeat: float

    @property
    def active(self) -> bool:
        """Tell whether somebody still works on it."""
        return self.state in ("queued", "running")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An original or an export, kept by its content's hash; ``name`` is for showing only."""

    id: int
    sha256: str
    name: str
    size: int
    at: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what, and in which project (``None``: in none, as a sign-in)."""

    user: str
    action: str
    detail: str
    at: str
    project: int | None = None


def pack(text: str) -> bytes:
    """Return any string as compressed bytes: NUL and lone surrogates survive in every database."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 3) if text else b""


def unpack(data: bytes | memoryview) -> str:
    """Return what ``pack`` packed."""
    raw = bytes(data)
    return zlib.decompress(raw).decode("utf-8", "surrogatepass") if raw else ""
