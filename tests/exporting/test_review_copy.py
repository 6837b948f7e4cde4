"""The review copy has a comment on exactly each finding's words; the annex has each figure."""

import io
import re
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Draft, DraftSection, Evidence, Finding
from drafter.exporting import export_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def anchored(checker, data):
    """Return for each comment the text between its begin and its end."""
    paper = checker.Paper(data)
    found, open_ids = {}, set()
    for element in paper.doc.iter():
        if element.tag == f"{W}commentRangeStart":
            open_ids.add(element.get(f"{W}id"))
            found[element.get(f"{W}id")] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_ids.discard(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for number in open_ids:
                found[number] += element.text or ""
    return [found[n] for n in sorted(found, key=int)]


def test_each_finding_has_a_comment_on_exactly_its_words(rich, checker):
    said = sorted(rich.findings, key=lambda f: f.start)
    assert anchored(checker, export_docx(rich, review=True)) == [f.text for f in said]


def test_a_comment_says_message_evidence_and_suggestion(rich):
    comments = list(docx.Document(io.BytesIO(export_docx(rich, review=True))).comments)
    text = next(c.text for c in comments if "与素材不符" in c.text)
    assert "必须改正" in text
    assert "F1：排查隐患136处（应急办，安全.xlsx，第3行）" in text
    assert "建议：改为素材中的数字" in text
    assert {(c.author, c.initials) for c in comments} == {("起草助手", "起")}


def test_facts_that_were_not_used_are_listed_on_the_title(rich, checker):
    missed = rich.facts.facts[0]
    data = export_docx(replace(rich, findings=(), unused_facts=(missed.id,)), review=True)
    (comment,) = docx.Document(io.BytesIO(data)).comments
    assert "有1条素材没有写进正文" in comment.text
    assert f"{missed.id}：{missed.text}" in comment.text
    assert anchored(checker, data) == [rich.title]


def test_words_on_each_line_of_a_broken_title_are_marked_exactly(rich, checker):
    words = ("青石县", "农村人居", "专项行动", "工作情况", "总结")
    found = [(rich.text.index(word), word) for word in words]
    findings = tuple(
        Finding(start, start + len(word), word, "wrong_entity", "confirm", "请核对")
        for start, word in found
    )
    data = export_docx(replace(rich, findings=findings), review=True)
    assert anchored(checker, data) == list(words)


def test_comments_on_facts_come_when_asked(rich):
    data = export_docx(rich, review=True, profile={"comment_facts": True})
    comments = [c.text for c in docx.Document(io.BytesIO(data)).comments]
    assert len(comments) == len(rich.findings) + len(rich.evidence)
    assert any("等值" in text and "12035亩=12035亩" in text for text in comments)


def test_a_clean_copy_has_no_comments(rich, checker):
    assert "word/comments.xml" not in checker.Paper(export_docx(rich)).parts


def test_a_finding_across_paragraphs_is_one_comment(rich, checker):
    start = rich.text.index("现将云溪镇")
    finding = Finding(
        start, start + 30, rich.text[start : start + 30], "boilerplate", "hint", "套话"
    )
    data = export_docx(replace(rich, findings=(finding,)), review=True)
    assert anchored(checker, data) == [rich.text[start : start + 30].replace("\n", "")]
    assert checker.check(data) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 800), st.integers(0, 60)), max_size=12))
def test_findings_anywhere_overlapping_or_empty_are_all_anchored(rich, checker, places):
    findings = tuple(
        Finding(a, a + n, rich.text[a : a + n], "overlap", "hint", "雷同") for a, n in places
    )
    data = export_docx(replace(rich, findings=findings), review=True)
    assert checker.check(data) == []
    assert len(anchored(checker, data)) == len(findings)


