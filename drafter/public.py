"""The public names: effects bound to the core, so that one call does the whole thing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafter.checking import check, extend_calendar
from drafter.checking.wording import Formulation
from drafter.comparing import overlap_matrix
from drafter.domain import Ask, Draft, FactSheet, Outline, Sample
from drafter.errors import EmptyInput, InputError, SettingsError
from drafter.exporting import export_docx
from drafter.facts import join_sheets, parse_facts, parse_tables
from drafter.planning import make_outline
from drafter.reading import ReadDocument, read_document, read_text
from drafter.reports import JsonObject
from drafter.samples import Library as CoreLibrary
from drafter.samples import parse_sample
from drafter.samples.hygiene import hygiene, quarantined
from drafter.writing import write

__all__ = [
    "Library",
    "Request",
    "check",
    "compare",
    "draft",
    "export_docx",
    "facts_of",
    "make_outline",
    "overlap_matrix",
    "parse_facts",
    "parse_sample",
    "read_facts",
    "read_text",
    "sample_files",
    "samples_report",
    "wording_calendar",
    "write",
]

SAMPLE_SUFFIXES = frozenset({".txt", ".md", ".docx", ".doc", ".wps", ".pdf", ".html", ".htm"})


def read_facts(path: str | os.PathLike[str], unit: str = "", period: str = "") -> FactSheet:
    """Read a file of facts (.txt, .docx, .xlsx, .csv …) into a FactSheet; sources name the file.

    Raises InputError (unsupported, unreadable, hostile, too large) in one clear line.
    """
    return facts_of(read_document(Path(path)), unit, period)


def facts_of(document: ReadDocument, unit: str = "", period: str = "") -> FactSheet:
    """Turn a read document, its running text and its tables, into one FactSheet.

    Raises EmptyInput where there is no text in it.
    """
    sheets = []
    text = "\n".join(document.paragraphs) if document.tables else document.text
    if text.strip():
        sheets.append(parse_facts(text, unit, period, source=document.name))
    if document.tables:
        sheets.append(parse_tables(document.tables, unit, period))
    if not sheets:
        raise EmptyInput(f"“{document.name}”里没有文字，请检查文件内容。")
    sheet = sheets[0] if len(sheets) == 1 else join_sheets(sheets)
    return replace(sheet, notices=tuple(dict.fromkeys((*sheet.notices, *document.notices))))


class Library(CoreLibrary):
    """Sample summaries: their sections, skeletons and index; see ``drafter.samples.Library``.

    ``unread`` holds (file name, reason) of the files of a folder that could not be read.
    """

    unread: tuple[tuple[str, str], ...] = ()

    @classmethod
    def open(
        cls,
        folder: str | os.PathLike[str],
        cache: str | os.PathLike[str] | None = None,
        accepted: Collection[str] | None = (),
    ) -> Library:
        """Open a folder of samples, the sub-folders too.

        A sample with a blocking warning whose code is not ``accepted`` (None: all are) is left out
        and named in ``unread``. With ``cache`` (a folder) parsed samples and index are kept there,
        and only files that are new or changed are read. Raises InputError where there is no such
        folder, StoreError where another process is writing the cache.
        """
        library = cls((), None if cache is None else Path(cache))
        library.unread = tuple(_fill(library, Path(folder), accepted))
        return library


def _fill(
    library: Library, folder: Path, accepted: Collection[str] | None
) -> list[tuple[str, str]]:
    """Add a folder's samples by content; return what could not be read, and why."""
    known, present, unread = library.digests, [], []
    for path in sample_files(folder):
        digest = _content_digest(path, folder)
        try:
            if digest not in known:
                library.add(_sample(path, accepted), digest)
            present.append(digest)
        except InputError as error:
            unread.append((path.name, str(error)))
    library.save()
    if known:
        library.retain(present)
    return unread


def _sample(path: Path, accepted: Collection[str] | None) -> Sample:
    sample = parse_sample(read_text(path), path.stem)
    if accepted is not None and quarantined(sample, accepted):
        raise InputError("文字残缺或识别有误，暂不作范例；请用“drafter samples”查看并改好后再用。")
    return sample


def _content_digest(path: Path, folder: Path) -> bytes:
    digest = hashlib.blake2b(path.relative_to(folder).as_posix().encode(), digest_size=16)
    digest.update(path.read_bytes())
    return digest.digest()


def sample_files(folder: Path) -> list[Path]:
    """Return the files of a folder that can be samples, in the order of their names."""
    if not folder.is_dir():
        raise InputError(f"样本文件夹“{folder.name}”不存在，请检查路径。")
    files = (path for path in folder.rglob("*") if path.is_file())
    wanted = [p for p in files if p.suffix.lower() in SAMPLE_SUFFIXES and p.name[0] not in ".~"]
    return sorted(wanted)


def read_samples(paths: Iterable[Path]) -> tuple[list[Sample], list[tuple[str, str]]]:
    """Read and parse samples; return them and (name, reason) of those that cannot be read."""
    samples, unread = [], []
    for path in paths:
        try:
            samples.append(parse_sample(read_text(path), path.stem))
        except InputError as error:
            unread.append((path.name, str(error)))
    return samples, unread


def wording_calendar(path: str) -> tuple[Formulation, ...] | None:
    """Return the wording calendar with an office's own lines in front; None where it has none.

    Raises SettingsError where the office's file cannot be read or a line of it is no entry.
    """
    if not path:
        return None
    name = Path(path).name
    try:
        return extend_calendar(Path(path).read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"表述日历“{name}”读不出来：请核对 DRAFTER_WORDING 的路径，并存为 UTF-8 文本"
        ) from error
    except InputError as error:
        raise SettingsError(f"表述日历“{name}”：{error}") from error


@dataclass(frozen=True, slots=True)
class Request:
    """What a draft is made of. ``last_year`` is compared with, never a source of facts."""

    facts: FactSheet
    tasks: Sequence[str] | None = None
    title: str = ""
    year: int | None = None
    last_year: str = ""
    sealed: bool = False
    calendar: tuple[Formulation, ...] | None = None


def draft(
    request: Request,
    library: CoreLibrary,
    ask: Ask | None = None,
    shape: Callable[[Outline], Outline] = lambda outline: outline,
) -> Draft:
    """Outline, ``shape`` the outline, and write, in one go.

    Raises InputError and, before anything is drafted, ModelError.
    """
    outline = shape(make_outline(request.facts, library, request.tasks, request.title))
    return write(
        request.facts,
        outline,
        library,
        ask,
        request.year,
        request.last_year,
        sealed=request.sealed,
        calendar=request.calendar,
    )


def compare(text: str, library: CoreLibrary, allow: Sequence[str] = ()) -> JsonObject:
    """Compare a text with a library: share, overlaps, and each section's nearest sample."""
    from drafter.comparing.report import compare as compare_text  # noqa: PLC0415

    return compare_text(text, library, allow).to_json()


def samples_report(folder: str | os.PathLike[str]) -> JsonObject:
    """Report on the hygiene and structure of a folder; files that cannot be read are listed."""
    samples, unread = read_samples(sample_files(Path(folder)))
    report = hygiene(samples).to_json()
    return {**report, "unread": [{"name": name, "error": error} for name, error in unread]}
