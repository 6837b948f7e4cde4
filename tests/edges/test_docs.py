"""The documents say what the program does, and every command in the README runs."""

import importlib
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh-CN.md"]
SET_UP_ELSEWHERE = {
    "make app", "make test", "make demo", "python3 -m venv .venv", ". .venv/bin/activate",
    "pip install -c constraints.txt .", "drafter app",
}  # fmt: skip
PLACEHOLDERS = {"drafter evaluate", "drafter readback"}


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shell_lines(name):
    text = (ROOT / name).read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def inline_commands(name):
    text = (ROOT / name).read_text("utf-8")
    return set(re.findall(r"`((?:drafter|make|pip) [^`]+)`", text))


def test_the_page_of_commands_is_what_the_parser_says():
    commands = load(ROOT / "docs" / "commands.py")
    assert commands.TARGET.read_text("utf-8") == commands.render()


@pytest.mark.parametrize("name", READMES)
def test_every_command_named_in_passing_is_known_to_the_tests(name):
    assert inline_commands(name) <= SET_UP_ELSEWHERE | PLACEHOLDERS | {"make demo"}


def test_both_readmes_show_the_same_commands():
    assert shell_lines(READMES[0]) == shell_lines(READMES[1])


@pytest.mark.parametrize("target", ["app", "test", "demo", "check", "screenshots", "bench"])
def test_make_knows_the_target(target):
    if shutil.which("make") is None:
        pytest.skip("make is not installed here")
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_tour_of_the_command_line_runs_as_written(tmp_path):
    for name in ("drafter/demo", "samples"):
        shutil.copytree(ROOT / name, tmp_path / name)
    tour = [line for line in shell_lines("README.md") if line not in SET_UP_ELSEWHERE]
    assert len(tour) >= 5
    for line in tour:
        words = line.split()
        assert words[0] == "drafter"
        command = (
            [sys.executable, "-P", "-m", "drafter.cli"]
            if sys.version_info >= (3, 11)
            else [sys.executable, "-m", "drafter.cli"]
        )
        done = subprocess.run(
            [*command, *words[1:]], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode in (0, 1), (line, done.stderr)
        assert "Traceback" not in done.stderr
    assert (tmp_path / "build" / "summary.docx").stat().st_size > 5000
    assert len(list((tmp_path / "build" / "batch").glob("*.docx"))) == 3


def test_links_in_the_readmes_lead_somewhere():
    for name in READMES:
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text("utf-8")):
            if not target.startswith("http"):
                assert (ROOT / target).exists(), f"{name}: {target}"


def contract_names():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    block = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    return re.findall(r"(?:^|; )(\w+(?:\.\w+)+)\(", block, re.MULTILINE)


@pytest.mark.parametrize("name", contract_names())
def test_what_the_rooms_offer_to_one_another_is_there(name):
    room, *rest = name.split(".")
    place = f"drafter.{room}" if (ROOT / "drafter" / room).is_dir() else f"drafter.chinese.{room}"
    for part in rest[:-1]:
        place += f".{part}"
    assert callable(getattr(importlib.import_module(place), rest[-1]))
