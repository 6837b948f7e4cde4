"""A name that stands in the place of another one: 派出所牵头 where the fact has 民政办牵头.

Names are of a type (person, village, road, organ, meeting …). What a clause says beside its name
leads to one item of the facts; if that item has a name of the same type that the clause does not
say, and the clause's own name is not in it, the clause has the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.checking.claimed import words
from drafter.checking.context import Clause, Mention
from drafter.checking.factindex import FactIndex
from drafter.checking.grams import GramTable, grams, largest
from drafter.checking.names import Name, names_in
from drafter.checking.people import find_persons, holds_a_word, surnames
from drafter.checking.prose import common_pairs, office_words
from drafter.checking.sources import same_name
from drafter.checking.spans import Spans
from drafter.checking.wordness import one_differs
from drafter.domain import Evidence, Finding

_SO_MANY = re.compile("[两二三四五六七八九十数几][口座处个家条所眼](?=[\u4e00-\u9fff]{2})")
_HELD = "起了好成出"  # behind 办: no office
_LEAST_COVER = 0.34
_LEAST_SHARED = 0.9
_AS_GOOD = 0.85
_LITTLE = 0.6
_ALSO = 0.5
_HAN = "[\u4e00-\u9fff]"
_UNIT = re.compile(
    r"第?[一二三四五六七八九十\d]{1,3}"
    "(号(?:楼|线|井|泵站|机组|库|桥|路)|网格|党支部|支部|党小组|小组|分队|中队|大队|片区|标段|学区|星级|级(?![网主])|(?<=[镇乡县市城区][一二三四五六七八九])[小中](?![时组部型步心片块高])|巡察组|巡视组|督查组|督导组|专班)"
)
_TOKEN = re.compile(rf"(?:(?<=[、：:｜|\s])|^)({_HAN}{{2,3}})(?=[、；;，,。｜|\s\d]|$)")
_PERSON_BEFORE = re.compile(
    r"(?:(?<![类个各批])[村格组站所办院校队]|社区|员|[组站所院校队]?长|人|任|记|星|者|师|模范|标兵)[：:\s]+$"
)
_CUT = re.compile("[；;，,。]")
_SHOWN = {"organisation": "organisation", "firm": "organisation", "meeting": "meeting"}
_OF_PLACES = frozenset("村镇乡县区屯")
_BODIES = frozenset("厂站所队会校院店场办局户人元")
_VILLAGER = re.compile(rf"(?<=[村组])({_HAN}{{2,3}})(?=[、；;，,。]|$)")
_HEADED = re.compile("[长员手师导]：$|领导|负责|联系人")
_NO_NAME = re.compile("[已未不没共各每]")
_HAN_ONLY = re.compile(rf"{_HAN}")
_SAYS = 2
_WHOLE_NAME = 3
_GRADE = re.compile("[一二三四五]级")
_REST = 2
_POST = 4  # characters of a post that tell it: 纪委书记
_LEVELS = frozenset("省市县")  # 省科协 is another one than the 科协 of the facts
_ROLE_VERB = re.compile("牵头|配合|负责|主办|协办|承办|主抓|协助")


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of a fact between commas, with the heading of its line and its names."""

    fact_id: str
    text: str
    line: str
    names: tuple[Name, ...]


@lru_cache(maxsize=4096)
def names_of(text: str) -> tuple[Name, ...]:
    """Return the names of a text with their types, in reading order, and its numbered units."""
    found = [Name(*match.span(), match[0], match[1]) for match in _UNIT.finditer(text)]
    people = (Name(p.start, p.end, p.name, "person") for p in find_persons(text))
    taken = Spans((name.start, name.end) for name in found)
    for name in sorted([*names_in(text), *people], key=_telling):
        if taken.add(name.start, name.end):
            found.append(name)
    return tuple(sorted(found, key=lambda n: n.start))


def _telling(name: Name) -> tuple[bool, int]:
    """Return what orders names that overlap: the surer and the longer one goes first."""
    return not name.sure, name.start - name.end


def _overlap(one: Name, other: Name) -> bool:
    return one.start < other.end and other.start < one.end


