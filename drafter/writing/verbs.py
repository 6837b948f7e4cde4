"""Verbs of speech become verbs of the paper: 清垃圾 → 清理垃圾, 办法修订了 → 办法已修订.

What is done, by whom and how much stays as it was given.
"""

from __future__ import annotations

import re
from functools import cache, partial

from drafter.resources import lexicon
from drafter.writing.words import cuts_a_word

_HEAD = r"(?:(?<![^，；。、（：])|(?<=[已共日号月]))"  # where a clause or what is told begins
_END = r"(?=[，；。、）]|$)"


def written_verbs(text: str) -> str:
    """Return a text with spoken verbs as the paper writes them, 了 left out or told as 已."""
    for pattern, written in _short():
        text = pattern.sub(partial(_told, written=written), text)
    for pattern, told in _done():
        text = pattern.sub(told, text)
    return text


def _told(match: re.Match[str], written: str) -> str:
    return match[0] if cuts_a_word(match.string, *match.span()) else written


@cache
def _done() -> tuple[tuple[re.Pattern[str], str], ...]:
    verb = f"(?P<verb>{'|'.join(lexicon('writing', 'done_verbs.txt'))})了"
    return (
        (re.compile(rf"全?部?都{verb}{_END}"), r"均已\g<verb>"),
        (re.compile(rf"全部{verb}{_END}"), r"已全部\g<verb>"),
        (re.compile(rf"(?:均?已经?)?{verb}{_END}"), r"已\g<verb>"),
        (re.compile(rf"{verb}(?=[\u4e00-\u9fff\d“\ue000-\uf8ff])"), r"\g<verb>"),
    )


@cache
def _short() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (line.split("\t") for line in lexicon("writing", "verbs.tsv"))
    return tuple((_pattern(*row), row[2]) for row in rows)


def _pattern(spoken: str, behind: str, written: str, before: str) -> re.Pattern[str]:
    bare = spoken.strip("*").removesuffix("了")
    free = f"(?<![{behind}{bare}])"
    if spoken.endswith("了"):
        return re.compile(f"{free}{bare}了(?={before})")
    head = "" if spoken.endswith("*") else _HEAD
    whole = f"(?!{written.removeprefix(bare)}|了)" if written.startswith(bare) else "(?!了)"
    return re.compile(f"{free}{bare}了(?={before})|{head}{free}{bare}{whole}(?={before})")
