"""Uploaded files: kept by their hash, read into facts or text, gone from the upload folder."""

from __future__ import annotations

from pathlib import Path

from drafter import public
from drafter.domain import FactSheet
from drafter.errors import UnreadableFile
from drafter.store import Project

MAX_BYTES = 20 * 1024 * 1024


def read_upload(project: Project, path: Path, unit: str, period: str) -> FactSheet:
    """Keep the original and read it as facts. Raises InputError."""
    keep_upload(project, path)
    try:
        return public.read_facts(path, unit, period)
    finally:
        path.unlink(missing_ok=True)


def keep_upload(project: Project, path: Path) -> bytes:
    """Keep an uploaded original in the store and return its bytes. Raises UnreadableFile."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"“{path.name}”没有传完整：请重新上传") from error
    project.keep_file(path.name, data)
    project.log("上传", path.name)
    return data


def read_text_upload(project: Project, path: Path) -> str:
    """Keep the original and read it as text. Raises InputError."""
    keep_upload(project, path)
    try:
        return public.read_text(path)
    finally:
        path.unlink(missing_ok=True)
