"""Uploaded files: kept by their hash, read into facts or text, gone from the upload folder."""

from __future__ import annotations

from pathlib import Path

from drafter import public
from drafter.domain import FactSheet
from drafter.errors import DrafterError, UnreadableFile
from drafter.reading.kinds import LEGACY_ENDINGS, OFFICE_ENDINGS, TEXT_ENDINGS
from drafter.store import Project

MAX_BYTES = 20 * 1024 * 1024
READABLE = sorted({".pdf", *TEXT_ENDINGS, *OFFICE_ENDINGS, *LEGACY_ENDINGS})
"""Endings that an upload may have: what the reader takes, it also says best why it cannot."""
_SHEETS = {".csv", ".tsv", ".xlsx", ".xls", ".et"}
PAPERS = [ending for ending in READABLE if ending not in _SHEETS]
"""Of these, the ones of running text."""


def refusal(path: Path, error: DrafterError) -> str:
    """Return why an upload was not taken, with its name once."""
    said = str(error)
    return said if path.name in said else f"“{path.name}”：{said}"


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