def _listed(item: str, header: str) -> Iterator[Name]:
    """Yield the bare names of a fact's list: 蒲台、官庄 behind 一类村, 芦秀敏 behind a post."""
    for match in _TOKEN.finditer(item):
        before = (header + item[: match.start()])[-8:]
        named = match[1][0] in surnames() and match[1][-1] not in _OF_PLACES
        headed = _HEADED.search(header) is not None and _no_other(match[1])
        if named and (_PERSON_BEFORE.search(before) or headed):
            yield Name(*match.span(1), match[1], "person")
            continue
        headed = re.search("村|社区", header + item[: match.start()]) is not None
        word = holds_a_word(match[1]) or _NO_NAME.search(match[1])
        if headed and match[1][-1] not in _BODIES and not word:
            yield Name(*match.span(1), match[1], "village")


class Roles:
    """The names of this job's facts, item by item."""

    def __init__(self, index: FactIndex) -> None:
        self._index = index
        self._items = [item for line in index.lines for item in _items(line.fact_id, line.text)]
        self._tables: dict[str, GramTable] = {}
        self._known = {n.text: n.kind for item in self._items for n in item.names}
        self._finder = AhoCorasick(list(self._known), matchkind=MatchKind.LeftmostLongest)
        self._kinds = set(self._known.values())

    def check(
        self, text: str, clauses: Sequence[Clause], sources: Mapping[int, Mention]
    ) -> tuple[list[Finding], list[Evidence]]:
        """Return the names that stand in another one's place, and the facts of organs and meetings.

        ``sources`` gives for the start of each figure the fact's figure that it comes from.
        """
        names = [name for name in self._names(text) if name.kind in self._kinds]
        findings = list(self._misplaced(names, clauses, sources))
        wrong = {finding.start for finding in findings}
        seen = (self._evidence(n, n.start in wrong) for n in names if n.kind in _SHOWN)
        return findings, [evidence for evidence in seen if evidence]

    def _evidence(self, name: Name, wrong: bool) -> Evidence | None:
        ids = tuple(dict.fromkeys(i.fact_id for i in self._items if name.text in i.text))
        if not ids and not wrong:
            return None
        relation = "unsupported" if wrong else "exact"
        return Evidence(name.start, name.end, name.text, _SHOWN[name.kind], relation, ids)

    def _misplaced(
        self, names: Sequence[Name], clauses: Sequence[Clause], sources: Mapping[int, Mention]
    ) -> Iterator[Finding]:
        for clause in clauses:
            here = [n for n in names if clause.start <= n.start and n.end <= clause.end]
            if not here:
                continue
            facts = [
                self._around(source)
                for at, source in sources.items()
                if clause.start <= at < clause.end
            ]
            for offset, piece in _pieces(clause.text):
                start = clause.start + offset
                inside = [n for n in here if start <= n.start and n.end <= start + len(piece)]
                for name in inside:
                    if any(_says(fact, name) for fact in facts):
                        continue
                    if _GRADE.fullmatch(name.text) and self._has_with_rest(name, clause):
                        continue  # 一级甲等 of 二级乙等，原为一级甲等
                    found = self._judge(piece, inside, name)
                    posted = name.kind == "person" and self._has_with_post(name, piece)
                    yield from (f for f in found if not (posted and f.suggestion in clause.text))

    def _has_with_post(self, name: Name, piece: str) -> bool:
        """Tell whether a fact names a person with what stands before the name: 镇纪委书记石敏."""
        at = piece.find(name.text)
        said = piece[max(0, at - _POST) : at + len(name.text)]
        return at > 1 and any(said in "".join(item.text.split()) for item in self._items)

    def _has_with_rest(self, name: Name, clause: Clause) -> bool:
        """Tell whether a fact has a grade with the word behind it: 一级甲等."""
        at = name.start - clause.start
        said = clause.text[at : at + len(name.text) + _REST]
        return len(said) > len(name.text) + 1 and any(said in i.text for i in self._items)

    def _around(self, source: Mention) -> str:
        """Return what a fact says up to a figure since the last place that it names, and after."""
        text = self._index.lines[source.line].text
        start = max((text.rfind(mark, 0, source.figure.start) for mark in "；;。，,"), default=0)
        named = text[start + 1 : source.figure.end]
        if any(name.start < len(named) for name in names_of(named)):
            return named
        return text[: source.figure.end]

    def _names(self, piece: str) -> list[Name]:
        """Return the names of a piece, those of the facts before what is guessed."""
        spans = [(at, end) for _, at, end in self._finder.find_matches_as_indexes(piece)]
        known = [Name(s, e, piece[s:e], self._known[piece[s:e]]) for s, e in spans]
        found = [name for name in known if piece[name.start - 1 : name.start] not in _LEVELS]
        taken = Spans((name.start, name.end) for name in found)
        return [*found, *(name for name in names_of(piece) if taken.add(name.start, name.end))]

    def _judge(self, piece: str, names: Sequence[Name], name: Name) -> Iterator[Finding]:
        if _SO_MANY.match(name.text):
            return  # 老鸦塘等三口山塘
        if any(f"{name.text}{sign}" in piece for sign in _HELD) and name.text.endswith("办"):
            return  # 在5个村办起
        rest = grams(_without(piece, names, name.kind))
        table = self._table(name.kind)
        shared = table.shared(rest)
        places = largest(shared, 8)
        places.sort(key=lambda at: (-shared[at], table.masses[at]))  # the one with less besides
        if not places or shared[places[0]] < _LEAST_SHARED:
            return
        mass = min(self._index.weights.mass(rest), float(table.masses[places[0]]))
        little = shared[places[0]] < _LEAST_COVER * max(mass, 0.5)
        if little and not self._misspells(name, self._items[places[0]]):
            return
        top = float(shared[places[0]])
        home = [at for at in places if self._grants(self._items[at], name, piece)]
        if any(shared[at] >= _AS_GOOD * top or top - shared[at] < _LITTLE for at in home):
            return
        top_open, ours_open = (_unfinished(t) for t in (self._items[places[0]].text, piece))
        if ours_open > top_open and any(_unfinished(self._items[at].text) for at in home):
            return  # 河西社区仍在整顿 is 河西社区还在整, not 小荒沟村已整顿好
        known = name.text in self._index.bare
        if known and not any(_says(item.text, name) for item in self._items):
            return
        for at in places if not known else places[:1]:
            item = self._items[at]
            loose = at == places[0]
            others = item.names if shared[at] >= _ALSO * top else ()
            other = next((o for o in others if self._instead(name, o, piece, loose)), None)
            if other:
                yield _finding(name, other.text, item)
                return
        told = {self._items[at].text for at in places}
        yield from self._of_line(name, piece, self._items[places[0]], told)
        if not known:
            yield from self._beside(name, piece, self._items[places[0]])

    def _misspells(self, name: Name, item: Item) -> bool:
        """Tell whether a name that no fact has is one of an item but for a character: 寨子坝."""
        alike = (o.text for o in item.names if o.kind == name.kind)
        other = next((t for t in alike if one_differs(t, name.text)), "")
        return len(other) >= _WHOLE_NAME and name.text not in self._index.bare

    def _of_line(self, name: Name, piece: str, top: Item, told: set[str]) -> Iterator[Finding]:
        """Yield where a fact told in several items names one village, and the draft another one.

        14亩古树公园10月在大桥村建成 for 古树公园1处，14亩，10月建成（关口村）.
        """
        items = [item for item in self._items if item.line == top.line]
        own = {n.text: n for item in items for n in item.names if n.kind == name.kind == "village"}
        retold = sum(item.text in told for item in items)
        unsaid = all(n.kind != name.kind for n in top.names)
        other = next(iter(own.values())) if len(own) == 1 and unsaid else None
        if other and retold >= _SAYS and self._instead(name, other, piece, loose=True):
            yield _finding(name, other.text, top)

    def _beside(self, name: Name, piece: str, top: Item) -> Iterator[Finding]:
        """Yield where the next item of the same fact has another organ of the name's level and end.

        市水利局选派干部12名 for 帮扶单位市水务局，驻村干部12名.
        """
        if top.names or name.kind != "organisation" or name.text[0] not in _LEVELS:
            return
        for item in (i for i in self._items if i.line == top.line):
            for other in item.names:
                same = (other.text[0], other.text[-1]) == (name.text[0], name.text[-1])
                if same and self._instead(name, other, piece, loose=True):
                    yield _finding(name, other.text, item)
                    return

    @staticmethod
    def _grants(item: Item, name: Name, piece: str) -> bool:
        """Tell whether an item says of a name what the piece may say: it does not deny it."""
        denied = words("negated", "stopped")
        alike = (n for n in item.names if n.kind == name.kind and same_name(n.text, name.text))
        said = _says(item.text, name) or any(alike)
        return said and (not denied.search(item.text) or bool(denied.search(piece)))

    def _instead(self, name: Name, other: Name, piece: str, loose: bool) -> bool:
        """Tell whether a name of the facts is what the piece has another one for."""
        if other.kind != name.kind or _says(piece, other) or same_name(other.text, name.text):
            return False
        alike = bool(set(name.text[:2]) & set(other.text[:3]))
        told = name.text in self._index.bare or name.kind in ("meeting", "person", "organisation")
        return alike or (loose and (name.sure or told))

    def _table(self, kind: str) -> GramTable:
        if kind not in self._tables:
            sets = [grams(_without(item.text, item.names, kind)) for item in self._items]
            self._tables[kind] = GramTable(sets, self._index.weights)
        return self._tables[kind]


