"""An edited Word file on its way back: its differences, section by section, and its comments.

Nothing of the project changes until a person accepts a part; accepted text becomes a version. What
was read is kept with the project, so that a refresh or another window goes on where it was left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from drafter.domain import Draft, DraftSection
from drafter.errors import InputError
from drafter.exporting import Edited, read_back
from drafter.planning import rename_section
from drafter.store import Details, Project, decode, encode
from drafter.ui.work import plans
from drafter.ui.work.sections import KIND as SECTION
from drafter.ui.work.sections import Extra, Paper, draft_of, load_paper

KIND = "returned"
NOTE = "从改过的 Word 读回"
FRAME = ("title", "addressee", "unit", "issue_date", "preamble", "annexes")
"""Parts of a paper outside its sections, as ``Draft`` and the project's settings name them."""
State = Literal["open", "accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Part:
    """One difference. ``kind``: changed, added, removed, or a name of ``FRAME``.

    ``key`` is the section's ("" until a new one is accepted); ``old`` and ``old_heading`` are as
    they were when the file was read.
    """

    number: int
    kind: str
    key: str = ""
    heading: str = ""
    old_heading: str = ""
    level: int = 1
    old: str = ""
    text: str = ""
    state: State = "open"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from the margin; ``key`` is the section that holds the words it lies on."""

    author: str
    text: str
    anchor: str
    key: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """A file read back. ``order`` names the sections as they stand in it: a key, or ``+number``."""

    name: str = ""
    parts: tuple[Part, ...] = ()
    comments: tuple[Comment, ...] = ()
    order: tuple[str, ...] = ()

    def open_parts(self) -> list[Part]:
        """Return the differences nobody has decided on."""
        return [part for part in self.parts if part.state == "open"]

    def open_comments(self) -> list[Comment]:
        """Return the comments that are still to be worked off."""
        return [comment for comment in self.comments if not comment.done]

    def part(self, number: int) -> Part:
        """Return a difference by its number. Raises InputError."""
        found = next((part for part in self.parts if part.number == number), None)
        if found is None:
            raise InputError("这一处改动已经不在了：请刷新页面")
        return found


NOTHING = Returned()


def load_returned(project: Project) -> tuple[Returned, int]:
    """Return what was read back last, and its version (0: nothing yet)."""
    entry = project.entry(KIND)
    return (decode(Returned, entry.text), entry.number) if entry else (NOTHING, 0)


def save_returned(project: Project, returned: Returned, base: int) -> None:
    """Keep what was read back and what was decided. Raises Conflict."""
    project.save(KIND, "", encode(returned), base=base, origin="import")


# --------------------------------------------------------------------------- reading


def read_returned(paper: Paper, data: bytes, name: str) -> Returned:
    """Compare an edited file with the paper as it stands. Raises InputError."""
    before = draft_of(paper)
    edited = read_back(data, _with_keys(before, paper))
    parts, order = _sections(edited.draft.sections, before, paper)
    parts = [*_frame(edited.draft, before), *parts]
    numbered = tuple(replace(part, number=n) for n, part in enumerate(parts))
    numbers = iter(part.number for part in numbered if part.kind == "added")
    order = [place or f"+{next(numbers)}" for place in order]
    return Returned(name, numbered, tuple(_comments(edited, paper)), tuple(order))


def _with_keys(draft: Draft, paper: Paper) -> Draft:
    """Return the draft with each section's key where its facts stand: it comes back with it."""
    pairs = zip(paper.sections, draft.sections, strict=True)
    return replace(
        draft, sections=tuple(replace(section, fact_ids=(view.key,)) for view, section in pairs)
    )


def _frame(now: Draft, before: Draft) -> Iterator[Part]:
    for kind in FRAME:
        old, text = _plain(getattr(before, kind)), _plain(getattr(now, kind))
        if old != text:
            yield Part(0, kind, old=old, text=text)


def _plain(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _sections(
    now: Sequence[DraftSection], before: Draft, paper: Paper
) -> tuple[list[Part], list[str]]:
    """Return the differences, and the keys in the file's order, "" for a new section."""
    known = dict(zip((v.key for v in paper.sections), before.sections, strict=True))
    parts, order = [], []
    for section in now:
        key = section.fact_ids[0] if section.fact_ids else ""
        old = known.get(key)
        order.append(key)
        if old is None:
            parts.append(
                Part(0, "added", heading=section.heading, level=section.level, text=section.text)
            )
        elif (old.heading, old.text) != (section.heading, section.text):
            parts.append(
                Part(0, "changed", key, section.heading, old.heading, section.level,
                     old.text, section.text)
            )  # fmt: skip
    parts += [
        Part(0, "removed", key, old_heading=old.heading, level=old.level, old=old.text)
        for key, old in known.items()
        if key not in order
    ]
    return parts, order


def _comments(edited: Edited, paper: Paper) -> Iterator[Comment]:
    for remark in edited.remarks:
        home = next((k for k, text in _texts(edited, paper) if remark.anchor in text), "")
        yield Comment(remark.author, remark.text, remark.anchor, home if remark.anchor else "")


def _texts(edited: Edited, paper: Paper) -> Iterator[tuple[str, str]]:
    for section in edited.draft.sections:
        key = section.fact_ids[0] if section.fact_ids else ""
        yield key, f"{section.heading}\n{section.text}"
    for view in paper.sections:
        yield view.key, view.text


# --------------------------------------------------------------------------- deciding


def accept(project: Project, number: int) -> str:
    """Take one difference over; return "candidate" where it waits beside a newer text.

    Raises InputError, Conflict.
    """
    returned, base = load_returned(project)
    part = returned.part(number)
    if part.state != "open":
        return ""
    how = _ACCEPT.get(part.kind, _accept_frame)
    key, said = how(project, part, returned)
    done = replace(part, key=key, state="accepted")
    save_returned(project, _with_part(returned, done), base)
    project.log("采用读回的改动", part.heading or part.old_heading or part.kind)
    return said


def reject(project: Project, number: int) -> None:
    """Leave one difference aside. Raises InputError, Conflict."""
    returned, base = load_returned(project)
    part = replace(returned.part(number), state="rejected")
    save_returned(project, _with_part(returned, part), base)
    project.log("不采用读回的改动", part.heading or part.old_heading or part.kind)


def settle_comment(project: Project, index: int) -> None:
    """Tick a comment off. Raises InputError, Conflict."""
    returned, base = load_returned(project)
    if not 0 <= index < len(returned.comments):
        raise InputError("这条批注已经不在了：请刷新页面")
    comments = list(returned.comments)
    comments[index] = replace(comments[index], done=True)
    save_returned(project, replace(returned, comments=tuple(comments)), base)
    project.log("批注已办", comments[index].text[:80])


def _with_part(returned: Returned, part: Part) -> Returned:
    parts = tuple(part if old.number == part.number else old for old in returned.parts)
    return replace(returned, parts=parts)


def _accept_frame(project: Project, part: Part, _returned: Returned) -> tuple[str, str]:
    project.set(**{part.kind: part.text})
    return "", ""


def _accept_changed(project: Project, part: Part, _returned: Returned) -> tuple[str, str]:
    paper = load_paper(project)
    view = paper.view(part.key)
    if view is None:
        raise InputError(f"“{part.old_heading}”已不在提纲里：请先在“范例与章节”里恢复这一节")
    if view.busy:
        raise InputError(f"“{part.old_heading}”正在起草：请等它写完或先停止，再采用")
    if part.heading != part.old_heading:
        plan, base = plans.load_plan(project)
        at = plan.index(part.key)
        outline = rename_section(plan.outline, at, part.heading)
        plans.save_plan(project, replace(plan, outline=outline), base)
    if part.text == part.old:
        return part.key, ""
    data = encode(Extra(view.extra.fact_ids, (), view.extra.locked))
    if view.text not in (part.old, part.text):
        project.propose(
            part.key, part.text, base=view.number, origin="import", data=data, note=NOTE
        )
        return part.key, "candidate"
    details = Details(data, NOTE)
    project.save(SECTION, part.key, part.text, base=view.number, origin="import", details=details)
    return part.key, ""


def _accept_added(project: Project, part: Part, returned: Returned) -> tuple[str, str]:
    plan, base = plans.load_plan(project)
    key = f"s{plan.next}"
    after = _before(returned, part, plan)
    fresh = plans.add(plan, part.heading or "新增章节", min(part.level, 2), after)
    if not after and plan.keys:
        fresh = plans.move(fresh, key, -len(plan.keys))
    plans.save_plan(project, fresh, base)
    if part.text:
        project.save(SECTION, key, part.text, base=0, origin="import", details=Details(note=NOTE))
    return key, ""


def _before(returned: Returned, part: Part, plan: plans.Plan) -> str:
    """Return the key of the section that a new one stands behind, "" where it is the first."""
    accepted = {f"+{p.number}": p.key for p in returned.parts if p.kind == "added" and p.key}
    at = returned.order.index(f"+{part.number}")
    for place in reversed(returned.order[:at]):
        key = accepted.get(place, place)
        if key in plan.keys:
            return key
    return ""


def _accept_removed(project: Project, part: Part, _returned: Returned) -> tuple[str, str]:
    plan, base = plans.load_plan(project)
    if part.key in plan.keys:
        plans.save_plan(project, plans.drop(plan, part.key), base)
    return part.key, ""


_ACCEPT: dict[str, Callable[[Project, Part, Returned], tuple[str, str]]] = {
    "changed": _accept_changed,
    "added": _accept_added,
    "removed": _accept_removed,
}
