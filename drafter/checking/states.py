"""States at odds: all done against some open, a plan told as done, some told as all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from drafter.checking.context import Clause
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.checking.matching import same_kind
from drafter.domain import Finding
from drafter.resources import lexicon


@cache
def _verbs() -> str:
    return "|".join(row.split("\t")[1] for row in _rows() if row.startswith("verb\t"))


@cache
def _rows() -> tuple[str, ...]:
    return lexicon("checking", "state_patterns.tsv")


@cache
def _words(kind: str) -> re.Pattern[str]:
    """Return the pattern of one kind of state words."""
    return re.compile(
        "|".join(r.split("\t")[1] for r in _rows() if r.partition("\t")[0] in kind.split("|"))
    )


@cache
def _all_done() -> re.Pattern[str]:
    verbs = _verbs()
    return re.compile(
        "(?:已经?|目前|均)?(?:全部|均已|都已|已全部|悉数|全数|逐一|件件|全面)"
        f"(?:如期|按期|得到|予以|妥善|落实|实现|已)?(?:{verbs})(?:{verbs}|完毕|清零|到位)?"
        f"|(?:{verbs})率(?:达到?|为)?百分之百"
        r"|(?:全部|均已|都已|悉数)[\u4e00-\u9fff]{2,3}(?=$|[了。；])"
    )


@cache
def _done() -> re.Pattern[str]:
    verbs = _verbs()
    return re.compile(
        "(?:如期|按期|按时|有效|彻底|妥善|顺利|圆满|成功|全面|提前|正式|建成|竣工|基本)"
        f"(?:{verbs}|举办|举行|召开|开展|实施|申报|进行|推进)+|已经?(?:{verbs})+"
        "|(?:建成|完成)(?:投用|投入使用|并投入使用|通车|验收)|建成(?=[^，。]*$)|竣工(?=[^，。]*$)"
        "|已经?[\u4e00-\u9fff]{2}(?=$|[了。；])"
        "|投入使用|通过(?:了)?(?:[省市县区]级)?验收|获批|中标"
    )


_PART_DONE = "完成|已|办结|整改|化解|解决|办理|接通|建成|通|覆盖|拆除|验收|安装|参加|签订|有"
_DENIAL = re.compile("(?:尚?未|没有|没)(?!发生|出现|接到)([\u4e00-\u9fff]{2})")
_NOUGHT = re.compile(
    "(?:未|没有|无|零)(?:再)?(?:发生|出现|接到)?([^，。；、]{2,14})|([^，。；、]{2,10})(?:零发生|为零)"
)
_HAPPENED = re.compile(r"(?:发生|出现|接到)([^，。；\d]{2,12})")
_PARTIAL = 0.3
_LEAST = 0.22


def check_states(clauses: Sequence[Clause], index: FactIndex) -> list[Finding]:
    """Return the clauses whose state the facts contradict, a finding at most for each clause."""
    found = (_state(clause, index) for clause in clauses)
    return [finding for finding in found if finding]


def _state(clause: Clause, index: FactIndex) -> Finding | None:
    bindings = index.bind(clause.grams, _LEAST)[:3]
    if not bindings:
        return None
    whole = _all_done().search(clause.text)
    if whole and _words("some").search(bindings[0].line.text):
        return _finding(clause, whole, bindings[0].line, "事实只是其中一部分")
    if whole and (line := _open_line(whole[0], bindings)):
        return _finding(clause, whole, line, "事实是尚有未完成的")
    denied = _denied(clause, bindings) or _negated(clause, bindings)
    if denied or _words("draft_open").search(clause.text):
        return denied
    return _told_as_done(clause, bindings) or _told_as_all(clause, bindings)


def _open_line(claim: str, bindings: Sequence[Binding]) -> Line | None:
    """Return the line that leaves open what the draft calls done, unless another one does not."""
    stems = [verb for verb in _verbs().split("|") if verb in claim]
    for binding in bindings:
        if any(_all_done().search(b.line.text) or "100%" in b.line.text for b in bindings[:1]):
            return None
        text = binding.line.text
        partial = binding.cover >= _PARTIAL and _is_partial(binding.line)
        touched = (
            partial or any(stem in text for stem in stems) or _words("open").search(binding.segment)
        )
        if touched and (_words("open").search(text) or _is_partial(binding.line)):
            return binding.line
    return None


def _is_partial(line: Line) -> bool:
    """Tell whether a fact has a total and a smaller done part of the same unit."""
    whole_of = re.search("中有?(?=\\d|[一二三四五六七八九十])|其中", line.text)
    for part in line.mentions:
        said = part.before_text + (part.after_text if whole_of else "")
        if not re.search(f"{_PART_DONE}|{_verbs()}", said):
            continue
        if part.figure.dimension == "ratio" and part.figure.high < 1:
            return True
        for whole in line.mentions:
            same = same_kind(whole.figure.dimension, part.figure.dimension)
            if same and whole.figure.low > part.figure.low:
                return True
    return False


def _negated(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where a fact denies what the draft says, or the other way round."""
    best = bindings[0]
    for match in _DENIAL.finditer(best.segment):
        for said in re.finditer(re.escape(match[1]), clause.text):
            before = clause.text[max(0, said.start() - 3) : said.start()]
            if not re.search("未|没|不|尚|待|正|拟|将|争取|确保", before):
                return _finding(clause, said, best.line, "事实是没有")
    for match in () if re.search(r"\d", clause.text) else _DENIAL.finditer(clause.text):
        at = best.segment.find(match[1])
        before = best.segment[max(0, at - 4) : at]
        if at >= 0 and not re.search("未|没|不|尚|待|拟|将|计划", before):
            return _finding(clause, match, best.line, "事实正好相反")
    return None


