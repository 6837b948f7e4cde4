"""What the drafting of all points of a run shares: the records, the prompts, the check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from drafter.checking import Checker
from drafter.domain import Fact, FactSheet, Finding, Point, Prompt
from drafter.resources import lexicon
from drafter.writing.asking import Asking, Reply
from drafter.writing.clean import Cleaned, clean
from drafter.writing.composer import compose_point
from drafter.writing.handles import Masked, mask
from drafter.writing.seal import Seal
from drafter.writing.verify import Check


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one point, and its short title, which code puts before it.

    ``continues``: it goes on with the point before (over the limit of facts).
    """

    facts: tuple[Fact, ...]
    headline: str = ""
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One call: a point, or a few short ones. ``section`` and ``number`` say where it goes.

    ``length`` is the number of characters aimed at; ``strict`` that a person asked for it;
    ``framed`` that the heading turns the sense of the facts (problems, plans).
    """

    section: int
    number: int
    heading: str
    groups: tuple[Group, ...]
    length: int = 0
    strict: bool = False
    framed: bool = False

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts of all points of the call."""
        return tuple(fact for group in self.groups for fact in group.facts)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A point and the group of facts that it tells."""

    group: Group
    point: Point


@dataclass(frozen=True, slots=True)
class Desk:
    """What the drafting of all points of a run shares. ``checks`` are each call's, once made."""

    asking: Asking
    seal: Seal
    unit: str = ""
    period: str = ""
    year: int | None = None
    instruction: str = ""
    checks: dict[tuple[int, int], Check] = field(default_factory=dict)

    @property
    def sealed(self) -> bool:
        """Tell whether only handles may leave the process."""
        return self.asking.sealed


def masked_facts(task: Task, desk: Desk) -> list[Masked]:
    """Return the facts of a task with their handles; what two facts say alike stands once.

    They are numbered anew for each call: short to read, short to write, and a fact added to the
    sheet changes no other call's prompt.
    """
    names = desk.seal.names if desk.sealed else ()
    masked = [mask(fact, n, desk.sealed, names) for n, fact in enumerate(task.facts, 1)]
    return list({one.clause: one for one in reversed(masked)}.values())[::-1]


def suspicious(facts: Sequence[Fact]) -> bool:
    """Tell whether a fact speaks to a model instead of a reader."""
    patterns = lexicon("writing", "injections.txt")
    return any(re.search(pattern, fact.text) for fact in facts for pattern in patterns)


def point_prompt(task: Task, desk: Desk, masked: Sequence[Masked]) -> Prompt:
    """Return the prompt of a point: rules, a worked example, the facts, what else is wanted.

    The stable part comes first, so that a server can keep it. A heading is shown only where it
    turns the sense of the facts (problems, plans) or an instruction may speak of it: a small model
    makes purposes of its words. A length is named only where a person asked for it.
    """
    texts, seal = desk.asking.prompts, desk.seal
    facts = "\n".join(seal.text(one.shown(desk.sealed)) for one in masked)
    parts = [texts.text("point_user", facts=facts)]
    if task.framed or desk.instruction:
        parts.insert(0, texts.text("point_heading", heading=seal.text(_safe(task.heading))))
    if task.strict:
        parts.append(texts.text("point_length", length=task.length))
    if desk.instruction:
        parts.append(texts.text("point_wish", instruction=seal.text(desk.instruction)))
    messages = (*opening(desk), ("user", "\n".join(parts)))
    return Prompt(messages, texts.version, limit_for(task.length), "point")


def _safe(heading: str) -> str:
    """Return a heading fit for a prompt: one that speaks to a model is not passed on."""
    patterns = lexicon("writing", "injections.txt")
    return "本栏目" if any(re.search(p, heading) for p in patterns) else heading


def opening(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return the messages that all points of a run begin with."""
    texts = desk.asking.prompts
    example = texts.text("point_example_facts")
    if desk.sealed:
        example = re.sub(r"=[^〕]*(?=〕)", "", example)
    return (
        ("system", texts.text("point_system")),
        ("user", example),
        ("assistant", texts.text("point_example_draft")),
    )


def limit_for(length: int) -> int:
    """Return the limit of tokens of an answer: room for handles and for a little thought."""
    return max(512, 4 * length)


def cleaned_reply(reply: Reply, desk: Desk, masked: Sequence[Masked], heading: str = "") -> Cleaned:
    """Return the paragraph of a reply; one that breaks off is cut back to its last sentence."""
    if reply.refused:
        return Cleaned("", fault="refused")
    known = "".join(one.clause for one in masked)
    cleaned = clean(reply.text, f"{desk.asking.prompts.instructions}\n{heading}", known)
    if cleaned.ragged:
        whole = re.sub(r"[^。！？；]*\Z", "", cleaned.text) if reply.broken else ""
        cleaned = replace(cleaned, text=whole or cleaned.text.rstrip("，、：") + "。")
    return cleaned


def checker(task: Task, desk: Desk) -> Check:
    """Return the check of a call's text, made once; it may be made before the answer comes."""
    key = (task.section, task.number)
    if key not in desk.checks:
        desk.checks[key] = _check(task, desk)
    return desk.checks[key]


def _check(task: Task, desk: Desk) -> Check:
    """Return a check against the call's own facts, all that a model saw.

    What it says of the facts' own wording is not held against a model. A text whose heading turns
    its sense (plans) is read under that heading.
    """
    against = Checker(FactSheet(task.facts, desk.unit, desk.period), (), desk.year)
    heading = f"一、{task.heading}\n" if task.framed else ""
    own: set[tuple[str, str]] | None = None

    def findings(text: str) -> list[Finding]:
        found = against.examine(heading + text).findings
        shift = len(heading)
        moved = (replace(f, start=f.start - shift, end=f.end - shift) for f in found)
        return [f for f in moved if f.start >= 0]

    def check(text: str) -> Sequence[Finding]:
        nonlocal own
        found = findings(text)
        if found and own is None:
            written = "".join(compose_point(group.facts).text for group in task.groups)
            own = {(f.text, f.label) for f in findings(written)}
        return [f for f in found if (f.text, f.label) not in (own or ())]

    return check
