"""Evaluating tells a way that keeps facts from one that copies, and says so in table and chart."""

import csv
import io
import re

import pytest

from drafter.errors import InputError, ModelTimeout
from drafter.evaluating import cases_in, cases_of, evaluate, run
from drafter.evaluating.chart import chart
from drafter.evaluating.measure import coverage, measure, repetition, structure, told
from drafter.evaluating.rows import as_csv, means, table
from drafter.evaluating.ways import composer
from drafter.facts import parse_facts
from drafter.resources import samples_dir
from drafter.samples import Library, parse_sample

FACTS = (
    "【应急办】\n排查隐患97处，整改97处\n检查企业143家次\n【党建办】\n中心组学习10次，专题研讨4次"
)
TASKS = "一、理论学习情况\n二、安全生产情况"
SAMPLE = parse_sample(
    "青石镇2025年工作总结\n一、理论学习情况\n中心组集中学习12次，党委书记何远山讲党课3场，共有615名党员参加。\n"
    "二、安全生产情况\n排查隐患213处，整改208处，青石村投入资金45万元修缮道路护栏。",
    "青石镇",
)


async def copier(prompt):
    """In a chat window: copies the sample. By points: keeps to the facts."""
    text = prompt.messages[-1][1]
    if "范文" in text:
        return text.split("范文：\n")[1].split("\n\n素材")[0]
    lines = text.split("素材：\n")[1].split("\n写约")[0].splitlines()
    return "；".join(re.sub("=[^〔〕]*", "", line) for line in lines) + "。"


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "cases" / "一号"
    home.mkdir(parents=True)
    (home / "facts.txt").write_text(FACTS, "utf-8")
    (home / "tasks.txt").write_text(TASKS, "utf-8")
    (tmp_path / "cases" / "空").mkdir()
    (tmp_path / "cases" / "空" / "facts.txt").write_text("", "utf-8")
    return tmp_path / "cases"


def test_the_table_tells_copying_from_drafting(folder):
    rows = {row.way: row.measures for row in evaluate(cases_in(folder), [SAMPLE], copier)}
    assert rows["points"].coverage == rows["composer"].coverage == 1
    assert rows["points"].unsupported == rows["points"].leaks == 0
    assert rows["points"].structure == 1
    assert rows["points"].told == 1
    assert rows["plain"].told < 0.8
    assert rows["plain"].coverage < 0.5
    assert rows["plain"].unsupported > 3
    assert rows["plain"].overlap > 0.5
    assert rows["points"].overlap < 0.1
    assert rows["points"].calls == 2
    assert rows["composer"].calls == 0


def test_without_a_model_only_the_composer_is_measured(folder):
    assert {row.way for row in evaluate(cases_in(folder), [SAMPLE])} == {"composer"}


def test_a_model_that_fails_is_a_row_that_says_so(folder):
    async def silent(prompt):
        raise ModelTimeout("模型没有回应")

    rows = {row.way: row for row in evaluate(cases_in(folder), [], silent)}
    assert rows["plain"].error == "模型没有回应"
    assert rows["points"].measures.coverage == 1
    shown = table(list(rows.values())).splitlines()
    assert "一号·模型一次写没有写成：模型没有回应" in shown
    assert shown[3].split()[:3] == ["一号", "模型一次写", "—"]
    assert {row.way for row in means(list(rows.values()))} == {"composer", "points"}


def test_a_sample_left_out_is_not_in_its_own_library():
    samples = [
        parse_sample(path.read_text("utf-8"), path.stem)
        for path in sorted(samples_dir().glob("*.txt"))[:3]
    ]
    cases = cases_of(samples, 1)
    [row] = evaluate(cases, samples)
    assert cases[0].hidden == samples[0].name
    assert row.measures.coverage >= 0.95
    assert row.measures.overlap < 0.2
    assert row.measures.length_ratio > 0


def test_the_report_is_written_as_table_and_chart(folder, tmp_path):
    report = run(folder, [SAMPLE], copier, tmp_path / "out")
    assert (tmp_path / "out" / "evaluation.png").read_bytes().startswith(b"\x89PNG")
    text = (tmp_path / "out" / "evaluation.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["way"] for row in rows] == ["composer", "points", "plain"] * 2
    assert "平均" in report["text"]
    assert report["means"][1]["coverage"] == 1
    assert len(report["rows"]) == 3
    written = {path.name for path in (tmp_path / "out").glob("*.txt")}
    assert written == {"一号-composer.txt", "一号-points.txt", "一号-plain.txt"}
    assert "97处" in (tmp_path / "out" / "一号-points.txt").read_text("utf-8")
    assert "两项都应为0" in report["text"]


def test_rows_of_a_table_are_even():
    rows = evaluate(cases_of([SAMPLE]), [SAMPLE])
    assert as_csv(rows).count("\n") == 1 + len(rows)
    assert chart(means(rows)) if rows else True


def test_a_folder_without_cases_is_told(tmp_path):
    with pytest.raises(InputError, match="案例"):
        cases_in(tmp_path)
    with pytest.raises(InputError, match="不存在"):
        cases_in(tmp_path / "none")


def test_coverage_counts_figures_as_often_as_the_facts_have_them():
    facts = parse_facts("隐患97处，整改97处\n检查143家")
    assert coverage(facts, "隐患97处，整改97处；检查143家。") == 1
    assert coverage(facts, "隐患97处；检查143家。") == pytest.approx(2 / 3)
    assert coverage(facts, "") == 0


def test_structure_wants_the_headings_in_their_order():
    tasks = ("一、学习情况", "二、整改情况")
    assert structure(tasks, "一、学习情况\n好。\n二、整改情况\n好。") == 1
    assert structure(tasks, "## 整改情况\n好。\n## 学习情况\n好。") == 0.5
    assert structure((), "文") == 1


def test_repetition_is_the_share_of_sentences_said_before():
    assert repetition("扎实推进各项重点工作任务。扎实推进各项重点工作任务。") == 0.5
    assert repetition("扎实推进各项重点工作任务。全面完成年度考核目标。") == 0


def test_a_fact_without_a_figure_counts_too():
    facts = parse_facts("年轻干部不会做群众工作，遇到吵架的不敢上前\n排查隐患97处")
    assert told(facts, "一是。二是排查隐患97处。") == 0.5
    assert told(facts, "部分年轻干部不会做群众工作，遇到吵架不敢上前。排查隐患97处。") == 1


@pytest.mark.parametrize("font", ["", "DejaVu Sans"])
def test_the_chart_is_drawn_with_and_without_a_chinese_font(font, monkeypatch):
    monkeypatch.setattr("drafter.evaluating.chart.FONTS", (font,))
    rows = means(evaluate(cases_of([SAMPLE]), [SAMPLE]))
    assert chart(rows).startswith(b"\x89PNG")


@pytest.fixture(scope="module")
def own():
    path = sorted(samples_dir().glob("03*.txt"))[0]
    return path.read_text("utf-8")


def test_a_title_handed_down_is_no_claim_of_the_draft(own):
    [case] = cases_of([parse_sample(own, "三号")])
    assert case.title
    made = composer(case, Library([]), None)
    assert measure(case, Library([]), made, None).unsupported == 0


def test_what_is_made_unreadable_in_a_sample_is_no_fact_of_a_case(own):
    [whole] = cases_of([parse_sample(own, "三号")])
    masked = re.sub(r"\d+(?=[处件次])", "XX", own)
    assert masked != own
    [case] = cases_of([parse_sample(masked, "三号")])
    assert 0 < len(case.facts) < len(whole.facts)
    assert not any("XX" in fact.text for fact in case.facts)
