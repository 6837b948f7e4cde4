"""Edits by instruction: a section, or selected sentences of it, written anew by a model.

What is locked stays to the letter. The handles of what is rewritten are the same before and after,
unless the instruction names facts (F7): an answer that loses or adds one is asked for once more,
then refused, and the old text stays. A refused edit is never less text.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from drafter.chinese.sentences import split_sentences
from drafter.domain import Ask, DraftSection, FactSheet, Prompt, Usage
from drafter.errors import EmptyInput, ModelError
from drafter.writing.asking import Asking
from drafter.writing.clean import Cleaned, clean
from drafter.writing.desk import limit_for
from drafter.writing.events import Listener, StopWriting, deaf
from drafter.writing.grounds import without_claims
from drafter.writing.handles import UNNUMBERED, Masked, mask, number_of, render
from drafter.writing.loops import run_sync
from drafter.writing.run import STOPPED, Ear, until
from drafter.writing.seal import Seal
from drafter.writing.unrender import Unrendered, unrender

NAMED = {
    "更简练": ("rewrite_shorter", 0.7),
    "更详细": ("rewrite_longer", 1.3),
    "换一种写法": ("rewrite_other", 1.0),
}
"""Instructions that have a template, and what they do to the length."""

_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}是|（[一二三四五六七八九十]{1,3}）|\d{1,2}\.|（\d{1,2}）)"
    r"(?:[\u4e00-\u9fff“”、]{2,16}。(?=.))?"
)
MIN_BLOCK = 8  # characters: less is not worth a call


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be done to a section's text.

    ``start`` and ``end`` select (offsets into the text; ``end`` 0: to its end); ``keep`` are
    sentences that stay as they are; ``candidates`` how many versions are wanted.
    """

    instruction: str
    start: int = 0
    end: int = 0
    keep: tuple[str, ...] = ()
    candidates: int = 1
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version of the text. ``changed`` false: nothing usable came, the text is as it was.

    ``notice`` says what could not be done and why.
    """

    text: str
    changed: bool = True
    notice: str = ""
    model: str = ""
    prompt_version: str = ""
    fact_ids: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text: to be rewritten, or to stay."""

    text: str
    free: bool


def rewrite_section(
    section: DraftSection,
    edit: Edit,
    ask: Ask,
    facts: FactSheet,
    on_event: Listener | None = None,
) -> list[Candidate]:
    """Return versions of a section's text, different from one another, at least one.

    Raises EmptyInput where there is nothing to rewrite or no instruction, and the ModelError of an
    endpoint that cannot be used at all (denied, unreachable).
    """
    if not section.text.strip() or not edit.instruction.strip():
        raise EmptyInput("没有可改写的文字或改写要求，请选中文字并写明要求。")
    return run_sync(_versions(section, edit, ask, facts, Ear(on_event or deaf)))


async def _versions(
    section: DraftSection, edit: Edit, ask: Ask, facts: FactSheet, ear: Ear
) -> list[Candidate]:
    asking = Asking(ask, edit.sealed, ear)
    work = [
        asyncio.ensure_future(_version(section, edit, asking, facts))
        for _ in range(max(1, edit.candidates))
    ]
    try:
        await until(work, ear, asking)
    finally:
        await asking.release()
    if asking.fatal is not None or ear.error is not None:
        raise asking.fatal or ear.error or StopWriting
    found = [one.result() for one in work if not one.cancelled()]
    fresh = {one.text: one for one in found if one.changed}
    kept = list(fresh.values()) or found[:1] or [Candidate(section.text, False, STOPPED)]
    return [replace(one, usage=asking.usage) for one in kept]


async def _version(
    section: DraftSection, edit: Edit, asking: Asking, facts: FactSheet
) -> Candidate:
    blocks = blocks_of(section.text, edit)
    work = [_rewritten(block, section, edit, asking, facts) for block in blocks]
    parts = await asyncio.gather(*work)
    text = "".join(part for part, _ in parts)
    notices = dict.fromkeys(notice for _, notice in parts if notice)
    return Candidate(
        text,
        text != section.text,
        "；".join(notices),
        asking.model,
        asking.prompts.version,
        section.fact_ids,
    )


def blocks_of(text: str, edit: Edit) -> list[Block]:
    """Cut a text into what is to be rewritten and what stays; joined, it is the text again.

    A block is a stretch of free sentences within one paragraph; markers and short titles of points
    stay, and so does what is not selected or is locked.
    """
    end = edit.end or len(text)
    locked = {sentence.strip() for sentence in edit.keep}
    blocks: list[Block] = []
    at = 0
    for span in split_sentences(text):
        head = _HEAD.match(text, span.start) if _opens_line(text, span.start) else None
        start = head.end() if head and head.end() < span.end else span.start
        free = edit.start < span.end and span.start < end and span.text.strip() not in locked
        if head and head.end() >= span.end:
            free = False
        if text[at:start]:
            blocks.append(Block(text[at:start], False))
        same = bool(blocks) and blocks[-1].free and free
        if same:
            blocks[-1] = Block(blocks[-1].text + text[start : span.end], True)
        else:
            blocks.append(Block(text[start : span.end], free))
        at = span.end
    return [*blocks, Block(text[at:], False)] if text[at:] else blocks


