"""Forms without a header: names and their answers in pairs (村名 | 高坎村 | 总户数 | 486户)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from drafter.chinese.normalise import fold
from drafter.chinese.quantities import find_figures
from drafter.facts.table_cells import (
    Cells,
    is_banner,
    is_form_row,
    is_number,
    is_statement_row,
    kind_of,
)
from drafter.facts.units import measure_by_name, split_measure

_WHO = re.compile(
    "(?:行政)?村(?:名称?|\\(社区\\))?|社区|名称|(?:单位|项目|企业|合作社|基地|组织|支部)名称|姓名"
)
_PERSON = re.compile("(?:书记?|主任|长|人|员|干部)$")
_NAMES_A_COLUMN = re.compile(
    "(?:数|值|量|额|率|情况|目标|完成|任务|合计|[年月]|面积|金额|措施|时限|备注)$"
)
_ASKED = re.compile(
    "(?:有无|有/无|是否有)(?P<thing>.+)|(?P<what>.*?)是否已?(?P<done>.+)"
    r"|(?P<named>.+?)[（(]?有[/、或]?无[)）]?"
)
_TICKS = {"√": True, "✓": True, "✔": True, "☑": True, "×": False, "✗": False, "✘": False}
_ANSWERS = {"是": True, "有": True, "否": False, "无": False, "没有": False, **_TICKS}
_LONGEST_NAME = 12
Pair = tuple[int, str, str]
"""The column of an answer, its name, the answer."""


def is_form(rows: Sequence[Cells], given: Sequence[int]) -> bool:
    """Tell whether the rows (``given``: indices) are pairs of names and answers, and no table.

    In a form the answers that stand under one another are told in different measures, and the
    first row names no columns.
    """
    answered = [i for i in given if not is_banner(rows[i]) and not is_form_row(rows[i])]
    pairs = [pairs_of(rows[i]) for i in answered]
    if len(pairs) < 2 or not all(pairs) or _names_columns(pairs[0]):
        return False
    names = [name for row in pairs for _, name, _ in row]
    plain = all(len(name) <= _LONGEST_NAME and not is_number(name) for name in names)
    if not plain or is_statement_row(tuple(names)) or len(set(names)) < len(names):
        return False
    measures = {_measure(name, answer) for row in pairs for _, name, answer in row}
    return len(measures - {""}) > 1 and (len(pairs[0]) > 1 or _opens(pairs[0][0]))


def _opens(pair: Pair) -> bool:
    """Tell whether a single first pair shows a form: it says who, or has a figure already."""
    return _WHO.fullmatch(fold(pair[1])) is not None or is_number(pair[2])


def _names_columns(row: Sequence[Pair]) -> bool:
    return any(kind_of(answer) or _NAMES_A_COLUMN.search(answer) for _, _, answer in row)


def pairs_of(row: Cells) -> list[Pair]:
    """Return the pairs of a row, merged cells taken as one; none where a name has no answer."""
    runs: list[tuple[int, str]] = []
    for text, cells in groupby(enumerate(row), key=lambda cell: cell[1].strip()):
        if text:
            runs.append((next(cells)[0], text))
    if len(runs) % 2:
        return []
    return [(at, name, text) for (_, name), (at, text) in zip(runs[::2], runs[1::2], strict=True)]


def _measure(name: str, answer: str) -> str:
    if not is_number(answer):
        return ""
    figure = next(iter(find_figures(answer)), None)
    bare, measure = split_measure(name)
    return (figure.unit if figure else "") or measure or measure_by_name(bare, ())


def answered(name: str, answer: str) -> str:
    """Return what an answer to 是否 or 有无 says: 通组路是否硬化, 是 is 通组路已硬化; else "".

    A tick under any other name is said with it: √ under 文化广场 is 文化广场（是）.
    """
    found = _ASKED.fullmatch(fold(name))
    if found is None and name and answer in _TICKS:
        return f"{name}（{'是' if _TICKS[answer] else '否'}）"
    if found is None or answer not in _ANSWERS:
        return ""
    yes = _ANSWERS[answer]
    if thing := found["thing"] or found["named"]:
        return f"{'有' if yes else '无'}{thing}"
    return f"{found['what']}{'已' if yes else '未'}{found['done']}"


def who(rows: Sequence[Cells], given: Sequence[int]) -> str:
    """Return whom a form is about: the answer to 村名, 姓名, 项目名称; "" where it asks none."""
    named = (pair for i in given for pair in pairs_of(rows[i]))
    return next((answer for _, name, answer in named if _WHO.fullmatch(fold(name))), "")


def answers(row: Cells) -> Iterator[tuple[int, str]]:
    """Yield what a row of a form says, with the column it says it in: 总户数486户."""
    for column, name, answer in pairs_of(row):
        if _WHO.fullmatch(fold(name)) or answer in {"/", "-", "—"}:
            continue
        if told := answered(name, answer):
            yield column, told
        elif is_number(answer):
            measure = _measure(name, answer) if answer[-1:].isdigit() else ""
            yield column, f"{split_measure(name)[0]}{answer}{measure}"
        else:
            yield column, f"{name}{'' if _PERSON.search(name) else '为'}{answer}"
