"""A row of a laid-out table in words: 东河村：改厕，目标120户，完成118户."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from drafter.chinese.numerals import parse_number
from drafter.domain import DateMention, Table
from drafter.facts.grids import Column, Layout, topic_of
from drafter.facts.matters import is_act, matter_of
from drafter.facts.months import months_of
from drafter.facts.split import strip_bullet, tidy
from drafter.facts.table_cells import (
    Holds,
    at,
    is_part,
    is_place,
    is_role,
    is_share,
    is_total,
    part_name,
)
from drafter.facts.table_forms import answered
from drafter.facts.units import counted_in, measure_by_name, split_measure

_SIZE_NAME = re.compile(
    "(?:总|计划|完成)?(?:面积|投资|金额|资金|经费|人数|户数|长度|里程|数量|规模|产量|产值)"
)
_VALUE_NAME = re.compile("(?:[统指]?[计标]?数?值|数量|数据|数字|数|金额|完成情况|总量)?")
_TOTAL_NAME = re.compile(r"(?:合|总|小)\s*计|总数")
_COUNT_NAME = re.compile("(?<=[\u4e00-\u9fff])(?:数量|数|个数|总数)$")
_PLACE_NAME = re.compile(
    "(?:行政)?村(?:名|别|居|社区)?|社区|村[（(]社区[）)]|乡镇|组别|网格|片区|学校|企业(?:名称)?"
)
_DAY_OF = re.compile(".(?:时间|日期|[时期]限)$")
_SAID_WITH_NAME = re.compile(
    "^其中|[竣开完]工|工期|.时间|.日期|[时期]限|人$|书记|主任|院长|校长|所长|企业|单位|公司|部门|原因|措施|等级|主营"
)
_RANK_NAME = re.compile("排名|名次|位次")
_TIME_NAME = re.compile("(?:时间|日期|[时期]限)$")
_SERIAL_DAY = re.compile(r"[45]\d{4}(?:\.\d+)?")
_DAY_NOUGHT = date(1899, 12, 30)  # a spreadsheet's day 0, ECMA-376 part 1, 18.17.4.1
_FALLING = {"增长": "下降", "增幅": "降幅", "增减": "减少", "同比": "同比下降", "环比": "环比下降"}
_RISING = {"增长": "增长", "增幅": "增幅", "增减": "增加", "同比": "同比增长", "环比": "环比增长"}
_DOTTED_DAY = re.compile(r"(?<![\d.])(1[0-2]|[1-9])\.(3[01]|[12]\d|[1-9])(?![\d.%])")
_WHOLE_DAY = re.compile(r"(20\d\d)[-/.](1[0-2]|0?[1-9])[-/.](3[01]|[12]\d|0?[1-9])")
_NOT_SHOWN = frozenset({"", "-", "—", "——", "/", "／", "无"})
_SCALES = frozenset({"万", "亿"})
_BROKEN = re.compile(r"\s*\n\s*")
_BARE = re.compile(r"(?:约|近|超过?|逾)?[-+]?[\d,，.]+(?:(?:[-~—至]|——)[\d,，.]+|[余多])?")
_SHARE = re.compile(r"[01](?:\.\d+)?")


class Row(NamedTuple):
    """One row of data with the layout it is read by."""

    table: Table
    layout: Layout
    at: int

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells as they stand in the table."""
        return self.table.rows[self.at]

    def cell(self, column: Column) -> str:
        """Return what a cell shows, "" where it says nothing (-, 无)."""
        text = at(self.cells, column.index)
        if not text and column.carried:
            text = self._above(column)
        if _TIME_NAME.search(column.name) and not column.measure:
            text = _day(text)
        text = answered(column.name, text) or text
        return "" if text in _NOT_SHOWN else text if column.holds == "statement" else _flat(text)

    def _above(self, column: Column) -> str:
        """Return the nearest text above a blank cell, "" in a row of totals."""
        if any(is_total(cell) for cell in self.cells if cell):
            return ""
        above = (self.table.rows[i] for i in reversed(self.layout.body) if i < self.at)
        return next((text for row in above if (text := at(row, column.index))), "")

    def texts(self, *holds: Holds) -> list[str]:
        """Return what stands in the columns of these kinds, repeats (merged cells) left out."""
        shown = (self.cell(column) for column in self.layout.of(*holds))
        return list(dict.fromkeys(text for text in shown if text))

    def first(self, *holds: Holds) -> str:
        """Return the first text in the columns of these kinds, "" if there is none."""
        return next(iter(self.texts(*holds)), "")

    def figures(self) -> list[tuple[Column, str]]:
        """Return the columns of figures that say something in this row, with their cells."""
        return [(c, t) for c in self.layout.of("figure") if (t := self.cell(c))]

    def measure(self) -> str:
        """Return what a row's figures are told in by its name (改厕户数: 户; 公厕（座）: 座)."""
        first = next(iter(self.layout.of("label")), None)
        if first is None:
            return ""
        name = _whole_name(self, first).partition("（其中")[0]
        bare, own = split_measure(name)
        return own or measure_by_name(bare, self.layout.measures)

    def first_figure(self) -> int:
        """Return the index of the first cell with a figure."""
        return next((c.index for c, _ in self.figures()), self.layout.columns[0].index)


