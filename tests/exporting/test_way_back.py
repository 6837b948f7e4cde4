"""An edited paper is read back: matched to the draft, every change shown, nothing dropped."""

import io
from dataclasses import replace

import docx
import pytest

from drafter.domain import Draft, DraftSection, Point
from drafter.errors import HostileFile, UnreadableFile
from drafter.exporting import Change, export_docx, export_revision, read_back


def edited(data, edit):
    document = docx.Document(io.BytesIO(data))
    edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(document, start):
    return next(p for p in document.paragraphs if p.text.startswith(start))


@pytest.mark.parametrize(
    "options", [{}, {"review": True}, {"annex": True}, {"profile": {"sealed": True}}]
)
def test_a_paper_nobody_edited_gives_the_draft_itself(rich, options):
    back = read_back(export_docx(rich, **options), rich)
    assert back.draft is rich
    assert back.changes == ()


def test_a_paper_saved_by_another_program_gives_the_draft_itself(rich):
    assert read_back(edited(export_docx(rich), lambda d: None), rich).draft is rich


def test_a_changed_paragraph_is_shown_and_stands_in_its_section(rich):
    def edit(document):
        p = paragraph(document, "二是严格排查")
        p.runs[0].text = p.runs[0].text.replace("131", "132")

    back = read_back(edited(export_docx(rich), edit), rich)
    assert [(c.kind, c.section) for c in back.changes] == [("changed", "（一）压实安全生产责任")]
    assert "整改132处" in back.draft.sections[1].text
    assert back.draft.sections[2:] == rich.sections[2:]
    assert back.draft.findings == ()
    assert "整改132处" in back.draft.text


def test_added_and_removed_paragraphs_are_shown(rich):
    def edit(document):
        p = paragraph(document, "（1）加强监管")
        p.insert_paragraph_before("三是新加的一段，共8处。", style="公文正文")
        p._p.getparent().remove(p._p)

    back = read_back(edited(export_docx(rich), edit), rich)
    assert sorted(c.kind for c in back.changes) == ["added", "removed"]
    lines = back.draft.sections[1].text.split("\n")
    assert lines[:2] == rich.sections[1].text.split("\n")[:2]
    assert lines[2] == "三是新加的一段，共8处。"


def test_a_changed_heading_keeps_its_section(rich):
    def edit(document):
        paragraph(document, "（二）推进").runs[0].text = "（二）全面推进乡村振兴"

    back = read_back(edited(export_docx(rich), edit), rich)
    assert back.draft.sections[2] == replace(rich.sections[2], heading="全面推进乡村振兴")
    assert back.changes == (
        Change("changed", "（二）推进乡村振兴", "（二）推进乡村振兴", "（二）全面推进乡村振兴"),
    )


def test_headings_numbered_by_the_export_come_back_without_numbers():
    sections = (DraftSection("党建", 1, "完成。"), DraftSection("安全", 1, "完成。"))
    draft = Draft("总结", sections)
    data = export_docx(draft)
    assert read_back(data, draft).draft is draft

    def edit(document):
        paragraph(document, "二、安全").runs[0].text = "二、安全生产"

    back = read_back(edited(data, edit), draft).draft
    assert [(s.marker, s.heading) for s in back.sections] == [("", "党建"), ("", "安全生产")]


def test_a_new_heading_opens_a_new_section(rich):
    def edit(document):
        p = paragraph(document, "三、下一步打算")
        p.insert_paragraph_before("三、工作亮点", style="Heading 1")
        p.insert_paragraph_before("获得表彰2次。", style="公文正文")
        p.runs[0].text = "四、下一步打算"

    back = read_back(edited(export_docx(rich), edit), rich)
    assert [s.heading for s in back.draft.sections][-2:] == ["工作亮点", "下一步打算"]
    assert back.draft.sections[-2].text == "获得表彰2次。"
    assert back.draft.sections[-1].marker == "四、"


def test_title_addressee_signature_and_date_come_back(rich):
    def edit(document):
        document.paragraphs[0].text = "云溪镇工作总结"
        paragraph(document, "县委农村").runs[0].text = "县政府办公室："
        paragraph(document, "云溪镇人民政府").runs[0].text = "云溪镇党委"
        paragraph(document, "2026年1月5日").runs[0].text = "2026年1月8日"

    back = read_back(edited(export_docx(rich), edit), rich).draft
    assert (back.title, back.addressee) == ("云溪镇工作总结", "县政府办公室")
    assert (back.unit, back.issue_date) == ("云溪镇党委", "2026年1月8日")
    assert back.annexes == rich.annexes


