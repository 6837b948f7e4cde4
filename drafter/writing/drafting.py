"""The drafting of one point by a model, and all that is done so that it can be trusted.

One call on the good path. A lost fact is asked for once more, a sentence with findings goes back
once, and what is still wrong is written by the composer: a failure is never less text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter.domain import Point
from drafter.errors import ModelError
from drafter.writing.asking import Reply
from drafter.writing.clean import Cleaned
from drafter.writing.composer import compose_point
from drafter.writing.desk import (
    Desk,
    Drafted,
    Group,
    Task,
    checker,
    cleaned_reply,
    masked_facts,
    point_prompt,
    suspicious,
)
from drafter.writing.handles import Masked
from drafter.writing.mending import again, fitted, repaired
from drafter.writing.verify import Judged, Line, facts_of, judge, mended

_MARKS = "，；。：、"
_FAULTS = {
    "empty": "模型没有写出文字",
    "refused": "模型拒绝回答",
    "language": "模型没有用中文回答",
}


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
    cleaned = cleaned_reply(Reply(came, broken=True), desk, masked, task.heading)
    if cleaned.fault or not cleaned.text.strip("。"):
        return composed(task, notice)
    judged = judge(cleaned.text, masked, checker(task, desk), desk.instruction)
    drafted = _points(task, desk, masked, judged)
    return [replace(d, point=replace(d.point, notice=notice)) for d in drafted]


def composed(task: Task, notice: str = "") -> list[Drafted]:
    """Return the point, or the points, as the composer writes them."""
    return [
        Drafted(group, replace(compose_point(group.facts, group.headline), notice=notice))
        for group in task.groups
    ]


async def _drafted(task: Task, desk: Desk, masked: Sequence[Masked]) -> Judged | Cleaned:
    """Ask for the point; once more where nothing usable came or facts are lost; mend sentences."""
    prompt = point_prompt(task, desk, masked)
    reply = await desk.asking(prompt, task.section, task.number)
    cleaned = cleaned_reply(reply, desk, masked, task.heading)
    if cleaned.fault and cleaned.fault != "refused":
        cleaned = cleaned_reply(
            await desk.asking(prompt, task.section, task.number), desk, masked, task.heading
        )
    if cleaned.fault:
        return cleaned
    judged = judge(cleaned.text, masked, checker(task, desk), desk.instruction)
    if judged.lost:
        judged = await again(task, desk, masked, prompt, judged)
    judged = await repaired(desk, masked, judged, checker(task, desk))
    return await fitted(task, desk, masked, prompt, judged)


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
    heard: set[str] = set()
    told: set[str] = set()
    for line in judged.lines:
        told = facts_of(line, masked) or told
        heard |= told
        if told and told <= ids:
            lines.append(line)
        elif told & ids:
            shared |= told & ids
    unheard = {one.fact.id for one in own} - heard
    lost = tuple(sorted({*shared, *unheard, *(i for i in judged.lost if i in ids)}))
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
        parts.append(f"删去素材里没有依据的表述{judged.cut}处")
    return "；".join(parts)
