"""The paper as a sequence of blocks: what stands in which style, before pages are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, repeat

from drafter.chinese.normalise import clean
from drafter.domain import Draft
from drafter.exporting.content import OPEN_DATE, OPEN_UNIT, Paragraph, paragraphs
from drafter.exporting.label import is_labelled
from drafter.exporting.profile import Profile, title_room
from drafter.exporting.punctuation import typeset
from drafter.exporting.signature import date_line, organs, place
from drafter.exporting.title import break_title

INDENT = 2.0  # characters, GB/T 9704-2012 7.3.3
MOST_COLUMNS = 30  # Word takes 63; more than this is no table that a page can show
FURNITURE = frozenset({"Normal", "GwAnnexNote", "GwSignature", "GwDate", "GwNote"})
EVIDENCE_TITLE = "数字和事实依据对照表"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its style, or a table (``rows``). Indents in characters of the text.

    ``hanging`` counts from ``left``; a first line begins at ``left + first − hanging``.
    ``across``: a table on pages that lie across; ``section``: upright or across, if one ends here.
    """

    style: str
    text: str = ""
    source: Paragraph | None = None
    lead: int = 0
    lead_style: str = ""
    first: float = 0.0
    left: float = 0.0
    hanging: float = 0.0
    right: float = 0.0
    align: str = ""
    keep_next: bool = False
    line: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    sources: tuple[Paragraph, ...] = ()
    across: bool = False
    section: str = ""


BLANK = Block("Normal")


def flow(draft: Draft, profile: Profile, annex: bool = False) -> list[Block]:
    """Return title, addressee, text, annex note, signature, date and note in order."""
    blocks = [
        block for piece in _grouped(paragraphs(draft)) for block in _text_block(piece, profile)
    ]
    blocks.insert(1, BLANK)
    names = annex_names(draft, annex)
    below = [*annex_note(names), *_signature(draft, profile), *_note(draft, profile)]
    return [*blocks, *(replace(block, keep_next=True) for block in below[:-1]), *below[-1:]]


def sources(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs that blocks were made of, with the line ends that blocks gave them."""
    for block in blocks:
        yield from block.sources or filter(None, (block.source,))


def annex_names(draft: Draft, annex: bool) -> list[str]:
    """Return the names of the annexes, the table of evidence last where it is wanted."""
    names = [one_line(name) for name in draft.annexes]
    return [*filter(None, names), *([EVIDENCE_TITLE] if annex else [])]


def one_line(text: str) -> str:
    """Return a name fit for one line: cleaned, without line ends and surrounding space."""
    return typeset("".join(clean(text).split("\n")).strip())


def _grouped(found: list[Paragraph]) -> Iterator[list[Paragraph]]:
    """Put the rows of a table together; everything else comes alone."""
    for key, group in groupby(found, key=lambda p: (p.section, p.role == "row")):
        members = list(group)
        columns = max(p.text.count("\t") + 1 for p in members)
        if key[1] and len(members) > 1 and columns <= MOST_COLUMNS:
            yield members
        else:
            yield from ([p] for p in members)


def _text_block(piece: Sequence[Paragraph], profile: Profile) -> Iterator[Block]:
    first = piece[0]
    if len(piece) > 1:
        yield Block("GwCell", rows=_cells(piece), sources=tuple(piece))
    elif first.role == "title":
        broken = _broken(first, title_room(profile))
        yield Block("Title", broken.text, broken, align="center")
    elif first.role == "addressee":
        yield Block("GwAddressee", first.text, first)
    elif first.role == "heading":
        yield Block(f"Heading{first.level}", first.text, first, first=INDENT)
    else:
        yield _body_block(first)


def _cells(rows: Sequence[Paragraph]) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a table; rows that end early get empty cells."""
    found = [row.text.split("\t") for row in rows]
    columns = max(map(len, found))
    return tuple((*cells, *[""] * (columns - len(cells))) for cells in found)


def _body_block(line: Paragraph) -> Block:
    """Return a paragraph of text; a row without a table is text, from its first character on."""
    style = f"Heading{line.level}Char" if line.lead else ""
    tabs = len(line.text) - len(line.text.lstrip("\t"))
    if tabs:
        offsets = tuple(line.offset(i) for i in range(tabs, len(line.text)))
        line = replace(line, text=line.text[tabs:], start=offsets[0], offsets=offsets)
    return Block("GwBody", line.text, line, line.lead, style, first=INDENT)


def _broken(title: Paragraph, room: float) -> Paragraph:
    """Return the title with its line ends, each character still knowing where it came from."""
    text = "\n".join(break_title(title.text, room))
    places = [title.offset(i) for i, char in enumerate(title.text) if char != "\n"]
    offsets, used = [], 0
    for char in text:
        offsets.append(places[min(used, len(places) - 1)])
        used += char != "\n"
    origin = None if title.start < 0 else tuple(offsets)
    return replace(title, text=text, offsets=origin)


def annex_note(names: list[str]) -> Iterator[Block]:
    """附件说明 (7.3.4): two characters in; a wrapped name aligns with its first line."""
    if not names:
        return
    yield BLANK
    if len(names) == 1:
        yield Block("GwAnnexNote", f"附件：{names[0]}", left=5.0, hanging=3.0)
        return
    for number, name in enumerate(names, 1):
        ordinal = f"{number}．"
        wide = 1.0 + 0.5 * len(str(number))
        head, hanging = ("附件：", 3.0 + wide) if number == 1 else ("", wide)
        yield Block("GwAnnexNote", f"{head}{ordinal}{name}", left=5.0 + wide, hanging=hanging)


def unit_lines(draft: Draft) -> str:
    """Return the signing organs as typed, cleaned; one a line or parted by 、."""
    lines = clean(draft.unit).split("\n")
    unit = "\n".join(filter(None, map(one_line, lines)))
    return unit if len(organs(unit)) > 1 else one_line("".join(lines)) or OPEN_UNIT


def _signature(draft: Draft, profile: Profile) -> Iterator[Block]:
    date = date_line(one_line(draft.issue_date)) or OPEN_DATE
    placed = place(unit_lines(draft), date, profile)
    yield from repeat(BLANK, placed.blanks)
    for number, (line, right) in enumerate(zip(placed.unit, placed.rights, strict=True)):
        if number and number in placed.organs:
            yield from repeat(BLANK, placed.between)
        yield Block("GwSignature", line, right=right, align="right")
    yield Block("GwDate", date, right=placed.date_right, align="right")


def _note(draft: Draft, profile: Profile) -> Iterator[Block]:
    """The explicit label in the form of a note (附注, 7.3.6): in brackets, below the date."""
    label = one_line(profile.ai_label)
    if label and is_labelled(draft, profile):
        yield Block("GwNote", f"（{label}）", first=INDENT)
