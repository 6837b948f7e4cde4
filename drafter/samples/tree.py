"""Marks in order → a tree of sections."""

from __future__ import annotations

from drafter.domain import Section
from drafter.samples.headings import Heading
from drafter.samples.mark import Mark


def build_tree(
    text: str, marks: list[Mark], headings: list[Heading], end: int
) -> tuple[Section, ...]:
    """Return the sections of level order: a mark's parent is the nearest earlier smaller level."""
    built: list[Section] = []
    pending: list[list[Section]] = [[] for _ in range(len(marks) + 1)]
    parents, ends = _parents(marks, end)
    for i in range(len(marks) - 1, -1, -1):
        children = tuple(reversed(pending[i]))
        own = children[0].start if children else ends[i]
        section = _section(text, marks[i], headings[i], own, ends[i], children)
        parent = parents[i]
        (built if parent < 0 else pending[parent]).append(section)
    return tuple(reversed(built))


def _parents(marks: list[Mark], end: int) -> tuple[list[int], list[int]]:
    parents: list[int] = []
    ends = [end] * len(marks)
    stack: list[tuple[float, int]] = []
    for i, mark in enumerate(marks):
        own = rank(mark)
        while stack and stack[-1][0] >= own:
            ends[stack.pop()[1]] = mark.start
        parents.append(stack[-1][1] if stack else -1)
        stack.append((own, i))
    return parents, ends


def rank(mark: Mark) -> float:
    """Return the order of a mark in the tree: its level; an annex's title stands over all."""
    return 0.5 if mark.kind in ("annex-title", "chapter") else mark.level


def _section(
    text: str,
    mark: Mark,
    heading: Heading,
    own: int,
    end: int,
    children: tuple[Section, ...],
) -> Section:
    body = text[heading.body : own].strip()
    return Section(
        mark.level,
        mark.text,
        heading.text,
        body,
        children,
        mark.start,
        end,
        heading.start,
        heading.end,
        heading.run_in,
        mark.kind,
    )
