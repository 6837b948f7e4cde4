"""What internal facts alone can tell: figures, persons, words, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from drafter.chinese.quantities import find_figures
from drafter.domain import Fact, Figure

SHORTEST = 6  # characters that a fact must have to be told by its words
ALIKE = 70.0  # per cent of a fact's characters that a sentence which says it has in a row
PERSONS, BARE = "count:人", "number"
PLACES = Decimal("0.001")  # a share is compared to a tenth of a per cent

Quantity = tuple[str, Decimal]
"""A dimension and a value in its base unit."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The internal facts, and which quantities and persons public facts give away anyway."""

    facts: tuple[Fact, ...]
    public: frozenset[Quantity]
    derived: frozenset[Quantity]
    persons: frozenset[str]

    def are_told_by(self, text: str) -> bool:
        """Tell whether a text says something of an internal fact, or a figure had from one."""
        if not text:
            return False
        if any(person in text for person in self.persons):
            return True
        stated = {_quantity(figure) for figure in find_figures(text)} - self.public
        if stated & self.derived:
            return True
        return any(_says(text, stated, fact) for fact in self.facts)

    def tells(self, text: str, fact: Fact) -> bool:
        """Tell whether a text says what one fact says."""
        stated = {_quantity(figure) for figure in find_figures(text)} - self.public
        return _says(text, stated, fact)


def secrets_of(hidden: Sequence[Fact], shown: Sequence[Fact]) -> Secrets:
    """Return what the internal facts (``hidden``) tell and the public ones (``shown``) do not."""
    public = frozenset(_quantities(shown))
    told = {quantity for quantity in _quantities(hidden) if quantity not in public}
    persons = {name for name in _persons(hidden) if not any(name in f.text for f in shown)}
    derived = frozenset(_derived(told, told | public)) - public
    return Secrets(tuple(hidden), public, derived, frozenset(persons))


def _says(text: str, stated: set[Quantity], fact: Fact) -> bool:
    """Tell whether a text has one of a fact's own figures, or its words."""
    if stated & set(_quantities([fact])):
        return True
    if len(fact.text) < SHORTEST:
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415 - only where something is internal

    return fuzz.partial_ratio(fact.text, text) >= ALIKE


def _quantity(figure: Figure) -> Quantity:
    """Return what a figure says, persons counted in one way."""
    dimension = PERSONS if figure.dimension in ("count:名", "count:位") else figure.dimension
    return dimension, figure.value


def _quantities(facts: Iterable[Fact]) -> Iterator[Quantity]:
    """Yield the quantities of facts, each also as the bare number that a table's cell may hold.

    The text is read again: a fact made by hand may lack its figures.
    """
    for figure in (figure for fact in facts for figure in find_figures(fact.text)):
        yield _quantity(figure)
        yield BARE, figure.value


def _persons(facts: Iterable[Fact]) -> Iterator[str]:
    return (e.text for fact in facts for e in fact.entities if e.kind == "person")


def _derived(told: Iterable[Quantity], known: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield sums, differences and shares of an internal quantity with any other of its kind."""
    others = list(known)
    for dimension, value in (quantity for quantity in told if quantity[0] != BARE):
        for other in (v for d, v in others if d == dimension and v != value):
            for derived in (value + other, abs(value - other)):
                yield dimension, derived
                yield BARE, derived
            if value and other:
                yield "ratio", (value / other).quantize(PLACES)
                yield "ratio", (other / value).quantize(PLACES)
