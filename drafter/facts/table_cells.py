"""What one cell or one row of a table is by itself: a figure, a total's name, a heading, a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from drafter.chinese.dates import find_dates
from drafter.chinese.normalise import fold
from drafter.chinese.quantities import find_figures
from drafter.facts.months import months_of
from drafter.facts.units import is_measure
from drafter.resources import lexicon

Cells = tuple[str, ...]
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

NO_RESULT = "【待补："
_SENTENCE = frozenset("，。；")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d\s?年(?:度)?(?:\d{1,2}月)?|\d{1,2}月(?:份|\d{1,2}[日号])?|20\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?)"
)
_FIGURE = re.compile(
    r"(?:约|近|超|超过|[<>≥≤])?[-+↑↓]?\d[\d,，]*(?:\.\d+)?(?:(?:[/:~—至-]|——)\d+(?:\.\d+)?)?(?:余|多)?"
    r"[万亿]?\s?[%％‰]?[余多]?\+?"
    r"(?P<measure>[\u4e00-\u9fff²³㎡A-Za-z]{0,5})"
)
_FIGURES = re.compile(r"\d[\d,.]*[^\d,.\s%/:~—+-]{1,4}(?:\d|[（(].*\d)(?!.*[月日号年])")
_REMARKED = re.compile(r"[（(][^（()）]*[）)]$")
_LONGEST_FIGURES = 24
_NOTE_NAME = re.compile("(?:备\\s*注|附?注|说\\s*明)[：:]?")
_NAME_AND_TEXT = 2
_FORM_KEY = re.compile(
    "(?:填报|报送|填表)(?:单位|人|时间|日期)|单位名称|联系人|联系电话|审核人|单位负责人|分管领导"
)
_TOTAL = re.compile(
    r".{0,8}(?:合\s*计|总\s*计|小\s*计|共\s*计)\s*[：:]?\s*|\s*(?:全镇|全乡|总数)\s*[：:]?\s*"
)
_PLACE = re.compile(
    ".{1,8}(?:村|社区|组|镇|乡|街道|片区?|学校|小学|中学|公司|合作社)|合\\s*计|小\\s*计|总\\s*计|全镇|全乡"
)
_ROLE = re.compile(
    "(?:年度|全年|年初|累计|实际|目前|已)?(?:任务|目标|计划|指标|完成|到位|进度|完成率|占比|比例|率|上年|上年同期|同期|今年|本年|去年|本期|上期|增长|增减|增幅|同比)+(?:数|值|量|额|情况)?"
    r"|累计|(?:合|总|小)\s*计|总数"
)
_SHARE_NAME = re.compile("(?:率|占比|比例|比重|增幅|增长|同比)$")
_PART = re.compile(r"\s*(?:其中|#|＃|[-—]{1,2})\s*[：:、]?")


def at(row: Cells, column: int) -> str:
    """Return a cell without outer space, "" beyond the end of its row."""
    return row[column].strip() if column < len(row) else ""


def filled(row: Cells) -> list[str]:
    """Return the cells of a row that hold text."""
    return [cell.strip() for cell in row if cell.strip()]


def said(row: Cells) -> str:
    """Return the text of a row, merged cells once."""
    return " ".join(dict.fromkeys(filled(row)))


def is_number(cell: str) -> bool:
    """Tell whether a cell is a figure: 118, 3,406, 98.3%, 120户, or a formula without a result.

    86户132人 and 112人（集中38人、分散74人） are figures as well.
    """
    text = fold(cell.strip())
    if text.startswith(NO_RESULT):
        return True
    if _FIGURES.match(text) and len(text) <= _LONGEST_FIGURES:
        return _are_figures(_REMARKED.sub("", text))
    found = _FIGURE.fullmatch(text)
    if found is None or _DATE.fullmatch(text):
        return False
    return not found["measure"] or is_measure(found["measure"]) or found["measure"] == "个百分点"


def _are_figures(text: str) -> bool:
    """Tell whether a text is figures with their measures and nothing else: 86户132人."""
    figures = find_figures(text)
    return all(f.unit for f in figures) and "".join(f.text for f in figures) == text != ""


def is_day(cell: str) -> bool:
    """Tell whether a cell is a date and nothing else: 2026年9月30日, 2026.9.30, 3月."""
    text = fold(cell.strip())
    return any(found.text == text for found in find_dates(text))


def is_banner(row: Cells) -> bool:
    """Tell whether a row is one text over several columns: a heading inside the table."""
    texts = filled(row)
    return len(row) > 1 and len(set(texts)) == 1 and not is_number(texts[0])


def note_in(row: Cells) -> str:
    """Return the note that a row is, its name in the first cell (备注 | 完成率为…), else ""."""
    texts = list(dict.fromkeys(filled(row)))
    if len(texts) != _NAME_AND_TEXT or not _NOTE_NAME.fullmatch(texts[0]):
        return ""
    return f"{texts[0].rstrip('：:')}：{texts[1]}"


def is_data(row: Cells) -> bool:
    """Tell whether a row is neither one text over several columns nor a note."""
    return not is_banner(row) and not note_in(row)


def is_form_row(row: Cells) -> bool:
    """Tell whether a row of a form says who filled it in: 填报单位 | 财政所 | 填报人 | 黄立.

    A header may have such names as well (序号 | 姓名 | 联系电话): there no answer stands behind.
    """
    texts = list(dict.fromkeys(filled(row)))
    keys = [_FORM_KEY.fullmatch(text.rstrip("：:")) is not None for text in texts]
    return bool(keys) and keys[0] and (len(keys) == 1 or not keys[1]) and not _names_columns(texts)


def _names_columns(texts: Sequence[str]) -> bool:
    return any(kind_of(text) in {"number", "note"} for text in texts)


def is_statement_row(row: Cells) -> bool:
    """Tell whether a row has a sentence in it, or a text too long for a name."""
    return any(len(cell) > 16 or not _SENTENCE.isdisjoint(cell) for cell in row)


def is_place(text: str) -> bool:
    """Tell whether a row's name is a place or a body of the township, or all of them together."""
    return _PLACE.fullmatch(text) is not None


def is_share(name: str) -> bool:
    """Tell whether a column holds shares or changes by its name: 完成率, 占比, 同比."""
    return _SHARE_NAME.search(name) is not None


def is_role(name: str) -> bool:
    """Tell whether a column's name is no thing, only how far or when: 目标, 增减, 3月, 合计."""
    return _ROLE.fullmatch(name) is not None or is_day(name) or months_of(name) is not None


def is_total(label: str) -> bool:
    """Tell whether a row's label makes it a sum of rows above: 合计, 小计, 全镇."""
    return _TOTAL.fullmatch(label) is not None


def is_part(label: str) -> bool:
    """Tell whether a row tells only of a part of the row above: 其中：女党员."""
    return _PART.match(label) is not None


def part_name(label: str) -> str:
    """Return what a part's row counts: 其中：女党员 → 女党员."""
    return _PART.sub("", label, count=1).strip()


def kind_of(name: str) -> Holds | None:
    """Return what a column of this name holds by the list of names, ``None`` if it has no such."""
    if not name:
        return None
    return next((kind for word, kind in _kinds() if name == word), None) or next(
        (k for word, k in _kinds() if len(word) > 1 and k != "source" and name.endswith(word)), None
    )


@cache
def _kinds() -> tuple[tuple[str, Holds], ...]:
    rows = (line.split("\t") for line in lexicon("facts", "columns.tsv"))
    return tuple((row[0], row[1]) for row in rows)  # type: ignore[misc]
