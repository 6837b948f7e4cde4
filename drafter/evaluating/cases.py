"""Cases to measure on: a folder of them, or the user's own samples, one left out at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from drafter.chinese.quantities import find_figures
from drafter.chinese.sentences import split_sentences
from drafter.domain import FactSheet, Sample, Section
from drafter.errors import InputError
from drafter.facts import parse_facts, parse_tables
from drafter.reading import read_document, read_text

FACTS = ("facts.txt", "facts.docx", "facts.xlsx", "facts.csv")
SHORTEST = 6  # characters: less is no fact
_MASKED = re.compile(r"[XxＸ×]{2,}|[○〇]{2,}|[*＊]{2,}|_{3,}|【待补")
"""A figure or name made unreadable: the gap it leaves in a draft tells nothing of the writer."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be drafted. ``reference`` is how a person wrote it, "" where nobody has.

    ``hidden`` names the sample that the case was made from; it is not in the library then.
    """

    name: str
    facts: FactSheet
    tasks: tuple[str, ...] = ()
    title: str = ""
    reference: str = ""
    hidden: str = ""


def cases_in(folder: Path) -> list[Case]:
    """Read the cases of a folder: one a subfolder, with facts.*, tasks.txt, reference.txt.

    tasks and reference may be missing. Raises InputError where there is no case in it.
    """
    if not folder.is_dir():
        raise InputError(f"案例文件夹“{folder.name}”不存在，请检查路径。")
    homes = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    cases = [case for home in homes for case in _read(home)]
    if not cases:
        raise InputError(f"“{folder.name}”里没有案例：每个子文件夹应有 facts.txt 和 tasks.txt。")
    return cases


def _read(home: Path) -> Iterator[Case]:
    file = next((home / name for name in FACTS if (home / name).is_file()), None)
    if file is None:
        return
    try:
        document = read_document(file)
    except InputError:
        return
    tables = file.suffix in {".xlsx", ".csv"} and document.tables
    facts = parse_tables(document.tables) if tables else parse_facts(document.text)
    if not len(facts):
        return
    tasks = tuple(line for line in _text(home / "tasks.txt").splitlines() if line.strip())
    yield Case(home.name, facts, tasks, reference=_text(home / "reference.txt"))


def _text(path: Path) -> str:
    return read_text(path) if path.is_file() else ""


def cases_of(samples: Sequence[Sample], most: int = 0) -> list[Case]:
    """Make a case of each sample: its sentences with figures are the facts, its headings the tasks.

    ``most`` 0: all. A sample without two headings or without three such sentences is no case.
    """
    cases = [case for sample in samples for case in _left_out(sample)]
    return cases[:most] if most else cases


def _left_out(sample: Sample) -> Iterator[Case]:
    lines: list[str] = []
    for section in sample.sections:
        if section.level == 1 and section.heading:
            lines.append(f"{section.marker}{section.heading}")
            lines += _statements(section)
    facts = parse_facts("\n".join(lines))
    tasks = tuple(s.heading for s in sample.sections if s.level == 1 and s.heading)
    if len(facts) >= 3 and len(tasks) >= 2:
        yield Case(sample.name, facts, tasks, sample.title, sample.text, sample.name)


def _statements(section: Section) -> Iterator[str]:
    for node in section.walk():
        for sentence in split_sentences(node.body):
            text = sentence.text.strip("。；， ")
            if len(text) >= SHORTEST and find_figures(text) and not _MASKED.search(text):
                yield text