def test_findings_of_a_text_edited_since_find_their_words(rich, checker):
    moved = "新加的一行\n" + rich.text
    findings = tuple(replace(f, start=f.start + 6, end=f.end + 6) for f in rich.findings)
    data = export_docx(replace(rich, text=moved, findings=findings), review=True)
    assert sorted(anchored(checker, data)) == sorted(f.text for f in rich.findings)


def test_offsets_survive_characters_that_the_export_leaves_out(checker):
    section = DraftSection("工作", 1, "完\x00成\u200b会议12次。", marker="一、")
    text = "总结\n一、工作\n完\x00成\u200b会议12次。"
    start = text.index("12次")
    finding = Finding(start, start + 3, "12次", "invented_number", "block", "无依据")
    data = export_docx(Draft("总结", (section,), text=text, findings=(finding,)), review=True)
    assert anchored(checker, data) == ["12次"]


def rows(data):
    table = docx.Document(io.BytesIO(data)).tables[-1]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_annex_leads_from_sentence_to_figure_to_fact_to_source(rich):
    found = rows(export_docx(rich, annex=True))
    assert found[0] == ["正文语句", "数字、名称", "事实", "出处"]
    assert "排查隐患136处" in found[1][0]
    assert found[1][1:] == ["136处", "F1　排查隐患136处", "应急办\n安全.xlsx\n第3行"]


def test_the_annex_is_named_under_the_text_and_numbered(rich):
    texts = [p.text for p in docx.Document(io.BytesIO(export_docx(rich, annex=True))).paragraphs]
    assert "3．数字和事实依据对照表" in texts
    assert "附件3" in texts
    alone = replace(rich, annexes=())
    texts = [p.text for p in docx.Document(io.BytesIO(export_docx(alone, annex=True))).paragraphs]
    assert "附件：数字和事实依据对照表" in texts
    assert "附件" in texts


def test_two_figures_of_one_sentence_share_its_cell(rich, checker):
    at = rich.text.index("整改131处，整改率")
    second = Evidence(at + 2, at + 6, "131处", "figure", "unsupported")
    data = export_docx(replace(rich, evidence=(*rich.evidence, second)), annex=True)
    assert [r[1] for r in rows(data)[1:3]] == ["136处", "131处"]
    assert rows(data)[2][2] == "没有对应的事实，请核实"
    assert len(checker.Paper(data).doc.findall(f".//{W}vMerge")) >= 2


def test_figures_of_one_sentence_from_one_fact_share_a_row(rich):
    at = rich.text.index("整改131处，整改率")
    second = Evidence(at + 2, at + 6, "131处", "figure", "exact", ("F1",))
    data = export_docx(replace(rich, evidence=(*rich.evidence, second)), annex=True)
    assert rows(data)[1][1] == "136处、131处"


def test_names_without_a_fact_need_no_row(rich):
    name = Evidence(0, 3, "青石县", "place", "exact")
    data = export_docx(replace(rich, evidence=(name, *rich.evidence)), annex=True)
    assert not any("青石县" in row[1] for row in rows(data))


def test_a_draft_not_examined_has_its_facts_by_section_in_the_annex(rich):
    found = rows(export_docx(replace(rich, evidence=()), annex=True))
    assert [r[2] for r in found[1:]] == [
        "F1　排查隐患136处",
        "F2　整改131处",
        "F3　小麦面积12035亩",
    ]


def test_a_draft_without_facts_has_an_annex_that_says_so(sparse):
    assert rows(export_docx(sparse, annex=True))[1][0] == "（无）"


@pytest.mark.parametrize("on", [True, False])
def test_what_is_open_is_yellow_unless_switched_off(rich, on):
    data = export_docx(rich, profile={"highlight_open": on})
    runs = [r for p in docx.Document(io.BytesIO(data)).paragraphs for r in p.runs]
    yellow = [r.text for r in runs if r.font.highlight_color]
    assert yellow == (["【待补：其余5处的整改时限】"] if on else [])
    assert re.search("待补", "".join(r.text for r in runs))
