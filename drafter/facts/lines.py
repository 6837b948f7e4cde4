"""What each line of an office's notes is: a fact, an office's tag, a heading, a sender, talk.

Nothing is thrown away here: every line that is not blank comes back with its kind and its span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from drafter.chinese.normalise import fold
from drafter.chinese.quantities import find_figures
from drafter.facts.headings import heading_in, is_title
from drafter.facts.senders import is_office, is_speaker, sender_in
from drafter.facts.talk import is_talk

Kind = Literal["fact", "tag", "sender", "heading", "title", "meta", "talk", "rule", "row"]

_BLANK = " \t\u3000\u00a0\ufeff\u200b\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_RULE = re.compile(r"[\W_]*(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)?[\W_]*")
_PIPED = re.compile(r"\|.*\|")  # a table in Markdown
_BRACKET_TAG = re.compile(
    r"(?:【(?P<a>[^】\n]{1,20})】|\[(?P<b>[^\]\n]{1,20})\])\s*[：:]?\s*(?P<rest>.*)"
)
_TIME_ALONE = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_COLON = re.compile(r"(?P<head>[^：:，,。；;]{1,16})[：:]\s*(?P<rest>.*)")
_META = re.compile(
    "(?:填报单位|报送单位|单位名称|单位|填报人|填表人|审核人|联系人|联系电话|电话|填报时间|填报日期"
    r"|报送时间|总结年度|年度|报告期|统计口径|备注)\s*[：:]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or the part of it behind a tag.

    ``label`` is the tag, sender or heading that it opens (kinds tag, sender, heading), ``text`` the
    stretch ``start`` … ``end`` of the input.
    """

    kind: Kind
    number: int
    start: int
    end: int
    text: str
    label: str = ""


def read_lines(text: str) -> list[Line]:
    """Return the lines of a text by kind, blank ones left out; a tag with a fact gives two."""
    found: list[Line] = []
    in_chat = False
    for number, start, line in _trimmed(text):
        in_chat = in_chat or sender_in(fold(line)) is not None
        found += _classify(number, start, line, in_chat, first=not found)
    return found


def _trimmed(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        inner = line.strip(_BLANK)
        if "\t" in inner:
            inner = line.rstrip(_BLANK).lstrip(_BLANK.replace("\t", ""))
        if inner:
            yield number, at + line.index(inner), inner
        at += len(line)


def _classify(number: int, start: int, line: str, in_chat: bool, first: bool) -> list[Line]:
    folded = fold(line)
    whole = Line("fact", number, start, start + len(line), line)
    if "\t" in line or _PIPED.fullmatch(folded):
        return [replace(whole, kind="row")]
    if _RULE.fullmatch(folded):
        return [replace(whole, kind="rule")]
    if _META.match(folded):
        return [replace(whole, kind="meta")]
    if in_chat and is_talk(folded):
        return [replace(whole, kind="talk")]
    if sender := sender_in(folded):
        return _labelled(whole, "sender", sender.who, sender.rest, in_chat)
    if tagged := _tag_in(folded, in_chat):
        kind, label, rest = tagged
        return _labelled(whole, kind, label, rest, in_chat)
    if first and is_title(folded):
        return [replace(whole, kind="title")]
    if heading := heading_in(folded):
        return [replace(whole, kind="heading", label=heading)]
    return [whole]


def _labelled(whole: Line, kind: Kind, label: str, rest: str, in_chat: bool) -> list[Line]:
    """Return the line of a label, and that of the fact or talk behind it."""
    if not rest:
        return [replace(whole, kind=kind, label=label)]
    at = len(whole.text) - len(rest)
    middle = whole.start + at
    opening = replace(whole, kind=kind, label=label, end=middle, text=whole.text[:at])
    behind: Kind = "talk" if in_chat and is_talk(rest) else "fact"
    return [opening, replace(whole, kind=behind, start=middle, text=whole.text[at:])]


def _tag_in(folded: str, in_chat: bool) -> tuple[Kind, str, str] | None:
    """Return kind, label and rest of 【党建办】…, 党建办：…, 社区李：…, or of a bare 党建办."""
    if found := _BRACKET_TAG.fullmatch(folded):
        label = (found["a"] or found["b"]).strip()
        if label.startswith("待") or find_figures(label):
            return None
        rest = "" if _TIME_ALONE.fullmatch(found["rest"]) else found["rest"]
        return ("tag" if is_office(label, marked=True) else "heading"), label, rest
    if found := _COLON.fullmatch(folded):
        head = found["head"].strip()
        if is_office(head):
            return "tag", head, found["rest"]
        if is_speaker(head, in_chat):
            return "sender", head, found["rest"]
    if len(folded) <= 8 and is_office(folded):
        return "tag", folded, ""
    return None
