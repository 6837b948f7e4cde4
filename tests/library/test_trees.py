import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Notice, Part, Sample, Section
from drafter.reading import read_text
from drafter.resources import samples_dir
from drafter.samples import Library, parse_sample
from drafter.samples.index import cached
from drafter.samples.index.trees import Trees

LINES = st.sampled_from(
    ["一、工作情况", "（一）做法。一是摸底。二是整改。", "1．登记", "走访30户。", "", "二、打算"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(LINES, max_size=8), max_size=3))
def test_a_tree_comes_back_as_it_was_parsed(tmp_path_factory, texts):
    samples = [parse_sample("\n".join(lines), str(n)) for n, lines in enumerate(texts)]
    trees = Trees(tmp_path_factory.mktemp("trees"))
    trees.extend(samples[:1])
    trees.extend(samples[1:])
    assert len(trees) == len(samples)
    for number, sample in enumerate(samples):
        assert trees.sample(number, sample.name, sample.text) == sample


def test_a_tree_made_by_hand_comes_back_too(tmp_path):
    child = Section(2, "（一）", "甲", "不在文中的正文", run_in=True, kind="glued")
    section = Section(1, "一、", "乙", "", (child,), 0, 9, 2, 3)
    notice = Notice("gap", "缺号", 1, 2, True, ("F1",), "补号")
    sample = Sample("丙", "题", (section,), (notice,), "一、乙", (Part("title", 0, 1, "题"),))
    trees = Trees(tmp_path)
    trees.extend([sample])
    assert trees.sample(0, sample.name, sample.text) == sample


def test_an_open_cache_parses_nothing_again(tmp_path, monkeypatch):
    paths = sorted(path for path in samples_dir().iterdir() if path.suffix == ".txt")[:5]
    samples = [parse_sample(read_text(path), path.stem) for path in paths]
    Library(samples, tmp_path)
    monkeypatch.setattr(cached, "parse_sample", lambda *_: pytest.fail("parsed again"))
    opened = Library.load(tmp_path)
    assert list(opened.samples) == samples
    assert opened.retrieve("存在问题", 1)[0].section.heading
