"""What each sentence of a section does, how it opens, and which gaps it has."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from drafter.chinese.sentences import split_sentences
from drafter.domain import Move, Slot
from drafter.resources import lexicon
from drafter.samples.specifics import Specific, find_specifics

_PAIR = re.compile(r"^[\u4e00-\u9fff]{4}[、，][\u4e00-\u9fff]{4}(?:[、，。；：]|$)")
_MANY = 2


@cache
def _patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (row.split("\t") for row in lexicon("samples", name))
    return tuple((label, re.compile(pattern)) for label, pattern in rows)


def read_moves(text: str, function: str = "work") -> tuple[Move, ...]:
    """Return the moves of a body, one a sentence; ``function`` is what its section is for."""
    specifics = find_specifics(text)
    starts = [specific.start for specific in specifics]
    moves = []
    for sentence in split_sentences(text):
        low, high = (bisect_left(starts, place) for place in (sentence.start, sentence.end))
        slots = tuple(_slot(specific) for specific in specifics[low:high])
        name = sentence_function(sentence.text, slots, function)
        moves.append(Move(name, opening_of(sentence.text), slots, len(sentence.text)))
    return tuple(moves)


def _slot(specific: Specific) -> Slot:
    return Slot(specific.kind, _plain_measure(specific.measure), specific.magnitude)


def _plain_measure(measure: str) -> str:
    """Return a measure word; anything longer than the longest (平方公里, 个百分点) is dropped."""
    return measure if len(measure) <= 4 else ""


def sentence_function(text: str, slots: tuple[Slot, ...], function: str = "work") -> str:
    """Return what a sentence does: 目标引领, 组织部署, 做法, 数据, 成效, 问题, 打算, 承接, 结语 ….

    Cues decide; two figures or more make it 数据 where no cue says otherwise. In a section of
    problems or plans the plain sentence is 问题 or 打算.
    """
    found = next((name for name, cue in _patterns("move_cues.tsv") if cue.search(text)), "")
    if function == "plan" and found in ("", "目标引领", "组织部署", "成效"):
        return "打算"
    if function == "problems" and found in ("", "成效"):
        return "问题"
    figures = sum(1 for slot in slots if slot.kind == "figure")
    if figures >= _MANY and found in ("", "问题"):
        return "数据"
    return found or "做法"


def opening_of(text: str) -> str:
    """Return the name of a sentence's opening pattern (四字对, 以…为…), "" if it has none."""
    if _PAIR.match(text):
        return "四字对"
    return next((name for name, cue in _patterns("openings.tsv") if cue.search(text)), "")
