"""Measures that stand apart from their number: in a header, a row's label, a line over a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from drafter.chinese.measures import measure_at
from drafter.chinese.normalise import fold
from drafter.chinese.quantities import find_figures
from drafter.domain import Figure
from drafter.resources import lexicon

_BRACKET = re.compile(r"[（(\[【]\s*(?:单位[：:]\s*)?(?P<unit>[^（）()\[\]【】]{1,8}?)\s*[）)\]】]")
_FULL_MARKS = re.compile(r"[（(](?:满分|共)?\d{1,3}分[）)]")
_NAMED = re.compile("[\u4e00-\u9fffA-Za-z]")
_PER = re.compile("(?P<what>元|万元|公斤|斤|吨|升|度|次)[/／每][人户亩月年天公斤·./／]{1,6}")
_COUNTED = re.compile("(?P<thing>.*?)(?P<measure>[\u4e00-\u9fff]{1,2})数$")
_COUNTS_ITSELF = re.compile("(?:批次|人次|户次|场次|台次|次数|年限|期数|轮次|届次)$")
_COUNTS_TIMES = re.compile("(?<=.)(?:人次|户次|场次|台次|批次|件次)$")
_TELLS_OF = re.compile(
    "其中|^[#＃]|^(?:已|未|待|在|正在|尚未|剩余)?(?:建|竣工|完工|完成|开工|验收|办结|整改|剩余|施工)(?:数|量)?$"
)
_COUNTS_NOTHING = re.compile(
    "[号码]$|年份?$|年龄$|[版批期]次$|排名|名次|位次|指数$|系数$|得分$|分值$"
)
_PARTED_COUNT = re.compile("(.+?数)(?=合计|小计|总计|其中|\\d)")
_NOT_COUNTED = frozenset({"口", "总", "指", "基", "分", "系", "参", "底", "代", "岁", "倍", "成"})
_CHANGE = re.compile("(?:增减|增幅|变化|提高|下降|上升|降低|增加|减少)[^，。；]{0,3}$")
_KINDS = frozenset({"社区", "村", "组", "站", "所", "部"})  # 村（社区） is no 村 measured in 社区
_YEAR_LIKE = re.compile(r"(?<=[\u4e00-\u9fff/])(?:19[4-9]\d|20\d\d|2100)(?=$|[，,、/）)])")
_STOP = "。；;"
_HOW_FAR = re.compile(
    r"(?:截[至止]?|[\d年月日底末—～~至-]|已|累计|实际|本年|当年|年度)*(?:完成|到位|支付|支出)(?:数|额|情况)?"
)


def is_measure(text: str) -> bool:
    """Tell whether a text is a measure and nothing else: 户, 万元, %, 千吨."""
    text = text.strip()
    if text in {"万", "亿", "%", "％", "‰"}:
        return True
    if each := _PER.fullmatch(text):
        text = each["what"]
    for at in range(1 + len(text) - len(text.lstrip("千百十万亿"))):
        found = measure_at(text, at) if at < len(text) else None
        if found is not None and found.surface == text[at:]:
            return True
    return False


def listed_measures(text: str) -> tuple[str, ...]:
    """Return the measures of 户、人、亩、万元 or 户/人 in order; none if one of them is none."""
    if _PER.fullmatch(text) and is_measure(text):
        return (text,)
    parts = tuple(part.strip() for part in re.split("[、，,/／]", text))
    return parts if all(map(is_measure, parts)) and _KINDS.isdisjoint(parts) else ()


def split_measure(name: str) -> tuple[str, str]:
    """Return a header's name without the measure in it, and the measure: 排查（处）数 → 排查数, 处.

    A name that ends in % is measured in %, one with its full marks (党建（30分）) in 分; "" where
    it has no measure.
    """
    name = re.sub(r"\s+", "", name)
    if marks := _FULL_MARKS.search(name):
        return name[: marks.start()] + name[marks.end() :], "分"
    for found in reversed(list(_BRACKET.finditer(name))):
        if listed_measures(found["unit"]) == (found["unit"],):
            return name[: found.start()] + name[found.end() :], found["unit"]
    if name.endswith(("%", "％")):
        return name.rstrip("%％").rstrip("±"), "%"
    return name, ""


def measure_by_name(name: str, given: Sequence[str]) -> str:
    """Return what a column is measured in: by its name and the measures over the table.

    人数 is measured in 人 whatever stands over the table; one measure for a whole table holds for
    the columns whose names do not say otherwise.
    """
    if counted := counted_in(name):
        return counted
    if parted := _PARTED_COUNT.match(name):  # 党员数合计, 党员数其中女
        return measure_by_name(parted[1], given)
    if _COUNTS_ITSELF.search(name):
        return ""
    accepted = next((row[1] for row in _accepted() if name.endswith(row[0])), ())
    fitting = next(
        (m for m in given if m in accepted or name.removesuffix(m) not in {name, ""}), ""
    )
    if len(accepted) == 1:
        return accepted[0]
    if fitting or len(given) != 1:
        return fitting
    return "" if accepted else given[0]


def tells_of(name: str) -> bool:
    """Tell whether a column only tells of the one before it: 其中新建, 在建, 未完成."""
    return _TELLS_OF.search(name) is not None


def counts_nothing(name: str) -> bool:
    """Tell whether a column's figures need no measure by its name: 排名, 批次, 年份, 电话号码."""
    return _COUNTS_NOTHING.search(name) is not None


