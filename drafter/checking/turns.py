"""What comes of rates that hold for some turns, for each person and day, or for one's own share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from drafter.checking.context import Mention
from drafter.checking.derived import Derived, formula_of, ids_of, of_kind, value_of
from drafter.checking.factindex import Line

_TURNS = re.compile(
    "第(?P<first>\\d+)[—–~～至到-]+第?(?P<last>\\d+)(?P<turn>[期批场轮次周班])每(?P=turn)(?P<each>\\d+)(?P<unit>[人名户])"
)
_A_HEAD_A_DAY = re.compile("每人每[天日]|每[天日]每人")
_HEADS = frozenset({"人", "名", "户"})
_OWN = re.compile("自缴|自筹|自付|自担|承担|个人")
_REST = re.compile("其余|剩余|余下|其他")


def of_turns(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what turns with rates of their own come to: 第1—5期每期60人，第6—8期每期40人."""
    found = list(_TURNS.finditer(line.text)) if draft.figure.dimension.startswith("count:") else []
    if len(found) > 1 and draft.figure.unit in ("人次", "人", "名"):
        rows = [(int(m["last"]) - int(m["first"]) + 1, int(m["each"])) for m in found]
        formula = " + ".join(f"{count} × {each}" for count, each in rows)
        total = Decimal(sum(count * each for count, each in rows))
        yield Derived(total, draft.figure.dimension, formula, (line.fact_id,))


def has_turns(line: Line) -> bool:
    """Tell whether a fact gives rates that hold for some turns only."""
    return _TURNS.search(line.text) is not None


def a_head_a_day(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what a rate a head and day comes to: 725人，每人每天5元，200天 are 72.5万元."""
    rates = [m for m in line.mentions if _A_HEAD_A_DAY.search(m.before_text) and of_kind(m, draft)]
    heads = [m for m in line.mentions if m.figure.unit in _HEADS] if rates else []
    days = [m for m in line.mentions if m.figure.unit == "天"] if rates else []
    if len(rates) == len(heads) == len(days) == 1:
        terms = (heads[0], rates[0], days[0])
        value = value_of(heads[0]) * value_of(rates[0]) * value_of(days[0])
        yield Derived(value, draft.figure.dimension, formula_of(terms, "×"), ids_of(terms))


def own_share(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what one pays oneself of a rate: 每亩自缴6元 of 每亩保费30元，财政补贴80%，其余自缴."""
    own = _OWN.search(draft.before_text) and _REST.search(line.text) and _OWN.search(line.text)
    shares = [m for m in line.mentions if m.figure.dimension == "ratio"] if own else []
    for whole in line.mentions if len(shares) == 1 else ():
        if of_kind(whole, draft) and value_of(shares[0]) < 1:
            value = value_of(whole) * (1 - value_of(shares[0]))
            formula = f"{whole.figure.text} × (1 - {shares[0].figure.text})"
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))
