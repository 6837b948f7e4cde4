"""Pages are counted on the grid, and none of them holds a signature alone."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Draft, DraftSection
from drafter.errors import ExportError
from drafter.exporting import export_docx, load_profile, preview_pages
from drafter.exporting.flow import flow
from drafter.exporting.grid import ALL_METRICS, PLAIN, WORD, wrap
from drafter.exporting.pages import paginate, settle

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KEEP = f"{W}pPr/{W}keepNext"
PROFILE = load_profile()
FURNITURE = {"Normal", "GwAnnexNote", "GwSignature", "GwDate", "GwNote"}


def test_a_full_line_has_28_characters_and_the_first_26():
    assert [len(line) for line in wrap("国" * 60, 28.09, 26.09)] == [26, 28, 6]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("国国国国，家家", ["国国国国，", "家家"]),
        ("国国国国。”家", ["国国国", "国。”家"]),
        ("国国国（家家", ["国国国", "（家家"]),
        ("国国国2025年", ["国国国", "2025年"]),
        ("国国国——家", ["国国国", "——家"]),
        ("《国国国》家", ["《国国", "国》家"]),
    ],
)
def test_marks_and_words_keep_to_the_rules_of_line_ends(text, lines):
    assert wrap(text, 4.09, 4.09) == lines


def test_two_marks_in_a_row_are_compressed_as_word_does():
    text = "国国“国”，“国”国国国国"
    assert len(wrap(text, 10.09, 10.09, WORD)[0]) == len(wrap(text, 10.09, 10.09, PLAIN)[0]) + 1


@given(st.text(max_size=300), st.floats(1, 30), st.floats(1, 30))
def test_lines_put_together_are_the_text(text, room, first):
    assert "".join(wrap(text, room, first)) == text


def draft_of(lengths):
    paragraphs = ["全镇推进工作，" * 3 + "国" * n + "。" for n in lengths]
    section = DraftSection("工作情况", 1, "\n".join(paragraphs), marker="一、")
    return Draft("云溪镇工作总结", (section,), unit="云溪镇人民政府", issue_date="2026年1月5日")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=14))
def test_no_way_of_measuring_leaves_the_signature_alone(lengths):
    blocks = settle(flow(draft_of(lengths), PROFILE), PROFILE)
    for metrics in ALL_METRICS:
        pages = paginate(blocks, PROFILE, metrics)
        assert len(pages) == 1 or any(row.style not in FURNITURE for row in pages[-1])


def test_a_draft_whose_signature_stands_well_is_left_as_it_is():
    blocks = flow(draft_of([100]), PROFILE)
    assert settle(blocks, PROFILE) == blocks


def test_a_lonely_signature_is_mended_by_the_last_paragraph_or_the_space_of_lines():
    ways = set()
    for lines in range(8, 24):
        draft = draft_of([40] * lines)
        before = flow(draft, PROFILE)
        after = settle(before, PROFILE)
        ways |= {(b.line, b.keep_next) for a, b in zip(before, after, strict=True) if a != b}
    spaced = [
        block.line
        for length in range(420, 660, 28)
        for block in settle(flow(draft_of([length]), PROFILE), PROFILE)
        if block.line
    ]
    assert (0, True) in ways
    assert spaced
    assert all(579 < line <= 710 for line in spaced)


def test_the_last_rows_of_a_table_go_with_a_lonely_signature(checker):
    rows = "\n".join(f"村{n}\t{n}户" for n in range(3))
    kept = set()
    for length in range(300, 640, 14):
        section = DraftSection("工作情况", 1, "国" * length + "\n" + rows, marker="一、")
        paper = checker.Paper(export_docx(Draft("总结", (section,), unit="云溪镇人民政府")))
        kept.add(len([p for p in paper.main if p.in_table and p.element.find(KEEP) is not None]))
        assert list(checker.rule_elements_stand_in_the_schemas_order(paper)) == []
    assert kept == {0, 4}


def test_the_preview_shows_22_lines_a_page_and_numbers_outside(rich):
    sections = (DraftSection("工作", 1, "\n".join(["国" * 200] * 20), marker="一、"),)
    pages = preview_pages(replace(rich, sections=sections))
    assert max(len(page.lines) for page in pages) == 22
    assert [(p.number, p.number_side) for p in pages[:2]] == [(1, "right"), (2, "left")]
    assert pages[0].lines[0].align == "center"


def test_the_preview_holds_every_word(rich):
    shown = "".join(line.text for page in preview_pages(rich) for line in page.lines)
    for section in rich.sections:
        assert section.heading in shown
        assert "".join(section.text.split("\n")) in shown.replace("\n", "")


def test_an_empty_draft_has_no_preview():
    with pytest.raises(ExportError, match="无法预览"):
        preview_pages(Draft("总结", ()))
