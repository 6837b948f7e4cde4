"""Laws of things told in each other's places, without a figure beside them."""

from hypothesis import given
from hypothesis import strategies as st

from drafter.checking import Checker

VILLAGES = ("张家湾村", "李家坪村", "双河口村", "白鹭洲村", "石门坎村")
DEEDS = ("春耕备耕", "秋收冬种", "林下养殖", "河道保洁", "庭院绿化")

pairs = st.tuples(
    st.permutations(VILLAGES).map(lambda names: names[:2]),
    st.permutations(DEEDS).map(lambda deeds: deeds[:2]),
)


def _alarms(fact: str, text: str) -> list[str]:
    found = Checker([fact], [""], 2026).examine(text).findings
    return [f.text for f in found if f.severity != "hint"]


@given(pairs)
def test_each_village_keeps_its_deed(two: tuple[list[str], list[str]]) -> None:
    (one, other), (first, second) = two
    fact = f"{one}抓好{first}，{other}牵头{second}"
    assert _alarms(fact, f"{one}把{first}抓得早，{other}把{second}牵得牢。") == []
    assert _alarms(fact, f"{other}牵头{second}，{one}抓好{first}。") == []


@given(pairs)
def test_deeds_changed_round_are_found(two: tuple[list[str], list[str]]) -> None:
    (one, other), (first, second) = two
    fact = f"{one}抓好{first}，{other}牵头{second}"
    assert _alarms(fact, f"{one}把{second}抓得早，{other}把{first}牵得牢。")
