"""Other programs call with whatever they have; each gets a result or one clear line."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drafter

LINES = ["中心组学习11次", "排查隐患97处，整改97处", "问题：年轻干部不会做群众工作"]
SAMPLE = "某镇总结\n一、学习情况\n今年以来，我镇深入学习，组织学习12次。\n"
SHEET = drafter.parse_facts("\n".join(LINES), "青石镇", "2025年")
LIBRARY = drafter.Library([SAMPLE])
OUTLINE = drafter.make_outline(SHEET, LIBRARY, "一、学习情况\n二、安全情况")
DRAFT = drafter.write(SHEET, OUTLINE, LIBRARY)
PLACES = {
    "read_text path": drafter.read_text,
    "read_facts path": drafter.read_facts,
    "parse_sample text": drafter.parse_sample,
    "parse_sample name": lambda odd: drafter.parse_sample(SAMPLE, odd),
    "parse_facts text": drafter.parse_facts,
    "parse_facts unit": lambda odd: drafter.parse_facts(LINES[0], odd),
    "parse_facts period": lambda odd: drafter.parse_facts(LINES[0], "", odd),
    "Library samples": lambda odd: len(drafter.Library(odd)),
    "Library.open folder": lambda odd: len(drafter.Library.open(odd)),
    "retrieve query": LIBRARY.retrieve,
    "retrieve k": lambda odd: LIBRARY.retrieve("学习", odd),
    "overlaps text": LIBRARY.overlaps,
    "overlaps min_run": lambda odd: LIBRARY.overlaps(SAMPLE, odd),
    "overlaps allow": lambda odd: LIBRARY.overlaps(SAMPLE, 13, odd),
    "make_outline facts": lambda odd: drafter.make_outline(odd, LIBRARY),
    "make_outline library": lambda odd: drafter.make_outline(SHEET, odd),
    "make_outline tasks": lambda odd: drafter.make_outline(SHEET, LIBRARY, odd),
    "write facts": lambda odd: drafter.write(odd, OUTLINE, LIBRARY),
    "write outline": lambda odd: drafter.write(SHEET, odd, LIBRARY),
    "write library": lambda odd: drafter.write(SHEET, OUTLINE, odd),
    "write year": lambda odd: drafter.write(SHEET, OUTLINE, LIBRARY, year=odd),
    "write last_year": lambda odd: drafter.write(SHEET, OUTLINE, LIBRARY, last_year=odd),
    "check text": lambda odd: drafter.check(odd, SHEET),
    "check facts": lambda odd: drafter.check("学习12次。", odd),
    "check samples": lambda odd: drafter.check("学习12次。", SHEET, odd),
    "check year": lambda odd: drafter.check("学习12次。", SHEET, (), odd),
    "overlap_matrix texts": drafter.overlap_matrix,
    "overlap_matrix min_run": lambda odd: drafter.overlap_matrix({"a": SAMPLE}, odd),
    "export_docx draft": drafter.export_docx,
}
ODD = [
    None, "", "   ", "a\0b", "\ud800", "字" * 3000, b"bytes", 0, -1, 10**9, 2.5, True,
    [], [""], [None], [7], {}, {"甲": None}, {"甲": SAMPLE}, {1}, object(), ".",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_an_odd_argument_is_used_or_refused_in_one_chinese_line(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for odd in ODD:
        try:
            PLACES[place](odd)
        except drafter.DrafterError as error:
            said = str(error)
            assert "\n" not in said, (odd, said)
            assert re.search("[\u4e00-\u9fff]", said), (odd, said)


def test_facts_may_be_lines_or_one_text_everywhere():
    text = "排查隐患79处。"
    for facts in (LINES, tuple(LINES), "\n".join(LINES)):
        assert [finding.text for finding in drafter.check(text, facts)] == ["79处"]
        outline = drafter.make_outline(facts, LIBRARY, ["学习情况", "安全情况"])
        assert [section.heading for section in outline.sections][:2] == ["学习情况", "安全情况"]
        assert "学习11次" in drafter.write(facts, outline, LIBRARY).text


def test_a_sheets_facts_are_as_good_as_the_sheet():
    text = "排查隐患79处。"
    assert drafter.check(text, SHEET.facts) == drafter.check(text, SHEET)


def test_samples_may_be_one_text_many_or_a_library():
    text = "今年以来，我镇深入学习，组织学习12次。"
    one = drafter.parse_sample(SAMPLE)
    given_as = (SAMPLE, [SAMPLE], one, (one,), drafter.Library([SAMPLE]))
    found = [drafter.check(text, LINES, samples) for samples in given_as]
    assert all([f.label for f in findings] == [f.label for f in found[0]] for findings in found)
    assert all(len(drafter.Library(samples)) == 1 for samples in given_as)


def test_samples_are_taken_one_by_one():
    taken = []

    def samples():
        for number in range(3):
            taken.append(number)
            yield SAMPLE
        yield None

    with pytest.raises(drafter.DrafterError):
        drafter.Library(samples())
    assert taken == [0, 1, 2]


def test_a_year_may_be_written_out():
    assert drafter.parse_facts("学习11次", "青石镇", 2025).period == "2025年"
    stale = "扎实推进“两学一做”学习教育。"
    said = [drafter.check(stale, LINES, (), year) for year in (2025, "2025", "2025年")]
    assert said[0] == said[1] == said[2]


@settings(max_examples=30)
@given(st.text(st.characters(codec=None, categories=["Cs", "Lo", "Nd", "Po"]), max_size=40))
def test_half_characters_stop_nothing_and_move_no_offset(text):
    for fact in drafter.parse_facts(text):
        assert 0 <= fact.source.start <= fact.source.end <= len(text)
    for finding in drafter.check(text, LINES):
        assert 0 <= finding.start <= finding.end <= len(text)
