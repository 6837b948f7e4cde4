"""Bare numbers of a list take the measure that its head gives: 收入（万元）：甲村48.6；乙村35.2.

The head is a measure in brackets before a colon, or a figure that the list divides: 隐患点23处：
滑坡15、崩塌6、泥石流2; 图斑86个213.5亩，合法51，违法35.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from drafter.chinese.quantities import find_figures
from drafter.domain import Figure

_BRACKETED = re.compile(
    r"[（(](?:单位[:：])?(?P<measure>[^\s（）()，、；:：]{1,4})[）)][^\d，。；]{0,4}[:：]"
)
_SHEET = re.compile(
    r"(?:[（(](?:单位[:：])?|单位[:：]\s?)(?P<measure>[^\s（）()，、；:：\d]{1,4})[）)]?\s*$"
)
_HEADING = 30
_BEHIND = re.compile(r"\s?[（(](?:单位[:：])?(?P<measure>[^\s（）()，、；:：\d]{1,4})[）)]")
_STOP = re.compile("[。！？\n]")
_DIVIDES = re.compile("\\s?[:：（(=]|，?其中")
_MEASURE = re.compile(r"[^\d.,，\s]+$")
_NO_WHOLE = frozenset({"ratio", "points", "rank", "number"})
_SPACED = re.compile(r"([\d.]+(?:万|亿)?) ([\u4e00-\u9fff])")
_LABELS = frozenset("双成分")
_HAN = re.compile("[\u4e00-\u9fff]")
_LISTED = re.compile("[\\s/／、，]?[\u4e00-\u9fff]{1,4}\\s?")
_RATE = re.compile("(?:率|密度|覆盖|满意度|占比)\\s?$")
_UNITLESS = re.compile("(?:系数|指数|得分|评分|浓度|pH值?)[\u4e00-\u9fff]{0,4}\\s?$")
_STROKE = re.compile(r"\s*[/／]\s*")
_TARGET = re.compile(
    r"\s?[（(](?:目标|任务|计划|应[\u4e00-\u9fff]|上年|去年|上年同期|去年同期|原)\s?"
)
_PERCENT = find_figures("1%")[0]
_WHOLE = 100
_EITHER = {"count:件次": "count:件（次）"}  # of 信访64件次 the parts are told in 件 as well
_MAGNITUDES = frozenset("万亿")
_REST = re.compile(r"\s?[\u4e00-\u9fff]{0,2}[，、 ]?(?:其余|剩下|余下)")
_NAMED = re.compile("[\u4e00-\u9fff）)]\\s?$")


def sheet_measure(text: str) -> str:
    """Return the measure that a heading line gives the numbers of the lines below it, or "".

    2026财税简表（万元）; 单位：吨.
    """
    headed = _SHEET.search(text) if len(text) <= _HEADING else None
    figures = find_figures(text) if headed else []
    alone = headed is not None and all(figure.dimension == "number" for figure in figures)
    return headed["measure"] if headed and alone and _one(headed["measure"]) else ""


def with_heads(text: str, figures: Sequence[Figure], measure: str = "") -> list[Figure]:
    """Return the figures of a text; bare ones of a list with the measure of the list's head.

    Where there is none, with the ``measure`` of the heading line that the text stands below.
    """
    found = _with_heads(text, figures)
    one = _one(measure) if measure else None
    runs = _bare_runs(text, found) if one else ()
    below = {at for run in runs for at in run if found[at].value > 1}
    return [_measured(f, one) if one and at in below else f for at, f in enumerate(found)]


def _with_heads(text: str, figures: Sequence[Figure]) -> list[Figure]:
    figures = [_unspaced(text, figure) for figure in figures]
    if all(figure.unit for figure in figures):
        return _with_magnitudes(text, figures)
    figures = _with_last_measure(text, figures)
    found = list(figures)
    for run in _bare_runs(text, figures):
        one = _bracketed(text, figures[run[0]].start) or _divided(text, figures, run)
        one = (
            one
            or _behind(text, figures[run[-1]].end)
            or _beside(text, figures, run)
            or _bracketed_target(text, figures, run)
        )
        for at in run:
            rate = _RATE.search(text, 0, figures[at].start) and figures[at].value <= _WHOLE
            measure = _PERCENT if rate else one
            found[at] = _measured(figures[at], measure) if measure else figures[at]
    return _with_magnitudes(text, found)


def _with_last_measure(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Return bare numbers between strokes with the measure of the last: 9600 / 14300 / 2100亩."""
    found = list(figures)
    one: Figure | None = None
    for at in range(len(found) - 2, -1, -1):
        between = text[found[at].end : found[at + 1].start]
        if found[at].unit or found[at].dimension != "number" or not _STROKE.fullmatch(between):
            one = None
            continue
        one = one or _one_of(figures[at + 1])
        found[at] = _measured(found[at], one) if one else found[at]
    return found


def _with_magnitudes(text: str, figures: list[Figure]) -> list[Figure]:
    """Return 2.6万 and 3.2万 of a list as 亩 where they add up to a head of 5.8万亩."""
    run = [at for at, f in enumerate(figures) if f.dimension == "number" and f.unit in _MAGNITUDES]
    together = len(run) > 1 and run == list(range(run[0], run[-1] + 1)) and run[0] > 0
    head = figures[run[0] - 1] if together else None
    one = _plain_one_of(head) if head and head.dimension not in _NO_WHOLE else None
    total = sum((figures[at].value for at in run), Decimal(0))
    if head is None or one is None or round(head.value / one.low, 6) != total:
        return figures
    if _STOP.search(text, head.end, figures[run[-1]].start):
        return figures
    return [_measured(f, one) if at in run else f for at, f in enumerate(figures)]


