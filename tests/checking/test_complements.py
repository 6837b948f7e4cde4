"""Laws of what a fact leaves to be worked out: the other state, old and new, a change."""

from hypothesis import assume, given
from hypothesis import strategies as st

from drafter.checking import Checker

STATES = (("在线", "掉线"), ("出租", "空置"), ("在岗", "缺岗"), ("完好", "损坏"), ("成活", "枯死"))

parts = st.tuples(st.integers(30, 900), st.integers(3, 800)).filter(
    lambda pair: pair[0] > pair[1] + 2 and pair[0] != 2 * pair[1]
)


def _alarms(fact: str, text: str) -> list[str]:
    found = Checker([fact, "全年召开例会12次"], [""], 2026).examine(text).findings
    return [f.text for f in found if f.severity != "hint"]


@given(parts, st.sampled_from(STATES))
def test_the_other_state_is_what_is_left(two: tuple[int, int], states: tuple[str, str]) -> None:
    (whole, part), (here, there) = two, states
    fact = f"设施{whole}处，{here}{part}处"
    assert _alarms(fact, f"设施{whole}处，其中{there}{whole - part}处。") == []
    assert _alarms(fact, f"设施{whole}处，其中{there}{whole - part + 1}处。")


@given(st.integers(20, 500), st.integers(20, 500))
def test_old_and_new_come_to_the_whole(new: int, old: int) -> None:
    assume(new != old)
    fact = f"停车位新划{new}个，老车位{old}个"
    assert _alarms(fact, f"停车位增至{new + old}个。") == []
    assert _alarms(fact, f"停车位增至{new + old + 1}个。")


@given(st.integers(2, 9), st.integers(10, 90))
def test_a_change_is_told_in_tenths_and_its_way(tenths: int, base: int) -> None:
    fact = f"食堂开支：6月{base * 10}元，7月{base * (10 - tenths)}元"
    told = "一二三四五六七八九"[tenths - 1]
    other = "一二三四五六七八九"[(tenths + 1) % 9]
    assert _alarms(fact, f"7月食堂开支降幅为{told}成。") == []
    assert _alarms(fact, f"7月食堂开支降幅为{other}成。")
