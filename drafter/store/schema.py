"""The tables, and the steps from an older schema to this one."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

SCHEMA = 1
"""Number of this schema; raise it together with a step in ``STEPS``."""

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String))

users = Table(
    "users",
    metadata,
    Column("name", String, primary_key=True),
    Column("last_project", Integer),
    Column("at", String, nullable=False),
)

signins = Table(
    "signins",
    metadata,
    Column("token", String, primary_key=True),  # SHA-256 of the cookie, never the cookie
    Column("user", String, nullable=False),
    Column("expires", Float, nullable=False),
)

projects = Table(
    "projects",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("owner", String, nullable=False, index=True),
    Column("title", LargeBinary, nullable=False),
    Column("lang", String, nullable=False),
    Column("settings", LargeBinary, nullable=False),
    Column("deleted", Boolean, nullable=False, default=False),
    Column("at", String, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("project", Integer, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("number", Integer, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("project", Integer, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("parent", Integer, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("origin", String, nullable=False),
    Column("author", String, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("at", String, nullable=False),
)

candidates = Table(
    "candidates",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("project", Integer, nullable=False),
    Column("section", String, nullable=False),
    Column("base", Integer, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("origin", String, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Column("state", String, nullable=False),  # open, accepted, rejected
    Column("at", String, nullable=False),
    Index("candidates_of", "project", "section", "state"),
)

ignored = Table(
    "ignored",
    metadata,
    Column("project", Integer, primary_key=True),
    Column("finding", String, primary_key=True),
    Column("reason", LargeBinary, nullable=False),
    Column("author", String, nullable=False),
    Column("at", String, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("project", Integer, nullable=False, index=True),
    Column("section", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("partial", LargeBinary, nullable=False),
    Column("error", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("started", Float, nullable=False),
    Column("heartbeat", Float, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("project", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", String, nullable=False),
    UniqueConstraint("project", "sha256", "name"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("user", String, nullable=False),
    Column("project", Integer),
    Column("action", String, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Column("at", String, nullable=False),
)


def _from_0(connection: Connection) -> None:
    """Add what stores written before numbered schemas lack: a job's own data."""
    columns = {row[1] for row in connection.execute(text("PRAGMA table_info(jobs)"))}
    if "data" not in columns:
        connection.execute(text("ALTER TABLE jobs ADD COLUMN data BLOB NOT NULL DEFAULT x''"))


STEPS: dict[int, Callable[[Connection], None]] = {0: _from_0}
"""From schema n to n + 1. A step must leave the store usable, and lose nothing."""
