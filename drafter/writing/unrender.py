"""Text back to handles: what a paragraph says of facts, and what it says besides, gets a handle.

So an edited text can be rewritten by a model that still types no figure and no name. What comes
from no fact (typed by hand) gets a handle of its own, and must come back like all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drafter.chinese.dates import find_dates
from drafter.chinese.entities import find_entities
from drafter.chinese.quantities import find_figures
from drafter.domain import Figure
from drafter.writing.handles import HANDLE, OPEN, Masked, Slot, same_value, shown_value

FOREIGN = 900_000  # number of the "fact" that handles of other text belong to
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Unrendered:
    """A text with handles, the slots they stand for, in the order in which they come."""

    text: str
    slots: tuple[Slot, ...]

    def shown(self, sealed: bool) -> str:
        """Return the text with the values beside the handles, or without them."""
        values = {slot.id: shown_value(slot, sealed) for slot in self.slots}
        return re.sub(r"〔(F[\d.]+)〕", lambda m: f"〔{m[1]}{values[m[1]]}〕", self.text)


def unrender(
    text: str, masked: Sequence[Masked], sealed: bool = False, names: Iterable[str] = ()
) -> Unrendered:
    """Return a text with a handle for every figure, date and name that stands in it.

    ``names`` are further words that get a handle, wherever they stand.
    """
    free = [slot for one in masked for slot in one.slots]
    parts: list[str] = []
    slots: list[Slot] = []
    at = 0
    for start, end, kind, figure in _spans(text, sealed, names):
        found = _slot_for(text[start:end], figure, free)
        if found is not None:
            free.remove(found)
            slot = found
        else:
            slot = _foreign(text, (start, end), kind, figure, len(slots))
        slots.append(slot)
        parts += [text[at:start], f"〔{slot.id}〕{slot.unit}"]
        at = end
    return Unrendered("".join([*parts, text[at:]]), tuple(slots))


_Found = tuple[int, int, str, "Figure | None"]


def _spans(text: str, sealed: bool, names: Iterable[str]) -> list[_Found]:
    found: list[_Found] = [(f.start, f.end, "figure", f) for f in find_figures(text)]
    found += [(d.start, d.end, "date", None) for d in find_dates(text)]
    found += [(e.start, e.end, e.kind, None) for e in find_entities(text)]
    found += [(m.start(), m.end(), "placeholder", None) for m in re.finditer("【[^【】]*】", text)]
    found += [(m.start(), m.end(), "literal", None) for m in HANDLE.finditer(text)]
    found += [(m.start(), m.end(), "literal", None) for m in _DIGITS.finditer(text)]
    wanted = [span for span in found if sealed or span[2] in OPEN]
    wanted += [
        (m.start(), m.end(), "name", None)
        for name in names
        for m in re.finditer(re.escape(name), text)
    ]
    kept: list[_Found] = []
    for span in sorted(wanted, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s[0])


def _slot_for(text: str, figure: Figure | None, free: Iterable[Slot]) -> Slot | None:
    """Return the slot of a fact that a stretch of text renders, if any."""
    for slot in free:
        if text == slot.whole:
            return slot
    for slot in free:
        if figure and slot.figure and same_value(figure, slot.figure) and slot.unit == figure.unit:
            return slot
    return None


def _foreign(
    text: str, place: tuple[int, int], kind: str, figure: Figure | None, number: int
) -> Slot:
    """Return a slot for what comes from no fact."""
    start, end = place
    unit = figure.unit if figure and text[start:end].endswith(figure.unit) else ""
    unit = unit if len(unit) < end - start else ""
    name = f"F{FOREIGN}.{number + 1}"
    return Slot(name, start, end - len(unit), text[start : end - len(unit)], kind, unit, figure)
