"""A project as a file to take away, and an edited Word file on its way back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from drafter import public
from drafter.domain import Draft
from drafter.errors import EmptyInput, ExportError
from drafter.exporting.revision import export_revision
from drafter.printing import PAGED, Order, print_paper, read_profile
from drafter.ui.bench import Desk
from drafter.ui.work.intake import keep_upload
from drafter.ui.work.returned import Returned, load_returned, read_returned, save_returned
from drafter.ui.work.sections import first_draft_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Choice:
    """What to export: the form, with comments, with the table of evidence."""

    form: str = "docx"
    review: bool = False
    annex: bool = False


FORMS: dict[str, tuple[str, str]] = {
    "docx": ("docx", WORD),
    "revision": ("docx", WORD),
    "txt": ("txt", "text/plain; charset=utf-8"),
    "md": ("md", "text/markdown; charset=utf-8"),
    "html": ("html", "text/html; charset=utf-8"),
}
"""The forms a clerk may choose: suffix and media type."""


def _made(desk: Desk, draft: Draft, choice: Choice) -> bytes:
    profile = desk.bench.settings.layout_profile
    if choice.form == "revision":
        first = first_draft_of(desk.project, desk.paper)
        return export_revision(first, draft, read_profile(profile) if profile else None)
    marked = choice.form in PAGED
    order = Order(choice.form, choice.review and marked, choice.annex and marked, profile=profile)
    return print_paper(draft, order, desk.bench.now().date()).data


def export(desk: Desk, choice: Choice) -> tuple[str, bytes, str]:
    """Return file name, bytes and media type. Raises EmptyInput, ExportError."""
    if choice.form not in FORMS:
        raise ExportError("没有这种导出格式：请选列出的格式之一")
    if not any(view.text.strip() for view in desk.paper.sections):
        raise EmptyInput("还没有正文可导出：请先起草")
    suffix, kind = FORMS[choice.form]
    draft = desk.bench.checks.draft(desk.paper)
    data = _made(desk, draft, choice)
    marks = "（修订稿）" if choice.form == "revision" else "（审阅稿）" if choice.review else ""
    title = (draft.title or desk.project.info.title)[:80]
    name = f"{title}{marks}.{suffix}"
    desk.project.log("导出", name)
    return name, data, kind


def take_back(desk: Desk, path: Path) -> Returned:
    """Read an edited Word file back and keep what it says otherwise, for a person to decide on.

    Raises InputError for a file that cannot be read.
    """
    public.read_text(path)  # for its limits on hostile files
    data = keep_upload(desk.project, path)
    path.unlink(missing_ok=True)
    found = read_returned(desk.paper, data, path.name)
    _, base = load_returned(desk.project)
    save_returned(desk.project, found, base)
    return found
