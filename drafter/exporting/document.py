"""Blocks → word/document.xml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from drafter.exporting import landscape
from drafter.exporting.flow import Block
from drafter.exporting.grid import width
from drafter.exporting.profile import PAGE_HEIGHT, PAGE_WIDTH, Profile
from drafter.exporting.tables import column_widths, fills_page, is_tall
from drafter.exporting.wordxml import Cell, Marks, Raw, Style, W, fill, paragraph, run, runs, table

MarksByPlace = Mapping[int, Marks]
"""Comments of each paragraph, by the offset of its first character."""


def document_xml(body: Iterable[str], profile: Profile) -> str:
    """Return the main part: the ready paragraphs and the last section's properties."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>'
        f"{''.join(body)}{section_xml(profile)}</w:body></w:document>"
    )


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


FOOTERS = {"default": "rId4", "even": "rId5"}


def section_xml(profile: Profile, *, across: bool = False) -> str:
    """Return a section's properties: page, margins, page numbers, grid 22 × 28."""
    kinds = {"outside": ("default", "even"), "none": ()}.get(profile.page_number, ("default",))
    ids = landscape.FOOTERS if across else FOOTERS
    footers = "".join(f'<w:footerReference w:type="{kind}" r:id="{ids[kind]}"/>' for kind in kinds)
    page = landscape.page_across(profile) if across else _upright(profile)
    return fill(
        "section.xml",
        footers=Raw(footers),
        orient=Raw(' w:orient="landscape"' if across else ""),
        footer=profile.footer,
        **page,
        line_pitch=profile.line_pitch,
        char_space=profile.char_space,
    ).rstrip("\n")


def _upright(profile: Profile) -> dict[str, int]:
    sides = {side: getattr(profile, side) for side in ("top", "right", "bottom", "left")}
    return {"width": PAGE_WIDTH, "height": PAGE_HEIGHT, **sides}


def block_xml(block: Block, profile: Profile, marks: MarksByPlace | None = None) -> str:
    """Return a block as XML, with the comments that lie on it."""
    if block.rows:
        return _table_xml(block, profile, marks or {})
    own = (
        (marks or {}).get(block.source.offset(0))
        if block.source and block.source.start >= 0
        else None
    )
    content = runs(block.text, block.lead, block.lead_style, profile.highlight_open, own)
    return paragraph(paragraph_style(block, profile), content if block.text else "")


def paragraph_style(block: Block, profile: Profile, mark: str = "") -> Style:
    """Return what is set on a block's paragraph; ``mark``: properties of its paragraph mark."""
    align = block.align if block.style not in ALIGNED else ""
    section = ""
    if block.section:
        section = section_xml(profile, across=block.section == landscape.ACROSS)
    indent = _indent(block, profile)
    return Style(block.style, block.keep_next, block.line, indent, align, mark, section)


KEPT_ROWS = 2  # of a last table, that go to the next page with the signature
SHORT_CELL = 6.0  # characters
ALIGNED = frozenset({"Title", "GwSignature", "GwDate"})


def _indent(block: Block, profile: Profile) -> str:
    """Return w:ind in characters with twips beside them; "" where the style has it."""
    parts = []
    for name, value in (("left", block.left), ("right", block.right), ("hanging", block.hanging)):
        if value:
            twips = round(value * profile.pitch)
            parts.append(f'w:{name}Chars="{round(value * 100)}" w:{name}="{twips}"')
    return " ".join(parts)


def _table_xml(block: Block, profile: Profile, marks: MarksByPlace) -> str:
    """Return a table of the text, its columns as wide as their content asks.

    A first row that fills a page is no head: repeated on each page it would leave no room.
    """
    whole, height = profile.width, profile.height
    if block.across:
        whole, height = height, whole
    widths = column_widths(block.rows, whole)
    heads = 0 if fills_page(block.rows[0], widths, height) else 1
    rows = []
    for index, cells in enumerate(block.rows):
        keep = block.keep_next and index >= len(block.rows) - KEPT_ROWS
        style = Style("GwCellHead" if index < heads else "GwCell", keep_next=keep)
        own = marks.get(block.sources[index].offset(0)) if block.sources else None
        rows.append(_cells(cells, style, profile, own))
    tall = {i for i, cells in enumerate(block.rows) if is_tall(cells, widths)}
    return table(rows, widths, heads, splits=tall)


def _cells(cells: Sequence[str], style: Style, profile: Profile, marks: Marks | None) -> list[Cell]:
    """Return a row's cells; its comments lie on whole rows, first cell to last."""
    begins = sorted({i for ids in marks.begin.values() for i in ids}) if marks else []
    ends = sorted({i for ids in marks.end.values() for i in ids}) if marks else []
    made = []
    for column, text in enumerate(cells):
        anchor = Marks()
        if begins and column == 0:
            anchor.begin[0] = begins
        if ends and column == len(cells) - 1:
            anchor.end[len(text)] = ends
        content = runs(text, 0, "", profile.highlight_open, anchor)
        made.append(Cell(paragraph(_cell_style(style, text), content)))
    return made


def _cell_style(style: Style, text: str) -> Style:
    """Return the style of a cell: figures and short words stand in the middle."""
    if style.name != "GwCell" or width(text) > SHORT_CELL:
        return style
    return replace(style, align="center")


def plain_cell(text: str, style: str, merge: str = "") -> Cell:
    """Return a cell of the annex; one paragraph a line."""
    lines = text.split("\n") if merge != "continue" else [""]
    inside = (paragraph(Style(style), run(line) if line else "") for line in lines)
    return Cell("".join(inside), merge)
