import pickle
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.comparing import covered, overlap_matrix, overlaps, standing_wording
from drafter.domain import Sample
from drafter.samples.index.runs import Allowed, RunIndex, search

SHORT = st.text("甲乙", max_size=24)
TEXTS = st.text("甲乙丙", max_size=60)


def by_brute_force(text, samples, min_run):
    """Try every stretch of the text: the definition, written out."""
    found = set()
    for name, sample in samples.items():
        for start in range(len(text)):
            for end in range(start + min_run, len(text) + 1):
                run = text[start:end]
                longer = {text[max(start - 1, 0) : end], text[start : end + 1]} - {run}
                if run in sample and not any(more in sample for more in longer):
                    found.add((start, end, name, sample.find(run)))
    return found


def places(found):
    return {(one.start, one.end, one.sample, one.sample_start) for one in found}


@settings(max_examples=60, deadline=None)
@given(SHORT, SHORT, SHORT, st.integers(2, 5))
def test_the_fast_result_is_the_brute_force_result(text, first, second, min_run):
    samples = {"一": first, "二": second}
    assert places(overlaps(text, samples, min_run)) == by_brute_force(text, samples, min_run)


@settings(max_examples=60, deadline=None)
@given(SHORT, SHORT, st.integers(2, 5))
def test_a_repetitive_text_is_searched_to_the_same_result(text, sample, min_run):
    searched = {(run.start, run.end, "一", run.place) for run in search(text, sample, 0, min_run)}
    assert searched == by_brute_force(text, {"一": sample}, min_run)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=13, max_size=200))
def test_a_text_overlaps_itself_as_a_whole(text):
    [whole] = overlaps(text, {"一": text})
    assert (whole.start, whole.end, whole.text, whole.sample_start) == (0, len(text), text, 0)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_every_overlap_stands_at_both_its_places(text, sample):
    for one in overlaps(text, {"一": sample}, 4):
        assert text[one.start : one.end] == one.text
        assert sample[one.sample_start : one.sample_start + len(one.text)] == one.text


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 40))
def test_a_foreign_character_splits_a_run(place):
    text = "".join(chr(0x4E00 + number) for number in range(40))
    found = overlaps(text[:place] + "Ω" + text[place:], {"一": text})
    wanted = [part for part in (text[:place], text[place:]) if len(part) >= 13]
    assert [one.text for one in found] == wanted


def test_a_run_of_thirteen_counts_and_one_of_twelve_does_not():
    text = "坚持问题导向逐村逐户摸清底数"
    assert [one.text for one in overlaps(text[:13], {"一": f"前{text[:13]}后"})] == [text[:13]]
    assert overlaps(text[:12], {"一": f"前{text[:12]}后"}) == []


def test_each_sample_gives_its_own_longest_run():
    text = "逐村逐户摸清底数并建立台账实行销号管理"
    found = overlaps(text, {"短": text[:14], "长": f"我镇{text}"})
    assert [(one.sample, one.text) for one in found] == [("长", text), ("短", text[:14])]


def test_white_space_and_punctuation_count_as_they_stand():
    assert overlaps("逐村逐户摸清底数 并建立台账", {"一": "逐村逐户摸清底数并建立台账"}) == []


def test_samples_may_be_records_or_strings_and_keep_their_names():
    text = "逐村逐户摸清底数并建立台账"
    sample = Sample(name="邻镇", title="", sections=(), text=text)
    found = overlaps(text, [sample, text, sample])
    assert [one.sample for one in found] == ["邻镇", "样本2", "邻镇（3）"]


def test_a_run_wholly_in_allowed_wording_is_dropped():
    phrase = "以习近平新时代中国特色社会主义思想为指导"
    text = f"一年来，{phrase}，"
    assert overlaps(text, {"一": phrase})
    assert overlaps(text, {"一": phrase}, allow=[phrase]) == []
    assert overlaps(text, {"一": phrase}, allow=[f"上级文件：{phrase}，全面落实。"]) == []


def test_a_run_with_enough_characters_outside_of_allowed_wording_stays_whole():
    phrase = "以习近平新时代中国特色社会主义思想为指导"
    own = "逐村逐户摸清底数并建立台账"
    text = phrase + own
    assert [one.text for one in overlaps(text, {"一": text}, allow=[phrase])] == [text]
    assert overlaps(text[:-1], {"一": text}, allow=[phrase]) == []


def test_the_wording_of_party_and_law_is_no_copying_for_who_asks_so():
    formula = "坚持以习近平新时代中国特色社会主义思想为指导，深刻领悟“两个确立”的决定性意义，"
    copied = "逐村逐户摸清底数并建立台账按月更新"
    sample = f"{formula}{copied}。"
    allow = standing_wording()
    assert overlaps(formula, [sample])
    assert overlaps(formula, [sample], allow=allow) == []
    assert [one.text for one in overlaps(f"{copied}，", [sample], allow=allow)] == [copied]


def test_a_short_phrase_is_allowed_wherever_it_stands():
    text = "扎实推进乡村振兴工作扎实推进乡村振兴工作"
    assert overlaps(text, {"一": text}, allow=["扎实推进", "乡村振兴"]) == []


