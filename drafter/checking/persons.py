"""Persons: a name that the facts do not have, a post or a place that is not theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from drafter.checking.factindex import FactIndex
from drafter.checking.names import names_in
from drafter.checking.people import (
    Person,
    alike,
    find_persons,
    places_of,
    post_behind,
    surnames,
    told_persons,
)
from drafter.checking.sources import Donor
from drafter.checking.wordness import is_general, is_word
from drafter.domain import Evidence, Finding
from drafter.resources import lexicon

_HAN = "[\u4e00-\u9fff]"
_ANY_POST = frozenset({"同志", "干部", "党员", "群众", "负责人", "代表", "领导", "队员", "委员"})
_TITLE_ROOM = 6  # a longer span would mark the clause, not the name
_ORGAN_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{2,6}[办所站院队局会]|[县镇乡村])(?:专职|兼职)?$")
_HOMES = frozenset(["village", "镇"])
_CUT = re.compile("[，、；。]")
_PAIR = 2
_NEAR = 8  # characters between a place and the name or post of its person
_TITLE_RUN = re.compile(f"(?<!{_HAN}){_HAN}{{4,12}}$")
_HEAD_OF = re.compile("[长记任席]$")
_LEVEL = re.compile("[省市县]")
_APPOINTED = re.compile(
    "由[\u4e00-\u9fff]{0,4}(?:书记|镇长|乡长|主任|主席|委员)(?:兼|担)?任"
    "(?P<part>[\u4e00-\u9fff]{0,3}(?:组长|队长|指挥长|总指挥|会长|专班长|河长|林长))"
)
_ALONE = re.compile("(?<=[（：、“”\\s:])[\u4e00-\u9fff]{3}(?=[）、，；。\\s]|$)")


class _Told(NamedTuple):
    """What a fact says of a person: the post, the fact's text and its id."""

    post: str
    line: str
    fact_id: str


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
        self._facts: dict[str, list[_Told]] = {}
        for line in index.lines:
            for person in told_persons(line.text):
                post = person.post or post_behind(line.text, person.end)
                told = _Told(post, line.text, line.fact_id)
                self._facts.setdefault(person.name, []).append(told)
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
            finding = self._judge(text, person)
            ids = tuple(dict.fromkeys(told.fact_id for told in self._facts.get(person.name, ())))
            relation = "unsupported" if finding else "exact" if ids else "fixed_term"
            span = (person.start, person.end, person.name)
            evidence.append(Evidence(*span, "person", relation, ids))
            findings += [finding] if finding else []
        others = [*self._transposed(text), *self._appointed(text), *self._misspelt(text)]
        return [*findings, *others], evidence

    def _judge(self, text: str, person: Person) -> Finding | None:
        told = self._facts.get(person.name)
        if not told:
            return None if self._cuts_word(text, person) else self._unknown(text, person)
        judges = (self._wrong_post, self._wrong_level, self._elsewhere)
        return next((f for judge in judges if (f := judge(text, person, told))), None)

    def _cuts_word(self, text: str, person: Person) -> bool:
        """Tell whether a name of two characters ends inside a word of the facts: 占合|作社."""
        word = text[person.end - 1 : person.end + 2]
        return len(person.name) == 2 and len(word) == 3 and word in self._text

    def _transposed(self, text: str) -> Iterator[Finding]:
        """Yield names of three characters that have the last two of a fact's name changed round."""
        for name, turned in self._turned.items():
            for at in places_of(turned, text):
                message = f"“{turned}”与事实中的“{name}”字序不同，请核对人名。"
                yield Finding(at, at + 3, turned, "wrong_entity", "block", message, name)

    def _misspelt(self, text: str) -> Iterator[Finding]:
        """Yield a fact's name behind its post with the family name misspelt: 站长腾飞."""
        for name, told in self._facts.items():
            for post in {entry.post for entry in told if len(entry.post) > 1}:
                head = _HEAD_OF.search(post) is not None
                for at in places_of(post, text):
                    start = at + len(post)
                    said = text[start : start + len(name)]
                    turned = len(name) > 1 and said[1:] == name[1:] and said[0] != name[0]
                    other = said[:1] in surnames() and not (
                        len(name) == _PAIR and said in self._text
                    )
                    if turned and ((head and not other) or (other and len(name) == _PAIR)):
                        message = f"“{said}”与事实中的“{name}”差一个字，请核对人名。"
                        span = (start, start + len(name), said)
                        yield Finding(*span, "wrong_entity", "block", message, name)

    def _wrong_post(self, text: str, person: Person, told: Sequence[_Told]) -> Finding | None:
        post = person.post
        theirs = next((entry for entry in told if entry.post), None)
        held = self._held_by_another(person, told) if post and post not in _ANY_POST else None
        if held:
            start = _title_start(text, person)
            message = f"事实{held[1]}中“{post}”是{held[0]}，这里写成{person.name}。"
            return _finding(text, start, person, message, f"{post}{held[0]}", held[1])
        if not post or post in _ANY_POST or theirs is None:
            return None
        raised = post.endswith(theirs.post) and "副" not in post.removesuffix(theirs.post)
        if raised or any(_holds(entry.line, person.name, post) for entry in told):
            return None
        message = (
            f"{person.name}的职务与事实{theirs.fact_id}不一致，"
            f"事实是“{theirs.post}”，这里写成“{post}”。"
        )
        start = _title_start(text, person)
        return _finding(text, start, person, message, theirs.post + person.name, theirs.fact_id)

    def _held_by_another(self, person: Person, told: Sequence[_Told]) -> tuple[str, str] | None:
        """Return who holds a person's post in a fact that names the person with another word.

        主任 牛建伟 技术员 何婷 has no 主任何婷; of 主任 牛建伟、何婷 both are.
        """
        name = re.escape(person.name)
        for _, line, fact_id in told:
            if person.post not in line:
                continue
            if re.search(f"{person.post}[ ：:]?{name}|{name}[（ ，]?{person.post}", line):
                return None
            for other in (n for n in self._facts if n != person.name and n in line):
                holds = re.search(f"{person.post}[ ：:]?{other}", line)
                if holds and re.match(f" [\u4e00-\u9fff]{{2,6}} {name}", line[holds.end() :]):
                    return other, fact_id
        return None

    def _elsewhere(self, text: str, person: Person, told: Sequence[_Told]) -> Finding | None:
        """Return a finding where the post is of another village than in every fact."""
        ours = _home(text, person.post_start) if person.post else ""
        theirs = [(_home(entry.line, entry.line.find(person.name)), entry) for entry in told]
        if not ours or any(not home or home in ours or ours in home for home, _ in theirs):
            return None
        place, fact_id = theirs[0][0], theirs[0][1].fact_id
        message = f"{person.name}在事实{fact_id}中是“{place}”的，这里写成“{ours}”。"
        return _finding(text, person.start, person, message, "", fact_id)

    def _wrong_level(self, text: str, person: Person, told: Sequence[_Told]) -> Finding | None:
        """Return a finding where a title has a level that the fact's has not: 团县委书记."""
        title = _TITLE_RUN.search(text, 0, person.start)
        level = _LEVEL.search(title[0]) if title and person.post else None
        if not title or not level or title[0] in self._text:
            return None
        plain = title[0][: level.start()] + title[0][level.end() :]
        for _, line, fact_id in told:
            at = line.find(plain)
            if at >= 0 and not _LEVEL.match(line[at - 1 : at]):
                message = f"{person.name}在事实{fact_id}中是“{plain}”，这里写成“{title[0]}”。"
                fix = plain + person.name
                return _finding(text, title.start(), person, message, fix, fact_id)
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
        if person.post.endswith(_ANYBODY) and is_word(name):
            return None  # 老兵余热
        if name in self._donors:
            sample = self._donors[name]
            message = f"“{name}”是样本“{sample}”里的人名，事实清单中没有。"
            span, label = (person.start, person.end, name), "leaked_from_sample"
            return Finding(*span, label, "block", message, sample=sample)
        near = next((known for known in self._facts if alike(known, name)), "")
        fact_id = self._facts[near][0].fact_id if near else ""
        message = f"事实清单中没有“{name}”这个人，请核实。"
        if near:
            message = f"“{name}”与事实{fact_id}的“{near}”差一个字，请核对人名。"
        elif is_general(text, person.start, person.end):
            return None
        return _finding(text, person.start, person, message, near, fact_id)


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


