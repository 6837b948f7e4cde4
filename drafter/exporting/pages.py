"""Pages, estimated on the grid; and the layout settled so that no page holds a signature alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from drafter.exporting.flow import FURNITURE, Block
from drafter.exporting.grid import ALL_METRICS, Metrics, wrap
from drafter.exporting.profile import Profile
from drafter.exporting.tables import LINE, SPACE, row_lines

SHORT = 6  # lines that a last paragraph may have to go to the next page whole
STEPS = (1, 2, 3, 4)  # lines fewer on a page, mildest first
SLACK = 18  # twips that stay empty at the foot of a full page, as with 22 lines of 579
PAGES = (1, 2)  # how many pages, up to the one where the text ends, are spaced so
GIVE = 0.09  # of a character, over the full line: what LibreOffice and Word both allow


@dataclass(frozen=True, slots=True)
class Row:
    """One line on a page. ``indent``, ``right``: empty characters; ``height`` in twips.

    ``space`` is the part of the height that is above and below the paragraph.
    """

    block: int
    style: str
    text: str
    indent: float
    right: float
    align: str
    height: int
    space: int = 0


@dataclass(frozen=True, slots=True)
class _Measured:
    """A block cut into lines."""

    block: Block
    rows: tuple[Row, ...]


def paginate(blocks: Sequence[Block], profile: Profile, metrics: Metrics) -> list[list[Row]]:
    """Return the rows of each page."""
    return _fill([_measure(i, b, profile, metrics) for i, b in enumerate(blocks)], profile)


def _measure(index: int, block: Block, profile: Profile, metrics: Metrics) -> _Measured:
    if block.rows:
        return _Measured(block, tuple(_table_rows(index, block, profile)))
    height = profile.title_line if block.style == "Title" else block.line or profile.line_pitch
    first, *others = (
        Row(index, block.style, text, indent, block.right, block.align, height)
        for text, indent in _lines(block, profile, metrics)
    )
    space = dict(profile.spaces).get(block.style, 0)
    opening = replace(first, height=height + space, space=space)
    return _Measured(block, (opening, *others))


def _lines(block: Block, profile: Profile, metrics: Metrics) -> Iterator[tuple[str, float]]:
    """Yield each line of a paragraph with its indent."""
    if block.style == "Title":
        yield from ((line, 0.0) for line in block.text.split("\n"))
        return
    first = block.left + block.first - block.hanging
    room = profile.chars + GIVE - block.right
    for number, line in enumerate(wrap(block.text, room - block.left, room - first, metrics)):
        yield line, block.left if number else first


def _table_rows(index: int, block: Block, profile: Profile) -> Iterator[Row]:
    whole = profile.height if block.across else profile.width
    for cells, lines in zip(block.rows, row_lines(block.rows, whole), strict=True):
        height = lines * LINE + SPACE
        yield Row(index, "GwCell", "\t".join(cells), 0.0, 0.0, "", height)


def _fill(measured: Sequence[_Measured], profile: Profile) -> list[list[Row]]:
    """Put rows on pages; what keeps with the next goes to the next page together."""
    pages: list[list[Row]] = [[]]
    whole = left = profile.height
    turns = False
    for number, item in enumerate(measured):
        if turns:
            whole = profile.width if item.block.across else profile.height
        if turns or (_kept_height(measured, number) > left and pages[-1]):
            pages.append([])
            left = whole
        for row in item.rows:
            if row.height > left and pages[-1]:
                pages.append([])
                left = whole
            pages[-1].append(row)
            left -= row.height
        turns = bool(item.block.section)
    return pages


def _keeps(block: Block) -> bool:
    return block.keep_next or (block.style.startswith("Heading") and not block.rows)


def _kept_height(measured: Sequence[_Measured], start: int) -> int:
    """Return the height of a chain of blocks that keep together, 0 where the block is in none."""
    if not _keeps(measured[start].block):
        return 0
    total, number = 0, start
    while number < len(measured) and _keeps(measured[number].block):
        total += sum(row.height for row in measured[number].rows)
        number += 1
    if number < len(measured):
        total += measured[number].rows[0].height
    return total


def settle(blocks: Sequence[Block], profile: Profile) -> list[Block]:
    """Return the blocks so adjusted that the last page holds text, not the signature alone.

    GB/T 9704-2012 7.3.5.5: the space between lines is adjusted, 此页无正文 is not written. A short
    last paragraph goes along whole; else the lines of the last page of text are spaced. Done only
    where one of the word processors' ways to measure would leave the signature alone.
    """
    texts = [[_measure(i, b, profile, m) for i, b in enumerate(blocks)] for m in ALL_METRICS]
    if not any(_is_alone(measured, profile) for measured in texts):
        return list(blocks)
    last = max(i for i, block in enumerate(blocks) if block.style not in FURNITURE)
    if blocks[last].rows or max(len(measured[last].rows) for measured in texts) <= SHORT:
        return _with(blocks, last, keep_next=True)
    for margin, pages, step in product((1, 0), PAGES, STEPS):
        pitch = (profile.height - SLACK) // (profile.lines - step)
        first = min(_first_of(measured, profile, last, pages) for measured in texts)
        tried = [_respaced(measured, range(first, last + 1), pitch) for measured in texts]
        if not any(_is_alone(measured, profile, margin) for measured in tried):
            return [item.block for item in tried[0]]
    return _with(blocks, last, keep_next=True)


def _with(blocks: Sequence[Block], place: int, *, keep_next: bool) -> list[Block]:
    return [replace(b, keep_next=keep_next) if i == place else b for i, b in enumerate(blocks)]


def _is_alone(measured: Sequence[_Measured], profile: Profile, margin: int = 0) -> bool:
    """Tell whether the last page holds no text, or would if we err by ``margin`` lines."""
    pages = _fill(measured, profile)
    spare = profile.height - sum(row.height for row in pages[-1])
    text = sum(row.style not in FURNITURE for row in pages[-1])
    if spare < margin * profile.line_pitch:
        return True
    return len(pages) > 1 and text < margin + 1


def _first_of(measured: Sequence[_Measured], profile: Profile, last: int, count: int) -> int:
    """Return the first block on the ``count``-th page before and with that where the text ends."""
    pages = _fill(measured, profile)
    end = max(n for n, rows in enumerate(pages) if any(row.block == last for row in rows))
    return pages[max(end - count + 1, 0)][0].block


def _may_stretch(block: Block) -> bool:
    return not block.rows and block.style != "Title" and (bool(block.text) or not block.section)


def _respaced(measured: Sequence[_Measured], places: range, pitch: int) -> list[_Measured]:
    """Return the blocks with another line pitch at these places; titles and tables stay."""
    return [
        _Measured(
            replace(item.block, line=pitch),
            tuple(replace(row, height=pitch + row.space) for row in item.rows),
        )
        if i in places and _may_stretch(item.block)
        else item
        for i, item in enumerate(measured)
    ]
