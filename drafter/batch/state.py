"""The durable state of a run: one file a unit, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from drafter.batch.record import Unit, UnitReport, UnitResult, unit_json, unit_report
from drafter.errors import StoreError
from drafter.files import HALF, reason, write_atomically
from drafter.reading import safe_name, unique_name

FOLDER = ".state"
OPEN_SLOT = "【待补"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished unit: its report, and its text for the comparison with the others."""

    report: UnitReport
    text: str


class State:
    """The output folder of one run. Raises StoreError where it cannot be written."""

    def __init__(self, folder: Path, settings_digest: str = "") -> None:
        self.folder = folder
        self._settings_digest = settings_digest
        try:
            (folder / FOLDER).mkdir(parents=True, exist_ok=True)
            for half in (*folder.glob(f"{HALF}*"), *(folder / FOLDER).glob(f"{HALF}*")):
                half.unlink()
            write_atomically(folder / FOLDER / "version", str(_VERSION).encode())
        except OSError as error:
            raise StoreError(unwritable(folder, error)) from error
        self._taken = {"report.json", "risk.xlsx", FOLDER}

    def file_for(self, unit: Unit) -> str:
        """Return the file name of a unit's document, distinct for every unit of the run."""
        name = safe_name(re.sub(r"[/\\]", "_", unit.name), "单位")
        return unique_name(safe_name(f"{name}.docx"), self._taken)

    def load(self, unit: Unit, file: str) -> Finished | None:
        """Return what an earlier run finished, if the unit and its document are still the same."""
        saved = self._saved(unit)
        same = saved.get("version") == _VERSION and saved.get("digest") == self._digest(unit)
        if not same or saved.get("file") != file or not (self.folder / file).is_file():
            return None
        report = replace(unit_report(saved), row=unit.row, nearest_unit="", overlap_share=0.0)
        return Finished(report, saved["text"])

    def _saved(self, unit: Unit) -> Mapping[str, Any]:
        """Return what is saved of a unit, nothing where it is spoiled or not there."""
        try:
            saved = json.loads(self._path(unit).read_bytes())
        except (OSError, ValueError):
            return {}
        return saved if isinstance(saved, dict) else {}

    def save(self, unit: Unit, file: str, result: UnitResult) -> Finished:
        """Write a unit's document, then its state; in between, a kill leaves it to be done again.

        A document that somebody has edited since is kept under another name.
        """
        report = UnitReport(
            unit=unit.name, status="done", file=file, findings=result.findings, usage=result.usage,
            row=unit.row, title=result.title, characters=characters(result.text),
            unused_facts=len(result.unused_facts), writer=result.writer, notices=result.notices,
            gaps=result.text.count(OPEN_SLOT),
        )  # fmt: skip
        saved = {
            **unit_json(report), "version": _VERSION, "digest": self._digest(unit),
            "text": result.text, "document_sha256": hashlib.sha256(result.document).hexdigest(),
        }  # fmt: skip
        try:
            self._keep_edited(unit, file)
            write_atomically(self.folder / file, result.document)
            write_atomically(self._path(unit), json.dumps(saved, ensure_ascii=False).encode())
        except OSError as error:
            raise StoreError(unwritable(self.folder, error)) from error
        return Finished(report, result.text)

    def _keep_edited(self, unit: Unit, file: str) -> None:
        path = self.folder / file
        if not path.is_file():
            return
        known = self._saved(unit).get("document_sha256")
        if hashlib.sha256(path.read_bytes()).hexdigest() != known:
            taken = {entry.name.lower() for entry in self.folder.iterdir()} | self._taken
            path.rename(
                self.folder / unique_name(f"{path.stem[:80]}（原有稿）{path.suffix}", taken)
            )

    def _path(self, unit: Unit) -> Path:
        key = hashlib.sha256(unit.name.encode(errors="replace")).hexdigest()[:24]
        return self.folder / FOLDER / f"{key}.json"

    def _digest(self, unit: Unit) -> str:
        return hashlib.sha256(f"{unit.digest}{self._settings_digest}".encode()).hexdigest()


def characters(text: str) -> int:
    """Return the number of characters that are not white space, as Chinese offices count."""
    return sum(not char.isspace() for char in text)


def unwritable(folder: Path, error: OSError) -> str:
    """Return what to say where the output folder of a run cannot be written."""
    what = f"文件夹“{folder.name}”写不进去（{reason(error)}）"
    return f"{what}；请检查磁盘空间和权限，已完成的单位不受影响"
