"""Wide tables on pages across: GB/T 9704-2012 clause 8.

A4 is turned so that the table's head stands at the binding side of odd pages and at the cut side
of even ones: both are the left side of the upright sheet, so every such page is turned the same
way. The page number stays where upright pages have it, and is turned with the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter.exporting.flow import FURNITURE, Block
from drafter.exporting.profile import PAGE_HEIGHT, PAGE_WIDTH, Profile
from drafter.exporting.tables import is_wide
from drafter.exporting.wordxml import Raw, fill, run

UPRIGHT, ACROSS = "upright", "across"  # the section that ends with a block
NUMBER_ROOM, NUMBER_LINE = 2000, 400  # twips: the length and the height of a page number's box
EMU = 635  # a twip
MARGIN_CHAR = 280  # twips, a character of 14 pt (7.5)
_HAIRLINE = 20  # twips: the paragraph that ends a section is not to be seen
FOOTERS = {"default": "rId7", "even": "rId8"}


def turned(blocks: Sequence[Block], profile: Profile) -> list[Block]:
    """Return the blocks with wide tables on pages of their own, across, under their headings.

    The first page must show text (7.3.3) and the last one must not hold the signature alone
    (7.3.5.5), so a table that opens or closes the text stays upright.
    """
    made: list[Block] = []
    last = max(i for i, block in enumerate(blocks) if block.style not in FURNITURE)
    for number, block in enumerate(blocks):
        shown = any(b.style == "GwBody" for b in made)
        if not (block.rows and shown and number < last and is_wide(block.rows, profile.width)):
            made.append(block)
            continue
        start = _heading_of(made)
        if not made[start - 1].section:
            made[start - 1 : start] = _closed(made[start - 1])
            start = _heading_of(made)
        made[start:] = [replace(heading, across=True) for heading in made[start:]]
        made += [replace(block, across=True), Block("Normal", line=_HAIRLINE, section=ACROSS)]
    return made


def _heading_of(made: Sequence[Block]) -> int:
    """Return where the headings begin that stand right above what comes next."""
    start = len(made)
    while made[start - 1].style.startswith("Heading"):
        start -= 1
    return start


def _closed(before: Block) -> list[Block]:
    """Return a block and the end of its section: itself, or a line that is not seen."""
    if before.rows:
        return [before, Block("Normal", line=_HAIRLINE, section=UPRIGHT)]
    return [replace(before, section=UPRIGHT)]


def has_across(blocks: Sequence[Block]) -> bool:
    """Tell whether some page lies across."""
    return any(block.across for block in blocks)


def page_across(profile: Profile) -> dict[str, int]:
    """Return the page's size and margins, turned: the upright left is the top."""
    return {
        "width": PAGE_HEIGHT,
        "height": PAGE_WIDTH,
        "top": profile.left,
        "right": profile.top,
        "bottom": profile.right,
        "left": profile.bottom,
    }


def footers_across(profile: Profile) -> dict[str, str]:
    """Return the footers of pages across, by their name; {} where pages have no number."""
    if profile.page_number == "none":
        return {}
    if profile.page_number == "outside":
        foot = PAGE_WIDTH - profile.right - MARGIN_CHAR - NUMBER_ROOM
        return {
            "footer3.xml": _footer(profile, foot, "right"),
            "footer4.xml": _footer(profile, profile.left + MARGIN_CHAR, "left"),
        }
    middle = profile.left + (profile.width - NUMBER_ROOM) // 2
    return {"footer3.xml": _footer(profile, middle, "center")}


def _footer(profile: Profile, top: int, align: str) -> str:
    """Return a footer whose number stands in a turned box beside the text's block."""
    dashes = profile.page_number != "plain-centre"
    centre = profile.footer + MARGIN_CHAR // 2
    return fill(
        "footer_across.xml",
        left=(centre - NUMBER_LINE // 2) * EMU,
        top=top * EMU,
        width=NUMBER_LINE * EMU,
        height=NUMBER_ROOM * EMU,
        align=align,
        before=Raw(run("— ") if dashes else ""),
        after=Raw(run(" —") if dashes else ""),
        number="2" if align == "left" else "1",
    )
