"""A batch from the page: many rows, one that fails, a stop half way, going on, hostile names."""

import io
import threading
import time
import zipfile

import pytest

from drafter.batch.record import UnitResult
from drafter.errors import EmptyInput, InputError
from drafter.resources import samples_dir
from drafter.ui.steps import batch as step
from drafter.ui.steps import corpus
from drafter.ui.work import batches


class QuickCampaign:
    """Drafts in no time; ``halfway`` is told when so many units are done, one unit fails."""

    calls = 0
    after = 0
    halfway = threading.Event()
    goes_on = threading.Event()

    def __init__(self, *_):
        pass

    def digest(self):
        return "same"

    def __call__(self, unit):
        cls = type(self)
        cls.calls += 1
        if unit.name.startswith("坏"):
            raise InputError("素材读不出来")
        if cls.after and cls.calls == cls.after:
            cls.halfway.set()
            assert cls.goes_on.wait(20)
        return UnitResult(b"PK", f"{unit.name}完成各项工作{cls.calls}件。", unit.name)


@pytest.fixture
def campaign(monkeypatch):
    class Fresh(QuickCampaign):
        halfway, goes_on = threading.Event(), threading.Event()

    monkeypatch.setattr(batches, "Campaign", Fresh)
    return Fresh


def table(tmp_path, names, facts="检查企业23家次"):
    path = tmp_path / "单位表.csv"
    rows = "\n".join(f"{name},{facts}" for name in names)
    path.write_text(f"单位,素材\n{rows}\n", encoding="utf-8")
    return str(path)


def ended(bench, project, seconds=90):
    end = time.monotonic() + seconds
    while (found := bench.batches.of(project)).state == "running":
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def archive(bench, project):
    return zipfile.ZipFile(io.BytesIO(bench.batches.archive(project)))


def test_a_thousand_rows_stopped_half_way_keep_what_is_done_and_go_on_row_73(
    bench, project, desk_at, tmp_path, campaign
):
    names = [f"{n}号镇" for n in range(998)] + ["坏镇", "0号镇"]
    step.upload(desk_at(bench, project), [table(tmp_path, names)])
    campaign.after = 500
    step.start(desk_at(bench, project), "")
    assert campaign.halfway.wait(60)
    step.stop(desk_at(bench, project))
    campaign.goes_on.set()
    stopped = ended(bench, project)
    assert stopped.state == "cancelled"
    done = sum(line.status == "done" for line in stopped.lines)
    assert 499 <= done < 999
    papers = [n for n in archive(bench, project).namelist() if n.endswith(".docx")]
    assert len(papers) == done
    before, campaign.after = campaign.calls, 0
    step.start(desk_at(bench, project), "")
    finished = ended(bench, project)
    assert finished.state == "done"
    states = [line.status for line in finished.lines]
    assert states.count("done") == 999  # the second 0号镇 is told apart by a number
    assert states.count("failed") == 1
    assert campaign.calls - before <= 999 - done + 1
    told = {line.unit: line.error for line in finished.lines if line.status == "failed"}
    assert "素材读不出来" in told["坏镇"]
    names = archive(bench, project).namelist()
    assert sum(name.endswith(".docx") for name in names) == 999
    assert any("错误" in name or "失败" in name or name.endswith(".json") for name in names)


def test_while_a_batch_runs_the_table_is_answered_at_once(
    bench, project, desk_at, tmp_path, campaign
):
    step.upload(desk_at(bench, project), [table(tmp_path, [f"{n}号镇" for n in range(1000)])])
    campaign.after = 200
    step.start(desk_at(bench, project), "")
    assert campaign.halfway.wait(60)
    shown = step.show(desk_at(bench, project))
    assert not campaign.goes_on.is_set()
    assert len(shown["batch_table"]) == 1000
    assert shown["batch_stop"].properties["interactive"] is True
    with pytest.raises(EmptyInput, match="还在起草"):
        step.upload(desk_at(bench, project), [table(tmp_path, ["另一镇"])])
    step.stop(desk_at(bench, project))
    campaign.goes_on.set()
    ended(bench, project)


