"""The outline of a project, with a lasting key for each section: texts stay with headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from drafter.domain import FactSheet, Outline, OutlineSection
from drafter.errors import InputError, NotFound
from drafter.planning import add_section, drop_section, move_fact, move_section
from drafter.store import Details, Entry, Project, decode, encode

KIND = "outline"
MAX_SECTIONS = 120
MAX_HEADING = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """An outline; ``keys[i]`` belongs to ``outline.sections[i]`` for good, ``next`` is free."""

    outline: Outline
    keys: tuple[str, ...] = ()
    next: int = 1

    def index(self, key: str) -> int:
        """Return the place of a section. Raises NotFound."""
        if key not in self.keys:
            raise NotFound("这一节已不在提纲里：请刷新页面")
        return self.keys.index(key)

    def section(self, key: str) -> OutlineSection:
        """Return a section by its key. Raises NotFound."""
        return self.outline.sections[self.index(key)]


EMPTY = Plan(Outline("", ()))


def load_plan(project: Project) -> tuple[Plan, int]:
    """Return the project's plan and its version (0: none yet)."""
    entry = project.entry(KIND)
    return (_decoded(entry.text), entry.number) if entry else (EMPTY, 0)


@lru_cache(maxsize=32)
def _decoded(text: str) -> Plan:
    return decode(Plan, text)


def save_plan(project: Project, plan: Plan, base: int, note: str = "") -> Entry:
    """Save the plan as a new version. Raises InputError over a limit, Conflict."""
    if len(plan.keys) > MAX_SECTIONS:
        raise InputError(f"章节超过{MAX_SECTIONS}个：请合并一些")
    return project.save(
        KIND, "", encode(plan), base=base, origin="hand", details=Details(note=note)
    )


def keyed(outline: Outline, old: Plan) -> Plan:
    """Give a new outline its keys: a heading that was there keeps its key, and so its text."""
    free: dict[str, list[str]] = {}
    for key, section in zip(old.keys, old.outline.sections, strict=True):
        free.setdefault(section.heading, []).append(key)
    number, keys = old.next, []
    for section in outline.sections:
        if free.get(section.heading):
            keys.append(free[section.heading].pop(0))
        else:
            keys.append(f"s{number}")
            number += 1
    return Plan(outline, tuple(keys), number)


def move(plan: Plan, key: str, by: int) -> Plan:
    """Return the plan with a section ``by`` places further down (negative: up)."""
    at = plan.index(key)
    to = max(0, min(at + by, len(plan.keys) - 1))
    keys = [k for k in plan.keys if k != key]
    keys.insert(to, key)
    return replace(plan, outline=move_section(plan.outline, at, to), keys=tuple(keys))


def add(plan: Plan, heading: str, level: int = 1, after: str = "") -> Plan:
    """Return the plan with a new section, behind another or at the end."""
    at = plan.index(after) + 1 if after else len(plan.keys)
    outline = add_section(plan.outline, heading[:MAX_HEADING], level, at)
    keys = (*plan.keys[:at], f"s{plan.next}", *plan.keys[at:])
    return Plan(outline, keys, plan.next + 1)


def drop(plan: Plan, key: str) -> Plan:
    """Return the plan without a section; its facts are unplaced, its text stays in the store."""
    outline = drop_section(plan.outline, plan.index(key))
    return replace(plan, outline=outline, keys=tuple(k for k in plan.keys if k != key))


def assign(plan: Plan, fact_id: str, key: str) -> Plan:
    """Return the plan with a fact under another section ("": unplaced)."""
    to = plan.index(key) if key else None
    return replace(plan, outline=move_fact(plan.outline, fact_id, to))


def with_facts(plan: Plan, sheet: FactSheet) -> Plan:
    """Return the plan with the facts it does not know yet unplaced, and those that are gone out."""
    known = sheet.by_id()
    outline = plan.outline
    sections = tuple(
        replace(s, fact_ids=tuple(i for i in s.fact_ids if i in known)) for s in outline.sections
    )
    placed = {i for s in sections for i in s.fact_ids}
    rest = tuple(fact.id for fact in sheet if fact.id not in placed)
    return replace(plan, outline=replace(outline, sections=sections, unplaced=rest))


def edit_rows(plan: Plan, rows: Sequence[Sequence[str]], sheet: FactSheet) -> Plan:
    """Return the plan after its table was edited: rows of (no., level, heading, fact ids, length).

    Only cells change here; rows are added, moved and dropped by their own buttons. Raises
    InputError naming the row for a level, an id or a length that cannot be.
    """
    sections = list(plan.outline.sections)
    if len(rows) != len(sections):
        raise InputError("表格行数变了：添加或删除章节请用下面的按钮")
    for number, row in enumerate(rows):
        sections[number] = _row(sections[number], [str(c or "").strip() for c in row], number + 1)
    seen: set[str] = set()
    for number, section in enumerate(sections):
        ids = tuple(i for i in section.fact_ids if i not in seen)
        _known(ids, sheet, number + 1)
        seen.update(ids)
        sections[number] = replace(section, fact_ids=ids)
    return with_facts(replace(plan, outline=replace(plan.outline, sections=tuple(sections))), sheet)


def _row(section: OutlineSection, cells: Sequence[str], number: int) -> OutlineSection:
    if not cells[2]:
        raise InputError(f"第{number}行标题是空的：请填写，或用“删除”去掉这一节")
    level, length = cells[1] or "1", cells[4] or "0"
    if level not in {"1", "2", "3", "4"}:
        raise InputError(f"第{number}行层级应为 1 到 4，现在是“{level[:10]}”")
    if not (length.isascii() and length.isdigit() and int(length) <= 20_000):
        raise InputError(f"第{number}行字数应为 0 到 20000 的整数，现在是“{length[:10]}”")
    return replace(
        section,
        heading=cells[2][:MAX_HEADING],
        level=int(level),
        length=int(length),
        fact_ids=parse_ids(cells[3]),
    )


def said_ids(ids: Sequence[str]) -> str:
    """Return facts' ids as a clerk reads them, neighbours as one: F1–F4、F7."""
    runs: list[list[str]] = []
    for name in ids:
        follows = runs and _is_next(runs[-1][-1], name)
        runs[-1].append(name) if follows else runs.append([name])
    return "、".join(f"{r[0]}–{r[-1]}" if len(r) > 2 else "、".join(r) for r in runs)


def parse_ids(text: str) -> tuple[str, ...]:
    """Return the ids that a cell names; the reverse of ``said_ids``, any dash will do."""
    found: list[str] = []
    for part in re.split(r"[\s、，,;；]+", text.upper()):
        run = re.fullmatch(r"F(\d{1,5})[–—－~～至-]+F?(\d{1,5})", part)
        first, last = (int(run[1]), int(run[2])) if run else (0, -1)
        found += [f"F{n}" for n in range(first, last + 1)] if first <= last else [part]
    return tuple(dict.fromkeys(name for name in found if name))


def _is_next(before: str, name: str) -> bool:
    numbers = before[1:], name[1:]
    return all(n.isdigit() for n in numbers) and int(numbers[1]) == int(numbers[0]) + 1


def _known(ids: Sequence[str], sheet: FactSheet, number: int) -> None:
    unknown = [i for i in ids if i not in sheet.by_id()]
    if unknown:
        raise InputError(f"第{number}行的事实编号不存在：{'、'.join(unknown)[:60]}")
