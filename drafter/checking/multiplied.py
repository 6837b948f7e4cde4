"""What each has times how many there are: 各10名, 每人2次, 3期×60人, 每月50元 for 210人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, product

from drafter.checking.context import Mention
from drafter.checking.derived import (
    A_DAY,
    EACH_ONE,
    ITEMS,
    TURNS,
    Derived,
    formula_of,
    ids_of,
    value_of,
)
from drafter.checking.factindex import Line
from drafter.checking.matching import written
from drafter.checking.rates import HOLDERS
from drafter.chinese.measures import measures
from drafter.chinese.numerals import parse_number

_PAIR = 2
_ADDED = re.compile(r"(?<![\d+.])(\d+) ?[+＋] ?(\d+)(?![\d+.N]| ?[+＋])")
_EACH = re.compile("各$")
_EACH_OF = re.compile("([^，。；：]*)各[\u4e00-\u9fff]{0,4} ?$")
_PARTS_OF_DAY = re.compile("早中晚|早晚|春夏秋冬|春秋|夏秋|冬春")
_COUNTED_EACH = re.compile("([两二三四五六七八九十])个?(?:标段|[村组队站所点校])\\s?$")  # 三标段 各
_RATED = re.compile(
    "单[车台艘架户]|亩产|单价|单产|均价|[每各](?:[个名人户期村场家次组项支]|$|讲|有|交)?|人均|均"
)
_HEADS = frozenset({"人", "名"})
_TIMES = frozenset("×✕xX*")


def listed_each(line: Line) -> Iterator[Derived]:
    """Yield what all come to where each of some has as many: “好婆婆”“好媳妇”各10名."""
    for mention in line.mentions:
        listed = _EACH_OF.search(line.text, 0, mention.figure.start)
        quoted = re.findall("“[^”]+”", listed[1]) if listed else []
        parts = _PARTS_OF_DAY.search(listed[1]) if listed else None
        times = max(len(quoted), len(ITEMS.split(listed[1]))) if listed else 0
        times = max(times, len(parts[0])) if parts else times
        counted = _COUNTED_EACH.search(listed[1]) if listed else None
        if counted:
            times = max(times, int(parse_number(counted[1]) or 0))
            yield Derived(Decimal(times), "count:个", counted[0].strip(), (line.fact_id,))
        if times > 1:
            formula = f"{mention.figure.text} × {times}"
            value = value_of(mention) * times
            yield Derived(value, mention.figure.dimension, formula, (line.fact_id,))


def added_signs(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield the sums that a fact writes with a sign: 两级服务站 1+12 are 13."""
    for match in _ADDED.finditer(line.text) if draft.figure.dimension.startswith("count:") else ():
        value = Decimal(match[1]) + Decimal(match[2])
        yield Derived(value, draft.figure.dimension, match[0], (line.fact_id,))


def each_sums(line: Line) -> Iterator[Derived]:
    """Yield what several come to who each do so many: 9人每人2次，21人每人1次 are 39人次."""
    for one, each in pairwise(line.mentions):  # 书记2场；其他成员8人 各1场
        before = each.before_text.strip()
        of_each = before.endswith((f"每{one.figure.unit[-1:]}", f"每个{one.figure.unit[-1:]}"))
        counted = one.figure.dimension.startswith("count:") and one.figure.unit != ""
        if counted and (_EACH.search(before) or of_each) and value_of(one) > 1:
            kin = [m for m in line.mentions if m.figure.dimension == each.figure.dimension]
            rest = [m for m in kin if m is not each and m is not one]
            total = value_of(one) * value_of(each) + sum(map(value_of, rest), Decimal(0))
            formula = " + ".join([*(m.figure.text for m in rest), formula_of((one, each), "×")])
            yield Derived(total, each.figure.dimension, formula, (line.fact_id,))
    pairs = [(a, b) for a, b in pairwise(line.mentions) if EACH_ONE.search(b.before_text)]
    if len(pairs) > 1:
        total = sum((value_of(a) * value_of(b) for a, b in pairs), Decimal(0))
        formula = " + ".join(formula_of(pair, "×") for pair in pairs)
        for dimension in {pairs[0][1].figure.dimension, f"{pairs[0][0].figure.dimension}次"}:
            yield Derived(total, dimension, formula, (line.fact_id,))


def shared_by(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield how many have a share of so much each: 发150床，每户2床 are 75户."""
    unit = draft.figure.unit
    for whole, each in product(line.mentions, repeat=2):
        ends = (f"每{unit}", f"每个{unit}", f"每{unit[-1:]}")
        rated = unit and each.before_text.rstrip().endswith(ends)
        same = whole.figure.dimension == each.figure.dimension and whole is not each
        if rated and same and value_of(each) > 0:
            value, formula = value_of(whole) / value_of(each), formula_of((whole, each), "/")
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def paired_sum(line: Line) -> Iterator[Derived]:
    """Yield what rates and those who get them come to: 每月50元 210人，每月100元 32人."""
    told = [m for m in line.mentions if m.figure.dimension == "money" or m.figure.unit in HOLDERS]
    pairs = list(zip(told[::2], told[1::2], strict=False))
    rated = "每" in line.text and len(told) == 2 * len(pairs) > _PAIR
    kinds = {(a.figure.dimension, b.figure.dimension) for a, b in pairs}
    if rated and len(kinds) == 1 and "money" in next(iter(kinds)):
        total = sum((value_of(a) * value_of(b) for a, b in pairs), Decimal(0))
        formula = " + ".join(formula_of(pair, "×") for pair in pairs)
        yield Derived(total, "money", formula, (line.fact_id,))


def times_written(line: Line) -> Iterator[Derived]:
    """Yield the products that a fact writes with a sign: 培训3期×60人."""
    for one, other in pairwise(line.mentions):
        if line.text[one.figure.end : other.figure.start].strip() in _TIMES:
            value, formula = value_of(one) * value_of(other), formula_of((one, other), "×")
            for dimension in {one.figure.dimension, other.figure.dimension}:
                yield Derived(value, dimension, formula, (line.fact_id,))


def products(group: Sequence[Mention], said: str) -> Iterator[Derived]:
    """Yield what so many come to at so much each: 收割640亩，亩产420公斤."""
    for one, other in ((a, b) for a in group for b in group if a is not b):
        if one.figure.dimension == "money":
            continue
        by_day = one.figure.dimension == "time:天" and A_DAY.search(other.before_text)
        if (
            other.each
            or by_day
            or _RATED.search(other.before_text)
            or (_RATED.search(said) and other.line == one.line)
        ):
            counted = one.figure.dimension.startswith(("count:", "time:"))
            per = measures().get(other.each)
            times = value_of(one) if counted else written(one.figure)
            if per is not None and per.dimension == one.figure.dimension and not counted:
                times = value_of(one) / per.to_base(Decimal(1))
            pair = (one, other)
            value, formula = times * value_of(other), formula_of(pair, "×")
            yield Derived(value, other.figure.dimension, formula, ids_of(pair))
            if one.figure.unit[-1:] in TURNS and other.figure.unit in _HEADS:
                yield Derived(value, "count:人次", formula, ids_of(pair))
            if counted and other.figure.unit == "次":  # 检查14家 每家2次 are 28家次
                yield Derived(value, f"{one.figure.dimension}次", formula, ids_of(pair))