def _opens_line(text: str, start: int) -> bool:
    return start == 0 or text[:start].rstrip(" \u3000").endswith("\n")


async def _rewritten(
    block: Block, section: DraftSection, edit: Edit, asking: Asking, facts: FactSheet
) -> tuple[str, str]:
    """Return a block rewritten, or as it was and why."""
    if not block.free or len(block.text.strip()) < MIN_BLOCK:
        return block.text, ""
    known = facts.by_id()
    wanted = [known[i] for i in section.fact_ids if i in known]
    named = [known[i] for i in _named(edit.instruction) if i in known]
    facts_by_id = {fact.id: fact for fact in wanted + named}
    masked = [
        mask(fact, number_of(fact) or UNNUMBERED + n, edit.sealed)
        for n, fact in enumerate(facts_by_id.values())
    ]
    seal = Seal(facts, facts.unit, edit.sealed)
    source = unrender(block.text, masked, edit.sealed, seal.names if edit.sealed else ())
    extra = [m for m in masked if m.fact in named]
    prompt = _prompt(section.heading, source, extra, edit, asking, seal)
    try:
        wished = "，".join([*(one.clause for one in extra), edit.instruction])
        return await _asked(prompt, source, extra, asking, wished)
    except ModelError as error:
        return block.text, str(error)


def _named(instruction: str) -> list[str]:
    """Return the ids of the facts that an instruction names."""
    return [f"F{number}" for number in re.findall(r"[FＦ](\d{1,6})", instruction)]


def _prompt(
    heading: str,
    source: Unrendered,
    extra: Sequence[Masked],
    edit: Edit,
    asking: Asking,
    seal: Seal,
) -> Prompt:
    texts = asking.prompts
    template, scale = NAMED.get(edit.instruction.strip(), ("", 1.0))
    instruction = texts.text(template) if template else edit.instruction.strip()
    length = max(10, round(len(source.text) * scale / 10) * 10)
    user = texts.text(
        "rewrite_user",
        heading=seal.text(heading),
        facts="\n".join(one.shown(edit.sealed) for one in extra) or "（只用原文）",
        text=seal.text(source.shown(edit.sealed)),
        instruction=seal.text(instruction),
        length=length,
    )
    messages = (("system", texts.text("rewrite_system")), ("user", user))
    purpose = "candidate" if edit.candidates > 1 else "rewrite"
    return Prompt(messages, texts.version, limit_for(length), purpose)


def _grounded(raw: str, known: str, asking: Asking) -> Cleaned:
    """Return the paragraph of an answer, without clauses that nobody wrote or asked for."""
    cleaned = clean(raw, asking.prompts.instructions, known)
    return replace(cleaned, text=without_claims(cleaned.text, known)[0])


async def _asked(
    prompt: Prompt, source: Unrendered, extra: Sequence[Masked], asking: Asking, wished: str = ""
) -> tuple[str, str]:
    """Ask, and once more where handles are lost or added. Raises ModelError.

    ``wished`` are words besides the text's own that an answer may use.
    """
    slots = {slot.id: slot for slot in (*source.slots, *(s for one in extra for s in one.slots))}
    original = render(source.text, slots).text
    for _ in range(2):
        reply = await asking(prompt)
        cleaned = _grounded(reply.text, f"{original}{wished}", asking)
        rendered = render(cleaned.text, slots)
        ended = bool(cleaned.text) and not reply.broken and not reply.refused
        ended = ended and not rendered.unknown
        if ended and _same_handles(Counter(rendered.used), source, extra, rendered.text):
            asking.useful()
            text = rendered.text if not cleaned.ragged else rendered.text.rstrip("，、：") + "。"
            return text, ""
        prompt = _once_more(prompt, cleaned.text, slots, rendered.used, asking)
    asking.useless()
    return original, "改写后的文字与原文的数字、名称不一致，保留原文"


def _same_handles(
    used: Counter[str], source: Unrendered, extra: Sequence[Masked], text: str
) -> bool:
    """Tell whether an answer tells the same: each handle as often as before, nothing typed."""
    wanted = Counter(slot.id for slot in source.slots)
    wanted.update(slot.id for one in extra for slot in one.slots if slot.id not in wanted)
    known = "".join(slot.whole for slot in source.slots) + source.text
    known += "".join(one.clause for one in extra)
    typed = {run for run in re.findall(r"\d+(?:\.\d+)?", text) if run not in known}
    return used == wanted and not typed


def _once_more(
    prompt: Prompt, said: str, slots: Iterable[str], used: dict[str, int], asking: Asking
) -> Prompt:
    lost = "、".join(f"〔{slot_id}〕" for slot_id in slots if used.get(slot_id) != 1)
    request = asking.prompts.text("again_user", facts=lost or "（标记齐全，另写的数字请删去）")
    messages = (*prompt.messages[:2], ("assistant", said or "（无）"), ("user", request))
    return replace(prompt, messages=messages)
