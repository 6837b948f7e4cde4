"""The persons of a text: names behind a post, known names, and what differs little from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from drafter.checking.names import kind_of_ending
from drafter.checking.prose import common_pairs, office_words
from drafter.checking.wordness import one_differs
from drafter.chinese.persons import name_at
from drafter.resources import lexicon

_HAN = r"[\u4e00-\u9fff]"
_ENDS = frozenset("，。；、：！？（）()”“《》【】 \n\t,;:·") | frozenset(
    "等的是在和与及靠受为任带主牵率到被把将向对从给讲作赴获说代兼已"
)
_BEHIND = re.compile(r"(?:同志|带队|牵头|主持|包案|任组长|任副组长|担任组长|主讲)")
_COMRADE = re.compile("同志")
_CALLED = re.compile("由|以|聘请|邀请")
_BETWEEN = re.compile("(?:分别)?[为是由]?[ ：:\t]*")
_OF_POSTS = "员师"  # 护林员, 农艺师
_WEAK_POSTS = frozenset(lexicon("checking", "weak_posts.txt"))
_BEFORE_MANY = 6
_WITH_FAMILY_NAME = 3
_LONGEST_POST = 8
_MANY = re.compile(
    "(?:全体|各级?|每[名位个]?|所有|广大|其他|部分|个别|不少|许多|一些)[\u4e00-\u9fff]{0,2}$"
)
_SPACED = re.compile(f"[ 　：:]+({_HAN}{{3,6}})(?=[\\s，、；。（(]|$)")
_BRACKETED = re.compile(f"(?<!{_HAN})({_HAN}{{2,3}})[（(]([^（）()]{{2,16}})[）)]")
_NUMERALS = frozenset("一二三四五六七八九十百千两几")
_NO_LAST = frozenset("镇村乡县局办站所")  # 由梅湾镇牵头 names no person
_NEVER_IN_NAMES = frozenset(
    "的了在和与及为等是有以对将把被到从给让使要不也已并就又都还重求述职主带牵到工会组委部站所"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as written: the name's offsets, and the post that stands right before it."""

    start: int
    end: int
    name: str
    post: str
    post_start: int


@cache
def surnames() -> frozenset[str]:
    """Return what opens a personal name."""
    own = (name for row in lexicon("checking", "surnames.txt") for name in row.split())
    return frozenset([*own, *(name.rstrip("!") for name in lexicon("chinese", "surnames.txt"))])


@cache
def _not_names() -> frozenset[str]:
    return frozenset(lexicon("checking", "not_names.txt"))


@cache
def _plainsurnames() -> frozenset[str]:
    rows = lexicon("checking", "plain_surnames.txt")
    return frozenset(name for row in rows for name in row.split())


@cache
def _followers() -> frozenset[str]:
    return frozenset(lexicon("checking", "after_names.txt"))


_IN_CHARGE = re.compile(f"[办所站局队院科股室心]({_HAN}{{3}})(?=负责|牵头|主抓|具体抓|经办)")
_OF_VILLAGE = re.compile(f"(?:村|社区) ({_HAN}{{2,3}})(?= ?[“、，；。]| \\D|$)")  # 石桥村 苗艳
_HONOURED = re.compile("获|被|荣|入选|当选|带头|主动")
_HOMES = ("村", "社区")
_CUT_POST = 3  # two characters and one that ends a post


@cache
def _post() -> re.Pattern[str]:
    posts = sorted(lexicon("checking", "posts.txt"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, posts)) + f"|{_HAN}{{2}}[{_OF_POSTS}])")


@cache
def _posts() -> frozenset[str]:
    return frozenset(lexicon("checking", "posts.txt"))


@cache
def _post_words() -> AhoCorasick:
    return AhoCorasick([*lexicon("checking", "posts.txt"), *_OF_POSTS])


