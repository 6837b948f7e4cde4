"""A batch: independent units, nothing finished is lost, nothing failed is hidden."""

import errno
import importlib
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.batch import RunOptions, Unit, UnitResult, UnitsTable, build_archive, run_batch
from drafter.domain import Finding, Usage
from drafter.errors import InputError, ModelDenied, SettingsError, StoreError

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
    report = run_batch(units(7), tmp_path, draft_unit=draft, options=RunOptions(workers=workers))
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

    run_batch(units(6), tmp_path, draft_unit=fail_third, options=RunOptions(workers=2))
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
    run_batch(table, tmp_path, draft_unit=note, options=RunOptions(resume=True))
    assert drafted == ["第2镇", "第4镇", "第5镇", "第6镇"]
    saved = read_report(tmp_path)
    assert [u["status"] for u in saved] == ["done"] * 6
    assert saved[0]["findings"][0]["label"] == "placeholder"
    assert saved[0]["usage"]["seconds"] == 0.5


def test_only_resume_takes_over_and_a_missing_document_is_drafted_again(tmp_path):
    drafted = []

    def note(unit):
        drafted.append(unit.name)
        return draft(unit)

    run_batch(units(3), tmp_path, draft_unit=note)
    run_batch(units(3), tmp_path, draft_unit=note)
    assert len(drafted) == 6
    (tmp_path / "第2镇.docx").unlink()
    run_batch(units(3), tmp_path, draft_unit=note, options=RunOptions(resume=True))
    assert drafted[6:] == ["第2镇"]


def test_other_settings_draft_again(tmp_path):
    drafted = []

    def note(unit):
        drafted.append(unit.name)
        return draft(unit)

    for digest in ("样本甲", "样本甲", "样本乙"):
        options = RunOptions(settings_digest=digest)
        run_batch(units(2), tmp_path, draft_unit=note, options=replace(options, resume=True))
    assert len(drafted) == 4


@pytest.mark.parametrize("spoiled", [b"", b"{", b"[]", b"null", b'{"version": 1}'])
def test_a_spoiled_state_is_drafted_again(tmp_path, spoiled):
    run_batch(units(2), tmp_path, draft_unit=draft)
    for path in (tmp_path / ".state").glob("*.json"):
        path.write_bytes(spoiled)
    report = run_batch(units(2), tmp_path, draft_unit=draft, options=RunOptions(resume=True))
    assert report.count("done") == 2


def test_a_document_that_a_person_edited_is_kept(tmp_path):
    run_batch(units(1), tmp_path, draft_unit=draft)
    (tmp_path / "第1镇.docx").write_bytes("改过".encode())
    run_batch(units(1), tmp_path, draft_unit=draft)
    run_batch(units(1), tmp_path, draft_unit=draft)
    kept = {path.name: path.read_bytes().decode()[:3] for path in tmp_path.glob("*.docx")}
    assert kept == {"第1镇.docx": "第1镇", "第1镇（原有稿）.docx": "改过"}


def test_a_spent_budget_stops_the_run_and_resume_goes_on(tmp_path):
    options = RunOptions(token_budget=30)
    first = run_batch(units(5), tmp_path, draft_unit=draft, options=options)
    assert (first.count("done"), first.count("skipped")) == (2, 3)
    assert "预算" in first.units[-1].error
    second = run_batch(units(5), tmp_path, draft_unit=draft, options=replace(options, resume=True))
    assert second.count("done") == 4


def test_progress_counts_up_to_all_units(tmp_path):
    events = []
    run_batch(
        units(4), tmp_path, draft_unit=draft, on_event=events.append, options=RunOptions(workers=2)
    )
    assert [e.finished for e in events if e.kind == "done"] == [1, 2, 3, 4]
    assert {e.total for e in events} == {4}
    assert [e.kind for e in events][-2:] == ["comparing", "finished"]


def test_cancelling_half_way_keeps_what_is_finished_and_lists_the_rest(tmp_path):
    begun = []

    def note(unit):
        begun.append(unit)
        return draft(unit)

    options = RunOptions(is_cancelled=lambda: len(begun) >= 500)
    report = run_batch(units(1000), tmp_path, draft_unit=note, options=options)
    assert (report.count("done"), report.count("skipped")) == (500, 500)
    assert len(list(tmp_path.glob("*.docx"))) == 500
    with zipfile.ZipFile(io.BytesIO(build_archive(tmp_path, report))) as archive:
        assert len(archive.namelist()) == 503
        assert archive.read("错误清单.txt").decode("utf-8-sig").count("已取消") == 500


def test_units_of_one_name_are_refused_before_one_overwrites_the_other(tmp_path):
    with pytest.raises(InputError, match="重复"):
        run_batch([Unit("甲镇", "a"), Unit("甲镇", "b")], tmp_path, draft_unit=draft)


def test_an_empty_table_gives_an_empty_report(tmp_path):
    assert run_batch([], tmp_path, draft_unit=draft).units == ()
    assert (tmp_path / "risk.xlsx").is_file()


def test_a_folder_that_cannot_be_written_gives_one_clear_line(tmp_path):
    (tmp_path / "档").write_bytes(b"")
    with pytest.raises(StoreError, match=r"“档”写不进去.*请检查磁盘空间和权限"):
        run_batch(units(1), tmp_path / "档", draft_unit=draft)


