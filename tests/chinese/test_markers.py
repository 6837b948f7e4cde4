"""Markers: shape, level, ordinal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.markers import find_marker, level_of, numeral, ordinal, render_marker


@given(st.integers(1, 99))
def test_an_ordinal_written_is_read_back(number):
    assert ordinal(numeral(number)) == number
    assert ordinal(str(number)) == number


@given(st.integers(1, 5), st.integers(1, 99), st.sampled_from(["", "  ", "　　"]))
def test_a_marker_rendered_is_found_with_its_level_and_number(level, number, indent):
    marker = render_marker(level, number)
    found = find_marker(indent + marker + "加强组织领导")
    assert (found.level, found.text, found.number) == (level, marker, number)
    assert (found.start, found.end) == (len(indent), len(indent) + len(marker))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、工作开展情况", 1),
        ("（十二）加强党建", 2),
        ("(三）混用括号", 2),
        ("1．夯实基础", 3),
        ("3、夯实基础", 3),
        ("（2）压实责任", 4),
        ("①压实责任", 4),
        ("2）压实责任", 4),
        ("⑵压实责任", 4),
        ("⒉夯实基础", 3),
        ("㈡加强党建", 2),
        ("十五是强化保障。", 5),
        ("第一，提高站位。", 5),
        ("首先，提高站位。", 5),
        ("其次,提高站位。", 5),
    ],
)
def test_each_form_has_its_level(text, level):
    assert level_of(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "一心一意谋发展",
        "（点）",
        "2022年工作",
        "1.5万人参加",
        "全镇上下",
        "第一产业",
        "",
        "一要素市场",
        "是",
    ],
)
def test_what_only_looks_like_a_marker_is_none(text):
    assert find_marker(text) is None
