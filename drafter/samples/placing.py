"""The level of headings without a mark: that of the number they lost."""

from __future__ import annotations

from drafter.samples.front import TOP
from drafter.samples.marks import Mark

_POINT = 5
_LONGEST = 40
_ALIKE = 1.0


def place_unnumbered(text: str, marks: list[Mark], headings: list[Mark]) -> list[Mark]:
    """Return all marks in order, each unnumbered heading with the level of its lost number.

    What follows tells it (a sequence that begins anew, a number that is missing); where nothing
    does, the level whose headings look alike, else one below the heading above.
    """
    if not headings:
        return marks
    merged = sorted([*(m for m in marks if m.level != _POINT), *headings])
    opened = _opened(merged)
    placed = list(merged)
    numbered = len(merged)
    for i in range(len(merged) - 1, -1, -1):
        if merged[i].kind == "unnumbered":
            placed[i] = merged[i]._replace(level=_told(text, placed, i, opened[i], numbered))
        else:
            numbered = i
    _guess(text, placed)
    return sorted([*placed, *(m for m in marks if m.level == _POINT)])


def _told(text: str, placed: list[Mark], i: int, opened: dict[int, int], numbered: int) -> int:
    """Return the level that the marks behind tell, 0 if they tell none.

    ``opened``: the number last seen at each open level; ``numbered``: the next numbered mark.
    """
    if lost := _lost_level(placed, numbered, opened):
        return lost
    following = placed[i + 1] if i + 1 < len(placed) else None
    if following is None:
        return 1 if TOP.search(text, placed[i].start, placed[i].start + _LONGEST) else 0
    if following.kind == "unnumbered":
        return _beside(text, placed[i], following) if following.level else 0
    if following.number == 1:
        return _above(following.level, opened) if following.level > 1 else 1
    if following.number == 2 and following.level not in opened:
        return following.level
    return 0


def _guess(text: str, placed: list[Mark]) -> None:
    """Fill in the levels that nothing told; headings in a row get one level."""
    before = 0
    levels: dict[int, int] = {}
    for i, mark in enumerate(placed):
        if mark.kind != "unnumbered":
            before = 0
        elif not mark.level:
            before = before or _guessed(text, placed, i, levels)
            placed[i] = mark._replace(level=before)
        levels = {d: n for d, n in levels.items() if d < placed[i].level}
        levels[placed[i].level] = placed[i].number


def _guessed(text: str, placed: list[Mark], i: int, opened: dict[int, int]) -> int:
    """Return the level of the headings it looks like, else one below the heading above.

    Under headings that run into their body no heading stands alone: there it is one above them.
    """
    deepest = max(opened, default=0)
    following = placed[i + 1] if i + 1 < len(placed) else None
    lone = following is None or following.kind != "unnumbered" or bool(following.level)
    ended = following is None or not following.level or following.level < deepest
    if ended and (parallel := _parallel(text, placed, i, opened, lone)):
        return parallel
    while deepest > 1 and _run_in(text, placed, deepest):
        deepest = max((d for d in opened if d < deepest), default=deepest - 1)
        if not _run_in(text, placed, deepest):
            return deepest
    return min(deepest + 1, 4)


def _run_in(text: str, placed: list[Mark], level: int) -> bool:
    """Whether the numbered headings of a level have their body in the same paragraph."""
    lines = [_line(text, m) for m in placed if m.level == level and m.kind == "numbered"]
    return bool(lines) and sum(1 for line in lines if len(line) > _LONGEST) > 0.6 * len(lines)


def _parallel(text: str, placed: list[Mark], i: int, opened: dict[int, int], lone: bool) -> int:
    """Return the open level whose headings one is shaped like, 0 if like none.

    Headings of one level stand alone on their line or not, have one part or two, and near length.
    One of several in a row (not ``lone``) is compared with unnumbered levels only.
    """
    own = _line(text, placed[i])
    best, level = 0.0, 0
    for candidate in sorted(opened):
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


def _lost_level(placed: list[Mark], numbered: int, opened: dict[int, int]) -> int:
    """Return the level at which the numbers before and behind miss just one, 0 if none does."""
    shallowest = _POINT
    for i in range(numbered, len(placed)):
        mark = placed[i]
        if mark.kind == "unnumbered" or mark.level >= shallowest:
            continue
        if opened.get(mark.level, -2) + 2 == mark.number:
            return mark.level
        shallowest = mark.level
        if not any(level < shallowest for level in opened):
            return 0
    return 0


def _above(level: int, opened: dict[int, int]) -> int:
    """Return the level over marks that begin anew, one that the open headings leave free."""
    wanted = level - 1
    while wanted > 1 and not any(d < wanted for d in opened):
        wanted -= 1
    return wanted


def _beside(text: str, mark: Mark, following: Mark) -> int:
    line_end = text.find("\n", mark.start)
    adjoining = not text[line_end : following.start].strip()
    return max(1, following.level - 1) if adjoining else following.level


def _opened(merged: list[Mark]) -> list[dict[int, int]]:
    """Return for each mark the number last seen at each level that is open before it."""
    found = []
    levels: dict[int, int] = {}
    for mark in merged:
        found.append(levels)
        if mark.level:
            levels = {d: n for d, n in levels.items() if d < mark.level}
            levels[mark.level] = mark.number
    return found
