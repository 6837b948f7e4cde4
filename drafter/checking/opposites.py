"""Words that exclude one another: the draft has one where the fact that it rests on has another.

Data: ``lexicons/exclusive.tsv`` (who paid, praise and blame, people, crops, organs …) and
``lexicons/trends.tsv`` (up, down, even); of a trend a fact's figures tell as much as its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from ahocorasick_rs import AhoCorasick

from drafter.checking.context import Clause, Mention, clause_at
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.checking.grams import common_words, grams
from drafter.checking.kinds import covers
from drafter.domain import Finding, Severity
from drafter.resources import lexicon

_LEAST = 0.34
_SURE = 0.5
_PAIR = 2  # characters of the noun that ends a clause
_TELLING = 0.8
_SPOKEN = re.compile("(?:还|尚)?没有?(?=开工|动工|完成|达标|通过|获批|批复|立项|入选|中标|按期)")
_DENIAL = re.compile(
    "(?:没有?|未|不(?![断仅但少同降增]))[\u4e00-\u9fff]?$|无一?$|没有?一[\u4e00-\u9fff]{1,5}$|[有尚静等只]待$|(?:正等|等待|等候|等着)[\u4e00-\u9fff]{0,4}$|[未没](?:获得?|得到|检出|发现|出现|经)[\u4e00-\u9fff]{0,4}$"
)
_ZERO = re.compile("[ ：:为]*0(?![\\d.])")  # 阳性 0份
_PREVENTED = re.compile("(?:防止|防范|严防|谨防|以防|避免|杜绝|遏制)[\u4e00-\u9fff]{0,6}$")
_WISHED = re.compile("(?:[让使令]|以便)")
_COMPARED = re.compile(
    "有所|明显|继续|进一步|持续|同比|环比|[较比][上去]年(?:同期)?|上年同期|去年同期"
)
_SIGNS = re.compile(r"[\\()\[\]?|]")
_EARLIER = re.compile("年初|期初|[原由从]|上[季月半]|去年|上年|[一上]季度")
_DATED = re.compile(r"\d{1,2}月|\d{4}年|[一二三四]季度|[上下]半年")
_LATER = re.compile("年末|年底|期末|[增降减升涨退跌]?[至到为]|目前|现有|现在|今年|[二三四下]季度")


def _formal(text: str) -> str:
    """Return a text of the same length in which a spoken denial (还没, 没有) reads 未."""
    return _SPOKEN.sub(lambda m: "未".rjust(len(m[0])), text)


def _denied(text: str, at: int) -> bool:
    """Tell whether what begins at a place is denied or prevented before: 没搞摊派, 严防反弹."""
    if _DENIAL.search(text[max(0, at - 7) : at]):
        return True
    return _PREVENTED.search(text[max(0, at - 8) : at]) is not None


_APART = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_AMOUNT = re.compile(
    "[近约超逾过]?[一二三四五六七八九十两]+成[多余半]?|[\\d.]+(?:个?百分点|%|％)?|过半|一半|[一二三]分之[一二]"
)
_EVEN = 2
_AGAINST = re.compile("(?:明显|大幅|略|稍|均|都)*[高低]于(?:全[省市县区]|[省市县]均|平均)")


@dataclass(frozen=True, slots=True)
class Family:
    """Sides that exclude one another; each group of the pattern belongs to a side."""

    label: str
    groups: tuple[int, ...]
    pattern: re.Pattern[str]

    def sides(self, text: str) -> set[int]:
        """Return the sides that a text takes."""
        formal = _formal(text)
        found: set[int] = set()
        for match in self.pattern.finditer(formal):
            side = self.groups[cast(int, match.lastindex) - 1]
            if _ZERO.match(formal, match.end()):
                others = set(self.groups) - {side}
                found |= others if match[0].endswith("阳性") else set()  # 阳性 0份 are all 阴性
            elif not _denied(formal, match.start()):
                found.add(side)
        return found

    def told(self, line: Line) -> set[int]:
        """Return the sides that a fact takes; its words may be typed apart (上级 补助)."""
        return self.sides(line.text) or self.sides(_joined(line.text))


def _joined(text: str) -> str:
    return _APART.sub("", text)


class Trend(Family):
    """Up, down, even: told by words, or by an earlier and a later figure of one kind."""

    __slots__ = ()

    def told(self, line: Line) -> set[int]:
        """Return the directions that a fact's words tell, else those of its figures."""
        return self.sides(line.text) or _moved(line.mentions)


def _family(kind: type[Family], label: str, sides: Sequence[str]) -> Family:
    words = [
        (word, side) for side, row in enumerate(sides) for word in row.split("/") if len(word) > 1
    ]
    ordered = sorted(words, key=lambda pair: -len(pair[0]))
    pattern = "|".join(f"({word})" for word, _ in ordered)
    return kind(label, tuple(side for _, side in ordered), re.compile(pattern))


