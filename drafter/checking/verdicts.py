"""What is said of a judged figure: the verdict, and the words for what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.checking.context import Mention
from drafter.checking.matching import precision, relation
from drafter.checking.respective import Assigned

_TELLING = 3
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """``relation`` as in Evidence; ``label`` is "" where the figure is in order."""

    relation: str
    fact_ids: tuple[str, ...] = ()
    formula: str = ""
    label: str = ""
    message: str = ""
    suggestion: str = ""
    source: Mention | None = None


def unsupported(draft: Mention, fact: Mention | None, misplaced: Mention | None) -> Verdict:
    """Return the verdict on a figure that follows from no fact.

    ``fact`` is the nearest figure of the facts, ``misplaced`` one of its value about another thing.
    """
    text = draft.figure.text
    if fact is None:
        message = f"事实清单中没有“{text}”的依据，请核实，或改为【待补：…】。"
        return Verdict("unsupported", (), "", "invented_number", message)
    ids, quoted, right = (fact.fact_id,), _quoted(fact), _whole(fact)
    if same_digits(draft, fact):
        message = f"“{text}”的计量单位与事实不符：事实{fact.fact_id}是“{quoted}”。"
        return Verdict("unsupported", ids, "", "wrong_unit", message, right)
    if misplaced is not None:
        message = (
            f"“{text}”在事实{misplaced.fact_id}中说的是另一件事，"
            f"这里对应事实{fact.fact_id}“{quoted}”。"
        )
        return Verdict("unsupported", ids, "", "altered_number", message, right)
    message = f"“{text}”与事实{fact.fact_id}“{quoted}”不一致。"
    return Verdict("unsupported", ids, "", "altered_number", message, right)


def _quoted(fact: Mention) -> str:
    return f"{fact.before_text.strip(' ：:、，')}{fact.figure.text}"


def _whole(fact: Mention) -> str:
    """Return a fact's figure with the measure that its list's head gives it."""
    figure = fact.figure
    return figure.text if figure.unit in figure.text else f"{figure.text}{figure.unit}"


def as_assigned(draft: Mention, told: Assigned) -> Verdict:
    """Return the verdict on a figure of a 分别 list whose subject the facts know."""
    fact, text = told.fact, draft.figure.text
    if told.agrees:
        kind = relation(draft.figure, fact.figure)
        return Verdict(kind, (fact.fact_id,), source=fact)
    quoted = _quoted(fact)
    message = f"“{text}”与事实{fact.fact_id}“{quoted}”不一致，请核对与前面各项的对应次序。"
    ids = (fact.fact_id,)
    return Verdict("unsupported", ids, "", "altered_number", message, fact.figure.text)


def per_another(draft: Mention, fact: Mention) -> Verdict:
    """Return the verdict on what is said to come to each household and comes to each person."""
    quoted = _quoted(fact)
    text = f"{draft.before_text[-3:].strip()}{draft.figure.text}"
    message = f"“{text}”的平均口径与事实不符：事实{fact.fact_id}是“{quoted}”。"
    return Verdict("unsupported", (fact.fact_id,), "", "wrong_unit", message, quoted)


def is_telling(draft: Mention) -> bool:
    """Tell whether an exact figure has so many digits that none is like it by chance."""
    many = digits(draft) >= _TELLING or draft.figure.low >= _MANY
    return many and draft.figure.approximation == "exact"


def digits(mention: Mention) -> int:
    """Return how many digits a figure shows, without those behind its precision."""
    hedged = mention.figure.approximation != "exact"
    step = max(precision(mention.figure), mention.figure.step if hedged else 0)
    value = mention.figure.low
    return len(str(int(abs(value / step)))) if step else 1


def same_digits(draft: Mention, fact: Mention) -> bool:
    """Tell whether two figures show the same digits under different units or magnitudes."""
    a, b = draft.figure, fact.figure
    if a.approximation != b.approximation:
        return False
    return _significant(draft) == _significant(fact) and (
        a.dimension != b.dimension or a.low != b.low
    )


def _significant(mention: Mention) -> str:
    step = precision(mention.figure)
    number = mention.figure.low / step if step else mention.figure.low
    return str(int(number)).rstrip("0")
