"""Lines on the page, estimated: 28 characters a line, without a word processor.

Widths are in characters: a Chinese character is 1, a Latin letter or digit ``half``. Marks that
may not open or close a line are those of Word for Chinese; ，。、；：？！ hang over the line's end
as in Word and LibreOffice; digits and Latin words are not broken.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

HALF = 0.5
_NOT_FIRST = frozenset("，。、；：？！）》】”’…·,.;:?!)]}%％℃〉〕」』～‰°")
_NOT_LAST = frozenset("（《【“‘([{〈〔「『￥¥$·")
_HANGING = frozenset("，。、；：？！")
_PAIR = re.compile(
    "[，。、；：？！）》】”’](?=[，。、；：？！）》】”’（《【“‘])|[（《【“‘](?=[（《【“‘])"
)
_WIDE = "\u3000-\u9fff\uff00-\uffef"
_MEETING = re.compile(f"(?<=[{_WIDE}])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[{_WIDE}])")
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Metrics:
    """How a word processor measures: ``half``, the width of a half-width character.

    ``compressed``: two marks in a row take 1½ characters (Word's compressPunctuation). ``gap`` is
    the space put between Chinese and Latin (LibreOffice does so even where it is switched off).
    """

    half: float = HALF
    compressed: bool = False
    gap: float = 0.0
    percent: float = HALF


WORD = Metrics(HALF, compressed=True)
PLAIN = Metrics(HALF)
SUBSTITUTED = Metrics(
    0.555, gap=0.25, percent=0.92
)  # digits of Noto CJK, which stands in where the paper's fonts are not
ALL_METRICS = (PLAIN, WORD, SUBSTITUTED)


def width(text: str, half: float = HALF) -> float:
    """Return the width of a text in characters."""
    if text.isascii():
        return len(text) * half
    return sum(char_width(char, half) for char in text)


def char_width(char: str, half: float = HALF) -> float:
    """Return the width of one character: ``half`` for narrow ones, 0 for marks that combine."""
    if char >= "\u2e80" or char in "“”‘’…—·×":
        return 0.0 if "\ufe00" <= char <= "\ufe0f" else 1.0
    if char < "\u0250":
        return half
    return 0.0 if unicodedata.combining(char) else 1.0


def wrap(text: str, room: float, first: float, metrics: Metrics = PLAIN) -> list[str]:
    """Return a paragraph's lines: ``first`` characters in the first, ``room`` in the others."""
    places = edges(text, metrics)
    lines, start, left = [], 0, first
    while start < len(text):
        end = _line_end(text, places, start, left)
        lines.append(text[start:end])
        start, left = end, room
    return lines or [""]


def edges(text: str, metrics: Metrics) -> list[float]:
    """Return the left edge of each character and the right edge of the last."""
    half = metrics.half
    widths = [1.0 if "\u4e00" <= char <= "\u9fff" else char_width(char, half) for char in text]
    if metrics.compressed:
        for match in _PAIR.finditer(text):
            widths[match.start()] = 0.5
    if metrics.percent != HALF:
        for match in re.finditer("%", text):
            widths[match.start()] = metrics.percent
    if metrics.gap:
        for match in _MEETING.finditer(text):
            widths[match.start()] += metrics.gap
    return list(accumulate(widths, initial=0.0))


def _line_end(text: str, places: list[float], start: int, room: float) -> int:
    """Return where the line that begins at ``start`` ends."""
    fits = bisect_right(places, places[start] + room + _TOLERANCE) - 1
    fits = max(fits, start + 1)
    if fits >= len(text):
        return len(text)
    if text[fits] in _HANGING and (fits + 1 == len(text) or text[fits + 1] not in _NOT_FIRST):
        return fits + 1
    end = fits
    while end > start + 1 and not _may_break(text[end - 1], text[end]):
        end -= 1
    return end if _may_break(text[end - 1], text[end]) else fits


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before == after and before in "—…":
        return False
    return not ("!" <= before < "\u0250" and "!" <= after < "\u0250")
