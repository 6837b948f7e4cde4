"""Cases times ways: drafted, measured, and written down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from drafter.domain import Ask, Sample
from drafter.evaluating.cases import Case, cases_in, cases_of
from drafter.evaluating.chart import chart
from drafter.evaluating.measure import measure
from drafter.evaluating.rows import Row, as_csv, means, table
from drafter.evaluating.ways import Way, by_points, composer, plain
from drafter.samples import Library

MOST = 6  # samples left out one at a time where no cases are given


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
            found = measure(case, library, made, year)
            rows.append(Row(case.name, name, found, made.error, made.text))
    return rows


def run(
    cases: str | Path | None,
    samples: Sequence[Sample],
    ask: Ask | None = None,
    output: str | Path | None = None,
    year: int | None = None,
) -> dict[str, Any]:
    """Evaluate a folder of cases, or the samples left out one at a time where none is given.

    Returns ``{text, rows, means}``; writes evaluation.csv, evaluation.png and the drafts themselves
    (``CASE-WAY.txt``) into ``output``: figures do not tell how a text reads aloud.
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
        for row in rows:
            name = re.sub(r"[^\w·-]+", "_", f"{row.case}-{row.way}")
            (folder / f"{name}.txt").write_text(row.text or row.error, encoding="utf-8")
    return {
        "text": table([*rows, *average]),
        "rows": [_object(row) for row in rows],
        "means": [_object(row) for row in average],
    }


def _object(row: Row) -> dict[str, Any]:
    return {"case": row.case, "way": row.way, **asdict(row.measures), "error": row.error}