def _posts_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the posts of a text; most texts have none, which the word list tells fast."""
    if _post_words().find_matches_as_indexes(text):
        for match in _post().finditer(text):
            shorter = _post().match(text, match.start() + 1) if len(match[0]) == _CUT_POST else None
            known = shorter and shorter[0] in _posts() and match[0] not in _posts()
            yield shorter if shorter and known else match  # 松林小学|教师


@lru_cache(maxsize=4096)
def find_persons(text: str, known: frozenset[str] = frozenset()) -> tuple[Person, ...]:
    """Return the persons of a text: ``known`` names, and names that stand behind a post.

    A name begins with a family name and has two or three characters; where it ends is decided by
    what follows. What cannot be told is left out rather than guessed.
    """
    found: dict[int, Person] = {}
    for match in _posts_in(text):
        if _MANY.search(text, max(0, match.start() - _BEFORE_MANY), match.start()):
            continue
        at = match.end()
        at += len(_BETWEEN.match(text, at)[0])  # type: ignore[index]
        name = _name_at(text, at, known) or _bold_name(text, at, match[0])
        post, post_start = match[0], match.start()
        while name:
            found[at] = Person(at, at + len(name), name, post, post_start)
            at += len(name) + 1
            listed = text[at - 1 : at] == "、"
            name = _name_at(text, at, known) if listed else ""
            post, post_start = "", at
    for start, name in _unposted(text, known):
        if start not in found:
            found[start] = Person(start, start + len(name), name, "", start)
    return tuple(found[at] for at in sorted(found))


def _unposted(text: str, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield names without a post before them: known ones, 由王某某牵头, 王某某同志."""
    for name in known:
        for at in places_of(name, text):
            yield at, name
    for name in known:
        yield from _misspelt(text, name)
    for match in _CALLED.finditer(text):
        name = _name_at(text, match.end(), known)
        if name and _BEHIND.match(text, match.end() + len(name)):
            yield match.end(), name
    for match in _COMRADE.finditer(text):
        for size in (3, 2):
            start = match.start() - size
            named = start >= 0 and text[start] in surnames() and text[start + 1] not in _NO_LAST
            if named and _opens(text, start):
                yield start, text[start : match.start()]
                break


def told_persons(text: str) -> list[Person]:
    """Return the persons of a fact; a fact may have the post in brackets behind the name."""
    found = list(find_persons(text))
    known = {person.name for person in found}
    for person in _spaced(text):
        if not any(p.start < person.end and person.start < p.end for p in found):
            found.append(person)
    for match in _BRACKETED.finditer(text):
        if match[1] not in known and match[1][0] in surnames() and _post().search(match[2]):
            found.append(Person(*match.span(1), match[1], "", match.start(1)))
    known = {person.name for person in found}
    for match in _OF_VILLAGE.finditer(text):
        alone = match[1] not in known and not holds_a_word(match[1])
        if alone and match[1][0] in surnames() and match[1][-1] not in _NO_LAST:
            found.append(Person(*match.span(1), match[1], "", match.start(1)))
    known = {person.name for person in found}
    for match in _IN_CHARGE.finditer(text):
        if match[1] not in known and match[1][0] in surnames() and not holds_a_word(match[1]):
            found.append(Person(*match.span(1), match[1], "", match.start(1)))
    return found


def _spaced(text: str) -> Iterator[Person]:
    """Yield names of a fact that have no Chinese family name: 所长 普布卓玛."""
    for post in _posts_in(text):
        named = _SPACED.match(text, post.end())
        if named and not holds_a_word(named[1]) and not _post().search(named[1]):
            yield Person(*named.span(1), named[1], post[0], post.start())


def post_behind(text: str, end: int) -> str:
    """Return the post that stands in brackets behind a name: 庞丽萍（民政办副主任）."""
    bracket = re.match("[（(]([^（）()]{2,16})[）)]", text[end:])
    posts = _post().findall(bracket[1]) if bracket else []
    return str(posts[-1]) if posts else ""