def _flat(text: str) -> str:
    """Return a cell's text on one line: what is broken to fit its width belongs together."""
    return _BROKEN.sub("", text)


def _day(text: str) -> str:
    """Return a cell of days in words: 9.8-9.20, 2026/3/12, 46310 as a spreadsheet counts days."""
    if _SERIAL_DAY.fullmatch(text):
        day = _DAY_NOUGHT + timedelta(days=int(float(text)))
        return f"{day.year}年{day.month}月{day.day}日"
    if found := _WHOLE_DAY.fullmatch(text):
        return f"{found[1]}年{int(found[2])}月{int(found[3])}日"
    return _DOTTED_DAY.sub(r"\1月\2日", text)


def in_words(row: Row) -> str:
    """Return a row as a sentence: its name, then what the columns say in their order."""
    named = _labels(row)
    figures = row.figures()
    notes = row.texts("note")
    tail = f"（{'；'.join(notes)}）" if notes else ""
    if not figures:
        return "，".join(text for _, text in named) + tail if len(named) > 1 or notes else ""
    shares = _are_shares(row, figures)
    said = [(c, _figure(row, c, _as_percent(t, True) if shares else t)) for c, t in figures]
    head = named[0][1] if named else ""
    others = [text for _, text in sorted([*named[1:], *said], key=lambda one: one[0].index)]
    value = len(said) == 1 and _VALUE_NAME.fullmatch(said[0][0].name) is not None
    front = _front(row, figures)
    if value and not front and head and others[0] == said[0][1]:
        return tidy("，".join([_uncounted(row, head) + others[0], *others[1:]]) + tail)
    return tidy((f"{head}：" if head else "") + "，".join([*front, *others]) + tail)


def _uncounted(row: Row, head: str) -> str:
    """Return a row's name before its one figure: 改厕 for 改厕户数, told as 改厕120户."""
    measure = counted_in(head)
    if not measure or row.first("measure") not in {"", measure}:
        return head
    bare = head.removesuffix("数").removesuffix(measure)
    return bare if len(bare) > 1 else head


def _front(row: Row, figures: list[tuple[Column, str]]) -> list[str]:
    """Return what a sheet's name says of its rows: a part of the year, the topic of places."""
    period = period_name(row.table, row.layout)
    front = [period.text] if period else []
    topic = topic_of(row.table, row.layout.title)
    roles = all(_says_no_topic(c.name) for c, _ in figures)
    topic = matter_of(topic).thing or topic
    names = "，".join([*row.texts("label", "statement"), *(c.name for c, _ in figures)])
    told = any(topic[i : i + 2] in names for i in range(len(topic) - 1))
    return [*front, topic] if roles and topic and _needs_topic(row) and not told else front


def _says_no_topic(name: str) -> bool:
    """Tell whether a column's name is no thing: 目标, 面积, 3月, 合计, an act (受理)."""
    return is_role(name) or _SIZE_NAME.fullmatch(name) is not None or is_act(name)


def period_name(table: Table, layout: Layout) -> DateMention | None:
    """Return the part of a year that a sheet's whole name is: 上半年, 一季度, 3月.

    Columns of months (7月 | 8月 | 9月) say themselves what they hold for.
    """
    named = months_of(table.name)
    apart = any(months_of(column.name) for column in layout.of("figure"))
    return named.date if named is not None and not apart else None


def _labels(row: Row) -> list[tuple[Column, str]]:
    """Return what names a row; a date, a person or a body behind comes with its column's name."""
    columns = row.layout.of("label", "statement") or row.layout.of("office")
    shown = [column for column in columns if row.cell(column)]
    if not shown:
        others = [(c, t) for c in row.layout.of("section", "number") if (t := row.cell(c))]
        return [(c, t) for c, t in others if c.holds == "section" or is_total(t)][:1]
    names = [c for c in shown if not _DAY_OF.search(c.name)] or shown
    labels: dict[str, Column] = {}
    for column in [names[0], *(c for c in shown if c is not names[0])]:
        text = row.cell(column)
        if labels and _SAID_WITH_NAME.search(column.name):
            text = f"{column.name}{text}"
        labels.setdefault(text if labels else strip_bullet(_whole_name(row, column)), column)
    named = [(column, text) for text, column in labels.items()]
    if len(named) > 1 and is_place(named[0][1]) and _is_group(named[1][1]):
        named[:2] = [(named[0][0], named[0][1] + named[1][1])]
    return named


def _is_group(name: str) -> bool:
    """Tell whether a second name only parts the first: 一组 or 小计 of 高坎村."""
    return name.endswith("组") or is_total(name)


