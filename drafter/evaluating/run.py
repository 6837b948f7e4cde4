"""Cases times ways: measured, averaged, shown as a table and as a chart."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from drafter.domain import Ask, Sample
from drafter.evaluating.cases import Case, cases_in, cases_of
from drafter.evaluating.measure import Measures, measure
from drafter.evaluating.ways import Way, by_points, composer, plain
from drafter.samples import Library

MOST = 6  # samples left out one at a time where no cases are given
LABELS = {
    "coverage": "数字覆盖",
    "unsupported": "无依据处",
    "leaks": "窜入他文",
    "structure": "栏目齐全",
    "overlap": "与样本雷同",
    "repetition": "句子重复",
    "length": "字数",
    "length_ratio": "与原文之比",
    "prompt_tokens": "输入词元",
    "completion_tokens": "输出词元",
    "calls": "调用次数",
    "seconds": "秒",
}
_SHARES = {"coverage", "structure", "overlap", "repetition"}
_WAYS = {"composer": "程序拼写", "points": "按要点起草", "plain": "一次性提示"}


@dataclass(frozen=True, slots=True)
class Row:
    """One case drafted in one way; ``case`` is 平均 for means; ``error``: why there is no text."""

    case: str
    way: str
    measures: Measures
    error: str = ""


def evaluate(
    cases: Sequence[Case],
    samples: Sequence[Sample],
    ask: Ask | None = None,
    year: int | None = None,
) -> list[Row]:
    """Draft every case in every way and measure; a case from a sample does not see that sample.

    Without ``ask`` only the composer is measured.
    """
    ways: dict[str, Way] = {"composer": composer}
    if ask is not None:
        ways |= {"points": by_points(ask), "plain": plain(ask)}
    rows = []
    for case in cases:
        library = Library([s for s in samples if not case.hidden or s.name != case.hidden])
        for name, way in ways.items():
            made = way(case, library, year)
            rows.append(Row(case.name, name, measure(case, library, made, year), made.error))
    return rows


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
    """Return rows as lines of text, columns apart by two spaces."""
    head = ["案例", "方式", *LABELS.values()]
    lines = [head, *([row.case, _WAYS[row.way], *_cells(row)] for row in rows)]
    widths = [max(_width(line[n]) for line in lines) for n in range(len(head))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> list[str]:
    if row.error:
        return [row.error, *[""] * (len(LABELS) - 1)]
    return [_cell(name, getattr(row.measures, name)) for name in LABELS]


def _cell(name: str, value: float) -> str:
    if name in _SHARES:
        return f"{value:.1%}"
    return f"{value:.2f}" if name in {"seconds", "length_ratio"} else f"{value:.4g}"


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


def chart(rows: Sequence[Row]) -> bytes:
    """Return a chart of the means as PNG; its words are English, since fonts may lack Chinese."""
    import matplotlib as mpl  # noqa: PLC0415 - takes a second to load

    mpl.use("Agg")
    from matplotlib.figure import Figure  # noqa: PLC0415

    shown = {"coverage": "figures kept", "structure": "headings kept", "overlap": "copied"}
    counted = {"unsupported": "unsupported spans", "leaks": "leaks"}
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=[3, 2])
    for axes, names in ((left, shown), (right, counted)):
        for n, row in enumerate(rows):
            values = [getattr(row.measures, name) for name in names]
            places = [at + n * 0.25 for at in range(len(names))]
            axes.bar(places, values, width=0.22, label=row.way)
        axes.set_xticks([at + 0.25 for at in range(len(names))], list(names.values()))
        axes.spines[["top", "right"]].set_visible(False)
    left.set_ylim(0, 1.05)
    left.legend(frameon=False)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=120)
    return out.getvalue()


def run(
    cases: str | Path | None,
    samples: Sequence[Sample],
    ask: Ask | None = None,
    output: str | Path | None = None,
    year: int | None = None,
) -> dict[str, Any]:
    """Evaluate a folder of cases, or the samples left out one at a time where none is given.

    Returns ``{text, rows, means}``; writes evaluation.csv and evaluation.png into ``output``.
    Raises InputError and, where no draft could be made at all, nothing: the rows say why.
    """
    found = cases_in(Path(cases)) if cases else cases_of(samples, MOST)
    rows = evaluate(found, samples, ask, year)
    average = means(rows)
    if output:
        folder = Path(output)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "evaluation.csv").write_text(as_csv([*rows, *average]), encoding="utf-8-sig")
        (folder / "evaluation.png").write_bytes(chart(average))
    return {
        "text": table([*rows, *average]),
        "rows": [_object(row) for row in rows],
        "means": [_object(row) for row in average],
    }


def _object(row: Row) -> dict[str, Any]:
    return {"case": row.case, "way": row.way, **asdict(row.measures), "error": row.error}
