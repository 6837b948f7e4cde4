"""Text that nobody means is read in time linear in its length, and breaks nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.dates import find_dates
from drafter.chinese.entities import find_entities
from drafter.chinese.normalise import clean, normalise
from drafter.chinese.numerals import parse_number
from drafter.chinese.quantities import find_figures
from drafter.facts import parse_facts

PIECES = [
    "A",
    "1",
    "一",
    "《",
    "（",
    "“",
    "1，",
    "2026年",
    "至1",
    "共1",
    "；",
    "村",
    "镇长王",
    "1.",
    "A-1",
    "【",
    "@",
    "\t",
    "|",
]
READERS = [find_figures, find_dates, find_entities, parse_facts]


@pytest.mark.parametrize("piece", PIECES)
def test_one_piece_repeated_is_read_in_linear_time(piece):
    text = piece * (8000 // len(piece))
    start = time.process_time()
    for read in READERS:
        read(text)
    assert time.process_time() - start < 6, "a second and a half is usual on a busy machine"


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_can_be_read(text):
    for read in (*READERS, clean, normalise, parse_number):
        read(text)


def test_a_numeral_longer_than_any_sum_is_no_number():
    assert parse_number("9" * 5000) is None
    assert parse_number("一" * 5000) is None
