from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.comparing.near import containment, near_copies
from drafter.comparing.overlaps import overlaps

OLD = "组织党员干部逐户走访困难家庭，把反映的急事难事列成清单逐项办结。"
REWORDED = "组织机关干部逐户走访困难群众，把反映的急难事列出清单逐一办结。"


def test_a_reworded_sentence_is_a_near_copy_though_no_run_is_long_enough():
    assert overlaps(REWORDED, {"邻镇": OLD}) == []
    [found] = near_copies(
        REWORDED, {"别镇": "全年造林三千亩，新修机耕路十二公里。", "邻镇": OLD}, 0.4
    )
    assert (found.sample, found.sample_text, found.text) == ("邻镇", OLD, REWORDED)


def test_a_sentence_on_the_same_matter_is_none():
    assert near_copies("困难群众的急难愁盼有人管、有回音，满意度逐年上升。", {"邻镇": OLD}) == []


@settings(max_examples=40, deadline=None)
@given(st.text("甲乙丙丁戊己庚辛", min_size=15, max_size=40))
def test_a_sentence_is_wholly_like_itself(text):
    [found] = near_copies(f"{text}。", {"一": f"前文。{text}。"})
    assert found.likeness == 1
    assert found.sample_start == 3


@settings(max_examples=40, deadline=None)
@given(st.text("甲乙丙", max_size=20), st.text("甲乙丙", max_size=20))
def test_containment_is_a_share(one, other):
    assert 0 <= containment(one, other) <= 1
    assert containment(one, one + other) in (0.0, 1.0)