def _whole_name(row: Row, column: Column) -> str:
    """Return a row's name; that of a part (其中：女党员) with the row's that it is a part of."""
    name = row.cell(column)
    if not is_part(name) or not part_name(name):
        return name
    above = (at(row.table.rows[i], column.index) for i in reversed(row.layout.body) if i < row.at)
    whole = next((text for text in above if text and not is_part(text)), "")
    if not whole:
        return name
    return f"{split_measure(whole)[0]}（其中{part_name(name)}）"


def _needs_topic(row: Row) -> bool:
    """Tell whether a row is named by a place, a body or a month, so that a topic must be added."""
    first = next(iter(row.layout.of("label")), None)
    if first is None:
        return False
    name = row.cell(first)
    placed = _PLACE_NAME.fullmatch(first.name) is not None or is_place(name)
    return placed or is_total(name) or is_role(name)


def _are_shares(row: Row, figures: list[tuple[Column, str]]) -> bool:
    """Tell whether a row of rates (办结率) is written as shares of one: 1, 0.9333."""
    label = re.sub("[（(].*", "", row.first("label"))
    bare = all(_SHARE.fullmatch(t) and not c.measure and not is_share(c.name) for c, t in figures)
    return is_share(label) and bare and any("." in text for _, text in figures)


def _figure(row: Row, column: Column, text: str) -> str:
    """Return a header's name with the cell's figure and its measure: 目标120户, 完成率98.3%."""
    name = _figure_name(row, column)
    if _RANK_NAME.search(name) and text.isdigit():
        return f"{name}第{text}"
    name, text = _with_direction(name, text, column.measure in {"%", "％"})
    share = is_share(column.name)
    if share and (column.share or not column.measure):
        return name + _as_percent(text, column.share)
    if parted := _counted_twice(column.name):
        name, text = parted[0], _with_each(text, parted[1])
    measure = _measure_of(row, column) if _BARE.fullmatch(text) else ""
    return f"{name if share else _without_measure(name, measure)}{text}{measure}"


def _figure_name(row: Row, column: Column) -> str:
    """Return what a column's figures are called before them, "" where the row's name says it."""
    if column.name == "完成情况" and len(row.figures()) > 1:
        return "完成"
    others = [c for c, _ in row.figures() if c != column and not is_share(c.name)]
    alone = _TOTAL_NAME.fullmatch(column.name) and not others
    return "" if alone or _VALUE_NAME.fullmatch(column.name) else column.name


def _measure_of(row: Row, column: Column) -> str:
    """Return a cell's measure: its column's, its row's; 万人次 for 接待人次（万）."""
    if column.measure in _SCALES:
        return column.measure + counted_in(column.name)
    plain = is_role(column.name) or _VALUE_NAME.fullmatch(column.name)
    return column.measure or row.first("measure") or (row.measure() if plain else "")


def _without_measure(name: str, measure: str) -> str:
    measure = measure[1:] if measure[:1] in _SCALES else measure
    if not measure:
        return name
    name = name.removesuffix(measure) if counted_in(name) == measure else name
    bare = _COUNT_NAME.sub("", name.removesuffix(f"{measure}数"))
    return name if bare in {"总", "共"} else bare


def _counted_twice(name: str) -> tuple[str, list[str]] | None:
    """Return what 在册户数/人数 counts, and its measures: 在册, 户 and 人."""
    parts = name.split("/")
    measures = [counted_in(part) for part in parts]
    if len(parts) < 2 or not all(measures):
        return None
    return parts[0].removesuffix("数").removesuffix(measures[0]), measures


def _with_each(text: str, measures: Sequence[str]) -> str:
    """Return 428户806人 for 428/806; a cell that says its measures stays."""
    parts = text.split("/")
    if len(parts) != len(measures) or not all(_BARE.fullmatch(part) for part in parts):
        return text
    return "".join(part + measure for part, measure in zip(parts, measures, strict=True))


def _with_direction(name: str, text: str, rate: bool) -> tuple[str, str]:
    """Return a change in words: 增减 -75 is 减少75, 同比 +3.2% is 同比增长3.2%."""
    if text.startswith("-") and (falling := _FALLING.get(name[-2:])):
        return name[:-2] + falling, text[1:]
    signed = text.startswith("+")
    rising = "增长" if rate and name.endswith("增减") else _RISING.get(name[-2:], "")
    if rising and (signed or (name.endswith("增减") and text.strip("0.,%％"))):
        return name[:-2] + rising, text.lstrip("+")
    return name, text


def _as_percent(text: str, share: bool) -> str:
    """Return a share in per cent: 0.951 in a column of shares of one is 95.1%."""
    value = parse_number(text.lstrip("-+"))
    if value is None or text.endswith(("%", "％")):
        return text
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{(value * 100).normalize():f}%" if share else f"{text}%"
