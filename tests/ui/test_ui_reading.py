"""The marked text: only what is marked is an element, and a very long section stays small."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Evidence, Fact, FactSheet, OutlineSection
from drafter.store import Entry, Version, encode
from drafter.ui.reading import MOST_MARKS, Reading, provenance
from drafter.ui.words import words
from drafter.ui.work.sections import KIND, Extra, SectionView

W = words("zh")
SHEET = FactSheet((Fact("F1", "检查商户143家次"),))


def view_of(text, locked=()):
    data = encode(Extra(locked=locked))
    version = Version(1, 0, text, data, "hand", "甲", "", "2026-01-05T20:00:00+00:00")
    return SectionView("s1", "一、", OutlineSection("守牢安全"), Entry(KIND, "s1", version))


def plain(html):
    """What a person reads in the marked text itself."""
    from html import unescape

    body = html[html.index('class="marked"') :].partition(">")[2]
    return unescape(re.sub(r"<button.*?</button>|<[^>]*>", "", body))


def sourced(text):
    return tuple(
        Evidence(m.start(), m.end(), m.group(), "figure", "exact", ("F1",))
        for m in re.finditer(r"\d+", text)
    )


@given(
    st.text(alphabet="检查1423家。；<&\n户", max_size=200),
    st.builds(Reading, st.booleans(), st.booleans(), st.booleans()),
)
@settings(max_examples=60, deadline=None)
def test_no_character_of_the_text_is_lost_or_added_however_it_is_read(text, reading):
    if text:
        html = provenance(view_of(text), sourced(text), (), SHEET, W, reading)
        assert plain(html) == text


def test_a_sentence_is_no_element_until_somebody_asks_for_colours_or_locks():
    text = "检查商户143家次。落实责任。"
    still = provenance(view_of(text), sourced(text), (), SHEET, W)
    assert still.count("<mark") == still.count('class="m-') == 7  # one, and six of the legend
    assert 'class="sentence' not in still
    assert 'class="lock"' not in still
    coloured = provenance(view_of(text), sourced(text), (), SHEET, W, Reading(sentences=True))
    assert 'class="sentence fact"' in coloured
    assert 'class="sentence phrase"' in coloured
    locks = provenance(view_of(text), sourced(text), (), SHEET, W, Reading(locks=True))
    assert locks.count('class="lock"') == 2


def test_a_locked_sentence_shows_its_lock_always():
    text = "检查商户143家次。落实责任。"
    html = provenance(view_of(text, ("落实责任。",)), (), (), SHEET, W)
    assert html.count('class="lock"') == 1
    assert "sentence locked" in html


@pytest.mark.parametrize("count", [MOST_MARKS, MOST_MARKS + 1, 2000])
def test_a_very_long_section_is_marked_in_part_and_wholly_when_asked(count):
    text = "完成143件。" * count
    html = provenance(view_of(text), sourced(text), (), SHEET, W)
    assert html.count('class="m-fact"') == MOST_MARKS + 1
    assert ('data-do="read:every"' in html) == (count > MOST_MARKS)
    coloured = provenance(view_of(text), sourced(text), (), SHEET, W, Reading(sentences=True))
    assert coloured.count('class="sentence fact"') == count  # what is not marked is borne out too
    every = provenance(view_of(text), sourced(text), (), SHEET, W, Reading(every=True))
    assert every.count('class="m-fact"') == count + 1


def test_what_needs_a_look_is_marked_wherever_it_stands():
    from drafter.domain import Finding
    from drafter.ui.work.whole import Marked

    text = "完成143件。" * 1000 + "完成999件。"
    at = text.index("999")
    finding = Finding(at, at + 3, "999", "invented_number", "block", "没有依据")
    html = provenance(view_of(text), sourced(text), [Marked("s1", "k", finding)], SHEET, W)
    assert 'class="m-bad" data-tip="没有依据"' in html


def test_a_page_keeps_how_its_clerk_reads_from_section_to_section(bench, written, desk_at):
    from drafter.ui.orders import command

    desk = desk_at(bench, written)
    shown = command(desk, "1|read:locks", desk.view.text)
    assert 'class="lock"' in shown["provenance"]
    other = command(desk_at(bench, written, "s1", 1), "2|section:next", desk.view.text)
    assert 'class="lock"' in other["provenance"]
    elsewhere = command(desk_at(bench, written, page="p2"), "1|section:next", "")
    assert 'class="lock"' not in elsewhere["provenance"]
