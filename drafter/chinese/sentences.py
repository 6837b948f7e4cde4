"""Sentences and clauses. What stands in quotes or brackets is never cut apart."""

from __future__ import annotations

import re

from drafter.domain import Span

_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
}
_CLOSERS = frozenset(_PAIRS.values())
_TOKEN = re.compile(
    r"[“”‘’（）()《》「」『』【】〔〕。！？；!?;…\n]"
    r"|[，,](?!(?<=\d.)\d{3}(?!\d))|[：:](?!(?<=\d.)\d)"
)
_ENDS = frozenset("。！？；!?;\n")
_CLAUSE_ENDS = _ENDS | frozenset("，,：:")


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order, white space around them left out.

    A sentence ends at 。！？； or a new line; one inside “” （） 《》 ends nothing, but a closing
    quote after 。 ends the sentence outside (GB/T 15834-2011 4.8.3.2). Spans keep their end mark.
    """
    return _spans(text, _cuts(text, _ENDS))


def split_clauses(text: str) -> list[Span]:
    """Return the clauses of a text: its sentences cut further at ， and ：, end marks kept.

    The marks inside a number or a time (1,280处, 9:30) cut nothing.
    """
    return _spans(text, _cuts(text, _CLAUSE_ENDS))


def _cuts(text: str, ends: frozenset[str]) -> list[int]:
    enclosed = _enclosed(text)
    cuts: list[int] = []
    skip_to = 0
    for match in _TOKEN.finditer(text):
        at = match.start()
        if at < skip_to:
            continue
        if at in enclosed:
            skip_to = enclosed[at]
            if _closes_sentence(text, skip_to):
                cuts.append(skip_to)
        elif match.group() in ends:
            cuts.append(match.end())
    return [*cuts, len(text)]


def _closes_sentence(text: str, end: int) -> bool:
    inside, after = text[end - 2], text[end : end + 1]
    if inside == "。":
        return after not in ("，", "；", "、", "。", "的")
    return inside in "！？" and after in ("", "\n")


def _enclosed(text: str) -> dict[int, int]:
    """Map each outermost opening mark to the offset behind its closing mark, on one line."""
    stack: list[tuple[str, int]] = []
    found: dict[int, int] = {}
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark == "\n":
            stack.clear()
        elif mark in _PAIRS:
            stack.append((_PAIRS[mark], match.start()))
        elif mark in _CLOSERS:
            while stack and stack[-1][0] != mark and any(s[0] == mark for s in stack):
                stack.pop()
            if stack and stack[-1][0] == mark:
                found[stack.pop()[1]] = match.end()
    return found


def _spans(text: str, cuts: list[int]) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for end in cuts:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            right = start + len(piece.rstrip())
            spans.append(Span(left, right, text[left:right]))
        start = end
    return spans
