"""What a figure is per (每人, 户均, 元/斤), and rates of figures that a draft names.

A rate per one measure may be said per another one of its kind (每斤4.5元 is 每公斤9元); what comes
to each person never is what comes to each household.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product

from drafter.checking.context import Mention
from drafter.checking.counting import lists
from drafter.checking.derived import (
    FELL,
    ROSE,
    TARGET,
    Derived,
    formula_of,
    ids_of,
    of_kind,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words
from drafter.checking.heads import concerned, rate_name
from drafter.checking.matching import relation, same_kind, written
from drafter.checking.shares import whole_told
from drafter.chinese.measures import measures

_PER = re.compile(
    "每一?(?P<each>平方米|平方公里|立方米|公斤|千克|公里|公顷|[\u4e00-\u9fff])"
    "|(?P<mean>[\u4e00-\u9fff])均(?!衡)|(?P<yield>亩)产"
)
_WHOM = {"人": "人", "名": "人", "位": "人", "员": "人", "户": "户", "村": "村"}
_MEASURED = ("mass", "area", "length", "volume")
_SHARE = re.compile("率|占|比例|比重|覆盖|达|分之|成|%")
_EACH_TIME = re.compile("(?:每|人均|户均)([年月])[^，。；\\d]{0,4}$")
_IN_A_YEAR = re.compile("一年(?:下来|到头)|全年|年均")
_FOR_ONE = re.compile("[每人户]")
_A_MONTH = re.compile("月[均增]|每月")
_TIMES = re.compile("倍")
_CHANGE = re.compile("增|降|长了|砍|同比|[涨跌]|上升|提高|减少|压缩|缩短|精简")
_SUMMED = re.compile("合计|总计|共计|累计")
_MOST = 12
_PAIR = 2
_OF_TOWN = re.compile("占全[镇乡]的?(?:总?[户人]口?数?)?的? ?$")
_VILLAGES = frozenset({"count:村", "count:个村", "count:社区", "count:个"})
_OF_PLACES = re.compile("的?(村|社区|企业)")
_TOLD = 6
_WHOLE = 5  # a proportion from here on is told in whole numbers
_ALTOGETHER = re.compile("[共总]|合计|累计")
_FOR_EACH = re.compile("每个?([村组户镇乡校])[\u4e00-\u9fff]{0,2} ?$")
_OFTEN = re.compile("每个?(月|季|周)")
_A_YEAR = {"月": 12, "季": 4, "周": 52}
_CLASS = re.compile("[A-DⅠ-Ⅴ\u4e00-\u9fff]{2} ?$")
_HALF = Decimal("0.5")
_NEARLY = Decimal("0.05")
_ROUGHLY = Decimal("0.1")
_ABOUT = re.compile("[约近]|大致|大体|左右|接近")
_OUT_OF_MANY = re.compile("每([十百千万])[人名户位个件起亩次家批辆]")
_EACH_NEARLY = Decimal("0.08")
_HAS = re.compile("[\u4e00-\u9fff]{0,6}(?:[里中]|[就约]约?有)")
_OF_EACH = re.compile("每[花投用]?$")
_MANY = {"十": 10, "百": 100, "千": 1000, "万": 10000}
PAPERS = frozenset("张份本册")
HOLDERS = frozenset("人名户")


@lru_cache(maxsize=4096)
def _pers(text: str) -> tuple[tuple[str, str], ...]:
    """Return the kinds and words that a figure behind a text is per: (whom, 户), (mass, 斤)."""
    found = []
    for match in _PER.finditer(text):
        word = match["each"] or match["mean"] or match["yield"]
        measure = measures().get(word)
        if word in _WHOM:
            found.append(("whom", _WHOM[word]))
        elif measure is not None and measure.dimension in _MEASURED:
            found.append((measure.dimension, word))
    return tuple(found)


def per_kinds(text: str) -> frozenset[str]:
    """Return the dimensions that a text says something is per: mass for 每公斤."""
    return frozenset(kind for kind, _ in _pers(text))


def per(mention: Mention) -> dict[str, str]:
    """Return what a figure is per, by kind: whom, or the dimension of a measure."""
    said = f"每{mention.each}" if mention.each else mention.before_text
    return dict(_pers(said))


def other_whom(draft: Mention, fact: Mention) -> bool:
    """Tell whether two figures are per person and per household, 元/斤 and 元/公斤, or the like."""
    times = [_EACH_TIME.search(m.before_text) for m in (draft, fact)]
    if times[0] and times[1] and times[0][1] != times[1][1]:
        return True  # 人均年收入2800元 of 人均月收入
    ours, theirs = per(draft), per(fact)
    if any(ours[kind] != theirs[kind] for kind in ours.keys() & theirs.keys() & {"whom"}):
        return True
    pairs = ((ours[k], theirs[k]) for k in ours.keys() & theirs.keys() & set(_MEASURED))
    return any(_worth(a) != _worth(b) for a, b in pairs)


def _worth(word: str) -> Decimal | None:
    measure = measures().get(word)
    return measure.to_base(Decimal(1)) if measure else None


def converted(draft: Mention, facts: Sequence[Mention]) -> Iterator[Derived]:
    """Yield rates of the facts per the measure that the draft names (每斤 said as 每公斤)."""
    for kind, word in per(draft).items():
        ours = measures().get(word)
        for fact in facts if ours and kind != "whom" else ():
            theirs = measures().get(per(fact).get(kind, ""))
            same = fact.figure.dimension == draft.figure.dimension
            if ours and theirs and same and ours.to_base(Decimal(1)) != theirs.to_base(Decimal(1)):
                value = value_of(fact) * ours.to_base(Decimal(1)) / theirs.to_base(Decimal(1))
                formula = f"{fact.figure.text}/{theirs.surface}"
                yield Derived(value, fact.figure.dimension, formula, ids_of((fact,)))


def per_measure(draft: Mention, fact: Mention) -> Decimal:
    """Return a fact's number in the measure that a draft's rate is per (412吨, 每公斤)."""
    measure = measures().get(per(draft).get(fact.figure.dimension, ""))
    return fact.figure.low / measure.to_base(Decimal(1)) if measure else written(fact.figure)


def per_year(draft: Mention, facts: Sequence[Mention]) -> Iterator[Derived]:
    """Yield a price of a year said of a month, and the other way round: 每年60元, 每月5元."""
    ours = _EACH_TIME.search(draft.before_text)
    in_a_year = _IN_A_YEAR.search(draft.clause_text) and _FOR_ONE.search(draft.before_text)
    for fact in facts if in_a_year and not ours else ():
        if _A_MONTH.search(fact.before_text) and fact.figure.dimension == draft.figure.dimension:
            value, formula = value_of(fact) * 12, f"{fact.figure.text} × 12"
            yield Derived(value, draft.figure.dimension, formula, ids_of((fact,)))
    for fact in facts if ours else ():
        theirs = _EACH_TIME.search(fact.before_text)
        same = fact.figure.dimension == draft.figure.dimension
        if ours and theirs and same and ours[1] != theirs[1]:
            times = Decimal(12) if ours[1] == "年" else 1 / Decimal(12)
            formula = f"{fact.figure.text} × 12" if ours[1] == "年" else f"{fact.figure.text} / 12"
            yield Derived(value_of(fact) * times, draft.figure.dimension, formula, ids_of((fact,)))


def named_rates(
    draft: Mention, told: Sequence[Mention], index: FactIndex, said: str
) -> Iterator[Derived]:
    """Yield the ratio of two figures one of which the draft's clause names: 入住率 by 入住52人.

    The other one stands in the same fact, or is told before it in the same sentence.
    """
    if draft.figure.dimension != "ratio" or _CHANGE.search(said):
        return
    times, share = _TIMES.search(said), _SHARE.search(said)
    words = {gram for gram in draft.clause if len(gram) > 1} - common_words()
    for named in _named(words, index)[:_MOST] if times or share else ():
        mine = index.lines[named.line].mentions
        mentioned = concerned(mine, draft.clause_text)
        among = whole_told(draft, told, mine)
        whole = any(comparable(named, m) and value_of(m) > value_of(named) for m in mine)
        near = (m for m in told if m.line == draft.line or not whole)
        said_already = [m for m in near if value_of(m) != value_of(named)]
        both = concerned(index.mentions, draft.clause_text) if times else []
        for other in [*mine, *said_already, *both]:
            counted = {m.figure.dimension[:6] for m in (named, other)} == {"count:"}
            if other is named or not (comparable(named, other) or (times and counted)):
                continue
            if relation(other.figure, named.figure):
                continue  # 2800余人 of 2870人 is no share of it
            if mentioned and named not in mentioned and other not in mentioned:
                continue
            big, small = sorted((named, other), key=value_of, reverse=True)
            if among not in (None, value_of(big)):
                continue
            if times and value_of(small) > 0:
                yield _over(big, small)
            elif share and value_of(big) > 0:
                yield _over(small, big)
                if named is small and TARGET.search(named.before_text):
                    yield _over(big, small)  # 203人 of 任务180人


def _named(words: set[str], index: FactIndex) -> list[Mention]:
    """Return the figures of the facts right beside which some of these words stand."""
    return [m for m in index.mentions if not words.isdisjoint(m.local) or _total(m, words)]


def _total(fact: Mention, words: set[str]) -> bool:
    """Tell whether a figure sums up a line that some words head: 税收：增值税 … 合计1840万元."""
    return _SUMMED.search(fact.before_text) is not None and not words.isdisjoint(fact.wide)


def proportions(
    draft: Mention, told: Sequence[Mention], lines: Sequence[Line]
) -> Iterator[Derived]:
    """Yield a proportion of two figures of one fact, or of two just told: 师生比 1∶13."""
    worth = draft.figure.low
    known = [line.mentions for line in lines] + [told[-_TOLD:]]
    for group in known if draft.figure.dimension == "proportion" else ():
        for one, other in product(group, repeat=2):
            if one is other or not comparable(one, other) or value_of(one) <= 0:
                continue
            share = value_of(other) / value_of(one)
            near = worth * (_ROUGHLY if _ABOUT.search(draft.before_text) else _NEARLY)
            if abs(share - worth) <= (_HALF if worth >= _WHOLE else near):
                formula = f"{other.figure.text} / {one.figure.text}"
                ids = tuple(i for i in ids_of((one, other)) if i)
                yield Derived(worth, "proportion", formula, ids)


def share_of_places(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield the share of the villages that a fact names: 过半的村实现分红 of 8个村分红, 15个村."""
    of = _OF_PLACES.match(draft.after_text) if draft.figure.dimension == "ratio" else None
    kin = [m for m in index.mentions if of and m.figure.dimension == f"count:{of[1]}"]
    deed = draft.after_text[of.end() :] if of else ""
    for part, whole in product(kin, kin):
        named = any(
            deed[i : i + 2] in part.after_text + part.before_text for i in range(len(deed) - 1)
        )
        if named and 0 < value_of(part) < value_of(whole):
            yield _over(part, whole)


