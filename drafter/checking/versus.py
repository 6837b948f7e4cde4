"""Who has more than whom: differences told the wrong way round, and the most and least of a list.

两村年合计39万元，胜利村比红旗村多9万元 of 红旗村24万元 and 胜利村15万元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from drafter.checking.claimed import contradiction
from drafter.checking.context import Clause, Mention
from drafter.checking.counting import lists
from drafter.checking.derived import told_round, value_of
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import grams
from drafter.domain import Finding

_MORE = "[多高大增涨升长超]|翻"
_LESS = "[少低小减降跌缩]"
_THAN = re.compile(
    f"比(?P<than>[^，。；比]{{1,12}}?)(?:[^，。；比]{{0,4}}?)(?:(?P<more>{_MORE})|(?P<less>{_LESS}))"
)
_OVER = re.compile(
    "(?P<more>多于|高于|大于|超过|胜过|领先于)|(?P<less>少于|低于|小于|不及|不如|逊于|落后于)"
)
_EXTREME = re.compile(
    "(?P<most>最多|更多|最大|最高|居首|居多|最为?集中|[占是]大头|为主(?!题)|排(?:名|在)第一|位居第一)|(?P<least>最少|更少|最小|最低|垫底|末位)"
)
_TIMES = re.compile("(?:为|是|达到?|相当于)(?P<than>[\u4e00-\u9fff]{2,8})的[^，。；]{1,4}倍")
_THAN_DUE = re.compile("^(?:年初|全年|年度|上级|下达)?(?:的)?(?:任务|目标|计划|指标)(?:数|量)?")
_TOPPED = re.compile("超(?:出|过|额)?(?:了|全年|年度|年初)?(?:预算|任务|计划|目标)?(?:数)?$")
_SHORT_OF = re.compile("(?:[离距].{0,8})?(?:还|尚|仍)?[差缺欠]$")
_DUE = re.compile("预算|任务|计划|目标|应")
_MOSTLY = re.compile("(?:绝大部分|绝大多数|大部分|大头)(?:[是由为在]|来自|集中在)")
_TASK = re.compile("(?:任务|目标|计划|指标)(?:数|量)?[为：: ]*$")
_BEFORE_IT = re.compile("[比较][^，。]{1,6}[之以]?前[^，。]{0,4}$")
_NAME = 2
_LONGEST = 4
_HAN = re.compile("[^\u4e00-\u9fff]")
_NO_MEMBER = re.compile("其中|合计|总|共|其余|其他|平均|[已未完]|成功|存栏|出栏|办结")
_ALREADY = re.compile("不|未|并非")


def told_other_way(draft: Mention, big: Mention, small: Mention, index: FactIndex) -> bool:
    """Tell whether a difference of two facts is told as more of the one that has less."""
    if told_round(draft.before_text, big, small):
        return True
    over, short = _TOPPED.search(draft.before_text), _SHORT_OF.search(draft.before_text)
    due = [bool(_DUE.search(m.before_text)) for m in (big, small)]
    if (over and due[0] and not due[1]) or (short and due[1] and not due[0]):
        return True  # 超出预算144万元 of 预算2400万元，完成2256万元
    if _BEFORE_IT.search(draft.before_text):
        return False  # 比整合前少44个
    said = _THAN.search(draft.before_text) or _THAN.search(draft.clause_text.partition("\0")[0])
    if said is None or value_of(big) == value_of(small):
        return False
    near = [_named(m.before_text.strip(), said[0][1:]) for m in (big, small)]
    if near[0] != near[1]:
        return near[0] == bool(said["more"])  # 下半年比上半年少卖
    shared, than = index.weights.shared, grams(said["than"])
    ours, theirs = (_beside(m, index) for m in (big, small))
    to_big, to_small = shared(than, ours - theirs), shared(than, theirs - ours)
    if to_big == to_small:
        return False
    return (to_big > to_small) == bool(said["more"])


def _named(before: str, than: str) -> bool:
    """Tell whether what something is compared with opens with the words before a figure."""
    return any(before.endswith(than[:size]) for size in range(_NAME, len(than)))


def _beside(mention: Mention, index: FactIndex) -> frozenset[str]:
    """Return the words before a fact's figure, and those of its line up to it where it is first."""
    if not mention.fact_id:
        return mention.before
    line = index.lines[mention.line]
    first = line.mentions and line.mentions[0] is mention
    text = line.text[: mention.figure.start] if first else mention.before_text
    return grams(text)