def test_a_date_filled_in_is_taken_and_one_left_open_stays_open(sparse):
    def edit(document):
        paragraph(document, "【待补：成文日期】").runs[0].text = "2026年1月8日"

    back = read_back(edited(export_docx(sparse), edit), sparse).draft
    assert (back.issue_date, back.unit) == ("2026年1月8日", "")


def test_styles_lost_on_the_way_do_not_lose_the_text(rich):
    def edit(document):
        for p in document.paragraphs:
            p.style = document.styles["Normal"]

    draft = replace(rich, annexes=())
    back = read_back(edited(export_docx(draft), edit), draft)
    assert back.draft.sections == draft.sections
    assert (back.draft.unit, back.draft.issue_date) == (draft.unit, draft.issue_date)


def test_points_that_still_stand_keep_their_origin_and_new_ones_are_imports(rich):
    lines = rich.sections[1].text.split("\n")
    points = tuple(Point(line, ("F1",), "model") for line in lines)
    sections = (rich.sections[0], replace(rich.sections[1], points=points), *rich.sections[2:])
    draft = replace(rich, sections=sections)

    def edit(document):
        paragraph(document, "二是严格排查").runs[0].text = "二是从严排查，"

    found = read_back(edited(export_docx(draft), edit), draft).draft.sections[1].points
    assert [p.origin for p in found] == ["model", "import", "model"]


def test_edits_made_with_track_changes_count_as_accepted(rich):
    sections = (
        rich.sections[0],
        replace(rich.sections[1], text="一是从严排查，整改140处。"),
        *rich.sections[2:],
    )
    new = replace(rich, sections=sections)
    back = read_back(export_revision(rich, new), rich)
    assert back.draft.sections == new.sections


def test_what_people_wrote_in_the_margin_comes_back_and_our_own_comments_do_not(rich):
    def edit(document):
        p = paragraph(document, "二是严格排查")
        document.add_comment(p.runs[:1], text="请补上整改时限", author="王镇长", initials="王")

    back = read_back(edited(export_docx(rich, review=True), edit), rich)
    assert [(r.author, r.text) for r in back.remarks] == [("王镇长", "请补上整改时限")]
    assert back.remarks[0].anchor.startswith("二是严格排查")
    assert back.draft is rich


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_a_damaged_file_is_refused_in_one_line(rich, data):
    with pytest.raises(UnreadableFile, match="另存为"):
        read_back(data, rich)


def test_a_file_with_a_doctype_is_refused(rich):
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(HostileFile, match="DOCTYPE"):
        read_back(out.getvalue(), rich)


def test_organs_that_sign_together_come_back_a_line_each(rich):
    draft = replace(rich, unit="中共云溪镇委员会、云溪镇人民政府")
    for profile in ({}, {"sealed": True}):
        assert read_back(export_docx(draft, profile=profile), draft).draft is draft

    def edit(document):
        paragraph(document, "云溪镇人民政府").runs[0].text = "云溪乡人民政府"

    back = read_back(edited(export_docx(draft), edit), draft).draft
    assert back.unit == "中共云溪镇委员会\n云溪乡人民政府"


def test_a_cell_of_several_lines_comes_back_as_one_and_its_figures_stay_apart(rich):
    def edit(document):
        document.tables[0].cell(1, 2).paragraphs[0].runs[0].text = "12035"
        document.tables[0].cell(1, 2).add_paragraph("13000")

    back = read_back(edited(export_docx(rich), edit), rich)
    assert "小麦（亩）\t12000\t12035 13000" in back.draft.sections[2].text.split("\n")
    assert [c.kind for c in back.changes] == ["changed"]


@pytest.mark.parametrize("words", ["本文稿为人工智能生成", "人工智能辅助生成，仅供参考", "AI生成"])
def test_a_label_in_the_offices_own_words_is_no_text(rich, words):
    data = export_docx(rich, profile={"ai_label": words})
    assert read_back(data, rich).draft is rich
