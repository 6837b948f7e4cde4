"""Parts that a fact leaves to be worked out: the other state, old and new together, a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise, product

from drafter.checking.context import Mention
from drafter.checking.derived import (
    CAME,
    FELL,
    ROSE,
    WENT,
    Derived,
    formula_of,
    ids_of,
    of_kind,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import grams
from drafter.resources import lexicon

_NEAR = 6
_BESIDE = 4
_TWO = 2
_THAN = re.compile(
    "比(?P<than>[\u4e00-\u9fff]{2,6}?)(?:(?P<more>[多高大长])|(?P<less>[少低小短])|(?P<when>[早晚]))[了出]?$"
)
_DENIED = re.compile(
    "(?:没有?|未能?|尚未|无法?)(?:被|有|能|完全)?(?P<deed>[\u4e00-\u9fff]{2})(?![\u4e00-\u9fff]率)"
)
_NOT = re.compile("[未没不无非](?:能|有|被)?$")
_NEW = re.compile("新(?:划|建|增|设|添|开|购|辟|装)?[\u4e00-\u9fff]{0,4} ?$")
_OLD = re.compile("(?:老|旧|原有?|原来|存量|既有|已有)[\u4e00-\u9fff]{0,5} ?$")
_IN_ALL = re.compile("(?:[增达加扩][到至]|达|共有?|总[数量]|合计|累计|共计|现有)[为是]?$")
_NOW = re.compile("(?:现有|现存|尚有|还有|剩余|剩下|保留|留用|余)[为是]?$")
_LOST = re.compile("(?:清退|裁减|撤并|分流|注销|清理|报废|淘汰|核减|流失|退出|划出|关停)了? ?$")
_NONE_OF_THEM = re.compile("无一|没有?|未|零|不")
_BALANCE = re.compile("(?:结余|余额|结存|剩余|盈余)[为是]?$")
_OPENING = re.compile("结转|年初|上年结余|期初|原有")
_INCOME = re.compile("收入|新增|筹集|到账|入账|拨入")
_SPENT = re.compile("支出|支付|使用|列支|用去")
_STOCK = re.compile("年[底末]|保有|存量|在册")  # 保有量：2025年20个；2026年新增16个
_AT_FIRST = re.compile("[由从].{0,8}[的]?$|上年[底末]|年初")
_AT_LAST = re.compile("年[底末]|目前|现有|在册")
_BEFORE = re.compile("[前原]|此前|以前|年初|上半年|[上去]年|\\d月")
_AFTER = re.compile("[后现]|目前|年[底末]|下半年|今年|\\d月")


@cache
def _states() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the two sides of each pair of states."""
    rows = (row.split("\t") for row in lexicon("checking", "complements.tsv"))
    return tuple((_any(one), _any(other)) for one, other in rows)


def _any(words: str) -> re.Pattern[str]:
    ordered = sorted(words.split("/"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)))


