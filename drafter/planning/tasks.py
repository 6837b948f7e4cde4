"""The tasks handed down: headings, one a line, as a notice lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.chinese.markers import find_marker
from drafter.errors import InputError

MOST_HEADINGS = 97  # two more may follow, for problems and plans; ordinals end at 99
LONGEST_HEADING = 60  # characters; a longer line is cut at its first full stop
_OWNER = re.compile(r"[（(](?:牵头|责任|配合)[^（）()]*[）)]\s*$")
_END = re.compile(r"[。；;：:，,、\s]+$")


@dataclass(frozen=True, slots=True)
class Task:
    """A heading handed down: its level (1 一、 2 （一）…) and its words without marker."""

    level: int
    heading: str


def parse_tasks(tasks: str | Sequence[str]) -> tuple[list[Task], list[str]]:
    """Read headings, one a line; return the tasks and the lines taken for notes.

    Where some lines carry markers, an unmarked line before the first of them is a title or a note,
    not a task; an unmarked line after it belongs to the task above and is a note too. Raises
    InputError where one level has more than 97 headings.
    """
    lines = tasks.splitlines() if isinstance(tasks, str) else list(tasks)
    lines = [line.strip().lstrip("\ufeff·•-—*").strip() for line in lines]
    lines = [line for line in lines if line]
    marked = [find_marker(line) is not None for line in lines]
    found, notes = [], []
    for line, has_marker in zip(lines, marked, strict=True):
        if has_marker or not any(marked):
            found.append(_task(line))
        else:
            notes.append(line)
    found = _normal_levels([task for task in found if task.heading])
    _check_number(found)
    return found, notes


def _check_number(tasks: Sequence[Task]) -> None:
    """Raise InputError where one level has more headings in a row than ordinals in Han go."""
    run = {1: 0, 2: 0}
    for task in tasks:
        run[task.level] += 1
        run[2] = 0 if task.level == 1 else run[2]
        if run[task.level] > MOST_HEADINGS:
            raise InputError(
                f"任务清单有{len(tasks)}个标题，同一级最多{MOST_HEADINGS}个；"
                "请只留标题行，一行一个，不要把素材放进任务清单。"
            )


def _task(line: str) -> Task:
    marker = find_marker(line)
    level = marker.level if marker else 1
    body = line[marker.end :] if marker else line
    body = _OWNER.sub("", body)
    if len(body) > LONGEST_HEADING:
        body = re.split(r"[。；！？]", body, maxsplit=1)[0]
    return Task(level, _END.sub("", body.strip()))


def _normal_levels(tasks: list[Task]) -> list[Task]:
    """Make the levels begin at 1 and leave no gap (1. under 一、 becomes （一）)."""
    used = sorted({task.level for task in tasks})
    rank = {level: min(number, 2) for number, level in enumerate(used, 1)}
    return [Task(rank[task.level], task.heading) for task in tasks]