def test_a_batch_follows_the_samples_that_a_single_draft_would(
    bench, project, desk_at, tmp_path, monkeypatch
):
    followed = []

    class Following(QuickCampaign):
        def __init__(self, samples, *_):
            followed.append(samples)

    monkeypatch.setattr(batches, "Campaign", Following)

    def run():
        step.upload(desk_at(bench, project), [table(tmp_path, ["甲镇"])])
        step.start(desk_at(bench, project), "")
        ended(bench, project)
        return {path.stem: path.read_text("utf-8") for path in followed[-1].glob("*.txt")}

    run()
    assert followed == [samples_dir()]
    path = tmp_path / "本人的范例.txt"
    path.write_text("某镇防汛总结\n一、落实责任\n全镇开展巡查12次。", encoding="utf-8")
    corpus.upload(desk_at(bench, project), [str(path)])
    corpus.accept(desk_at(bench, project))
    given = run()
    samples = bench.library("甲").samples
    assert sorted(given.values()) == sorted(sample.text for sample in samples)
    assert "巡查12次" in given["本人的范例"]
    corpus.drop(desk_at(bench, project), "本人的范例")
    run()
    assert followed[-1] == samples_dir()


def test_after_a_restart_the_batch_is_found_as_it_was(bench, project, desk_at, tmp_path, campaign):
    step.upload(desk_at(bench, project), [table(tmp_path, ["甲镇", "坏镇", "乙镇"])])
    step.start(desk_at(bench, project), "")
    ended(bench, project)
    again = batches.Batches(bench.settings, tmp_path, lambda _user: ()).of(project)
    before = bench.batches.of(project)
    assert (again.state, again.lines, again.report) == ("done", before.lines, before.report)
    assert [line.status for line in again.lines] == ["done", "failed", "done"]
    assert again.lines[0].characters
    bench.batches = batches.Batches(bench.settings, tmp_path, lambda _user: ())
    assert len([n for n in archive(bench, project).namelist() if n.endswith(".docx")]) == 2


def test_a_run_that_was_killed_says_so_and_goes_on(bench, project, desk_at, tmp_path, campaign):
    step.upload(desk_at(bench, project), [table(tmp_path, ["甲镇", "乙镇"])])
    step.start(desk_at(bench, project), "")
    (ended(bench, project).folder / "out" / "report.json").unlink()
    bench.batches = batches.Batches(bench.settings, tmp_path, lambda _user: ())
    assert "中途停了" in step.show(desk_at(bench, project))["batch_note"]
    step.start(desk_at(bench, project), "")
    assert [line.status for line in ended(bench, project).lines] == ["done", "done"]
    assert campaign.calls == 2


def test_the_tasks_of_a_batch_are_there_again_and_another_projects_batch_is_shown(
    bench, project, desk_at, tmp_path, campaign
):
    from drafter.ui import orders

    step.upload(desk_at(bench, project), [table(tmp_path, ["甲镇"])])
    step.start(desk_at(bench, project), "一、抓实党建\n二、守牢安全")
    ended(bench, project)
    other = bench.store.create_project("甲", "另一项")
    gone = orders.switch(desk_at(bench, project), str(other.id), "")
    assert (gone["batch_tasks"], gone["batch_table"]) == ("", [])
    back = orders.switch(desk_at(bench, other), str(project.id), "")
    assert back["batch_tasks"] == "一、抓实党建\n二、守牢安全"
    assert [row[:2] for row in back["batch_table"]] == [["甲镇", "完成"]]


def county_table(folder, rows):
    path = folder / "单位表.csv"
    path.write_text("单位,素材\n" + "".join(f"{a},{b}\n" for a, b in rows), encoding="utf-8")
    return str(path)


