"""Target–actual–rate triples, shares and growth: recomputed, and asked for where one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from drafter.domain import Figure, Notice
from drafter.facts.describe import bare_subject
from drafter.facts.observations import Observation, plain, rewritten

_OF_TARGET = re.compile(
    "完成(?:率|比例|度|进度|情况)|(?:完成|占|达到?)(?:年度|全年|年初|县定|下达)?(?:任务|目标|计划|预算)的?$|(?:完成|占)$|^$"
    "|(?:任务|目标|计划)[^，。；]{1,12}的$"
)
_ASKS_TARGET = re.compile(
    "完成率|(?:完成|占)(?:年度|全年|年初|县定|下达)?(?:任务|目标|计划|预算)的?$"
)
_DONE = re.compile("完成|实际|到位|实现|达到?|已")
_NAMED = re.compile("任务|目标|计划|指标")
_RATE_OF = re.compile("([\u4e00-\u9fff]{2})率(?:达到?|为|是)?$")
_CHANGE = re.compile(
    "(增长|上升|提高|增加|下降|减少|降低|减幅|增幅)[^，。；]{0,4}$|(同比|增减|增速)率?[±+＋-]?\\s?$"
)
_DOWN = frozenset({"下降", "减少", "降低", "减幅"})


def check_triples(row: Sequence[Observation]) -> Iterator[Notice]:
    """Yield what is wrong or missing among the rates of one fact; ``row`` are its observations."""
    yield from _targets(row)
    yield from _shares(row)
    yield from _growth(row)


def _targets(row: Sequence[Observation]) -> Iterator[Notice]:
    targets = [o for o in row if o.role == "target"]
    for target in targets:
        actual = _actual_of(target, row)
        rate = _rate_of(target, actual, row)
        if actual and rate:
            yield from _wrong_rate(actual, target, rate, "任务", "完成")
        elif actual and _lacks_rate(actual, target, row):
            yield _ask_rate(actual, target)
        elif rate and actual is None and not _is_met(target, rate, row):
            yield _ask_third(target, rate, "完成数", target.figure.value * rate.figure.value)
    if not targets:
        yield from _missing_target(row)


def _is_met(target: Observation, rate: Observation, row: Sequence[Observation]) -> bool:
    """Tell whether a figure of the row makes up the rate: it is the result, by whatever name."""
    reached = [o for o in row if _same_measure(o, target)]
    return any(_is_rate_of(o, target, rate) for o in reached if target.figure.value)


def _lacks_rate(actual: Observation, target: Observation, row: Sequence[Observation]) -> bool:
    """Tell whether a rate of a named target is missing: none shown, by whatever name, is theirs."""
    if actual.figure.value >= target.figure.value or not _NAMED.search(target.clause):
        return False
    return not any(o.role == "rate" and _is_rate_of(actual, target, o) for o in row)


def _rate_of(
    target: Observation, actual: Observation | None, row: Sequence[Observation]
) -> Observation | None:
    """Return the rate of a target: 完成率, 占…任务的, or X率 where target or actual is about X."""
    about = target.clause + (actual.clause if actual else "")
    for rate in row:
        if rate.role != "rate" or rate.figure.start < target.figure.start:
            continue
        named = _RATE_OF.search(rate.clause)
        if _OF_TARGET.search(rate.clause) or (named and named[1] in about):
            return rate
    return None


def _missing_target(row: Sequence[Observation]) -> Iterator[Notice]:
    for before, rate in pairwise(row):
        asks = rate.role == "rate" and _ASKS_TARGET.search(rate.clause)
        own = asks and asks.start() and bare_subject(rate.clause[: asks.start()])
        if own and own not in before.clause:  # 改厕完成率 is no rate of the 脱贫户 before it
            continue
        wholes = (o for o in row if o != before and o.figure.value)
        if asks and any(_is_rate_of(before, o, rate) for o in wholes):
            continue  # 年初预算520万元 is the task, by another name
        if asks and before.role == "value" and rate.figure.value and _is_exact(rate.figure):
            yield _ask_third(before, rate, "任务数", before.figure.value / rate.figure.value)


def _actual_of(target: Observation, row: Sequence[Observation]) -> Observation | None:
    """Return the figure that a target belongs to: behind it with 完成, else before it.

    Other figures may stand between (目标3亿元，签约4.2亿元，到位2.46亿元，完成率82%): of those that
    are told as reached the one that the rate fits, else the next.
    """
    at = list(row).index(target)
    behind = [o for o in row[at + 1 :] if _same_measure(o, target) and _DONE.search(o.clause)]
    rate = next((o for o in row[at + 1 :] if o.role == "rate"), None)
    fitting = (o for o in behind if rate and target.figure.value and _is_rate_of(o, target, rate))
    if found := next(fitting, None):
        return found
    before = [o for o in row[max(0, at - 1) : at] if _same_measure(o, target)]
    earlier = [o for o in row[:at] if _same_measure(o, target)] if rate else []
    return next(iter(behind[:1] + before + (earlier if len(earlier) == 1 else [])), None)


def _same_measure(o: Observation, target: Observation) -> bool:
    return (
        o.figure.dimension == target.figure.dimension
        and o.figure.unit == target.figure.unit
        and o.role == "value"
    )


def _is_rate_of(actual: Observation, target: Observation, rate: Observation) -> bool:
    return agrees(actual.figure.value / target.figure.value, rate.figure)


def _shares(row: Sequence[Observation]) -> Iterator[Notice]:
    """Check 化解率, 办结率, 整改率 against the figures of the same statement."""
    for at, rate in enumerate(row):
        named = _RATE_OF.search(rate.clause) if rate.role == "rate" else None
        if named is None or named[1] == "完成":
            continue
        about = re.compile(f"(?<![不未无]){named[1]}")
        parts = [o for o in row[:at] if about.search(o.clause) and o.role == "value"]
        pairs = [(part, whole) for part in parts if (whole := _whole_of(part, row))]
        any_whole = [
            (part, o) for part in parts for o in row[:at] if o != part and _same_measure(o, part)
        ]
        fitting = any(_is_rate_of(*pair, rate) for pair in any_whole if pair[1].figure.value)
        if pairs and not fitting:
            yield from _wrong_rate(*pairs[0], rate, "总数", named[1])


def _whole_of(part: Observation, row: Sequence[Observation]) -> Observation | None:
    """Return what a part was dealt with of: the nearest whole before it, not a part behind 其中."""
    earlier = row[: list(row).index(part)]
    wholes = [o for o in earlier if o.figure.dimension == part.figure.dimension]
    among = next((i for i, o in enumerate(wholes) if _is_among(o)), len(wholes))
    nearest = wholes[max(0, among - 1)] if wholes else None
    return nearest if nearest is not None and nearest.role == "value" else None


def _is_among(o: Observation) -> bool:
    """Tell whether a figure is told of a part: 其中女性19人, 其中：经营性412.6万元."""
    start = o.figure.start - len(o.clause)
    return "其中" in o.clause or o.fact.text[:start].rstrip("：:").endswith("其中")


def _growth(row: Sequence[Observation]) -> Iterator[Notice]:
    for at, rate in enumerate(row):
        change = _CHANGE.search(rate.clause) if rate.figure.dimension == "ratio" else None
        if change is None or at < 2:
            continue
        base, now = _compared(row[:at])
        same = base.figure.dimension == now.figure.dimension
        if not (same and base.role == "base" and base.figure.value and now.role == "value"):
            continue
        grown = (now.figure.value - base.figure.value) / base.figure.value
        grown = -grown if change[1] in _DOWN else grown
        if rate.fact.text[rate.figure.start - 1] in "-－−":
            grown = -grown
        if not agrees(grown, rate.figure) and _all_exact(base, now):
            right, change_name = _percent(grown, rate.figure), change[1] or change[2]
            yield Notice(
                "growth_wrong",
                f"{rate.fact.id}：由{base.figure.text}到{now.figure.text}，应为{change_name}{right}，"
                f"素材写的是{rate.figure.text}，请核对。",
                fact_ids=(rate.fact.id,),
                suggestion=right,
            )


def _compared(earlier: Sequence[Observation]) -> tuple[Observation, Observation]:
    """Return the base and the value that stand last, their difference (增减182户) passed over."""
    base, now = earlier[-2:]
    first = earlier[-3] if len(earlier) > 2 else None
    if first and abs(first.figure.value - base.figure.value) == now.figure.value:
        base, now = first, base
    return (now, base) if now.role == "base" else (base, now)


def _wrong_rate(
    part: Observation, whole: Observation, rate: Observation, whole_name: str, part_name: str
) -> Iterator[Notice]:
    if not whole.figure.value or not _all_exact(part, whole):
        return
    share = part.figure.value / whole.figure.value
    if agrees(share, rate.figure):
        return
    right = _percent(share, rate.figure)
    yield Notice(
        "rate_wrong",
        f"{rate.fact.id}：{whole_name}{whole.figure.text}、{part_name}{part.figure.text}，"
        f"算得{right}，素材写的是{rate.figure.text}，请核对。",
        fact_ids=(rate.fact.id,),
        suggestion=right,
    )


def _ask_rate(actual: Observation, target: Observation) -> Notice:
    share = actual.figure.value / target.figure.value
    right = f"{plain((share * 100).quantize(Decimal('0.1'), ROUND_HALF_UP))}%"
    return Notice(
        "rate_missing",
        f"{target.fact.id}：任务{target.figure.text}、完成{actual.figure.text}，没有写完成率；"
        f"按两数推算为{right}，需要写时请确认。",
        fact_ids=(target.fact.id,),
        suggestion=right,
    )


def _ask_third(known: Observation, rate: Observation, name: str, value: Decimal) -> Notice:
    guess = rewritten(known.figure, value)
    return Notice(
        "triple_missing",
        f"{known.fact.id}：有{known.figure.text}和{rate.figure.text}，没有写{name}；"
        f"按两数推算约为{guess}，请补上原数。",
        fact_ids=(known.fact.id,),
        suggestion=guess,
    )


def agrees(share: Decimal, rate: Figure) -> bool:
    """Tell whether a share, rounded or cut off at the rate's own precision, is the rate shown."""
    if rate.approximation != "exact":
        return rate.low <= share <= rate.high
    off = share - rate.value
    return abs(off) <= rate.step / 2 or 0 <= off < rate.step


def _percent(share: Decimal, like: Figure) -> str:
    step = max(Decimal("0.01"), min((like.step * 100).normalize(), Decimal(1)))
    return f"{plain((share * 100).quantize(step, ROUND_HALF_UP))}%"


def _is_exact(figure: Figure) -> bool:
    return figure.approximation == "exact" and figure.low == figure.high


def _all_exact(*given: Observation) -> bool:
    return all(_is_exact(o.figure) for o in given)