def _misspelt(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Yield what differs from a known name of three characters in one behind the family name.

    A longer name has no family name: what stands behind a post and shares its begin is meant.
    """
    if len(name) > _WITH_FAMILY_NAME:
        for at in places_of(name[:2], text):
            said = text[at : at + len(name)]
            if said != name and not set(said[2:]) & _ENDS and _ends_with_post(text[:at]):
                yield at, said
    if len(name) < _WITH_FAMILY_NAME:
        for at in places_of(name[0], text):
            said, honoured = text[at : at + 2], _HONOURED.match(text, at + 2)
            if honoured and said != name and text[:at].endswith(_HOMES):
                yield at, said  # 石桥村苗燕获评
        return
    for at in places_of(name[0], text):
        said = text[at : at + 3]
        near = said[1:2] == name[1] or said[2:3] == name[2]
        if near and len(said) == _WITH_FAMILY_NAME and said != name:
            alone = _opens(text, at) and re.fullmatch(f"{_HAN}{{3}}", said)  # 柴永福既当站长
            if _is_name(text, at, said) or (alone and not holds_a_word(said)):
                yield at, said


def _ends_with_post(text: str) -> bool:
    tail = text[-_LONGEST_POST:]
    return any(post.end() == len(tail) for post in _posts_in(tail))


def places_of(part: str, text: str) -> Iterator[int]:
    """Yield where a text has a part, without the cost of a pattern for each name."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def _opens(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "，。；、：由向对和与以学\n长记任员"


def _name_at(text: str, at: int, known: frozenset[str]) -> str:
    for size in (4, 3, 2):
        name = text[at : at + size]
        if name in known or any(alike(name, k) for k in known if len(k) == size > 2):
            return name
    surname = 2 if text[at : at + 2] in surnames() else 1
    if text[at : at + surname] not in surnames() or text[at : at + 2] in _not_names():
        return ""
    for given in (1, 2):
        name = text[at : at + surname + given]
        if _is_name(text, at, name):
            return name
    end = name_at(text, at, strict=True)
    return text[at:end] if end and end - at > 2 and not _post().search(text[at:end]) else ""


def _bold_name(text: str, at: int, post: str) -> str:
    """Return three characters behind a real post as a name where nothing speaks against it."""
    name = text[at : at + 3]
    if (
        post in _WEAK_POSTS
        or post[-1] in "员师"
        or name[:1] not in _plainsurnames()
        or name[:2] in _not_names()
    ):
        return ""
    if not re.fullmatch(f"{_HAN}{{3}}", name) or any(c in _NEVER_IN_NAMES for c in name[1:]):
        return ""
    return "" if _post().search(name) else name


def _is_name(text: str, at: int, name: str) -> bool:
    end = at + len(name)
    if not re.fullmatch(_HAN + "+", name) or any(c in _ENDS for c in name[1:]):
        return False
    if name[-1] in _NO_LAST or kind_of_ending(name):
        return False
    if _post().fullmatch(name) or any(c in _NUMERALS for c in name[1:]):
        return False
    after = text[end : end + 1]
    if text[end - 1 : end + 1] in office_words() and text[end : end + 1] not in "的":
        return False
    if text[end : end + 2] in office_words() and not holds_a_word(name):
        return True
    return after == "" or after in _ENDS or text[end : end + 2] in _followers()


def holds_a_word(name: str) -> bool:
    """Tell whether two neighbouring characters of a stretch are a pair of general prose."""
    pairs = (name[i : i + 2] for i in range(len(name) - 1))
    return any(pair in common_pairs() or pair in office_words() for pair in pairs)


def alike(one: str, other: str) -> bool:
    """Tell whether two names differ in one character, or one has a character less."""
    if len(one) == len(other):
        return one_differs(one, other)
    return one[:1] == other[:1] != "" and (set(one) < set(other) or set(other) < set(one))
