"""The paragraphs of an edited paper put under the draft's sections: changed, moved, new, gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafter.chinese.markers import find_marker
from drafter.chinese.normalise import clean
from drafter.domain import Draft, DraftSection, Point
from drafter.exporting.content import Paragraph, heading_in, missing_markers
from drafter.exporting.punctuation import typeset
from drafter.exporting.wordread import Line

OPENING = "开头"
CHANGED, ADDED, REMOVED = "changed", "added", "removed"
NO_SECTION = -1  # of title, addressee and preamble
_HEADING = re.compile(r"(?:heading|标题) ?([1-4])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph that is not as it was. ``kind``: changed, added, removed.

    ``section`` is the heading it stands under, or 标题, 主送机关, 落款, 成文日期, 附件.
    """

    kind: str
    section: str
    old: str
    new: str


def cells(text: str) -> str:
    """Return a line as it is compared: white space around its cells says nothing.

    Nor do half-width marks beside Chinese: the export writes them full-width.
    """
    return typeset("\t".join(map(str.strip, text.split("\t"))).strip())


def flat(text: str) -> str:
    """Return a name or a heading as it is compared: without white space, marks full-width."""
    return typeset("".join(clean(text).split()))


@dataclass(slots=True)
class _Open:
    """A section under construction: ``origin`` its index in the draft, None for a new one.

    ``sources`` are the indexes of the sections that its unchanged and edited lines come from.
    """

    origin: int | None
    heading: str | None
    lines: list[str] = field(default_factory=list)
    changed: bool = False
    sources: list[int] = field(default_factory=list)


