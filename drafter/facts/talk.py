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
_CONFIRMS = ("没错", "没问题", "无误")
_ASKS = re.compile(r"(?:[？?]|[吗吧呢])\s*$")


def is_talk(folded: str) -> bool:
    """Tell whether a chat line is an answer, a request or a question rather than a fact."""
    bare = _EDGES.sub("", re.sub(r"\[[^\]]{1,6}\]", "", folded))
    bare = without_answer(bare)
    if not bare or bare.replace(" ", "") in _whole() or folded.strip() in _whole():
        return True
    if _ASKS.search(folded) or _ASIDE.match(folded):
        return True
    begins = folded.startswith(("@", *_beginnings()))
    spoken = not {"：", ":"} & set(folded) and any(word in folded for word in _anywhere())
    asks = begins or spoken
    bare = _MENTION.sub("", folded)
    return bare.endswith(_CONFIRMS) or (asks and not find_figures(bare))


def calls_everyone(folded: str) -> bool:
    """Tell a call to the whole group (…今天报齐 @所有人), which no line of a paper is."""
    return _EVERYONE.search(folded) is not None and not find_figures(folded)


def without_answer(text: str) -> str:
    """Return a statement without the answer before it: 收到，改厕118户 → 改厕118户."""
    return _ANSWER.sub("", text)


@cache
def _whole() -> frozenset[str]:
    return frozenset(line for line in lexicon("facts", "chatter.txt") if line[0] not in "^*")


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(line[1:] for line in lexicon("facts", "chatter.txt") if line.startswith("^"))


@cache
def _anywhere() -> tuple[str, ...]:
    return tuple(line[1:] for line in lexicon("facts", "chatter.txt") if line.startswith("*"))
