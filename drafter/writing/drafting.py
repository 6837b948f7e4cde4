"""The drafting of one point by a model, and all that is done so that it can be trusted.

One call on the good path. A lost fact is asked for once more, a sentence with findings goes back
once, and what is still wrong is written by the composer: a failure is never less text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.checking import examine
from drafter.domain import Fact, FactSheet, Finding, Point, Prompt
from drafter.errors import ModelError
from drafter.resources import lexicon
from drafter.writing.asking import Asking, Reply
from drafter.writing.clean import Cleaned, clean
from drafter.writing.composer import compose_point
from drafter.writing.handles import Masked, mask
from drafter.writing.seal import Seal
from drafter.writing.verify import Check, Judged, Line, facts_of, judge, mended

_MARKS = "，；。：、"
MAX_REPAIRS = 2  # sentences of a point that go back
_FAULTS = {
    "empty": "模型没有写出文字",
    "refused": "模型拒绝回答",
    "language": "模型没有用中文回答",
}


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

    ``length`` is the number of characters aimed at.
    """

    section: int
    number: int
    heading: str
    groups: tuple[Group, ...]
    length: int = 0

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
    """What the drafting of all points of a run shares."""

    asking: Asking
    seal: Seal
    unit: str = ""
    period: str = ""
    year: int | None = None
    instruction: str = ""

    @property
    def sealed(self) -> bool:
        """Tell whether only handles may leave the process."""
        return self.asking.sealed


async def draft_point(task: Task, desk: Desk) -> list[Drafted]:
    """Draft a point; the composer stands in where the model fails, and the point says so.

    A list, since a task whose facts are points of their own gives several.
    """
    if suspicious(task.facts):
        return composed(task, "素材里有写给模型看的话，未交给模型。")
    masked = masked_facts(task, desk)
    try:
        judged = await _drafted(task, desk, masked)
    except ModelError as error:
        return composed(task, str(error))
    if isinstance(judged, Cleaned):
        desk.asking.useless()
        return composed(task, f"{_FAULTS[judged.fault]}。")
    if len(judged.lost) == len(masked):
        desk.asking.useless()
    else:
        desk.asking.useful()
    return _points(task, desk, masked, judged)


def salvaged(task: Task, desk: Desk, notice: str) -> list[Drafted]:
    """Return what came of a point before the run was stopped; the composer writes the rest."""
    came = desk.asking.partial.get((task.section, task.number), "")
    masked = masked_facts(task, desk)
    cleaned = _clean(Reply(came, broken=True), desk, masked, task.heading)
    if cleaned.fault or not cleaned.text.strip("。"):
        return composed(task, notice)
    judged = judge(cleaned.text, masked, checker(task, desk))
    drafted = _points(task, desk, masked, judged)
    return [replace(d, point=replace(d.point, notice=notice)) for d in drafted]


def composed(task: Task, notice: str = "") -> list[Drafted]:
    """Return the point, or the points, as the composer writes them."""
    return [
        Drafted(group, replace(compose_point(group.facts, group.headline), notice=notice))
        for group in task.groups
    ]


def masked_facts(task: Task, desk: Desk) -> list[Masked]:
    """Return the facts of a task with their handles; what two facts say alike stands once."""
    names = desk.seal.names if desk.sealed else ()
    masked = [mask(fact, n, desk.sealed, names) for n, fact in enumerate(task.facts)]
    return list({one.clause: one for one in reversed(masked)}.values())[::-1]


def suspicious(facts: Sequence[Fact]) -> bool:
    """Tell whether a fact speaks to a model instead of a reader."""
    patterns = lexicon("writing", "injections.txt")
    return any(re.search(pattern, fact.text) for fact in facts for pattern in patterns)


def point_prompt(task: Task, desk: Desk, masked: Sequence[Masked]) -> Prompt:
    """Return the prompt of a point: rules, worked example, then heading, facts and length.

    The stable part comes first, so that a server can keep it.
    """
    texts = desk.asking.prompts
    user = texts.text(
        "point_user",
        heading=desk.seal.text(_safe(task.heading)),
        facts="\n".join(desk.seal.text(one.shown(desk.sealed)) for one in masked),
        length=task.length,
    )
    if desk.instruction:
        user += "\n" + texts.text("point_wish", instruction=desk.seal.text(desk.instruction))
    return Prompt((*opening(desk), ("user", user)), texts.version, limit_for(task.length), "point")


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


async def _drafted(task: Task, desk: Desk, masked: Sequence[Masked]) -> Judged | Cleaned:
    """Ask for the point; once more where nothing usable came or facts are lost; mend sentences."""
    prompt = point_prompt(task, desk, masked)
    reply = await desk.asking(prompt, task.section, task.number)
    cleaned = _clean(reply, desk, masked, task.heading)
    if cleaned.fault and cleaned.fault != "refused":
        cleaned = _clean(
            await desk.asking(prompt, task.section, task.number), desk, masked, task.heading
        )
    if cleaned.fault:
        return cleaned
    judged = judge(cleaned.text, masked, checker(task, desk))
    if judged.lost:
        judged = await _again(task, desk, masked, prompt, judged)
    return await _repaired(desk, masked, judged, checker(task, desk))


def _clean(reply: Reply, desk: Desk, masked: Sequence[Masked], heading: str = "") -> Cleaned:
    if reply.refused:
        return Cleaned("", fault="refused")
    known = "".join(one.clause for one in masked)
    cleaned = clean(reply.text, f"{desk.asking.prompts.instructions}\n{heading}", known)
    if cleaned.ragged:
        whole = re.sub(r"[^。！？；]*\Z", "", cleaned.text) if reply.broken else ""
        cleaned = replace(cleaned, text=whole or cleaned.text.rstrip("，、：") + "。")
    return cleaned


