"""Where signature and date stand: GB/T 9704-2012 7.3.5.1 (sealed) and 7.3.5.2 (unsealed)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.chinese.dates import find_dates
from drafter.exporting.grid import width
from drafter.exporting.profile import Profile
from drafter.exporting.title import break_title

SEALED_DATE = 4.0  # characters right of the date, 7.3.5.1
EMPTY = 2.0  # characters right of the longer of the two, 7.3.5.2
SEAL = 4  # lines that a seal of 42 mm takes, so that seals one above the other do not touch
_ORGANS = re.compile(r"\s*[\n、]\s*")
_SHORTEST = 3  # characters of an organ's name: 镇党委、政府 is one signature


@dataclass(frozen=True, slots=True)
class Placed:
    """Signature lines and date, with the empty characters right of them, and blank lines.

    ``rights`` belong to ``unit``, a line each. ``blanks`` stand before the first line, ``between``
    before each further organ; ``organs`` are the indexes of their first lines.
    """

    unit: tuple[str, ...]
    rights: tuple[float, ...]
    date_right: float
    blanks: int
    between: int = 0
    organs: tuple[int, ...] = (0,)

    @property
    def unit_right(self) -> float:
        """Return the empty characters right of the widest line."""
        return min(self.rights)


def organs(unit: str) -> tuple[str, ...]:
    """Return the names of the organs that sign together: parted by line ends or 、."""
    names = tuple(filter(None, _ORGANS.split(unit.strip())))
    return names if all(len(name) >= _SHORTEST for name in names) else ("".join(unit.split("\n")),)


def date_line(text: str) -> str:
    """Return a date as 7.3.5.4 has it: Arabic digits, the full year, no zero before one digit.

    What is no whole date stands as typed.
    """
    found = find_dates(text)
    if len(found) != 1 or found[0].kind != "day" or found[0].text != text.strip():
        return text
    day = found[0]
    parts = (day.year, day.month, day.day)
    return "{}年{}月{}日".format(*parts) if None not in parts else text


def place(unit: str, date: str, profile: Profile) -> Placed:
    """Return where signature and date stand; all in characters of the text.

    The organ in charge stands first, the others below it (7.3.5.2); a seal stands on each.
    """
    broken = [_lines(name, profile) for name in organs(unit)]
    firsts = tuple(sum(map(len, broken[:i])) for i in range(len(broken)))
    lines = tuple(line for name in broken for line in name)
    wide = max(width(line) for line in lines)
    unit_right, date_right = (
        _sealed(wide, width(date)) if profile.sealed else _open(wide, width(date))
    )
    unit_right = max(0.0, min(unit_right, profile.chars - wide))
    spread = (
        0.5 if profile.sealed else 0.0
    )  # of what a shorter line leaves: sealed ones are centred
    rights = tuple(unit_right + (wide - width(line)) * spread for line in lines)
    blanks, between = (2, SEAL) if profile.sealed else (1, 0)
    return Placed(lines, rights, max(0.0, date_right), blanks, between, firsts)


def _lines(name: str, profile: Profile) -> tuple[str, ...]:
    return tuple(break_title(name)) if width(name) > profile.chars - EMPTY else (name,)


def _sealed(unit: float, date: float) -> tuple[float, float]:
    """The date four characters from the right, the name centred on it."""
    unit_right = SEALED_DATE + date / 2 - unit / 2
    if unit_right >= 0:
        return unit_right, SEALED_DATE
    return 0.0, unit / 2 - date / 2


def _open(unit: float, date: float) -> tuple[float, float]:
    """The date begins two characters right of the name; the longer one ends two from the right."""
    if date > unit:
        return EMPTY + date - unit + 2, EMPTY
    return EMPTY, unit - date
