"""A line that lists several things (问题：A；B；C) parted into them."""

from __future__ import annotations

import re

_BREAK = re.compile(
    r"[；;。]\s*|\s*(?=[①-⑳])|\s+(?=\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）])|[（(“《【「）)”》】」]"
)
_OPENING = "（(“《【「"
_ENUMERATOR = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}是(?![一否])|\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳])\s*"
)
_LEANS = re.compile(r"其中|其余|另|且|并|同时|剩|还|也|但|均|都|分别|共|合计|包括|如|即")
_LABELLED = re.compile(r"^[^，。；\d]{0,8}[：:]\s*(?=1\s)")
_SHORTEST = 3
_FEWEST = 2  # numbers that count up


def _numbered(text: str) -> str:
    """Return 1 招人 2 建站 with marks before its numbers, where they count up from 1."""
    found = _LABELLED.sub("", text)
    for number in range(1, 10):
        found, count = re.subn(rf"(?:^|\s){number}\s+(?=[\u4e00-\u9fff])", f"；{number}、", found)
        if not count:
            return found.lstrip("；") if number > _FEWEST else text
    return found.lstrip("；")


def items(text: str, alone: bool) -> list[str]:
    """Return the things that a line lists, its enumerators left out; else the line itself.

    Enumerated things (一是…；2.…；③…) are always parted; others only where the line is ``alone``
    in its section and each can stand for itself.
    """
    text = _bare(_numbered(text))
    parts = _parts(text)
    if any(_ENUMERATOR.match(part) for part in parts[1:]):
        return [_bare(part) for part in _enumerated(parts)]
    stand = all(len(part) >= _SHORTEST and not _LEANS.match(part) for part in parts[1:])
    return parts if alone and stand and len(parts[0]) >= _SHORTEST else [text]


def _parts(text: str) -> list[str]:
    cuts, depth = [0], 0
    for match in _BREAK.finditer(text):
        if match[0] and match[0] in _OPENING:
            depth += 1
        elif match[0].strip() and match[0][0] not in "；;。":
            depth = max(0, depth - 1)
        elif depth == 0:
            cuts.append(match.end())
    ends = [*cuts[1:], len(text)]
    return [part for a, b in zip(cuts, ends, strict=True) if (part := text[a:b].strip())] or [text]


def _enumerated(parts: list[str]) -> list[str]:
    """Join what has no enumerator of its own to the thing before it."""
    found = parts[:1]
    for part in parts[1:]:
        if _ENUMERATOR.match(part):
            found.append(part)
        else:
            found[-1] += part
    return found


def _bare(part: str) -> str:
    match = _ENUMERATOR.match(part)
    return (part[match.end() :] if match else part) or part
