"""What comes to each where the draft names of whom: 户均, 每口塘, 亩产, 人均每月, 各由1名."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from drafter.checking.context import Mention
from drafter.checking.dated import months_told
from drafter.checking.derived import (
    MAX_TERMS,
    Derived,
    formula_of,
    ids_of,
    of_kind,
    value_of,
)
from drafter.checking.factindex import FactIndex
from drafter.checking.heads import words_before
from drafter.checking.matching import written
from drafter.chinese.measures import counted_in

MEAN_OF = re.compile(
    "((?!平)[\u4e00-\u9fff])均(?!衡)|(?:每|(?:相当于|等于|平均)一)([\u4e00-\u9fff])|(亩)产"
)
_A_MONTH = re.compile("每个?月|月均")
_EACH_MONTH = re.compile("(?:每个?月|月均)[\u4e00-\u9fff]{0,3}$")
_MONTHS = 12
_DAYS = 365
_EACH_DAY = re.compile("(?:每[天日]|日均|天均)[\u4e00-\u9fff]{0,3}$")
_NEAR = 3
_SOUND = 24  # figures told before it in the draft that may be the whole
_QUOTES = re.compile("[“”「」]")
_EACH_WITH = re.compile("各[由有配带派设][^，。；]*$|各自?[管联服负包盯带][\u4e00-\u9fff]{0,2}$")
_FEW_EACH = 20
_NOUN = 2
_TENDED = re.compile("[人名]均?(?:照料|照护|服务|联系|负责|管理|看护|教|结对|帮扶|包联?|带)$")


def named_means(
    draft: Mention, told: Sequence[Mention], sound: Sequence[Mention], index: FactIndex
) -> Iterator[Derived]:
    """Yield what comes to each where the draft names of whom: 户均 by 户, 平均每口塘 by 口.

    The whole is told before it in the draft, or stands in a fact in the very words behind 每;
    those that it is shared among are told before it as well, else any fact may count them.
    A rate of each month of what the year brought is shared by twelve as well (人均每月).
    """
    named = MEAN_OF.search(draft.before_text)
    if named is None:
        return
    whom = named[1] or named[2] or named[3]
    unit = "人名位" if whom in "人名位" else whom
    noun = _QUOTES.sub("", draft.before_text[named.end() :])[:2]
    of = _sharers(draft, told, index, (unit, noun))
    near = [m for m in sound[-_SOUND:] if m not in told and of_kind(m, draft)]
    own = [m for m in told if _counts_for(m, draft)] + near
    wholes = own + [
        m
        for m in index.mentions
        if m.figure.dimension == draft.figure.dimension and _named_in(m, draft)
    ]
    yield from _over_both(draft, told, wholes)
    tended = _TENDED.search(draft.before_text) is not None  # 8名护理员照料46名，人均照料近6名
    for whole, parts in ((w, p) for w in wholes for p in of[:MAX_TERMS] if value_of(p) > 0):
        ours, theirs = (f"{m.before_text}{m.after_text}" for m in (parts, whole))
        apart = len(noun) > 1 and noun in ours and noun not in theirs  # 每位教师 of 学生, 教师
        tail = draft.before_text[-2:]  # 平均每个有车位90个: the 车位 of two 停车场
        apart |= len(tail) > 1 and tail in theirs and tail not in ours
        apart |= _heads_alike(draft, whole) and not _heads_alike(draft, parts)
        apart |= tended and whole in told and parts in told and parts.place < whole.place
        if apart or whole.figure.dimension != parts.figure.dimension:
            pair = (whole, parts)
            counted = parts.figure.dimension.startswith(("count:", "time:"))
            value = value_of(whole) / (value_of(parts) if counted else written(parts.figure))
            ids = tuple(i for i in ids_of(pair) if i)
            yield Derived(value, draft.figure.dimension, formula_of(pair, "/"), ids)
            if _A_MONTH.search(draft.before_text):
                formula = f"{formula_of(pair, '/')} / {_MONTHS}"
                yield Derived(value / _MONTHS, draft.figure.dimension, formula, ids)


def _heads_alike(draft: Mention, fact: Mention) -> bool:
    """Tell whether the noun right behind a drafted figure stands right behind a fact's."""
    noun = draft.after_text[:_NOUN]
    return len(noun) == _NOUN and fact.after_text.startswith(noun)


def _sharers(
    draft: Mention, told: Sequence[Mention], index: FactIndex, of: tuple[str, str]
) -> list[Mention]:
    """Return the figures, told or of facts, that count in a unit and by a noun who shares."""
    unit, noun = of
    counted = [m for m in index.mentions if _ends(m) & set(unit) or _headed_by(m, unit)]
    found = [m for m in told if _ends(m) & set(unit)]
    found += [m for m in counted if len(noun) >= _NOUN and noun in m.before_text]
    counted_by = [(m, words_before(m)) for m in counted]
    named = [m for m, words in counted_by if len(words) >= _NOUN and words in draft.before_text]
    wholes = [w.before_text for w in told[-1:] if w.line == draft.line]
    bare = [m for m, words in counted_by if len(words) >= _NOUN and any(words in w for w in wholes)]
    return [*bare, *(found or counted), *named]


