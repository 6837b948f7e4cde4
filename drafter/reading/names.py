"""File names as others wrote them, made safe to store, to show and to pack."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100
"""Characters of a name; zip members are kept to it as well."""
LONGEST_BYTES = 240
"""Bytes of a name in UTF-8: file systems take 255, and a mark may still be put before it."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*&%$#\'`{}\x00-\x1f\x7f]')
_SUFFIX = re.compile(r"\.[0-9A-Za-z]{1,8}$")


def safe_name(name: str, fallback: str = "文件") -> str:
    """Return a file name of at most 100 characters (240 bytes) that is safe everywhere.

    Only the last part of a path stays; controls, bidi marks, zero-width and private characters,
    unpaired surrogates, pictographs and characters with a meaning to a shell, a path or HTML are
    left out; names that Windows reserves get a mark in front.
    """
    base = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    base = unicodedata.normalize("NFC", "".join(char for char in base if _is_shown(char)))
    base = _FORBIDDEN.sub("_", base)
    base = re.sub(r"\s+", " ", base).strip(" .")
    base = _RESERVED.sub(r"_\1", base)
    if not base or not base.strip("_. "):
        return fallback
    return _shorten(base)


def _is_shown(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cc":
        return char < "\x80"  # becomes a visible "_"
    return category not in {"Cf", "Cs", "Co", "Cn", "So"} or char in "㎡㎞℃"


def _shorten(name: str) -> str:
    suffix = _SUFFIX.search(name)
    tail = suffix.group() if suffix else ""
    return _fit(name[: len(name) - len(tail)], tail)


def _fit(stem: str, tail: str) -> str:
    """Shorten the stem so that it fits with its tail."""
    stem = stem[: LONGEST - len(tail)]
    most = LONGEST_BYTES - len(tail.encode())
    return stem.encode()[:most].decode(errors="ignore").rstrip(" .") + tail


def unique_name(name: str, taken: set[str]) -> str:
    """Return the name, with a running number before its ending if it is taken, and take it.

    Names that differ only in case count as the same, as on Windows.
    """
    suffix = _SUFFIX.search(name)
    tail = suffix.group() if suffix else ""
    stem = name[: len(name) - len(tail)]
    result, number = name, 2
    while result.lower() in taken:
        mark = f"（{number}）"
        result = _fit(stem, mark + tail)
        number += 1
    taken.add(result.lower())
    return result
