"""Time and size of an export by length, and the pages' estimate against LibreOffice where it is.

Run: ``python bench/export.py``.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

from drafter import printing
from drafter.domain import Draft, DraftSection, Evidence, Fact, FactSheet, Finding
from drafter.exporting import export_docx, export_revision, preview_pages, read_back

SENTENCE = (
    "全镇上下认真落实县委、县政府部署要求，扎实推进“三大行动”——环境整治、产业发展、基层治理，"
    "2025年排查隐患136处，整改131处，整改率96.3%，群众满意度明显提升。"
)


def draft_of(characters: int) -> Draft:
    """Return a draft of about this length: five sections, a figure with evidence a line."""
    lines = max(characters // len(SENTENCE) // 5, 1)
    body = "\n".join([SENTENCE] * lines)
    sections = tuple(DraftSection(f"工作进展{n}", 1, body, ("F1",), f"{n}、") for n in "一二三四五")
    text = "\n".join(
        ["云溪镇2025年工作总结", *(f"{s.marker}{s.heading}\n{s.text}" for s in sections)]
    )
    places = [i for i in range(len(text)) if text.startswith("136处", i)]
    return Draft(
        "云溪镇2025年工作总结",
        sections,
        text=text,
        findings=tuple(
            Finding(i, i + 4, "136处", "altered_number", "confirm", "请核对", fact_ids=("F1",))
            for i in places
        ),
        evidence=tuple(Evidence(i, i + 4, "136处", "figure", "exact", ("F1",)) for i in places),
        facts=FactSheet((Fact("F1", "排查隐患136处"),)),
        unit="云溪镇人民政府",
        issue_date="2026年1月5日",
    )


def milliseconds(call: Callable[[], object], times: int = 5) -> float:
    """Return the median time of a call."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def speed() -> None:
    names = ("plain", "review", "annex", "way back", "revision")
    print(f"{'characters':>10} " + " ".join(f"{name:>8}" for name in names) + f" {'KB':>6}  (ms)")
    for characters in (1_000, 5_000, 20_000, 100_000):
        draft = draft_of(characters)
        data = export_docx(draft)
        row = (
            milliseconds(lambda d=draft: export_docx(d)),
            milliseconds(lambda d=draft: export_docx(d, review=True)),
            milliseconds(lambda d=draft: export_docx(d, annex=True)),
            milliseconds(lambda b=data, d=draft: read_back(b, d)),
            milliseconds(lambda d=draft: export_revision(d, d)),
        )
        print(
            f"{len(draft.text):>10} "
            + " ".join(f"{ms:8.1f}" for ms in row)
            + f" {len(data) / 1024:6.1f}"
        )


def pages() -> None:
    if not printing.printer():
        print("LibreOffice is not installed: pages are not compared")
        return
    from pypdf import PdfReader

    for characters in (500, 1_500, 3_000, 6_000, 12_000):
        draft = draft_of(characters)
        printed = PdfReader(io.BytesIO(printing.to_pdf(export_docx(draft))))
        estimated = len(preview_pages(draft))
        print(
            f"{len(draft.text):>6} characters: {estimated} estimated, {len(printed.pages)} printed"
        )


if __name__ == "__main__":
    speed()
    pages()
