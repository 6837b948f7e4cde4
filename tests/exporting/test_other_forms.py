"""Text, Markdown, HTML, PDF, an office's template, the public version: the same words."""

import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from pypdf import PdfReader

from drafter import printing
from drafter.domain import Draft, DraftSection, Evidence, Fact, FactSheet, Figure, Notice, Point
from drafter.errors import ExportError, HostileFile, UnreadableFile
from drafter.exporting import (
    export_docx,
    export_html,
    export_markdown,
    export_text,
    fill_template,
    measure,
    public_version,
)

HOSTILE = Draft(
    "总结<script>alert(1)</script>",
    (
        DraftSection(
            "工作",
            1,
            "# 标题\n- 项\n*重点* [链接](javascript:x) <img src=x onerror=y>\n1. 条",
            marker="一、",
        ),
    ),
)
FORMS = [export_text, export_markdown, export_html]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_an_empty_draft_is_refused(form):
    with pytest.raises(ExportError, match="没有栏目"):
        form(Draft("总结", ()))


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags = "", []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.found += data


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_every_word(form, rich):
    text = form(rich)
    if form is export_html:
        parser = Words()
        parser.feed(text)
        text = parser.found
    squeezed = re.sub(r"[\s\\|#-]", "", text)
    for section in rich.sections:
        for line in [section.heading, *section.text.split("\n")]:
            assert re.sub(r"[\s#-]", "", line) in squeezed
    for part in (rich.unit, rich.issue_date, rich.addressee, *rich.annexes):
        assert part in text.replace("\n", "")


def test_markup_in_a_draft_is_text_in_html():
    parser = Words()
    parser.feed(export_html(HOSTILE))
    assert not {"script", "img", "a"} & set(parser.tags)
    assert "<script>alert(1)</script>" in parser.found


def test_html_loads_nothing_from_elsewhere(rich):
    assert not re.search(r"(?:src|href)=|url\(|@import", export_html(rich))


def test_markup_in_a_draft_is_text_in_markdown():
    lines = export_markdown(HOSTILE).split("\n")
    assert r"\# 标题" in lines
    assert r"\- 项" in lines
    assert r"#### 1\. 条" in lines
    assert r"\*重点\* \[链接\](javascript:x) \<img src=x onerror=y\>" in lines


def test_headings_of_markdown_follow_the_levels(rich):
    lines = export_markdown(rich).split("\n")
    assert "## 一、主要工作开展情况" in lines
    assert "### （一）压实安全生产责任" in lines
    assert "| 小麦（亩） | 12000 | 12035 |" in lines


# ------------------------------------------------------------------ PDF


def test_a_machine_without_libreoffice_is_told_what_to_do(monkeypatch, rich):
    monkeypatch.setattr(printing, "printer", lambda: "")
    with pytest.raises(ExportError, match="没有安装 LibreOffice"):
        printing.to_pdf(export_docx(rich))


def test_a_printer_that_fails_or_hangs_is_told_in_one_line(monkeypatch, tmp_path):
    for script, said in (
        ("exit 3", "运行出错"),
        ("exit 0", "没有生成"),
        ("exec sleep 5", "没有完成"),
    ):
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(printing, "printer", lambda program=program: str(program))
        with pytest.raises(ExportError, match=said):
            printing.to_pdf(b"", timeout=0.5)


@pytest.mark.skipif(not printing.printer(), reason="LibreOffice is not installed")
def test_a_paper_is_printed_to_pdf(sparse):
    reader = PdfReader(io.BytesIO(printing.to_pdf(export_docx(sparse))))
    assert len(reader.pages) == 1
    assert "工作情况" in reader.pages[0].extract_text()


# ------------------------------------------------------------------ an office's own template


def template(edit=lambda d: None):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "云溪镇人民政府文件"
    edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_papers_own_export_deviates_in_nothing(rich):
    assert measure(export_docx(rich)) == []


def test_a_template_keeps_its_page_and_header_and_its_deviations_are_listed(rich):
    filled = fill_template(rich, template())
    document = docx.Document(io.BytesIO(filled.data))
    assert document.sections[0].header.paragraphs[0].text == "云溪镇人民政府文件"
    assert document.paragraphs[0].style.name == "Title"
    said = {d.what: (d.found, d.wanted) for d in filled.deviations}
    assert said["纸宽"] == ("215.9毫米", "210.0毫米")
    assert said["一级标题字号（半磅）"] == ("28", "32")
    assert "5.2.1" in str(next(d for d in filled.deviations if d.what.startswith("天头")))


def custom_names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return re.findall(
            'pid="([0-9]+)" name="([^"]+)"', archive.read("docProps/custom.xml").decode()
        )


def test_a_filled_template_bears_the_label_once(rich):
    once = fill_template(rich, template()).data
    assert custom_names(once) == [("2", "AIGC")]
    assert custom_names(fill_template(rich, once).data) == [("2", "AIGC")]
    assert docx.Document(io.BytesIO(once)).paragraphs[-1].text.startswith("（本文稿由人工智能")


def test_no_second_copy_of_the_styles_contradicts_the_added_ones(rich):
    with zipfile.ZipFile(io.BytesIO(fill_template(rich, template()).data)) as archive:
        assert "word/stylesWithEffects.xml" not in archive.namelist()
        for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
            assert b"stylesWithEffects" not in archive.read(name)


