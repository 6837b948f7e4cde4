"""A word that draws two of a fact together (雨污 of 污水、雨水) is no other thing."""

import pytest

from drafter.checking import Checker


@pytest.mark.parametrize(
    ("facts", "draft"),
    [
        (["污水管网 5.4公里，雨水管网 3.1公里"], "铺设雨污管网8.5公里。"),
        (["干渠 12公里，支渠 8公里"], "整修干支渠20公里。"),
    ],
)
def test_two_things_drawn_together_raise_no_alarm(facts, draft):
    found = Checker(facts, [], 2026).examine(draft).findings
    assert [f.text for f in found if f.severity != "hint"] == []


def test_a_thing_that_shares_no_ending_is_another_thing():
    found = Checker(["安装燃气报警器 96只"], [], 2026).examine("安装烟感报警器96只。").findings
    assert [f.label for f in found] == ["wrong_entity"]
