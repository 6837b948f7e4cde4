"""A batch: independent units, nothing finished is lost, nothing failed is hidden."""

import json
from dataclasses import replace

import pytest

from drafter.batch import RunOptions, Unit, UnitResult, UnitsTable, run_batch
from drafter.domain import Finding, Usage
from drafter.errors import InputError, ModelDenied

OPENING = "全镇上下把群众满意作为衡量工作的第一标准，"


def units(count):
    return UnitsTable(
        tuple(Unit(f"第{n}镇", material=f"走访群众{n}户", row=n + 1) for n in range(1, count + 1))
    )


def draft(unit):
    text = f"{unit.name}工作总结\n{OPENING if unit.row < 4 else ''}{unit.name}{unit.material}。"
    finding = Finding(0, 2, text[:2], "placeholder", "confirm", "待补")
    return UnitResult(
        text.encode(), text, unit.name, (finding,), Usage(10, 5, 0, 1, 0.5), "composer"
    )


def read_report(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))["units"]


@pytest.mark.parametrize("workers", [1, 3])
def test_every_unit_gets_a_document_and_a_line_in_the_report(tmp_path, workers):
    report = run_batch(units(7), tmp_path, draft_unit=draft, workers=workers)
    saved = read_report(tmp_path)
    assert [unit["unit"] for unit in saved] == [f"第{n}镇" for n in range(1, 8)]
    assert {unit["status"] for unit in saved} == {"done"}
    for unit in saved:
        assert (tmp_path / unit["file"]).read_bytes().decode().startswith(unit["unit"])
    assert report.count("done") == 7
    assert saved[0]["usage"]["prompt_tokens"] == 10
    assert saved[0]["findings"][0]["label"] == "placeholder"


def test_units_that_share_wording_name_each_other(tmp_path):
    run_batch(units(6), tmp_path, draft_unit=draft)
    first, *_, last = read_report(tmp_path)
    assert first["nearest_unit"] == "第2镇"
    assert first["overlap_share"] > 0.3
    assert (last["nearest_unit"], last["overlap_share"]) == ("", 0)


def test_a_unit_that_fails_stops_no_other(tmp_path):
    def fail_third(unit):
        if unit.row == 4:
            raise InputError("素材里没有事实")
        if unit.row == 5:
            raise ZeroDivisionError
        return draft(unit)

    run_batch(units(6), tmp_path, draft_unit=fail_third, workers=2)
    saved = read_report(tmp_path)
    assert [u["status"] for u in saved] == ["done", "done", "failed", "failed", "done", "done"]
    assert saved[2]["error"] == "素材里没有事实"
    assert "ZeroDivisionError" in saved[3]["error"]


def test_a_refused_key_stops_the_run_and_the_rest_is_skipped(tmp_path):
    def refuse(unit):
        raise ModelDenied("密钥无效")

    run_batch(units(5), tmp_path, draft_unit=refuse)
    assert [u["status"] for u in read_report(tmp_path)] == ["failed", *["skipped"] * 4]


def test_resume_drafts_only_what_is_unfinished_or_changed(tmp_path):
    drafted = []

    def note(unit):
        drafted.append(unit.name)
        return draft(unit)

    stop = RunOptions(is_cancelled=lambda: len(drafted) >= 3)
    run_batch(units(6), tmp_path, draft_unit=note, options=stop)
    assert [u["status"] for u in read_report(tmp_path)] == ["done"] * 3 + ["skipped"] * 3

    table = units(6)
    changed = replace(table.units[1], material="走访群众9999户")
    table = UnitsTable((table.units[0], changed, *table.units[2:]))
    drafted.clear()
    run_batch(table, tmp_path, draft_unit=note, resume=True)
    assert drafted == ["第2镇", "第4镇", "第5镇", "第6镇"]
    saved = read_report(tmp_path)
    assert [u["status"] for u in saved] == ["done"] * 6
    assert saved[0]["findings"][0]["label"] == "placeholder"
    assert saved[0]["usage"]["seconds"] == 0.5
