"""Parallel headings (对仗标题), proposed by a model.

They carry no fact, so they are judged by form: a proposal with a figure or a name in it, of uneven
length, or about something else, is no proposal.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from drafter.chinese.entities import find_entities
from drafter.domain import Ask, FactSheet, Prompt
from drafter.errors import EmptyInput, ModelError
from drafter.resources import lexicon
from drafter.writing.asking import Asking
from drafter.writing.clean import plain_lines, simplified, without_chatter, without_thoughts
from drafter.writing.loops import run_sync
from drafter.writing.seal import Seal

PATTERNS = ("四字加四字", "动词开头的八字短语", "“着力……”句式")
"""Forms to ask for, one a candidate (voice.md, "Order and shape")."""

SHORTEST, LONGEST = 4, 16
TOPIC_MOST = 40  # characters of a point that say what it is about


def parallel_headings(
    texts: Sequence[str], ask: Ask, facts: FactSheet, candidates: int = 3, sealed: bool = False
) -> list[tuple[str, ...]]:
    """Return sets of headings for points or sections, each set of one form and one length.

    ``texts`` are what the headings stand over. Sets that are no good are left out, so there may
    be fewer than asked for, or none. Raises EmptyInput for less than two texts, ModelError where
    the endpoint cannot be used.
    """
    if len(texts) < 2:
        raise EmptyInput("对仗标题至少需要两个要点，请先选择两个以上的要点或栏目。")
    return run_sync(_sets(texts, Asking(ask, sealed), Seal(facts, facts.unit, sealed), candidates))


async def _sets(
    texts: Sequence[str], asking: Asking, seal: Seal, candidates: int
) -> list[tuple[str, ...]]:
    patterns = [PATTERNS[n % len(PATTERNS)] for n in range(candidates)]
    try:
        work = [_one_set(texts, asking, seal, pattern) for pattern in patterns]
        found = await asyncio.gather(*work)
    finally:
        await asking.release()
    if asking.fatal is not None:
        raise asking.fatal
    return list(dict.fromkeys(one for one in found if one))


async def _one_set(
    texts: Sequence[str], asking: Asking, seal: Seal, pattern: str
) -> tuple[str, ...]:
    topics = "\n".join(f"{n}. {seal.text(_topic(text))}" for n, text in enumerate(texts, 1))
    prompts = asking.prompts
    user = prompts.text("headings_user", count=len(texts), topics=topics, pattern=pattern)
    messages = (("system", prompts.text("headings_system")), ("user", user))
    for _ in range(2):
        try:
            reply = await asking(Prompt(messages, prompts.version, 400, "candidate"))
        except ModelError:
            return ()
        headings = _lines(reply.text)
        if is_parallel(headings, texts):
            return headings
    return ()


def _topic(text: str) -> str:
    """Return what a point is about: its first clauses, figures left out."""
    return re.sub(r"[\d.]+[余多]?%?", "若干", text)[:TOPIC_MOST]


def _lines(raw: str) -> tuple[str, ...]:
    text = simplified(without_chatter(plain_lines(without_thoughts(raw))))
    lines = (line.strip(" 。，；：、“”\"'") for line in text.splitlines())
    return tuple(line for line in lines if line)


def is_parallel(headings: Sequence[str], texts: Sequence[str]) -> bool:
    """Tell whether headings fit together and to their texts: number, length, form, no specifics."""
    if len(headings) != len(texts) or len(set(headings)) != len(headings):
        return False
    lengths = {len(heading) for heading in headings}
    commas = {tuple(m.start() for m in re.finditer("[，、]", heading)) for heading in headings}
    if len(lengths) > 1 or len(commas) > 1 or not SHORTEST <= min(lengths) <= LONGEST:
        return False
    if any(_specific(heading) for heading in headings):
        return False
    return all(set(h) & set(text) for h, text in zip(headings, texts, strict=True))


def _specific(text: str) -> bool:
    """Tell whether a text names or counts something, or claims an effect."""
    claims = any(word in text for word in lexicon("writing", "effects.txt"))
    return claims or bool(re.search(r"[\d〔〕《》]", text) or find_entities(text))
