"""What was measured, as rows: averaged, as a table to read, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace

from drafter.evaluating.measure import Measures
from drafter.resources import lexicon

LABELS = {
    "coverage": "数字写入",
    "told": "事项写入",
    "unsupported": "无依据（处）",
    "leaks": "混入他文（处）",
    "structure": "栏目齐全",
    "overlap": "照搬样本",
    "repetition": "句子重复",
    "length": "字数",
    "length_ratio": "字数比原文",
    "prompt_tokens": "输入词元",
    "completion_tokens": "输出词元",
    "calls": "调用（次）",
    "seconds": "用时（秒）",
}
_SHARES = {"coverage", "told", "structure", "overlap", "repetition"}
WAYS = {"composer": "程序拼写", "points": "模型逐点写", "plain": "模型一次写"}
_UNKNOWN = "—"  # no model, no reference


@dataclass(frozen=True, slots=True)
class Row:
    """One case drafted in one way; ``case`` is 平均 for means; ``error``: why there is no text."""

    case: str
    way: str
    measures: Measures
    error: str = ""
    text: str = ""


def means(rows: Sequence[Row]) -> list[Row]:
    """Return the mean of each way over the cases that gave a text; numbers are rounded."""
    found = []
    for way in dict.fromkeys(row.way for row in rows):
        mine = [row.measures for row in rows if row.way == way and not row.error]
        if mine:
            found.append(Row("平均", way, _mean(mine)))
    return found


def _mean(measures: Sequence[Measures]) -> Measures:
    mean = Measures()
    for field in fields(Measures):
        value = sum(getattr(m, field.name) for m in measures) / len(measures)
        mean = replace(mean, **{field.name: round(value, 4)})
    return mean


def table(rows: Sequence[Row]) -> str:
    """Return rows as lines of text, columns apart by two spaces, and what the columns mean."""
    head = ["案例", "方式", *LABELS.values()]
    lines = [head, *([row.case, WAYS[row.way], *_cells(row)] for row in rows)]
    widths = [max(_width(line[n]) for line in lines) for n in range(len(head))]
    shown = [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    ]
    faults = [f"{row.case}·{WAYS[row.way]}没有写成：{row.error}" for row in rows if row.error]
    return "\n".join([*shown, *faults, "", *lexicon("evaluating", "legend.txt")])


def _cells(row: Row) -> list[str]:
    if row.error:
        return [_UNKNOWN] * len(LABELS)
    return [_cell(name, getattr(row.measures, name)) for name in LABELS]


def _cell(name: str, value: float) -> str:
    if name in _SHARES:
        return f"{value:.1%}"
    if not value and name in {"length_ratio", "prompt_tokens", "completion_tokens", "calls"}:
        return _UNKNOWN
    if name in {"seconds", "length_ratio"}:
        return f"{value:.2f}"
    return f"{value:.1f}".removesuffix(".0")


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def as_csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV with the measures' names."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["case", "way", *LABELS, "error"])
    for row in rows:
        writer.writerow([row.case, row.way, *(asdict(row.measures)[n] for n in LABELS), row.error])
    return out.getvalue()
