"""Ways to draft that are compared: the composer, points by a model, everything in one prompt."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from drafter.domain import Ask, Draft, Outline, Prompt, Usage
from drafter.errors import ModelError
from drafter.evaluating.cases import Case
from drafter.planning import make_outline
from drafter.samples import Library
from drafter.writing import write
from drafter.writing.asking import Asking
from drafter.writing.clean import without_thoughts
from drafter.writing.loops import run_sync
from drafter.writing.material import pieces

SAMPLE_TOKENS = 2000
"""Tokens of the sample in the plain prompt; more would not fit a small model's context."""
PLAIN_TOKENS = 3000


@dataclass(frozen=True, slots=True)
class Text:
    """A drafted text, what it cost, and why there is none, if there is none."""

    text: str
    usage: Usage
    seconds: float
    error: str = ""


Way = Callable[[Case, Library, int | None], Text]


def composer(case: Case, library: Library, year: int | None) -> Text:
    """Draft without a model."""
    return _timed(lambda: write(case.facts, outline_of(case, library), library, year=year))


def by_points(ask: Ask) -> Way:
    """Return the way that drafts point by point with handles."""

    def way(case: Case, library: Library, year: int | None) -> Text:
        outline = outline_of(case, library)
        return _timed(lambda: write(case.facts, outline, library, ask=ask, year=year))

    return way


def plain(ask: Ask) -> Way:
    """Return the way of a chat window: title, headings, a whole sample and all facts at once."""

    def way(case: Case, library: Library, _year: int | None) -> Text:
        started = time.monotonic()
        asking = Asking(ask)
        try:
            text = run_sync(_plain(case, library, asking))
        except ModelError as error:
            return Text("", asking.usage, time.monotonic() - started, str(error))
        return Text(text, asking.usage, time.monotonic() - started)

    return way


def outline_of(case: Case, library: Library) -> Outline:
    """Return the outline of a case, from its tasks."""
    return make_outline(case.facts, library, list(case.tasks) or None, case.title)


async def _plain(case: Case, library: Library, asking: Asking) -> str:
    outline = outline_of(case, library)
    sample = library.retrieve(case.title or " ".join(case.tasks), k=1)
    name = str(sample[0].sample) if sample else ""
    whole = next((s.text for s in library.samples if s.name == name), "")
    prompt = asking.prompts.text(
        "plain_user",
        title=outline.title,
        headings="\n".join(section.heading for section in outline.sections),
        sample=pieces(whole, SAMPLE_TOKENS, asking.count)[0] if whole else "（无）",
        facts="\n".join(fact.text for fact in case.facts),
    )
    try:
        reply = await asking(Prompt((("user", prompt),), "", PLAIN_TOKENS, "plain"))
    finally:
        await asking.release()
    return without_thoughts(reply.text)


def _timed(make: Callable[[], Draft]) -> Text:
    started = time.monotonic()
    try:
        draft = make()
    except ModelError as error:
        return Text("", Usage(), time.monotonic() - started, str(error))
    return Text(draft.text, draft.usage, time.monotonic() - started)
