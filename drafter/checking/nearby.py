"""What a drafted figure may be worked out of: the facts it stands near, the figures just told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.checking.context import Mention
from drafter.checking.derived import of_kind
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.heads import words_before
from drafter.checking.said import Said

_LINES = 4
_FLOOR = 0.6  # a fact is near that shares so much of what the nearest one shares
_JUST_TOLD = 3  # figures before one in its sentence whose facts it may follow from
_SOUND = 12
_PER = re.compile("每|均(?!衡)")


def lines_for(draft: Mention, said: Said, index: FactIndex) -> list[Line]:
    """Return the facts that a figure may be derived from: its clause's, its sentence's, and

    the one that the figure right before it in the sentence comes from.
    """
    found: dict[int, Line] = {}
    for words in (draft.after, draft.local, draft.clause, draft.clause | draft.wide):
        ranked = index.nearest(words, _LINES)
        floor = _FLOOR * ranked[0][0] if ranked else 0.0
        found |= {line.index: line for score, line in ranked if score >= floor}
    for before in said.earlier(draft)[-_JUST_TOLD:]:
        if before.line == draft.line:
            ids = said.derived.get(before.figure.start, ())
            lines = _home(before, index) or [index.by_id[i] for i in ids if i in index.by_id]
            found |= {line.index: line for line in lines}
    return list(found.values())


def figures_for(
    draft: Mention, lines: Sequence[Line], said: Said, index: FactIndex
) -> list[Mention]:
    """Return what a figure may be worked out of: just told, of its facts, named by their shares.

    优质稻占水稻65% names 水稻, of which another fact has 12600亩.
    """
    shares = [ln.text for ln in lines if any(m.figure.dimension == "ratio" for m in ln.mentions)]
    named = (
        m
        for m in index.mentions
        if len(words_before(m)) > 1 and any(words_before(m) in text for text in shares)
    )
    shared = _wholes(draft, index) if _PER.search(draft.before_text) else ()
    near = (m for line in lines for m in line.mentions)
    return [*said.sound[-_SOUND:], *near, *named, *shared]


def _wholes(draft: Mention, index: FactIndex) -> list[Mention]:
    """Return the figures of the facts, of a mean's own kind, that it may be the share of."""
    kin = [m for m in index.mentions if of_kind(m, draft)]
    return kin if len(kin) <= _LINES else []


def _home(mention: Mention, index: FactIndex) -> list[Line]:
    """Return the fact that a figure most likely comes from, none where no fact has it."""
    same = index.values.sources(mention.figure)
    if not same:
        return []
    shared = index.weights.shared
    best = max(same, key=lambda m: shared(mention.clause | mention.wide, m.wide))
    return [index.lines[best.line]]
