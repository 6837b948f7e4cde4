"""The installed package needs nothing of the checkout: prompts and samples travel with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Build a wheel and unpack it beside an empty folder; dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run([*build, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    wheel = next(folder.glob("*.whl"))
    site = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    done = subprocess.run([*pip, "--target", str(site), str(wheel)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return site


def run(site, folder, code_or_words):
    environment = {**os.environ, "PYTHONPATH": str(site), "DRAFTER_HOME": str(folder / "home")}
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "DRAFTER_MODEL"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, *code_or_words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
    )


def test_the_wheel_is_what_runs(installed, tmp_path):
    done = run(installed, tmp_path, ["-c", "import drafter; print(drafter.__file__)"])
    assert str(installed) in done.stdout


def test_an_installed_drafter_drafts_with_its_own_samples(installed, tmp_path):
    (tmp_path / "facts.txt").write_text("【应急办】排查隐患97处→整改97处\n", encoding="utf-8")
    done = run(installed, tmp_path, ["-m", "drafter.cli", "draft", "facts.txt", "-o", "out.docx"])
    assert done.returncode in (0, 1), done.stderr
    assert (tmp_path / "out.docx").exists()


def test_prompts_samples_and_the_sample_township_travel(installed, tmp_path):
    code = (
        "from drafter.resources import demo_dir, prompts_dir, samples_dir;"
        "print(len(list(prompts_dir().glob('*.txt')) + list(prompts_dir().glob('*.md'))) > 0,"
        "len(list(samples_dir().iterdir())) >= 16, (demo_dir() / 'facts.txt').exists())"
    )
    assert run(installed, tmp_path, ["-c", code]).stdout.split() == ["True", "True", "True"]