def share_of_town(draft: Mention, lines: Sequence[Line], index: FactIndex) -> Iterator[Derived]:
    """Yield the share in the whole town of what a fact counts: 覆盖农户占全镇17%.

    The whole is the largest figure of its kind, where a fact gives it beside its villages.
    """
    meant = _OF_TOWN.search(draft.before_text) if draft.figure.dimension == "ratio" else None
    for part in (m for line in lines for m in line.mentions) if meant else ():
        kin = [m for m in index.mentions if m.figure.dimension == part.figure.dimension]
        whole = max(kin, key=value_of)
        villages = any(m.figure.dimension in _VILLAGES for m in index.lines[whole.line].mentions)
        if villages and whole.line != part.line and value_of(part) < value_of(whole):
            yield _over(part, whole)


def rate_of_list(draft: Mention, told: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield a rate of what was just told in all that a fact lists: 办结率 of 办结3472件."""
    rate = rate_name(draft)
    done = next((m for m in reversed(told) if rate and rate in m.before_text), None)
    for line in index.lines if done else ():
        for run in lists(line):
            total = sum(map(value_of, run), Decimal(0))
            if done and of_kind(run[0], done) and len(run) > _PAIR and 0 < value_of(done) <= total:
                formula = f"{done.figure.text} / ({formula_of(run, '+')})"
                yield Derived(value_of(done) / total, "ratio", formula, (line.fact_id,))


def rate_of_told(draft: Mention, told: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield a rate in what was just told: 参训115人，取证率80% of 取得证书92人."""
    deed = rate_name(draft) if draft.figure.dimension == "ratio" else ""
    here = [m for m in told if deed and m.line == draft.line and m.figure.dimension != "ratio"]
    for part in index.mentions if here else ():
        named = all(char in part.before_text for char in deed)
        if named and of_kind(part, here[-1]) and 0 < value_of(part) < value_of(here[-1]):
            yield _over(part, here[-1])


def out_of_many(draft: Mention, lines: Sequence[Line]) -> Iterator[Derived]:
    """Yield a share told of so many: 每百人里有二十八位 of 老人5480人，总人口19600人."""
    many = _OUT_OF_MANY.search(draft.before_text + draft.clause_text.partition("\0")[0])
    for line in lines if many else ():
        for part, whole in product(line.mentions, repeat=2):
            if 0 < value_of(part) < value_of(whole) and comparable(part, whole):
                share = _over(part, whole)
                value = share.value * _MANY[many[1]]  # type: ignore[index]
                formula = f"{share.formula} × {_MANY[many[1]]}"  # type: ignore[index]
                yield Derived(value, draft.figure.dimension, formula, share.fact_ids)


def of_each_so_many(draft: Mention, each: Mention, index: FactIndex) -> Derived | None:
    """Return how many of each so many there are: 每四亩就有一亩 of 2.4万亩，有机认证0.6万亩.

    ``each`` is the figure behind 每; the two make a share that is told in round numbers.
    """
    share = draft.figure.low / value_of(each) if value_of(each) > 0 else None
    for line in index.lines if share and draft.figure.approximation != "near" else ():
        for part, whole in product(line.mentions, repeat=2):
            if 0 < value_of(part) < value_of(whole) and comparable(part, whole):
                found = _over(part, whole)
                if share and abs(found.value - share) <= _EACH_NEARLY * share:
                    return found
    return None


def is_each(mention: Mention) -> bool:
    """Tell whether a figure only says of how many a share is told: 每四亩就有一亩."""
    behind = mention.after_text + mention.clause_text.partition("\0")[2]
    return _OF_EACH.search(mention.before_text) is not None and _HAS.match(behind) is not None


def by_class(draft: Mention, lines: Sequence[Line], index: FactIndex) -> Iterator[Derived]:
    """Yield what classes with rates of their own come to: C级41户, 0.9万元; D级23户, 2.6万元."""
    for line in lines if _ALTOGETHER.search(draft.clause_text) else ():
        rates = [(m, _name(m)) for m in line.mentions if of_kind(m, draft) and _name(m)]
        counts = [_counted_in_class(name, line, index) for _, name in rates]
        pairs = [(n, m) for n, (m, _) in zip(counts, rates, strict=True) if n is not None]
        if len(pairs) > 1 and len(pairs) == len(rates):
            total = sum((value_of(n) * value_of(m) for n, m in pairs), Decimal(0))
            formula = " + ".join(formula_of(pair, "×") for pair in pairs)
            ids = ids_of([m for pair in pairs for m in pair])
            yield Derived(total, draft.figure.dimension, formula, ids)


def for_all(draft: Mention, lines: Sequence[Line], index: FactIndex) -> Iterator[Derived]:
    """Yield what all have of which a fact tells each one's: 管护员每村2名 and 3个村 are 6名."""
    for each in (m for line in lines for m in line.mentions if of_kind(m, draft)):
        noun = _FOR_EACH.search(each.before_text)
        for of in index.mentions if noun else ():
            named = noun and of.figure.text.endswith(noun[1])
            if noun and (named or _of_each(of, noun[1], index)) and of.line != each.line:
                pair, often = (of, each), _OFTEN.search(each.before_text)
                times = _A_YEAR[often[1]] if often else 1
                value, formula = value_of(of) * value_of(each) * times, formula_of(pair, "×")
                formula += f" × {times}" if times > 1 else ""
                yield Derived(value, draft.figure.dimension, formula, ids_of(pair))


def _of_each(fact: Mention, whose: str, index: FactIndex) -> bool:
    """Tell whether a fact's figure is one for each of what is meant: 农家书屋17个（每村1个）."""
    behind = index.lines[fact.line].text[fact.figure.end :]
    return behind.lstrip("（( ").startswith(f"每{whose}")


def _name(mention: Mention) -> str:
    """Return the class that a figure stands behind: C级, 一等, 高龄."""
    found = _CLASS.search(mention.before_text)
    return found[0].strip() if found else ""


def _counted_in_class(name: str, rates: Line, index: FactIndex) -> Mention | None:
    kin = (m for m in index.mentions if m.line != rates.index and _name(m) == name)
    return next((m for m in kin if m.figure.dimension.startswith("count:")), None)


def comparable(one: Mention, other: Mention) -> bool:
    """Tell whether a share may be taken of two figures: of one kind, or counted in one fact."""
    a, b = one.figure.dimension, other.figure.dimension
    if "ratio" in (a, b) or "count:岁" in (a, b) or a.startswith("time:") or b.startswith("time:"):
        return False
    counted = a.startswith("count:") and b.startswith("count:")
    units = {one.figure.unit, other.figure.unit}
    if units & PAPERS and units & HOLDERS:
        return True  # 优待证 801张 of 退役军人 826人
    return a == b or same_kind(a, b) or (counted and one.line == other.line)


def _over(part: Mention, whole: Mention) -> Derived:
    ids = tuple(i for i in ids_of((part, whole)) if i)
    return Derived(value_of(part) / value_of(whole), "ratio", formula_of((part, whole), "/"), ids)


def grown(draft: Mention, lines: Sequence[Line], index: FactIndex, said: str) -> Iterator[Derived]:
    """Yield how a list's sum differs from last year's figure of the same measure."""
    if not _CHANGE.search(said + draft.clause_text):
        return
    earlier = [m for m in index.mentions if m.period == -1]
    for line in lines if earlier else ():
        for listed in lists(line):
            near = (m for m in earlier if m.figure.dimension == listed[0].figure.dimension)
            for before in near:
                if before not in listed and not _turned_round(draft, listed, before):
                    yield from _change(listed, before)


def _turned_round(draft: Mention, listed: Sequence[Mention], before: Mention) -> bool:
    """Tell whether what a list comes to is told to have risen since last year where it fell."""
    total, said = sum(map(value_of, listed), Decimal(0)), draft.before_text
    fell, rose = FELL.search(said) is not None, ROSE.search(said) is not None
    return fell != rose and total != value_of(before) and fell != (total < value_of(before))


def _change(listed: Sequence[Mention], before: Mention) -> Iterator[Derived]:
    total, old = sum(map(value_of, listed), Decimal(0)), value_of(before)
    difference = abs(total - old)
    formula = f"({formula_of(listed, '+')}) - {before.figure.text}"
    ids = ids_of([*listed, before])
    yield Derived(difference, before.figure.dimension, formula, ids)
    if old > 0:
        yield Derived(difference / old, "ratio", f"({formula}) / {before.figure.text}", ids)
