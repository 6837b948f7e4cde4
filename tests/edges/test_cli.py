"""The command line on the miniature townships: JSON as in the contract, one line for bad input."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from drafter.cli import main

ROOT = Path(__file__).parents[2]
TOWNSHIPS = ROOT / "tests" / "townships"
FINDING_KEYS = {"start", "end", "text", "label", "severity", "message", "suggestion", "fact_ids"}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "DRAFTER_MODEL"):
        monkeypatch.delenv(name, raising=False)


def drafted(township, tmp_path, *more):
    folder = TOWNSHIPS / township
    target = tmp_path / "draft.json"
    words = ["draft", str(folder / "facts.txt"), "--tasks", str(folder / "tasks.txt")]
    status = main([*words, "-o", str(tmp_path / "out.docx"), "--json", str(target), *more])
    return status, json.loads(target.read_text("utf-8"))


def test_a_draft_has_the_names_of_the_contract(tmp_path):
    _, made = drafted("clean", tmp_path)
    names = {"title", "sections", "text", "findings", "unused_facts", "facts", "writer", "usage"}
    assert names <= set(made)
    assert all({"heading", "level", "text", "fact_ids"} <= set(s) for s in made["sections"])
    assert all(set(f) == FINDING_KEYS for f in made["findings"])
    assert made["writer"] == "composer"
    usage = {"prompt_tokens", "completion_tokens", "cached_tokens", "calls", "seconds"}
    assert set(made["usage"]) == usage


@pytest.mark.parametrize("township", ["clean", "sparse", "contradictory", "chat"])
def test_every_fact_is_used_or_listed(township, tmp_path):
    _, made = drafted(township, tmp_path)
    used = {i for section in made["sections"] for i in section["fact_ids"]}
    assert used | set(made["unused_facts"]) == {fact["id"] for fact in made["facts"]}


@pytest.mark.parametrize("township", ["clean", "sparse", "contradictory", "chat"])
def test_no_shorthand_tag_or_handle_is_left_in_the_text(township, tmp_path):
    _, made = drafted(township, tmp_path)
    body = "\n".join(section["text"] for section in made["sections"])
    for mark in ("→", "〔", "<", "[", "@", "＠"):
        assert mark not in body, mark
    assert "【" not in body.replace("【待补", "")


def test_findings_lie_where_they_say(tmp_path):
    _, made = drafted("contradictory", tmp_path)
    for finding in made["findings"]:
        assert made["text"][finding["start"] : finding["end"]] == finding["text"]


def test_a_clean_township_has_no_unsupported_span(tmp_path):
    _, made = drafted("clean", tmp_path)
    labels = {f["label"] for f in made["findings"]} - {"placeholder", "boilerplate"}
    assert labels == set()


def test_json_on_stdout_is_json_alone(capsys):
    folder = TOWNSHIPS / "clean"
    main(["draft", str(folder / "facts.txt"), "--json", "-"])
    json.loads(capsys.readouterr().out)


def test_title_unit_and_year_are_taken_as_given(tmp_path):
    options = ["--title", "青石镇安全生产工作总结", "--unit", "青石镇", "--year", "2025"]
    _, made = drafted("clean", tmp_path, *options)
    assert made["title"] == "青石镇安全生产工作总结"


def test_check_flags_a_changed_figure_and_says_where(tmp_path, capsys):
    text = tmp_path / "text.txt"
    text.write_text("一、排查情况\n排查隐患163处，整改131处。", encoding="utf-8")
    facts = tmp_path / "facts.txt"
    facts.write_text("排查隐患136处，整改131处", encoding="utf-8")
    status = main(["check", str(text), "--facts", str(facts), "--json", "-"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [f["text"] for f in findings] == ["163处"]
    assert set(findings[0]) == FINDING_KEYS
    assert status == (1 if findings[0]["severity"] == "block" else 0)


def test_an_office_may_add_lines_to_the_wording_calendar(tmp_path, capsys, monkeypatch):
    text, facts, own = (tmp_path / name for name in ("text.txt", "facts.txt", "own.tsv"))
    text.write_text("一、学习情况\n开展青石先锋行动。", encoding="utf-8")
    own.write_text("青石先锋\t2020\t2023\t\t镇党委文件\n", encoding="utf-8")
    words = ["check", str(text), "--facts", str(facts), "--year", "2026", "--json", "-"]
    facts.write_text("总结年度：2026年\n开展青石行动", encoding="utf-8")
    monkeypatch.setenv("DRAFTER_WORDING", str(own))
    main(words)
    labels = {f["label"] for f in json.loads(capsys.readouterr().out)["findings"]}
    assert "stale_formulation" in labels


def test_a_draft_is_checked_by_the_offices_own_calendar(tmp_path, capsys, monkeypatch):
    facts, tasks, own = (tmp_path / name for name in ("facts.txt", "tasks.txt", "own.tsv"))
    facts.write_text("总结年度：2026年\n清运垃圾12吨", encoding="utf-8")
    tasks.write_text("一、开展青石先锋行动\n二、清运垃圾", encoding="utf-8")
    own.write_text("青石先锋\t2020\t2023\t\t镇党委文件\n", encoding="utf-8")
    words = ["draft", str(facts), "--tasks", str(tasks), "--year", "2026", "--json", "-"]
    labels = []
    for path in ("", str(own)):
        monkeypatch.setenv("DRAFTER_WORDING", path)
        assert main(words) < 2
        labels.append({f["label"] for f in json.loads(capsys.readouterr().out)["findings"]})
    assert "stale_formulation" in labels[1] - labels[0]


def test_a_calendar_that_cannot_be_read_is_named(tmp_path, capsys, monkeypatch):
    facts, own = tmp_path / "facts.txt", tmp_path / "own.tsv"
    facts.write_text("清运垃圾12吨", encoding="utf-8")
    own.write_bytes("青石先锋\t2020".encode("utf-16"))
    monkeypatch.setenv("DRAFTER_WORDING", str(own))
    assert main(["draft", str(facts), "--json", "-"]) == 2
    assert "表述日历“own.tsv”" in capsys.readouterr().err


def test_compare_finds_a_copied_run(tmp_path, capsys):
    source = (ROOT / "samples").glob("*.txt")
    sample = sorted(source)[0].read_text("utf-8")
    copied = sample[300:340].replace("\n", "")
    text = tmp_path / "text.txt"
    text.write_text("一、工作情况\n" + copied, encoding="utf-8")
    main(["compare", str(text), "--samples", str(ROOT / "samples"), "--json", "-"])
    report = json.loads(capsys.readouterr().out)
    assert report["overlaps"]
    assert {"start", "end", "text", "sample", "sample_start"} <= set(report["overlaps"][0])
    keys = {"heading", "nearest_sample", "nearest_heading", "share"}
    assert keys | {"boilerplate_share", "figures_per_1000"} <= set(report["sections"][0])


def test_the_projects_own_samples_are_sound(capsys):
    main(["samples", str(ROOT / "samples"), "--json", "-"])
    report = json.loads(capsys.readouterr().out)
    assert len(report["samples"]) >= 16
    assert report["duplicates"] == []
    assert all(
        {"name", "title", "characters", "sections", "warnings"} <= set(s) for s in report["samples"]
    )


BAD = [
    (["draft", "nowhere.txt", "-o", "x.docx"], "nowhere.txt"),
    (["draft", "empty.txt", "-o", "x.docx"], "empty.txt"),
    (["draft", "facts.xyz", "-o", "x.docx"], "facts.xyz"),
    (["draft", "facts.txt"], "-o"),
    (["draft", "facts.txt", "-o", "x.docx", "--samples", "nowhere"], "nowhere"),
    (["draft", "facts.txt", "-o", "x.docx", "--year", "25"], "25"),
    (["draft", "facts.txt", "-o", "x.docx", "--year", "今年"], "year"),
    (["check", "facts.txt"], "--facts"),
    (["check", "broken.docx", "--facts", "facts.txt"], "broken.docx"),
    (["batch", "facts.txt", "-o", "out"], "facts.txt"),
    (["nothing"], "nothing"),
    ([], ""),
]


@pytest.mark.parametrize(("words", "named"), BAD)
def test_bad_input_gets_one_line_and_status_2(words, named, tmp_path):
    (tmp_path / "facts.txt").write_text("排查隐患97处", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "facts.xyz").write_bytes(b"\x00\x01")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    done = run(words, tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def run(words, folder, **environment):
    command = [sys.executable, "-m", "drafter.cli", *words]
    environment = {**os.environ, "DRAFTER_HOME": str(folder / "home"), **environment}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=environment
    )


def test_facts_with_nothing_in_them_are_refused(tmp_path):
    folder = TOWNSHIPS / "empty"
    done = run(["draft", str(folder / "facts.txt"), "-o", "x.docx"], tmp_path)
    assert done.returncode == 2
    assert "素材" in done.stderr


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "ftp://x", "not a url"])
def test_an_endpoint_that_cannot_be_used_is_said_in_one_line(url, tmp_path):
    (tmp_path / "facts.txt").write_text("排查隐患97处", encoding="utf-8")
    words = ["draft", "facts.txt", "-o", "x.docx"]
    settings = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "sk-secret-1", "DRAFTER_MODEL": "m"}
    done = run(words, tmp_path, **settings)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "sk-secret-1" not in done.stderr + done.stdout


def test_a_draft_without_a_model_loads_neither_gradio_nor_openai(tmp_path):
    (tmp_path / "facts.txt").write_text("排查隐患97处", encoding="utf-8")
    code = (
        "import sys; from drafter.cli import main;"
        "main(['draft', 'facts.txt', '-o', 'x.docx']);"
        "print([m for m in ('gradio', 'openai', 'pandas', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="no peak of a process is told here"
)
def test_a_cold_draft_stays_small(tmp_path):
    (tmp_path / "facts.txt").write_text("排查隐患97处", encoding="utf-8")
    code = (
        "from drafter.cli import main; main(['draft', 'facts.txt', '-o', 'x.docx']);"
        "print([line for line in open('/proc/self/status') if line.startswith('VmHWM')][0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    kilobytes = int(done.stdout.split("VmHWM:")[1].split()[0])
    assert kilobytes / 1024 < 200


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "还缺少：命令"),
        (["draft"], "还缺少：FACTS"),
        (["draft", "x", "--year", "去年"], "--year要写整数，现在是“去年”"),
        (["dratf", "x"], "命令没有“dratf”，可选："),
        (["draft", "x", "--annex", "--bogus"], "不认识：--bogus"),
        (["check", "x", "--facts"], "--facts后面要写内容"),
    ],
)
def test_a_wrong_call_is_answered_in_one_chinese_line(words, told, capsys):
    with pytest.raises(SystemExit) as stop:
        main(words)
    line = capsys.readouterr().err
    assert stop.value.code == 2
    assert line.count("\n") == 1
    assert told in line
    assert "argument" not in line
    assert "--help”查看用法" in line


def test_help_speaks_chinese(capsys):
    with pytest.raises(SystemExit):
        main(["draft", "--help"])
    shown = capsys.readouterr().out
    assert shown.startswith("用法：drafter draft ")
    assert not re.search("usage|options|show", shown)
