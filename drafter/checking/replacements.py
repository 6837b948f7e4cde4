"""A thing replaced in an otherwise equal wording: 燃气报警器 told as 烟感报警器.

What a clause has beyond its fact, and what the fact has beyond the clause, are compared where they
stand in the same slot: before the same word or figure, or behind the same words at a clause's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from unicodedata import normalize

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.checking.claimed import is_heading, words
from drafter.checking.context import Clause, Mention
from drafter.checking.divisions import divisions
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.checking.grams import grams
from drafter.checking.kinds import covers
from drafter.checking.prose import common_pairs, names_nothing, office_words
from drafter.checking.sources import synonymous
from drafter.domain import Figure, Finding
from drafter.resources import lexicon

_LEAST = 0.5
_RETOLD = 0.25
_LONGEST = 8
_CONTEXT = 2
_PAIR_SIZE = 2
_COUNTED = re.compile("\\d[\u4e00-\u9fff]$")  # 4家|草编工坊
_NAME = 3
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PAIR = re.compile(r"[\u4e00-\u9fff]{2}")
_NEW = re.compile("(n+(?:l{1,2}n+)*)l{0,6}")
_PLACE = re.compile("[镇乡县市村]$|社区$")
_WHOM = re.compile("[由向对经]$|(?<![成作因更较极尤])为$")
_DONE = re.compile("[做办搞开][了过]$")  # 做了|手术 is no thing
_DENIED = re.compile("[不非未]$|除了?$|没有?一[名个位]$")  # 不|属公办
_OF_SEXES = re.compile("[男女一二两三四五六七八九十]+")  # 三|男两女
_NEGATED = re.compile("[没未不无]")  # 没开工 for 未开工: a state, no thing
_DEFINED = re.compile("是[^，]{2,}的[^，]{2,}")
_NO_THING = re.compile(  # times, means, levels
    "^[半季全]年$|^村[办建开设]$|[明今去上]年|年[底初末]|[本上下]月|[亩户人村均]均$|^均|[省市县镇乡村组]{2,3}[两三]级"
    "|[升降增减涨跌提压缩][至到为]$|[上下]半年|季度|^尽[\u4e00-\u9fff]{1,2}$|[少多][\u4e00-\u9fff]$"
)
_ALL = re.compile("全部|全数|悉数")
_MANNER = frozenset(
    {
        "无偿",
        "非法",
        "违法",
        "违规",
        "依法",
        "依规",
        "义务",
        "正常",
        "有序",
        "如期",
        "按期",
        "按序",
        "自愿",
        "免费",
        "集中",
        "统一",
        "分批",
        "现场",
        "当场",
        "主动",
    }
)
_CODE = re.compile(
    r"[A-Za-z]{1,3}\d{1,4}(?![\d.])|[ⅠⅡⅢⅣⅤⅥ][类级]|(?<![A-Za-z])(?:I{1,3}|IV|VI?)[类级]"
)
_FUNCTION = frozenset(
    "这那让使底前旬初末的了和与及等共在比较对为以将把被由从到向给于是有个名户人次处项家件条座所各全本该其中上下内年月日第也都均已并又再还就"
    "一二三四五六七八九十百千万亿两几余多近约每"
)
_HEADS = frozenset("防户人家员店队会站所点室院园区场厂司村社组者民品物费金款类种业")
_SITES = frozenset(
    "湾坪坝沟岩岭山坡河溪洞塘寨屯堡营坑田洋埠渡口关庄村冲垭垇峪峡岗台桥井泉潭嘴咀脚头尾坞垸圩湖渠路街巷园"
)
_GRAMMAR = frozenset("各的了和与及等在是有把将被到从给向")
_WAYS = frozenset("去赴到往来进")  # 赴山东 is 去山东
_HELD = frozenset("当兼任做")  # 当兽医 is 兼兽医
_LABELS = frozenset(
    {"用时", "历时", "耗时", "时长", "面积", "金额", "单价", "均价", "标价", "总长"}
)
_THINGS = frozenset("地田林园厂站所院校店楼房车船机具桥路渠池塘井泵棚圈舍库场树苗果茶药")
_VERBS = frozenset("送发给建修挖种养买卖办设装配换改开关收缴领摘拆清查")  # 给群众送|灭火器
_EDGE = "，。；、：！？（）“”《》 \n→"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that the other text does not have, with what stands on both sides of them."""

    start: int
    text: str
    left: str
    right: tuple[str, str]  # right behind it, and behind the loose words after it
    figure: str  # the figure right behind it, as low-high-dimension, or ""


@cache
def _general_words() -> frozenset[str]:
    """Return the words of office prose and of states: none of them is a part of a name."""
    rows = (row.split("\t")[1] for row in lexicon("checking", "state_patterns.tsv"))
    return office_words() | {row for row in rows if _HAN.match(row) and len(row) == _PAIR_SIZE}


