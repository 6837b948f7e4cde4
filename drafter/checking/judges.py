"""The judges that set clauses, or figures with their sources, against the facts, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.checking.accounts import check_accounts
from drafter.checking.causes import check_causes, check_moves
from drafter.checking.claims import check_levels
from drafter.checking.context import Clause, Mention
from drafter.checking.directions import check_directions
from drafter.checking.divisions import check_divisions
from drafter.checking.factindex import FactIndex
from drafter.checking.frames import check_frames
from drafter.checking.kinds import check_kinds
from drafter.checking.meetings import check_meetings
from drafter.checking.members import check_members
from drafter.checking.mirrored import check_mirrored, check_respective
from drafter.checking.parts_played import check_parts
from drafter.checking.sides import check_sides
from drafter.checking.versus import check_versus
from drafter.domain import Finding

_OF_CLAUSES = (
    check_causes,
    check_moves,
    check_frames,
    check_divisions,
    check_members,
    check_parts,
    check_meetings,
    check_versus,
    check_mirrored,
    check_respective,
)
_OF_FIGURES = (check_accounts, check_levels, check_sides, check_directions, check_kinds)


def judge_clauses(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield what clauses say that the facts which they rest on turn down."""
    for judge in _OF_CLAUSES:
        yield from judge(clauses, index)


def judge_beside(
    mentions: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield what stands beside sound figures and not beside those that they come from.

    ``sources`` gives for the start of each figure the fact's figure that it comes from.
    """
    for judge in _OF_FIGURES:
        yield from judge(mentions, sources, index)
