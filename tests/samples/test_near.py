"""One sample is looked at beside a library that is not gone through for it."""

import pytest

from drafter.resources import samples_dir
from drafter.samples.hygiene import hygiene, hygiene_of
from drafter.samples.library import Library
from drafter.samples.parse import parse_sample

PATHS = sorted(samples_dir().glob("*.txt"))[:8]
SAMPLES = [parse_sample(path.read_text(encoding="utf-8"), path.stem) for path in PATHS]


@pytest.fixture(params=["memory", "cache"])
def library(request, tmp_path):
    return Library(SAMPLES, tmp_path if request.param == "cache" else None)


def test_a_copy_is_found_by_the_name_of_what_it_repeats(library):
    assert library.near(SAMPLES[2].text) == [(SAMPLES[2].name, 1.0)]


def test_half_of_a_sample_is_a_near_copy_and_a_paragraph_is_none(library):
    text = SAMPLES[3].text
    assert [name for name, _ in library.near(text[: len(text) // 2])] == [SAMPLES[3].name]
    others = "".join(sample.text[:120] for sample in SAMPLES)
    assert library.near(others) == []


def test_a_share_is_that_of_the_shorter_text(library):
    long = SAMPLES[0].text + SAMPLES[4].text + SAMPLES[5].text
    assert {name for name, share in library.near(long) if share == 1.0} == {
        SAMPLES[i].name for i in (0, 4, 5)
    }


def test_the_report_on_one_sample_is_that_of_the_whole_corpus(library):
    copy = parse_sample(SAMPLES[6].text.replace("12", "13"), "副本")
    whole = hygiene([*SAMPLES, copy]).samples[-1]
    alone = hygiene_of(copy, library.near(copy.text))
    assert [w.code for w in alone.warnings] == [w.code for w in whole.warnings]
    assert alone.sections == whole.sections
    assert SAMPLES[6].name in alone.warnings[-1].message


def test_no_sample_is_parsed_for_it(library, monkeypatch):
    def fail(*_):
        raise AssertionError("a sample was read")

    monkeypatch.setattr(library._stock, "sample", fail)
    assert library.near(SAMPLES[1].text)[0][0] == SAMPLES[1].name