def _items(fact_id: str, line: str) -> Iterator[Item]:
    """Yield the items of a fact; what stands before its first colon heads each of them."""
    header, colon, rest = line.partition("：") if "：" in line[:16] else ("", "", line)
    for piece in _CUT.split(rest):
        for part in _parts(piece):
            yield _item(fact_id, line, part, header, colon)


def _item(fact_id: str, line: str, piece: str, header: str, colon: str) -> Item:
    text = piece if "：" in piece else header + colon + piece
    known = [*names_of(text), *_listed(piece, header + colon), *_villagers(text)]
    known += [
        Name(p.start, p.end, p.name, "person")
        for p in find_persons(text)
        if not any(_overlap(Name(p.start, p.end, "", ""), n) for n in known)
    ]
    return Item(fact_id, text, line, tuple(known))


def _parts(piece: str) -> list[str]:
    """Return a piece between commas, or its parts between 、 where each names a pair.

    In 前埠村鲁燕、后埠村康敏 each person has a village of their own; 石桥、马营两村 stay one.
    """
    parts = piece.split("、")
    kinds = [{name.kind for name in [*names_of(p), *_people(p)]} for p in parts]
    common = set.intersection(*kinds)
    paired = len(parts) > 1 and (len(common) > 1 or (common and _paired(parts)))
    return parts if paired else [piece] if piece.strip() else []