def other_state(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield those of a fact's whole that are not as the part it counts is.

    7个掉线 of 联网156个，在线149个; 租出43套 of 48套，空置5套; 三个村没有覆盖 of 12个，覆盖9个村.
    """
    said = draft.before_text[-_NEAR:] + draft.after_text[:_NEAR]
    denied = _DENIED.search(said)
    sides = [two for two in _states() if two[0].search(said) or two[1].search(said)]
    for whole, part in product(line.mentions, repeat=2) if denied or sides else ():
        counted = all(m.figure.dimension.startswith("count:") for m in (whole, part))
        if not counted or part.place <= whole.place or value_of(whole) <= value_of(part):
            continue
        if not (of_kind(whole, draft) or of_kind(part, draft)):
            continue
        word = part.before_text.strip()[-_BESIDE:] + part.after_text.strip()[:_BESIDE]
        own = denied and denied["deed"] in word and not _NOT.search(word[: word.find(denied[1])])
        if own or any(_opposed(two, said, word) for two in sides):
            left, formula = value_of(whole) - value_of(part), formula_of((whole, part), "-")
            yield Derived(left, draft.figure.dimension, formula, ids_of((whole, part)))


def _opposed(two: tuple[re.Pattern[str], re.Pattern[str]], said: str, word: str) -> bool:
    """Tell whether a draft's words take one side of two states, a fact's words the other."""
    ours, theirs = (_takes(two, text) for text in (said, word))
    return ours != theirs and None not in (ours, theirs)


def _takes(two: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> int | None:
    """Return the side that words take, 0 or 1, ``None`` where they name both: 撂荒地复耕.

    不合格 holds 合格: of words that end together the longer one counts.
    """
    ends = [max((m.end() for m in side.finditer(text)), default=0) for side in two]
    if not any(ends):
        return None
    if all(ends) and ends[0] != ends[1]:
        return None
    return 1 if ends[1] else 0


def in_other_state(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether a fact counts those of one state that a draft tells of the other.

    14人分散供养 of 特困41人（集中供养14人）; not where another fact has as many of the other state.
    """
    if _NONE_OF_THEM.search(draft.after_text):
        return False  # 1936名学生无一失学
    ours, theirs = (_state_beside(m) for m in (draft, fact))
    pairs = [two for two in _states() if ours and theirs and _opposed(two, ours, theirs)]
    same = [m for m in index.values.sources(draft.figure) if m.place != fact.place]
    return bool(pairs) and not any(_state_beside(m) == ours for m in same)


def _state_beside(mention: Mention) -> str:
    """Return the words right behind a figure that tell a state, else those before it."""
    behind, before = mention.after_text[:_NEAR], mention.before_text.strip()[-_NEAR:]
    held = [words for words in (behind, before) if any(two[0].search(words) for two in _states())]
    held += [words for words in (behind, before) if any(two[1].search(words) for two in _states())]
    return held[0] if held else ""


def old_and_new(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what was there and what is new together: 增至550个 of 新划240个；老车位310个."""
    if not _IN_ALL.search(draft.before_text):
        return
    for one, other in product(line.mentions, repeat=2):
        kin = of_kind(one, draft) and one.figure.dimension == other.figure.dimension
        stock = (
            other.period == -1 and _STOCK.search(line.text) and not _NEW.search(other.before_text)
        )
        old = _OLD.search(other.before_text) or stock
        if kin and _NEW.search(one.before_text) and old:
            total, formula = value_of(one) + value_of(other), formula_of((one, other), "+")
            yield Derived(total, draft.figure.dimension, formula, ids_of((one, other)))


def balance(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what is left of what was there and came in: 结余66万元 of 结转36，收入820，支出790."""
    if not _BALANCE.search(draft.before_text):
        return
    for first, income, spent in _one_of_each(line, draft, (_OPENING, _INCOME, _SPENT)):
        left = value_of(first) + value_of(income) - value_of(spent)
        formula = f"{formula_of((first, income), '+')} - {spent.figure.text}"
        yield Derived(left, draft.figure.dimension, formula, (line.fact_id,))


def opening(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what there was at first: 上年末26家 of 新登记3家，注销1家，年末28家."""
    if not _AT_FIRST.search(draft.before_text):
        return
    for came, went, now in _one_of_each(line, draft, (CAME, WENT, _AT_LAST)):
        first = value_of(now) - value_of(came) + value_of(went)
        formula = f"{formula_of((now, came), '-')} + {went.figure.text}"
        yield Derived(first, draft.figure.dimension, formula, (line.fact_id,))


def _one_of_each(
    line: Line, draft: Mention, words: Sequence[re.Pattern[str]]
) -> Iterator[tuple[Mention, ...]]:
    """Yield a fact's figures behind each of some words, where each has just one."""
    kin = [m for m in line.mentions if of_kind(m, draft)]
    found = [[m for m in kin if word.search(m.before_text)] for word in words]
    if all(len(behind) == 1 for behind in found):
        yield tuple(behind[0] for behind in found)


def left_after(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what there is now when a part was taken away: 现有25人 of 编外 34人清退 9人."""
    if not _NOW.search(draft.before_text):
        return
    for whole, part in pairwise(line.mentions):
        kin = of_kind(whole, draft) and whole.figure.dimension == part.figure.dimension
        if kin and _LOST.search(part.before_text) and value_of(whole) > value_of(part):
            left, formula = value_of(whole) - value_of(part), formula_of((whole, part), "-")
            yield Derived(left, draft.figure.dimension, formula, ids_of((whole, part)))


def changed_between(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield the rate of a change from the first of a fact's two figures to the second.

    提高一半 of 改扩建前180个，改扩建后270个; 降幅为两成 of 6月3.5万元，7月2.8万元.
    """
    fell, rose = FELL.search(draft.before_text), ROSE.search(draft.before_text)
    if draft.figure.dimension != "ratio" or not (fell or rose):
        return
    for old, new in pairwise(line.mentions):
        same = old.figure.dimension == new.figure.dimension
        kin = [m for m in line.mentions if m.figure.dimension == old.figure.dimension]
        alone = len(kin) == _TWO
        if not (same and alone) or old.figure.dimension in ("ratio", "points") or not value_of(old):
            continue
        timed = _BEFORE.search(old.before_text) and _AFTER.search(new.before_text)
        change = (value_of(new) - value_of(old)) / value_of(old)
        if timed and change and (change > 0) == bool(rose and not fell):
            formula = f"({formula_of((new, old), '-')}) / {old.figure.text}"
            yield Derived(abs(change), "ratio", formula, ids_of((old, new)))


def apart_from(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield how two facts' things differ: 四期比三期多1500亩, 比龙潭村早四个月."""
    said = _THAN.search(draft.before_text)
    if said is None:
        return
    named = [line for line in index.lines if said["than"] in line.text]
    for line in named if len(named) == 1 else ():
        if draft.figure.dimension == "time:月" and said["when"]:
            yield from _months_apart(draft, line, said["when"] == "早", index)
        kin = (
            [m for m in line.mentions if of_kind(m, draft)] if said["more"] or said["less"] else []
        )
        for than in kin if len(kin) == 1 else ():
            for other in (m for m in index.mentions if of_kind(m, draft) and m.line != line.index):
                apart = value_of(other) - value_of(than)
                own = _names(other.before_text) - _names(said["than"]) - _names(line.text)
                if any(name in draft.wide for name in own) and (apart > 0) == bool(said["more"]):
                    formula = formula_of((other, than), "-")
                    yield Derived(
                        abs(apart), draft.figure.dimension, formula, ids_of((other, than))
                    )


def _months_apart(draft: Mention, line: Line, earlier: bool, index: FactIndex) -> Iterator[Derived]:
    """Yield the months between the only dates of two facts, the draft's own one being first."""
    theirs = [d for d in line.dates if d.month]
    for other in (ln for ln in index.lines if ln is not line and len(theirs) == 1):
        ours = [d for d in other.dates if d.month]
        own = _names(other.text) - _names(line.text)
        if len(ours) != 1 or not any(name in draft.clause for name in own):
            continue
        months = (theirs[0].month or 0) - (ours[0].month or 0)
        if ours[0].year == theirs[0].year and (months > 0) == earlier:
            formula = f"{ours[0].month}月至{theirs[0].month}月"
            yield Derived(Decimal(abs(months)), "time:月", formula, (other.fact_id, line.fact_id))


def _names(text: str) -> frozenset[str]:
    return frozenset(gram for gram in grams(text) if len(gram) == _TWO)
