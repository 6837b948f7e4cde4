"""What a section is for is read from its heading."""

import pytest

from drafter.samples.functions import section_function


@pytest.mark.parametrize(
    ("heading", "function"),
    [
        ("存在问题", "problems"),
        ("存在的主要问题和不足", "problems"),
        ("短板不足", "problems"),
        ("困难和问题", "problems"),
        ("面临的困难挑战", "problems"),
        ("发挥先进典型引领作用还需进一步加强", "problems"),
        ("干部能力不足", "problems"),
        ("下一步工作打算", "plan"),
        ("下步打算", "plan"),
        ("今后安排", "plan"),
        ("2025年工作思路", "plan"),
        ("2025年重点工作", "plan"),
        ("整改措施", "plan"),
        ("往后怎么干", "plan"),
        ("后续工作安排", "plan"),
        ("短板弱项", "problems"),
        ("补短板强弱项", "work"),
        ("工作开展情况", "work"),
        ("“庸、散、怕”作风问题排查整改情况", "work"),
        ("补齐民生短板", "work"),
        ("困难群众帮扶", "work"),
        ("2024年工作回顾", "work"),
        ("总体情况", "opening"),
        ("结语", "closing"),
    ],
)
def test_a_heading_tells_what_its_section_is_for(heading, function):
    assert section_function(heading) == function


def test_without_a_heading_the_first_words_decide():
    assert section_function("", "总之，全镇工作有序推进。") == "closing"
    assert section_function("", "全镇工作有序推进。") == "work"
