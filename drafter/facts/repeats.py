"""Facts that say the same thing twice, and facts that cannot both be true."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice, pairwise

from drafter.chinese.normalise import fold
from drafter.domain import Fact, Notice
from drafter.facts.describe import bare_subject, general_subjects, is_to_come
from drafter.facts.observations import LABEL, Observation, moment, scopes

_NOT_WORDS = re.compile(r"[^\w]|_")
_ALL_DONE = re.compile(
    "(?:已?全部|均已?|悉数|100%)(?:都|已)?(?P<verb>整改|办结|化解|完成|销号|验收|拆除)"
)
_OPEN = re.compile(
    "(?:尚有|还有|仍有|还剩|剩余?|尚余)[^，。；]{0,8}?[0-9〇一二两三四五六七八九十]"
    "|未(?:完成|整改|办结|化解|销号|验收)"
)
_SAME_VERB = {
    "整改": ("整改", "销号", "改完"),
    "销号": ("整改", "销号"),
    "办结": ("办结", "办完", "办理"),
    "化解": ("化解", "办结"),
    "完成": ("完成",),
    "验收": ("验收",),
    "拆除": ("拆除", "拆完"),
}
_GENERIC = frozenset(
    {
        "问题",
        "整改",
        "全部",
        "完成",
        "办结",
        "年底",
        "计划",
        "未完",
        "尚有",
        "还有",
        "销号",
        "化解",
        "到位",
    }
)
_TABLE = re.compile("工作表“.*?”|表\\d+")
_SHORT = 4  # characters of a thing that may be another one at each office
_NEAR = Decimal("0.8")  # a part is seldom as large a share of its whole
_OFTEN = 3  # rows of one name, or names that come again, make a table a ledger
_MOST_PAIRS = 2_000
_ONE_IN = 8  # as large a share of the shorter one's words must be about the same matter


def find_repeats(facts: Sequence[Fact]) -> Iterator[Notice]:
    """Yield facts handed in twice: the same words, or the same figures about the same thing."""
    seen: dict[str, Fact] = {}
    for fact in facts:
        bare = _NOT_WORDS.sub("", fold(fact.text))
        first = seen.setdefault(bare, fact)
        if first is not fact and not _under_other_headings(first, fact):
            yield _repeat(first, fact)
    alike: dict[object, list[Fact]] = defaultdict(list)
    for fact in facts:
        if len(fact.figures) > 1:
            alike[tuple(sorted((f.dimension, f.low, f.high) for f in fact.figures))].append(fact)
    for group in alike.values():
        for one, other in pairwise(group):
            if _say_the_same(one, other):
                yield _repeat(one, other)


def _repeat(one: Fact, other: Fact) -> Notice:
    where = f"（{one.office}、{other.office}）" if one.office != other.office else ""
    return Notice(
        "repeated",
        f"{one.id}与{other.id}内容重复{where}：“{_short(other.text)}”。是同一件事请删去一条，"
        "不是请写明区别。",
        fact_ids=(one.id, other.id),
    )


def _say_the_same(one: Fact, other: Fact) -> bool:
    """Tell whether two facts with equal figures share half of their words without being equal."""
    if _is_told_apart(one, other):
        return False
    mine, theirs = _bigrams(one.text), _bigrams(other.text)
    same = _NOT_WORDS.sub("", fold(one.text)) == _NOT_WORDS.sub("", fold(other.text))
    return not same and len(mine & theirs) * 2 >= min(len(mine), len(theirs))


def _under_other_headings(one: Fact, other: Fact) -> bool:
    """Tell whether two rows of one table stand under headings of their own: 合计 of each."""
    return _in_one_table(one, other) and one.section_hint != other.section_hint


def _is_told_apart(one: Fact, other: Fact) -> bool:
    """Tell whether two facts name different places or parts of the year, or rows of one table."""
    facts = (one, other)
    named = [{e.text for e in fact.entities if e.kind == "place"} for fact in facts]
    dated = [{moment(d) for d in fact.dates} for fact in facts]
    labelled = [set(found[1]) if (found := LABEL.match(f.text)) else set() for f in facts]
    pairs = (
        named,
        dated,
        labelled,
    )  # 改厕：, 户厕改造： may be one
    apart = any(all(pair) and pair[0].isdisjoint(pair[1]) for pair in pairs)
    return apart or (_in_one_table(one, other) and _row_name(one) != _row_name(other))


def _bigrams(text: str) -> set[str]:
    letters = re.sub(r"[^\u4e00-\u9fff]", " ", text)
    return {letters[i : i + 2] for i in range(len(letters) - 1) if " " not in letters[i : i + 2]}


def find_contradictions(observations: Sequence[Observation]) -> Iterator[Notice]:
    """Yield facts with one matter, scope and measure whose values exclude each other.

    A false alarm costs a clerk's trust: what may be told of two things (a part and its whole, the
    events of two offices, what was found here and there) is no conflict.
    """
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for o, scope in zip(observations, scopes(observations), strict=True):
        if _comparable(o):
            where = (o.fact.office, o.fact.section_hint) if o.matter.event else ()
            groups[o.matter, o.figure.dimension, scope, o.role, where].append(o)
    ledgers = _ledgers({o.fact.id: o.fact for o in observations}.values())
    for group in groups.values():
        apart = _first_disjoint([o for o in group if _table(o.fact) not in ledgers])
        if apart:
            yield _conflict(*apart)


def _comparable(o: Observation) -> bool:
    """Tell whether an observation's subject is particular enough to be compared across facts."""
    if o.fact.state == "planned" or o.figure.approximation in {"over", "up_to"}:
        return False
    if o.role in {"each", "base", "rest"} or o.figure.dimension.startswith(("time:", "number")):
        return False
    thing = o.matter.thing
    return len(thing) > 1 and not {thing, o.matter.act + thing} & general_subjects()


