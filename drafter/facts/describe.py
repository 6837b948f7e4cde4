"""What a statement is about: state, subject, period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.chinese.normalise import fold
from drafter.domain import DateMention, Figure, State
from drafter.resources import lexicon

_PROBLEM = re.compile(
    "^(?:存在的?)?(?:问题|不足|困难|短板|缺口|难点|瓶颈)(?:是|[一二三四五六七八九十\\d])?[：:、]|^(?:主要|最大的?|存在的?)?(?:问题|困难|难点|短板)(?:主要|就|还)?是"
)
_PLAN = re.compile(
    "(?:下一?步|明[年日天]|来年|下周|下个?月)?(?:工作|重点)?(?:打算|计划|安排|思路|努力方向|目标任务)[：:]|下一?步|打算"
)
_PROBLEM_HINT = re.compile("问题|不足|困难|短板|差距|薄弱环节")
_PLAN_HINT = re.compile(
    "打算|下一?步|明[日天]|(?<!雨露)计划(?!生育|执行|完成|落实)|安排(?!部署情况|情况)|努力方向|工作思路|思路|重点任务|下阶段|明年|来年"
    "|目标(?!.{0,4}(?:完成|实现|情况|任务))"
)
_YEAR = re.compile(r"20\d\d")
_LACK = re.compile(
    "不够|不强|不到位|不高|不足(?!约?[\\d〇一二两三四五六七八九十百千万])|薄弱|滞后|跟不上|有差距|不会"
    "|不敢|不平衡|不充分|单一"
)
_LEFT = re.compile("剩|余下|余(?=\\d)|其余|尚有|还有|还差|尚余")
_QUOTED = re.compile("“[^”]{0,20}”|《[^》]{0,60}》")
_ESTIMATED = re.compile(  # 预计总产1.02万吨 says how much, 预计明年通车 says when
    "(?:预计|预估|估计)(?!.*(?:[年月日底]|季度|完成|完工|建成|投用|投产|通车|通水|交付|达产|到位|开工|验收))"
)
_DUE = re.compile(
    "前(?:全部|均|都|全面|要)?(?:改完|[弄搞做建修装办清铺挖栽收扫补][完好]|完成|报批|通车|通水|拆完|建成|投用|到位|办结|整改|销号|亮灯|完工|交付|验收)|(?:日|号|旬|月|底)前$"
)
_BY_A_DATE = re.compile(
    "\\d\\s?(?:日|号|月)(?:底|中旬|下旬|上旬)?(?:之|以)?前(?=将|把|完成|全部|需|要|力争|确保)"
    "|周[一二三四五六日天](?:之|以)?前(?!.*[已了])"
)
_DONE_BY = re.compile("已|了|共|累计")
_CLAUSES = re.compile("[，,；;。：:（）()]")
_COUNTED = re.compile(r"\d+")
_DONE_THEN_MORE = re.compile("done0+(?:planned)+0")
_TARGET_MET = re.compile(
    "(?:计划|目标|任务)[^，。；]{0,12}\\d[^，。；]{0,6}(?=[，、]\\s?(?:20\\d\\d年?|[\\d—-]+月|累计|截至\\S{2,6})?(?:实际|已|完成))"
)  # 计划改厕150户 before 实际完成142户 is the task, not a plan
_BREAKS = frozenset("，,。；;：:、→（）()／/！!？?\n ")
_LEAD = re.compile(
    "^(?:今年以来|今年|去年|全年|上年|年度|年初|目前|截至目前|累计|共计|总计|合计|一共|共(?![享青产同建治])|全镇(?!性)|全乡|全县|我镇|上年同期|去年同期|同期|其中|全部|已经|已|现有|现|又|还|另|先后|分别|均|各|约|近|超)+"
)
_TAIL = re.compile(
    "(?:达到|达|为|是|共计|共有|共|有|(?<![签预])约|近|超过|超|突破|了|到|至|完成|清了|的|预计|预估|估计|计|总计|合计"
    "|累计|只|仅|：|:|(?<=[\u4e00-\u9fff]{2})(?:任务|目标|(?<!雨露)(?<!春蕾)计划|指标)数?)+$"
)
_DATE = re.compile(
    r"(?:截[至止]\s?)?(?:20\d\d\s?年(?:度)?)?(?:\d{1,2}\s?月?[-—~至到]\s?)?\d{1,2}\s?月(?:\d{1,2}\s?[日号])?"
    r"(?:份|底|初|末|[上中下]旬)?(?:以?前|以来)?|20\d\d(?:\s?年(?:度)?|(?=[\u4e00-\u9fff]))|今年以来|今年|[上下]半年|第?[一二三四]季度"
    r"|前[一二三]季度|截[至止]目前"
)
_ROLES = frozenset(
    {
        "任务",
        "目标",
        "计划",
        "完成",
        "实际",
        "上年",
        "去年",
        "今年",
        "到位",
        "上年同期",
        "本期",
        "本期累计",
        "本月",
        "合计",
        "小计",
        "总计",
    }
)
_WIDE = frozenset({"year", "half", "quarter", "range", "relative"})
_THIS_YEAR = ("今年", "本年", "全年", "当年")
_YEARS = frozenset({"上年", "本年"})
_NO_PERIOD = re.compile("同期$|[本上下当]个?月$")
_SECONDARY = ("ratio", "points", "time:", "rank", "number")


def state_of(text: str, hint: str = "", period: str = "") -> State:
    """Return how far a statement's matter is: done, ongoing, planned, problem, unknown.

    A label (问题：, 打算：) or the heading above decides, also one that names a year after
    ``period`` (2027年计划 in a paper on 2026年); something open beside what is done is ongoing.
    """
    if _PROBLEM.match(text) or (_PROBLEM_HINT.search(hint) and not _PLAN_HINT.search(hint)):
        return "problem"
    if _PLAN.match(text) or _PLAN_HINT.search(hint) or _is_later(hint, period):
        return "planned"
    told = _TARGET_MET.sub("", _QUOTED.sub("", text))
    states = {_clause_state(clause) for clause in _CLAUSES.split(told)} - {"unknown"}
    if "ongoing" in states or {"planned", "done"} <= states:
        return "ongoing"
    if "planned" in states:
        return "planned"
    if _LACK.search(text):
        return "problem"
    return "done" if "done" in states else "unknown"


def _is_later(hint: str, period: str) -> bool:
    named, now = _YEAR.search(hint), _YEAR.search(period)
    return named is not None and now is not None and named[0] > now[0]


def is_to_come(text: str, at: int) -> bool:
    """Tell whether the clause at an offset tells of a plan (2027年3月底前全部销号)."""
    end = next((m.start() for m in _CLAUSES.finditer(text, at)), len(text))
    start = max((m.end() for m in _CLAUSES.finditer(text, 0, at)), default=0)
    clause = text[start:end]
    return _DUE.search(clause) is not None or _clause_state(clause) == "planned"


def _clause_state(clause: str) -> State:
    """Return the state of one clause: a plan or a date to come outweighs the verb behind it.

    What is left of a thing that was begun (剩余3处12月15日前完工) is under way, not planned.
    """
    hits = [
        (i, start, end)
        for i, start, end in _automaton().find_matches_as_indexes(clause)
        if clause[end : end + 1] != "率"
    ]
    found = {_states()[i][1] for i, _, _ in hits}
    if _ESTIMATED.search(clause):
        found.discard("planned")
    due = _DUE.search(clause) or (_BY_A_DATE.search(clause) and not _DONE_BY.search(clause))
    if _LEFT.search(clause) and not _DONE_BY.search(clause):
        return "ongoing"
    if "planned" in found and _DONE_THEN_MORE.search(_marked(clause, hits)):
        return "ongoing"
    if "planned" in found or due:
        return "planned"
    return "ongoing" if "ongoing" in found else "done" if "done" in found else "unknown"


def _marked(clause: str, hits: Sequence[tuple[int, int, int]]) -> str:
    """Return the states of a clause in order, 0 for what is counted between: done0planned0."""
    marks: list[tuple[int, str]] = [(start, _states()[i][1]) for i, start, _ in hits]
    marks += [(m.start(), "0") for m in _COUNTED.finditer(clause)]
    return "".join(mark for _, mark in sorted(marks))


@cache
def _states() -> tuple[tuple[str, State], ...]:
    rows = (line.split("\t") for line in lexicon("facts", "states.tsv"))
    return tuple((row[0], row[1]) for row in rows)  # type: ignore[misc]


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick([word for word, _ in _states()], matchkind=MatchKind.LeftmostLongest)


def main_figure(figures: tuple[Figure, ...]) -> Figure | None:
    """Return the figure that a statement turns on: the first that is no share, span or rank."""
    return next(
        (f for f in figures if not f.dimension.startswith(_SECONDARY)),
        figures[0] if figures else None,
    )


def subject_of(text: str, figure: Figure) -> str:
    """Return the head noun phrase of a figure: what stands before it in its clause, or behind it.

    招商引资到位资金6200万元 → 招商引资到位资金; 改厕：竹林村48户 → 改厕竹林村; 11个行政村 → 行政村.
    """
    text, start = fold(text), figure.start
    while start > 0 and text[start - 1] not in _BREAKS:
        start -= 1
    choices = (
        text[start : figure.start],
        _word_behind(text, figure.end),
        _label_before(text, start),
    )
    cores = [_core(choice) for choice in choices]
    if cores[2] and (cores[0] in _ROLES or cores[0] in general_subjects()):
        return cores[2]
    return next((core for core in cores if len(core) > 1), "")


def bare_subject(clause: str) -> str:
    """Return a clause before a figure without adverbs in front and linking verbs behind."""
    return _core(clause)


def _core(phrase: str) -> str:
    bare = _LEAD.sub("", _DATE.sub("", phrase).strip())
    return _TAIL.sub("", bare) if bare not in _ROLES else bare


@cache
def general_subjects() -> frozenset[str]:
    """Return the subjects that are too general to be one thing in two facts (参加, 排查)."""
    return frozenset(lexicon("facts", "generic_subjects.txt"))


def _word_behind(text: str, end: int) -> str:
    stop = end
    while stop < len(text) and text[stop] not in _BREAKS and not text[stop].isdigit():
        stop += 1
    return text[end:stop]


def _label_before(text: str, start: int) -> str:
    cut = max(text.rfind("：", 0, start), text.rfind(":", 0, start))
    if cut < 0:
        cut = start
    head = text[:cut].rstrip("".join(_BREAKS))
    at = max((head.rfind(mark) for mark in _BREAKS), default=-1)
    return re.sub(r"\d.*$", "", head[at + 1 :])


def period_of(
    dates: tuple[DateMention, ...], default: str, text: str = "", main: Figure | None = None
) -> str:
    """Return the period that a statement holds for: what it names, else the sheet's.

    2026年, 上半年, 1—11月 count where they stand before the ``main`` figure; what is only compared
    with (比上年, 同期) or budgeted (年初预算) does not. 上半年 in a sheet on 2026 gets that year.
    """
    several = {(d.kind, d.year, d.month) for d in dates if d.kind in {"year", "quarter", "half"}}
    if len(several) > 1 or {d.text[:2] for d in dates if d.kind == "relative"} >= _YEARS:
        return default  # 2025年32万元，2026年38万元 holds for no one year
    for date in dates:
        if main is not None and date.start > main.start:
            break
        if date.kind not in _WIDE or (date.kind == "relative" and date.month is not None):
            continue
        compared = text[date.start - 1 : date.start] in {"比", "较", "同"} if date.start else False
        if compared or _NO_PERIOD.search(date.text):
            continue
        return in_the_year(date, default)
    return default


def in_the_year(date: DateMention, default: str) -> str:
    """Return a period with the year of the sheet's period where it names none."""
    if date.kind == "relative":
        return default if default and date.text.startswith(_THIS_YEAR) else date.text
    year = _YEAR.match(default)
    return f"{year[0]}年{date.text}" if year and date.year is None else date.text
