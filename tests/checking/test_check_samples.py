"""Whole samples: against their own sentences only masks, against others every specific."""

import random
import re
from pathlib import Path

import pytest

from drafter.checking import Checker
from drafter.chinese.quantities import find_figures
from drafter.chinese.sentences import split_sentences
from drafter.resources import samples_dir

FORM = {"placeholder", "numbering"}
TEXTS = sorted(samples_dir().glob("*.txt"))
SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))


def own_sentences(text):
    return [sentence.text for sentence in split_sentences(text)]


def alarms(text):
    found = Checker(own_sentences(text)).examine(text).findings
    return [f for f in found if f.label not in FORM and f.severity != "hint"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_sample_against_its_own_sentences_has_only_masks(path):
    assert alarms(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_against_its_own_sentences_has_only_masks(path):
    assert alarms(path.read_text("utf-8")) == []


def test_the_seeds_are_there_or_their_law_was_skipped():
    if not SEEDS:
        pytest.skip("no folder shared/seeds beside the project")
    assert len(SEEDS) == 2


def test_a_seed_against_the_other_has_no_source_for_its_figures_dates_and_titles():
    if not SEEDS:
        pytest.skip("no folder shared/seeds beside the project")
    texts = [path.read_text("utf-8") for path in SEEDS]
    for draft, other in (texts, texts[::-1]):
        evidence = Checker(own_sentences(other), (), 2021).examine(draft).evidence
        specific = [e for e in evidence if e.kind in ("figure", "date", "title")]
        sourced = [e.text for e in specific if e.relation in ("exact", "equal", "approximate")]
        assert sourced == []


def test_a_sample_against_facts_of_another_kind_leaks_in_every_figure_of_weight():
    draft = TEXTS[0].read_text("utf-8")
    report = Checker(["召开动员会", "印发通知"], [draft]).examine(draft)
    spans = [(f.start, f.end) for f in report.findings]
    weighty = [f for f in find_figures(draft) if f.low >= 10 and not f.unit.startswith("岁")]
    missed = [f.text for f in weighty if not any(s < f.end and f.start < e for s, e in spans)]
    assert missed == []


def test_names_titles_and_slogans_of_a_sample_are_said_to_be_its():
    donor = (
        "雁溪镇党委书记杜云舟深入鹤鸣村调研，印发《雁溪镇作风整顿实施方案》，开展“晨钟行动”，"
        "排查隐患310余处，全力打造丘陵生态经济先行区。"
    )
    draft = (
        "镇党委书记杜云舟到鹤鸣村调研，印发《雁溪镇作风整顿实施方案》，全面开展晨钟行动，"
        "排查隐患三百一十余处，打造丘陵生态经济先行区。"
    )
    found = Checker(["排查隐患", "开展调研"], [donor], 2026).examine(draft).findings
    assert {f.label for f in found} == {"leaked_from_sample"}
    assert {f.sample for f in found} == {"样本1"}
    texts = " ".join(f.text for f in found)
    for term in (
        "杜云舟",
        "鹤鸣村",
        "《雁溪镇作风整顿实施方案》",
        "晨钟行动",
        "三百一十余处",
        "先行区",
    ):
        assert term in texts


def test_what_the_facts_hold_too_is_no_leak():
    donor = "雁溪镇开展“晨钟行动”，排查隐患310余处。"
    facts = ["雁溪镇开展“晨钟行动”", "排查隐患310余处"]
    assert (
        Checker(facts, [donor], 2026).examine("雁溪镇开展“晨钟行动”，排查隐患310余处。").findings
        == ()
    )


# --------------------------------------------------------------------------- laws over real text


def clauses(text):
    return [m.group() for m in re.finditer(r"[^，。；\n]+", text) if m.group().strip()]


@pytest.mark.parametrize("path", TEXTS[::2], ids=lambda path: path.stem)
def test_a_sample_against_its_own_clauses_one_a_fact_raises_no_alarm(path):
    text = path.read_text("utf-8")
    found = Checker(clauses(text)).examine(text).findings
    assert [f for f in found if f.label not in FORM and f.severity != "hint"] == []


def test_a_digit_changed_in_a_sample_is_flagged_in_99_of_100():
    rng, seen, total = random.Random(11), 0, 0
    for path in TEXTS[::3]:
        text = path.read_text("utf-8")[:1500]
        checker = Checker(clauses(text))
        figures = [f for f in find_figures(text) if re.search("[1-9]", f.text) and f.low >= 10]
        for figure in rng.sample(figures, min(15, len(figures))):
            at = rng.choice([i for i, c in enumerate(figure.text) if c in "123456789"])
            other = rng.choice([c for c in "123456789" if c != figure.text[at]])
            value = figure.text[:at] + other + figure.text[at + 1 :]
            changed = text[: figure.start] + value + text[figure.end :]
            found = checker.examine(changed).findings
            seen += any(f.start < figure.end and figure.start < f.end for f in found)
            total += 1
    assert total >= 60
    assert seen / total >= 0.99


def test_a_clause_deleted_from_the_facts_of_a_sample_leaves_the_rest_quiet():
    rng = random.Random(5)
    for path in TEXTS[::4]:
        text = path.read_text("utf-8")[:1500]
        facts = clauses(text)
        quiet = {(f.start, f.end) for f in Checker(facts).examine(text).findings}
        with_figures = [fact for fact in facts if find_figures(fact) and facts.count(fact) == 1]
        for fact in rng.sample(with_figures, 4):
            start = text.index(fact)
            rest = [other for other in facts if other != fact]
            for finding in Checker(rest).examine(text).findings:
                inside = start <= finding.start < start + len(fact)
                assert inside or (finding.start, finding.end) in quiet, (fact, finding)


def test_a_blank_of_a_sample_is_its_leak_and_an_own_one_stays_a_blank():
    sample = "中层干部和XX个行政村书记任成员，形成项目清单XX件。"
    facts = ["召开动员会1次"]
    for text, label in (
        ("召开动员会1次，发动XX个行政村齐抓共管。", "leaked_from_sample"),
        ("召开动员会1次，发动XX户群众齐抓共管。", "placeholder"),
    ):
        findings = Checker(facts, [sample], 2026).examine(text).findings
        assert [f.label for f in findings if "XX" in f.text] == [label]
    own = Checker([*facts, "村书记XX个行政村"], [sample], 2026).examine("发动XX个行政村齐抓共管。")
    assert [f.label for f in own.findings if "XX" in f.text] == ["placeholder"]


def test_a_rounded_figure_in_a_samples_words_is_the_samples():
    sample = "开展警示教育20余场次，受教育党员干部1200余人次。"
    checker = Checker(["集中教育24次（每月2次）", "警示片观看3场"], [sample], 2026)
    flagged = checker.examine("一年来开展警示教育20余场次。").findings
    assert [(f.text, f.label) for f in flagged] == [("20余场次", "leaked_from_sample")]
    assert checker.examine("一年来开展集中教育20余次。").findings == ()
    own = Checker(["警示教育24场次"], [sample], 2026)
    assert own.examine("一年来开展警示教育20余场次。").findings == ()


def test_the_level_of_a_counted_honour_is_set_against_its_fact():
    facts = ["省级卫生村 3个（往年创成）", "今年新创县级卫生村 5个"]
    text = "今年新创省级卫生村5个。"
    (found,) = Checker(facts, [], 2026).examine(text).findings
    assert (found.text, found.start, found.label) == ("省级", 4, "wrong_entity")
    assert found.suggestion == "县级"


def test_the_firms_that_a_sample_lists_are_its_own():
    sample = "园区引进晨曦新材、广汇线缆等企业6家，查扣“两卡”120张。"
    checker = Checker(
        ["签约企业3家：恒通包装、蓝海食品、天一农机", "收缴“两卡”18张"], [sample], 2026
    )
    flagged = checker.examine("恒通包装、晨曦新材先后落户，收缴“两卡”18张。").findings
    assert [(f.text, f.label) for f in flagged] == [("晨曦新材", "leaked_from_sample")]
    assert checker.examine("恒通包装、蓝海食品先后落户。").findings == ()
