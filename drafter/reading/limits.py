"""Every limit on what is read, in one place; an edge may hand in its own."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, counts and seconds above which an input is refused or cut with a notice.

    The zip figures come from a measured bomb: 275 KB that inflate to 100 MB cost a parser 20 s and
    492 MB. Office files of this genre stay far below all of them.
    """

    file_bytes: int = 20 * MIB
    files: int = 50  # files in one upload
    zip_total: int = 50 * MIB  # all members of one package, inflated
    zip_part: int = 20 * MIB  # one member that is read
    zip_ratio: int = 100  # inflated : packed, for members that are read
    zip_ratio_floor: int = MIB  # a member smaller than this may pack as well as it likes
    zip_entries: int = 2000
    text_characters: int = 5_000_000
    table_cells: int = 200_000  # in one table
    sheets: int = 200
    sheet_rows: int = 20_000  # rows with content
    sheet_columns: int = 200
    sheet_gap: int = 10_000  # empty rows in a row, after which a sheet counts as ended
    csv_rows: int = 20_000
    pdf_pages: int = 500
    pdf_seconds: float = 30.0
    convert_seconds: float = 60.0


DEFAULT = Limits()
