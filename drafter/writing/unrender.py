"""Text back to handles: what a paragraph says of facts, and what it says besides, gets a handle.

So an edited text can be rewritten by a model that still types no figure and no name. What comes
from no fact (typed by hand) gets a handle of its own, and must come back like all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from drafter.domain import Figure
from drafter.writing.handles import (
    HANDLE,
    Masked,
    Slot,
    checkable,
    measure_of,
    render,
    same_value,
    shown_value,
)

FOREIGN = 900_000  # number of the "fact" that handles of other text belong to


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
    for start, end, kind, what in checkable(text, None, names if sealed else None):
        figure = what if isinstance(what, Figure) else None
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


def handled(text: str, slots: Mapping[str, Slot]) -> str:
    """Return an answer with a handle for each value that a model typed instead of it.

    A value that more than one unused slot could stand for stays as it is.
    """
    used = render(text, dict(slots)).used
    free = [slot for slot in slots.values() if slot.id not in used]
    literal = HANDLE.sub(lambda m: "＿" * len(m[0]), text)
    parts: list[str] = []
    at = 0
    for start, end, _, what in checkable(literal, None, None):
        figure = what if isinstance(what, Figure) else None
        fitting = [slot for slot in free if _slot_for(literal[start:end], figure, (slot,))]
        if len(fitting) == 1:
            free.remove(fitting[0])
            parts += [text[at:start], f"〔{fitting[0].id}〕{fitting[0].unit}"]
            at = end
    return "".join([*parts, text[at:]])


def _slot_for(text: str, figure: Figure | None, free: Iterable[Slot]) -> Slot | None:
    """Return the slot of a fact that a stretch of text renders, if any."""
    for slot in free:
        if text == slot.whole:
            return slot
    for slot in free:
        if (
            figure
            and slot.figure
            and same_value(figure, slot.figure)
            and slot.unit == measure_of(figure)
        ):
            return slot
    return None


def _foreign(
    text: str, place: tuple[int, int], kind: str, figure: Figure | None, number: int
) -> Slot:
    """Return a slot for what comes from no fact."""
    start, end = place
    unit = measure_of(figure)
    name = f"F{FOREIGN}.{number + 1}"
    return Slot(name, start, end - len(unit), text[start : end - len(unit)], kind, unit, figure)
