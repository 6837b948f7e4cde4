"""A table's layout: its title, its header, what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from drafter.chinese.normalise import fold
from drafter.domain import Table
from drafter.facts.units import (
    is_measure,
    listed_measures,
    measure_by_name,
    split_measure,
    sum_by_name,
)
from drafter.resources import lexicon

Holds = Literal[
    "figure",
    "label",
    "statement",
    "office",
    "section",
    "measure",
    "note",
    "source",
    "number",
    "contact",
]
Cells = tuple[str, ...]

_SENTENCE = frozenset("，。；")
NO_RESULT = "【待补："
_LARGEST_SHARE = 1.5  # 150 % of a task is the most that a column of shares of one shows
_DATE = re.compile(
    r"(?:(?:19|20)\d\d\s?年(?:度)?(?:\d{1,2}月)?|\d{1,2}月(?:份|\d{1,2}[日号])?|20\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?)"
)
_FIGURE = re.compile(
    r"(?:约|近|超|超过)?[-+↑↓]?\d[\d,，]*(?:\.\d+)?(?:[/:]\d+(?:\.\d+)?)?(?:余|多)?[万亿]?\s?[%％‰]?[余多]?\+?"
    r"(?P<measure>[\u4e00-\u9fff²³㎡A-Za-z]{0,5})"
)
_SCORE_NAME = re.compile("分值|得分|评分|自评分|满分|总分")
_TIME_NAME = re.compile("时间|日期|[时期]限")
_SHARE_NAME = re.compile("(?:率|占比|比例|比重|增幅|增长|同比)$")
_UNIT = r"[^\s，,；;、/／（）()]{1,6}"
_UNIT_LINE = re.compile(rf"(?:计量)?单位\s*[：:]\s*({_UNIT}(?:[、，,/／]{_UNIT})*)")
_FORM_KEY = re.compile(
    "(?:填报|报送|填表)(?:单位|人|时间|日期)|单位名称|联系人|联系电话|审核人|单位负责人|分管领导"
)
_TOTAL = re.compile(
    r".{0,8}(?:合\s*计|总\s*计|小\s*计|共\s*计)\s*[：:]?\s*|\s*(?:全镇|全乡|总数)\s*[：:]?\s*"
)
_PLACE = re.compile(
    ".{1,8}(?:村|社区|组|镇|乡|街道|片区?|学校|小学|中学|公司|合作社)|合\\s*计|小\\s*计|总\\s*计|全镇|全乡"
)
_PART = re.compile(r"\s*(?:其中|#|＃|[-—]{1,2})\s*[：:、]?")
_GENERIC_NAME = re.compile(
    r"[\x00-\x7f]*|(?:工作表|表格?|新建)\s*\d*|.*(?:汇总|统计|数据|素材|附件|情况|清单|台账|资料)表?\d*|总?表",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, its name without the measure in brackets, and that measure.

    ``share`` says that its numbers are shares of one: 0.951 and 1 are 95.1% and 100%.
    """

    index: int
    holds: Holds
    name: str = ""
    measure: str = ""
    share: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is to be read; ``body`` are the indices of the rows with data."""

    columns: tuple[Column, ...]
    body: tuple[int, ...]
    title: str = ""
    aside: tuple[int, ...] = ()

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
    lead = _lead(rows, filled) if width > 1 else []
    rest = filled[len(lead) :]
    header = _header(rows, rest, width)
    names = _column_names(rows, rest[:header], width)
    body = tuple(rest[header:])
    plain = tuple(i for i in body if not is_banner(rows[i]))
    said = [table.name, table.caption, *(_said(rows[i]) for i in lead)]
    given = next((m for text in reversed(said) if (m := _measures_over(text))), ())
    columns = [_column(rows, plain, i, names[i]) for i in range(width)]
    columns = _with_section(_with_label(_measured(columns, given), rows, plain), rows, plain)
    title = next((text for text in said[1:] if text and not _UNIT_LINE.match(text)), "")
    return Layout(tuple(columns), body, title, tuple(lead))


def _measures_over(text: str) -> tuple[str, ...]:
    """Return the measures of 单位：万元 or 单位：户、人、亩 over a table."""
    given = (listed_measures(found[1]) for found in _UNIT_LINE.finditer(text))
    in_brackets = split_measure(text)[1]
    return next((measures for measures in given if measures), (in_brackets,) if in_brackets else ())


def _measured(columns: Sequence[Column], given: Sequence[str]) -> list[Column]:
    """Give each column of figures its measure: from its header, its name, the line above.

    Where the headers name but one measure of money, other sums have it too, and what is told of
    them behind (总投资（万元） | 年度计划投资 | 截至10月底完成).
    """
    figures = [column for column in columns if column.holds == "figure"]
    own = {c.measure for c in figures if c.measure.endswith("元")}
    by_place = given if len(given) == len(figures) > 1 else [""] * len(figures)
    places = dict(zip((c.index for c in figures), by_place, strict=True))
    measured: list[Column] = []
    last = ""
    for column in columns:
        measure = column.measure
        if column.holds == "figure" and not measure and not is_share(column.name):
            measure = places[column.index] or measure_by_name(column.name, given)
            measure = measure or sum_by_name(column.name, own, last)
        last = measure if column.holds == "figure" else last
        measured.append(replace(column, measure=measure))
    return measured


def _with_label(columns: list[Column], rows: Sequence[Cells], body: Sequence[int]) -> list[Column]:
    """Take the first column of topics for the label where no other column names the rows."""
    if any(c.holds in {"label", "statement"} for c in columns):
        return _with_topic(columns, rows, body)
    named = [i for i, c in enumerate(columns) if c.holds == "section"]
    first = named[0] if named else None
    return [replace(c, holds="label") if i == first else c for i, c in enumerate(columns)]


def _with_topic(columns: list[Column], rows: Sequence[Cells], body: Sequence[int]) -> list[Column]:
    """Take topics for a part of the rows' names where these alone come twice (粮食 | 面积)."""
    label = next((c for c in columns if c.holds == "label"), None)
    names = [name for i in body if label and (name := _at(rows[i], label.index))]
    if len(set(names)) == len(names):
        return columns
    return [replace(c, holds="label") if c.holds == "section" else c for c in columns]


