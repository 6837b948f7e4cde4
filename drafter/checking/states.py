"""States at odds: all done against some open, a plan told as done, some told as all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.checking.context import Clause
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.domain import Finding

_VERBS = (
    "整改|完成|办结|化解|解决|销号|验收|到位|落实|拆除|建成|完工|竣工|投用|投入使用|投产|交付|通水|通电"
    "|通车|开工|兑现|发放|启用|运营|营业|结案|清零|见底|达标|开业|签约|搬迁|入住|安装|硬化|贯通|封顶"
)
_ALL_DONE = re.compile(
    rf"(?:已经?|目前|均)?(?:全部|均已|都已|已全部|悉数|全数|逐一|件件|全面)(?:如期|按期|得到|予以|妥善|落实|实现|已)?"
    rf"(?:{_VERBS})(?:{_VERBS}|完毕|清零|到位)?|(?:{_VERBS})率(?:达到?|为)?百分之百"
)
_DONE = re.compile(
    rf"(?:如期|按期|按时|顺利|圆满|成功|全面|提前|正式|建成|竣工|基本)(?:{_VERBS}|举办|举行|召开|开展|实施)+"
    rf"|已经?(?:{_VERBS})+|(?:建成|完成)(?:投用|投入使用|并投入使用|通车|验收)"
    "|建成(?=[^，。]*$)|竣工(?=[^，。]*$)|投入使用|通过(?:了)?(?:[省市县区]级)?验收"
)
_ACHIEVED = re.compile(
    "建成|新建|完成|开工|启动|引进|签约|安装|改造|硬化|修建|投入|发放|举办|召开|购置|配备|实现|创建|设立|打造|争取"
)
_OPEN = re.compile(
    "尚有|还有|仍有|还剩|剩余|剩[\\d一二三四五六七八九十两]|未(?:完成|整改|办结|开工|验收|启动|动工|建|通|到位|解决|销号|落实|发放|实施|竣工|投用|拆|达标|交付|签|开)"
    "|没(?:有)?(?:完成|整改|办|开工|验收|动工|建|通|到位|解决|落实|实施)|正在|在建|在办|在改|推进中|进行中|施工中|办理中|整改中|建设中|筹备中|审批中"
    "|待(?:验收|批|定|建|办|完善|整改|审批|安装|落实|交付|销号)|等(?:待)?验收|主体完工|推迟|延期|暂停|取消|中止|停工|搁置|限期|滞后|暂缓|逾期"
)
_PLAN = re.compile(
    "计划|拟于?|将于|将在|预计|预算安排|明年|下一步|打算|力争|准备|规划|谋划|筹备|有望|争取(?=[^取]{0,8}(?:前|底|完成|开工|建成))|前(?:完成|建成|开工|改完|竣工|销号|到位)"
)
_DRAFT_OPEN = re.compile(
    "未|尚|正在|将|拟|计划|预计|力争|下一步|推进|争取|确保|继续|筹备|限期|暂停|推迟|取消|谋划|准备|打算|即将|部分|明年|待|其余|剩|还有|在建|有望|要"
)
_SOME = re.compile("部分|个别|少数|多数|大多|大部分|一半|有的|试点|仅|只有|除.{1,8}外|未覆盖|尚未")
_ALL = re.compile(
    "全覆盖|全部覆盖|实现全覆盖|所有[^，。]{0,6}均|村村通?|户户|家家|全员参加|全体[^，。]{1,8}参加|无一例外|一个不[漏落少]|全部(?:参加|参训|覆盖|纳入|通过|安装|建立|签订|接入)"
)
_NOUGHT = re.compile(
    "(?:未|没有|无|零)(?:再)?(?:发生|出现|接到)?([^，。；、]{2,14})|([^，。；、]{2,10})(?:零发生|为零)"
)
_HAPPENED = re.compile(r"(?:发生|出现|接到)([^，。；\d]{2,12})")
_LEAST = 0.3


def check_states(clauses: Sequence[Clause], index: FactIndex) -> list[Finding]:
    """Return the clauses whose state the facts contradict, a finding at most for each clause."""
    found = (_state(clause, index) for clause in clauses)
    return [finding for finding in found if finding]


def _state(clause: Clause, index: FactIndex) -> Finding | None:
    bindings = index.bind(clause.grams, _LEAST)[:3]
    if not bindings:
        return None
    whole = _ALL_DONE.search(clause.text)
    if whole and (line := _open_line(whole[0], bindings)):
        return _finding(clause, whole, line, "事实是尚有未完成的")
    denied = _denied(clause, bindings)
    if denied or _DRAFT_OPEN.search(clause.text):
        return denied
    return _told_as_done(clause, bindings) or _told_as_all(clause, bindings)


def _open_line(claim: str, bindings: Sequence[Binding]) -> Line | None:
    """Return the line that leaves open what the draft calls done, unless another line calls it done."""
    stems = [verb for verb in _VERBS.split("|") if verb in claim]
    for binding in bindings:
        if any(_ALL_DONE.search(b.line.text) or "100%" in b.line.text for b in bindings[:1]):
            return None
        text = binding.line.text
        touched = any(stem in text for stem in stems) or _OPEN.search(binding.segment)
        if touched and (_OPEN.search(text) or _is_partial(binding.line)):
            return binding.line
    return None


def _is_partial(line: Line) -> bool:
    """Tell whether a fact has a total and a smaller done part of the same unit."""
    done = [
        m for m in line.mentions if re.search("完成|已|办结|整改|化解|解决|办理", m.before_text)
    ]
    for part in done:
        for whole in line.mentions:
            same = whole.figure.dimension == part.figure.dimension
            if same and whole.figure.low > part.figure.low:
                return True
            if part.figure.dimension == "ratio" and part.figure.high < 1:
                return True
    return False


def _told_as_done(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    best = bindings[0]
    said = _DONE.search(clause.text)
    text = best.line.text
    opened = _OPEN.search(best.segment) or (_OPEN.search(text) if said else None)
    planned = _PLAN.search(best.segment) or (_PLAN.search(text) if best.cover > 0.5 else None)
    if re.search(r"\d|[一二三四五六七八九十百]+[个处件户名人项]", clause.text):
        opened = None
    if said and (opened or planned) and not _settled(bindings, best):
        return _finding(clause, said, best.line, "事实是计划或还没有完成")
    if planned and best.cover > 0.5 and not _settled(bindings, best):
        verb = _ACHIEVED.search(clause.text)
        if verb and not _PLAN.search(clause.sentence) and not _DRAFT_OPEN.search(clause.sentence):
            return _finding(clause, verb, best.line, "事实是计划，还没有完成")
    return None


def _settled(bindings: Sequence[Binding], best: Binding) -> bool:
    """Tell whether another fact, bound as well, says nothing of a plan or an open end."""
    return any(
        b.score >= 0.8 * best.score
        and not _OPEN.search(b.line.text)
        and not _PLAN.search(b.line.text)
        for b in bindings
        if b is not best
    )


def _told_as_all(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    said = _ALL.search(clause.text)
    best = bindings[0]
    if said and _SOME.search(best.line.text) and not _ALL.search(best.line.text):
        return _finding(clause, said, best.line, "事实只是其中一部分")
    return None


def _denied(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where the draft says that nothing happened and a fact counts cases."""
    said = _NOUGHT.search(clause.text)
    if not said:
        return None
    thing = said[1] or said[2]
    for binding in bindings:
        happened = _HAPPENED.search(binding.segment)
        counted = any(
            m.figure.low > 0 for m in binding.line.mentions if m.before_text in binding.segment
        )
        if (
            happened
            and counted
            and set(happened[1]) & set(thing)
            and not _NOUGHT.search(binding.segment)
        ):
            return _finding(clause, said, binding.line, "事实是发生过")
    return None


def _finding(clause: Clause, match: re.Match[str], line: Line, why: str) -> Finding:
    start, end = clause.start + match.start(), clause.start + match.end()
    message = f"“{match[0]}”与事实{line.fact_id}“{line.text}”不符：{why}。"
    return Finding(start, end, match[0], "contradiction", "block", message, "", (line.fact_id,))
