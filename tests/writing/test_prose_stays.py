"""What is written well already stays: the samples' sentences are no clerk's notes."""

import re

import pytest

from drafter.public import Library
from drafter.resources import samples_dir
from drafter.writing.shorthand import to_sentence
from drafter.writing.words import cuts_a_word

_LAYOUT = re.compile(r"[：*X．]|^\W*(?:\d+|[一二三四五六七八九十]+)[.、）]")
MOST_CHANGED = 0.05  # of the samples' clauses: here and there they say 已经 or 还有 themselves


def words(text):
    return re.sub(r"[^\w%]", "", text)


@pytest.fixture(scope="module")
def clauses():
    texts = (sample.text for sample in Library.open(samples_dir()).samples)
    parts = (part.strip() for text in texts for part in re.split("[。；！？\n]", text))
    return sorted({part for part in parts if len(part) > 8 and not _LAYOUT.search(part)})


def test_the_prose_of_the_samples_keeps_its_words(clauses):
    changed = [c for c in clauses if words(to_sentence(c)) != words(c)]
    assert len(clauses) > 500
    assert len(changed) <= MOST_CHANGED * len(clauses), changed[:20]


def test_the_figures_of_the_samples_stay_in_their_order(clauses):
    figures = re.compile(r"\d+(?:\.\d+)?")
    assert [c for c in clauses if figures.findall(to_sentence(c)) != figures.findall(c)] == []


@pytest.mark.parametrize(
    ("text", "spoken", "cut"),
    [
        ("父老乡亲更加幸福", "老乡", True),
        ("开春以来修渠", "来修", True),
        ("装备库房维修", "装", True),
        ("取号机修好了", "修好", False),
        ("在村里开现场会", "开", False),
        ("换软管", "换", False),
    ],
)
def test_a_spoken_word_inside_a_longer_one_is_another_word(text, spoken, cut):
    at = text.index(spoken)
    assert cuts_a_word(text, at, at + len(spoken)) is cut
