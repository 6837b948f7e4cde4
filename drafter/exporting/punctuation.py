"""Punctuation as GB/T 15834-2011 has it in Chinese text: full-width, one character for one."""

from __future__ import annotations

import re

_WIDE = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_HAN = (
    "[\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff。，、；：？！“”‘’（）《》〈〉【】〔〕—…]"
)
_NARROW = re.compile(rf"(?<={_HAN})[,;:?!()]|[,;:?!()](?={_HAN})")
_BRACKETS = re.compile(rf"(?<={_HAN})\([^()]*\)|\([^()]*\)(?={_HAN})|\([^()]*{_HAN}[^()]*\)")
_STOP = re.compile(rf"(?<={_HAN})\.$")
_QUOTED = re.compile(r'"([^"]*)"')


def typeset(text: str) -> str:
    """Return a line with full-width marks beside Chinese characters; its length is unchanged.

    Figures (3,406), times (9:30) and Latin text keep theirs. Straight quotes that pair up around
    or beside Chinese text become “ ”. What is set once stays as it is when set again.
    """
    if text.isascii():
        return text
    while (better := _once(text)) != text:  # a mark made wide may stand beside the next one
        text = better
    return text


def _once(text: str) -> str:
    if "(" in text:
        text = _BRACKETS.sub(lambda m: f"（{m.group()[1:-1]}）", text)
    if '"' in text:
        text = _QUOTED.sub(r"“\1”", text)
    text = _NARROW.sub(lambda m: _WIDE[m.group()], text)
    return _STOP.sub("。", text)
