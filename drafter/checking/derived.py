"""A value that follows from facts, with the formula in the facts' own figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from drafter.checking.context import Mention
from drafter.checking.matching import same_kind

MAX_TERMS = 12
TURNS = frozenset("次期场批轮班回")  # what people come to, each time counted anew
ITEMS = re.compile("、|(?<!涉)(?<!惠)及|和|与")
FELL = re.compile("降|减|少|缩|压|跌|省下|节省")
_SLIGHT = 20
_REST = re.compile("(?:尚有|还有|仍有|其余|剩余|还剩|尚余|剩下|余下|尚剩|还差)的?$")


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that the facts give, with the formula in the facts' own figures."""

    value: Decimal
    dimension: str
    formula: str
    fact_ids: tuple[str, ...]


def value_of(mention: Mention) -> Decimal:
    """Return the number that a figure stands for (近 3,400: its upper end)."""
    return mention.figure.high if mention.figure.approximation == "near" else mention.figure.low


def formula_of(terms: Sequence[Mention], sign: str) -> str:
    """Return figures joined by a sign, as the facts write them."""
    return f" {sign} ".join(m.figure.text for m in terms)


def ids_of(terms: Sequence[Mention]) -> tuple[str, ...]:
    """Return the facts that some figures stand in, each once."""
    return tuple(dict.fromkeys(m.fact_id for m in terms))


def pairs_of(group: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield pairs of one unit, the larger first."""
    for one, other in combinations(group[: 2 * MAX_TERMS], 2):
        if same_kind(one.figure.dimension, other.figure.dimension):
            yield (one, other) if value_of(one) >= value_of(other) else (other, one)


def of_kind(fact: Mention, draft: Mention) -> bool:
    """Tell whether two figures count or measure the same."""
    return same_kind(fact.figure.dimension, draft.figure.dimension)


def is_rest(draft: Mention) -> bool:
    """Tell whether a drafted figure is what is left of others: 尚有4处, 其余7栋."""
    return _REST.search(draft.before_text) is not None


def told_before(draft: Mention, told: Sequence[Mention]) -> list[Decimal]:
    """Return the values of the same kind that are told before a figure in its sentence."""
    return [value_of(m) for m in told if m.line == draft.line and of_kind(m, draft)]


def negligible(draft: Mention, big: Mention, small: Mention) -> bool:
    """Tell whether a difference says nothing: 约250吨 is near 260吨, 73公斤 taken off or not."""
    return draft.figure.approximation != "exact" and value_of(small) * _SLIGHT < value_of(big)
