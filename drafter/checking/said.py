"""The figures of one draft as they stand, and how alike those of the facts stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drafter.checking.context import Mention
from drafter.checking.factindex import FactIndex
from drafter.checking.grams import GramTable
from drafter.checking.respective import Assigned
from drafter.checking.values import Values

_BESIDE = 4
_BEHIND = 8


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure of the facts with its likeness to a drafted one: in all, and near by."""

    score: float
    near: float
    mention: Mention


class Said:
    """The figures of one draft, to look up by value and by what stands before."""

    def __init__(
        self, mentions: Sequence[Mention], assigned: Mapping[int, Assigned] | None = None
    ) -> None:
        self.mentions = mentions
        self.values = Values(mentions)
        self._assigned = assigned or {}
        self.sound: list[Mention] = []  # the figures so far that the facts bear out
        self.derived: dict[int, tuple[str, ...]] = {}  # by figure, the facts it follows from
        self.summed: dict[int, tuple[str, ...]] = {}  # by sentence, the facts last added up there

    def assigned(self, mention: Mention) -> Assigned | None:
        """Return what the facts say of its subject where the figure stands in a 分别 list."""
        return self._assigned.get(mention.figure.start)

    def before(self, mention: Mention) -> Mention | None:
        """Return the figure right before another one in its sentence."""
        at = mention.place - 1
        earlier = self.mentions[at] if at >= 0 else None
        return earlier if earlier and earlier.line == mention.line else None

    def after(self, mention: Mention) -> Mention | None:
        """Return the figure right behind another one in its sentence."""
        at = mention.place + 1
        later = self.mentions[at] if at < len(self.mentions) else None
        return later if later and later.line == mention.line else None

    def behind(self, mention: Mention) -> list[Mention]:
        """Return the figures behind another one in its sentence and in the next."""
        later = self.mentions[mention.place + 1 : mention.place + 1 + _BEHIND]
        return [m for m in later if m.line <= mention.line + 1]

    def beside(self, mention: Mention) -> list[Mention]:
        """Return the figures of its clause, or of its sentence where it stands alone there."""
        near = self.mentions[max(0, mention.place - _BESIDE) : mention.place + _BESIDE + 1]
        same = [m for m in near if m.line == mention.line]
        clause = [m for m in same if m.clause_text == mention.clause_text]
        return clause if len(clause) > 1 else same

    def earlier(self, mention: Mention) -> list[Mention]:
        """Return the figures before another one in its sentence and in the one before."""
        at = mention.place
        first = at
        while first > 0 and self.mentions[first - 1].line >= mention.line - 1:
            first -= 1
        return list(self.mentions[first:at])


class Likeness:
    """How alike the surroundings of the facts' figures are to those of a drafted one."""

    def __init__(self, index: FactIndex) -> None:
        mentions, weights = index.mentions, index.weights
        self._near = GramTable([m.local for m in mentions], weights)
        self._clauses = GramTable([m.clause for m in mentions], weights)
        self._wide = GramTable([m.wide for m in mentions], weights)

    def scores(self, draft: Mention) -> tuple[list[float], list[float]]:
        """Return, for each figure of the facts, the likeness near by and with the sentence."""
        clauses, wide = self._clauses.shared(draft.clause), self._wide.shared(draft.wide)
        near = [n + 0.6 * c for n, c in zip(self._near.shared(draft.local), clauses, strict=True)]
        return near, [n + 0.25 * w for n, w in zip(near, wide, strict=True)]
