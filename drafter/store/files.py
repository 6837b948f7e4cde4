"""Originals and exports on disk, named by their content."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from sqlalchemy import and_, select

from drafter.errors import NotFound, StoreError
from drafter.store import schema
from drafter.store.database import Database, insert_row
from drafter.store.rows import StoredFile, pack, unpack


def keep_file(
    database: Database, folder: Path, project: int, name: str, data: bytes, at: str
) -> StoredFile:
    """Write the bytes once per content, then the row; the same file twice is one row."""
    digest = hashlib.sha256(data).hexdigest()
    _write_once(_place(folder, digest), data)
    table = schema.files
    same = and_(table.c.project == project, table.c.sha256 == digest, table.c.name == pack(name))
    with database.writing() as connection:
        found = connection.execute(select(table).where(same)).first()
        if found:
            return StoredFile(found.id, digest, name, found.size, found.at)
        row = {"project": project, "sha256": digest, "name": pack(name), "size": len(data)}
        number = insert_row(connection, table, {**row, "at": at})
        return StoredFile(number, digest, name, len(data), at)


def read_file(
    database: Database, folder: Path, project: int, number: int
) -> tuple[StoredFile, bytes]:
    """Return a file of this project. Raises NotFound, also where the bytes are gone."""
    table = schema.files
    with database.reading() as connection:
        mine = and_(table.c.id == number, table.c.project == project)
        row = connection.execute(select(table).where(mine)).first()
    if row is None or not (place := _place(folder, row.sha256)).is_file():
        raise NotFound("没有这个文件：请重新导出或重新上传")
    stored = StoredFile(row.id, row.sha256, unpack(row.name), row.size, row.at)
    return stored, place.read_bytes()


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _write_once(place: Path, data: bytes) -> None:
    if place.exists():
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as temporary:
            temporary.write(data)
        Path(temporary.name).replace(place)
    except OSError as error:
        raise StoreError("文件存不下：请检查磁盘空间和文件夹权限；项目内容没有改动") from error
