"""The level of headings without a mark: that of the number they lost."""

from __future__ import annotations

from drafter.samples.front import TOP
from drafter.samples.marks import Mark

_LONGEST = 40
_ALIKE = 1.0


def place_unnumbered(text: str, marks: list[Mark], headings: list[Mark]) -> list[Mark]:
    """Return all marks in order, each unnumbered heading with the level of its lost number.

    What follows tells it (a sequence that begins anew, a number that is missing); where nothing
    does, the level whose headings look alike, else one below the heading above.
    """
    if not headings:
        return marks
    merged = sorted(marks + headings)
    placed = list(merged)
    for i in range(len(merged) - 1, -1, -1):
        if merged[i].kind == "unnumbered":
            placed[i] = merged[i]._replace(level=_told(text, merged, placed, i))
    before = 0
    for i, mark in enumerate(placed):
        if mark.kind != "unnumbered":
            before = 0
        elif not mark.level:
            before = before or _guessed(text, placed, i)
            placed[i] = mark._replace(level=before)
    return placed


def _told(text: str, merged: list[Mark], placed: list[Mark], i: int) -> int:
    """Return the level that the marks behind tell, 0 if they tell none."""
    open_levels = _open_levels(merged, i)
    if lost := _lost_level(merged, i, open_levels):
        return lost
    following = _following(placed, i)
    if following is None:
        return 1 if TOP.search(text, merged[i].start, merged[i].start + _LONGEST) else 0
    if following.kind == "unnumbered":
        return _beside(text, placed[i], following, merged, i) if following.level else 0
    if following.number == 1:
        return _above(following.level, open_levels) if following.level > 1 else 1
    if following.number == 2 and following.level not in open_levels:
        return following.level
    return 0


def _guessed(text: str, placed: list[Mark], i: int) -> int:
    """Return the level of the headings it looks like, else one below the heading above.

    Under headings that run into their body no heading stands alone: there it is one above them.
    """
    open_levels = _open_levels(placed, i)
    deepest = max(open_levels, default=0)
    following = _following(placed, i)
    lone = not any(m.kind == "unnumbered" and not m.level for m in placed[i - 1 : i + 2 : 2])
    ended = following is None or not following.level or following.level < deepest
    if ended and (parallel := _parallel(text, placed, i, open_levels, lone)):
        return parallel
    while deepest > 1 and _run_in(text, placed, deepest):
        deepest = max((d for d in open_levels if d < deepest), default=deepest - 1)
        if not _run_in(text, placed, deepest):
            return deepest
    return min(deepest + 1, 4)


def _run_in(text: str, placed: list[Mark], level: int) -> bool:
    """Whether the numbered headings of a level have their body in the same paragraph."""
    lines = [_line(text, m) for m in placed if m.level == level and m.kind == "numbered"]
    if not lines:
        return False
    return sum(1 for line in lines if len(line) > _LONGEST) > 0.6 * len(lines)


def _parallel(
    text: str, placed: list[Mark], i: int, open_levels: dict[int, int], lone: bool
) -> int:
    """Return the open level whose headings one is shaped like, 0 if like none.

    Headings of one level stand alone on their line or not, have one part or two, and near length.
    One of several in a row (not ``lone``) is compared with unnumbered levels only.
    """
    own = _line(text, placed[i])
    best, level = 0.0, 0
    for candidate in sorted(open_levels):
        siblings = [m for m in placed if m.level == candidate and m.kind != "inline"]
        if not lone and any(m.kind != "unnumbered" for m in siblings):
            continue
        score = _likeness(own, [_line(text, m) for m in siblings])
        if score > best and score >= _ALIKE:
            best, level = score, candidate
    return level


def _likeness(own: str, lines: list[str]) -> float:
    alone = [line for line in lines if line and len(line) <= _LONGEST]
    if len(alone) < 2 or len(alone) < 0.6 * len(lines):
        return 0.0
    parts = sum(1 for line in alone if ("，" in line) == ("，" in own)) / len(alone)
    length = sum(1 for line in alone if abs(len(line) - len(own)) <= 5) / len(alone)
    return parts + length + any(line[:2] == own[:2] for line in alone)


def _line(text: str, mark: Mark) -> str:
    end = text.find("\n", mark.heading)
    return text[mark.heading : end if end >= 0 else len(text)].strip()


def _lost_level(merged: list[Mark], i: int, open_levels: dict[int, int]) -> int:
    """Return the level at which the numbers before and behind miss just one, 0 if none does."""
    for level in sorted(open_levels):
        for mark in merged[i + 1 :]:
            if mark.kind == "unnumbered" or mark.level > level:
                continue
            if mark.level == level and mark.number == open_levels[level] + 2:
                return level
            break
    return 0


def _above(level: int, open_levels: dict[int, int]) -> int:
    """Return the level over marks that begin anew, one that the open headings leave free."""
    wanted = level - 1
    while wanted > 1 and not any(d < wanted for d in open_levels):
        wanted -= 1
    return wanted


def _beside(text: str, mark: Mark, following: Mark, merged: list[Mark], i: int) -> int:
    if merged[i + 1] is not following and following.level > 1:
        return following.level
    line_end = text.find("\n", mark.start)
    adjoining = not text[line_end : following.start].strip()
    return max(1, following.level - 1) if adjoining else following.level


def _open_levels(merged: list[Mark], i: int) -> dict[int, int]:
    levels: dict[int, int] = {}
    for mark in merged[:i]:
        if mark.level in (1, 2, 3, 4):
            levels = {d: n for d, n in levels.items() if d < mark.level}
            levels[mark.level] = mark.number
    return levels


def _following(placed: list[Mark], i: int) -> Mark | None:
    for mark in placed[i + 1 :]:
        if mark.level != 5:
            return mark
    return None