def _headed_by(mention: Mention, unit: str) -> bool:
    """Tell whether a noun stands before a figure that counts it: 村17个."""
    return mention.figure.unit == "个" and mention.before_text.strip() == unit


def _over_both(
    draft: Mention, told: Sequence[Mention], wholes: Sequence[Mention]
) -> Iterator[Derived]:
    """Yield what comes to each of two kinds just told: 46家合作社、128家农场, 每个主体42户."""
    here = [m for m in told if m.line == draft.line and m.figure.dimension.startswith("count:")]
    for one, other in pairwise(here):
        both = value_of(one) + value_of(other)
        for whole in wholes:
            if whole not in (one, other) and one.figure.unit == other.figure.unit and both > 0:
                formula = f"{whole.figure.text} / ({formula_of((one, other), '+')})"
                yield Derived(value_of(whole) / both, draft.figure.dimension, formula, ())


def _ends(mention: Mention) -> set[str]:
    """Return the last characters of what a figure counts: 村 and 区 of 14个村（社区）."""
    units = (mention.figure.unit, *counted_in(mention.figure.dimension))
    return {unit[-1] for unit in units if unit}


def _counts_for(told: Mention, draft: Mention) -> bool:
    """Tell whether a figure may be shared out as the draft's: 870户次 as 两次多."""
    turns = draft.figure.dimension == "count:次" and told.figure.dimension.endswith("次")
    heads = draft.figure.unit == "个" and told.figure.dimension == "count:人"  # 十个多学生
    return turns or heads or of_kind(told, draft)


def _named_in(fact: Mention, draft: Mention) -> bool:
    """Tell whether the draft's words beside its figure name what a fact counts.

    They stand right before it, or behind a 一 that each has: 每村一名播音员 of 播音员26人.
    """
    tail, behind = draft.before_text[-2:], draft.after_text[:_NEAR]
    words = words_before(fact)
    if len(words) > 1 and draft.after_text.startswith(words):
        return True  # 每名教师带11名学生 of 学生 320名
    if len(words) > 1 and words in draft.before_text:
        return True  # 每名村级河长平均巡河 of 村级 1924次
    one = len(behind) > 1 and draft.figure.low == 1 and behind in fact.before_text
    one |= len(behind) > 1 and fact.after_text.startswith(behind)  # 平均每个提供20个充电口
    return one or (len(tail) == 2 and tail in fact.before_text)


def of_each_time(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield what a fact's figure of the year comes to a month or day: 活动月均5次多 of 活动64次."""
    dates = [d for line in index.lines for d in line.dates]
    times = months_told(dates) if _EACH_MONTH.search(draft.before_text) else set[int]()
    times |= {_DAYS} if _EACH_DAY.search(draft.before_text) else set()
    for fact in index.mentions if times else ():
        words = words_before(fact)
        named = words in draft.before_text or words[-_NOUN:] in draft.before_text
        line = index.lines[fact.line]
        kin = [m for m in line.mentions if of_kind(m, draft)]
        named |= len(kin) == 1 and any(len(gram) > 1 for gram in draft.before & line.grams)
        for count in sorted(times) if len(words) > 1 and named and of_kind(fact, draft) else ():
            value, formula = value_of(fact) / count, f"{fact.figure.text} / {count}"
            yield Derived(value, draft.figure.dimension, formula, ids_of((fact,)))


def of_all(draft: Mention, sound: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield what all have of what a fact gives for each: 增产360吨 of 亩均增产60公斤, 6000亩."""
    for each in index.mentions:
        named = MEAN_OF.search(each.before_text) if of_kind(each, draft) else None
        noun = each.before_text[named.end() :].strip() if named else ""
        if named is None or len(noun) < _NOUN or noun not in draft.before_text:
            continue
        if MEAN_OF.search(draft.before_text):
            continue
        whom = named[1] or named[2] or named[3]
        for count in (m for m in sound[-_SOUND:] if whom in _ends(m)):
            value = value_of(each) * written(count.figure)
            yield Derived(
                value, draft.figure.dimension, formula_of((count, each), "×"), ids_of((each,))
            )


def each_with(draft: Mention, told: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield how many each of those just told has: 11组各由1名领导带3名工作人员 of 11名 and 33名."""
    groups = [m for m in told if m.line == draft.line and value_of(m) > 1]
    hedged = draft.figure.approximation != "exact"
    said = (draft.clause_text, draft.lead + draft.before_text)
    meant = any(_EACH_WITH.search(text) for text in said)
    if not meant or (draft.figure.low > _FEW_EACH and not hedged):
        return
    for group in groups[-_NEAR:]:
        for fact in index.mentions:
            even = hedged or value_of(fact) % value_of(group) == 0
            if even and of_kind(fact, draft):
                value, formula = value_of(fact) / value_of(group), formula_of((fact, group), "/")
                yield Derived(value, draft.figure.dimension, formula, ids_of((fact,)))
