from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.comparing.density import CommonPhrases, figures_per_1000, sentence_kinds
from drafter.comparing.overlaps import overlaps

SHARED = "镇党委把群众反映的事项逐条登记"
SAMPLES = [f"{SHARED}，{place}先行办理。" for place in ("东村", "西村", "南村")]


def test_a_clause_that_three_samples_share_is_a_common_phrase():
    text = f"{SHARED}，{'另行安排' * 4}"
    expected = (len(SHARED) + 1) / len(text)
    assert CommonPhrases(SAMPLES).share(text) == expected
    assert CommonPhrases(SAMPLES[:2]).share(text) == 0


def test_a_phrase_of_the_lexicon_is_boilerplate_without_any_sample():
    assert CommonPhrases().share("高度重视，精心组织") > 0.8
    assert CommonPhrases().share("修通机耕路三公里") == 0


@settings(max_examples=40, deadline=None)
@given(st.text("镇党委高度重视，。甲 \n", max_size=60))
def test_shares_lie_between_none_and_all(text):
    assert 0 <= CommonPhrases([text] * 3).share(text) <= 1


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["修路3公里。", "走访群众。", "化解纠纷12件。"]), min_size=1, max_size=9
    )
)
def test_density_does_not_depend_on_length(sentences):
    text = "".join(sentences)
    assert abs(figures_per_1000(text) - figures_per_1000(text * 3)) < 1e-9


def test_figures_are_counted_in_a_thousand_written_characters():
    assert figures_per_1000("修路3公里" + "　" * 90) == 1000 / 5
    assert figures_per_1000("") == 0


def test_each_sentence_is_common_copied_fact_or_own():
    copied = "护林员老周每天沿着北坡巡查两遍并记入台账。"
    samples = {str(n): sample for n, sample in enumerate(SAMPLES)} | {"邻镇": copied}
    text = f"{SHARED}。{copied}我镇修通机耕路3公里。干群同心把事办好。"
    kinds = sentence_kinds(text, overlaps(text, samples), CommonPhrases(samples.values()))
    assert [(kind.kind, kind.sample) for kind in kinds] == [
        ("common", ""),
        ("near_copy", "邻镇"),
        ("fact", ""),
        ("own", ""),
    ]
    assert all(text[kind.start : kind.end] == kind.text for kind in kinds)
