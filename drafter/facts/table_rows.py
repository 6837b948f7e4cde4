"""The rows of a laid-out table as statements: 东河村：改厕，目标120户，完成118户."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from drafter.chinese.normalise import fold
from drafter.chinese.quantities import find_figures
from drafter.domain import DateMention, Table
from drafter.facts.days import with_dates
from drafter.facts.describe import in_the_year
from drafter.facts.grids import Column, Layout
from drafter.facts.headings import short_name
from drafter.facts.lines import goes_on_noting, is_note, plain_kind
from drafter.facts.months import Months
from drafter.facts.row_words import Row, in_words
from drafter.facts.senders import is_office
from drafter.facts.split import split_statements, strip_bullet, tidy
from drafter.facts.table_cells import is_banner, is_data, is_form_row, is_share, note_in
from drafter.facts.table_forms import answers, who
from drafter.facts.table_periods import row_months
from drafter.facts.units import carry_measures

_STATES_ITSELF = re.compile("[：:].|[，。；]")
_TOPIC = re.compile(
    "(?:主要)?工作(?:情况|成效|亮点)?|存在(?:的)?(?:问题|不足)|(?:主要)?问题|不足|下一?步.{0,4}|意见建议"
)
_MATTER = re.compile(
    "^(?!年度|目标|全年).*(?:问题|事项|任务|议题|建议|诉求|项目|内容|重点工作|工作安排)"
)
_HEADS_ITSELF = re.compile(
    "打算|下一?步|(?:工作)?计划$|安排$|存在(?:的)?(?:问题|不足|困难)|困难问题"
)
_CLAUSED = frozenset("，；。")
_LONGEST_MATTER = 40
_NO_DATA = re.compile("目录|封面|填[表报]说明|使用说明")
_RECORD = re.compile(r"(?=.*[A-Za-z〔])[\w〔〕/-]{4,}")  # SX-0192, not the rows' own numbers
_SHORT_PART = 12  # characters of a cell that is no sentence
_PARTED_FIGURE = re.compile(r"(?<=[\u4e00-\u9fff])，([\d.,]+)")
_Said = tuple[Column, str]


class Statement(NamedTuple):
    """What a row says, with the cell it says it in.

    ``said_by`` tells whose word or which record it is, ``period`` the part of a year that the row
    is for by its name.
    """

    row: int
    column: int
    text: str
    office: str = ""
    hint: str = ""
    said_by: str = ""
    period: DateMention | None = None

    def period_in(self, period: str) -> str:
        """Return the period that the statement holds for in a table of a period."""
        return in_the_year(self.period, period) if self.period else period


@dataclass
class TableReading:
    """The statements of one table, the offices named in it, and what states nothing, by row."""

    statements: list[Statement] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)
    hint: str = ""
    noting: bool = False  # the row before was a note
    months: dict[int, Months] = field(default_factory=dict)


def read_rows(table: Table, layout: Layout) -> TableReading:
    """Return what the rows of a table state, top to bottom; no cell with text is passed over."""
    reading = TableReading()
    for i in layout.aside:
        _take_aside(reading, Row(table, layout, i))
    name = short_name(fold(layout.title))
    reading.hint = name.text if name and name.level else table.heading
    if layout.form:
        _read_form(reading, table, layout)
        return reading
    reading.months = row_months(table, layout)
    listing = _NO_DATA.fullmatch(table.name.strip()) is not None
    for i in layout.body:
        if listing:
            _leave(reading, i, table.rows[i])
            continue
        _read_row(reading, Row(table, layout, i))
    return reading


def _take_aside(reading: TableReading, row: Row) -> None:
    """Show titles, remarks and signatures; a sentence with figures over a table states them."""
    text = next((cell.strip() for cell in row.cells if cell.strip()), "")
    stated = is_banner(row.cells) and not _CLAUSED.isdisjoint(text) and not plain_kind(fold(text))
    if stated and any(figure.unit for figure in find_figures(text)):
        for piece in _pieces(text):
            _say(reading, row, 0, piece)
        return
    _leave(reading, row.at, row.cells)


def _read_form(reading: TableReading, table: Table, layout: Layout) -> None:
    """Read names and answers, a row a statement: 高坎村：总户数486户，总人口1732人."""
    about = who(table.rows, layout.body)
    for i in layout.body:
        row = Row(table, layout, i)
        if is_form_row(row.cells):
            _take_form_row(reading, row)
            continue
        said = list(answers(row.cells))
        if is_banner(row.cells) or not said:
            _leave(reading, i, row.cells)
            continue
        text = "，".join(text for _, text in said)
        _say(reading, row, said[0][0], f"{about}：{text}" if about else text)


def has_rates(layout: Layout) -> bool:
    """Tell whether a table has a column for rates at all."""
    return any(is_share(column.name) for column in layout.of("figure"))


def _leave(reading: TableReading, at: int, cells: Iterable[str]) -> None:
    said = " ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
    if said:
        reading.left.append((at, said))


def _read_row(reading: TableReading, row: Row) -> None:
    if is_form_row(row.cells):
        _take_form_row(reading, row)
        return
    if is_banner(row.cells) or note_in(row.cells):
        _take_banner(reading, row)
        return
    if office := row.first("office"):
        reading.tags.append(office)
    if row.layout.of("figure") and (row.figures() or not row.layout.of("contact")):
        _say(reading, row, row.first_figure(), in_words(row))
    elif row.texts("statement"):
        _read_statements(reading, row)
    elif row.layout.of("contact"):
        _leave(reading, row.at, row.cells)
    else:
        _say(reading, row, 0, in_words(row) or "，".join(row.texts("label")))
        _leave(reading, row.at, row.texts("measure"))


def _take_form_row(reading: TableReading, row: Row) -> None:
    """Take 填报单位 | 财政所 | 填报人 | 黄立: the office is a tag, the row is shown."""
    reading.tags += (cell.strip() for cell in row.cells if is_office(cell.strip()))
    _leave(reading, row.at, row.cells)


def _take_banner(reading: TableReading, row: Row) -> None:
    """Take a row of one text for the heading of the rows below; prose in it is a statement."""
    text = note_in(row.cells) or next(cell.strip() for cell in row.cells if cell.strip())
    folded = fold(text)
    if plain_kind(folded) or (reading.noting and goes_on_noting(folded)):
        reading.noting = reading.noting or is_note(folded)
        _leave(reading, row.at, [text])
        return
    long = len(text) > 20 and not row.layout.of("figure")
    if long or _STATES_ITSELF.search(text) or find_figures(strip_bullet(text)):
        for piece in _pieces(text):
            _say(reading, row, 0, piece)
        return
    reading.hint = strip_bullet(text)
    _leave(reading, row.at, [text])


def _read_statements(reading: TableReading, row: Row) -> None:
    """Read cells of prose; what the other columns say of whom they hold for stands before them.

    A first cell that is a heading (二、存在问题) is the heading of the row; further columns
    (整改措施, 整改时限) follow in brackets under their names.
    """
    before, behind = _labels_around(row)
    own = [said for said in [*behind, *_prose(row)] if _HEADS_ITSELF.search(said[0].name)]
    prose = [said for said in _prose(row) if said not in own] or own[:1]
    label, hint = before[0][1] if before else "", ""
    if label and (name := short_name(fold(label))) and (name.level or _is_topic(name.text)):
        label, hint = "", name.text
    matter, prose, rest = _matter(before[1:], prose)
    notes = [text for text in row.texts("note") if find_figures(text)]
    tail = _further([*rest, *(said for said in behind if said not in own)], notes)
    about = "：".join(part for part in (label, matter) if part)
    joint = "，" if (label and matter) or _STATES_ITSELF.search(about) else "："
    _say_pieces(
        reading, row, [(c, f"{about}{joint}" if about else "", t) for c, t in prose], hint, tail
    )
    for column, text in own:
        if (column, text) not in prose:
            lead = f"{label}：" if label else ""
            _say_pieces(reading, row, [(column, lead, text)], column.name, "")
    _leave(reading, row.at, [*row.texts("measure"), *(set(row.texts("note")) - set(notes))])


def _is_topic(name: str) -> bool:
    return bool(_TOPIC.fullmatch(name) or _HEADS_ITSELF.search(name))


def _say_pieces(
    reading: TableReading, row: Row, prose: Sequence[tuple[Column, str, str]], hint: str, tail: str
) -> None:
    """Say each statement of the cells behind its lead; the tail goes with the first."""
    for column, lead, text in prose:
        for piece in _pieces(text):
            _say(reading, row, column.index, lead + piece + tail, hint)
            tail = ""


def _matter(
    labels: Sequence[_Said], prose: list[_Said]
) -> tuple[str, list[_Said], Sequence[_Said]]:
    """Return what the row is about (重点工作, 问题), the prose left, and the other labels."""
    if labels and _MATTER.search(labels[0][0].name):
        return labels[0][1], prose, labels[1:]
    if len(prose) > 1 and _is_matter(prose[0]):
        return prose[0][1], prose[1:], labels
    return "", prose, labels


def _labels_around(row: Row) -> tuple[list[_Said], list[_Said]]:
    """Return the labels before the first column of prose, which name the row, and those behind."""
    first = row.layout.of("statement")[0].index
    labels = [(c, t) for c in row.layout.of("label") if (t := row.cell(c))]
    return [s for s in labels if s[0].index < first], [s for s in labels if s[0].index > first]


def _is_matter(said: _Said) -> bool:
    """Tell whether a cell of prose only names what the next one tells of (问题 | 整改情况)."""
    column, text = said
    return _MATTER.search(column.name) is not None and len(text) <= _LONGEST_MATTER


def _prose(row: Row) -> list[_Said]:
    """Return the columns of prose with their texts, merged cells once.

    What stands in parts under one merged name is one text: 面积 | 320亩 under 内容.
    """
    found: dict[str, Column] = {}
    for column in row.layout.of("statement"):
        if text := row.cell(column):
            found.setdefault(text, column)
    told = [(column, text) for text, column in found.items()]
    names = {column.name for column, _ in told}
    if len(told) > 1 and len(names) == 1 and all(len(text) <= _SHORT_PART for _, text in told):
        joined = "，".join(text for _, text in told)
        return [(told[0][0], _PARTED_FIGURE.sub(r"\1", joined))]
    return told


def _further(labels: Sequence[_Said], notes: Sequence[str]) -> str:
    """Return what the further columns of a row say, in brackets: （整改时限：2026年12月）."""
    named = [
        f"{c.name}：{text}" if c.name and not c.name.startswith("是否") else text
        for c, text in labels
    ]
    parts = list(dict.fromkeys([*named, *notes]))
    return f"（{'；'.join(parts)}）" if parts else ""


def _say(reading: TableReading, row: Row, column: int, text: str, hint: str = "") -> None:
    if not text:
        _leave(reading, row.at, row.cells)
        return
    across = not is_data(row.cells)  # and then in no column more than in another
    hint = hint or ("" if across else row.first("section")) or reading.hint
    sheet = row.table.name.strip()
    office = ("" if across else row.first("office")) or (sheet if is_office(sheet) else "")
    records = [mark for mark in row.texts("number") if _RECORD.fullmatch(mark)]
    said_by = "，".join([*row.texts("source")[:1], *records])
    months = reading.months.get(row.at)
    said = (row.at, column, carry_measures(with_dates(text)), office, hint, said_by)
    reading.statements.append(Statement(*said, months.date if months else None))


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for start, end in split_statements(line):
            if wording := tidy(strip_bullet(line[start:end])):
                yield wording