@cache
def families() -> tuple[Family, ...]:
    """Return the families of the lexicons."""
    found = [_family(Trend, "contradiction", lexicon("checking", "trends.tsv"))]
    for row in lexicon("checking", "exclusive.tsv"):
        label, *sides = row.split("\t")
        found.append(_family(Family, label, sides))
    return tuple(found)


@cache
def _plain_words() -> tuple[AhoCorasick, tuple[int, ...], tuple[tuple[int, re.Pattern[str]], ...]]:
    """Return all words without pattern signs, the family of each, and the patterns by family."""
    rows = [lexicon("checking", "trends.tsv")]
    rows += [tuple(row.split("\t")[1:]) for row in lexicon("checking", "exclusive.tsv")]
    plain: list[tuple[str, int]] = []
    patterns: dict[int, list[str]] = {}
    for at, sides in enumerate(rows):
        for word in (w for side in sides for w in side.split("/") if len(w) > 1):
            if _SIGNS.search(word):
                patterns.setdefault(at, []).append(word)
            else:
                plain.append((word, at))
    automaton = AhoCorasick([word for word, _ in plain])
    special = tuple((at, re.compile("|".join(words))) for at, words in patterns.items())
    return automaton, tuple(at for _, at in plain), special


def _hits(text: str) -> dict[int, list[tuple[int, int]]]:
    """Return the places of each family's words, longest first where two begin alike.

    All plain words are sought in one pass, a family's patterns in one of their own.
    """
    automaton, owners, special = _plain_words()
    found: dict[int, list[tuple[int, int]]] = {}
    for word, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        found.setdefault(owners[word], []).append((start, end))
    for at, pattern in special:
        spans = [match.span() for match in pattern.finditer(text)]
        if spans:
            found.setdefault(at, []).extend(spans)
    return {at: _longest(spans) for at, spans in found.items()}


