"""The exported file opens, and holds what the draft holds."""

import io

import docx
import pytest

from drafter.domain import Draft, DraftSection
from drafter.errors import ExportError
from drafter.exporting import export_docx


def test_a_draft_without_sections_is_refused_in_one_line():
    with pytest.raises(ExportError, match="没有栏目"):
        export_docx(Draft("总结", ()))


def test_the_file_opens_and_holds_title_heading_and_text():
    draft = Draft(
        "云溪镇工作总结", (DraftSection("主要工作", 1, "完成任务。", marker="一、"),), unit="云溪镇"
    )
    paragraphs = docx.Document(io.BytesIO(export_docx(draft))).paragraphs
    kept = [(p.style.name, p.text) for p in paragraphs if p.text]
    assert kept[:3] == [
        ("Title", "云溪镇工作总结"),
        ("Heading 1", "一、主要工作"),
        ("公文正文", "完成任务。"),
    ]
