"""Where signature and date stand: GB/T 9704-2012 7.3.5.1 (sealed) and 7.3.5.2 (unsealed)."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.exporting.grid import width
from drafter.exporting.profile import Profile
from drafter.exporting.title import break_title

SEALED_DATE = 4.0  # characters right of the date, 7.3.5.1
EMPTY = 2.0  # characters right of the longer of the two, 7.3.5.2


@dataclass(frozen=True, slots=True)
class Placed:
    """Signature lines and date with the empty characters right of them; blank lines before."""

    unit: tuple[str, ...]
    unit_right: float
    date_right: float
    blanks: int


def place(unit: str, date: str, profile: Profile) -> Placed:
    """Return where signature and date stand; all in characters of the text."""
    lines = tuple(break_title(unit)) if width(unit) > profile.chars - EMPTY else (unit,)
    wide = max(width(line) for line in lines)
    unit_right, date_right = (
        _sealed(wide, width(date)) if profile.sealed else _open(wide, width(date))
    )
    unit_right = max(0.0, min(unit_right, profile.chars - wide))
    return Placed(lines, unit_right, max(0.0, date_right), 2 if profile.sealed else 1)


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
