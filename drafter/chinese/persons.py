"""Persons' names: a surname and one or two characters beside a post, 同志, or a verb of leading."""

from __future__ import annotations

import re
from functools import cache

from drafter.resources import lexicon

_NEVER_IN_NAMES = frozenset(
    "的了是在和与等及或村镇乡县市办站所局组会员部委队室院厅处科校店厂公司党政群众干第"
    "一二三四五六七八九十百千万个名次为把将被向对从到由也都不有要于以其这那们我你他她它每各该此"
    "按据并且但而就还再又已未无年月日时分"
)
_STRONG = re.compile(
    "同志|带队|牵头|主持|带头|率队|任组长|任副组长|讲党课|授课|包案|包联|包保|挂帅|作动员|作报告|出席|到会"
)
_NEVER_ADDRESSED = frozenset("武党任原总全时应常都来和解强明万成方项单包计管谈保查兼现文会")
_BEFORE_ADDRESSED = frozenset("村镇乡区头和与由向所站办院校局队组心")
_CLAUSE_START = re.compile(r"(?:^|[，。；：、（\n\s])(?=[\u4e00-\u9fff])", re.MULTILINE)


@cache
def _surnames() -> dict[str, bool]:
    """Return surname → whether it is also an everyday word."""
    return {s.rstrip("!"): s.endswith("!") for s in lexicon("chinese", "surnames.txt")}


@cache
def _not_names() -> frozenset[str]:
    return frozenset(lexicon("chinese", "not_names.txt"))


@cache
def _ends() -> re.Pattern[str]:
    words = sorted(_raw_ends(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + r"|\s|$")


def _raw_ends() -> tuple[str, ...]:
    return (*lexicon("chinese", "person_ends.txt"), "“", "《", "/", "→")


@cache
def _given() -> frozenset[str]:
    return frozenset("".join(lexicon("chinese", "given_chars.txt")))


@cache
def _address() -> re.Pattern[str]:
    words = sorted(lexicon("chinese", "forms_of_address.txt"), key=len, reverse=True)
    return re.compile("|".join(words))


def name_at(text: str, start: int, strict: bool = False) -> int | None:
    """Return where the person's name that begins at ``start`` ends, or ``None``.

    ``strict`` leaves out names of two characters whose surname is an everyday word (任, 高, 应).
    """
    surname = _surname_at(text, start)
    if surname is None or text[start : start + 2] in _not_names():
        return None
    if text[start : start + 3] in _not_names():
        return None
    first = start + len(surname)
    two = text[first : first + 2]
    for given in (2, 1):
        end = first + given
        name = text[first:end]
        if len(name) < given or not all(_may_name(char) for char in name):
            continue
        if given == 1 and strict and _surnames()[surname]:
            continue
        if _ends().match(text, end):
            return first + 1 if given == 2 and _is_verb_from(text, end - 1) else end
    likely = len(two) == 2 and set(two) <= _given() and all(map(_may_name, two))
    return first + 2 if likely and not (strict and _surnames()[surname]) else None


def _is_verb_from(text: str, at: int) -> bool:
    """Tell whether a name's last character begins the verb behind it: 阮成 in 阮成担任."""
    found = _ends().match(text, at)
    return found is not None and len(found[0]) > 1


def _may_name(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in _NEVER_IN_NAMES


def _surname_at(text: str, start: int) -> str | None:
    for length in (2, 1):
        if text[start : start + length] in _surnames() and len(text) > start:
            return text[start : start + length]
    return None


def names_behind(text: str, end: int) -> list[tuple[int, int]]:
    """Return the names behind a post that ends at ``end``, several if joined by 、."""
    start = end + 1 if text[end : end + 1] in {" ", "：", ":", "\u3000"} else end
    spaced = start > end
    found = []
    while (stop := name_at(text, start, strict=not spaced)) is not None:
        found.append((start, stop))
        spaced = True
        if text[stop : stop + 1] != "、":
            break
        start = stop + 1
    return found


def leading_names(text: str) -> list[tuple[int, int]]:
    """Return the names at a clause's start that stand before 同志 or a verb of leading."""
    found = []
    for match in _CLAUSE_START.finditer(text):
        start = match.end()
        end = name_at(text, start, strict=True) if _surname_at(text, start) else None
        if end is not None and _STRONG.match(text, end):
            found.append((start, end))
    return found


def addressed_names(text: str) -> list[tuple[int, int]]:
    """Return 王支书, 李主任: a surname with a form of address behind a boundary or a place."""
    found = []
    for match in _address().finditer(text):
        start = match.start() - 1
        if start < 0 or text[start] not in _surnames() or text[start] in _NEVER_ADDRESSED:
            continue
        before = text[start - 1 : start]
        if not before or not "\u4e00" <= before <= "\u9fff" or before in _BEFORE_ADDRESSED:
            found.append((start, match.end()))
    return found