def _at(row: Cells, column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _with_section(
    columns: list[Column], rows: Sequence[Cells], body: Sequence[int]
) -> list[Column]:
    """Take a first column of repeated topics (一级指标) for sections: the next one names the rows.

    Places stay names: 河口村 must be in the words of each of its rows.
    """
    labels = [c for c in columns if c.holds == "label"]
    prose = any(c.holds == "statement" for c in columns)
    if len(labels) < 2 or (prose and not labels[0].name.endswith("级")):
        return columns
    first, second = ([_at(rows[i], c.index) for i in body] for c in labels[:2])
    named = [(one, other) for one, other in zip(first, second, strict=True) if not is_total(one)]
    first, second = [one for one, _ in named], [other for _, other in named]
    repeated = len(set(first)) < len([cell for cell in first if cell])
    if not repeated or len(set(second)) < len(second) or any(map(is_place, first)):
        return columns
    return [replace(c, holds="section") if c is labels[0] else c for c in columns]


def is_place(text: str) -> bool:
    """Tell whether a row's name is a place or a body of the township, or all of them together."""
    return _PLACE.fullmatch(text) is not None


def stacked(table: Table) -> list[Table]:
    """Return the tables that stand one under another in a sheet, each with its own header.

    A new one begins behind an empty row where a header follows, or where the first header comes
    again; the notices stay with the first.
    """
    rows = table.rows
    headers = [i for i in range(len(rows)) if _is_header(rows, i)]
    starts = [0]
    for i in headers[1:]:
        top = i - 1 if i and is_banner(rows[i - 1]) else i
        blank = top == 0 or not any(cell.strip() for cell in rows[top - 1])
        if (blank or rows[i] == rows[headers[0]]) and top > starts[-1]:
            starts.append(top)
    ends = [*starts[1:], len(rows)]
    return [
        replace(
            table, rows=rows[start:end], first_row=table.first_row + start,
            notices=table.notices if start == 0 else (),
        )
        for start, end in zip(starts, ends, strict=True)
    ]  # fmt: skip


def _is_header(rows: Sequence[Cells], i: int) -> bool:
    """Tell whether a row is one of several names with figures under it."""
    if i + 1 >= len(rows) or _distinct(rows[i]) < 2 or _is_statement_row(rows[i]):
        return False
    names = [cell.strip() for cell in rows[i] if cell.strip()]
    below = any(map(is_number, rows[i + 1]))
    return below and not any(map(is_number, names)) and len(names) == len(set(names))


def is_banner(row: Cells) -> bool:
    """Tell whether a row is one text over several columns: a heading inside the table."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(row) > 1 and len(set(filled)) == 1 and not is_number(filled[0])


def _said(row: Cells) -> str:
    return " ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip()))


def _distinct(row: Cells) -> int:
    return len({cell.strip() for cell in row if cell.strip()})


def _lead(rows: Sequence[Cells], filled: Sequence[int]) -> list[int]:
    """Return the rows above the header that are one text: the title, 单位：万元."""
    lead = []
    for i in filled[:-1]:
        unit_line = _UNIT_LINE.search(_said(rows[i])) and not any(map(is_number, rows[i]))
        if _distinct(rows[i]) > 1 and not (unit_line and _distinct(rows[i]) <= 3):
            break
        lead.append(i)
    return lead if len(lead) < len(filled) - 1 else []


def is_number(cell: str) -> bool:
    """Tell whether a cell is a figure: 118, 3,406, 98.3%, 120户, or a formula without a result."""
    text = fold(cell.strip())
    if text.startswith(NO_RESULT):
        return True
    found = _FIGURE.fullmatch(text)
    if found is None or _DATE.fullmatch(text):
        return False
    return not found["measure"] or is_measure(found["measure"]) or found["measure"] == "个百分点"


def is_share(name: str) -> bool:
    """Tell whether a column holds shares or changes by its name: 完成率, 占比, 同比."""
    return _SHARE_NAME.search(name) is not None


def _header(rows: Sequence[Cells], rest: Sequence[int], width: int) -> int:
    """Return how many first rows are a header: two where cells are merged, none in a list."""
    if width == 1:
        named = bool(rest) and bool(_kind_of(rows[rest[0]][0].strip()))
        return 1 if named and len(rest) > 1 and len(rows[rest[0]][0].strip()) <= 6 else 0
    first = rows[rest[0]]
    if (
        len(rest) < 2
        or any(map(is_number, first))
        or _is_statement_row(first)
        or is_form_row(first)
    ):
        return 0
    second = rows[rest[1]]
    merged = len([c for c in first if c.strip()]) > _distinct(first)
    named = not any(map(is_number, second)) and not _is_statement_row(second)
    merged = merged or _names_measures(second)
    return 2 if merged and named and len(rest) > 2 else 1


def _names_measures(row: Cells) -> bool:
    """Tell whether a row under a header holds nothing but its measures: （人） | （万元）."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return bool(cells) and all(is_measure(c) or split_measure(f"数{c}")[0] == "数" for c in cells)


def is_form_row(row: Cells) -> bool:
    """Tell whether a row of a form says who filled it in: 填报单位 | 财政所 | 填报人 | 黄立."""
    return any(_FORM_KEY.fullmatch(cell.strip().rstrip("：:")) for cell in row)


def _is_statement_row(row: Cells) -> bool:
    return any(len(cell) > 16 or not _SENTENCE.isdisjoint(cell) for cell in row)


def _column_names(rows: Sequence[Cells], header: Sequence[int], width: int) -> list[str]:
    names = []
    for column in range(width):
        parts = [re.sub(r"\s+", "", _at(rows[i], column)) for i in header]
        below = [f"（{part}）" if is_measure(part) else part for part in parts[1:]]
        names.append("".join(dict.fromkeys(part for part in [*parts[:1], *below] if part)))
    return names


def _column(rows: Sequence[Cells], body: Sequence[int], index: int, header: str) -> Column:
    cells = [rows[i][index].strip() for i in body if index < len(rows[i])]
    filled = [cell for cell in cells if cell]
    name, measure = split_measure(header)
    kind = _kind_of(name)
    figures = sum(map(is_number, filled))
    if kind in {"number", "office", "section", "note", "source", "contact"}:
        return Column(index, kind, name)
    if _SCORE_NAME.search(name):
        measure = "分"
    if filled and figures * 2 > len(filled) and not _TIME_NAME.search(name):
        share = is_share(name) and not measure and _of_one(filled)
        return Column(index, "figure", name, measure, share)
    measures = bool(filled) and all(is_measure(cell) for cell in filled)
    if kind == "measure" and not measures:
        kind = "label"
    if kind is None and measures:
        kind = "measure"
    long = bool(filled) and sum(map(len, filled)) / len(filled) > 12
    return Column(index, kind or ("statement" if long else "label"), name, measure)


def _kind_of(name: str) -> Holds | None:
    if not name:
        return None
    return next((kind for word, kind in _kinds() if name == word), None) or next(
        (k for word, k in _kinds() if len(word) > 1 and k != "source" and name.endswith(word)), None
    )


def _of_one(cells: Sequence[str]) -> bool:
    """Tell whether the numbers of a column are shares of one: 0.951, or 1 beside 97.8%."""
    bare = [cell.lstrip("-+") for cell in cells if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", cell)]
    small = all(float(cell) <= _LARGEST_SHARE for cell in bare)
    return small and any("." in cell or "%" in fold(cell) for cell in cells)


def is_total(label: str) -> bool:
    """Tell whether a row's label makes it a sum of rows above: 合计, 小计, 全镇."""
    return _TOTAL.fullmatch(label) is not None


def is_part(label: str) -> bool:
    """Tell whether a row tells only of a part of the row above: 其中：女党员."""
    return _PART.match(label) is not None


def topic_of(table: Table) -> str:
    """Return what a whole table is about, from its sheet's name, "" where that says nothing."""
    name = table.name.strip()
    named = not _GENERIC_NAME.fullmatch(name) and _kind_of(name) is None and len(name) <= 10
    return name if named else ""


@cache
def _kinds() -> tuple[tuple[str, Holds], ...]:
    rows = (line.split("\t") for line in lexicon("facts", "columns.tsv"))
    return tuple((row[0], row[1]) for row in rows)  # type: ignore[misc]
