import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.samples.index.runs import RunIndex
from drafter.samples.index.table import RunTable

PIECES = ["甲", "乙", "丙丙", "甲乙丙丁戊己庚", "辛壬癸子丑寅", "丁戊己庚辛壬癸"]
TEXT = st.text("甲乙丙", max_size=50) | st.lists(st.sampled_from(PIECES)).map("".join)


@settings(max_examples=100, deadline=None)
@given(TEXT, st.lists(TEXT, max_size=5), st.integers(2, 14), st.booleans())
def test_the_table_finds_what_the_index_finds(draft, texts, min_run, compact):
    expected = RunIndex(texts, min_run).find(draft)
    table = RunTable.build(texts, min_run, compact)
    assert table.find(draft) == expected
    wanted = np.arange(len(texts)) < 2
    assert table.runs(draft, wanted).where.tolist() == sorted(
        r.where for r in expected if r.where < 2
    )


def test_a_saved_table_is_opened_as_it_was(tmp_path):
    texts = [
        "逐村逐户摸清底数并建立台账",
        "𠀀" * 3 + "每季上墙公示账目清单并逐条答复",
        "－" * 2_000,
    ]
    RunTable.build(texts).save(tmp_path / "runs")
    loaded = RunTable.load(tmp_path / "runs", texts)
    for text in texts:
        assert loaded.find(text) == RunIndex(texts).find(text) != []


def test_a_table_of_nothing_finds_nothing():
    assert RunTable.build([]).find("逐村逐户摸清底数并建立台账") == []
