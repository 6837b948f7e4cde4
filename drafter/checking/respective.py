"""甲、乙分别A、B: each figure belongs to the subject of its place, and so must the facts say.

What a fact says of a subject stands behind it, up to the next subject of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafter.checking.context import Mention
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.matching import relation, same_kind

_SUBJECT = r"[A-Za-z\u4e00-\u9fff“”·]{2,12}?"
_SUBJECTS = re.compile(rf"(?:^|[，。；：\n])(?P<subjects>{_SUBJECT}(?:[、和与及]{_SUBJECT})+)$")
_PARTED = re.compile("[、和与及]")
_JOINED = re.compile(r"\s*(?:[、和与及]|以及)\s*")
_VERB = re.compile("[^，。；：\n]{0,12}")


@dataclass(frozen=True, slots=True)
class Assigned:
    """A figure of a 分别 list: the fact's figure of its subject, and whether they agree."""

    fact: Mention
    agrees: bool


def assigned(text: str, mentions: Sequence[Mention], index: FactIndex) -> dict[int, Assigned]:
    """Return what the facts say of the subject of each figure in a 分别 list, by its start."""
    found: dict[int, Assigned] = {}
    for match in re.finditer("分别", text):
        figures = _figures(text, match.end(), mentions)
        subjects = _subjects(text, match.start(), len(figures)) if len(figures) > 1 else []
        for at, mention in enumerate(figures if subjects else ()):
            theirs = _said_of(at, subjects, mention, index)
            if theirs:
                found[mention.figure.start] = theirs
    return found


def _figures(text: str, at: int, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the figures of one kind that stand in a list behind 分别."""
    behind = [m for m in mentions if m.figure.start >= at]
    if not behind or not _VERB.fullmatch(text, at, behind[0].figure.start):
        return []
    listed = behind[:1]
    for mention in behind[1:]:
        same = same_kind(mention.figure.dimension, listed[0].figure.dimension)
        if not same or not _JOINED.fullmatch(text[listed[-1].figure.end : mention.figure.start]):
            break
        listed.append(mention)
    return listed


def _subjects(text: str, end: int, count: int) -> list[str]:
    """Return the subjects before 分别, none where they are not as many as the figures."""
    match = _SUBJECTS.search(text, 0, end)
    found = _PARTED.split(match["subjects"]) if match else []
    return found if len(found) == count else []


def _said_of(
    at: int, subjects: Sequence[str], mention: Mention, index: FactIndex
) -> Assigned | None:
    """Return the fact's figure of a subject that agrees, else the one that another subject's is."""
    kind = mention.figure.dimension
    own = [m for m in _own(at, subjects, index) if same_kind(kind, m.figure.dimension)]
    same = next((m for m in own if relation(mention.figure, m.figure)), None)
    if same or not own:
        return Assigned(same, True) if same else None
    others = (m for k in range(len(subjects)) if k != at for m in _own(k, subjects, index))
    swapped = any(relation(mention.figure, m.figure) for m in others)
    return Assigned(own[0], False) if swapped else None


def _own(at: int, subjects: Sequence[str], index: FactIndex) -> Iterator[Mention]:
    """Yield the figures that the facts give behind a subject, before the next one of the list."""
    for line in index.lines:
        others = [
            p for k, s in enumerate(subjects) if k != at for p in _places(line, s, first=k == 0)
        ]
        for begin in _places(line, subjects[at], first=at == 0):
            end = min((p for p in others if p > begin), default=len(line.text))
            yield from (m for m in line.mentions if begin <= m.figure.start < end)


def _places(line: Line, subject: str, *, first: bool) -> list[int]:
    """Return where a fact names a subject; the first one may have words before its name."""
    while subject not in line.text and first and len(subject) > 2:
        subject = subject[1:]
    return [match.start() for match in re.finditer(re.escape(subject), line.text)]
