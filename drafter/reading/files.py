"""The way in: a path, some bytes, or a whole upload."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from drafter.domain import Notice
from drafter.errors import HostileFile, InputError, TooLarge, UnreadableFile
from drafter.reading.assemble import assemble
from drafter.reading.delimited import read_delimited
from drafter.reading.kinds import LEGACY_ENDINGS, ending_of, family
from drafter.reading.legacy import convert
from drafter.reading.limits import DEFAULT, MIB, Limits
from drafter.reading.names import safe_name
from drafter.reading.plain import decode
from drafter.reading.record import Content, Line, ReadDocument, ReadFiles, Refused

_READERS = {
    "docx": ("drafter.reading.word", "read_word"),
    "xlsx": ("drafter.reading.workbook", "read_workbook"),
    "pdf": ("drafter.reading.pdf", "read_pdf"),
    "html": ("drafter.reading.web", "read_web"),
}
"""Imported when the first file of a kind is read: their libraries take a while to load."""

_log = logging.getLogger(__name__)


def read_text(path: str | os.PathLike[str], limits: Limits = DEFAULT) -> str:
    """Return the clean text of a file of any supported format. Raises InputError."""
    return read_document(path, limits).text


def read_document(path: str | os.PathLike[str], limits: Limits = DEFAULT) -> ReadDocument:
    """Read a file. Raises InputError (what it is and what to do, naming the file)."""
    file = Path(path)
    return read_bytes(_bytes_of(file, limits), file.name, limits)


def read_bytes_as_text(data: bytes, name: str, limits: Limits = DEFAULT) -> str:
    """Return the clean text of a file given as bytes. Raises InputError."""
    return read_bytes(data, name, limits).text


def read_bytes(data: bytes, name: str, limits: Limits = DEFAULT) -> ReadDocument:
    """Read a file given as bytes; its name's ending and its first bytes must agree.

    Raises InputError; the message begins with the file's name.
    """
    try:
        if len(data) > limits.file_bytes:
            raise TooLarge(_over(len(data), limits))
        content = _content(data, name, limits)
        return assemble(content, data, name, limits)
    except InputError as error:
        shown = safe_name(name)
        if isinstance(error, HostileFile):
            _log.warning("refused %s: %s", shown, error)
        raise type(error)(f"“{shown}”：{error}") from error


def read_many(files: Iterable[tuple[str, bytes]], limits: Limits = DEFAULT) -> ReadFiles:
    """Read an upload of (name, bytes): a bad file stops no other, a doubled one is read once."""
    documents: dict[str, ReadDocument] = {}
    refused: list[Refused] = []
    notices: list[Notice] = []
    for number, (name, data) in enumerate(files, 1):
        if number > limits.files:
            refused.append(
                Refused(safe_name(name), f"一次最多导入 {limits.files} 个文件，请分批导入")
            )
            continue
        try:
            document = read_bytes(data, name, limits)
        except InputError as error:
            refused.append(Refused(safe_name(name), str(error)))
            continue
        first = documents.setdefault(document.sha256, document)
        if first is not document:
            message = f"“{document.name}”与“{first.name}”内容相同，只读取一次"
            notices.append(Notice("duplicate_file", message))
    return ReadFiles(tuple(documents.values()), tuple(refused), tuple(notices))


def _bytes_of(file: Path, limits: Limits) -> bytes:
    shown = safe_name(file.name)
    try:
        if file.is_dir():
            raise UnreadableFile(f"“{shown}”是文件夹；请给出文件")
        size = file.stat().st_size
        if size > limits.file_bytes:
            raise TooLarge(f"“{shown}”：{_over(size, limits)}")
        return file.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"找不到文件“{shown}”；请核对路径") from error
    except OSError as error:
        raise UnreadableFile(f"“{shown}”打不开（{error.strerror}）；请检查权限或磁盘") from error


def _over(size: int, limits: Limits) -> str:
    most = limits.file_bytes // MIB
    return f"文件有 {size / MIB:.1f} MB，超过 {most} MB 的上限；请压缩图片或拆成几个文件"


def _content(data: bytes, name: str, limits: Limits) -> Content:
    kind = family(data, name)
    if kind == "legacy":
        ending = ending_of(name)
        data, kind = convert(data, ending, limits), LEGACY_ENDINGS[ending]
    if kind == "text":
        return _plain(data)
    if kind == "csv":
        return read_delimited(data, name, limits)
    module, function = _READERS[kind]
    reader: Callable[[bytes, Limits], Content] = getattr(import_module(module), function)
    return reader(data, limits)


def _plain(data: bytes) -> Content:
    decoded = decode(data)
    lines = tuple(Line(line) for line in decoded.text.splitlines() if line.strip())
    return Content(lines, decoded.notices, decoded.encoding, decoded.text)