@cache
def _loose_words() -> frozenset[str]:
    """Return the words that may come and go without changing what is said."""
    words = {v for row in lexicon("checking", "leading_verbs.txt") for v in row.split()}
    words |= office_words() | set(lexicon("checking", "common_words.txt"))
    for row in lexicon("checking", "state_patterns.tsv"):
        kind, _, word = row.partition("\t")
        if kind in ("verb", "deed", "adverb"):
            words.add(word)
    return frozenset(word for word in words if len(word) > 1)


@cache
def _loose() -> AhoCorasick:
    return AhoCorasick(sorted(_loose_words()), matchkind=MatchKind.LeftmostLongest)


def check_replacements(
    clauses: Sequence[Clause],
    index: FactIndex,
    mentions: Sequence[Mention],
    sources: Mapping[int, Mention],
) -> Iterator[Finding]:
    """Yield what a clause has in the place of something that its fact has.

    ``mentions`` are the draft's figures; ``sources`` gives for the start of each of them the
    fact's figure that it comes from.
    """
    for clause in clauses:
        if is_heading(clause):
            continue
        figures = [m.figure for m in mentions if clause.start <= m.figure.start < clause.end]
        novel = _novel(clause, figures, index)
        found = (
            _first(clause, novel, index, sources) if novel or _CODE.search(clause.text) else None
        )
        if found:
            yield found


def _first(
    clause: Clause, novel: Sequence[Run], index: FactIndex, sources: Mapping[int, Mention]
) -> Finding | None:
    for line in _lines(clause, novel, index, sources):
        found = _code_replaced(clause, line, index) or _replaced(clause, novel, line)
        if found:
            return found
    return None


def _novel(clause: Clause, figures: Sequence[Figure], index: FactIndex) -> list[Run]:
    """Return what a clause has that no fact has; what says what something is names nothing else."""
    if _DEFINED.search(clause.text):
        return []
    runs = _runs(clause.text, index.bare, figures, clause.start)
    short = (r for r in runs if len(r.text) <= _LONGEST and r.text not in index.bare)
    short = (r for r in short if not _OF_SEXES.fullmatch(r.text) and not names_nothing(r.text))
    return [r for r in short if not _NO_THING.search(r.text)]


def _lines(
    clause: Clause, novel: Sequence[Run], index: FactIndex, sources: Mapping[int, Mention]
) -> list[Line]:
    """Return the facts that the rest of a clause, or one of its figures, comes from."""
    rest = clause.text
    for run in novel:
        rest = rest[: run.start] + " " * len(run.text) + rest[run.start + len(run.text) :]
    said = grams(rest)
    best = (b for b in index.bind(said, _LEAST)[:1] if _retells(said, b, index))
    found = {b.line.index: b.line for b in best}
    for start, source in sources.items():
        if clause.start <= start < clause.end:
            found[source.line] = index.lines[source.line]
    return list(found.values())


def _retells(said: frozenset[str], bound: Binding, index: FactIndex) -> bool:
    """Tell whether enough of a fact is said for the rest of it to have been replaced."""
    items = re.split("[；;。]", bound.line.text)
    item = next((i for i in items if bound.segment in i), bound.line.text)
    pairs = frozenset(gram for gram in grams(item) if len(gram) > 1)
    return index.weights.mass(said & pairs) >= _RETOLD * index.weights.mass(pairs)


def _replaced(clause: Clause, novel: Sequence[Run], line: Line) -> Finding | None:
    runs = _runs(line.text, clause.sentence, [m.figure for m in line.mentions])
    theirs = [run for run in runs if not _NO_THING.search(run.text)]
    for said in novel:
        for fact in theirs:
            shortened = _shortens(fact.text, clause.text) or _shortens(said.text, line.text)
            shortened = shortened or _contracted(said.text, line.text)
            wider = clause.text[said.start :][: len(said.text) + _PAIR_SIZE]  # 防汛|物资
            shortened = shortened or covers(wider, fact.text)
            spoken = (
                _DONE.search(fact.text)
                or fact.text in _LABELS
                or _DENIED.search(clause.text, 0, said.start)
            )
            if shortened or spoken:
                continue
            exact = said.figure and said.figure == fact.figure
            slot = exact or (_even(said.text, fact.text) and _same_slot(said, fact))
            slot = slot and (said.text[-1] not in _FUNCTION or _right_before(said, fact))
            if slot and _differ(said.text, fact.text):
                return _finding(clause, said, fact.text, line)
            turned = _turned(said, fact, clause.text, line.text)
            every = turned and _ALL.search(line.text, turned[2], turned[3])
            if turned and not every and line.text[turned[2] : turned[3]] not in clause.sentence:
                start, end = turned[:2]
                name = replace(said, start=start, text=clause.text[start:end])
                return _finding(clause, name, line.text[turned[2] : turned[3]], line)
            if _modifies(said, fact):
                whole = replace(said, text=said.text + said.right[0][:1])
                return _finding(clause, whole, fact.text + fact.right[0][:1], line)
    only = _only_other(novel, theirs)
    return _finding(clause, only[0], only[1].text, line) if only else None


