"""A batch from the command line: a table of units in, a summary each, a report over all."""

import json
import pickle

import docx
import openpyxl
import pytest

from drafter.campaign import Campaign
from drafter.cli import main
from drafter.resources import samples_dir
from drafter.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "DRAFTER_MODEL"):
        monkeypatch.delenv(name, raising=False)


def table(folder, rows):
    book = openpyxl.Workbook()
    for row in [("单位", "素材"), *rows]:
        book.active.append(row)
    book.save(folder / "units.xlsx")
    return folder / "units.xlsx"


def run(units, out, *more):
    (out.parent / "tasks.txt").write_text("一、学习情况\n二、安全生产情况", encoding="utf-8")
    words = ["batch", str(units), "-o", str(out), "--tasks", str(out.parent / "tasks.txt")]
    status = main([*words, *more])
    return status, json.loads((out / "report.json").read_text("utf-8"))


ROWS = [
    ("青石镇", "中心组学习11次\n排查隐患97处，整改97处"),
    ("白沙镇", "白沙.txt"),
    ("红岩镇", ""),
]


def test_good_rows_are_drafted_and_bad_ones_are_reported(tmp_path, capsys):
    (tmp_path / "白沙.txt").write_text("中心组学习8次\n检查企业43家次\n", encoding="utf-8")
    _, report = run(table(tmp_path, ROWS), tmp_path / "out")
    states = {unit["unit"]: unit["status"] for unit in report["units"]}
    assert states["青石镇"] == states["白沙镇"] == "done"
    assert states["红岩镇"] != "done"
    files = [unit["file"] for unit in report["units"] if unit["status"] == "done"]
    for name in files:
        text = "\n".join(p.text for p in docx.Document(tmp_path / "out" / name).paragraphs)
        assert "一、学习情况" in text
    assert (tmp_path / "out" / "risk.xlsx").exists()
    assert "第 4 行　红岩镇：" in capsys.readouterr().err


def test_a_unit_gets_its_own_figures_only(tmp_path):
    (tmp_path / "白沙.txt").write_text("中心组学习8次\n检查企业43家次\n", encoding="utf-8")
    _, report = run(table(tmp_path, ROWS), tmp_path / "out")
    for unit, own, other in (("青石镇", "97处", "43家"), ("白沙镇", "43家", "97处")):
        name = next(u["file"] for u in report["units"] if u["unit"] == unit)
        text = "\n".join(p.text for p in docx.Document(tmp_path / "out" / name).paragraphs)
        assert own in text
        assert other not in text


def test_resume_leaves_finished_units_alone(tmp_path):
    units = table(tmp_path, ROWS[:1])
    run(units, tmp_path / "out")
    made = next((tmp_path / "out").glob("*.docx"))
    before = made.stat().st_mtime_ns
    run(units, tmp_path / "out", "--resume")
    assert made.stat().st_mtime_ns == before


def test_a_table_without_units_is_refused_in_one_line(tmp_path, capsys):
    book = openpyxl.Workbook()
    book.active.append(("镇名", "内容"))
    book.save(tmp_path / "units.xlsx")
    assert main(["batch", str(tmp_path / "units.xlsx"), "-o", str(tmp_path / "out")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_what_drafts_a_unit_can_be_sent_to_a_worker(tmp_path):
    campaign = Campaign(samples_dir(), Settings(home=tmp_path), ("一、学习情况",), 2025)
    assert pickle.loads(pickle.dumps(campaign)) == campaign


def test_a_part_of_a_year_gets_the_year_of_the_command(tmp_path, capsys):
    units = tmp_path / "units.csv"
    units.write_text("单位,素材,报告期\n青石镇,中心组学习11次,上半年\n", encoding="utf-8")
    _, report = run(units, tmp_path / "out", "--year", "2025")
    assert report["units"][0]["title"].startswith("青石镇2025年上半年")
    assert "提示：第 2 行的报告期“上半年”" in capsys.readouterr().err
