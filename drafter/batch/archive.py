"""All results of a batch as one .zip: the finished documents, the risk sheet, the error list."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from drafter.batch.record import BatchReport
from drafter.reading import safe_name, unique_name

ERROR_LIST = "错误清单.txt"
_TIME = (1980, 1, 1, 0, 0, 0)
_STATUS = {"failed": "失败", "skipped": "未起草"}


def build_archive(out_dir: str | os.PathLike[str], report: BatchReport) -> bytes:
    """Return the .zip of a run; member names are unique and at most 100 characters."""
    out = io.BytesIO()
    write_archive(out_dir, report, out)
    return out.getvalue()


def write_archive(out_dir: str | os.PathLike[str], report: BatchReport, target: BinaryIO) -> None:
    """Write the .zip of a run to an open binary file, one document in memory at a time."""
    taken: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(Path(out_dir), report):
            _add(archive, unique_name(safe_name(path.name), taken), path.read_bytes())
        errors = error_list(report)
        if errors:
            _add(archive, unique_name(ERROR_LIST, taken), errors.encode("utf-8-sig"))


def error_list(report: BatchReport) -> str:
    """Return the units without a document, one a line with the reason; "" where there are none."""
    lines = [
        f"第 {unit.row} 行　{unit.unit}　{_STATUS[unit.status]}：{unit.error}"
        for unit in report.units
        if unit.status != "done"
    ]
    return "\r\n".join(lines) + "\r\n" if lines else ""


def _files(folder: Path, report: BatchReport) -> Iterator[Path]:
    names = [unit.file for unit in report.units if unit.status == "done"]
    for name in [*names, "risk.xlsx", "report.json"]:
        path = folder / name
        inside = path.resolve().parent == folder.resolve()
        if inside and path.is_file() and not path.is_symlink():
            yield path


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
