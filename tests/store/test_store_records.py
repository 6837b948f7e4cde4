"""Records survive JSON: decode(encode(x)) == x."""

import dataclasses
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import domain
from drafter.errors import StoreError
from drafter.store import decode, encode

text = st.text(st.characters(), max_size=8)
number = st.decimals(allow_nan=False, allow_infinity=False)
section = st.deferred(
    lambda: st.builds(
        domain.Section,
        st.integers(1, 5),
        text,
        text,
        text,
        children=st.lists(section, max_size=1).map(tuple),
    )
)
skeleton = st.builds(domain.Skeleton, level=st.integers(1, 5), heading=text)
exemplar = st.builds(
    domain.Exemplar, text.map(domain.SampleName), section, st.floats(0, 1), skeleton
)
outline = st.builds(
    domain.Outline,
    title=text,
    sections=st.lists(
        st.builds(
            domain.OutlineSection,
            heading=text,
            fact_ids=st.lists(text, max_size=2).map(tuple),
            reasons=st.dictionaries(text, text, max_size=2),
            exemplars=st.lists(exemplar, max_size=1).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)
figure = st.builds(
    domain.Figure, st.integers(), st.integers(), text, number, number, text, text,
    st.sampled_from(get_args(domain.Approximation)),
)  # fmt: skip
fact = st.builds(
    domain.Fact,
    id=text,
    text=text,
    figures=st.lists(figure, max_size=2).map(tuple),
    dates=st.lists(
        st.builds(
            domain.DateMention, st.just(0), st.just(1), text, text, st.none() | st.integers()
        ),
        max_size=1,
    ).map(tuple),
    state=st.sampled_from(get_args(domain.State)),
    internal=st.booleans(),
)
sheet = st.builds(domain.FactSheet, st.lists(fact, max_size=3).map(tuple), text, text)
draft = st.builds(
    domain.Draft,
    title=text,
    sections=st.lists(
        st.builds(domain.DraftSection, text, st.integers(1, 4), text), max_size=2
    ).map(tuple),
    facts=sheet,
)


@settings(max_examples=60, deadline=None)
@given(outline | sheet | draft)
def test_a_record_reads_back_equal(record):
    assert decode(type(record), encode(record)) == record


@given(exemplar)
@settings(max_examples=20, deadline=None)
def test_a_sample_name_stays_a_sample_name(record):
    again = decode(domain.Exemplar, encode(record))
    assert again.sample.name == record.sample.name


def test_a_field_that_old_json_lacks_takes_its_default():
    assert decode(domain.Fact, '{"id":"F1","text":"x"}') == domain.Fact("F1", "x")


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", '{"id":1,"text":"x"}', '{"id":"F1","text":"x","new":1}', "null"]
)
def test_damaged_json_is_one_clear_error_and_never_a_smaller_record(damaged):
    with pytest.raises(StoreError, match="读不出来"):
        decode(domain.Fact, damaged)


def test_a_type_that_cannot_be_kept_is_refused_when_saving():
    @dataclasses.dataclass
    class Odd:
        thing: object

    with pytest.raises(StoreError):
        encode(Odd(object()))


def test_decimals_keep_their_digits():
    assert encode(Decimal("2.730")) == '"2.730"'