_ANYBODY = ("兵", "员", "者", "人", "众", "民")
_TITLE = re.compile(
    "[\u4e00-\u9fff]{0,6}(?:书记|镇长|乡长|主任|站长|所长|主席|河长|林长|组长|委员)"
)


def _holds(line: str, name: str, post: str) -> bool:
    """Tell whether the words right before a name in a fact hold a post (镇长 is not 副镇长)."""
    exact = re.escape(post) if post.startswith("副") else rf"(?<!副){re.escape(post)}"
    for match in re.finditer(re.escape(name), line):
        parts = re.split(r"[，、；。（）]", line[: match.start()])
        left = parts[-1]
        if len(parts) > 1 and line[match.start() - len(left) - 1] == "、":
            left = parts[-2] + left if _TITLE.fullmatch(parts[-2]) else left  # 总河长、镇党委书记
        right = re.split(r"[，、；。]", line[match.end() :])[0][:12]
        if re.search(exact, left) or re.search(exact, right):
            return True
    return False


def _finding(
    text: str, start: int, person: Person, message: str, fix: str, fact_id: str
) -> Finding:
    span, ids = (start, person.end, text[start : person.end]), (fact_id,) if fact_id else ()
    return Finding(*span, "wrong_entity", "block", message, fix, ids)
