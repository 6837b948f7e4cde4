"""What the command line answers to a slip: one line, what and what to do, and no trace of code."""

import pytest

from drafter import cli, commands
from drafter.cli import main

FACTS = "中心组学习11次，参学132人次\n排查隐患97处，整改97处\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    (tmp_path / "facts.txt").write_text(FACTS, encoding="utf-8")
    (tmp_path / "none").mkdir()
    (tmp_path / "units.csv").write_text("单位,素材\n甲镇,学习11次\n", encoding="utf-8")
    return tmp_path


def answer(words, capsys):
    try:
        status = main(words)
    except SystemExit as stop:
        status = stop.code
    return status, capsys.readouterr()


SLIPS = [
    (["draft", "facts.txt", "-o", "none"], "“none”是文件夹"),
    (["draft", "facts.txt", "-o", "facts.txt/x.docx"], "上级路径不是文件夹"),
    (["draft", "facts.txt", "-o", "总结.doc"], "不能导出 .doc 文件"),
    (["draft", "facts.txt", "--json", "none"], "这是文件夹"),
    (["draft", "", "-o", "x.docx"], "文件路径是空的"),
    (["check", "facts.txt", "--facts", "facts.txt", "--year", "25"], "“25”"),
    (["batch", "units.csv", "-o", "out", "--year", "25"], "“25”"),
    (["batch", "units.csv", "-o", "facts.txt"], "上级路径不是文件夹"),
    (["batch", "units.csv", "-o", "out", "--workers", "0"], "--workers"),
    (["app", "--port", "99999"], "--port要写 0 到 65535 的整数，现在是“99999”"),
    (["app", "--port", "网页"], "--port要写 0 到 65535 的整数，现在是“网页”"),
    (["compare", "facts.txt", "--samples", "facts.txt"], "“facts.txt”不存在"),
]


@pytest.mark.parametrize(("words", "told"), SLIPS)
def test_a_slip_is_answered_in_one_line_that_ends(words, told, folder, capsys):
    status, said = answer(words, capsys)
    assert status == 2
    assert said.err.count("\n") == 1, said.err
    assert told in said.err
    assert said.err.endswith("。\n")
    assert ".writing-" not in said.err
    assert not (folder / "x.docx").exists()


def test_what_nobody_foresaw_is_one_line_with_the_place(folder, capsys, monkeypatch):
    def broken(_arguments):
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr(commands, "samples", broken)
    status, said = answer(["samples", "none"], capsys)
    assert status == cli.UNUSABLE
    assert said.err.count("\n") == 1
    assert "ZeroDivisionError" in said.err
    assert "test_command_answers.py 第" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ["draft", "facts.txt", "-o", "x.docx", "--samples", "none"],
        ["check", "facts.txt", "--facts", "facts.txt", "--samples", "none"],
        ["compare", "facts.txt", "--samples", "none"],
        ["samples", "none"],
    ],
)
def test_a_folder_without_samples_is_said(words, folder, capsys):
    status, said = answer(words, capsys)
    assert status == 0
    assert "没有可用的样本" in said.err + said.out


def test_a_sample_that_cannot_be_read_is_named_by_every_command(folder, capsys):
    (folder / "none" / "坏.docx").write_bytes(b"PK\x03\x04")
    for words in (
        ["draft", "facts.txt", "-o", "x.docx", "--samples", "none"],
        ["check", "facts.txt", "--facts", "facts.txt", "--samples", "none"],
        ["compare", "facts.txt", "--samples", "none"],
        ["samples", "none"],
    ):
        _, said = answer(words, capsys)
        assert "样本未读：坏" in said.err + said.out


def test_a_title_stands_on_one_line(folder, capsys):
    words = ["draft", "facts.txt", "-o", "x.txt", "--title", "学习情况\n总结"]
    assert answer(words, capsys)[0] == 0
    assert (folder / "x.txt").read_text(encoding="utf-8").startswith("学习情况 总结\n")


def test_a_name_with_a_dot_is_a_docx(folder, capsys):
    assert answer(["draft", "facts.txt", "-o", "总结.2025"], capsys)[0] == 0
    assert (folder / "总结.2025").read_bytes()[:2] == b"PK"


def test_a_unit_that_the_notes_do_not_name_is_no_finding_when_given(folder, capsys):
    words = ["draft", "facts.txt", "-o", "x.docx", "--unit", "青石镇", "--year", "2025"]
    assert answer(words, capsys)[0] == 0
    check = ["check", "x.docx", "--facts", "facts.txt", "--year", "2025"]
    assert answer([*check, "--unit", "青石镇"], capsys)[0] == 0
    back = ["readback", "x.docx", "--before", "x.docx", "--facts", "facts.txt", "--year", "2025"]
    assert answer([*back, "--unit", "青石镇"], capsys)[0] == 0
