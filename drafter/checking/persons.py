"""Persons: a name behind its post, a name that the facts do not have, a post that is not theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from drafter.checking.factindex import FactIndex
from drafter.checking.names import kind_of_ending, names_in
from drafter.checking.replacements import common_pairs, office_words
from drafter.checking.sources import Donor
from drafter.checking.wordness import is_general
from drafter.chinese.persons import name_at
from drafter.domain import Evidence, Finding
from drafter.resources import lexicon

_HAN = r"[\u4e00-\u9fff]"
_ENDS = frozenset("，。；、：！？（）()”“《》【】 \n\t,;:·") | frozenset(
    "等的是在和与及靠受为任带主牵率到被把将向对从给讲作赴获说代兼已"
)
_ANY_POST = frozenset({"同志", "干部", "党员", "群众", "负责人", "代表", "领导", "队员", "委员"})
_BEHIND = re.compile(r"(?:同志|带队|牵头|主持|包案|任组长|任副组长|担任组长|主讲)")
_BETWEEN = re.compile("(?:分别)?[为是由]?[ ：:\t]*")
_WEAK_POSTS = frozenset(lexicon("checking", "weak_posts.txt"))
_TITLE_ROOM = 6  # a longer span would mark the clause, not the name
_ORGAN_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{2,6}[办所站院队局会]|[县镇乡村])(?:专职|兼职)?$")
_BEFORE_MANY = 6
_MANY = re.compile(
    "(?:全体|各级?|每[名位个]?|所有|广大|其他|部分|个别|不少|许多|一些)[\u4e00-\u9fff]{0,2}$"
)
_HOMES = frozenset(["village", "镇"])
_CUT = re.compile("[，、；。]")
_NEAR = 8  # characters between a place and the name or post of its person
_TITLE_RUN = re.compile(f"(?<!{_HAN}){_HAN}{{4,12}}$")
_LEVEL = re.compile("[省市县]")
_APPOINTED = re.compile(
    "由[\u4e00-\u9fff]{0,4}(?:书记|镇长|乡长|主任|主席|委员)(?:兼|担)?任"
    "(?P<part>[\u4e00-\u9fff]{0,3}(?:组长|队长|指挥长|总指挥|会长|专班长|河长|林长))"
)
_BRACKETED = re.compile(f"(?<!{_HAN})({_HAN}{{2,3}})[（(]([^（）()]{{2,16}})[）)]")
_ALONE = re.compile("(?<=[（：、“”\\s:])[\u4e00-\u9fff]{3}(?=[）、，；。\\s]|$)")
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


@cache
def _post() -> re.Pattern[str]:
    posts = sorted(lexicon("checking", "posts.txt"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, posts)) + f"|{_HAN}{{2}}[员师])")


def find_persons(text: str, known: frozenset[str] = frozenset()) -> list[Person]:
    """Return the persons of a text: ``known`` names, and names that stand behind a post.

    A name begins with a family name and has two or three characters; where it ends is decided by
    what follows. What cannot be told is left out rather than guessed.
    """
    found: dict[int, Person] = {}
    for match in _post().finditer(text):
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
    return [found[at] for at in sorted(found)]


def _unposted(text: str, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield names without a post before them: known ones, 由王某某牵头, 王某某同志."""
    for name in known:
        for at in _places_of(name, text):
            yield at, name
    for name in known:
        yield from _misspelt(text, name)
    for match in re.finditer(r"(?:由|以|聘请|邀请)", text):
        name = _name_at(text, match.end(), known)
        if name and _BEHIND.match(text, match.end() + len(name)):
            yield match.end(), name
    for match in re.finditer("同志", text):
        for size in (3, 2):
            start = match.start() - size
            if start >= 0 and text[start] in surnames() and _opens(text, start):
                yield start, text[start : match.start()]
                break


def _told_persons(text: str) -> list[Person]:
    """Return the persons of a fact; a fact may have the post in brackets behind the name."""
    found = find_persons(text)
    known = {person.name for person in found}
    for match in _BRACKETED.finditer(text):
        if match[1] not in known and match[1][0] in surnames() and _post().search(match[2]):
            found.append(Person(*match.span(1), match[1], "", match.start(1)))
    return found


