"""What a statement is about: state, subject, period."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.domain import DateMention, Figure, State
from drafter.resources import lexicon

_PROBLEM = re.compile(
    "^(?:存在的?)?(?:问题|不足|困难|短板)(?:是|[一二三四五六七八九十\\d])?[：:、]|^(?:主要)?问题是"
)
_PLAN = re.compile("(?:下一?步)?(?:工作)?(?:打算|计划|安排)[：:]|下一?步|打算")
_PROBLEM_HINT = re.compile("问题|不足|困难|短板")
_PLAN_HINT = re.compile("打算|下一?步|计划|安排")
_LACK = re.compile(
    "不够|不强|不到位|不高|不足|薄弱|滞后|跟不上|有差距|不会|不敢|不平衡|不充分|单一"
)
_DUE = re.compile(
    "前(?:全部|均|都|全面|要)?(?:改完|完成|报批|通车|通水|拆完|建成|投用|到位|办结|整改|销号|亮灯|完工|交付|验收)|(?:日|号|旬|月|底)前$"
)
_CLAUSES = re.compile("[，,；;。：:（）()]")
_TARGET_MET = re.compile(
    "(?:计划|目标|任务)[^，。；]{0,12}\\d[^，。；]{0,6}(?=[，、]\\s?(?:实际|已|完成))"
)  # 计划改厕150户 before 实际完成142户 is the task, not a plan
_BREAKS = frozenset("，,。；;：:、→（）()／/！!？?\n ")
_LEAD = re.compile(
    "^(?:今年以来|今年|去年|全年|上年|目前|截至目前|累计|共计|总计|合计|一共|共|全镇(?!性)|全乡|全县|我镇|上年同期|去年同期|同期|其中|全部|已经|已|现有|现|又|还|另|先后|分别|均|各|约|近|超)+"
)
_TAIL = re.compile(
    "(?:达到|达|为|是|共计|共有|共|有|约|近|超过|超|突破|了|到|至|完成|清了|的|计|总计|合计|累计|只|仅|：|:)+$"
)
_ROLES = frozenset({"任务", "目标", "计划", "完成", "实际", "上年", "去年", "今年"})
_SECONDARY = ("ratio", "points", "time:", "rank", "number")


def state_of(text: str, hint: str = "") -> State:
    """Return how far a statement's matter is: done, ongoing, planned, problem, unknown.

    A label (问题：, 打算：) or the heading above decides; something open beside what is done makes
    it ongoing.
    """
    if _PROBLEM.match(text) or (_PROBLEM_HINT.search(hint) and not _PLAN_HINT.search(hint)):
        return "problem"
    if _PLAN.match(text) or _PLAN_HINT.search(hint):
        return "planned"
    told = _TARGET_MET.sub("", text)
    states = {_clause_state(clause) for clause in _CLAUSES.split(told)} - {"unknown"}
    if "ongoing" in states or {"planned", "done"} <= states:
        return "ongoing"
    if "planned" in states:
        return "planned"
    if _LACK.search(text):
        return "problem"
    return "done" if "done" in states else "unknown"


def is_to_come(text: str, at: int) -> bool:
    """Tell whether the clause at an offset tells of a plan (2027年3月底前全部销号)."""
    end = next((m.start() for m in _CLAUSES.finditer(text, at)), len(text))
    start = max((m.end() for m in _CLAUSES.finditer(text, 0, at)), default=0)
    return _clause_state(text[start:end]) == "planned"


def _clause_state(clause: str) -> State:
    """Return the state of one clause: a plan or a date to come outweighs the verb behind it."""
    hits = _automaton().find_matches_as_indexes(clause)
    found = {_states()[index][1] for index, _, _ in hits}
    if "planned" in found or _DUE.search(clause):
        return "planned"
    return "ongoing" if "ongoing" in found else "done" if "done" in found else "unknown"


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
    start = figure.start
    while start > 0 and text[start - 1] not in _BREAKS:
        start -= 1
    choices = (
        text[start : figure.start],
        _word_behind(text, figure.end),
        _label_before(text, start),
    )
    cores = [_core(choice) for choice in choices]
    if cores[0] in _ROLES:
        return cores[2] or cores[0]
    return next((core for core in cores if len(core) > 1), "")


def bare_subject(clause: str) -> str:
    """Return a clause before a figure without adverbs in front and linking verbs behind."""
    return _core(clause)


def _core(phrase: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", phrase.strip()))


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


def period_of(dates: tuple[DateMention, ...], default: str) -> str:
    """Return the period that a statement names (2026年, 上半年, 1—11月), else the sheet's."""
    wide = (d.text for d in dates if d.kind in {"year", "half", "quarter", "range", "relative"})
    return next(wide, default)
