"""Texts that wait for a yes or no, and findings put aside."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from drafter.errors import NotFound
from drafter.store import schema
from drafter.store.database import insert_row
from drafter.store.entries import Entries
from drafter.store.rows import Candidate, Entry, Version, pack, unpack


class Reviews(Entries):
    """What a person decides on: candidates and findings."""

    def propose(
        self, section: str, text: str, *, base: int, origin: str, data: str = "", note: str = ""
    ) -> Candidate:
        """Keep a text for a person to accept or reject; an older open one gives way to it."""
        row = {
            "project": self.id,
            "section": section,
            "base": base,
            "text": pack(text),
            "data": pack(data),
            "origin": origin,
            "note": pack(note),
            "state": "open",
            "at": self._now(),
        }
        with self._database.writing() as connection:
            self._settle(connection, section, "replaced")
            insert_row(connection, schema.candidates, row)
        found = self.candidate(section)
        assert found is not None
        return found

    def candidate(self, section: str) -> Candidate | None:
        """Return the open candidate of a section."""
        return self.candidates().get(section)

    def candidates(self) -> dict[str, Candidate]:
        """Return all open candidates by section."""
        table = schema.candidates
        query = select(table).where(table.c.project == self.id, table.c.state == "open")
        with self._database.reading() as connection:
            return {row.section: _candidate(row) for row in connection.execute(query)}

    def settle(self, section: str, *, accept: bool) -> Entry | None:
        """Accept the open candidate as a new version, or put it aside; neither deletes a text.

        Returns the section's entry. Raises NotFound where no candidate is open.
        """
        candidate = self.candidate(section)
        if candidate is None:
            raise NotFound("这一节没有待选的新稿")
        with self._database.writing() as connection:
            self._settle(connection, section, "accepted" if accept else "rejected")
            head = self._head(connection, "section", section)
            if not accept:
                return Entry("section", section, head) if head else None
            base = head.number if head else 0
            version = Version(
                base + 1,
                base,
                candidate.text,
                candidate.data,
                candidate.origin,
                self.user,
                candidate.note,
                self._now(),
            )
            self._write(connection, "section", section, version)
        return Entry("section", section, version)

    def _settle(self, connection: Connection, section: str, state: str) -> None:
        table = schema.candidates
        open_one = and_(
            table.c.project == self.id, table.c.section == section, table.c.state == "open"
        )
        connection.execute(update(table).where(open_one).values(state=state))

    def ignore(self, finding: str, reason: str) -> None:
        """Put a finding aside, with the reason; the audit log names it."""
        table = schema.ignored
        same = and_(table.c.project == self.id, table.c.finding == finding)
        values = {"reason": pack(reason), "author": self.user, "at": self._now()}
        with self._database.writing() as connection:
            if not connection.execute(update(table).where(same).values(**values)).rowcount:
                row = {"project": self.id, "finding": finding, **values}
                connection.execute(insert(table).values(**row))

    def heed(self, finding: str) -> None:
        """Take a finding back into the queue."""
        table = schema.ignored
        with self._database.writing() as connection:
            same = and_(table.c.project == self.id, table.c.finding == finding)
            connection.execute(table.delete().where(same))

    def ignored(self) -> dict[str, str]:
        """Return the reasons by finding."""
        table = schema.ignored
        with self._database.reading() as connection:
            rows = connection.execute(select(table).where(table.c.project == self.id)).all()
        return {row.finding: unpack(row.reason) for row in rows}


def _candidate(row: Row[Any]) -> Candidate:
    return Candidate(
        row.id,
        row.section,
        row.base,
        unpack(row.text),
        unpack(row.data),
        row.origin,
        unpack(row.note),
        row.state,
        row.at,
    )
