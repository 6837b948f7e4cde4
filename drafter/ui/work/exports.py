"""A project as a file to take away."""

from __future__ import annotations

from drafter import public
from drafter.errors import EmptyInput, ExportError
from drafter.ui.bench import Desk

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def export(desk: Desk, form: str, review: bool, annex: bool) -> tuple[str, bytes, str]:
    """Return file name, bytes and media type. Raises EmptyInput, ExportError."""
    if form not in KINDS:
        raise ExportError("没有这种导出格式：请选 docx、md 或 html")
    paper = desk.paper
    if not any(view.text.strip() for view in paper.sections):
        raise EmptyInput("还没有正文可导出：请先起草")
    draft = desk.bench.checks.draft(paper)
    data = public.export_docx(draft, review=review, annex=annex)
    name = f"{draft.title or desk.project.info.title}.{form}"
    desk.project.log("导出", name)
    return name[:120], data, KINDS[form]
