"""Laws of figures that account for one another: none of them may stand in another's place."""

from hypothesis import assume, given
from hypothesis import strategies as st

from drafter.checking import Checker

whole_and_part = st.tuples(st.integers(20, 900), st.integers(5, 800)).filter(
    lambda pair: pair[0] > pair[1] + 3 and pair[0] != 2 * pair[1]
)


def alarms(facts, text):
    return Checker([facts, "会议 全年12次"], (), 2026).examine(text).findings


@given(whole_and_part)
def test_a_whole_its_part_and_the_rest_have_their_places(pair):
    whole, part = pair
    rest = whole - part
    facts = f"排查隐患 {whole}处，整改 {part}处，剩{rest}处"
    assert not alarms(facts, f"排查隐患{whole}处，整改{part}处，其余{rest}处正在整改。")
    assert alarms(facts, f"排查隐患{rest}处，整改{part}处，其余{whole}处正在整改。")
    assert alarms(facts, f"排查隐患{part}处，整改{whole}处，其余{rest}处正在整改。")
    assert alarms(facts, f"排查隐患{whole}处，整改{rest}处，其余{part}处正在整改。")


@given(whole_and_part)
def test_a_change_goes_from_the_first_to_the_second(pair):
    before, now = pair
    assume(before - now != now)
    facts = f"报表由 {before}张 减至 {now}张"
    assert not alarms(facts, f"报表由{before}张减至{now}张，压减{before - now}张。")
    assert alarms(facts, f"报表由{before}张减至{before - now}张，压减{now}张。")
    assert alarms(facts, f"报表由{now}张减至{before}张，压减{before - now}张。")


@given(st.integers(11, 400), st.integers(11, 400))
def test_a_sum_stands_last_where_it_is_told_so(one, other):
    assume(one != other)
    facts = f"新建助餐点{one}个、改造{other}个"
    total = one + other
    assert not alarms(facts, f"新建助餐点{one}个、改造{other}个，合计{total}个。")
    assert alarms(facts, f"新建助餐点{total}个、改造{other}个，合计{one}个。")