def _only_other(novel: Sequence[Run], theirs: Sequence[Run]) -> tuple[Run, Run] | None:
    """Return whom a clause has behind 由, 为 for the only thing of its fact that it leaves out."""
    said = [run for run in novel if len(run.text) > 1 and _WHOM.search(run.left)]
    fact = [run for run in theirs if len(run.text) > 1]
    if len(said) != 1 or len(fact) != 1 or len(novel) > 2:
        return None
    ours, other = said[0], fact[0]
    telling = not _is_prose(ours.text) and not _is_prose(other.text)
    alike = _even(ours.text, other.text) and _differ(ours.text, other.text)
    return (ours, other) if telling and alike else None


def _is_prose(said: str) -> bool:
    """Tell whether words are made of pairs of general prose only."""
    return all(said[i : i + 2] in common_pairs() for i in range(len(said) - 1))


def _runs(text: str, other: str, figures: Sequence[Figure], offset: int = 0) -> list[Run]:
    """Return the stretches of a text that are neither in another one nor loose words.

    The figures' offsets count from ``offset``.
    """
    marks = _marks(text, other, [(f.start - offset, f.end - offset) for f in figures])
    if "n" not in marks:
        return []
    at = {f.start - offset: f"{f.low}-{f.high}-{f.dimension}" for f in figures}
    found = []
    for match in _NEW.finditer(marks):
        start, end = match.span(1)
        if (
            end - start == 1
            and marks[end : end + 1] == "l"
            and text[end - 1 : end + 1] in common_pairs()
        ):
            end += 1
        after = max(match.end(), end)
        figure = at.get(after + (text[after : after + 1] == " "), "")
        left, right = (
            text[max(0, start - 2) : start],
            (text[end : end + 2], text[after : after + 2]),
        )
        found.append(Run(start, text[start:end], left, right, figure))
    return found


