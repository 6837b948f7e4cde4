"""A table's layout: its title, its header, what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.chinese.dates import find_dates
from drafter.chinese.normalise import fold
from drafter.domain import Table
from drafter.facts.split import strip_bullet
from drafter.facts.table_cells import (
    Cells,
    Holds,
    at,
    is_banner,
    is_data,
    is_number,
    is_place,
    is_role,
    is_share,
    is_total,
    kind_of,
    said,
)
from drafter.facts.table_forms import is_form
from drafter.facts.table_headers import UNIT_LINE, column_names, header_depth, lead_rows, rows_aside
from drafter.facts.units import (
    counted_in,
    is_measure,
    listed_measures,
    measure_by_name,
    measure_left,
    split_measure,
    sum_by_name,
    tells_of,
)

_LARGEST_SHARE = 1.5  # 150 % of a task is the most that a column of shares of one shows
_MEASURED = re.compile(r"[-+]?[\d,，.]+\s?(?P<measure>[\u4e00-\u9fff²㎡]{1,4})")
_WHOLE = re.compile("总|合计|共计|有效")
_SAME_THING = 2  # characters that the names of one thing's columns begin with
_FEWEST_PARTS = 3  # a total and what it is the sum of
_EMPTY = re.compile(r"[（(]\s*[)）]")  # brackets round 单位：户
_RATES = frozenset({"%", "％", "‰"})
_SCORE_NAME = re.compile("分值|得分|评分|自评分|满分|总分")
_TIME_NAME = re.compile("时间|日期|[时期]限")
_GENERIC_NAME = re.compile(
    r"[\x00-\x7f]*|(?:工作表|表格?|新建)\s*\d*|.*(?:汇总|统计|数据|素材|附件|情况|清单|台账|资料)表?\d*|总?表",
    re.IGNORECASE,
)
_TITLE_OPENING = re.compile(
    r"^(?:(?:附?表|附件)\s?\d{1,2}\s?[：:]?\s?|[^，。]{2,6}?[镇乡县]|[^，。]{2,5}街道|各村|全镇|全乡|年度?|截[至止])+"
)
_TITLE_END = re.compile(
    "(?:基本|进展|完成|推进|开展|办理|实施)?(?:情况|进度|统计|汇总|明细|一览|台账|清单|登记|花?名册|名单)*表?$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, its name without the measure in brackets, and that measure.

    ``share`` says that its numbers are shares of one: 0.951 and 1 are 95.1% and 100%; ``carried``,
    that a blank cell means the one above it, as where a merged cell was exported to text.
    """

    index: int
    holds: Holds
    name: str = ""
    measure: str = ""
    share: bool = False
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is to be read; ``body`` are the indices of the rows with data.

    ``form`` says that it has no columns, only names and their answers in pairs; ``measures`` are
    those over a table whose columns are only years, or tasks and results: each row has its own.
    """

    columns: tuple[Column, ...]
    body: tuple[int, ...]
    title: str = ""
    aside: tuple[int, ...] = ()
    form: bool = False
    measures: tuple[str, ...] = ()
    turned: bool = False  # the table lay on its side

    def of(self, *holds: Holds) -> tuple[Column, ...]:
        """Return the columns that hold one of the kinds."""
        return tuple(column for column in self.columns if column.holds in holds)


def lay_out(table: Table) -> Layout | None:
    """Return a table's layout, ``None`` where it has no cell with text."""
    rows = table.rows
    filled = [i for i, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        return None
    width = max(len(row) for row in rows)
    lead = lead_rows(rows, filled) if width > 1 else []
    aside = rows_aside(rows, filled[len(lead) :])
    rest = [i for i in filled[len(lead) :] if i not in aside]
    over = [table.name, table.caption, *(said(rows[i]) for i in lead)]
    titles = (_EMPTY.sub("", UNIT_LINE.sub("", text)).strip() for text in over[1:])
    title = next(filter(None, titles), "")
    if is_form(rows, rest):
        return Layout((), tuple(rest), title, (*lead, *aside), form=True)
    header = header_depth(rows, rest, width)
    names = column_names(rows, rest[:header], width)
    body = tuple(rest[header:])
    plain = tuple(i for i in body if is_data(rows[i]))
    over += [name for name in names[:1] if UNIT_LINE.search(name)]  # 指标（单位：万元）
    below = [said(rows[i]) for i in rest if is_banner(rows[i]) and UNIT_LINE.search(said(rows[i]))]
    given = next((m for text in [*reversed(over), *below] if (m := _measures_over(text))), ())
    own = [i for i in range(width) if _says_something(rows, rest, i)]
    columns = [_column(rows, plain, i, names[i]) for i in own]
    if any(column.holds == "figure" for column in columns):
        columns = [_whence(column) for column in columns]
    by_rows = given if _is_told_by_rows(columns) else ()
    columns = columns if by_rows else _measured(columns, given)
    columns = _as_their_total(columns, rows, plain)
    columns = _with_section(_with_label(columns, rows, plain), rows, plain)
    carried = tuple(_carried(columns, rows, plain))
    return Layout(carried, body, title, (*lead, *aside), measures=by_rows)


def _whence(column: Column) -> Column:
    """Take 来源 in a table of figures for what it says of the row: whence its money is."""
    return replace(column, holds="label") if column.name == "来源" else column


def _says_something(rows: Sequence[Cells], rest: Sequence[int], column: int) -> bool:
    """Tell whether a column has text of its own: not empty, nor a copy by merging of the one left.

    ``rest`` are the indices of the rows below the title.
    """
    cells = [at(rows[i], column) for i in rest]
    left = [at(rows[i], column - 1) for i in rest] if column else []
    return any(cells) and cells != left


def _carried(columns: list[Column], rows: Sequence[Cells], body: Sequence[int]) -> list[Column]:
    """Mark the topics, and the first names before others, whose blank cells mean the one above."""
    names = [c for c in columns if c.holds in {"section", "label"}]
    marked = [c for c in names if c.holds == "section"] or names[: len(names) > 1]
    others = [c for c in names if c not in marked]
    blank = [i for i in body for c in marked if not at(rows[i], c.index)]
    named = all(any(at(rows[i], c.index) for c in others) for i in blank)
    return [replace(c, carried=named and c in marked) for c in columns]


def _measures_over(text: str) -> tuple[str, ...]:
    """Return the measures of 单位：万元 or 单位：户、人、亩 over a table."""
    named = (part for m in UNIT_LINE.finditer(text) for part in (m[1], re.split("[，,]", m[1])[0]))
    given = map(listed_measures, named)
    in_brackets = split_measure(text)[1]
    return next((measures for measures in given if measures), (in_brackets,) if in_brackets else ())


def _measured(columns: Sequence[Column], given: Sequence[str]) -> list[Column]:
    """Give each column of figures its measure: from its header, its name, the line above.

    Where the headers name but one measure of money, other sums have it too, and what is told of
    them behind (总投资（万元） | 年度计划投资 | 截至10月底完成).
    """
    figures = [column for column in columns if column.holds == "figure"]
    own = {c.measure for c in figures if c.measure.endswith("元")}
    open_ones = [c.index for c in figures if not c.measure and not is_share(c.name)]
    by_place = given if len(given) == len(open_ones) > 1 else [""] * len(open_ones)
    places = dict(zip(open_ones, by_place, strict=True))
    measured: list[Column] = []
    last = ""
    for column in columns:
        measure = column.measure
        if column.holds == "figure" and not measure and not is_share(column.name):
            measure = counted_in(column.name) or places[column.index]
            measure = measure or measure_by_name(column.name, given)
            measure = measure or (last if tells_of(column.name) else "")
            measure = measure or sum_by_name(column.name, own, last)
        last = measure if column.holds == "figure" else last
        measured.append(replace(column, measure=measure))
    measured = _as_their_parts(measured)
    return _with_the_rest(measured, given)


def _with_the_rest(columns: list[Column], given: Sequence[str]) -> list[Column]:
    """Give columns of one thing whose names say no measure the one that no other column has."""
    taken = {column.measure for column in columns}
    bare = [c for c in columns if c.holds == "figure" and not c.measure and not is_share(c.name)]
    left = {c: measure for c in bare if (measure := measure_left(c.name, given, taken))}
    if len({c.name[:_SAME_THING] for c in left}) != 1:
        return columns
    return [replace(c, measure=left.get(c, c.measure)) for c in columns]


def _as_their_parts(columns: list[Column]) -> list[Column]:
    """Give 合计 beside columns of one measure that measure (党总支 | 党支部 | 合计)."""
    told = [c for c in columns if c.holds == "figure" and not is_share(c.name)]
    found = {c.measure for c in told if not is_total(c.name)}
    measure = found.pop() if len(found) == 1 and len(told) > 1 else ""
    open_ones = [c for c in told if is_total(c.name) and not c.measure]
    return [replace(c, measure=measure) if c in open_ones else c for c in columns]


def _as_their_total(
    columns: list[Column], rows: Sequence[Cells], body: Sequence[int]
) -> list[Column]:
    """Give columns that say no measure that of their total's name (有效填写人次, 总户数)."""
    label = next((c for c in columns if c.holds == "label"), None)
    names = [at(rows[i], label.index) for i in body] if label else []
    found = {measure for name in names if _WHOLE.search(name) and (measure := counted_in(name))}
    if len(found) != 1 or len(names) < _FEWEST_PARTS:
        return columns
    (measure,) = found
    bare = [c for c in columns if c.holds == "figure" and not c.measure and not is_share(c.name)]
    others = [name for name in names if not _WHOLE.search(name) and counted_in(name)]
    return [replace(c, measure=measure) if c in bare and not others else c for c in columns]


def _is_told_by_rows(columns: Sequence[Column]) -> bool:
    """Tell whether all columns of figures are of the same things: 2025年 | 2026年 | 增减."""
    told = [c for c in columns if c.holds == "figure" and not is_share(c.name)]
    figures = [c for c in told if c.measure not in _RATES]
    return len(figures) > 1 and all(is_role(c.name) and not c.measure for c in figures)


def _with_label(columns: list[Column], rows: Sequence[Cells], body: Sequence[int]) -> list[Column]:
    """Take the first column of topics for the label where none before the figures names rows."""
    first_figure = next((i for i, c in enumerate(columns) if c.holds == "figure"), len(columns))
    if any(c.holds in {"label", "statement"} for c in columns[: first_figure or None]):
        return _with_topic(columns, rows, body)
    named = [i for i, c in enumerate(columns) if c.holds == "section"]
    first = named[0] if named else None
    return [replace(c, holds="label") if i == first else c for i, c in enumerate(columns)]


def _with_topic(columns: list[Column], rows: Sequence[Cells], body: Sequence[int]) -> list[Column]:
    """Take topics for a part of the rows' names where these alone come twice (粮食 | 面积)."""
    label = next((c for c in columns if c.holds == "label"), None)
    names = [name for i in body if label and (name := at(rows[i], label.index))]
    if len(set(names)) == len(names):
        return columns
    return [replace(c, holds="label") if c.holds == "section" else c for c in columns]


def _with_section(
    columns: list[Column], rows: Sequence[Cells], body: Sequence[int]
) -> list[Column]:
    """Take a first column of repeated topics (一级指标) for sections: the next one names the rows.

    Places stay names: 河口村 must be in the words of each of its rows.
    """
    labels = [c for c in columns if c.holds == "label"]
    if len(labels) < 2 or _TIME_NAME.search(labels[0].name):
        return columns
    if any(c.holds == "statement" for c in columns) and not labels[0].name.endswith("级"):
        return columns
    first, second = ([at(rows[i], c.index) for i in body] for c in labels[:2])
    named = [(one, other) for one, other in zip(first, second, strict=True) if not is_total(one)]
    first, second = [one for one, _ in named], [other for _, other in named]
    repeated = len(set(first)) < len([cell for cell in first if cell])
    if not repeated or len(set(second)) < len(second) or any(map(is_place, first)):
        return columns
    return [replace(c, holds="section") if c is labels[0] else c for c in columns]


def _column(rows: Sequence[Cells], body: Sequence[int], index: int, header: str) -> Column:
    cells = [rows[i][index].strip() for i in body if index < len(rows[i])]
    filled = [cell for cell in cells if cell]
    name, measure = split_measure(header)
    measure = measure or _shared_measure(filled)
    kind = kind_of(name)
    figures = sum(map(is_number, filled))
    if kind in {"number", "office", "section", "note", "source", "contact"}:
        return Column(index, kind, name)
    if _SCORE_NAME.search(name):
        measure = "分"
    if filled and figures * 2 > len(filled) and (measure or not _TIME_NAME.search(name)):
        share = is_share(name) and not measure and _of_one(filled)
        return Column(index, "figure", name, measure, share)
    measures = bool(filled) and all(is_measure(cell) or listed_measures(cell) for cell in filled)
    if kind == "measure" and not measures:
        kind = "label"
    if kind is None and measures:
        kind = "measure"
    long = bool(filled) and sum(map(len, filled)) / len(filled) > 12
    return Column(index, kind or ("statement" if long else "label"), name, measure)


def _shared_measure(cells: Sequence[str]) -> str:
    """Return the one measure that most cells of a column say, for those that say none."""
    figures = [cell for cell in cells if is_number(cell)]
    said = [_MEASURED.fullmatch(cell) for cell in figures]
    found = {match["measure"] for match in said if match}
    told = len([match for match in said if match])
    bare = len(figures) - told
    return found.pop() if len(found) == 1 and 0 < bare < told else ""


def _of_one(cells: Sequence[str]) -> bool:
    """Tell whether the numbers of a column are shares of one: 0.951, or 1 beside 97.8%."""
    bare = [cell.lstrip("-+") for cell in cells if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", cell)]
    small = all(float(cell) <= _LARGEST_SHARE for cell in bare)
    return small and any("." in cell or "%" in fold(cell) for cell in cells)


def topic_of(table: Table, title: str) -> str:
    """Return what a whole table is about: its sheet's name, else its title, "" if neither says."""
    name = table.name.strip()
    named = not _GENERIC_NAME.fullmatch(name) and kind_of(name) is None and len(name) <= 10
    return name if named else _topic_in(title)


def _topic_in(title: str) -> str:
    """Return 改厕 for 二、云渡镇2026年改厕完成情况统计表（单位：户）, "" for a sentence."""
    bare = re.sub("[（(][^（）()]*[）)]", "", strip_bullet(title))
    for date in reversed(find_dates(bare)):
        bare = bare[: date.start] + bare[date.end :]
    topic = _TITLE_END.sub("", _TITLE_OPENING.sub("", bare))
    return topic if re.fullmatch("[\u4e00-\u9fff]{2,14}", topic) else ""
