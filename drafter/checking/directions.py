"""Up and down by the figures themselves: 由312万元升至287万元, and signs: +14% told as a fall."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from drafter.checking.context import Mention
from drafter.checking.factindex import FactIndex
from drafter.domain import Finding

_TO = "[到至为]"
_WHEN = "(?:\\d{1,2}月[底末初份]?的?)?"
_UP = re.compile(f"(?:升|增|攀升|提高|提升|增加|增长|上涨|扩大|延长|扩){_TO}{_WHEN}$")
_DOWN = re.compile(f"(?:降|减|压缩|缩短|下降|减少|压减|回落|下滑|缩减|精简|跌){_TO}{_WHEN}$")
_FROM = re.compile("[由从](?:[^，。；]{0,8}的)?$")
_ROSE = re.compile("增|升|涨|提高|扩大")
_FELL = re.compile("降|减|跌|下滑|缩|少")
_SIGNS = {"+": _ROSE, "＋": _ROSE, "-": _FELL, "－": _FELL, "−": _FELL}


def check_directions(
    mentions: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield rises and falls that the figures beside them, or their facts' signs, refute."""
    for one, other in pairwise(mentions):
        yield from _turned(one, other)
        yield from _exchanged(one, other, sources, index)
    for mention in mentions:
        source = sources.get(mention.figure.start)
        yield from _signed(mention, source, index) if source else ()


def _turned(one: Mention, other: Mention) -> Iterator[Finding]:
    """Yield 攀升至 where the figure behind it is the lesser one; ranks rise as they get smaller."""
    if one.line != other.line or one.figure.dimension != other.figure.dimension:
        return
    ranks = one.figure.dimension == "rank"
    between = other.before_text.strip()
    up, down = _UP.search(between), _DOWN.search(between)
    grown = (other.figure.low > one.figure.low) != ranks
    wrong = (up and not grown) or (down and grown)
    moved = one.figure.low != other.figure.low and _FROM.search(one.before_text)
    if wrong and moved and one.figure.approximation == other.figure.approximation == "exact":
        start, word = other.figure.start - len(other.before_text.rstrip()), between
        why = f"“{word}”与前后两个数不符：{one.figure.text}、{other.figure.text}。"
        yield Finding(start, start + len(word), word, "contradiction", "block", why)


def _exchanged(
    one: Mention, other: Mention, sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield 由12天延长至20天 where the fact has 由20天 to 12天."""
    first, second = (sources.get(m.figure.start) for m in (one, other))
    if first is None or second is None or first.line != second.line or one.line != other.line:
        return
    meant = _FROM.search(one.before_text) and re.search(f"{_TO}$", other.before_text.strip())
    line = index.lines[first.line]
    between = line.text[second.figure.end : first.figure.start]
    back = first.place == second.place + 1 and re.search(f"{_TO}|→|—", between)
    if meant and back and one.figure.low != other.figure.low:
        start, end = one.figure.start, other.figure.end
        word = f"{one.figure.text}{other.before_text}{other.figure.text}"
        if len(word) == end - start:
            why = f"“{word}”与事实{line.fact_id}“{line.text}”不符：前后说反了。"
            yield Finding(start, end, word, "contradiction", "block", why, "", (line.fact_id,))


def _signed(draft: Mention, fact: Mention, index: FactIndex) -> Iterator[Finding]:
    """Yield a rate told as a fall whose fact has +, or as a rise whose fact has a minus."""
    line = index.lines[fact.line]
    sign = line.text[max(0, fact.figure.start - 1) : fact.figure.start]
    meant = _SIGNS.get(sign) if draft.figure.dimension in ("ratio", "points") else None
    if meant is None or re.search(r"\d\s?$", line.text[: fact.figure.start - 1]):
        return
    other = _FELL if meant is _ROSE else _ROSE
    said = f"{draft.lead}{draft.clause_text}"
    if other.search(said) and not meant.search(said):
        figure = draft.figure
        why = f"“{figure.text}”在事实{line.fact_id}“{line.text}”中是“{sign}”，升降说反了。"
        span = (figure.start, figure.end, figure.text)
        yield Finding(*span, "contradiction", "block", why, "", (line.fact_id,))
