"""Second requests: for what was lost, for a sentence with findings, for a better length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter.domain import Prompt
from drafter.errors import ModelError
from drafter.writing.desk import Desk, Task, checker, cleaned_reply, point_prompt
from drafter.writing.handles import Masked
from drafter.writing.verify import Check, Judged, Line, facts_of, judge, touched

TOLERANCE = 0.15  # of a length that a person asked for
CLOSE = 0.1  # of a point's share of it: a section is as far off as its points, all on one side
STRETCH = 1.4  # times the facts' own length: more cannot be written without padding
BLOATED = 1.8  # times the facts' own length: as much is too long where nobody asked for a length
MAX_REPAIRS = 2  # sentences of a point that go back


async def again(
    task: Task, desk: Desk, masked: Sequence[Masked], prompt: Prompt, first: Judged
) -> Judged:
    """Ask once more for what was lost or said twice, and take the better of the two.

    Sentences that are right stay; for the other facts alone a fresh prompt is sent, which a small
    model answers better than a talk about its mistakes. Where nothing is right, it is that talk.
    """
    told = [facts_of(line, masked) for line in first.lines]
    bad = touched({*first.lost, *first.repeated}, told)
    part = [one for one in masked if one.fact.id in bad]
    if len(part) < len(masked):
        request = point_prompt(task, desk, part)
    else:
        request = replace(prompt, messages=(*prompt.messages, *_complaint(desk, masked, first)))
    try:
        reply = await desk.asking(request, task.section, task.number)
    except ModelError:
        return first
    cleaned = cleaned_reply(reply, desk, part, task.heading)
    if cleaned.fault:
        return first
    kept = [line.raw for line, mine in zip(first.lines, told, strict=True) if not mine & bad]
    at = next((n for n, mine in enumerate(told) if mine & bad), len(kept))
    text = "".join([*kept[:at], _ended(cleaned.text), *kept[at:]])
    second = judge(text, masked, checker(task, desk), desk.instruction)
    return second if second.faults < first.faults else first


def _complaint(desk: Desk, masked: Sequence[Masked], first: Judged) -> tuple[tuple[str, str], ...]:
    lost = [desk.seal.text(one.shown(desk.sealed)) for one in masked if one.fact.id in first.lost]
    said = "".join(line.raw for line in first.lines) or "（无）"
    request = desk.asking.prompts.text("again_user", facts="\n".join(lost))
    return ("assistant", said), ("user", request)


def _ended(text: str) -> str:
    return text if text.endswith(("。", "；", "！", "？")) else text.rstrip("，、：") + "。"


async def repaired(desk: Desk, masked: Sequence[Masked], judged: Judged, check: Check) -> Judged:
    """Send sentences with problems back once, each with what is wrong with it."""
    lines = list(judged.lines)
    wrong = [n for n, line in enumerate(lines) if line.problems]
    for n in wrong[:MAX_REPAIRS]:
        better = await _mend_line(desk, masked, lines[n])
        if better:
            lines[n] = replace(lines[n], raw=better)
    if not wrong:
        return judged
    second = judge("".join(line.raw for line in lines), masked, check, desk.instruction)
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
    better = cleaned_reply(reply, desk, masked).text
    return better if len(better) <= 2 * len(line.raw) + 20 else ""


async def fitted(
    task: Task, desk: Desk, masked: Sequence[Masked], prompt: Prompt, judged: Judged
) -> Judged:
    """Bring a paragraph to the length that a person asked for, or that its facts need.

    The model is asked once, where the facts allow it. What it would pad with rests on no fact and
    is cut by the judging.
    """
    if not _unfit(task, masked, len(judged.text)):
        return judged
    request = desk.asking.prompts.text("length_user", now=len(judged.text), length=task.length)
    said = "".join(line.raw for line in judged.lines)
    messages = (*prompt.messages, ("assistant", said), ("user", request))
    try:
        reply = await desk.asking(replace(prompt, messages=messages), task.section, task.number)
    except ModelError:
        return judged
    cleaned = cleaned_reply(reply, desk, masked, task.heading)
    if cleaned.fault:
        return judged
    second = judge(cleaned.text, masked, checker(task, desk), desk.instruction)
    closer = abs(len(second.text) - task.length) < abs(len(judged.text) - task.length)
    return second if closer and second.faults <= judged.faults else judged


def _unfit(task: Task, masked: Sequence[Masked], length: int) -> bool:
    """Tell whether a paragraph is of a wrong length that another request may put right."""
    told = sum(len(one.clause) + 1 for one in masked)
    if not task.strict:
        return length > BLOATED * told
    return not fits(length, task.length, CLOSE) and task.length <= STRETCH * told


def fits(length: int, wanted: int, tolerance: float = TOLERANCE) -> bool:
    """Tell whether a length is within a tolerance of the one wanted."""
    return abs(length - wanted) <= tolerance * wanted
