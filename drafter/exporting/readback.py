"""The way back: an edited .docx matched to the draft it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafter.chinese.normalise import clean
from drafter.domain import Draft
from drafter.exporting.align import align
from drafter.exporting.content import (
    OPEN_DATE,
    OPEN_TITLE,
    OPEN_UNIT,
    bare,
    own_text,
    paragraphs,
)
from drafter.exporting.flow import (
    EVIDENCE_TITLE,
    annex_names,
    annex_note,
    one_line,
    unit_lines,
)
from drafter.exporting.grid import width
from drafter.exporting.profile import AUTHOR
from drafter.exporting.rebuild import ADDED, CHANGED, REMOVED, Build, Change, cells, flat
from drafter.exporting.remarks import Remark, read_remarks
from drafter.exporting.signature import date_line, organs
from drafter.exporting.title import break_title
from drafter.exporting.wordread import Line, read_lines

SIGNATURE = "发文机关署名"
NAME_LINE = 26.0  # characters: a longer name stands on two lines, so shorter lines are two names
_ANNEX_MARK = re.compile(r"附件\s?\d{0,2}$")
_ORDINAL = r"(?:\d{1,2}[．.])?"
_LABEL = re.compile(r"（?本文稿由人工智能|（[^（）]*(?:人工智能|AI)[^（）]*生成[^（）]*）$")
_PLACES = {"Title": "标题", "主送机关": "主送机关", SIGNATURE: "落款", "成文日期": "成文日期"}
_ANNEX_NOTE = "附件说明"


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited paper read back. ``draft`` has the new text; without changes it is the old draft.

    Findings and evidence of a changed draft are empty: the check must run on what people typed.
    ``remarks`` are the comments that people made in the margin. ``origins`` gives for each section
    of ``draft`` its index in the old draft, None for one that was added.
    """

    draft: Draft
    changes: tuple[Change, ...] = ()
    remarks: tuple[Remark, ...] = ()
    origins: tuple[int | None, ...] = ()


def read_back(data: bytes, draft: Draft, *, ours: str = AUTHOR) -> Edited:
    """Match an edited .docx to the draft that it was exported from.

    ``ours`` is the author of the review copy's own comments, which are no remarks. Tracked changes
    count as accepted. Raises UnreadableFile or HostileFile; a caller that takes files from outside
    reads them through ``drafter.reading`` first, for its limits.
    """
    paper = _Paper.of(read_lines(data), draft)
    changes = list(_frame_changes(paper, draft))
    expected = [p for p in paragraphs(draft) if p.role not in ("title", "addressee")]
    build = Build(draft)
    for old, new in align([cells(p.text) for p in expected], [cells(x.text) for x in paper.lines]):
        before = None if old is None else expected[old]
        build.add(before, None if new is None else paper.lines[new])
    build.settle()
    changes += build.changes
    remarks = tuple(read_remarks(data, ours))
    if not changes:
        return Edited(draft, (), remarks, tuple(range(len(draft.sections))))
    made = _with_frame(draft, paper)
    made = replace(made, preamble=build.preamble(), sections=tuple(build.sections()))
    made = replace(made, text=own_text(made), findings=(), evidence=())
    return Edited(made, tuple(changes), remarks, tuple(part.origin for part in build.open[1:]))


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
            style = line.style if line.style in _PLACES else known.get(flat(text), "")
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
    noted = {flat(block.text): _ANNEX_NOTE for block in annex_note(annex_names(draft, annex=False))}
    noted |= {flat(block.text): _ANNEX_NOTE for block in annex_note(annex_names(draft, annex=True))}
    names = expected[SIGNATURE].split("\n")
    broken = {flat(line): SIGNATURE for name in names for line in (name, *break_title(name))}
    return {flat(text): style for style, text in expected.items() if text} | broken | noted


def _expected_frame(draft: Draft) -> dict[str, str]:
    """Return what the frame of the exported paper said."""
    head = {p.role: p.text for p in paragraphs(draft)[:2] if p.role in ("title", "addressee")}
    return {
        "Title": head["title"].replace("\n", ""),
        "主送机关": head.get("addressee", ""),
        SIGNATURE: "\n".join(organs(unit_lines(draft))),
        "成文日期": date_line(one_line(draft.issue_date)) or OPEN_DATE,
    }


def _frame_changes(paper: _Paper, draft: Draft) -> Iterator[Change]:
    for style, old in _expected_frame(draft).items():
        new = paper.one(style)
        if flat(new) != flat(old):
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
        if flat(now[style]) == flat(was[style]):
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
