"""Edits of an outline: each returns a new outline, and no fact is ever lost by one."""

from __future__ import annotations

from dataclasses import replace

from drafter.domain import Outline, OutlineSection
from drafter.errors import InputError


def rename_section(outline: Outline, index: int, heading: str) -> Outline:
    """Return the outline with another heading. Raises InputError if it is blank."""
    if not heading.strip():
        raise InputError("章节标题不能为空，请填写标题。")
    return _put(outline, index, replace(_at(outline, index), heading=heading.strip()))


def move_section(outline: Outline, index: int, to: int) -> Outline:
    """Return the outline with a section at another place in the order."""
    section = _at(outline, index)
    rest = [s for i, s in enumerate(outline.sections) if i != index]
    rest.insert(max(0, min(to, len(rest))), section)
    return replace(outline, sections=tuple(rest))


def add_section(outline: Outline, heading: str, level: int = 1, at: int | None = None) -> Outline:
    """Return the outline with one more section, at the end unless ``at`` says where."""
    if not heading.strip():
        raise InputError("章节标题不能为空，请填写标题。")
    if level not in (1, 2):
        raise InputError("章节层次只能是一级（一、）或二级（（一））。")
    sections = list(outline.sections)
    place = len(sections) if at is None else max(0, min(at, len(sections)))
    sections.insert(place, OutlineSection(heading.strip(), level))
    return replace(outline, sections=tuple(sections))


def drop_section(outline: Outline, index: int) -> Outline:
    """Return the outline without a section; its facts become unplaced."""
    section = _at(outline, index)
    rest = tuple(s for i, s in enumerate(outline.sections) if i != index)
    return replace(outline, sections=rest, unplaced=(*outline.unplaced, *section.fact_ids))


def move_fact(outline: Outline, fact_id: str, to: int | None) -> Outline:
    """Return the outline with a fact under another section, or unplaced where ``to`` is None.

    Raises InputError where the outline knows no such fact or section.
    """
    known = {i for section in outline.sections for i in section.fact_ids} | set(outline.unplaced)
    if fact_id not in known:
        raise InputError(f"提纲里没有素材 {fact_id}，请刷新后再试。")
    target = None if to is None else _at(outline, to)
    sections = tuple(_with(_without(s, fact_id), fact_id, s is target) for s in outline.sections)
    unplaced = tuple(i for i in outline.unplaced if i != fact_id)
    return replace(
        outline, sections=sections, unplaced=(*unplaced, fact_id) if target is None else unplaced
    )


def _at(outline: Outline, index: int) -> OutlineSection:
    if not 0 <= index < len(outline.sections):
        raise InputError(f"提纲里没有第{index + 1}个章节，请刷新后再试。")
    return outline.sections[index]


def _put(outline: Outline, index: int, section: OutlineSection) -> Outline:
    sections = tuple(section if i == index else s for i, s in enumerate(outline.sections))
    return replace(outline, sections=sections)


def _without(section: OutlineSection, fact_id: str) -> OutlineSection:
    if fact_id not in section.fact_ids:
        return section
    reasons = {k: v for k, v in section.reasons.items() if k != fact_id}
    return replace(
        section, fact_ids=tuple(i for i in section.fact_ids if i != fact_id), reasons=reasons
    )


def _with(section: OutlineSection, fact_id: str, here: bool) -> OutlineSection:
    if not here:
        return section
    reasons = {**section.reasons, fact_id: "人工指定"}
    return replace(section, fact_ids=(*section.fact_ids, fact_id), reasons=reasons)