class Build:
    """Puts the paragraphs of the paper under the draft's sections, in the paper's order."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.marks = missing_markers(draft)
        self.changes: list[Change] = []
        self.open: list[_Open] = [_Open(None, None)]  # the first one collects the preamble
        self.deepest = max((s.level for s in draft.sections), default=1)

    def add(self, before: Paragraph | None, line: Line | None) -> None:
        """Take one pair: a paragraph of the draft, a line of the paper, or both."""
        if line is None:
            if before is not None:
                self._removed(before)
        elif before is not None and before.opens:
            self._heading(before, line)
        elif before is None and _new_heading(line, self.deepest):
            self.open.append(_Open(None, line.text, changed=True))
            self.changes.append(Change(ADDED, line.text, "", line.text))
        else:
            self._text(before, line)

    def _removed(self, before: Paragraph) -> None:
        self._touch(before)
        self.changes.append(Change(REMOVED, self._name_of(before), before.text, ""))

    def _touch(self, before: Paragraph) -> None:
        """Mark the section that a paragraph stood in: it is not as it was."""
        for part in self.open:
            if part.origin == before.section or (before.section < 0 and part is self.open[0]):
                part.changed = True

    def _heading(self, before: Paragraph, line: Line) -> None:
        mark = self.marks[before.section] if self.marks else ""
        typed = cells(line.text)
        same = typed in (cells(before.text), cells(before.text.removeprefix(mark)))
        self.open.append(_Open(before.section, None if same else line.text, changed=not same))
        if not same:
            self.changes.append(Change(CHANGED, before.text, before.text, line.text))

    def _text(self, before: Paragraph | None, line: Line) -> None:
        self._enter(before)
        here = self.open[-1]
        here.lines.append(line.text)
        if before is None:
            here.changed = True
            self.changes.append(Change(ADDED, self._name(), "", line.text))
            return
        here.sources.append(before.section)
        if (here.origin if here.origin is not None else NO_SECTION) != before.section:
            here.changed = True
            self._touch(before)
        if cells(before.text) != cells(line.text):
            here.changed = True
            self.changes.append(Change(CHANGED, self._name(), before.text, line.text))

    def settle(self) -> None:
        """Find for each new heading the section that it belongs to: moved, or only renamed."""
        for part in self.open[1:]:
            if part.origin is None:
                part.origin = self._moved(part)
            if part.origin is None:
                part.origin = self._renamed(part)

    def _free(self) -> list[int]:
        """Return the sections of the draft whose heading stands nowhere in the paper."""
        taken = {part.origin for part in self.open}
        return [i for i in range(len(self.draft.sections)) if i not in taken]

    def _moved(self, part: _Open) -> int | None:
        typed = _headed(DraftSection("", 1, ""), part.heading or "").heading
        same = (i for i in self._free() if flat(self.draft.sections[i].heading) == flat(typed))
        return next(same, None) if typed else None

    def _renamed(self, part: _Open) -> int | None:
        """Return the section that most of a new heading's text comes from; say it was renamed."""
        free = [source for source in part.sources if source in self._free()]
        if not free:
            return None
        origin = max(free, key=free.count)
        section = self.draft.sections[origin]
        name, typed = f"{section.marker}{section.heading}", part.heading or ""
        gone = [c for c in self.changes if c.kind == REMOVED and c.section == c.old == name]
        added = Change(ADDED, typed, "", typed)
        if gone and added in self.changes:
            self.changes[self.changes.index(added)] = Change(CHANGED, name, gone[0].old, typed)
            self.changes.remove(gone[0])
        return origin

    def _enter(self, before: Paragraph | None) -> None:
        """Open the section of a text whose own heading is empty and so stands in no paper."""
        if before is None or before.section < 0:
            return
        section = self.draft.sections[before.section]
        if not flat(section.marker + section.heading) and self.open[-1].origin != before.section:
            self.open.append(_Open(before.section, None))

    def _name_of(self, before: Paragraph) -> str:
        if before.section < 0:
            return OPENING
        section = self.draft.sections[before.section]
        return f"{section.marker}{section.heading}"

    def _name(self) -> str:
        here = self.open[-1]
        if here.heading is not None:
            return here.heading
        if here.origin is None:
            return OPENING
        section = self.draft.sections[here.origin]
        return f"{section.marker}{section.heading}"

    def preamble(self) -> str:
        """Return the text before the first heading."""
        first = self.open[0]
        return "\n".join(first.lines) if first.changed else self.draft.preamble

    def sections(self) -> Iterator[DraftSection]:
        """Yield the sections; one that nobody touched is the draft's own."""
        for part in self.open[1:]:
            if part.origin is None:
                new = DraftSection("", 1, "\n".join(part.lines))
                yield self._headed(new, part.heading or "")
                continue
            section = self.draft.sections[part.origin]
            if part.changed:
                text = "\n".join(part.lines)
                section = replace(section, text=text, points=_points(section, part.lines))
            yield section if part.heading is None else self._headed(section, part.heading)

    def _headed(self, section: DraftSection, text: str) -> DraftSection:
        """Return the section with a heading as typed; the export numbers it where it did before."""
        made = _headed(section, text)
        return replace(made, marker="") if self.marks else made


def _new_heading(line: Line, deepest: int) -> int:
    """Return the level of a line that opens a new section, 0 where it does not."""
    styled = _HEADING.match(line.style)
    level, length = heading_in(line.text)
    if styled:
        level = level or int(styled[1])
    elif length != len(line.text) or line.text[-1:] in "。：；":
        return 0
    return level if level <= deepest else 0


def _headed(section: DraftSection, text: str) -> DraftSection:
    """Return the section with a heading as typed: its marker and its level taken from it."""
    marker = find_marker(text)
    if marker is None or marker.level > 4:
        return replace(section, heading=text, marker="")
    return replace(
        section, heading=text[marker.end :].strip(), marker=marker.text, level=marker.level
    )


def _points(section: DraftSection, lines: Sequence[str]) -> tuple[Point, ...]:
    """Return the points of changed text: those that still stand keep their origin."""
    if not section.points:
        return ()
    known = {point.text: point for point in section.points}
    return tuple(known.get(line, Point(line, origin="import")) for line in lines)
