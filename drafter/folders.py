"""Files and folders, read into the records: facts, samples, an office's wording calendar."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from drafter import given
from drafter.checking import extend_calendar
from drafter.checking.wording import Formulation
from drafter.domain import Exemplar, FactSheet, Overlap, Sample
from drafter.errors import EmptyInput, InputError, SettingsError, StoreError
from drafter.facts import join_sheets, parse_facts, parse_tables
from drafter.reading import ReadDocument, read_text
from drafter.samples import Library as CoreLibrary
from drafter.samples import parse_sample
from drafter.samples.hygiene import quarantined
from drafter.samples.index.runs import MIN_RUN, Allowed

LONGEST_NAME = 60  # characters of a name that a message shows
MOST_FOUND = 100_000  # sections that one question may return
SAMPLE_SUFFIXES = frozenset({".txt", ".md", ".docx", ".doc", ".wps", ".pdf", ".html", ".htm"})


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

    def __init__(
        self, samples: Iterable[Sample | str] = (), cache: str | Path | None = None
    ) -> None:
        super().__init__(given.samples(samples), cache)

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
        shelf = None if cache is None else given.path(cache)
        if shelf is not None and shelf.is_file():
            raise StoreError(f"样本缓存“{shelf.name}”是一个文件，应是文件夹，请换一个路径。")
        library = cls((), shelf)
        library.unread = tuple(_fill(library, given.path(folder), accepted))
        return library

    def retrieve(
        self, query: str, k: int = 5, level: int | None = None, function: str | None = None
    ) -> list[Exemplar]:
        """Return the ``k`` sections that serve best as a pattern for the query, best first.

        ``query``: a heading, and behind a line break facts. ``level`` (1 to 4) and ``function``
        (work, problems, plan) narrow the choice; at most ``MOST_FOUND`` are returned. Raises
        InputError.
        """
        wanted = min(given.count(k, "要找的章节数", 0), MOST_FOUND)
        return super().retrieve(given.text(query, "查找内容"), wanted, level, function)

    def overlaps(
        self, text: str, min_run: int = MIN_RUN, allow: Iterable[str] | Allowed = ()
    ) -> list[Overlap]:
        """Return every run of ``min_run`` or more characters that the text shares with a sample.

        ``allow`` is wording that does not count. Raises InputError.
        """
        shortest = given.count(min_run, "雷同的最短字数", 2)
        free = allow if isinstance(allow, Allowed) else given.lines(allow, "允许的表述")
        return super().overlaps(given.text(text, "文稿"), shortest, free)


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
    try:
        found = folder.is_dir()
    except OSError:  # a name longer than the system holds
        found = False
    if not found:
        raise InputError(f"样本文件夹“{folder.name[:LONGEST_NAME]}”不存在，请检查路径。")
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
