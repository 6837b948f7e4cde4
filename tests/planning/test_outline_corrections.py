"""What was corrected is not drafted: only the corrected value comes under a heading."""

from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.writing import write

NOTES = "民政办：临时救助86人次，发放12.9万元\n高龄津贴发放312人\n更正：临时救助应为89人次"


def test_an_outline_holds_the_correction_and_not_what_it_replaced():
    sheet = parse_facts(NOTES, "云渡镇", "2026年")
    outline = make_outline(sheet, None, "民政救助")
    placed = {i for section in outline.sections for i in section.fact_ids} | set(outline.unplaced)
    assert placed == {"F2", "F3"}


def test_a_draft_gives_the_corrected_value_with_all_that_stood_beside_the_old_one():
    sheet = parse_facts(NOTES, "云渡镇", "2026年")
    text = write(sheet, make_outline(sheet, None, "民政救助"), ()).text
    assert "89人次" in text
    assert "12.9万元" in text
    assert "86人次" not in text
