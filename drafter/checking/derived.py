"""A value that follows from facts, with the formula in the facts' own figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from drafter.checking.context import Mention
from drafter.checking.matching import fits, same_kind

MAX_TERMS = 12
TURNS = frozenset("次期场批轮班回")  # what people come to, each time counted anew
ITEMS = re.compile("、|(?<!涉)(?<!惠)及|和|与")
FELL = re.compile("提速|下调|砍|降|减|精简|少|缩|压|跌|下滑|省下|节省|节约|节支|便宜")
ROSE = re.compile("超|增|上调|长了|扩|涨|升|提高|翻|多")
CAME = re.compile("新[登增开]|(?<!收)入|接收|吸收")  # 入矫9人
WENT = re.compile("注销|解[矫除]|退出|[转调迁]出|清退|减员|死亡|关闭|销号|出库")
TARGET = re.compile("任务|目标|计划|指标")
EACH_ONE = re.compile("每([\u4e00-\u9fff])[^，。\\d]{0,3}$")  # 每名, 每期培训
A_DAY = re.compile("(?<![节假生近昔今明每]) ?日 ?(?:均|产|供|处理|转运|用|销|收|办|接|出|发)")
_COUNTED = re.compile("([人批件起户]次?)[总数量]*(?:同比|环比|[较比][上去]年)")
_TWO_COUNTED = re.compile(
    "([人批件起户]次?)(?:数|量)?[和、与]([人批件起户]次?)(?:数|量)?[^，。]*分别"
)
CLASS_ENDS = ("以上", "以下", "以内")  # of the bound of a class: 100万元以上村 4个
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


def counted_anew(draft: Mention, derived: Derived) -> bool:
    """Tell whether a sum or product is told as times: 50人 and 60人 are 110人次, doses 剂次."""
    theirs, ours = derived.dimension, draft.figure.dimension
    doses = theirs == "count:人" and ours == "count:剂次"
    return ("+" in derived.formula or "×" in derived.formula) and (doses or ours == f"{theirs}次")


def told_round(said: str, big: Mention, small: Mention) -> bool:
    """Tell whether what grew since last year is told as a fall, or the reverse.

    3.1万头（上年 2.9万头） has not fallen by 7 %.
    """
    now, before = big.period or 0, small.period or 0
    fell, rose = FELL.search(said) is not None, ROSE.search(said) is not None
    return (now > before and fell and not rose) or (now < before and rose and not fell)


def is_rest(draft: Mention) -> bool:
    """Tell whether a drafted figure is what is left of others: 尚有4处, 其余7栋."""
    return _REST.search(draft.before_text) is not None


def _told_apart(draft: Mention) -> str:
    """Return the unit that a figure of two told 分别 is of: 批次和人次同比分别下降19.8%和21.7%."""
    two = _TWO_COUNTED.search(draft.clause_text)
    if two is None or "分别" not in draft.clause_text:
        return ""
    return two[1] if "分别" in draft.before_text else two[2]


def as_counted(draft: Mention, group: Sequence[Mention]) -> Sequence[Mention]:
    """Return those figures of a group whose unit a change names, else all: 批次同比下降."""
    named = _COUNTED.search(draft.before_text)
    unit = _told_apart(draft) or (named[1] if named else "")
    unit = unit.removesuffix("次")
    return [m for m in group if unit and m.figure.unit.removesuffix("次") == unit] or group


def told_before(draft: Mention, told: Sequence[Mention]) -> list[Mention]:
    """Return the figures of the same kind that are told before a figure in its sentence."""
    return [m for m in told if m.line == draft.line and of_kind(m, draft)]


def is_told(fact: Mention, told: Sequence[Mention]) -> bool:
    """Tell whether one of some drafted figures says a fact's, exactly or rounded."""
    return any(fits(m.figure, value_of(fact)) for m in told)


def negligible(draft: Mention, big: Mention, small: Mention) -> bool:
    """Tell whether a difference says nothing: 约250吨 is near 260吨, 73公斤 taken off or not."""
    return draft.figure.approximation != "exact" and value_of(small) * _SLIGHT < value_of(big)
