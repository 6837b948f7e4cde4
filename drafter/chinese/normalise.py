"""One form for text: border cleaning, and a comparable form that knows where it came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# C0 and C1 controls, soft hyphen, zero-width and bidi marks, lone surrogates, non-characters.
_UNWANTED = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
_UNWANTED_RUN = re.compile(f"[{_UNWANTED}]+")

_ONE_KIND = (
    dict.fromkeys("「『〝", "“")
    | dict.fromkeys("」』〞", "”")
    | dict.fromkeys("―─–‒⸺", "—")
    | dict.fromkeys("−－‐‑﹣", "-")
    | dict.fromkeys("～〜∼∽", "~")
    | dict.fromkeys("\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " ")
    | dict.fromkeys("\u200a\u202f\u205f\t", " ")
    | dict.fromkeys("○◯О", "〇")
    | {"﹪": "%", "㎡": "m²", "㎢": "km²", "㎥": "m³"}
)
# NFKC would turn these into something that reads otherwise: ，→ "," ①→ "1" ℃→ "°C" ²→ "2".
_KEPT = frozenset("，。；：！？（）、·…“”‘’【】《》〈〉〔〕［］｛｝℃℉²³¥￥№℡™")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in comparable form; ``offsets[i]`` is where character i was (``None``: unmoved)."""

    text: str
    original_length: int
    offsets: tuple[int, ...] | None = None

    def offset(self, index: int) -> int:
        """Return the index in the original of the character at ``index`` (0 … len inclusive)."""
        if self.offsets is None:
            return index
        return self.offsets[index] if index < len(self.offsets) else self.original_length

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's start and exclusive end of a non-empty stretch of ``text``."""
        return self.offset(start), self.offset(end - 1) + 1


def clean(text: str) -> str:
    """Return the text without what no paper may hold: controls, zero-width, bidi, lone surrogates.

    Line ends become ``\\n``; letters, punctuation and spaces stay as they are. Idempotent.
    """
    return _UNWANTED_RUN.sub("", _LINE_ENDS.sub("\n", text))


def _comparable(char: str) -> str:
    if char in _ONE_KIND:
        return _ONE_KIND[char]
    if _UNWANTED_RUN.match(char):
        return ""
    if char in _KEPT or unicodedata.category(char) == "No" or "\ufe50" <= char <= "\ufe6f":
        return char
    return unicodedata.normalize("NFKC", char)


def normalise(text: str) -> Normalised:
    """Return the comparable form of a text with its offset map.

    Compatibility forms are folded (NFKC a code point at a time), quotes, dashes, waves and spaces
    take one kind each, zero-width and control characters go. Chinese punctuation stays full-width,
    circled numbers stay: both carry structure.
    """
    changed = {char: new for char in set(text) if (new := _comparable(char)) != char}
    if not changed:
        return Normalised(text, len(text))
    if all(len(new) == 1 for new in changed.values()):
        table = {ord(char): new for char, new in changed.items()}
        return Normalised(text.translate(table), len(text))
    pieces = [changed.get(char, char) for char in text]
    offsets = tuple(i for i, piece in enumerate(pieces) for _ in piece)
    return Normalised("".join(pieces), len(text), offsets)


_FOLD = str.maketrans(
    {chr(c): chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
    | {"％": "%", "﹪": "%", "．": ".", "－": "-", "−": "-", "‐": "-", "‑": "-", "／": "/"}
    | {"＋": "+", "～": "~", "〜": "~", "∼": "~", "–": "—", "―": "—", "─": "—", "‒": "—"}
    | {"○": "〇", "◯": "〇", "\u3000": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " "}
)


def fold(text: str) -> str:
    """Return the text with digits, letters and dashes in one form, length unchanged.

    Character i of the result stands for character i of ``text``, so spans need no map.
    """
    return text if text.isascii() else text.translate(_FOLD)
