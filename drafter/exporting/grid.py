"""Lines on the page, estimated: 28 characters a line and 22 lines a page, without a word processor.

Widths are in characters: a Chinese character is 1, a Latin letter or digit ½ (as in 仿宋). Marks that
may not open or close a line follow the usual rules (GB/T 15834-2011 5.1); digits and Latin words
are not broken.
"""

from __future__ import annotations

import re
import unicodedata

HALF = 0.5
_NOT_FIRST = frozenset("，。、；：？！）》】”’…—·,.;:?!)]}%％℃〉〕」』")
_NOT_LAST = frozenset("（《【“‘([{〈〔「『")
_WORD = re.compile(r"[!-'*-~\u00c0-\u024f]+|.", re.DOTALL)


def width(text: str, half: float = HALF) -> float:
    """Return the width of a text in characters."""
    if text.isascii():
        return len(text) * half
    return sum(char_width(char, half) for char in text)


def char_width(char: str, half: float = HALF) -> float:
    """Return the width of one character: ``half`` for narrow ones, 0 for marks that combine."""
    if char >= "\u2e80" or char in "“”‘’…—·×":
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return half if char < "\u0250" else 1.0


def wrap(text: str, room: float, first: float, half: float = HALF) -> list[str]:
    """Return the lines of a paragraph: ``first`` characters in the first, ``room`` in the others."""
    lines: list[str] = []
    line: list[str] = []
    left = first
    for token in _tokens(text, room, half):
        size = width(token, half)
        if size > left + 1e-6 and line:
            carried = _carried(line, token)
            lines.append("".join(line[: len(line) - len(carried)]))
            line = [*carried]
            left = room - sum(width(part, half) for part in line)
        line.append(token)
        left -= size
    lines.append("".join(line))
    return lines


def _tokens(text: str, room: float, half: float) -> list[str]:
    tokens: list[str] = []
    for token in _WORD.findall(text):
        if len(token) > 1 and width(token, half) > room:
            step = max(int(room / half), 1)
            tokens += [token[i : i + step] for i in range(0, len(token), step)]
        else:
            tokens.append(token)
    return tokens


def _carried(line: list[str], following: str) -> list[str]:
    """Return the tokens at a line's end that must go to the next line with ``following``."""
    keep = len(line)
    head = following
    while keep > 1 and (head[0] in _NOT_FIRST or line[keep - 1] in _NOT_LAST):
        keep -= 1
        head = line[keep]
        if head[0] not in _NOT_FIRST and line[keep - 1] not in _NOT_LAST:
            break
        if len(line) - keep > 4:
            return []
    return line[keep:]