def measure_left(name: str, given: Sequence[str], taken: Collection[str]) -> str:
    """Return the one measure over a table that no other column has, for one whose name says none.

    单位：万元、户 over 计划投资 | 任务 | 完成: the first one has the money, the others the 户.
    """
    left = [measure for measure in given if measure not in taken]
    if len(left) != 1 or len(given) < 2 or counts_nothing(name) or _COUNTS_ITSELF.search(name):
        return ""
    accepted = next((row[1] for row in _accepted() if name.endswith(row[0])), left)
    return left[0] if left[0] in accepted else ""


def sum_by_name(name: str, money: Collection[str], before: str) -> str:
    """Return the one measure of money of a table for a column that holds a sum by its name.

    A column that only says how far (完成, 截至10月底完成) has the measure of the one ``before`` it.
    """
    if _HOW_FAR.fullmatch(name):
        return before if before.endswith("元") else ""
    accepted = next((row[1] for row in _accepted() if name.endswith(row[0])), ())
    return next((m for m in money if m in accepted), "") if len(money) == 1 else ""


def counted_in(name: str) -> str:
    """Return the classifier in a name such as 户数, 改厕户数, 培训人次; "" in 总数, 指数."""
    if itself := _COUNTS_TIMES.search(name):
        return itself[0]
    found = _COUNTED.fullmatch(name)
    if found is None:
        return ""
    for measure in (found["measure"], found["measure"][-1]):
        if measure[-1] not in _NOT_COUNTED and is_measure(measure):
            return measure
    return ""


def carry_measures(text: str) -> str:
    """Return a statement whose bare numbers have the measure in brackets before them.

    改厕（户）：目标120 → 改厕：目标120户; 低保（户/人）312/547 → 低保312户547人. A bracket whose
    figures have that measure already is only dropped.
    """
    brackets = [m for m in _BRACKET.finditer(text) if listed_measures(m["unit"])]
    if not brackets:
        return text
    ends = [m.start() for m in brackets[1:]] + [len(text)]
    parts = [text[: brackets[0].start()]]
    for found, end in zip(brackets, ends, strict=True):
        held = text[found.end() : end]
        stop = min((at for mark in _STOP if (at := held.find(mark)) >= 0), default=len(held))
        named = found.start() > 0 and _NAMED.match(text, found.start() - 1) is not None
        carried = _carried(held[:stop], listed_measures(found["unit"])) if named else None
        parts += [found[0] + held] if carried is None else [carried, held[stop:]]
    return "".join(parts)


def _carried(text: str, measures: tuple[str, ...]) -> str | None:
    """Return what stands behind the bracket with its measures, ``None`` if they are not its."""
    figures = [f for f in find_figures(text) if f.dimension != "rank"]
    bare = [(f.start, f.end) for f in figures if _is_bare(f, text)]
    bare = sorted({*bare, *(m.span() for m in _YEAR_LIKE.finditer(text))})
    if not bare:
        return text if any(f.text.endswith(measures[0]) for f in figures) else None
    if len(measures) > 1 and len(bare) % len(measures):
        return None
    for at in range(len(bare) - 1, -1, -1):
        (start, end), measure = bare[at], measures[at % len(measures)]
        if measure in {"%", "％"} and _CHANGE.search(text[:start]):
            measure = "个百分点"
        behind = text[end:]
        if len(measures) > 1 and behind[:1] in {"/", "／"}:
            behind = behind[1:]
        text = text[:end] + measure + behind
    return text


def _is_bare(figure: Figure, text: str) -> bool:
    behind = fold(text[figure.end : figure.end + 1])
    return figure.dimension == "number" and not figure.unit and not behind.isalnum()


@cache
def _accepted() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (line.split("\t") for line in lexicon("facts", "column_measures.tsv"))
    return tuple((row[0], tuple(row[1].split())) for row in rows)