def test_a_full_disk_stops_the_run_and_leaves_no_half_file(tmp_path, monkeypatch):
    def full(unit):
        if unit.row == 4:
            monkeypatch.setattr(os, "fsync", raise_full)
        return draft(unit)

    def raise_full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StoreError, match="磁盘满了"):
        run_batch(units(6), tmp_path, draft_unit=full)
    assert sorted(path.name for path in tmp_path.glob("*.*")) == [
        ".state",
        "第1镇.docx",
        "第2镇.docx",
    ]
    monkeypatch.undo()
    assert (
        run_batch(units(6), tmp_path, draft_unit=draft, options=RunOptions(resume=True)).count(
            "done"
        )
        == 6
    )


MODULE = """
import os, sys, time
from drafter.batch import RunOptions, Unit, UnitResult, UnitsTable, run_batch

def draft(unit):
    if unit.material == "退出":
        os._exit(9)
    time.sleep(float(os.environ.get("PAUSE", "0")))
    return UnitResult(unit.name.encode(), unit.name + str(os.getpid()))

if __name__ == "__main__":
    units = UnitsTable(tuple(Unit(f"第{n}镇", "x", row=n) for n in range(60)))
    run_batch(units, sys.argv[1], draft_unit=draft, options=RunOptions(resume=True))
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module of its own, since other processes cannot import a test."""
    (tmp_path / "code").mkdir()
    path = tmp_path / "code" / "batch_draft_module.py"
    path.write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(path.parent))
    yield importlib.import_module("batch_draft_module")
    sys.modules.pop("batch_draft_module")


def test_a_run_that_is_killed_loses_no_finished_unit(tmp_path, module):
    out = tmp_path / "out"
    environment = {**os.environ, "PAUSE": "0.05", "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen([sys.executable, module.__file__, str(out)], env=environment)
    deadline = time.monotonic() + 30
    while len(list(out.glob("*.docx"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    finished = {path.name for path in out.glob("*.docx")}
    assert 5 <= len(finished) < 60
    before = {path: path.stat().st_mtime_ns for path in out.glob("*.docx")}
    drafted = []

    def note(unit):
        drafted.append(unit.name)
        return module.draft(unit)

    table = [Unit(f"第{n}镇", "x", row=n) for n in range(60)]
    report = run_batch(table, out, draft_unit=note, options=RunOptions(resume=True))
    assert report.count("done") == 60
    assert len(drafted) in {60 - len(finished), 61 - len(finished)}
    untouched = [path for path, moment in before.items() if path.stat().st_mtime_ns == moment]
    assert len(untouched) >= len(finished) - 1
    assert not list(out.rglob(".writing-*"))


def test_units_are_drafted_on_processes(tmp_path, module):
    table = [Unit(f"第{n}镇", "x", row=n) for n in range(4)]
    options = RunOptions(processes=True)
    report = run_batch(
        table, tmp_path / "out", draft_unit=module.draft, options=replace(options, workers=2)
    )
    assert report.count("done") == 4
    states = [json.loads(p.read_bytes()) for p in (tmp_path / "out" / ".state").glob("*.json")]
    assert all(not state["text"].endswith(str(os.getpid())) for state in states)


def test_a_process_that_dies_fails_only_the_unit_that_killed_it(tmp_path, module):
    table = [Unit("甲镇", "x", row=1), Unit("乙镇", "退出", row=2), Unit("丙镇", "x", row=3)]
    options = RunOptions(processes=True)
    report = run_batch(table, tmp_path / "out", draft_unit=module.draft, options=options)
    assert [unit.status for unit in report.units] == ["done", "failed", "done"]
    assert "意外退出" in report.units[1].error


def test_a_program_error_shows_no_traceback_to_the_clerk(tmp_path, module):
    code = (
        "import sys; from drafter.batch import *\n"
        "report = run_batch([Unit('甲镇', 'x')], sys.argv[1], draft_unit=lambda unit: 1 / 0)\n"
        "assert 'ZeroDivisionError' in report.units[0].error"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(command, capture_output=True, env=environment)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.fixture
def cluster():
    distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as local:
        yield local.scheduler_address


def test_the_same_batch_runs_on_a_cluster(tmp_path, cluster):
    local, remote = tmp_path / "local", tmp_path / "remote"
    run_batch(units(9), local, draft_unit=draft)
    report = run_batch(units(9), remote, draft_unit=draft, options=RunOptions(scheduler=cluster))
    assert report.count("done") == 9
    assert read_report(remote) == read_report(local)
    again = run_batch(
        units(9), remote, draft_unit=draft, options=RunOptions(scheduler=cluster, resume=True)
    )
    assert again == report


def test_failures_on_a_cluster_are_isolated(tmp_path, cluster):
    def fail_third(unit):
        if unit.row == 4:
            raise InputError("素材里没有事实")
        return draft(unit)

    run_batch(units(4), tmp_path, draft_unit=fail_third, options=RunOptions(scheduler=cluster))
    saved = read_report(tmp_path)
    assert [unit["status"] for unit in saved] == ["done", "done", "failed", "done"]
    assert saved[2]["error"] == "素材里没有事实"


def test_a_cluster_that_is_not_there_gives_one_clear_line(tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="the cluster extra is not installed")
    monkeypatch.setattr("drafter.batch.pools._CONNECT_SECONDS", 1)
    with pytest.raises(SettingsError, match="连不上集群调度器"):
        run_batch(
            units(1), tmp_path, draft_unit=draft, options=RunOptions(scheduler="tcp://127.0.0.1:9")
        )
