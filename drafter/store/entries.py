"""Facts sheets, outlines and sections, a version for every change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from drafter.errors import Conflict, NotFound
from drafter.store import schema
from drafter.store.base import Base
from drafter.store.rows import Details, Entry, Version, pack, unpack

_PLAIN = Details()


class Entries(Base):
    """Entries by kind (facts, outline, section) and key; compare-and-swap on save."""

    def entry(self, kind: str, key: str = "") -> Entry | None:
        """Return an entry at its newest version, or ``None`` where nothing was saved yet."""
        found = self._entries(kind, key)
        return found[0] if found else None

    def entries(self, kind: str) -> dict[str, Entry]:
        """Return all entries of a kind by their key."""
        return {entry.key: entry for entry in self._entries(kind, None)}

    def _entries(self, kind: str, key: str | None) -> list[Entry]:
        heads, rows = schema.entries, schema.versions
        same = [heads.c[name] == rows.c[name] for name in ("project", "kind", "key", "number")]
        query = select(rows).join(heads, and_(*same))
        query = query.where(heads.c.project == self.id, heads.c.kind == kind)
        if key is not None:
            query = query.where(heads.c.key == key)
        with self._database.reading() as connection:
            return [Entry(row.kind, row.key, _version(row)) for row in connection.execute(query)]

    def save(
        self,
        kind: str,
        key: str,
        text: str,
        *,
        base: int,
        origin: str,
        details: Details = _PLAIN,
    ) -> Entry:
        """Save a new version over version ``base`` (0: nothing was there).

        Text and data equal to what is stored make no new version. Raises Conflict, with both
        texts, where somebody saved in between.
        """
        data, note = details.data, details.note
        with self._database.writing() as connection:
            head = self._head(connection, kind, key)
            if head and (head.text, head.data) == (text, data):
                return Entry(kind, key, head)
            if (head.number if head else 0) != base:
                raise Conflict(
                    "这一处已在别处改过：两份文字都保留着，请选用哪一份",
                    theirs=head.text if head else "",
                    ours=text,
                )
            parent = head.parent if head and details.amend else base
            version = Version(base + 1, parent, text, data, origin, self.user, note, self._now())
            self._write(connection, kind, key, version)
        return Entry(kind, key, version)

    def history(self, kind: str, key: str = "") -> list[Version]:
        """Return all versions of an entry, newest first, by number."""
        table = schema.versions
        query = select(table).where(self._of(table, kind, key)).order_by(table.c.number.desc())
        with self._database.reading() as connection:
            return [_version(row) for row in connection.execute(query)]

    def steps(self, kind: str, key: str = "") -> list[Version]:
        """Return all versions of an entry without text and data, newest first, by number."""
        table = schema.versions
        light = [c for c in table.c if c.name not in ("text", "data")]
        query = select(*light).where(self._of(table, kind, key)).order_by(table.c.number.desc())
        with self._database.reading() as connection:
            return [
                Version(row.number, row.parent, "", "", row.origin, row.author, unpack(row.note),
                        row.at)
                for row in connection.execute(query)
            ]  # fmt: skip

    def revisions(self, limit: int = 100) -> list[tuple[str, str, Version]]:
        """Return the newest versions of all entries as (kind, key, version), newest first."""
        table = schema.versions
        query = select(table).where(table.c.project == self.id)
        query = query.order_by(table.c.at.desc(), table.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return [(row.kind, row.key, _version(row)) for row in connection.execute(query)]

    def version(self, kind: str, key: str, number: int) -> Version:
        """Return one version. Raises NotFound."""
        with self._database.reading() as connection:
            return self._version_at(connection, kind, key, number)

    def restore(self, kind: str, key: str, number: int, *, base: int) -> Entry:
        """Save an older version's content as a new version. Raises NotFound, Conflict."""
        old = self.version(kind, key, number)
        return self.save(
            kind,
            key,
            old.text,
            base=base,
            origin="restore",
            details=Details(old.data, f"恢复第{number}版"),
        )

    def undo(self, kind: str, key: str = "") -> Entry | None:
        """Take the last change back, as a new version; again for the change before it.

        Returns ``None`` where there is nothing to take back.
        """
        with self._database.writing() as connection:
            head = self._head(connection, kind, key)
            if head is None or head.parent == 0:
                return None
            old = self._version_at(connection, kind, key, head.parent)
            number = head.number + 1
            note = f"撤销到第{old.number}版"
            version = Version(
                number, old.parent, old.text, old.data, "undo", self.user, note, self._now()
            )
            self._write(connection, kind, key, version)
        return Entry(kind, key, version)

    def _head(self, connection: Connection, kind: str, key: str) -> Version | None:
        table = schema.entries
        query = select(table.c.number).where(self._of(table, kind, key)).with_for_update()
        number = connection.execute(query).scalar()
        return self._version_at(connection, kind, key, number) if number else None

    def _version_at(self, connection: Connection, kind: str, key: str, number: int) -> Version:
        table = schema.versions
        query = select(table).where(self._of(table, kind, key), table.c.number == number)
        row = connection.execute(query).first()
        if row is None:
            raise NotFound(f"没有第{number}版：请刷新页面后再选")
        return _version(row)

    def _write(self, connection: Connection, kind: str, key: str, version: Version) -> None:
        place = {"project": self.id, "kind": kind, "key": key, "number": version.number}
        table = schema.entries
        done = connection.execute(
            update(table).where(self._of(table, kind, key)).values(number=version.number)
        )
        if not done.rowcount:
            connection.execute(insert(table).values(**place))
        row = {
            "parent": version.parent,
            "text": pack(version.text),
            "data": pack(version.data),
            "origin": version.origin,
            "author": version.author,
            "note": pack(version.note),
            "at": version.at,
        }
        connection.execute(insert(schema.versions).values(**place, **row))

    def _of(self, table: Any, kind: str, key: str) -> Any:
        return and_(table.c.project == self.id, table.c.kind == kind, table.c.key == key)


def _version(row: Row[Any]) -> Version:
    return Version(
        row.number,
        row.parent,
        unpack(row.text),
        unpack(row.data),
        row.origin,
        row.author,
        unpack(row.note),
        row.at,
    )