def _marks(text: str, other: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return for each character n (new), l (a loose word's), or - (in the other text, no word)."""
    marks = ["n" if _HAN.match(char) else "-" for char in text]
    for _, start, end in _loose().find_matches_as_indexes(text):
        marks[start:end] = "l" * (end - start)
    marks = ["l" if c in _FUNCTION and m == "n" else m for c, m in zip(text, marks, strict=True)]
    for i in range(len(text) - 1):
        pair = text[i : i + 2]
        if pair in other and _PAIR.fullmatch(pair):
            marks[i : i + 2] = "--"
    for start, end in spans:
        marks[start:end] = "-" * (end - start)
    return "".join(marks)


def _even(said: str, fact: str) -> bool:
    """Tell whether two stretches are about as long: where no figure marks the slot, names are."""
    return max(len(said), len(fact)) <= 2 * min(len(said), len(fact))


def _same_slot(said: Run, fact: Run) -> bool:
    shared = set(said.right) & set(fact.right)
    right = any(_PAIR.fullmatch(pair) for pair in shared)
    left = said.left == fact.left and len(_HAN.findall(said.left)) == 2
    ended = said.right[0][:1] in _EDGE and fact.right[0][:1] in _EDGE
    return right or (left and ended and said.left[-1] not in _FUNCTION)


def _right_before(said: Run, fact: Run) -> bool:
    return said.right[0] == fact.right[0] and _PAIR.fullmatch(said.right[0]) is not None


def _shortens(name: str, text: str) -> bool:
    """Tell whether a text has a name's characters in their order (固投 in 固定资产投资)."""
    rest = iter(text)
    return len(name) > 1 and all(char in rest for char in name)


def _contracted(name: str, line: str) -> bool:
    """Tell whether a word begins with two things that a fact lists apart: 雨污 of 污水、雨水."""
    if len(name) < _PAIR_SIZE:
        return False
    pairs = {line[at : at + _PAIR_SIZE] for at in range(len(line))}
    first, second = ({pair[1:] for pair in pairs if pair[0] == char} for char in name[:_PAIR_SIZE])
    return any(_HAN.match(tail) for tail in first & second)


def _turned(said: Run, fact: Run, text: str, line: str) -> tuple[int, int, int, int] | None:
    """Return where two names that differ in one character stand: 白鹭温泉 for 白鹿温泉.

    Where the character makes a common word with a neighbour (整改 for 整治) no name is turned.
    """
    for i in range(said.start, said.start + len(said.text)):
        for j in range(max(0, fact.start - 1), fact.start + len(fact.text)):
            before, after = _around(text, i, line, j)
            begun = before > 0 or (_begins(text, i) and _begins(line, j))
            ended = after > 0 or {text[i], line[j]} <= _SITES
            runs_on = i > 0 and _HAN.match(text[i - 1]) and {text[i], line[j]} & _VERBS
            if (
                text[i] == line[j]
                or (before == 0 and runs_on)
                or _NEGATED.search(text[i] + line[j])
                or line[j] in _GRAMMAR
                or {text[i], line[j]} <= _WAYS
                or {text[i], line[j]} <= _HELD
                or before + after < _CONTEXT
                or not begun
                or not ended
            ):
                continue
            if not _makes_word(text, i):
                ours, theirs = (i - before, i + after + 1), (j - before, j + after + 1)
                near = min(before, 1), min(after, 1) + 1
                same = synonymous(text[i - near[0] : i + near[1]], line[j - near[0] : j + near[1]])
                return None if same else (*ours, *theirs)
    return None


def _around(text: str, i: int, line: str, j: int) -> tuple[int, int]:
    """Return how many characters right before and behind two places are the same."""
    before = after = 0
    while before < min(i, j, _NAME) and _same_char(text[i - before - 1], line[j - before - 1]):
        before += 1
    room = min(len(text) - i, len(line) - j, _NAME + 1)
    while after < room - 1 and _same_char(text[i + after + 1], line[j + after + 1]):
        after += 1
    return before, after


def _begins(text: str, at: int) -> bool:
    """Tell whether a name may begin at a place: behind a word (种植), a count, or no character."""
    if at == 0 or not _HAN.match(text[at - 1]) or text[at - 1] in _FUNCTION:
        return True
    return text[at - 2 : at] in _loose_words() or _COUNTED.search(text[:at]) is not None


def _same_char(one: str, other: str) -> bool:
    return one == other and _HAN.match(one) is not None and one not in _FUNCTION


def _makes_word(text: str, at: int) -> bool:
    pairs = {text[max(0, at - 1) : at + 1], text[at : at + 2]}
    return bool(pairs & common_pairs() or pairs & _general_words())


def _modifies(said: Run, fact: Run) -> bool:
    """Tell whether one character stands before the same word as others do: 林地 for 机动地."""
    one = len(said.text) == 1 and 2 <= len(fact.text) <= 3 and said.text not in fact.text
    same = said.right[0] == fact.right[0] and bool(_PAIR.fullmatch(said.right[0]))
    return one and same and said.right[0][0] in _THINGS


def _differ(said: str, fact: str) -> bool:
    """Tell whether two stretches name different things: nothing in common but a general head."""
    first = 0
    while first < min(len(said), len(fact)) and said[first] == fact[first]:
        first += 1
    ours, theirs = said[first:], fact[first:]
    while ours and theirs and ours[-1] == theirs[-1]:
        ours, theirs = ours[:-1], theirs[:-1]
    if words("pending", "ongoing").match(said) or _NEGATED.search(said) or fact[:1] == "不":
        return False
    if fact in _MANNER:
        return False  # 挽袖献血 of 无偿献血
    short = min(len(said), len(fact)) < 2 or max(len(ours), len(theirs)) < 2
    short = short or (first > 0 and len(ours) != len(theirs) and min(len(ours), len(theirs)) < 2)
    if short or not ours or not theirs or _PLACE.search(fact):
        return False
    if {said, fact} <= divisions():
        return said != fact
    if (set(ours) & set(theirs)) - _HEADS:
        return False
    return not synonymous(said, fact)


def _code_replaced(clause: Clause, line: Line, index: FactIndex) -> Finding | None:
    """Return a road's number (S318) or a grade (Ⅱ类) that stands for another one of its kind."""
    theirs = _CODE.findall(line.text)
    for match in _CODE.finditer(clause.text):
        code = match[0]
        at = -1 if code[-1] in "类级" else 0  # Ⅱ类 and Ⅲ类, S318 and S319
        other = next((t for t in theirs if t[at] == code[at] and t not in clause.sentence), "")
        known = normalize("NFKC", code) in {normalize("NFKC", t) for t in theirs}
        if other and not known and code not in index.bare:
            return _finding(clause, Run(match.start(), code, "", ("", ""), ""), other, line)
    return None


def _finding(clause: Clause, said: Run, fact: str, line: Line) -> Finding:
    start = clause.start + said.start
    message = f"“{said.text}”与事实{line.fact_id}“{line.text}”不一致，事实是“{fact}”。"
    return Finding(
        start,
        start + len(said.text),
        said.text,
        "wrong_entity",
        "confirm",
        message,
        fact,
        (line.fact_id,),
    )