def check_versus(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield who is told to have most, least, or more than another, against a fact's list."""
    for clause in clauses:
        extreme = _EXTREME.search(clause.text)
        over = _OVER.search(clause.text)
        mostly = _MOSTLY.search(clause.text)
        times = _TIMES.search(clause.text)
        if not (extreme or over or mostly or times):
            continue
        for line in index.lines:
            found = extreme and _most(clause, extreme, line)
            found = found or (mostly and _by_most(clause, mostly, line))
            found = found or (over and (_more(clause, over, line) or _due(clause, over, line)))
            found = found or (times and _times(clause, times, line))
            if found:
                yield found
                break


def _members(line: Line) -> Iterator[dict[str, Mention]]:
    """Yield the lists of a fact, each figure by what sets its name apart: 制衣, 电子 of 车间."""
    for run in lists(line):
        words = [_HAN.sub("", m.before_text) for m in run]
        backwards = zip(*(word[::-1] for word in words), strict=False)
        tail = sum(1 for _ in takewhile(lambda at: len(set(at)) == 1, backwards))
        names = [word[: len(word) - tail][-_LONGEST:] for word in words]
        if min(map(len, names)) < _NAME:  # 三 of 三季度 is no name without what all of them share
            names = [word[-tail - 1 :][:_LONGEST] for word in words]
        plain = not any(_NO_MEMBER.search(word) for word in words)
        if plain and len(set(names)) == len(run) > 1 and min(map(len, names)) >= _NAME:
            yield dict(zip(names, run, strict=True))


def _said(text: str, named: dict[str, Mention]) -> list[str]:
    """Return the names of a list that a text says, by their own first two characters."""
    found = []
    for name in named:
        others = [other for other in named if other != name]
        own = [name[i : i + _NAME] for i in range(len(name) - 1)]
        own = [pair for pair in own if not any(pair in other for other in others)]
        if any(pair in text for pair in own):
            found.append(name)
    return found


def _most(clause: Clause, told: re.Match[str], line: Line) -> Finding | None:
    for named in _members(line):
        said = _said(clause.text[: told.start()], named)
        kin = [value_of(m) for m in named.values()]
        if len(said) != 1 or _ALREADY.search(clause.text[: told.start()]):
            continue
        best = max(kin) if told["most"] else min(kin)
        if value_of(named[said[0]]) != best:
            holder = next(name for name, m in named.items() if value_of(m) == best)
            word = told["most"] or told["least"]
            return contradiction(clause, *told.span(), line, f"{word}的是“{holder}”")
    return None


def _by_most(clause: Clause, told: re.Match[str], line: Line) -> Finding | None:
    """Return a finding where most is told of one who has the lesser part of a list."""
    for named in _members(line):
        said = _said(clause.text[told.end() :], named)
        total = sum(value_of(m) for m in named.values())
        if len(said) == 1 and value_of(named[said[0]]) * 2 < total:
            return contradiction(clause, *told.span(), line, "事实只是其中的小部分")
    return None


def _more(clause: Clause, told: re.Match[str], line: Line) -> Finding | None:
    before, behind = clause.text[: told.start()], clause.text[told.end() :]
    for named in _members(line):
        one, other = _said(before, named), _said(behind, named)
        if len(one) != 1 or len(other) != 1 or one == other:
            continue
        more = value_of(named[one[0]]) > value_of(named[other[0]])
        if more != bool(told["more"]):
            return contradiction(clause, *told.span(), line, "两者的大小说反了")
    return None


def _due(clause: Clause, told: re.Match[str], line: Line) -> Finding | None:
    """Return a finding where what is done is told as less than a task that it passed, or back."""
    if not _THAN_DUE.match(clause.text[told.end() :]):
        return None
    for due in (m for m in line.mentions if _TASK.search(m.before_text)):
        kin = [m for m in line.mentions if m.figure.dimension == due.figure.dimension]
        done = next((m for m in kin if m.place > due.place), None)
        said = done and grams(clause.text[: told.start()]) & grams(done.before_text)
        if done and any(len(gram) == _NAME for gram in said or ()):
            more, less = value_of(done) > value_of(due), value_of(done) < value_of(due)
            if (less and told["more"]) or (more and told["less"]):
                return contradiction(clause, *told.span(), line, "两者的大小说反了")
    return None


def _times(clause: Clause, told: re.Match[str], line: Line) -> Finding | None:
    """Return a finding where the lesser of a list is told as several times the other."""
    for named in _members(line):
        one, other = _said(clause.text[: told.start()], named), _said(told["than"], named)
        if len(one) != 1 or len(other) != 1 or one == other:
            continue
        if value_of(named[one[0]]) < value_of(named[other[0]]):
            return contradiction(clause, *told.span(), line, "两者的大小说反了")
    return None
