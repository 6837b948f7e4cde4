"""What a figure counts, in a form that two hands share: the thing, and what was done with it."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from drafter.chinese.normalise import fold
from drafter.facts.describe import bare_subject
from drafter.resources import lexicon

_SIGNS = re.compile(r"[\s“”‘’\"'《》]")
_ADVERBS = re.compile(
    "^(?:共|累计|总共|一共|已经?|全部|均|都|现)+|(?:共|累计|总共|一共|已经?|全部|均|都)+$"
)
_ROLE_WORDS = frozenset(
    {"任务", "目标", "计划", "实际", "到位", "支出", "预算", "本期", "累计", "数值", "统计值"}
)
_SHARE = re.compile(
    "(?P<act>[\u4e00-\u9fff]{0,2}(?:率|占比|比例|比重|增[幅速减长]|[降减]幅|下降|同比|环比)+)"
)
_MONEY = re.compile("支出|支付|拨付|到位|争取")
_SHORTEST = 2  # characters of a thing
_Kind = Literal["plain", "found", "act", "event"]


class Matter(NamedTuple):
    """矛盾纠纷, 化解: the ``thing`` counted, the ``act`` that parts it from others of its kind.

    ``event`` says that it happens more than once (发放资料): two offices tell of two of them.
    """

    thing: str = ""
    act: str = ""
    event: bool = False


def matter_of(clause: str) -> Matter:
    """Return what a figure behind a clause counts; the thing is "" where the clause names none.

    发现火灾隐患 and 火灾隐患共发现 are one matter, 化解纠纷 and 纠纷化解 another than 受理纠纷.
    """
    rest = _ADVERBS.sub("", _SIGNS.sub("", fold(bare_subject(clause))))
    if rest in _ROLE_WORDS:
        return Matter()
    acts: list[str] = []
    event = False
    while found := _at_an_end().search(rest):
        left = _ADVERBS.sub("", rest[: found.start()] + rest[found.end() :])
        if 0 < len(left) < _SHORTEST:
            break  # 检查组 is a thing
        kind = _kinds()[found[0]]
        event = event or kind == "event"
        acts += [found[0]] if kind in {"act", "event"} else []
        rest = left
    share = _SHARE.fullmatch(rest)
    if share:
        acts, rest = [*acts, share["act"]], ""
    return Matter(rest, "".join(sorted(acts)), event)


def is_act(name: str) -> bool:
    """Tell whether a column's name is what was done with things (受理, 未化解), money aside."""
    kind = _kinds().get(name.removeprefix("已"))
    return kind in {"found", "act"} and not _MONEY.search(name)


@cache
def _at_an_end() -> re.Pattern[str]:
    words = "|".join(sorted(_kinds(), key=len, reverse=True))
    return re.compile(f"^(?:{words})|(?:{words})$")


@cache
def _kinds() -> dict[str, _Kind]:
    rows = (line.split("\t") for line in lexicon("facts", "acts.tsv"))
    return {row[0]: row[1] for row in rows}  # type: ignore[misc]