def _paired(parts: Sequence[str]) -> bool:
    """Tell whether each part says something of its name: 税务所办理2件, not the name alone."""
    rests = (_without_names(part) for part in parts)
    return all(len(_HAN_ONLY.findall(rest)) >= _SAYS for rest in rests)


def _without_names(text: str) -> str:
    for name in names_of(text):
        text = text.replace(name.text, "")
    return text


def _people(text: str) -> Iterator[Name]:
    yield from _villagers(text)
    for person in find_persons(text):
        yield Name(person.start, person.end, person.name, "person")


def _villagers(text: str) -> Iterator[Name]:
    """Yield persons named right behind their village: 前埠村鲁燕."""
    for match in _VILLAGER.finditer(text):
        if match[1][0] in surnames() and _no_other(match[1]):
            yield Name(*match.span(1), match[1], "person")


def _no_other(word: str) -> bool:
    """Tell whether a word behind a head is a name and no other word (腊月, 大年)."""
    return word[:2] not in common_pairs() and word not in office_words()


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a clause, or its parts between 、 where each part has a role of its own."""
    if len(_ROLE_VERB.findall(text)) < 2 and len(_parts(text)) < 2:
        yield 0, text
        return
    at = 0
    for part in text.split("、"):
        yield at, part
        at += len(part) + 1


def _unfinished(text: str) -> bool:
    return words("ongoing").search(text) is not None


def _without(text: str, names: Sequence[Name], kind: str) -> str:
    for name in names:
        if name.kind == kind:
            text = text.replace(name.text, " " * len(name.text))
    return text


def _says(text: str, name: Name) -> bool:
    """Tell whether a text has a name, a village also without its 村."""
    if name.text in text:
        return True
    stem = name.text.removesuffix("村").removesuffix("社区")
    return len(stem) > 1 and stem in text


def _finding(name: Name, instead: str, item: Item) -> Finding:
    message = f"“{name.text}”与事实{item.fact_id}“{item.line}”不一致，事实是“{instead}”。"
    span, ids = (name.start, name.end, name.text), (item.fact_id,)
    return Finding(*span, "wrong_entity", "block", message, instead, ids)
