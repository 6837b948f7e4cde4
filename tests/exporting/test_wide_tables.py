"""Wide tables lie across (clause 8); long ones repeat their head and part no row."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.domain import Draft, DraftSection
from drafter.exporting import export_docx, export_text, load_profile, preview_pages, read_back
from drafter.exporting.flow import flow
from drafter.exporting.landscape import turned
from drafter.exporting.tables import column_widths, is_wide, row_lines

PROFILE = load_profile()
WIDTH = PROFILE.width
ROWS = "\n".join("\t".join(f"第{c}项指标完成{r}万元" for c in range(10)) for r in range(12))


def draft_of(*bodies):
    sections = tuple(
        DraftSection(f"第{mark}项工作", 1, body, marker=f"{mark}、")
        for mark, body in zip("一二三四五", bodies, strict=False)
    )
    return Draft("云溪镇工作总结", sections, unit="云溪镇人民政府", issue_date="2026年1月5日")


def across(draft):
    return [b for b in turned(flow(draft, PROFILE), PROFILE) if b.across]


def test_a_wide_table_lies_across_under_its_heading(checker):
    draft = draft_of("完成任务。", ROWS, "继续努力。")
    assert [b.text or "table" for b in across(draft)] == ["二、第二项工作", "table"]
    data = export_docx(draft)
    assert checker.check(data) == []
    assert read_back(data, draft).draft is draft


def test_a_narrow_table_stays_upright():
    assert across(draft_of("完成任务。", "指标\t目标\t完成\n小麦\t120\t130", "继续努力。")) == []


def test_a_table_that_opens_the_text_stays_upright_since_the_first_page_must_show_text():
    assert across(draft_of(ROWS, "继续努力。")) == []


def test_a_table_that_closes_the_text_stays_upright_so_that_no_signature_stands_alone():
    assert across(draft_of("完成任务。", ROWS)) == []


def test_two_wide_tables_in_a_row_lie_across_both(checker):
    draft = draft_of("完成任务。", ROWS, ROWS, "继续努力。")
    assert sum(bool(b.rows) for b in across(draft)) == 2
    assert checker.check(export_docx(draft)) == []


@pytest.mark.parametrize("kind", ["outside", "centre", "plain-centre", "none"])
def test_pages_across_have_the_number_that_the_profile_asks(kind, checker):
    profile = {"page_number": kind}
    data = export_docx(draft_of("完成任务。", ROWS, "继续努力。"), profile=profile)
    paper = checker.Paper(data)
    assert list(checker.rule_package_is_whole(paper)) == []
    wanted = {"outside": 2, "none": 0}.get(kind, 1)
    assert sum(name in paper.parts for name in ("word/footer3.xml", "word/footer4.xml")) == wanted


def test_a_paper_without_wide_tables_has_no_turned_footers(rich, checker):
    assert "word/footer3.xml" not in checker.Paper(export_docx(rich)).parts


def test_the_preview_gives_a_wide_table_pages_of_its_own():
    pages = preview_pages(draft_of("完成任务。", ROWS, "继续努力。"))
    tables = [page for page in pages if any("\t" in line.text for line in page.lines)]
    words = "".join(line.text for page in tables for line in page.lines)
    assert "完成任务。" not in words
    assert "继续努力。" not in words


def test_the_other_forms_know_no_pages(wide):
    assert "\n\n\n" not in export_text(wide)


CELLS = st.text(st.sampled_from("镇村1230亩万元项目"), max_size=30)
TABLES = st.integers(1, 8).flatmap(
    lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=6)
)


@given(TABLES)
def test_columns_fill_the_block_and_none_vanishes(rows):
    widths = column_widths(rows, WIDTH)
    assert sum(widths) == WIDTH
    assert min(widths) > 200


@given(TABLES)
def test_a_short_column_is_on_one_line_whatever_the_others_hold(rows):
    rows = [["序号", *row] for row in rows]
    widths = column_widths(rows, WIDTH)
    assert widths[0] >= 2 * 240 + 216 or is_wide(rows, WIDTH)


def test_a_row_taller_than_a_page_may_part_and_no_other(checker):
    long = "全镇推进各项工作。" * 150
    draft = draft_of(f"完成任务。\n项目\t说明\n甲\t{long}\n乙\t完成", "继续努力。")
    assert row_lines([["甲", long], ["乙", "完成"]], WIDTH)[1] == 1
    rows = list(checker.Paper(export_docx(draft)).body.iter(f"{checker.W}tr"))
    whole = [r.find(f"{checker.W}trPr/{checker.W}cantSplit") is not None for r in rows]
    assert whole == [True, False, True]


def test_a_first_row_that_fills_a_page_is_not_repeated(checker):
    for words, repeated in (("全镇推进各项工作。" * 150, False), ("全镇推进各项工作。" * 20, True)):
        draft = draft_of(f"完成任务。\n甲\t{words}\n乙\t完成", "继续努力。")
        table = next(checker.Paper(export_docx(draft)).body.iter(f"{checker.W}tbl"))
        heads = table.findall(f"{checker.W}tr/{checker.W}trPr/{checker.W}tblHeader")
        assert len(heads) == repeated


def test_the_evidence_table_parts_rows_too_tall_for_a_page(rich, checker):
    fact = replace(rich.facts.facts[0], text="全镇推进各项工作" * 200)
    facts = replace(rich.facts, facts=(fact, *rich.facts.facts[1:]))
    data = export_docx(replace(rich, facts=facts), annex=True)
    table = list(checker.Paper(data).body.iter(f"{checker.W}tbl"))[-1]
    rows = [
        r.find(f"{checker.W}trPr/{checker.W}cantSplit") is None
        for r in table.iter(f"{checker.W}tr")
    ]
    assert rows[:2] == [False, True]
