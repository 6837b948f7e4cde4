"""Tables pasted as text: by spaces, bars, commas; what is no table stays lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.facts import parse_facts
from drafter.facts.pasted import rows_in

ROWS = (
    ("村别", "应缴（户）", "已缴（户）", "收缴率"),
    ("高坎村", "320", "288", "90%"),
    ("水磨村", "215", "215", "100%"),
    ("青杠社区", "508", "496", "97.6%"),
)
SAID = [
    "高坎村：应缴320户，已缴288户，收缴率90%",
    "水磨村：应缴215户，已缴215户，收缴率100%",
    "青杠社区：应缴508户，已缴496户，收缴率97.6%",
]


@pytest.mark.parametrize("mark", ["\t", "   ", " ", "\u3000\u3000", "|", "｜", " | ", ",", "，"])
def test_a_table_reads_alike_whatever_parts_its_cells(mark):
    pasted = "\n".join(mark.join(row) for row in ROWS)
    sheet = parse_facts(pasted)
    assert [f.text for f in sheet] == SAID
    assert [f.source.place for f in sheet] == ["第2行", "第3行", "第4行"]
    assert not sheet.not_understood


def test_a_title_and_a_measure_over_a_pasted_table_hold_for_it():
    rows = "村别  应缴  已缴\n高坎村  320  288\n水磨村  215  215"
    sheet = parse_facts(f"垃圾费收缴情况表\n单位：户\n{rows}")
    assert sheet.facts[0].text == "高坎村：应缴320户，已缴288户"
    assert [span.text for span in sheet.not_understood] == ["垃圾费收缴情况表", "单位：户"]


def test_a_pasted_total_that_is_wrong_names_its_line():
    sheet = parse_facts("甲组上报如下：\n村\t户\n高坎村\t3\n水磨村\t4\n合计\t9")
    (notice,) = [n for n in sheet.notices if n.code == "total_wrong"]
    assert "第5行" in notice.message


@pytest.mark.parametrize(
    "text",
    [
        "高坎村 改厕12户 完成9户\n水磨村 改厕8户 完成8户\n青杠社区 改厕5户 完成2户",
        "今年，修路3公里，投入20万元\n明年，修路2公里，投入15万元\n后年，修路1公里，投入8万元",
        "甲 乙\n丙 丁\n戊 己",
        "党建  学习6次\n信访  接访12批",
    ],
)
def test_lines_that_only_look_even_are_no_table(text):
    assert rows_in(list(enumerate(text.split("\n"), 1))) == {}


@given(
    st.lists(
        st.lists(st.text("村户改厕0123456789%，。| \t", max_size=12), min_size=1, max_size=4),
        max_size=6,
    ),
    st.sampled_from(["  ", " ", "|", "，", "\t"]),
)
@settings(max_examples=80, deadline=None)
def test_nothing_of_a_pasted_table_is_dropped(rows, mark):
    text = "\n".join(mark.join(row) for row in rows)
    sheet = parse_facts(text)
    kept = "".join(f.text for f in sheet) + "".join(s.text for s in sheet.not_understood)
    kept += "".join(sheet.tags) + "".join(f.section_hint for f in sheet)
    shown = "".join(line.text for line in sheet.not_understood)
    digits = {c for c in text if c.isdigit()}
    assert digits <= set(kept + shown + "".join(text[f.source.start : f.source.end] for f in sheet))


def test_a_share_of_the_task_by_another_name_is_not_asked_for_again():
    text = "村名\t计划植树\t完成\t占比\n水磨村\t2000株\t1800株\t90%\n高坎村\t500株\t480株\t96%"
    assert not [n for n in parse_facts(text).notices if n.code == "rate_missing"]
