"""When two figures say the same: exact, equal in other clothes, or honestly vaguer.

Conventions: 余/多 base ≤ value < base + one unit of its last non-zero place; 近 0.9·base ≤ value <
base; 约/左右 within 5 %; 超/突破/以上 base ≤ value ≤ 1.1·base (the intervals come with the figure);
a bare figure may be the rounding of the fact at its own precision; vaguer is right, sharper is not.
"""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from drafter.chinese.measures import compatible, counted_in, found_measure
from drafter.chinese.normalise import fold
from drafter.chinese.numerals import parse_number
from drafter.domain import Figure
from drafter.resources import lexicon

_NUMERAL = re.compile(
    r"[\d.,，]+|[零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+"
)
_PIECE = re.compile(r"[\d.,，]+\s?[十百千万亿]*|[零〇一二两三四五六七八九十百千万亿点]+")
_WITH_TENS = re.compile(r"[\d.,]+[百千万亿]+")
_TAIL = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_ROUNDED_AWAY = Decimal("0.06")
_FEW = Decimal("0.05")  # 不足1% says that it is little, not how much
_SAME = Decimal("0.001")
_ROUGH = Decimal("1e-12")  # what conversions lose: 2.6万亩 + 7.4万亩 in square metres
_SHARE_OF = re.compile("[百千万]分之")
_MORE = frozenset({"at_least", "over"})
_AROUND = frozenset({"near", "about"})


@cache
def _groups() -> tuple[frozenset[str], ...]:
    rows = lexicon("checking", "interchangeable.txt")
    return tuple(frozenset(row.split()) for row in rows)


@lru_cache(maxsize=4096)
def same_kind(one: str, other: str) -> bool:
    """Tell whether two dimensions may measure the same thing (场/次, 个/处; never 户/人)."""
    if compatible(one, other):
        return True
    if one.startswith("count:") and other.startswith("count:"):
        a, b = counted_in(one), counted_in(other)
        return any(a & group and b & group for group in _groups())
    return False


@lru_cache(maxsize=4096)
def precision(figure: Figure) -> Decimal:
    """Return the worth of the last digit shown, in base units (2.35亿元 → 1000000)."""
    match = _NUMERAL.search(_SHARE_OF.sub("", fold(figure.text)))
    number = parse_number(match[0]) if match else None
    if match is None or not number:
        return Decimal(1)
    if figure.step and _is_composed(figure):
        return figure.step
    shown = _digits_worth(match[0])
    base = figure.low if figure.approximation in ("exact", "over", "at_least") else figure.high
    return abs(shown * base / number) if base else shown


def written(figure: Figure) -> Decimal:
    """Return the number as written, without its measure (8公里 → 8, 十二亩半 → 12.5)."""
    if figure.value and _is_composed(figure):
        measure = found_measure(figure.unit)
        alike = measure.dimension == figure.dimension
        return figure.value / measure.to_base(Decimal(1)) if alike else figure.value
    match = _WITH_TENS.search(fold(figure.text)) or _NUMERAL.search(fold(figure.text))
    number = parse_number(match[0]) if match else None
    return figure.low if number is None else number


def _is_composed(figure: Figure) -> bool:
    """Tell whether the number is told in pieces: 1小时40分, 九成二, 三公里半."""
    text = _SHARE_OF.sub("", fold(figure.text))
    pieces = len(_PIECE.findall(text)) > 1 and "分之" not in text
    return pieces or "半" in text


def _digits_worth(numeral: str) -> Decimal:
    whole, _, decimals = numeral.rstrip("百千万亿").replace("点", ".").partition(".")
    tail = (
        numeral[len(numeral.rstrip("十百千万亿")) :] if not whole.isdigit() or not decimals else ""
    )
    worth = Decimal(1).scaleb(-len(decimals)) if decimals else Decimal(1)
    for char in tail or numeral[len(numeral.rstrip("百千万亿")) :]:
        worth = worth.scaleb(_TAIL[char])
    return worth


def is_range(figure: Figure) -> bool:
    """Tell whether the figure is written as a range (20万元至30万元)."""
    return figure.approximation == "exact" and figure.low != figure.high


def fits(draft: Figure, value: Decimal) -> bool:
    """Tell whether a drafted figure may stand for an exact value."""
    if is_range(draft):
        return False
    counted = draft.dimension.startswith(("count:", "number"))
    if counted and draft.approximation in ("at_least", "up_to", "over"):
        value = value.to_integral_value(ROUND_FLOOR)  # 7.7 are 不到8人 and 7人多
    if draft.approximation == "exact":
        return abs(draft.low - value) <= _ROUGH * abs(value) or _rounds_to(draft, value)
    if draft.approximation == "at_least":
        return draft.low <= value <= draft.high
    if draft.approximation == "up_to" and draft.dimension == "ratio" and draft.high <= _FEW:
        return min(draft.low, draft.high / 2) <= value <= draft.high
    if draft.approximation == "near":
        return draft.low <= value < max(draft.value or draft.high, draft.high)
    return draft.low <= value <= draft.high


def _rounds_to(draft: Figure, value: Decimal) -> bool:
    if draft.dimension == "proportion":
        return False
    step = precision(draft)
    if step <= 0 or abs(value) < step:
        return False
    if abs(value - draft.low) > _ROUNDED_AWAY * abs(value):
        return False
    rounded = (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return abs(rounded - draft.low / step) < _SAME  # a converted unit (小时) has no last digit


def relation(draft: Figure, fact: Figure) -> str:
    """Return how a drafted figure follows from a fact's: exact, equal, approximate, or ""."""
    if not same_kind(draft.dimension, fact.dimension):
        return ""
    same = (draft.low, draft.high, draft.approximation) == (fact.low, fact.high, fact.approximation)
    if same:
        return "exact" if fold(draft.text) == fold(fact.text) else "equal"
    if fact.approximation == "exact" and not is_range(fact):
        if not fits(draft, fact.low):
            return ""
        return (
            "equal" if draft.approximation == "exact" and draft.low == fact.low else "approximate"
        )
    return "approximate" if _vaguer(draft, fact) else ""


def _vaguer(draft: Figure, fact: Figure) -> bool:
    from_nothing = fact.low == 0 < fact.high == draft.value and is_range(fact)
    if from_nothing and draft.approximation == "up_to":
        return True  # 3岁以下 of 0—3岁
    if is_range(fact) or is_range(draft):
        return (
            is_range(fact) and is_range(draft) and (draft.low, draft.high) == (fact.low, fact.high)
        )
    if draft.approximation == "exact":
        return False
    if draft.approximation in _MORE and fact.approximation in _MORE and draft.low == fact.low:
        return True
    if draft.approximation == fact.approximation == "up_to" and draft.value == fact.value:
        return True  # 不足10人 and 10人以内
    if draft.approximation == "at_least" and fact.approximation in _AROUND:
        return draft.low <= _base(fact) <= draft.high  # 四百余 of 约 410
    if draft.approximation in _AROUND and fact.approximation in _AROUND:
        return _base(draft) == _base(fact)
    return draft.low <= fact.low and fact.high <= draft.high


def _base(figure: Figure) -> Decimal:
    return figure.high if figure.approximation == "near" else (figure.low + figure.high) / 2
