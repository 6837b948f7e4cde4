"""What every part of a project stands on: the database, the user, the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select, update

from drafter.store import schema
from drafter.store.database import Database, insert_row
from drafter.store.records import decode, encode
from drafter.store.rows import AuditLine, pack, unpack


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """A line of the project list."""

    id: int
    owner: str
    title: str
    lang: str
    settings: Mapping[str, str]
    at: str


def info_of(row: Row[Any]) -> ProjectInfo:
    """Return the record of a row of ``projects``."""
    settings = decode(dict[str, str], unpack(row.settings))
    return ProjectInfo(row.id, row.owner, unpack(row.title), row.lang, settings, row.at)


def line_of(row: Row[Any]) -> AuditLine:
    """Return the record of a row of ``audit``."""
    return AuditLine(row.user, row.action, unpack(row.detail), row.at, row.project)


class Base:
    """The project itself: title, settings, audit log."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        clock: Callable[[], float],
        user: str,
        info: ProjectInfo,
    ) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock
        self.user = user
        self.info = info
        self.id = info.id

    def rename(self, title: str) -> None:
        """Give the project another title."""
        self._set(title=pack(title))

    def settings(self) -> dict[str, str]:
        """Return the project's settings as stored now."""
        table = schema.projects
        with self._database.reading() as connection:
            query = select(table.c.settings).where(table.c.id == self.id)
            return decode(dict[str, str], unpack(connection.execute(query).scalar_one()))

    def set(self, **settings: str) -> None:
        """Change some settings (unit, period, title of the paper …)."""
        self._set(settings=pack(encode({**self.settings(), **settings})))

    def _set(self, **values: bytes) -> None:
        table = schema.projects
        with self._database.writing() as connection:
            connection.execute(update(table).where(table.c.id == self.id).values(**values))

    def log(self, action: str, detail: str = "") -> None:
        """Write a line to the audit log."""
        row = {"user": self.user, "action": action, "project": self.id, "detail": pack(detail)}
        with self._database.writing() as connection:
            insert_row(connection, schema.audit, {**row, "at": self._now()})

    def audit(self, limit: int = 100) -> list[AuditLine]:
        """Return the newest audit lines of this project."""
        table = schema.audit
        query = select(table).where(table.c.project == self.id).order_by(table.c.id.desc())
        with self._database.reading() as connection:
            return [line_of(row) for row in connection.execute(query.limit(limit))]

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock(), timezone.utc).isoformat(timespec="seconds")