def _post_behind(text: str, end: int) -> str:
    """Return the post that stands in brackets behind a name: 庞丽萍（民政办副主任）."""
    bracket = re.match("[（(]([^（）()]{2,16})[）)]", text[end:])
    posts = _post().findall(bracket[1]) if bracket else []
    return str(posts[-1]) if posts else ""


def _misspelt(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Yield what differs from a known name of three characters in one behind the family name."""
    if len(name) != 3:
        return
    for at in _places_of(name[0], text):
        said = text[at : at + 3]
        near = said[1:2] == name[1] or said[2:3] == name[2]
        if near and len(said) == 3 and said != name and _is_name(text, at, said):
            yield at, said


def _places_of(part: str, text: str) -> Iterator[int]:
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
        if name in known or any(_alike(name, k) for k in known if len(k) == size > 2):
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


@cache
def _leaders() -> str:
    """Return the standing formulations in one text: the names in them need no fact."""
    return "\n".join(lexicon("checking", "evergreen.txt"))


@lru_cache(maxsize=256)
def _persons_of(text: str) -> tuple[Person, ...]:
    return tuple(find_persons(text))


class Persons:
    """The persons of this job's facts and samples."""

    def __init__(self, index: FactIndex, donors: Sequence[Donor]) -> None:
        self._facts: dict[str, list[tuple[str, str, str]]] = {}
        for line in index.lines:
            for person in _told_persons(line.text):
                post = person.post or _post_behind(line.text, person.end)
                entry = (post, line.text, line.fact_id)
                self._facts.setdefault(person.name, []).append(entry)
        self._text = index.bare
        named = [n for line in index.lines for n in _ALONE.findall(line.text)]
        named = [n for n in [*named, *self._facts] if len(n) == 3 and n[0] in surnames()]
        turned = {name: name[0] + name[:0:-1] for name in named}
        self._turned = {name: t for name, t in turned.items() if t not in index.bare}
        self._donors = {
            p.name: d.name for d in donors for p in _persons_of(d.text) if p.name not in self._text
        }

    def check(self, text: str) -> tuple[list[Finding], list[Evidence]]:
        """Return findings on and evidence for the persons of a text."""
        known = frozenset(self._facts) | frozenset(self._donors)
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        for person in find_persons(text, known):
            entries = self._facts.get(person.name, [])
            if entries:
                judges = (self._wrong_post, self._wrong_level, self._elsewhere)
                found = (judge(text, person, entries) for judge in judges)
                finding = next((f for f in found if f), None)
            else:
                cut = self._cuts_word(text, person)
                finding = None if cut else self._unknown(text, person)
            ids = tuple(dict.fromkeys(entry[2] for entry in entries))
            relation = "unsupported" if finding else "exact" if ids else "fixed_term"
            evidence.append(
                Evidence(person.start, person.end, person.name, "person", relation, ids)
            )
            if finding:
                findings.append(finding)
        findings += self._transposed(text)
        findings += self._appointed(text)
        return findings, evidence

    def _cuts_word(self, text: str, person: Person) -> bool:
        """Tell whether a name of two characters ends inside a word of the facts: 占合|作社."""
        word = text[person.end - 1 : person.end + 2]
        return len(person.name) == 2 and len(word) == 3 and word in self._text

    def _transposed(self, text: str) -> Iterator[Finding]:
        """Yield names of three characters that have the last two of a fact's name changed round."""
        for name, turned in self._turned.items():
            for at in _places_of(turned, text):
                message = f"“{turned}”与事实中的“{name}”字序不同，请核对人名。"
                yield Finding(at, at + 3, turned, "wrong_entity", "block", message, name)

    def _wrong_post(
        self, text: str, person: Person, entries: list[tuple[str, str, str]]
    ) -> Finding | None:
        post = person.post
        if not post or post in _ANY_POST or not any(entry[0] for entry in entries):
            return None
        if any(_holds(line, person.name, post) for _, line, _ in entries):
            return None
        theirs, _, fact_id = next(entry for entry in entries if entry[0])
        start = _title_start(text, person)
        if post.endswith(theirs) and "副" not in post.removesuffix(theirs):
            return None
        message = f"{person.name}的职务与事实{fact_id}不一致，事实是“{theirs}”，这里写成“{post}”。"
        said = text[start : person.end]
        return _finding(person, start, said, message, theirs + person.name, fact_id)

    def _elsewhere(
        self, text: str, person: Person, entries: list[tuple[str, str, str]]
    ) -> Finding | None:
        """Return a finding where the post is of another village than in every fact."""
        ours = _home(text, person.post_start) if person.post else ""
        theirs = [(_home(line, line.find(person.name)), fact_id) for _, line, fact_id in entries]
        if not ours or any(not home or home in ours or ours in home for home, _ in theirs):
            return None
        place, fact_id = theirs[0]
        message = f"{person.name}在事实{fact_id}中是“{place}”的，这里写成“{ours}”。"
        return _finding(person, person.start, person.name, message, "", fact_id)

    def _wrong_level(
        self, text: str, person: Person, entries: list[tuple[str, str, str]]
    ) -> Finding | None:
        """Return a finding where a title has a level that the fact's has not: 团县委书记."""
        title = _TITLE_RUN.search(text, 0, person.start)
        level = _LEVEL.search(title[0]) if title and person.post else None
        if not title or not level or title[0] in self._text:
            return None
        plain = title[0][: level.start()] + title[0][level.end() :]
        for _, line, fact_id in entries:
            at = line.find(plain)
            if at >= 0 and not _LEVEL.match(line[at - 1 : at]):
                said = text[title.start() : person.end]
                message = f"{person.name}在事实{fact_id}中是“{plain}”，这里写成“{title[0]}”。"
                return _finding(person, title.start(), said, message, plain + person.name, fact_id)
        return None

    def _appointed(self, text: str) -> Iterator[Finding]:
        """Yield who is said to hold a part that no fact gives to anybody: 由镇长任总队长."""
        for match in _APPOINTED.finditer(text):
            if match["part"] not in self._text:
                message = f"事实清单中没有“{match['part']}”，请核实“{match[0]}”。"
                yield Finding(*match.span(), match[0], "wrong_entity", "block", message)

    def _unknown(self, text: str, person: Person) -> Finding | None:
        name = person.name
        if name in self._text or name in _leaders():
            return None
        if name in self._donors:
            sample = self._donors[name]
            message = f"“{name}”是样本“{sample}”里的人名，事实清单中没有。"
            return Finding(
                person.start,
                person.end,
                name,
                "leaked_from_sample",
                "block",
                message,
                "",
                (),
                sample,
            )
        near = next((known for known in self._facts if _alike(known, name)), "")
        if near:
            fact_id = self._facts[near][0][2]
            message = f"“{name}”与事实{fact_id}的“{near}”差一个字，请核对人名。"
            return _finding(person, person.start, name, message, near, fact_id)
        if is_general(text, person.start, person.end):
            return None
        message = f"事实清单中没有“{name}”这个人，请核实。"
        return _finding(person, person.start, name, message, "", "")


def _home(text: str, end: int) -> str:
    """Return the village or township that stands right before an offset, "" for none."""
    for name in names_in(text):
        between = text[name.end : end]
        near = name.end <= end and len(between) <= _NEAR and not _CUT.search(between)
        if near and name.kind in _HOMES:
            return name.text
    return ""


def _title_start(text: str, person: Person) -> int:
    """Return where the title before a name begins, its organ with it if that stays short."""
    longest = 2 * len(person.name) + _TITLE_ROOM
    start = person.post_start
    if person.end - start > longest:
        return person.start
    organ = _ORGAN_BEFORE.search(text[max(0, person.end - longest) : start])
    return start - len(organ[0]) if organ else start


def _holds(line: str, name: str, post: str) -> bool:
    """Tell whether the words right before a name in a fact hold a post (镇长 is not 副镇长)."""
    exact = re.escape(post) if post.startswith("副") else rf"(?<!副){re.escape(post)}"
    for match in re.finditer(re.escape(name), line):
        left = re.split(r"[，、；。（）]", line[: match.start()])[-1]
        right = re.split(r"[，、；。]", line[match.end() :])[0][:12]
        if re.search(exact, left) or re.search(exact, right):
            return True
    return False


def _alike(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return one[0] == other[0] and (set(one) < set(other) or set(other) < set(one))


def _finding(
    person: Person, start: int, text: str, message: str, fix: str, fact_id: str
) -> Finding:
    ids = (fact_id,) if fact_id else ()
    return Finding(start, person.end, text, "wrong_entity", "block", message, fix, ids)
