"""An office's own .docx takes the paper with every option, keeps its things, and is measured."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from drafter.domain import DraftSection
from drafter.exporting import export_docx, export_revision, fill_template, read_back
from drafter.exporting.package import Paper, Properties
from drafter.exporting.profile import load_profile
from drafter.exporting.template import fill_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def template(edit=lambda d: None):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "云溪镇人民政府文件"
    edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opened(data):
    return docx.Document(io.BytesIO(data))


def names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def words(data):
    return [p.text.replace("\n", "") for p in opened(data).paragraphs if p.text]


@pytest.mark.parametrize(
    "options", [{}, {"review": True}, {"annex": True}, {"review": True, "annex": True}]
)
def test_a_template_holds_the_same_words_as_the_papers_own_page(rich, options):
    filled = export_docx(rich, **options, template=template())
    assert words(filled) == words(export_docx(rich, **options))
    assert read_back(filled, rich).draft is rich


def test_the_review_copy_in_a_template_has_a_comment_on_each_finding(rich):
    data = export_docx(rich, review=True, template=template())
    comments = list(opened(data).comments)
    assert len(comments) == len(rich.findings)
    assert any("与素材不符" in c.text for c in comments)


def test_comments_of_a_template_stay_where_their_words_stay_and_go_where_they_go(rich):
    def edit(document):
        kept = document.add_paragraph("抄送：县委办")
        gone = document.add_paragraph("【正文】")
        document.add_comment(kept.runs, text="抄送单位请核对", author="王主任")
        document.add_comment(gone.runs, text="这里填正文", author="王主任")

    data = export_docx(rich, review=True, template=template(edit))
    comments = {c.comment_id: c.text for c in opened(data).comments}
    assert "抄送单位请核对" in comments.values()
    assert "这里填正文" not in comments.values()
    assert len(comments) == len(rich.findings) + 1
    marks = opened(data).element.body.iter(f"{W}commentReference")
    assert {int(e.get(f"{W}id")) for e in marks} == set(comments)


def test_a_revision_goes_into_a_template_too(rich):
    section = replace(rich.sections[3], text=rich.sections[3].text.replace("136处", "1360处"))
    new = replace(rich, sections=(*rich.sections[:3], section, *rich.sections[4:]))
    data = export_revision(rich, new, template=template())
    kinds = [opened(data).element.body.findall(f".//{W}{kind}") for kind in ("ins", "del")]
    assert all(kinds)
    assert read_back(data, new).changes == ()
    assert opened(data).sections[0].header.paragraphs[0].text == "云溪镇人民政府文件"


def test_a_wide_table_turns_the_templates_own_page(wide):
    sections = opened(export_docx(wide, template=template())).sections
    assert [s.orientation for s in sections] == [0, 1, 0]
    upright, turned, last = sections
    assert (turned.page_width, turned.page_height) == (upright.page_height, upright.page_width)
    assert (turned.top_margin, turned.left_margin) == (upright.left_margin, upright.bottom_margin)
    assert last.header.paragraphs[0].text == "云溪镇人民政府文件"
    assert upright.header.paragraphs[0].text == "云溪镇人民政府文件"


def test_a_template_may_say_where_in_a_cell_and_keeps_the_rest(wide):
    def edit(document):
        table = document.add_table(2, 1)
        table.cell(0, 0).text = "云溪镇工作专报"
        table.cell(1, 0).text = "【正文】"

    document = opened(export_docx(wide, template=template(edit)))
    cell = document.tables[0].cell(1, 0)
    assert cell.paragraphs[0].style.name == "Title"
    assert document.tables[0].cell(0, 0).text == "云溪镇工作专报"
    assert len(document.sections) == 1


def test_tables_and_signature_keep_to_the_templates_own_width(rich):
    def edit(document):
        section = document.sections[0]
        section.left_margin = section.right_margin = docx.shared.Mm(40)

    document = opened(export_docx(rich, template=template(edit)))
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    widths = [int(c.get(f"{W}w")) for c in document.tables[0]._tbl.tblGrid]
    assert sum(widths) * 635 == pytest.approx(room, abs=1500)


def test_a_title_is_broken_for_the_templates_own_size_of_title(rich):
    def edit(document):
        document.styles["Title"].font.size = docx.shared.Pt(30)

    lines = opened(export_docx(rich, template=template(edit))).paragraphs[0].text.split("\n")
    assert len(lines) == 3
    assert max(map(len, lines)) * 30 <= 432  # points between the margins


def test_the_file_says_what_it_is_now_and_nothing_of_the_templates_past(rich):
    def edit(document):
        document.core_properties.title = "关于某某的通知"
        document.core_properties.author = "张三"

    core = opened(export_docx(rich, template=template(edit))).core_properties
    assert (core.title, core.author) == (rich.title, rich.unit)


def test_the_same_template_gives_the_same_bytes(wide):
    file = template()
    options = {"review": True, "annex": True, "template": file}
    assert export_docx(wide, **options) == export_docx(wide, **options)


def test_no_part_and_no_relation_is_left_dangling(wide):
    data = export_docx(wide, review=True, annex=True, template=template())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        known = set(archive.namelist())
        assert len(known) == len(archive.namelist())
        relations = archive.read("word/_rels/document.xml.rels").decode()
        ids = re.findall(r'Id="([^"]+)"', relations)
        assert len(ids) == len(set(ids))
        types = archive.read("[Content_Types].xml").decode()
        for target in re.findall(r'Target="([^"]+\.xml)"', relations):
            assert f"word/{target}" in known or target.startswith("../")
        for part in re.findall(r'PartName="/([^"]+)"', types):
            assert part in known
        used = set(re.findall(r'r:id="([^"]+)"', archive.read("word/document.xml").decode()))
        assert used <= set(ids)


def test_a_page_without_numbers_is_listed_as_a_deviation(rich):
    whats = [d.what for d in fill_template(rich, template()).deviations]
    assert "页码" in whats
    assert "页码" not in [d.what for d in fill_template(rich, export_docx(rich)).deviations]


def test_the_papers_own_export_as_a_template_deviates_in_nothing(rich):
    filled = fill_template(rich, export_docx(rich), review=True, annex=True)
    assert filled.deviations == ()


def test_a_draft_without_text_fits_a_template_too(sparse):
    empty = replace(sparse, sections=(DraftSection("", 1, ""),))
    assert words(export_docx(empty, template=template()))[0] == "工作总结"


def lines_of(exact=None, grid=None, size=16, spaced=0):
    def edit(document):
        normal = document.styles["Normal"]
        normal.font.size = Pt(size)
        normal.paragraph_format.space_after = Pt(0)
        if exact:
            normal.paragraph_format.line_spacing = Pt(exact)
        if spaced:
            normal.element.rPr.append(OxmlElement("w:spacing"))
            normal.element.rPr[-1].set(f"{W}val", str(spaced))
        section = document.sections[0]
        section.page_height, section.page_width = Mm(297), Mm(210)
        section.top_margin = section.bottom_margin = Mm(37)
        for found in section._sectPr.findall(f"{W}docGrid"):
            section._sectPr.remove(found)
        if grid:
            section._sectPr.append(OxmlElement("w:docGrid"))
            section._sectPr[-1].set(f"{W}type", "lines")
            section._sectPr[-1].set(f"{W}linePitch", str(grid))

    return template(edit)


@pytest.mark.parametrize(
    ("asked", "pitch", "character"),
    [
        ({"exact": 28}, 560, 320),
        ({"exact": 30, "spaced": -6}, 600, 314),
        ({"exact": 20, "size": 12}, 400, 240),
        ({"grid": 579}, 579, 320),
        ({"grid": 312}, 624, 320),
    ],
)
def test_pages_are_counted_by_the_templates_own_lines(asked, pitch, character):
    seen = []

    def compose(profile):
        seen.append(profile)
        return Paper((), Properties("总结", "", "", "2025-01-01T00:00:00Z"))

    fill_in(compose, lines_of(**asked), load_profile())
    (profile,) = seen
    assert profile.line_pitch == pytest.approx(pitch, rel=0.1)
    assert profile.pitch == character
    assert dict(profile.spaces)["Heading1"] == 480
    assert "GwBody" not in dict(profile.spaces)


@pytest.mark.parametrize("exact", [24, 28, 33])
def test_no_length_of_text_leaves_the_signature_alone_in_a_template(sparse, exact):
    page = int((297 - 74) * 56.7) // (exact * 20)
    data = lines_of(exact=exact)
    kept = []
    for count in range(page - 9, page + 1):
        text = "\n".join(f"第{n}件事办好了。" for n in range(count))
        draft = replace(sparse, sections=(DraftSection("办实事", 1, text),), text="")
        last = [p for p in opened(export_docx(draft, template=data)).paragraphs if p.text][-3]
        spaced = last.paragraph_format.line_spacing not in (None, Pt(exact))
        kept.append(bool(last.paragraph_format.keep_with_next) or spaced)
    assert any(kept)
    assert not kept[0]
