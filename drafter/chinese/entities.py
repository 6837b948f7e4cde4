"""Names in running text: titles, quotes, meetings, organs and firms, posts, persons, places.

By rules and dated word lists, for precision: what is returned is a name; not every name is found.
The spans do not overlap; what stands inside a title or a quote is part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.chinese.normalise import fold
from drafter.chinese.persons import addressed_names, leading_names, names_behind
from drafter.chinese.places import NameContext, find_divisions, find_places
from drafter.domain import Entity
from drafter.resources import lexicon

_CN = "[零〇一二三四五六七八九十百\\d]"
_TITLE = re.compile(
    r"《(?:[^《》\n]|《[^《》\n]*》){1,80}》"
    rf"(?:第{_CN}+(?:、{_CN}+)*[卷版]|（(?:\d{{4}}年?版|试行|暂行|修订|修订版|征求意见稿)）)?"
)
_QUOTE = re.compile(r"“[^“”\n]{1,40}”|「[^「」\n]{1,40}」|\"[^\"\n]{1,40}\"")
_SESSION = re.compile(
    rf"(?:党的)?{_CN}{{1,3}}届(?:{_CN}+中全会|历次全会|全国人大|{_CN}+次全会)(?:精神)?"
    rf"|党的[二一]?十[一二三四五六七八九]?大(?:精神|报告)?"
    rf"|第?{_CN}{{1,3}}届{_CN}+次(?:人代会|党代会|全会|会议|人民代表大会|职代会)"
)
_LEVEL = re.compile("(?:中共)?(?:中央|全国|省|自治区|市|州|县|区|镇|乡|街道|村|社区)$")
_FIRM_LENGTH = {"有限公司": 10, "有限责任公司": 10, "合作社": 8}


def find_entities(text: str) -> list[Entity]:
    """Return the names of a text in reading order; spans are offsets into ``text``."""
    folded = fold(text)
    taken = bytearray(len(folded))
    found: list[tuple[int, int, str]] = []
    context = NameContext(folded)
    _take(found, taken, (m.span() for m in _TITLE.finditer(folded)), "title")
    _take(found, taken, (m.span() for m in _QUOTE.finditer(folded)), "quote")
    _take(found, taken, (m.span() for m in _SESSION.finditer(folded)), "meeting")
    people = _people(folded, taken)
    _take(found, taken, people, "person")
    for start, end, kind in _named(context, taken):
        _take(found, taken, [(start, end)], kind)
    _take(found, taken, find_divisions(folded, taken), "place")
    _take(found, taken, _firms(context, taken), "organisation")
    _take(found, taken, find_places(context, taken), "place")
    return [Entity(s, e, text[s:e], kind) for s, e, kind in sorted(found)]


def _take(
    found: list[tuple[int, int, str]],
    taken: bytearray,
    spans: Iterable[tuple[int, int]],
    kind: str,
) -> None:
    for start, end in spans:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end, kind))


def _people(folded: str, taken: bytearray) -> list[tuple[int, int]]:
    found = leading_names(folded) + addressed_names(folded)
    for _, start, end in _people_automaton().find_matches_as_indexes(folded):
        if not taken[start]:
            found += names_behind(folded, end)
    return sorted(found, key=lambda span: span[0] - span[1])


def _named(context: NameContext, taken: bytearray) -> list[tuple[int, int, str]]:
    """Find posts, organs and meetings of the lexicons, with the level before them."""
    text = context.text
    found = []
    for index, start, hit_end in _names_automaton().find_matches_as_indexes(text):
        kind, alone = _names()[index][1:]
        if any(taken[start:hit_end]):
            continue
        chief = kind == "organisation" and text[hit_end - 1] in "会局所站队院"
        chief = chief and text[hit_end : hit_end + 1] == "长"
        first = _with_level(context, start)
        if (alone or chief or first < start) and not any(taken[first:start]):
            found.append((first, hit_end + chief, "post" if chief else kind))
    return found


def _with_level(context: NameContext, start: int) -> int:
    """Return where the level (县, 镇 …) before an organ begins; a named place stays a place."""
    text = context.text
    level = _LEVEL.search(text[max(0, start - 5) : start])
    if level is None:
        return start
    first = start - len(level[0])
    if first == 0 or context.is_boundary(first) or text[first - 1] in "全本我各":
        return first
    name, _ = context.name_start(first, 4)
    return start if first - name >= 2 else first


def _firms(context: NameContext, taken: bytearray) -> list[tuple[int, int]]:
    """Find 四海食品有限公司: a body's ending with its own name before it."""
    text = context.text
    found = []
    for index, start, end in _endings_automaton().find_matches_as_indexes(text):
        if taken[start]:
            continue
        longest = _FIRM_LENGTH.get(_endings()[index], 6)
        first, firm = context.name_start(start, longest)
        while first < start and taken[first]:
            first += 1
        if not firm:
            first = max(first, start - 4)
        named = start - first >= 2 and (firm or longest >= 8)
        if named and not any(word in text[first:end] for word in _generic_organs()):
            found.append((first, end))
    return found


@cache
def _names() -> tuple[tuple[str, str, bool], ...]:
    posts = [(name, "post", True) for name in lexicon("chinese", "posts.txt")]
    meetings = [(name, "meeting", True) for name in lexicon("chinese", "meetings.txt")]
    organs = [
        (name, "organisation", mark == "=")
        for name, _, mark in (line.partition("\t") for line in lexicon("chinese", "organs.tsv"))
    ]
    return tuple(chain(posts, meetings, organs))


@cache
def _names_automaton() -> AhoCorasick:
    return AhoCorasick([row[0] for row in _names()], matchkind=MatchKind.LeftmostLongest)


@cache
def _people_automaton() -> AhoCorasick:
    names = [*lexicon("chinese", "posts.txt"), *lexicon("chinese", "roles.txt")]
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


@cache
def _generic_organs() -> tuple[str, ...]:
    return lexicon("chinese", "generic_organs.txt")


@cache
def _endings() -> tuple[str, ...]:
    return lexicon("chinese", "organ_suffixes.txt")


@cache
def _endings_automaton() -> AhoCorasick:
    return AhoCorasick(list(_endings()), matchkind=MatchKind.LeftmostLongest)
