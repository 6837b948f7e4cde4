"""The facts sheet of a project: add, edit, take back. Ids never change once given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from drafter.domain import Fact, FactSheet, Source
from drafter.errors import InputError
from drafter.facts import join_sheets, make_fact, parse_facts
from drafter.store import Details, Entry, Project, decode, encode

MAX_FACTS = 10_000
KIND = "facts"


def load_sheet(project: Project) -> tuple[FactSheet, int]:
    """Return the project's facts and their version (0: none yet)."""
    entry = project.entry(KIND)
    return (_decoded(entry.text), entry.number) if entry else (FactSheet(), 0)


@lru_cache(maxsize=32)
def _decoded(text: str) -> FactSheet:
    return decode(FactSheet, text)


def save_sheet(
    project: Project, sheet: FactSheet, base: int, origin: str = "hand", note: str = ""
) -> Entry:
    """Save the facts as a new version. Raises InputError over the limit, Conflict."""
    if len(sheet) > MAX_FACTS:
        raise InputError(f"素材超过{MAX_FACTS}条：请分成几个项目")
    return project.save(
        KIND, "", encode(sheet), base=base, origin=origin, details=Details(note=note)
    )


def append(old: FactSheet, new: FactSheet) -> FactSheet:
    """Add another sheet's facts behind the old ones; a line that is there already stays once."""
    have = {fact.text: fact.id for fact in old}
    fresh = [fact for fact in new if fact.text not in have]
    ids = {fact.id: have.get(fact.text, "") for fact in new}
    ids |= {fact.id: f"F{n}" for n, fact in enumerate(fresh, last_number(old) + 1)}
    added = [
        replace(fact, id=ids[fact.id], replaced_by=ids.get(fact.replaced_by, "")) for fact in fresh
    ]
    return _rechecked(
        replace(
            old,
            facts=(*old.facts, *added),
            unit=old.unit or new.unit,
            period=old.period or new.period,
            tags=tuple(dict.fromkeys((*old.tags, *new.tags))),
            not_understood=(*old.not_understood, *new.not_understood),
        ),
        [n for n in new.notices if not n.fact_ids],
    )


def edit(old: FactSheet, rows: Sequence[Sequence[str]]) -> FactSheet:
    """Return the sheet after its table was edited: rows of (id, text, section hint, office, …).

    A row whose text was emptied is dropped; a row without a known id is a new fact; facts that the
    table does not name are dropped too, since their row was deleted.
    """
    known = old.by_id()
    number = last_number(old)
    facts: list[Fact] = []
    for row in rows:
        cells = [str(cell or "").strip() for cell in row] + [""] * 4
        if not cells[1]:
            continue
        fact = known.get(cells[0])
        if fact is None:
            number += 1
            fact = _parsed(cells[1], f"F{number}", old)
        facts.append(_edited(fact, cells, old))
    return _rechecked(replace(old, facts=tuple(facts)), ())


def last_number(sheet: FactSheet) -> int:
    """Return the highest number among the facts' ids."""
    return max((int(fact.id[1:]) for fact in sheet if fact.id[1:].isdigit()), default=0)


def _edited(fact: Fact, cells: Sequence[str], sheet: FactSheet) -> Fact:
    if fact.text != cells[1]:
        fresh = _parsed(cells[1], fact.id, sheet)
        fact = replace(fresh, source=fact.source, state=fresh.state, internal=fact.internal)
    return replace(fact, section_hint=cells[2], office=cells[3])


def _parsed(text: str, number: str, sheet: FactSheet) -> Fact:
    line = " ".join(text.split())
    found = parse_facts(line, sheet.unit, sheet.period, source="手工填写").facts
    if len(found) == 1:
        return replace(found[0], id=number)
    return make_fact(number, line, Source("手工填写"))


def _rechecked(sheet: FactSheet, notices: Iterable[object]) -> FactSheet:
    """Detect conflicts anew over all facts, and keep the ids."""
    joined = join_sheets([sheet])
    ids = {new.id: old.id for new, old in zip(joined.facts, sheet.facts, strict=False)}
    found = tuple(
        replace(notice, fact_ids=tuple(ids.get(i, i) for i in notice.fact_ids))
        for notice in joined.notices
    )
    kept = tuple(n for n in notices if n not in found)
    return replace(sheet, notices=(*found, *kept))  # type: ignore[arg-type]