def test_a_run_may_be_no_shorter_than_two():
    with pytest.raises(ValueError, match="min_run"):
        overlaps("甲", {"一": "甲"}, 1)


def test_hostile_repetition_is_answered_in_bounded_time():
    began = time.perf_counter()
    [run] = overlaps("一" * 20_000, {"一": "一" * 30_000})
    assert (run.start, run.end) == (0, 20_000)
    assert time.perf_counter() - began < 10


def test_a_text_with_a_long_ruled_line_keeps_its_other_runs():
    text = "逐村逐户摸清底数并建立台账"
    assert [one.text for one in overlaps(text, {"一": "－" * 2_000 + text})] == [text]


def test_an_index_takes_another_text_without_a_rebuild():
    index = RunIndex(["甲乙丙丁"], 4)
    index.add("戊己庚辛")
    assert [run.where for run in index.find("戊己庚辛甲乙丙丁")] == [1, 0]


def test_covered_counts_a_character_once():
    text = "".join(chr(0x4E00 + number) for number in range(30))
    found = overlaps(text, {"一": text[:20], "二": text[10:]})
    assert covered(found) == 30


def test_the_matrix_puts_the_most_alike_first_and_measures_the_shorter():
    common = "逐村逐户摸清底数并建立台账实行销号管理"
    texts = {"甲镇": common + "丙" * 19, "乙镇": common, "丙镇": "与众不同" * 8}
    matrix = overlap_matrix(texts)
    [pair] = matrix.pairs
    assert (pair.a, pair.b, pair.share) == ("乙镇", "甲镇", 1.0)
    assert [(run.text, run.sample) for run in pair.runs] == [(common, "甲镇")]


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_the_matrix_agrees_with_comparing_two_by_two(bodies):
    texts = {str(number): body for number, body in enumerate(bodies)}
    for pair in overlap_matrix(texts, 4).pairs:
        assert len(texts[pair.a]) <= len(texts[pair.b])
        assert list(pair.runs) == overlaps(texts[pair.a], {pair.b: texts[pair.b]}, 4)
        assert pair.share == covered(pair.runs) / len(texts[pair.a])


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_a_pair_is_missing_only_where_nothing_is_shared(bodies):
    texts = {str(number): body for number, body in enumerate(bodies)}
    sharing = {frozenset((pair.a, pair.b)) for pair in overlap_matrix(texts, 4).pairs}
    for a, b in combinations(texts, 2):
        assert frozenset((a, b)) in sharing or not overlaps(texts[a], {b: texts[b]}, 4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("甲乙丙丁", max_size=40), min_size=2, max_size=5), st.data())
def test_only_the_pairs_asked_for_are_compared(bodies, data):
    texts = {str(number): body for number, body in enumerate(bodies)}
    every = [tuple(sorted(pair)) for pair in combinations(texts, 2)]
    asked = data.draw(st.lists(st.sampled_from(every), unique=True))
    whole = overlap_matrix(texts, 3).pairs
    found = overlap_matrix(texts, 3, pairs=asked).pairs
    assert list(found) == [one for one in whole if tuple(sorted((one.a, one.b))) in asked]


def test_allowed_wording_does_not_count_in_the_matrix():
    phrase = "以习近平新时代中国特色社会主义思想为指导"
    texts = {"甲镇": f"甲{phrase}", "乙镇": f"乙{phrase}"}
    assert overlap_matrix(texts).pairs
    assert overlap_matrix(texts, allow=[phrase]).pairs == ()


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4), st.text("甲乙丙", min_size=2, max_size=6))
def test_shares_in_the_matrix_leave_allowed_wording_out(bodies, phrase):
    texts = {str(number): body for number, body in enumerate(bodies)}
    for pair in overlap_matrix(texts, 4, [phrase]).pairs:
        text = texts[pair.a]
        runs = overlaps(text, {pair.b: texts[pair.b]}, 4, [phrase])
        marks = Allowed([phrase], 4).marks(text)
        assert list(pair.runs) == runs != []
        assert pair.share == covered(runs, marks) / len(text)


def test_a_pair_is_sent_to_another_process_with_its_runs():
    texts = {"甲镇": "逐村逐户摸清底数并建立台账", "乙镇": "我镇逐村逐户摸清底数并建立台账"}
    [pair] = overlap_matrix(texts).pairs
    assert pickle.loads(pickle.dumps(pair)).runs == pair.runs
    with pytest.raises(AttributeError):
        pair.nothing  # noqa: B018


def test_whole_copies_are_compared_in_linear_time():
    began = time.perf_counter()
    text = "".join(chr(0x4E00 + n * 7 % 5000) for n in range(5_000))
    matrix = overlap_matrix({str(number): text for number in range(40)})
    assert len(matrix.pairs) == 40 * 39 / 2
    assert {pair.share for pair in matrix.pairs} == {1.0}
    assert time.perf_counter() - began < 20


def test_a_run_longer_than_the_texts_is_found_nowhere_and_costs_nothing():
    texts = {
        "甲": "中心组学习十一次，参学一百三十二人次。",
        "乙": "中心组学习十一次，参学一百三十二人次。",
    }
    assert overlap_matrix(texts, 10**9).pairs == ()
    assert overlap_matrix(texts, len(texts["甲"])).pairs[0].share == 1
