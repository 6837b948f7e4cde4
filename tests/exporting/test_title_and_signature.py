"""Titles are broken by hand; signature and date are placed by the arithmetic of 7.3.5."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.exporting.grid import SUBSTITUTED, edges, width
from drafter.exporting.profile import Profile
from drafter.exporting.signature import place
from drafter.exporting.title import break_title


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("云溪镇2025年工作总结", ["云溪镇2025年工作总结"]),
        (
            "云溪镇人民政府关于2025年度安全生产工作情况的报告",
            ["云溪镇人民政府关于2025年度", "安全生产工作情况的报告"],
        ),
        (
            "青石县云溪镇2025年农村人居环境整治提升专项行动工作总结",
            ["青石县云溪镇2025年", "农村人居环境整治提升专项行动工作总结"],
        ),
    ],
)
def test_a_title_is_broken_where_its_sense_allows(title, lines):
    assert break_title(title) == lines


@pytest.mark.parametrize(
    "word",
    [
        "2025年度",
        "2025年上半年",
        "第三巡察组",
        "《2025年度安全生产责任书》",
        "人居环境整治",
        "工作情况",
        "“三大行动”",
    ],
)
@pytest.mark.parametrize("before", range(10, 19))
def test_words_numbers_and_titles_stay_whole(word, before):
    title = "镇" * before + word + "推进情况的总结"
    assert any(word in line for line in break_title(title))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "中共青石县云溪镇委员会青石县云溪镇人民政府关于深入开展2025年度农村人居环境"
            "整治提升和乡村建设专项行动工作情况的总结报告",
            4,
        ),
        (
            "中共青石县云溪镇委员会青石县云溪镇人民政府关于深入学习贯彻落实党的二十届三中全会精神"
            "扎实推进2025年度农村人居环境整治提升和乡村建设专项行动工作情况的总结报告",
            5,
        ),
        ("云溪镇关于学习贯彻《中华人民共和国乡村振兴促进法实施条例》情况的总结", 3),
    ],
)
def test_a_very_long_title_keeps_names_years_and_words_whole(title, lines):
    broken = break_title(title)
    assert len(broken) == lines
    words = {"云溪镇委员会", "云溪镇人民政府", "2025年度", "乡村建设", "二十届三中全会"}
    for word in [*words, "《中华人民共和国乡村振兴促进法实施条例》"]:
        assert (word in title) == any(word in line for line in broken), word
    assert not any(a.endswith("县") and b.startswith("云溪镇") for a, b in pairwise(broken))


@pytest.mark.parametrize("before", range(8, 20))
def test_title_lines_have_room_where_digits_are_wide(before):
    lines = break_title("镇" * before + "2025年1月至12月3项重点工作推进落实情况的总结")
    assert all(edges(line, SUBSTITUTED)[-1] <= 20 for line in lines)


def test_line_ends_set_by_hand_stand_if_the_lines_have_room():
    assert break_title("云溪镇\n2025年度工作总结") == ["云溪镇", "2025年度工作总结"]
    assert len(break_title("云" * 30 + "\n总结")) == 2


@given(
    st.text(
        st.sampled_from("云溪镇关于开展推进2025年度工作情况的总结和报告《方案》（试行）“三大行动”"),
        max_size=75,
    )
)
def test_a_title_is_broken_without_loss_and_fits(title):
    lines = break_title(title)
    assert "".join(lines) == title
    assert all(width(line) <= 20 for line in lines)


@given(st.text(st.sampled_from("云溪镇人民政府委员会办公室"), min_size=21, max_size=58))
def test_a_broken_title_is_a_trapezoid_or_a_diamond_where_one_can_be_had(title):
    sizes = [width(line) for line in break_title(title)]
    falls = [b < a for a, b in pairwise(sizes)]
    assert not any(a and not b for a, b in pairwise(falls))


UNITS = st.text(st.sampled_from("云溪镇人民政府"), min_size=2, max_size=20)
DATES = st.sampled_from(["2026年1月5日", "2025年12月31日"])


@given(UNITS, DATES)
def test_unsealed_the_date_begins_two_characters_behind_the_name(unit, date):
    placed = place(unit, date, Profile())
    unit_left = 28 - placed.unit_right - width(unit)
    date_left = 28 - placed.date_right - width(date)
    assert date_left - unit_left == pytest.approx(2)
    assert placed.date_right == 2 or (placed.unit_right == 2 and width(unit) >= width(date))
    assert placed.blanks == 1


@given(UNITS, DATES)
def test_sealed_the_name_stands_centred_on_the_date_four_from_the_right(unit, date):
    placed = place(unit, date, Profile(sealed=True))
    unit_centre = placed.unit_right + width(unit) / 2
    assert unit_centre == pytest.approx(placed.date_right + width(date) / 2)
    assert placed.date_right == 4 or placed.unit_right == 0


def test_a_name_wider_than_the_page_is_broken():
    placed = place("青石县云溪镇" * 5 + "人民政府", "2026年1月5日", Profile())
    assert len(placed.unit) > 1
    assert all(width(line) <= 26 for line in placed.unit)


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("云溪镇人民政府", 1),
        ("中共云溪镇委员会\n云溪镇人民政府", 2),
        ("中共云溪镇委员会、云溪镇人民政府、云溪镇人大主席团", 3),
        ("云溪镇党委、政府", 1),
    ],
)
def test_organs_that_sign_together_stand_a_line_each(unit, names):
    placed = place(unit, "2026年1月5日", Profile())
    assert len(placed.unit) == names
    assert set(placed.rights) == {placed.unit_right}


def test_organs_that_seal_together_are_centred_with_room_for_each_seal():
    placed = place("中共云溪镇委员会\n云溪镇人民政府", "2026年1月5日", Profile(sealed=True))
    centres = [r + width(line) / 2 for r, line in zip(placed.rights, placed.unit, strict=True)]
    assert centres == pytest.approx([placed.date_right + 3] * 2)
    assert (placed.between, placed.organs) == (4, (0, 1))
