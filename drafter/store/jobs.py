"""Work that runs on the server and outlives the page that asked for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, func, select, update

from drafter.store import schema
from drafter.store.base import Base
from drafter.store.database import insert_row
from drafter.store.rows import Job, pack, unpack

SILENT_SECONDS = 120.0
"""A running job without a heartbeat for so long belongs to a program that has ended."""


class Jobs(Base):
    """Jobs of a project: state, text so far, error."""

    def start_job(self, kind: str, section: str = "", data: str = "") -> int:
        """Enter a job as queued and return its number."""
        now = self._clock()
        row = {
            "project": self.id,
            "section": section,
            "kind": kind,
            "state": "queued",
            "partial": b"",
            "error": b"",
            "data": pack(data),
            "started": now,
            "heartbeat": now,
        }
        with self._database.writing() as connection:
            return insert_row(connection, schema.jobs, row)

    def beat(
        self,
        job: int,
        *,
        state: str | None = None,
        partial: str | None = None,
        error: str | None = None,
    ) -> None:
        """Write a job's progress; what is not given stays."""
        given = {"partial": partial, "error": error}
        values: dict[str, Any] = {k: pack(v) for k, v in given.items() if v is not None}
        if state is not None:
            values["state"] = state
        table = schema.jobs
        mine = and_(table.c.id == job, table.c.project == self.id)
        with self._database.writing() as connection:
            connection.execute(update(table).where(mine).values(heartbeat=self._clock(), **values))

    def jobs(self, *, latest: bool = True) -> list[Job]:
        """Return the newest job of each section and kind (or all jobs), oldest first."""
        table = schema.jobs
        query = select(table).where(table.c.project == self.id)
        if latest:
            newest = (
                select(func.max(table.c.id))
                .where(table.c.project == self.id)
                .group_by(table.c.section, table.c.kind)
            )
            query = query.where(table.c.id.in_(newest))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(table.c.id)).all()
        return [_job(row, self._clock()) for row in rows]


def _job(row: Row[Any], now: float) -> Job:
    silent = row.state in ("queued", "running") and now - row.heartbeat > SILENT_SECONDS
    return Job(
        row.id,
        row.section,
        row.kind,
        "interrupted" if silent else row.state,
        unpack(row.partial),
        unpack(row.error),
        unpack(row.data),
        row.started,
        row.heartbeat,
    )
