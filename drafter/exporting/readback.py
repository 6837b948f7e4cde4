"""The way back: an edited .docx matched to the draft it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafter.chinese.markers import find_marker
from drafter.chinese.normalise import clean
from drafter.domain import Draft, DraftSection, Point
from drafter.exporting.align import align
from drafter.exporting.content import (
    OPEN_DATE,
    OPEN_TITLE,
    OPEN_UNIT,
    Paragraph,
    bare,
    heading_in,
    missing_markers,
    own_text,
    paragraphs,
)
from drafter.exporting.flow import EVIDENCE_TITLE, one_line, unit_lines
from drafter.exporting.grid import width
from drafter.exporting.profile import AUTHOR
from drafter.exporting.remarks import Remark, read_remarks
from drafter.exporting.signature import organs
from drafter.exporting.title import break_title
from drafter.exporting.wordread import Line, read_lines

OPENING = "开头"
SIGNATURE = "发文机关署名"
NAME_LINE = 26.0  # characters: a longer name stands on two lines, so shorter lines are two names
CHANGED, ADDED, REMOVED = "changed", "added", "removed"
_HEADING = re.compile(r"heading ([1-4])$", re.IGNORECASE)
_ANNEX_MARK = re.compile(r"附件\s?\d{0,2}$")
_ORDINAL = r"(?:\d{1,2}[．.])?"
_LABEL = re.compile(r"^（?本文稿由人工智能")
_PLACES = {"Title": "标题", "主送机关": "主送机关", SIGNATURE: "落款", "成文日期": "成文日期"}
_ANNEX_NOTE = "附件说明"


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph that is not as it was. ``kind``: changed, added, removed.

    ``section`` is the heading it stands under, or 标题, 主送机关, 落款, 成文日期, 附件.
    """

    kind: str
    section: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited paper read back. ``draft`` has the new text; without changes it is the old draft.

    Findings and evidence of a changed draft are empty: the check must run on what people typed.
    ``remarks`` are the comments that people made in the margin.
    """

    draft: Draft
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_back(data: bytes, draft: Draft, *, ours: str = AUTHOR) -> Edited:
    """Match an edited .docx to the draft that it was exported from.

    ``ours`` is the author of the review copy's own comments, which are no remarks. Tracked changes
    count as accepted. Raises UnreadableFile or HostileFile; a caller that takes files from outside
    reads them through ``drafter.reading`` first, for its limits.
    """
    paper = _Paper.of(read_lines(data), draft)
    changes = list(_frame_changes(paper, draft))
    expected = [p for p in paragraphs(draft) if p.role not in ("title", "addressee")]
    build = _Build(draft)
    for old, new in align(
        [p.text.strip() for p in expected], [line.text.strip() for line in paper.lines]
    ):
        before = None if old is None else expected[old]
        build.add(before, None if new is None else paper.lines[new])
    changes += build.changes
    remarks = tuple(read_remarks(data, ours))
    if not changes:
        return Edited(draft, remarks=remarks)
    made = _with_frame(draft, paper)
    made = replace(made, preamble=build.preamble(), sections=tuple(build.sections()))
    made = replace(made, text=own_text(made), findings=(), evidence=())
    return Edited(made, tuple(changes), remarks)


def read_paper(data: bytes) -> Draft:
    """Return the draft that an exported .docx says: title, sections, signature, no facts.

    For reading back where the draft itself is not at hand. Raises UnreadableFile or HostileFile.
    """
    return read_back(data, Draft("", ())).draft


@dataclass(slots=True)
class _Paper:
    """The file's lines by what they are: the frame apart from the text."""

    frame: dict[str, list[str]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    signed_by: int = 1

    @classmethod
    def of(cls, lines: Sequence[Line], draft: Draft) -> _Paper:
        paper = cls(signed_by=len(organs(unit_lines(draft))))
        known = {} if _has_our_styles(lines) else _known_frame(draft)
        for line in _before_annex(lines):
            text = clean(line.text).strip()
            style = line.style if line.style in _PLACES else known.get(_flat(text), "")
            if style or line.style == _ANNEX_NOTE:
                paper.frame.setdefault(style or line.style, []).append(text.replace("\n", ""))
            elif not _LABEL.match(text):
                paper.lines += _split(line)
        return paper

    def one(self, style: str) -> str:
        """Return the text of a part of the frame, "" where it is missing; organs a line each."""
        lines = self.frame.get(style, ())
        joined = "".join(lines).strip()
        if style == SIGNATURE and (self.signed_by > 1 or width(joined) <= NAME_LINE):
            return "\n".join(lines).strip()
        return joined


def _split(line: Line) -> Iterator[Line]:
    for text in clean(line.text).split("\n"):
        if text.strip():
            yield Line(line.style, bare(text))


def _before_annex(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines before the annexes: there the draft's text has ended."""
    for line in lines:
        if line.style == "附件标识" or (
            _ANNEX_MARK.match(line.text.strip()) and line.style != "Title"
        ):
            return
        yield line


def _has_our_styles(lines: Sequence[Line]) -> bool:
    return any(line.style == "成文日期" for line in lines)


def _known_frame(draft: Draft) -> dict[str, str]:
    """Return what the frame says, for papers whose styles got lost on the way."""
    expected = _expected_frame(draft)
    names = expected[SIGNATURE].split("\n")
    broken = {_flat(line): SIGNATURE for name in names for line in (name, *break_title(name))}
    return {_flat(text): style for style, text in expected.items() if text} | broken


def _flat(text: str) -> str:
    return "".join(clean(text).split())


def _expected_frame(draft: Draft) -> dict[str, str]:
    """Return what the frame of the exported paper said."""
    head = {p.role: p.text for p in paragraphs(draft)[:2] if p.role in ("title", "addressee")}
    return {
        "Title": head["title"].replace("\n", ""),
        "主送机关": head.get("addressee", ""),
        SIGNATURE: "\n".join(organs(unit_lines(draft))),
        "成文日期": one_line(draft.issue_date) or OPEN_DATE,
    }


def _frame_changes(paper: _Paper, draft: Draft) -> Iterator[Change]:
    for style, old in _expected_frame(draft).items():
        new = paper.one(style)
        if _flat(new) != _flat(old):
            kind = ADDED if not old else CHANGED if new else REMOVED
            yield Change(kind, _PLACES[style], old, new)
    annexes = _annexes(paper)
    if annexes != [one_line(name) for name in draft.annexes if one_line(name)]:
        yield Change(CHANGED, "附件", "\n".join(draft.annexes), "\n".join(annexes))


def _annexes(paper: _Paper) -> list[str]:
    lines = paper.frame.get(_ANNEX_NOTE, ())
    ordinal = _ORDINAL if len(lines) > 1 else ""
    names = [re.sub(f"^(?:附件：)?{ordinal}", "", line).strip() for line in lines]
    return [name for name in names if name and name != EVIDENCE_TITLE]


def _with_frame(draft: Draft, paper: _Paper) -> Draft:
    """Return the draft with title, addressee, signature, date and annexes of the paper."""
    now = {style: paper.one(style) for style in _PLACES}
    was = _expected_frame(draft)

    def pick(style: str, value: str, still_open: str) -> str:
        if _flat(now[style]) == _flat(was[style]):
            return value
        return "" if now[style] == still_open else now[style]

    return replace(
        draft,
        title=pick("Title", draft.title, OPEN_TITLE),
        addressee=pick("主送机关", draft.addressee, "").rstrip("：:"),
        unit=pick(SIGNATURE, draft.unit, OPEN_UNIT),
        issue_date=pick("成文日期", draft.issue_date, OPEN_DATE),
        annexes=tuple(_annexes(paper)),
    )


@dataclass(slots=True)
class _Open:
    """A section under construction: ``origin`` its index in the draft, None for a new one."""

    origin: int | None
    heading: str | None
    lines: list[str] = field(default_factory=list)
    changed: bool = False


class _Build:
    """Puts the paragraphs of the paper under the draft's sections, in the paper's order."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
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
        self.open[-1].changed = True
        self.changes.append(Change(REMOVED, self._name_of(before), before.text, ""))

    def _heading(self, before: Paragraph, line: Line) -> None:
        same = before.text.strip() == line.text.strip()
        self.open.append(_Open(before.section, None if same else line.text, changed=not same))
        if not same:
            self.changes.append(Change(CHANGED, before.text, before.text, line.text))

    def _text(self, before: Paragraph | None, line: Line) -> None:
        self._enter(before)
        self.open[-1].lines.append(line.text)
        if before is None:
            self.open[-1].changed = True
            self.changes.append(Change(ADDED, self._name(), "", line.text))
        elif before.text.strip() != line.text.strip():
            self.open[-1].changed = True
            self.changes.append(Change(CHANGED, self._name(), before.text, line.text))

    def _enter(self, before: Paragraph | None) -> None:
        """Open the section of a text whose own heading is empty and so stands in no paper."""
        if before is None or before.section < 0:
            return
        section = self.draft.sections[before.section]
        if not _flat(section.marker + section.heading) and self.open[-1].origin != before.section:
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
        return replace(made, marker="") if missing_markers(self.draft) else made


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