def _told_as_done(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    best = bindings[0]
    said = _done().search(clause.text)
    text = best.line.text
    opened = _words("open").search(best.segment) or (_words("open").search(text) if said else None)
    kind = "plan" if best.line.mentions else "plan|deadline"
    planned = _words(kind).search(best.segment) or (
        _words("plan").search(text) if best.cover > 0.5 else None
    )
    if re.search(r"\d|[一二三四五六七八九十百]+[个处件户名人项]", clause.text):
        opened = None
        planned = _words("plan").search(best.segment)
    if said and said[0] in text:
        return None
    if said and (opened or planned) and not _settled(bindings, best):
        return _finding(clause, said, best.line, "事实是计划或还没有完成")
    if planned and best.cover > 0.5 and not _settled(bindings, best):
        verb = _words("achieved").search(clause.text) or _planned_deed(clause, best)
        if (
            verb
            and not _words("plan").search(clause.sentence)
            and not _words("draft_open").search(clause.sentence)
        ):
            return _finding(clause, verb, best.line, "事实是计划，还没有完成")
    return None


def _planned_deed(clause: Clause, best: Binding) -> re.Match[str] | None:
    """Return where the draft says the deed that stands right behind the fact's word of planning."""
    plan = _words("plan").search(best.segment)
    deed = re.match(r"[\u4e00-\u9fff]{2}", best.segment[plan.end() :]) if plan else None
    return re.search(re.escape(deed[0]), clause.text) if deed else None


def _settled(bindings: Sequence[Binding], best: Binding) -> bool:
    """Tell whether another fact, bound as well, says nothing of a plan or an open end."""
    return any(
        b.score >= 0.8 * best.score
        and not _words("open").search(b.line.text)
        and not _words("plan").search(b.line.text)
        for b in bindings
        if b is not best
    )


def _told_as_all(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    said = _words("all").search(clause.text)
    best = bindings[0]
    some = _words("some").search(best.line.text) or (said and _is_partial(best.line))
    if said and some and not _words("all").search(best.line.text):
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
            m.figure.low > 0
            for m in binding.line.mentions
            if m.before_text.strip() in binding.segment
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
