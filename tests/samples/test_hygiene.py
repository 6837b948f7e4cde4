"""The hygiene report: copies, leftovers of masking, wording of a year, quarantine."""

import json
import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.samples.hygiene import hygiene, quarantined, year_bound
from drafter.samples.near import near_copies
from drafter.samples.parse import parse_sample
from drafter.samples.residue import is_masked

SEEDS = Path(__file__).parent.parent.parent.parent / "shared" / "seeds"
BODY = (
    "镇党委召开专题会议3次，统一了思想，明确了任务，"
    "压实了包村干部和村两委的责任，各项工作有序推进。"
)
HANZI = "镇村组户干部群众会议学习整改项目资金道路水利产业生态平安党建网格巡查走访登记台账"


def paper(*lines):
    return "XX镇2024年工作总结\n" + "\n".join(lines)


def codes(text):
    return [w.code for w in parse_sample(text).warnings]


MASKED = paper(
    "一、工作情况",
    "XX镇召开会议XX次，XX村、水背村完成改造，镇党委书记周望山带头走访XX户。",
    "二、打算",
    BODY,
)


def test_names_and_places_left_in_a_masked_sample_are_reported():
    found = {w.code: MASKED[w.start : w.end] for w in parse_sample(MASKED).warnings}
    assert found["residual_name"] == "周望山"
    assert found["residual_place"] == "水背村"


def test_an_unmasked_sample_has_no_leftovers():
    text = MASKED.replace("XX", "青禾")
    assert not is_masked(text)
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    ["XX镇召开会议12次，主任和退休干部座谈，编印镇级手册，引导村民自治，XX村、XX村受益。"],
)
def test_verbs_before_a_place_word_are_no_names(text):
    assert not [c for c in codes(paper("一、情况", text)) if c.startswith("residual")]


def test_plain_figures_among_masked_ones_and_mixed_masks_are_reported():
    text = paper(
        "一、情况", "全镇清理***家，清扫60余处，完成**处，X个村受益，******户。", "二、打算", BODY
    )
    assert {"residual_figure", "mixed_masks"} <= set(codes(text))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_copies_are_found_and_strangers_are_not(seed):
    rng = random.Random(seed)
    texts = ["".join(rng.choices(HANZI, k=1200)) for _ in range(4)]
    near = list(texts[0])
    for i in rng.sample(range(1200), 40):
        near[i] = "□"
    pairs = near_copies([*texts, texts[1], "".join(near)])
    assert [(i, j) for i, j, _ in pairs] == [(0, 5), (1, 4)]
    assert pairs[1][2] == 1.0


def test_every_pair_of_equal_samples_is_a_duplicate():
    samples = [parse_sample(paper("一、情况", BODY * 4), name) for name in "甲乙丙"]
    report = hygiene(samples)
    assert list(report.duplicates) == list(combinations("甲乙丙", 2))
    assert "near_duplicate" in {w.code for w in report.samples[0].warnings}


def test_wording_of_a_period_is_reported_with_it():
    found = year_bound("2022年，全镇抓好常态化疫情防控，落实“六稳”“六保”。2022年底收官。")
    messages = [n.message for n in found]
    assert any("2022年" in m for m in messages)
    assert any("常态化疫情防控" in m and "2020" in m and "至202" in m for m in messages)
    assert sum(1 for m in messages if m.startswith("写有")) == 1


def test_a_blocking_warning_quarantines_until_it_is_accepted():
    broken = parse_sample(paper("一、情况", BODY, "二、打算", BODY[:-1] * 2 + "正在"))
    report = hygiene([broken]).samples[0]
    assert [w.code for w in report.warnings if w.blocking] == ["truncated"]
    assert quarantined(broken)
    assert not quarantined(broken, {"truncated"})
    assert not quarantined(parse_sample(MASKED))


def test_the_report_is_json_with_the_names_of_the_command_line():
    report = hygiene([parse_sample(MASKED, "甲")]).to_json()
    again = json.loads(json.dumps(report, ensure_ascii=False))
    assert set(again) == {"samples", "duplicates"}
    sample = again["samples"][0]
    assert sample["name"] == "甲"
    assert sample["title"] == "XX镇2024年工作总结"
    assert sample["characters"] == len(MASKED)
    assert [s["heading"] for s in sample["sections"]] == ["工作情况", "打算"]
    assert set(sample["warnings"][0]) == {"code", "message", "start", "end", "blocking"}
    assert sample["quarantined"] is False


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not beside the project")
def test_the_seeds_come_out_right():
    first, second = (
        parse_sample(path.read_text(encoding="utf-8"), path.stem)
        for path in sorted(SEEDS.glob("*.txt"))
    )
    assert len(first.sections) == 6
    assert [s.marker for s in first.walk() if s.heading == "形成工作清单"] == ["三"]
    assert [s.heading for s in second.sections] == ["工作开展情况", "存在问题", "下一步工作打算"]
    assert "duplicate_body" in {w.code for w in second.warnings}
    assert len(list(second.walk())) == 25