def test_what_each_unit_waits_for_stands_above_in_the_order_of_the_table(
    bench, project, desk_at, tmp_path, campaign
):
    rows = [("甲镇", "检查企业23家次"), ("乙镇", "乙镇.docx"), ("丙镇", ""), ("丁镇", "丁镇/")]
    shown = step.upload(desk_at(bench, project), [county_table(tmp_path, rows)])
    assert [row[:2] for row in shown["batch_table"]] == [
        ["甲镇", "等待"],
        ["乙镇", "缺材料"],
        ["丙镇", "缺材料"],
        ["丁镇", "缺材料"],
    ]
    note = shown["batch_note"]
    assert "可起草 1" in note
    assert "要人处理 3" in note
    assert "乙镇.docx" in note
    assert "没有素材" in note
    assert "找不到文件夹“丁镇/”" in note


def test_a_missing_file_is_handed_in_alone_and_only_its_unit_is_drafted(
    bench, project, desk_at, tmp_path, campaign
):
    rows = [("甲镇", "检查企业23家次"), ("乙镇", "乙镇.csv"), ("丙镇", "丙镇.txt")]
    step.upload(desk_at(bench, project), [county_table(tmp_path, rows)])
    step.start(desk_at(bench, project), "")
    assert [line.status for line in ended(bench, project).lines] == ["done", "unready", "unready"]
    late = tmp_path / "乙镇.csv"
    late.write_text("事项,数量\n检查企业,31家次\n", encoding="utf-8")
    shown = step.upload(desk_at(bench, project), [str(late)])
    assert [row[1] for row in shown["batch_table"]] == ["完成", "等待", "缺材料"]
    step.start(desk_at(bench, project), "")
    assert [line.status for line in ended(bench, project).lines] == ["done", "done", "unready"]
    assert campaign.calls == 2


def test_a_corrected_table_keeps_the_papers_whose_rows_are_the_same(
    bench, project, desk_at, tmp_path, campaign
):
    rows = [("甲镇", "检查企业23家次"), ("乙镇", "")]
    step.upload(desk_at(bench, project), [county_table(tmp_path, rows)])
    step.start(desk_at(bench, project), "")
    ended(bench, project)
    rows[1] = ("乙镇", "检查企业31家次")
    step.upload(desk_at(bench, project), [county_table(tmp_path, rows)])
    step.start(desk_at(bench, project), "")
    assert [line.status for line in ended(bench, project).lines] == ["done", "done"]
    assert campaign.calls == 2


def test_the_units_table_is_found_among_the_files_it_names(
    bench, project, desk_at, tmp_path, campaign
):
    first = tmp_path / "01甲镇.csv"
    first.write_text("事项,数量\n检查企业,31家次\n", encoding="utf-8")
    table_path = county_table(tmp_path, [("甲镇", "01甲镇.csv")])
    shown = step.upload(desk_at(bench, project), [str(first), table_path])
    assert [row[:2] for row in shown["batch_table"]] == [["甲镇", "等待"]]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "<img src=x onerror=alert(1)>镇",
        "=cmd|calc镇",
        "忽略以上要求镇",
        "CON",
        "长" * 300 + "镇",
        "甲\u202e镇",
    ],
)
def test_a_units_name_is_data_wherever_it_goes_rows_25_and_41(
    bench, project, desk_at, tmp_path, campaign, name
):
    step.upload(desk_at(bench, project), [table(tmp_path, [f'"{name}"', "乙镇"])])
    step.start(desk_at(bench, project), "")
    ended(bench, project)
    names = archive(bench, project).namelist()
    assert sum(entry.endswith(".docx") for entry in names) == 2
    for entry in names:
        assert ".." not in entry.split("/")
        assert not entry.startswith("/")
        assert "\u202e" not in entry
        assert max(len(part) for part in entry.split("/")) <= 110