def _longest(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _moved(mentions: Sequence[Mention]) -> set[int]:
    """Return 0 where a fact's later figure is larger than its earlier one, 1 where it is smaller.

    Ranks rise as they get smaller.
    """
    found: set[int] = set()
    for one in mentions:
        for other in mentions:
            same = one.figure.dimension == other.figure.dimension and one is not other
            if same and one.figure.low == other.figure.low and _apart(one, other):
                found.add(_EVEN)
            if same and one.figure.low != other.figure.low and _follows(one, other):
                grown = one.figure.low < other.figure.low
                found.add(int(grown == (one.figure.dimension == "rank")))
    return found


def _apart(one: Mention, other: Mention) -> bool:
    """Tell whether two equal figures are told of two times: 年初8600头 年末8600头."""
    early = _EARLIER.search(one.before_text) is not None
    return early and _LATER.search(other.before_text) is not None and one.place < other.place


def _follows(one: Mention, other: Mention) -> bool:
    """Tell whether a figure is a later value of what another one counts."""
    if (one.period or 0) != (other.period or 0):
        return (one.period or 0) < (other.period or 0)
    if one.place > other.place:
        return False
    dated = [_DATED.search(m.before_text) for m in (one, other)]
    if dated[0] and dated[1]:
        return _when(dated[0][0]) < _when(dated[1][0])
    before = _EARLIER.search(one.before_text) is not None
    return before and _LATER.search(other.before_text) is not None


def _when(date: str) -> int:
    """Return a month's or year's number, of a quarter or half that of its last month."""
    if "半年" in date:
        return 12 if date[0] == "下" else 6
    digits = re.sub(r"\D", "", date)
    return int(digits) if digits else 3 * "一二三四".index(date[0]) + 3


class Opposites:
    """The families that this job's facts touch: no other can be at odds with them."""

    def __init__(self, index: FactIndex) -> None:
        self._index = index
        self._touched = set(_hits(index.text)) | set(_hits(_joined(index.text)))
        if any(_moved(line.mentions) for line in index.lines):
            self._touched.add(0)

    def check(
        self, text: str, clauses: Sequence[Clause], sources: Mapping[int, Mention]
    ) -> list[Finding]:
        """Return the words of a draft's clauses that exclude what its facts say.

        ``sources`` gives for the start of each figure the fact's figure that it comes from.
        """
        found: list[Finding] = []
        for at, spans in _hits(text).items():
            family, judged = families()[at], set[int]()
            told: set[tuple[str, ...]] = set()
            for span in spans if at in self._touched else ():
                clause = clause_at(clauses, span[0])
                if clause is not None and clause.start not in judged:
                    judged.add(clause.start)
                    if family.sides(clause.text) & self._borne(family, clause, sources):
                        continue  # 其中大学生七名 is what the fact of the seven says
                    if family.label == "wrong_entity" and _WISHED.match(clause.text):
                        continue
                    bound = self._bind(family, clause, sources)
                    if bound and self._of_the_others(family, clause, bound[0].line, sources):
                        continue
                    odd = self._odd(family, clause, span, bound)
                    found += [f for f in odd if (clause.sentence, *f.fact_ids) not in told]
                    told.update((clause.sentence, *f.fact_ids) for f in found)
        return sorted(found, key=lambda finding: finding.start)

    def _borne(self, family: Family, clause: Clause, sources: Mapping[int, Mention]) -> set[int]:
        """Return the sides that the facts of a clause's own figures take."""
        own = {m.line for at, m in sources.items() if clause.start <= at < clause.end}
        if not own and family.label == "wrong_entity":  # 工会贴心服务，会员1384人
            end = clause.begin + len(clause.sentence)
            own = {m.line for at, m in sources.items() if clause.begin <= at < end}
        return {side for line in own for side in family.told(self._index.lines[line])}

    def _bind(
        self, family: Family, clause: Clause, sources: Mapping[int, Mention]
    ) -> list[Binding]:
        """Return the facts that the clause rests on, by what it says beside the family's words."""
        rest = grams(_COMPARED.sub(" ", family.pattern.sub(" ", _AMOUNT.sub(" ", clause.text))))
        found = self._index.bind(rest, _LEAST)[:3] if any(len(g) > 1 for g in rest) else []
        if found and found[0].score >= _TELLING:
            return found
        moved = isinstance(family, Trend) and (not rest or _AGAINST.match(clause.text))
        before = clause.told_before(sources) if moved else ()
        if before:
            line = self._index.lines[sources[max(before)].line]
            return [Binding(_SURE, _SURE, line, line.text)]  # 火点3个，较上年有所增加
        if family.label == "wrong_entity" and not (found and family.told(found[0].line)):
            held = {m.line for at, m in sources.items() if clause.start <= at < clause.end}
            lines = [self._index.lines[at] for at in sorted(held)]
            own = [line for line in lines if family.told(line)]
            found = [Binding(_SURE, _SURE, line, line.text) for line in own] or found
        if family.label == "wrong_entity":
            pairs = {gram for gram in rest if len(gram) > 1} | clause.grams
            return [b for b in found if any(len(g) > 1 for g in pairs & b.line.grams)]
        found = self._index.bind(grams(family.pattern.sub(" ", clause.sentence)), _LEAST)[:3]
        held = {m.line for at, m in sources.items() if clause.start <= at < clause.end}
        if not found and len(held) == 1:  # 95名学生每学年领到1500元 of 95人 每学期1500元
            line = self._index.lines[held.pop()]
            return [Binding(_SURE, _SURE, line, line.text)]
        object_ = clause.text[-_PAIR:] if isinstance(family, Trend) else ""
        thing = object_ in rest and object_ not in common_words()
        return [b for b in found if not thing or object_ in b.line.text]  # 压减一般性支出

    def _odd(
        self,
        family: Family,
        clause: Clause,
        span: tuple[int, int],
        bindings: Sequence[Binding],
    ) -> Iterator[Finding]:
        own = family.sides(clause.text) if isinstance(family, Trend) else set()
        taken = own or family.sides(clause.sentence)
        best = bindings[0] if bindings else None
        theirs = (family.sides(best.segment) or family.told(best.line)) if best else set()
        if best is None or not theirs or not taken or taken & theirs:
            return
        if any(family.told(b.line) & taken for b in bindings):
            return
        said = clause.text[span[0] - clause.start : span[1] - clause.start]
        if any(said[i : i + 3] in best.line.text for i in range(len(said) - 2)):
            return  # 县红十字会捐赠 of 社会捐赠 棉被，县红十字会
        if covers(said, best.line.text):
            return
        yield self._finding(family, clause, span, best)

    @staticmethod
    def _of_the_others(
        family: Family, clause: Clause, line: Line, sources: Mapping[int, Mention]
    ) -> bool:
        """Tell whether a fact counts one side as a part, and a clause has the others.

        分散供养的有32人 of 特困53人，其中集中供养21人.
        """
        told = family.pattern.search(line.text)
        here = [m for at, m in sources.items() if clause.start <= at < clause.end]
        part = any("其中" in m.before_text for m in here)
        return told is not None and not part and line.text[: told.start()].endswith("其中")

    @staticmethod
    def _finding(family: Family, clause: Clause, span: tuple[int, int], best: Binding) -> Finding:
        said = clause.text[span[0] - clause.start : span[1] - clause.start]
        other = family.pattern.search(best.segment) or family.pattern.search(best.line.text)
        instead = other[0] if other else ""
        line = best.line
        message = f"“{said}”与事实{line.fact_id}“{line.text}”不符"
        message += f"，事实是“{instead}”。" if instead else "。"
        severity: Severity = "block" if best.cover >= _SURE else "confirm"
        return Finding(
            *span,
            said,
            family.label,
            severity,
            message,
            instead,
            (line.fact_id,),
        )
