"""The comparable form of a text keeps the way back to the original."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from drafter.chinese.normalise import clean, fold, normalise

TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("０１２％～—-“”「」『』　\u200b\u202e㎡㎞①⑵ⅣABab，。；、一二三万亿\r\n\t"),
        st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF),
    ),
    max_size=60,
)


@given(TEXT)
@settings(max_examples=150, deadline=None)
def test_every_character_of_the_normal_form_comes_from_one_place_in_order(text):
    form = normalise(text)
    offsets = [form.offset(i) for i in range(len(form.text))]
    assert offsets == sorted(offsets)
    assert all(0 <= at < len(text) for at in offsets)
    assert form.offset(len(form.text)) == len(text)


@given(TEXT)
@settings(max_examples=150, deadline=None)
def test_a_stretch_maps_back_to_the_characters_that_make_it(text):
    form = normalise(text)
    for at, char in enumerate(form.text):
        start, end = form.span(at, at + 1)
        assert end == start + 1
        assert char in normalise(text[start:end]).text


@given(TEXT)
@settings(max_examples=100, deadline=None)
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text).text
    assert normalise(once).text == once


@given(TEXT)
@settings(max_examples=150, deadline=None)
@example("甲\x00乙\ud800丙\u202e丁\r\n戊\ufeff")
def test_a_cleaned_text_can_be_written_and_is_clean(text):
    once = clean(text)
    once.encode("utf-8")
    assert clean(once) == once
    assert not any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in once)
    assert "\r" not in once


@given(TEXT)
@settings(max_examples=100, deadline=None)
def test_folding_moves_no_character(text):
    assert len(fold(text)) == len(text)


def test_forms_that_clerks_type_become_one():
    assert normalise("１２．５％").text == "12.5%"
    assert normalise("「我为群众办实事」").text == "“我为群众办实事”"
    assert normalise("30－50万元").text == "30-50万元"
    assert normalise("3㎡").text == "3m²"


def test_marks_that_carry_structure_stay():
    assert normalise("①学习；（二）整改，完成。").text == "①学习；（二）整改，完成。"


def test_hidden_characters_in_a_figure_are_looked_through():
    form = normalise("排查1\u200b2\u202e8处")
    assert form.text == "排查128处"
    assert form.span(2, 6) == (2, 8)
