"""What another program hands in, as the rooms take it; or refused in one clear line.

A string is one text, never a list of its characters: a check against facts of one character each
would call everything unsupported, and say so with confidence.
"""

from __future__ import annotations

import operator
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from drafter.domain import Fact, FactSheet, Outline, Sample
from drafter.errors import InputError

EARLIEST, LATEST = 1949, 2200
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_YEAR = re.compile(r"\s*(\d{4})\s*年?\s*")


def text(value: object, what: str) -> str:
    """Return a text, its lone surrogates as U+FFFD (offsets stay). Raises InputError."""
    if not isinstance(value, str):
        raise InputError(f"{what}应是文字，现在是 {_kind(value)}。")
    return _HALF_CHARACTER.sub("\ufffd", value)


def word(value: object, what: str) -> str:
    """Return a short text that may be left out: None is "". Raises InputError."""
    return "" if value is None else text(value, what)


def lines(value: object, what: str) -> tuple[str, ...]:
    """Return lines handed in as one text or one by one; None is none. Raises InputError."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(text(value, what).splitlines())
    return tuple(text(line, f"{what}的每一行") for line in _members(value, what))


def facts(value: object) -> FactSheet | tuple[str, ...]:
    """Return a fact sheet, handed in whole or as its facts, or the lines that were handed in.

    Raises InputError.
    """
    if isinstance(value, FactSheet):
        return value
    if value is None:
        raise InputError("没有给素材：请给出事实清单，或一行一条的素材。")
    if isinstance(value, str):
        return lines(value, "素材")
    members = tuple(_members(value, "素材"))
    known = tuple(member for member in members if isinstance(member, Fact))
    return FactSheet(known) if known and len(known) == len(members) else lines(members, "素材")


def samples(value: object) -> Iterable[Sample | str]:
    """Return samples handed in as records, texts, one of either, or a library with them.

    What comes one by one goes on one by one, so that a large library need not be in memory. Raises
    InputError, for a single sample when its turn comes.
    """
    if value is None:
        return ()
    if isinstance(value, (str, Sample)):
        return (_sample(value),)
    owned = getattr(value, "samples", None)
    if isinstance(owned, Sequence):
        return owned
    return map(_sample, _members(value, "样本"))


def texts(value: object) -> dict[str, str]:
    """Return texts by name. Raises InputError."""
    if not isinstance(value, Mapping):
        raise InputError(f"要比对的文稿应写成“名称：文字”的对照，现在是 {_kind(value)}。")
    return {str(name): text(content, f"“{name}”") for name, content in value.items()}


def year(value: object) -> int | None:
    """Return a year of four digits, given as a number or as 2025年; None is none.

    Raises InputError.
    """
    if value is None:
        return None
    match = _YEAR.fullmatch(value) if isinstance(value, str) else None
    number = int(match[1]) if match else _whole(value)
    if number is None or not EARLIEST <= number <= LATEST:
        raise InputError(f"年份应是四位数，如 2025，现在是“{value}”。")
    return number


def period(value: object) -> str:
    """Return a report's period; a bare year gets its 年. Raises InputError."""
    return word(value, "报告期") if _whole(value) is None else f"{year(value)}年"


def count(value: object, what: str, least: int) -> int:
    """Return a whole number of at least ``least``. Raises InputError."""
    number = _whole(value)
    if number is None or number < least:
        raise InputError(f"{what}应是不小于 {least} 的整数，现在是“{value}”。")
    return number


def path(value: object) -> Path:
    """Return a path. Raises InputError for what names no file on any system."""
    if not isinstance(value, (str, os.PathLike)):
        raise InputError(f"文件路径应是文字，现在是 {_kind(value)}。")
    name = os.fspath(value)
    if not isinstance(name, str) or not name.strip() or "\0" in name or not _can_name(name):
        raise InputError("文件路径是空的，或者有不能用的字符，请检查。")
    return Path(name)


def _can_name(name: str) -> bool:
    """Tell whether the system can hold a name; what it cannot decode it hands out escaped."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


def outline(value: object) -> Outline:
    """Return an outline. Raises InputError."""
    if not isinstance(value, Outline):
        raise InputError(f"提纲应由 make_outline 得到，现在是 {_kind(value)}。")
    return value


def _sample(value: object) -> Sample | str:
    return value if isinstance(value, Sample) else text(value, "每篇样本")


def _members(value: object, what: str) -> Iterable[object]:
    if isinstance(value, (bytes, Mapping)) or not isinstance(value, Iterable):
        raise InputError(f"{what}应是文字或一组文字，现在是 {_kind(value)}。")
    return value


def _whole(value: object) -> int | None:
    """Return a whole number of any kind that Python counts with, None for anything else."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        return None
    return operator.index(value)


def _kind(value: object) -> str:
    return "空值（None）" if value is None else type(value).__name__
