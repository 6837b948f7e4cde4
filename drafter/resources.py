"""Where the data files lie: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _data_dir(name: str) -> Path:
    installed = PACKAGE / "_data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def prompts_dir() -> Path:
    """Return the folder of prompt templates."""
    return _data_dir("prompts")


def samples_dir() -> Path:
    """Return the folder of the project's own sample summaries."""
    return _data_dir("samples")


def demo_dir() -> Path:
    """Return the folder of the sample township (facts.txt, tasks.txt)."""
    return PACKAGE / "demo"


@cache
def lexicon(room: str, name: str) -> tuple[str, ...]:
    """Return the entries of a lexicon file of a room, one a line, without comments.

    A line that begins with ``#`` is a comment (it names the source); tabs separate columns and are
    left as they are. Raises FileNotFoundError where there is no such file, a defect of the build.
    """
    path = PACKAGE / room / "lexicons" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(line.rstrip() for line in lines if line.strip() and not line.startswith("#"))