def test_the_paper_goes_where_the_template_says(rich):
    def edit(document):
        for text in ("红色版头", "【正文】", "抄送：县委办"):
            document.add_paragraph(text)

    texts = [
        p.text
        for p in docx.Document(io.BytesIO(fill_template(rich, template(edit)).data)).paragraphs
    ]
    assert (texts[0], texts[-1]) == ("红色版头", "抄送：县委办")
    assert texts[1].replace("\n", "") == rich.title


def test_styles_of_the_template_are_kept_and_missing_ones_added(rich):
    def edit(document):
        document.styles["Heading 1"].font.name = "隶书"

    styles = docx.Document(io.BytesIO(fill_template(rich, template(edit)).data)).styles
    assert styles["Heading 1"].font.name == "隶书"
    assert styles["公文正文"].base_style.name == "Normal"


def repacked(data, name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            if info.filename != name:
                target.writestr(info, source.read(info))
        target.writestr(name, content)
    return out.getvalue()


def test_templates_with_macros_or_outside_parts_are_refused(rich):
    relation = (
        '<Relationships><Relationship Target="http://x/" TargetMode="External"/></Relationships>'
    )
    with pytest.raises(HostileFile, match="宏"):
        fill_template(rich, repacked(template(), "word/vbaProject.bin", b"x"))
    with pytest.raises(HostileFile, match="以外"):
        fill_template(rich, repacked(template(), "word/_rels/settings.xml.rels", relation))
    with pytest.raises(UnreadableFile, match="模板"):
        fill_template(rich, b"no zip")


# ------------------------------------------------------------------ 公开版


def figure(text, whole, unit):
    at = whole.index(text)
    return Figure(at, at + len(text), text, 0, 0, unit, f"count:{unit}")


def twin(**fields):
    secret = "给予党纪处分3人"
    facts = FactSheet(
        (
            Fact("F1", "排查隐患136处", (figure("136处", "排查隐患136处", "处"),)),
            Fact("F2", secret, (figure("3人", secret, "人"),), internal=True),
            Fact("F3", "信访积案化解工作由专班包保办理", internal=True),
        )
    )
    points = (
        Point("一是排查隐患136处。全年给予党纪处分3人，警示作用明显。", ("F1", "F2")),
        Point("二是信访积案由专班包保化解办理。", ("F3",)),
        Point("三是总结提升。"),
    )
    text = "\n".join(point.text for point in points)
    section = DraftSection("工作情况", 1, text, ("F1", "F2", "F3"), "一、", points)
    other = DraftSection("下一步打算", 1, "继续努力。", marker="二、")
    return Draft("总结", (section, other), facts=facts, unused_facts=("F3",), **fields)


def test_what_rests_on_internal_facts_is_withheld_and_the_rest_is_identical():
    public = public_version(twin())
    assert public.sections[0].text == "一是排查隐患136处。\n三是总结提升。"
    assert public.sections[1] == twin().sections[1]
    assert (
        public.text
        == "总结\n一、工作情况\n一是排查隐患136处。\n三是总结提升。\n二、下一步打算\n继续努力。"
    )


def test_no_internal_fact_leaves_by_annex_points_or_lists():
    public = public_version(twin())
    told = repr(public) + export_text(public)
    assert "处分" not in told
    assert "信访" not in told
    assert [f.id for f in public.facts] == ["F1"]
    assert public.unused_facts == ()


def test_a_notice_names_the_section_that_lost_something():
    assert [n.code for n in public_version(twin()).notices] == ["withheld"]
    assert "工作情况" in public_version(twin()).notices[0].message


def test_a_notice_that_tells_of_an_internal_fact_stays_inside():
    notices = (Notice("conflict", "F2与F9对不上", fact_ids=("F2", "F9")), Notice("short", "偏短"))
    public = public_version(replace(twin(), notices=notices))
    assert [n.code for n in public.notices] == ["short", "withheld"]


def test_a_heading_that_says_an_internal_fact_is_a_blocking_notice():
    draft = twin()
    section = replace(draft.sections[0], heading="给予党纪处分3人")
    public = public_version(replace(draft, sections=(section, draft.sections[1])))
    assert any(n.blocking and "另拟" in n.message for n in public.notices)
    assert public.sections[0].heading == "【待补：公开版标题】"


def test_evidence_decides_where_the_words_do_not():
    draft = twin()
    body = "一是全年有关处理均已落实到位。"
    section = replace(draft.sections[0], text=body + "\n三是总结提升。", points=())
    text = f"总结\n一、工作情况\n{body}\n三是总结提升。\n二、下一步打算\n继续努力。"
    at = text.index("有关处理")
    evidence = (Evidence(at, at + 4, "有关处理", "state", "exact", ("F2",)),)
    draft = replace(draft, sections=(section, draft.sections[1]), text=text, evidence=evidence)
    facts = replace(draft.facts, facts=draft.facts.facts[:2])
    assert public_version(replace(draft, facts=facts)).sections[0].text == "三是总结提升。"


def test_a_point_whose_internal_fact_cannot_be_told_apart_goes_whole():
    draft = twin()
    points = (Point("一是各项纪律要求落到实处。", ("F1", "F2")), Point("三是总结提升。"))
    text = "\n".join(p.text for p in points)
    section = replace(draft.sections[0], text=text, points=points, fact_ids=("F1", "F2"))
    assert public_version(replace(draft, sections=(section,))).sections[0].text == "三是总结提升。"


def test_without_internal_facts_the_public_version_is_the_draft(rich):
    assert public_version(rich) is rich
