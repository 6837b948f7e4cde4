"""One engine for SQLite and PostgreSQL: short write transactions, errors in our words."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from drafter.errors import StoreError
from drafter.store import schema

BUSY_SECONDS = 5.0


class Database:
    """The engine and its two kinds of transaction.

    Raises StoreError from every block: locked, damaged, unreachable, each with what to do.
    """

    def __init__(self, engine: Engine, path: Path | None) -> None:
        self.engine = engine
        self.path = path

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that holds the write lock from its start, all or nothing."""
        with self._in_our_words(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for reading; it never waits for a writer."""
        options = {"isolation_level": "AUTOCOMMIT"}
        with self._in_our_words(), self.engine.connect() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(_message(error, self.path)) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def insert_row(connection: Connection, table: Table, row: Mapping[str, object]) -> int:
    """Insert a row and return the number it got."""
    key = connection.execute(insert(table).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def open_database(place: str | Path) -> Database:
    """Open a SQLite file by its path, or another database by its URL, at the newest schema.

    A store of an older schema is copied to ``*.v<n>.bak`` and then brought up to date. Raises
    StoreError: damaged (a copy is kept), of a newer program, locked, not writable, unreachable.
    """
    if "://" in str(place):
        database = Database(_engine(str(place)), None)
    else:
        path = Path(place)
        _check_file(path)
        database = Database(_engine(f"sqlite:///{path}"), path)
    _bring_up_to_date(database)
    return database


def _engine(url: str) -> Engine:
    try:
        if not url.startswith("sqlite"):
            return create_engine(url, pool_pre_ping=True)
        args = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        engine = create_engine(url, connect_args=args, pool_size=10, max_overflow=40)
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError("数据库地址不能用：请核对设置里的 database_url") from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN is deferred: two writers that both read first would fail, not wait.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.stat().st_size == 0:
            path.touch()
            return
        with sqlite3.connect(path, timeout=BUSY_SECONDS) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        connection.close()
    except sqlite3.OperationalError as error:
        raise StoreError(_busy(path)) from error
    except OSError as error:
        raise StoreError(f"数据文件夹不能写：{path.parent}。请检查磁盘空间和权限") from error
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        copy = _free_name(path, "broken")
        shutil.copy2(path, copy)
        raise StoreError(
            f"项目库已损坏：{path.name}。原样另存为 {copy.name}；"
            "请从备份恢复，或把损坏的文件移走后重新打开"
        )


def _free_name(path: Path, word: str) -> Path:
    number = 1
    while (copy := path.with_name(f"{path.name}.{word}{number}")).exists():
        number += 1
    return copy


def _bring_up_to_date(database: Database) -> None:
    with database.writing() as connection:
        known = set(inspect(connection).get_table_names())
        found = _stored_number(connection, known)
    if found is not None and found > schema.SCHEMA:
        raise StoreError("项目库由更新的版本写成：请升级本程序后再打开")
    if found is not None and found < schema.SCHEMA and database.path:
        _copy_before_steps(database.path, found)
    with database.writing() as connection:
        for number in range(schema.SCHEMA if found is None else found, schema.SCHEMA):
            schema.STEPS[number](connection)
        schema.metadata.create_all(connection)
        _store_number(connection, known, found)


def _stored_number(connection: Connection, known: set[str]) -> int | None:
    if "projects" not in known:
        return None
    if "meta" not in known:
        return 0
    query = select(schema.meta.c.value).where(schema.meta.c.key == "schema")
    return int(connection.execute(query).scalar() or 0)


def _store_number(connection: Connection, known: set[str], found: int | None) -> None:
    row: dict[str, Any] = {"value": str(schema.SCHEMA)}
    table = schema.meta
    if found is None or "meta" not in known:
        connection.execute(insert(table).values(key="schema", **row))
    elif found != schema.SCHEMA:
        connection.execute(update(table).where(table.c.key == "schema").values(**row))


def _copy_before_steps(path: Path, number: int) -> None:
    target = path.with_name(f"{path.name}.v{number}.bak")
    source, copy = sqlite3.connect(path), sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()


def _busy(path: Path | None) -> str:
    where = f"（{path.name}）" if path else ""
    return f"项目库正被别的程序占用{where}：请关闭另一个窗口或程序，稍后再试；内容没有丢失"


def _message(error: SQLAlchemyError, path: Path | None) -> str:
    said = str(error.orig).lower() if isinstance(error, DBAPIError) else ""
    if "locked" in said or "busy" in said:
        return _busy(path)
    if "malformed" in said or "not a database" in said:
        return "项目库已损坏：请停止使用，从备份恢复后重新打开"
    if "full" in said or "readonly" in said or "disk i/o" in said:
        return "项目库写不进去：请检查磁盘空间和文件夹权限；已有内容没有改动"
    if isinstance(error, IntegrityError):
        return "这一处刚在别处保存过：请刷新后再试，两处的文字都没有丢"
    if isinstance(error, OperationalError):
        return "连不上数据库：请核对数据库地址、账号和网络"
    return "项目库出错：这一步没有保存，请重试；仍不行请联系维护人员"
