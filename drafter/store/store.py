"""The store's front door: projects of a user, sign-ins, the audit log."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from drafter.errors import NotAllowed, NotFound
from drafter.store import schema
from drafter.store.base import ProjectInfo, info_of, line_of
from drafter.store.database import Database, insert_row, open_database
from drafter.store.projects import Project
from drafter.store.records import encode
from drafter.store.rows import AuditLine, pack, unpack

SIGNED_IN_SECONDS = 12 * 3600.0
Clock = Callable[[], float]


class Store:
    """All projects. ``clock`` gives seconds since 1970; order never rests on it."""

    def __init__(self, database: Database, folder: Path, clock: Clock = time.time) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock

    @classmethod
    def open(cls, place: str | Path, folder: Path | None = None, clock: Clock = time.time) -> Store:
        """Open a store by file path or database URL; originals lie in ``folder`` by hash.

        Jobs that ran when the program ended are marked interrupted. Raises StoreError.
        """
        where = folder or (Path(place).parent if "://" not in str(place) else Path())
        store = cls(open_database(place), where / "files", clock)
        store._interrupt_jobs()
        return store

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    # ------------------------------------------------------------------ projects

    def create_project(
        self, user: str, title: str, lang: str = "zh", settings: Mapping[str, str] | None = None
    ) -> Project:
        """Create an empty project of this user and make it their last one."""
        row = {
            "owner": user,
            "title": pack(title),
            "lang": lang,
            "settings": pack(encode(dict(settings or {}))),
            "deleted": False,
            "at": self._now(),
        }
        with self._database.writing() as connection:
            number = insert_row(connection, schema.projects, row)
        self.remember(user, number)
        self.log(user, "新建项目", title, number)
        return self.project(user, number)

    def projects(self, user: str, *, deleted: bool = False) -> list[ProjectInfo]:
        """Return the user's projects, or those the user has deleted, newest first."""
        table = schema.projects
        query = (
            select(table)
            .where(table.c.owner == user, table.c.deleted.is_(deleted))
            .order_by(table.c.id.desc())
        )
        with self._database.reading() as connection:
            return [info_of(row) for row in connection.execute(query)]

    def titles(self) -> dict[int, str]:
        """Return the titles of all projects, deleted ones too, by number."""
        table = schema.projects
        with self._database.reading() as connection:
            rows = connection.execute(select(table.c.id, table.c.title)).all()
        return {row.id: unpack(row.title) for row in rows}

    def project(self, user: str, number: int) -> Project:
        """Open a project. Raises NotFound, and NotAllowed where it is somebody else's."""
        table = schema.projects
        with self._database.reading() as connection:
            row = connection.execute(select(table).where(table.c.id == number)).first()
        if row is None or row.deleted:
            raise NotFound("没有这个项目：可能已被删除，请从项目列表重新打开")
        if row.owner != user:
            raise NotAllowed("这个项目属于别的用户，不能打开")
        return Project(self._database, self._folder, self._clock, user, info_of(row))

    def delete_project(self, user: str, number: int) -> None:
        """Take a project out of the list; its texts stay in the store."""
        self.project(user, number)
        self._set_deleted(number, True)
        self.log(user, "删除项目", "", number)

    def restore_project(self, user: str, number: int) -> Project:
        """Bring a deleted project back."""
        table = schema.projects
        with self._database.reading() as connection:
            owner = connection.execute(select(table.c.owner).where(table.c.id == number)).scalar()
        if owner != user:
            raise NotAllowed("这个项目属于别的用户，不能恢复")
        self._set_deleted(number, False)
        self.log(user, "恢复项目", "", number)
        return self.project(user, number)

    def _set_deleted(self, number: int, value: bool) -> None:
        table = schema.projects
        with self._database.writing() as connection:
            connection.execute(update(table).where(table.c.id == number).values(deleted=value))

    # ------------------------------------------------------------------ users

    def remember(self, user: str, project: int) -> None:
        """Keep which project the user had open last."""
        table = schema.users
        with self._database.writing() as connection:
            done = connection.execute(
                update(table).where(table.c.name == user).values(last_project=project)
            )
            if not done.rowcount:
                row = {"name": user, "last_project": project, "at": self._now()}
                connection.execute(insert(table).values(**row))

    def last_project(self, user: str) -> int | None:
        """Return the project the user had open last, or ``None``."""
        table = schema.users
        with self._database.reading() as connection:
            query = select(table.c.last_project).where(table.c.name == user)
            number = connection.execute(query).scalar()
        return int(number) if number is not None else None

    def sign_in(self, user: str) -> str:
        """Return a new cookie for the user; only its hash is kept."""
        token = secrets.token_urlsafe(32)
        table = schema.signins
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.expires < self._clock()))
            expires = self._clock() + SIGNED_IN_SECONDS
            row = {"token": _hashed(token), "user": user, "expires": expires}
            connection.execute(insert(table).values(**row))
        self.log(user, "登录", "")
        return token

    def signed_in(self, token: str) -> str | None:
        """Return the user of a cookie, or ``None`` where it is unknown or has run out."""
        table = schema.signins
        query = select(table.c.user).where(
            table.c.token == _hashed(token), table.c.expires >= self._clock()
        )
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def sign_out(self, token: str) -> None:
        """Forget a cookie."""
        table = schema.signins
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.token == _hashed(token)))

    # ------------------------------------------------------------------ audit

    def log(self, user: str, action: str, detail: str, project: int | None = None) -> None:
        """Write a line to the audit log."""
        row = {"user": user, "action": action, "project": project}
        with self._database.writing() as connection:
            values = {**row, "detail": pack(detail), "at": self._now()}
            connection.execute(insert(schema.audit).values(**values))

    def audit(self, user: str = "", limit: int = 200) -> list[AuditLine]:
        """Return the newest lines of the audit log, of one user or of all."""
        table = schema.audit
        query = select(table).order_by(table.c.id.desc()).limit(limit)
        if user:
            query = query.where(table.c.user == user)
        with self._database.reading() as connection:
            return [line_of(row) for row in connection.execute(query)]

    # ------------------------------------------------------------------ within

    def _interrupt_jobs(self) -> None:
        table = schema.jobs
        running = table.c.state.in_(("queued", "running"))
        with self._database.writing() as connection:
            connection.execute(update(table).where(running).values(state="interrupted"))

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock(), timezone.utc).isoformat(timespec="seconds")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
