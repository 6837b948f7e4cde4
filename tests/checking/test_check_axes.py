"""Laws of the axes: the other side of an axis is seen, another word of the same side is not."""

import importlib.util
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checking import Checker, check
from drafter.checking.members import groups_of
from drafter.checking.names import names_in
from drafter.resources import lexicon

_SPEC = importlib.util.spec_from_file_location("axes", Path(__file__).parent / "conftest.py")
cases = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(cases)

SUBJECTS = ("柳树沟片区灌溉工程", "石塘组老年活动室", "镇区夜间停车管理", "冬季护林巡查")
NOISE = "档案盒采购64个"


def plain(side):
    return [w for w in side.split("/") if len(w) > 1 and re.fullmatch("[\u4e00-\u9fff]+", w)]


AXES = [
    [plain(side) for side in row.split("\t")[1:]] for row in lexicon("checking", "exclusive.tsv")
]
PAIRS = [
    (one[0], other[0])
    for sides in AXES
    for one, other in itertools.permutations([s for s in sides if s], 2)
    if one[0] not in other[0] and other[0] not in one[0]
]
ALIKE = [side[:2] for sides in AXES for side in sides if len(side) > 1]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PAIRS), st.sampled_from(SUBJECTS))
def test_a_word_of_the_other_side_is_flagged(pair, subject):
    fact, said = pair
    found = check(f"{subject}{said}。", [subject + fact, NOISE], year=2026)
    assert any(f.text in said or said in f.text for f in found), pair


def test_another_word_of_the_same_side_is_hardly_ever_flagged():
    alarmed = [
        pair
        for pair in ALIKE
        if Checker([SUBJECTS[0] + pair[0], NOISE], (), 2026).examine(SUBJECTS[0] + pair[1]).findings
    ]
    assert len(alarmed) <= 0.08 * len(ALIKE), alarmed


@settings(max_examples=40, deadline=None)
@given(st.sampled_from("青松柏桂枫"), st.sampled_from("溪坪岭湾坡"), st.sampled_from("梨杏桐榆竹"))
def test_one_character_of_a_place_turned_is_flagged_and_the_place_itself_is_not(a, b, c):
    fact = f"在{a}{b}{c}园清淤"
    assert check(f"{a}{b}{c}园完成清淤。", [fact, NOISE], year=2026) == []
    (found,) = check(f"{a}{b}枣园完成清淤。", [fact, NOISE], year=2026)
    assert found.label == "wrong_entity"


STAGES = ["还没开工", "正在施工", "图纸在审", "卡在征地", "打算明年建", "只砌到一层", "停工三个月"]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("claim", ["建成投用", "顺利竣工", "已完工"])
def test_what_is_open_is_not_told_as_done(stage, claim):
    found = check(f"云雾岭文化礼堂{claim}。", [f"云雾岭文化礼堂{stage}", NOISE], year=2026)
    assert [f.label for f in found] == ["contradiction"]


@pytest.mark.parametrize("stage", ["竣工了", "建成，已投用", "完工"])
def test_what_is_done_may_be_told_as_done(stage):
    fact = [f"云雾岭文化礼堂{stage}", NOISE]
    assert check("云雾岭文化礼堂顺利竣工。", fact, year=2026) == []


def test_a_member_told_of_another_head_is_flagged_and_of_its_own_is_not():
    fact = "片区：北片（柏林、石盘） 南片（圩埠、梅坑）"
    assert [g.members for g in groups_of(fact)] == [("柏林", "石盘"), ("圩埠", "梅坑")]
    assert [f.text for f in check("南片抓好圩埠、石盘两处护林。", [fact], year=2026)] == ["石盘"]
    assert check("南片抓好圩埠、梅坑两处护林。", [fact], year=2026) == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("由县畜牧中心检疫", "县畜牧中心", "organisation"),
        ("铺设青石巷雨水管", "青石巷", "road"),
        ("安置在祥和苑", "祥和苑", "block"),
        ("召开老干部通报会", "老干部通报会", "meeting"),
    ],
)
def test_a_name_begins_behind_the_verb_and_ends_with_its_kind(text, name, kind):
    assert (name, kind) in [(n.text, n.kind) for n in names_in(text)]


def test_words_that_only_end_like_a_name_are_none():
    for text in ("返乡创业", "改造供水线路", "专业合作社", "提供就业机会"):
        assert [n.text for n in names_in(text)] == []


def test_a_name_of_a_sample_that_no_fact_has_is_a_leak():
    sample = "易地搬迁安置点新华苑入住576人，三联社区创成示范社区。"
    found = check("三联社区召开评议会，新华苑住户参加。", ["召开评议会"], [sample], 2026)
    assert {f.text for f in found if f.label == "leaked_from_sample"} == {"三联社区", "新华苑"}


def test_a_mixed_set_is_mostly_seen():
    def flagged(case):
        report = Checker(case.facts, cases.rows("donors.txt")[:1], 2026).examine(case.text)
        return [(f.start, f.end) for f in report.findings]

    result = cases.score(cases.read_cases("mixed1.tsv"), flagged)
    assert result["recall"] >= 0.75
    assert result["precision"] >= 0.9
    assert result["clean_alarms"] <= 5
