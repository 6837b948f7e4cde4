"""Talk in a chat group: what is said there and states no fact."""

from __future__ import annotations

import re
from functools import cache

from drafter.chinese.quantities import find_figures
from drafter.resources import lexicon

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ASIDE = re.compile("(?:上面|刚才|前面|以上)(?:那|这|的|两|几|三|说)")
_MENTION = re.compile(r"^@\S+\s*")
_ANSWER = re.compile(
    r"^(?:(?:好的?|嗯+|收到|行|可以|明白|OK|ok|不好意思|抱歉|对|是的)[，,。！!\s]+)+(?=[^，,。！!\s])"
)
_EVERYONE = re.compile("@(?:所有人|全体成员|全体)")
_CALLED = "各(?:村|社区|乡镇|镇|线|单位|部门|站所|科室|办|支部|网格|位)[^，,。；;]{0,8}?"
_CALLS = re.compile(
    f"^[^。；;]{{0,16}}请{_CALLED}(?:[^。；;]{{0,16}})(?:报送|上报|填报|报齐|反馈|汇总|带上|参加)"
    f"|^(?:@所有人 ?)?{_CALLED}(?:报一下|报送一下|上报一下|填一下|发一下|抓紧|报上来)"
    "|^{_CALLED}注意[，,：:！!]"
    f"|^{_CALLED}注意[，,：:！!]"
    "|^以上[^，,。；;0-9]{0,4}请[^，,。；;0-9]{0,10}(?:汇总|审核|修改|把关|核对)"
)
_CALLS = re.compile(rf"{_CALLS.pattern}|^(?:示?例|格式|模板)(?:[：:\s]|$)")
_ROLL_CALL = re.compile(r"[#\[【]?\s*接龙\s*[\]】]?")
_CONFIRMS = ("没错", "没问题", "无误")
_ASKS = re.compile(r"(?:[？?]|[吗吧呢])\s*$")


def is_talk(folded: str) -> bool:
    """Tell whether a chat line is an answer, a request or a question rather than a fact."""
    bare = _EDGES.sub("", re.sub(r"\[[^\]]{1,6}\]", "", folded))
    bare = without_answer(bare)
    if not bare or _answers().fullmatch(bare) or folded.strip() in _whole():
        return True
    if _ASKS.search(folded) or _ASIDE.match(folded):
        return True
    begins = folded.startswith(("@", *_beginnings()))
    spoken = not {"：", ":"} & set(folded) and any(word in folded for word in _anywhere())
    asks = begins or spoken
    bare = _MENTION.sub("", folded)
    return bare.endswith(_CONFIRMS) or (asks and not find_figures(bare))


def asks_to_report(folded: str) -> bool:
    """Tell a call for figures (各村报一下…, 请各乡镇于11月15日前报送…) from a report."""
    return _CALLS.search(folded) is not None


def is_roll_call(folded: str) -> bool:
    """Tell the head of a list that a group fills in one by one (#接龙)."""
    return _ROLL_CALL.fullmatch(folded) is not None


def calls_everyone(folded: str) -> bool:
    """Tell a call to the whole group (…今天报齐 @所有人), which no line of a paper is."""
    return _EVERYONE.search(folded) is not None and not find_figures(folded)


def without_answer(text: str) -> str:
    """Return a statement without the answer before it: 收到，改厕118户 → 改厕118户."""
    return _ANSWER.sub("", text)


@cache
def _answers() -> re.Pattern[str]:
    """Return the pattern of answers one behind another: 好的收到，辛苦各位."""
    words = sorted(map(re.escape, _whole()), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(words)})(?:各位|大家|了)?[\s，,。！!~]*)+")


@cache
def _whole() -> frozenset[str]:
    return frozenset(line for line in lexicon("facts", "chatter.txt") if line[0] not in "^*")


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(line[1:] for line in lexicon("facts", "chatter.txt") if line.startswith("^"))


@cache
def _anywhere() -> tuple[str, ...]:
    return tuple(line[1:] for line in lexicon("facts", "chatter.txt") if line.startswith("*"))