def checker(task: Task, desk: Desk) -> Check:
    """Return the check of a point's text: against the point's own facts, all a model saw.

    What the check says of the facts' own wording is not held against a model.
    """
    sheet = FactSheet(task.facts, desk.unit, desk.period)
    own: set[tuple[str, str]] | None = None

    def check(text: str) -> Sequence[Finding]:
        nonlocal own
        found = _findings(text, sheet, desk.year)
        if found and own is None:
            written = "".join(d.point.text for d in composed(task))
            own = {(f.text, f.label) for f in _findings(written, sheet, desk.year)}
        return [f for f in found if (f.text, f.label) not in (own or ())]

    return check


def _findings(text: str, sheet: FactSheet, year: int | None) -> Sequence[Finding]:
    return examine(text, sheet, (), year).findings


async def _again(
    task: Task, desk: Desk, masked: Sequence[Masked], prompt: Prompt, first: Judged
) -> Judged:
    """Ask once more for what was lost, and take the better of the two."""
    lost = [desk.seal.text(one.shown(desk.sealed)) for one in masked if one.fact.id in first.lost]
    request = desk.asking.prompts.text("again_user", facts="\n".join(lost))
    said = "".join(line.raw for line in first.lines) or "（无）"
    messages = (*prompt.messages, ("assistant", said), ("user", request))
    try:
        reply = await desk.asking(replace(prompt, messages=messages), task.section, task.number)
    except ModelError:
        return first
    cleaned = _clean(reply, desk, masked, task.heading)
    if cleaned.fault:
        return first
    second = judge(cleaned.text, masked, checker(task, desk))
    return second if second.faults < first.faults else first


async def _repaired(desk: Desk, masked: Sequence[Masked], judged: Judged, check: Check) -> Judged:
    """Send sentences with problems back once, each with what is wrong with it."""
    lines = list(judged.lines)
    wrong = [n for n, line in enumerate(lines) if line.problems]
    for n in wrong[:MAX_REPAIRS]:
        better = await _mend_line(desk, masked, lines[n])
        if better:
            lines[n] = replace(lines[n], raw=better)
    if not wrong:
        return judged
    second = judge("".join(line.raw for line in lines), masked, check)
    return second if second.faults <= judged.faults else judged


async def _mend_line(desk: Desk, masked: Sequence[Masked], line: Line) -> str:
    mine = facts_of(line, masked)
    told = [one for one in masked if one.fact.id in mine] or masked
    texts = desk.asking.prompts
    user = texts.text(
        "repair_user",
        facts="\n".join(desk.seal.text(one.shown(desk.sealed)) for one in told),
        sentence=desk.seal.text(line.raw),
        problems="；".join(dict.fromkeys(line.problems)),
    )
    messages = (("system", texts.text("repair_system")), ("user", user))
    try:
        reply = await desk.asking(Prompt(messages, texts.version, 512, "repair"))
    except ModelError:
        return ""
    better = _clean(reply, desk, masked).text
    return better if len(better) <= 2 * len(line.raw) + 20 else ""


def _points(task: Task, desk: Desk, masked: Sequence[Masked], judged: Judged) -> list[Drafted]:
    if len(task.groups) == 1:
        return [Drafted(task.groups[0], _point(task.groups[0], desk, masked, judged))]
    first = [judged, *[replace(judged, cut=0)] * (len(task.groups) - 1)]
    return [
        Drafted(group, _own_point(group, desk, masked, part))
        for group, part in zip(task.groups, first, strict=True)
    ]


def _own_point(group: Group, desk: Desk, masked: Sequence[Masked], judged: Judged) -> Point:
    """Return one point out of an answer that holds several: its sentences, where they are its own.

    A sentence that tells of two points cannot be parted: its facts are composed.
    """
    ids = {fact.id for fact in group.facts}
    own = [one for one in masked if one.fact.id in ids]
    if not own:
        return compose_point(group.facts, group.headline)
    lines: list[Line] = []
    shared: set[str] = set()
    told: set[str] = set()
    for line in judged.lines:
        told = facts_of(line, masked) or told
        if told and told <= ids:
            lines.append(line)
        elif told & ids:
            shared |= told & ids
    lost = tuple(sorted({*shared, *(i for i in judged.lost if i in ids)}))
    repeated = tuple(i for i in judged.repeated if i in ids)
    return _point(
        group, desk, own, replace(judged, lines=tuple(lines), lost=lost, repeated=repeated)
    )


def _point(group: Group, desk: Desk, masked: Sequence[Masked], judged: Judged) -> Point:
    facts = {fact.id: fact for fact in group.facts}

    def compose(ids: Sequence[str]) -> str:
        return compose_point([facts[fact_id] for fact_id in ids]).text

    body = mended(judged, masked, compose)
    headline = f"{group.headline}。" if group.headline else ""
    body = body.removeprefix(headline).rstrip("，；：、")
    body = body if body.endswith(("。", "！", "？", "】", "”")) else body + "。"
    by_model = any(
        line.text.rstrip(_MARKS) in body for line in judged.lines if line.text.strip(_MARKS)
    )
    return Point(
        headline + body,
        tuple(facts),
        "model" if by_model else "composer",
        desk.asking.model if by_model else "",
        desk.asking.prompts.version if by_model else "",
        _notice(judged),
    )


def _notice(judged: Judged) -> str:
    parts = []
    if judged.lost:
        parts.append(f"{len(judged.lost)}条素材模型未写全，由程序补写")
    if judged.repeated or any(line.problems for line in judged.lines):
        parts.append("个别句子与素材不符，由程序按素材改写")
    if judged.cut:
        parts.append(f"删去无依据的成效表述{judged.cut}处")
    return "；".join(parts)