def _ledgers(facts: Iterable[Fact]) -> frozenset[str]:
    """Return the tables whose rows are events: names come again and again (a village's visits)."""
    rows = Counter((_table(f), _row_name(f)) for f in facts if f.figures and _table(f))
    again = Counter(table for (table, _), times in rows.items() if times > 1)
    often = {table for (table, _), times in rows.items() if times >= _OFTEN}
    return frozenset(often | {table for table, names in again.items() if names >= _OFTEN})


def _first_disjoint(group: Sequence[Observation]) -> tuple[Observation, Observation] | None:
    kept = {(o.figure.low, o.figure.high, o.fact.office, o.opens): o for o in reversed(group)}
    pairs = combinations(reversed(kept.values()), 2)
    return next((pair for pair in islice(pairs, _MOST_PAIRS) if _exclude(*pair)), None)


def _exclude(one: Observation, other: Observation) -> bool:
    """Tell whether two observations of a group are of one thing and cannot both be true."""
    if one.fact.id == other.fact.id and not _said_twice(one, other):
        return False
    apart = one.figure.high < other.figure.low or other.figure.high < one.figure.low
    if not apart or not (len(one.matter.thing) > _SHORT or _same_hand(one.fact, other.fact)):
        return False
    if _in_one_table(one.fact, other.fact) and _row_name(one.fact) != _row_name(other.fact):
        return False
    if one.opens and other.opens:
        return True
    inside = not (one.opens or other.opens) or one.role == "rate"  # rates are all near
    if inside and (one.head != other.head or not one.head.thing):
        return False  # 检查学校8所，发现隐患2处 is not what was found in 企业
    values = sorted((one.figure.value, other.figure.value))
    return values[0] >= values[1] * _NEAR


def _in_one_table(one: Fact, other: Fact) -> bool:
    return "" != _table(one) == _table(other)


def _table(fact: Fact) -> str:
    """Return the file and table that a fact's source names, "" where it was no table."""
    source = fact.source
    found = _TABLE.match(source.place)
    exported = source.file.endswith((".csv", ".tsv"))
    return f"{source.file} {found[0] if found else ''}" if found or exported else ""


def _row_name(fact: Fact) -> str:
    """Return what stands before all figures of a table's row: two rows are of two things."""
    return fact.text[: fact.figures[0].start]


def _said_twice(one: Observation, other: Observation) -> bool:
    """Tell whether one statement gives two values to a thing in the same words.

    What stands between may name another place, day or label: then it is told of two things.
    """
    first, second = sorted((one, other), key=lambda o: o.figure.start)
    start, end = first.figure.end, second.figure.start
    named = [*(e.start for e in one.fact.entities), *(d.start for d in one.fact.dates)]
    labelled = set("：:→（(") & set(one.fact.text[start:end])
    apart = labelled or any(start <= at < end for at in named)
    subject = bare_subject(one.clause)
    return subject != "" and subject == bare_subject(other.clause) and not apart


def _same_hand(one: Fact, other: Fact) -> bool:
    """Tell whether two facts come from one office; without tags there is but one hand."""
    return one.office == other.office


def _conflict(one: Observation, other: Observation) -> Notice:
    ids = tuple(dict.fromkeys((one.fact.id, other.fact.id)))
    where = "与".join(ids) + ("前后" if len(ids) == 1 else "")
    return Notice(
        "conflict",
        f"{where}对不上：“{one.matter.act}{one.matter.thing}”一处是{one.figure.text}，"
        f"一处是{other.figure.text}，请确认以哪个为准。",
        fact_ids=ids,
    )


def find_open_ends(facts: Sequence[Fact]) -> Iterator[Notice]:
    """Yield pairs where one fact calls all of it done and another says some of it is open.

    Only facts that share a word are set side by side, so that long lists stay linear.
    """
    still_open = [
        (f, _topic(f.text, found.start())) for f in facts if (found := _OPEN.search(f.text))
    ]
    by_word: dict[str, list[int]] = defaultdict(list)
    for at, (_, words) in enumerate(still_open):
        for word in words:
            by_word[word].append(at)
    for fact in facts:
        claim = _ALL_DONE.search(fact.text)
        if claim is None or is_to_come(fact.text, claim.start()):
            continue
        topic = _topic(fact.text, claim.start())
        for at in sorted({at for word in topic for at in by_word.get(word, ())}):
            other, words = still_open[at]
            if other.id != fact.id and _is_rest_of(other, words, topic, claim["verb"]):
                yield _open_end(fact, claim[0], other)


def _topic(text: str, at: int) -> set[str]:
    return _bigrams(_sentence_at(text, at)) - _GENERIC


def _is_rest_of(other: Fact, words: set[str], topic: set[str], verb: str) -> bool:
    """Tell whether an open rest is of the matter that is called done: its words, its verb."""
    shared, smaller = len(topic & words), min(len(topic), len(words))
    verbs = _SAME_VERB.get(verb, (verb,))
    return shared * _ONE_IN >= smaller and any(word in other.text for word in verbs)


def _open_end(fact: Fact, claim: str, other: Fact) -> Notice:
    return Notice(
        "state_conflict",
        f"{fact.id}说“{claim}”，{other.id}说“{_short(other.text)}”，请确认。",
        fact_ids=(fact.id, other.id),
    )


def _sentence_at(text: str, at: int) -> str:
    """Return the sentence around an offset: between two of 。；."""
    start = max(text.rfind(mark, 0, at) for mark in "。；") + 1
    end = min((i for mark in "。；" if (i := text.find(mark, at)) >= 0), default=len(text))
    return text[start:end]


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"
