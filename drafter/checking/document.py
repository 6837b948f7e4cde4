"""What only the whole text shows: one indicator with two values, problems and measures, effects.

Facts not used and tasks not answered are asked for by the caller: they have no span in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from drafter.checking.context import Mention
from drafter.checking.factindex import to_facts
from drafter.checking.grams import Weights, grams
from drafter.chinese.markers import MARKER, find_marker
from drafter.domain import Evidence, FactSheet, Finding, Notice, Span
from drafter.resources import lexicon

_PROBLEMS = re.compile(
    "(?:存在|面临|主要|突出)(?:的)?[^，。]{0,6}(?:问题|不足|困难|短板)|(?:问题|不足|困难|短板)(?:和[^，。]{2,4})?$"
)
_MEASURES = re.compile(
    r"(?:下一?步|今后|明年|下半年|20\d\d年)[^，。]{0,10}(?:打算|安排|计划|措施|思路|工作|重点)|工作打算|努力方向"
)
_DEALT_WITH = re.compile("整治|整改|排查|解决")
_POINT = re.compile(r"(?:^|(?<=[。；\n]))\s*[一二三四五六七八九十]{1,3}是[^。；\n]+")
_SEVERAL = re.compile(r"每|均|各|半年|季度|月|去年|上年|今年|其中|同比|比|目标|力争|任务|计划|预期")
_WORDS_OF_TWO_VALUES = 5
_ANSWERED = 0.5
_MATCHED = 0.12
_USED = 0.6
_TWO = 2


def check_document(
    text: str,
    mentions: Sequence[Mention],
    known: str,
    sources: Mapping[int, Mention],
    notices: Sequence[Notice] = (),
) -> list[Finding]:
    """Return findings that need the whole text; ``known`` is all that the facts say.

    ``sources`` gives for a figure's start the fact's figure that it comes from, ``notices`` are
    those of the facts' intake: what did not agree there must not stand in a draft unseen.
    """
    start, end = _section(text, _MEASURES)
    told = [m for m in mentions if not start <= m.figure.start < end]
    odd = [*_conflicts(told, sources, notices), *_corrected(told, sources, notices)]
    placed = {finding.start for finding in odd}
    twice = (f for f in _two_values(told, sources) if f.start not in placed)
    return [*odd, *twice, *_unmatched(text), *_effects(text, known)]


# --------------------------------------------------------------------------- facts at odds


def _conflicts(
    mentions: Sequence[Mention], sources: Mapping[int, Mention], notices: Iterable[Notice]
) -> Iterator[Finding]:
    """Yield the second of two values that the intake found at odds, where a draft has both."""
    for notice in notices:
        if notice.code != "conflict" or len(notice.fact_ids) != _TWO:
            continue
        used = [_used(mentions, sources, fact_id) for fact_id in notice.fact_ids]
        said = [[m for m in held if m.figure.text in notice.message] for held in used]
        if not said[0] or not said[1]:
            continue
        one, other = sorted((said[0][0], said[1][0]), key=lambda m: m.figure.start)
        if one.figure.low != other.figure.low:
            ids = "与".join(notice.fact_ids)
            yield _odd(other, f"素材{ids}对不上，稿子里两个数都用了", one.figure.text, notice)


def _corrected(
    mentions: Sequence[Mention], sources: Mapping[int, Mention], notices: Iterable[Notice]
) -> Iterator[Finding]:
    """Yield the values of a draft that one fact gave and another one corrected."""
    for notice in notices:
        if notice.code != "correction" or len(notice.fact_ids) != _TWO:
            continue
        old, new = notice.fact_ids
        for mention in _used(mentions, sources, old):
            figure = mention.figure
            if figure.text in notice.message and figure.text not in notice.suggestion:
                why = f"素材{new}已更正{old}，稿子里还是更正前的数"
                yield _odd(mention, why, notice.suggestion, notice)


def _used(
    mentions: Iterable[Mention], sources: Mapping[int, Mention], fact_id: str
) -> list[Mention]:
    """Return the figures of a draft that come from a fact."""
    held = ((m, sources.get(m.figure.start)) for m in mentions)
    return [m for m, source in held if source is not None and source.fact_id == fact_id]


def _odd(mention: Mention, why: str, other: str, notice: Notice) -> Finding:
    figure = mention.figure
    message = f"{why}：“{other}”和“{figure.text}”，请核实后留一个。"
    span, ids = (figure.start, figure.end, figure.text), notice.fact_ids
    return Finding(*span, "inconsistency", "confirm", message, other, ids)


# --------------------------------------------------------------------------- two values


def _two_values(mentions: Sequence[Mention], sources: Mapping[int, Mention]) -> Iterator[Finding]:
    """Yield an indicator's second value where the same words carried another one before.

    Two facts that say different things may well have the same words before their figures.
    """
    first: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        words = re.sub(r"[^\u4e00-\u9fff]", "", mention.before_text)
        if len(words) < _WORDS_OF_TWO_VALUES or _SEVERAL.search(mention.before_text):
            continue
        earlier = first.setdefault((words, mention.figure.dimension), mention)
        ours, theirs = mention.figure, earlier.figure
        known = [sources.get(m.figure.start) for m in (mention, earlier)]
        if known[0] and known[1] and known[0].wide != known[1].wide:
            continue
        if mention.line != earlier.line and (ours.high < theirs.low or ours.low > theirs.high):
            message = f"“{words}”前文写“{theirs.text}”，这里写“{ours.text}”，请统一。"
            yield Finding(
                ours.start, ours.end, ours.text, "inconsistency", "confirm", message, theirs.text
            )


# --------------------------------------------------------------------------- problems, measures


def _unmatched(text: str) -> Iterator[Finding]:
    """Yield problems that no measure of the next steps takes up, and measures without a problem."""
    problems, measures = _items(text, _PROBLEMS), _items(text, _MEASURES)
    if len(problems) < 2 or len(measures) < 2:
        return
    weights = Weights(item.text for item in [*problems, *measures])
    alone = [_lonely(problems, measures, weights), _lonely(measures, problems, weights)]
    if len(problems) == len(measures):
        both = alone[0] & alone[1]
        alone = [lonely - both for lonely in alone]
    for items, lonely, message in (
        (problems, alone[0], "这个问题在下一步打算中没有对应的措施。"),
        (measures, alone[1], "这项措施在存在问题中没有对应的问题。"),
    ):
        for index in sorted(lonely) if 2 * len(lonely) <= len(items) else ():
            item = items[index]
            head = re.split("[。；，]", item.text)[0]
            end = item.start + len(head)
            yield Finding(item.start, end, head, "inconsistency", "hint", message)


def _lonely(items: Sequence[Span], others: Sequence[Span], weights: Weights) -> set[int]:
    """Return the places of the points that no other point is like."""
    return {
        index
        for index, item in enumerate(items)
        if not any(_alike(item.text, other.text, weights) for other in others)
    }


def _alike(one: str, other: str, weights: Weights) -> bool:
    a, b = grams(one), grams(other)
    return weights.shared(a, b) >= _MATCHED * min(weights.mass(a), weights.mass(b))


def _items(text: str, kind: re.Pattern[str]) -> list[Span]:
    """Return the points of the level-1 section whose heading is of a kind."""
    start, end = _section(text, kind)
    body = text[start:end]
    marked = [
        (m.start(), m.group()) for m in re.finditer(r"^（[一二三四五六七八九十]+）.*$", body, re.M)
    ]
    if not marked:
        marked = [(m.start() + _pad(m.group()), m.group().strip()) for m in _POINT.finditer(body)]
    return [Span(start + at, start + at + len(item), item) for at, item in marked]


def _pad(item: str) -> int:
    return len(item) - len(item.lstrip())


def _section(text: str, kind: re.Pattern[str]) -> tuple[int, int]:
    at, start = 0, -1
    for line in text.split("\n"):
        marker = find_marker(line)
        if marker is not None and marker.level == 1:
            if start >= 0:
                return start, at
            if kind.search(line) and not (kind is _PROBLEMS and _DEALT_WITH.search(line)):
                start = at + len(line)
        at += len(line) + 1
    return (start, len(text)) if start >= 0 else (0, 0)


# --------------------------------------------------------------------------- effects


@cache
def _effect_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row) for row in lexicon("checking", "effect_patterns.txt"))


def _effects(text: str, known: str) -> Iterator[Finding]:
    """Yield effects that others would have to confirm and that no fact speaks of."""
    if re.search("好评|赞誉|称赞|点赞|肯定|锦旗|满意|感谢", known):
        return
    for pattern in _effect_patterns():
        for match in pattern.finditer(text):
            message = f"“{match[0]}”没有事实支撑，建议补充依据或删去。"
            yield Finding(*match.span(), match[0], "boilerplate", "hint", message)


# --------------------------------------------------------------------------- asked for


def unused_facts(
    text: str, evidence: Iterable[Evidence], facts: FactSheet | Sequence[str]
) -> tuple[str, ...]:
    """Return the ids of facts that the text does not use.

    A fact is used where a span's evidence names it, or where the text holds most of its words; one
    that a correction replaced is not missed.
    """
    records = to_facts(facts.standing() if isinstance(facts, FactSheet) else facts)
    named = {fact_id for item in evidence for fact_id in item.fact_ids}
    weights = Weights(record.text for record in records)
    said = grams(text)
    return tuple(
        record.id
        for record in records
        if record.id not in named
        and weights.shared(grams(record.text), said) < _USED * weights.mass(grams(record.text))
    )


def unanswered_tasks(text: str, tasks: str | Iterable[str]) -> tuple[str, ...]:
    """Return the tasks (one a line) that no heading and no paragraph's opening takes up."""
    lines = tasks.splitlines() if isinstance(tasks, str) else tasks
    wanted = [line.strip() for line in lines if line.strip()]
    openings = [grams(line[:60]) for line in text.split("\n") if line.strip()]
    weights = Weights(wanted)
    missing = []
    for task in wanted:
        asked = grams(MARKER.sub("", task, count=1))
        best = max((weights.shared(asked, opening) for opening in openings), default=0.0)
        if best < _ANSWERED * weights.mass(asked):
            missing.append(task)
    return tuple(missing)