def _unspaced(text: str, figure: Figure) -> Figure:
    """Return the bare number of what only looks like a measure: 上站61 双合格34, 干部57 村14."""
    spaced = _SPACED.fullmatch(figure.text)
    behind = text[figure.end : figure.end + 2].strip()[:1]
    label = spaced and (behind.isdigit() or (spaced[2] in _LABELS and _HAN.match(behind)))
    if not spaced or not label or figure.approximation != "exact":
        return figure
    bare = find_figures(spaced[1])
    return (
        replace(bare[0], start=figure.start, end=figure.start + len(spaced[1])) if bare else figure
    )


def _bracketed_target(text: str, figures: Sequence[Figure], run: Sequence[int]) -> Figure | None:
    """Return one of what a target in brackets stands behind: 油菜 6200亩（目标6500）."""
    before = figures[run[0] - 1] if run[0] else None
    between = text[before.end : figures[run[0]].start] if before else ""
    alone = len(run) == 1 and before is not None and before.dimension != "ratio"
    return _one_of(before) if before and alone and _TARGET.fullmatch(between) else None


def _beside(text: str, figures: Sequence[Figure], run: Sequence[int]) -> Figure | None:
    """Return one of the measure of a run's neighbour in a list: 玉米14.2万亩 水稻3.1.

    Only decimals and strokes tell that amounts of one kind are listed, not things counted.
    """
    first, last = figures[run[0]], figures[run[-1]]
    near = [figures[at] for at in (run[0] - 1, run[-1] + 1) if 0 <= at < len(figures)]
    for other in near:
        between = text[min(other.end, last.end) : max(other.start, first.start)]
        listed = _LISTED.fullmatch(between) is not None
        listed = listed and not _UNITLESS.search(text, 0, figures[run[0]].start)
        amounts = "/" in between or "／" in between or any("." in figures[at].text for at in run)
        one = _one_of(other) if listed and amounts and other.dimension != "ratio" else None
        if one is not None:
            return one
    return None


def _bare_runs(text: str, figures: Sequence[Figure]) -> Iterator[list[int]]:
    """Yield the places of named bare numbers that follow one another in one sentence."""
    run: list[int] = []
    for at, figure in enumerate(figures):
        bare = figure.dimension == "number" and not figure.unit
        bare = bare and _NAMED.search(text, 0, figure.start) is not None
        if run and (not bare or _STOP.search(text, figures[at - 1].end, figure.start)):
            yield run
            run = []
        if bare:
            run.append(at)
    if run:
        yield run


def _bracketed(text: str, before: int) -> Figure | None:
    """Return one of the measure in brackets at the head of a number's sentence (万元: 1万元)."""
    stops = [m.end() for m in _STOP.finditer(text, 0, before)]
    heads = list(_BRACKETED.finditer(text, stops[-1] if stops else 0, before))
    return _one(heads[-1]["measure"]) if heads else None


def _behind(text: str, end: int) -> Figure | None:
    """Return one of the measure in brackets behind a list: 分红 412、租赁 298（万元）."""
    behind = _BEHIND.match(text, end)
    return _one(behind["measure"]) if behind else None


@lru_cache(maxsize=256)
def _one(measure: str) -> Figure | None:
    """Return one of a measure as a figure, ``None`` where the word is no measure."""
    found = find_figures(f"1{measure}")
    whole = len(found) == 1 and found[0].end == len(measure) + 1
    return (
        found[0] if whole and (measure in _MAGNITUDES or found[0].dimension != "number") else None
    )


def _divided(text: str, figures: Sequence[Figure], run: Sequence[int]) -> Figure | None:
    """Return one of what the figure before a run counts, if the run adds up to it or divides it."""
    counted = (f for f in figures[: run[0]] if f.unit)
    heads = [f for f in counted if f.dimension not in _NO_WHOLE or f.unit in _MAGNITUDES]
    values = [figures[at].value for at in run]
    sums = {sum(values[:size], Decimal(0)) for size in range(2, len(values) + 1)}
    behind = figures[run[0]].start
    for head in reversed(heads):
        for measure in filter(None, (_one_of(head), _plain_one_of(head))):
            whole = round(head.value / measure.low, 6)  # what conversions of 亩 lose
            if whole in sums and not _STOP.search(text, head.end, behind):
                return measure
    last = heads[-1] if heads and heads[-1] is figures[run[0] - 1] else None
    rest = _REST.match(text, figures[run[-1]].end) is not None
    divides = last is not None and (rest or _DIVIDES.match(text, last.end) is not None)
    one = _one_of(last) if last and divides else None
    return one if last and one and all(v * one.low <= last.value for v in values) else None


def _one_of(figure: Figure) -> Figure | None:
    """Return one of a figure's measure with its 万 or 亿 (376万元: 1万元)."""
    measure = _MEASURE.search(figure.text)
    return _one(measure[0]) if measure else None


def _plain_one_of(figure: Figure) -> Figure | None:
    """Return one of a figure's measure without its 万: 1.86万亩 are 6200＋7400＋5000 (亩)."""
    measure = _MEASURE.search(figure.text)
    plain = measure[0].lstrip("十百千万亿") if measure else ""
    return _one(plain) if measure and plain and plain != measure[0] else None


def _measured(figure: Figure, one: Figure) -> Figure:
    low, high, value = figure.low * one.low, figure.high * one.low, figure.value * one.low
    step, unit = figure.step * one.low, one.text[1:]
    dimension = _EITHER.get(one.dimension, one.dimension)
    return replace(
        figure, low=low, high=high, value=value, step=step, unit=unit, dimension=dimension
    )
