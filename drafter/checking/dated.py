"""Values that follow from a fact's dates and times: durations, shares of a day, last year's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, product

from drafter.checking.compared import turned
from drafter.checking.context import Mention
from drafter.checking.derived import (
    A_DAY,
    FELL,
    TURNS,
    Derived,
    formula_of,
    ids_of,
    of_kind,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.matching import same_kind
from drafter.domain import DateMention

_PEOPLE = frozenset({"count:人", "count:名", "count:户", "count:人次", "count:岁"})
_CLOCK = re.compile("(?<![\\d:：])(\\d{1,2})[:：](\\d{2})(?![\\d:：])")
_LAST_YEAR = re.compile("[上去]年|同期")
_FROM = re.compile("[由从]\\s?$")
_GROWN = re.compile("提高|提升|增|升|多|上涨|[比较][上去]年高")
_MINUS = ("-", "－", "−")
_PLUS = ("+", "＋")
_PUT_OFF = re.compile("推迟|提前|延[后期迟]|滞后|早|晚")
_MEANT = re.compile("原定|原计划|计划|应于")
_MOVED = re.compile("(?:增加|减少|增产|增收|净增|减产|增|减|多|少|升|降)了?$")
_SINCE = re.compile(
    "(?:[比较][上去]年(?:同期)?|同比)[\u4e00-\u9fff]{0,3}?[多少增减升降][\u4e00-\u9fff]{0,2} ?$"
)
_EVERY = re.compile("每个?(月|季|周|旬|半月)(?:度|末)?[^，。；\\d]{0,3}$")
_A_YEAR = {
    "月": Decimal(12),
    "季": Decimal(4),
    "周": Decimal(52),
    "旬": Decimal(36),
    "半月": Decimal(24),
}
_A_DAY = re.compile("日均|每[天日]|天均")
_HOW_OFTEN = re.compile("平均(?:每隔?)?$|每隔?$")
_NO_SPAN = Decimal(0)
_SPANS = (
    (re.compile("半年"), Decimal("0.5")),
    (re.compile("季度"), Decimal("0.25")),
    (re.compile("年"), Decimal(1)),
    (re.compile("每周|一周"), Decimal(7) / 365),
)
_MONTHLY = re.compile("每月|月[均补薪]|按月")
_NEAR = 4
_MONTHS = {"half": 6, "quarter": 3}
_EACH_MONTH = re.compile("每个?月|月均")
_DAYS_OF = 365
_AGE_OF = re.compile("[树林桥窖]龄")
_FOUNDED = re.compile("[始兴初创修]建|建[于成]|创办|成立|建造")
_WHOLE_YEAR = re.compile("[全一]年")
_MONTH = 31
_DAYS_OF_MONTH = 30
_AND = ("、", "和", "及", "，")
_IN_A_YEAR = re.compile("年(?:均|产|供|处理|转运|用|销|收|接|出|发)|全年|一年")
_NEXT_YEAR = re.compile("次年|翌年|第二年")
_YEAR = 12
_HALF = Decimal("0.5")
_HALF_MONTH = (14, 15, 16)
_NEARLY_MONTH = 24  # days from which on a stretch may be called a month
_SHORT = 10  # 10月16日—18日 are three days
_BEGUN_AND_ENDED = re.compile("(?:启动|开始|开工|铺开|起).*(?:结束|收官|完工|竣工|止)")
_DAYS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def daily(line: Line, said: str) -> Iterator[Derived]:
    """Yield a fact's figures spread over the days of its range (5月1日至5日: 日均)."""
    days = [x.value for x in durations(line, "time:天")][:1] if _A_DAY.search(said) else []
    for mention in line.mentions if days else ():
        value = value_of(mention) / days[0]
        formula = f"{mention.figure.text} / {days[0]}天"
        yield Derived(value, mention.figure.dimension, formula, ids_of((mention,)))


def durations(line: Line, dimension: str, *, whole: bool = True) -> Iterator[Derived]:
    """Yield the days or months of a fact's ranges; of a ``whole`` fact, between its dates too."""
    if not dimension.startswith("time:"):
        return
    yield from _hours(line)
    yield from _months_of_days(line, dimension)
    years = sorted({d.year for d in line.dates if d.year}) if dimension == "time:月" else []
    if len(years) > 1:
        apart, formula = 12 * (years[-1] - years[0]), f"{years[0]}年至{years[-1]}年"
        yield Derived(Decimal(apart), dimension, formula, (line.fact_id,))
    told = [d for d in line.dates if d.month]
    by_year = all(d.year for d in told)
    in_order = _NEXT_YEAR.search(line.text) is not None  # 10月15日开工，次年1月14日完工
    dates = sorted(told, key=lambda d: 0 if in_order else _when(d, by_year))
    spans = [
        (d.month, d.day, d.end_month or d.month, d.end_day) for d in dates if d.kind == "range"
    ]
    if dimension == "time:月":
        for months in sorted({_MONTHS[d.kind] for d in line.dates if d.kind in _MONTHS}):
            yield Derived(Decimal(months), dimension, f"{months}个月", (line.fact_id,))
    pairs = combinations(dates, 2) if whole or _BEGUN_AND_ENDED.search(line.text) else ()
    spans += [(a.month, a.day, b.month, b.day) for a, b in pairs if a.month and b.month]
    for m1, d1, m2, d2 in spans:
        if m1 is None or m2 is None:
            continue
        last = m2 + 12 if m2 < m1 else m2  # from November to March
        if dimension == "time:月":
            for length in _months_of(m1, d1, last, d2):
                yield Derived(length, dimension, f"{m1}月至{m2}月", (line.fact_id,))
        elif d1 and d2:
            days = sum(_DAYS[(m - 1) % 12 + 1] for m in range(m1, last)) + d2 - d1
            short = days < _SHORT and any(d.kind == "range" for d in dates)
            for total in (days + 1,) if short else (days + 1, days):
                yield Derived(
                    Decimal(total), dimension, f"{m1}月{d1}日至{m2}月{d2}日", (line.fact_id,)
                )


def _months_of(first: int, day: int | None, last: int, end: int | None) -> Iterator[Decimal]:
    """Yield what a stretch may be told as in months: 5月10日至5月24日 as 半个月, not as one."""
    if day and end:
        yield last - first + Decimal(end - day + 1) / _MONTH
        if first == last and end - day + 1 in _HALF_MONTH:
            yield _HALF
        if first == last and end - day < _NEARLY_MONTH:
            return
    yield Decimal(last - first + 1)
    yield Decimal(last - first)


def _when(day: DateMention, by_year: bool) -> int:
    return (day.year or 0 if by_year else 0) * 400 + (day.month or 0) * _MONTH + (day.day or 0)


def _months_of_days(line: Line, dimension: str) -> Iterator[Derived]:
    """Yield a fact's days as months: 45天 are 一个半月."""
    days = (m for m in line.mentions if m.figure.dimension == "time:天")
    for mention in days if dimension == "time:月" else ():
        value, formula = value_of(mention) / _DAYS_OF_MONTH, f"{mention.figure.text} / 30"
        yield Derived(value, dimension, formula, (line.fact_id,))


def per_time(draft: Mention, sound: Sequence[Mention], lines: Sequence[Line]) -> Iterator[Derived]:
    """Yield what comes to each day or month of a year, or of the months the facts are about."""
    times = {_DAYS_OF} if _A_DAY.search(draft.before_text) else set[int]()
    if _EACH_MONTH.search(draft.before_text):
        times |= months_told([d for line in lines for d in line.dates])
    often = draft.figure.dimension == "time:天" and _HOW_OFTEN.search(draft.before_text)
    for told in sound[-_NEAR:] if often else ():
        if told.figure.dimension.endswith("次") and value_of(told) > 0:
            formula = f"{_DAYS_OF} / {told.figure.text}"  # 出警31次，平均不到12天就有一次
            yield Derived(_DAYS_OF / value_of(told), draft.figure.dimension, formula, ())
    for count, whole in product(sorted(times), sound[-_NEAR:]):
        if of_kind(whole, draft):
            formula = f"{whole.figure.text} / {count}"
            yield Derived(value_of(whole) / count, draft.figure.dimension, formula, ())


def months_told(dates: Sequence[DateMention]) -> set[int]:
    """Return the months that the facts are about: of a half year no twelve."""
    kinds = {d.kind for d in dates}
    ranges = (d for d in dates if d.kind == "range" and d.month and d.end_month and not d.day)
    told = {d.end_month - d.month + 1 for d in ranges if d.month and d.end_month}
    told |= {_MONTHS[kind] for kind in kinds if kind in _MONTHS}
    return told if "half" in kinds else told | {_YEAR}


def regular(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield what comes so often in a time: 每月1次 in half a year 6次, 日供水800吨 in a year."""
    span = next((share for words, share in _SPANS if words.search(draft.before_text)), _NO_SPAN)
    months = _range_of_months(line) if span else 0
    for mention in line.mentions if span else ():
        monthly = _EVERY.search(mention.before_text) if months else None
        if monthly and monthly[1] == "月" and draft.figure.unit[-1:] in TURNS:
            formula = f"{mention.figure.text} × {months}"  # 3—11月每月1次 are 9次
            yield Derived(
                value_of(mention) * months, draft.figure.dimension, formula, ids_of((mention,))
            )
            continue
        times, each = _often(draft, mention), value_of(mention)
        if times:
            formula = f"{mention.figure.text} × {(times * span).normalize():f}"
            yield Derived(each * times * span, draft.figure.dimension, formula, (line.fact_id,))
    said = _EVERY.search(draft.before_text) if draft.figure.unit[-1:] in TURNS else None
    for mention in line.mentions if said else ():  # 每季度一次 of 4次
        if said and of_kind(mention, draft) and not _EVERY.search(mention.before_text):
            times = _A_YEAR[said[1]]
            formula = f"{mention.figure.text} / {times}"
            yield Derived(
                value_of(mention) / times, draft.figure.dimension, formula, (line.fact_id,)
            )


def year_after(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield this year's figure, and the rate, from last year's and the change since.

    比去年多620头，去年3560头 makes 4180头, 17.4% more.
    """
    for one, other in product(line.mentions, repeat=2):
        if one.figure.dimension == "ratio" and other.period == -1:
            yield from _by_rate(draft, one, other)
        change = _SINCE.search(one.before_text)
        before = other.period == -1 and not _SINCE.search(other.before_text)
        if not change or not before or not same_kind(one.figure.dimension, other.figure.dimension):
            continue
        fell = FELL.search(one.before_text) is not None
        value = value_of(other) + value_of(one) * (-1 if fell else 1)
        formula, ids = formula_of((other, one), "-" if fell else "+"), (line.fact_id,)
        yield Derived(value, other.figure.dimension, formula, ids)
        if value_of(other) > 0 and draft.figure.dimension == "ratio":
            share = value_of(one) / value_of(other)
            yield Derived(share, "ratio", formula_of((one, other), "/"), ids)


def _by_rate(draft: Mention, rate: Mention, before: Mention) -> Iterator[Derived]:
    """Yield this year's figure by its rate of change: 上年40起，下降30% makes 28起."""
    fell = FELL.search(rate.before_text) is not None
    moved = fell or _GROWN.search(rate.before_text) is not None
    if moved and of_kind(before, draft) and not _LAST_YEAR.search(draft.before_text):
        sign = "-" if fell else "+"
        value = value_of(before) * (1 - value_of(rate) if fell else 1 + value_of(rate))
        formula = f"{before.figure.text} × (1 {sign} {rate.figure.text})"
        yield Derived(value, before.figure.dimension, formula, ids_of((before, rate)))


def calendar_years(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield how many years a fact's dates reach over: 两个年度 of 2025.10.1—2026.5.31."""
    years = {year for d in line.dates for year in (d.year, d.end_year) if year}
    if years and draft.figure.unit.endswith("年度"):
        count, formula = max(years) - min(years) + 1, f"{min(years)}年至{max(years)}年"
        yield Derived(Decimal(_YEAR * count), "time:月", formula, (line.fact_id,))


def share_of_year(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield the share of the year that a fact's days have: 优良天数341天 are 全年九成三."""
    told = draft.figure.dimension == "ratio" and _WHOLE_YEAR.search(draft.before_text)
    for mention in line.mentions if told else ():
        days = mention.figure.low
        if mention.figure.unit == "天" and not mention.period and days < _DAYS_OF:
            formula = f"{mention.figure.text} / {_DAYS_OF}天"
            yield Derived(days / _DAYS_OF, "ratio", formula, (line.fact_id,))


def ages(draft: Mention, line: Line, year: int | None) -> Iterator[Derived]:
    """Yield how old a thing is: a tree of 树龄1100年, what was built in 1777."""
    if draft.figure.dimension != "count:岁":
        return
    for mention in line.mentions:
        if _AGE_OF.search(mention.before_text) and mention.figure.dimension == "time:月":
            years = value_of(mention) / _YEAR
            yield Derived(years, draft.figure.dimension, mention.figure.text, (line.fact_id,))
    since = [d.year for d in line.dates if d.year] if _FOUNDED.search(line.text) else []
    for begun in since if year else ():
        old, formula = Decimal((year or begun) - begun), f"{year} - {begun}"
        yield Derived(old, draft.figure.dimension, formula, (line.fact_id,))


def _range_of_months(line: Line) -> int:
    """Return how many months a fact's one range of months has, 0 if it has none."""
    ranges = [d for d in line.dates if d.kind == "range" and d.month and d.end_month and not d.day]
    begin, end = (ranges[0].month, ranges[0].end_month) if len(ranges) == 1 else (None, None)
    return end - begin + 1 if begin and end and end >= begin else 0


def _often(draft: Mention, fact: Mention) -> Decimal:
    """Return how often in a year a fact's figure comes again as the draft's, 0 if it does not."""
    every = _EVERY.search(fact.before_text)
    anew = draft.figure.dimension == f"{fact.figure.dimension}次"
    if every and draft.figure.unit[-1:] in TURNS and (anew or of_kind(fact, draft)):
        return _A_YEAR[every[1]]
    by_day = A_DAY.search(fact.before_text) or fact.each in ("天", "日")
    by_day = by_day and not A_DAY.search(draft.before_text)
    return Decimal(_DAYS_OF) if by_day and of_kind(fact, draft) else _NO_SPAN


def _hours(line: Line) -> Iterator[Derived]:
    """Yield the time, in days, between two times of the clock: 9:00 to 11:30."""
    clock = [m for m in _CLOCK.finditer(line.text) if int(m[1]) < 24 and int(m[2]) < 60]
    for begin, end in pairwise(clock):
        minutes = 60 * (int(end[1]) - int(begin[1])) + int(end[2]) - int(begin[2])
        formula = f"{begin[0]}至{end[0]}"
        yield Derived(Decimal(minutes) / 1440, "time:天", formula, (line.fact_id,))


def times_dated(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield how often a fact tells a day for what it names: 两次 of 6月1日、9月10日."""
    days = [d for d in line.dates if d.month and d.day and not d.end_day and not d.end_month]
    joined = all(line.text[a.end : b.start] in _AND for a, b in pairwise(days))
    if draft.figure.dimension == "count:次" and len(days) > 1 and joined:
        formula = "、".join(d.text for d in days)
        yield Derived(Decimal(len(days)), "count:次", formula, (line.fact_id,))


def yearly(group: Sequence[Mention], said: str) -> Iterator[Derived]:
    """Yield what a month's or a day's rate comes to in a year: 14名，月补1500元; 日转运26吨."""
    a_day = [m for m in group if A_DAY.search(m.before_text)]
    for rate in a_day if _IN_A_YEAR.search(said) else ():
        formula = f"{rate.figure.text} × {_DAYS_OF}"
        yield Derived(value_of(rate) * _DAYS_OF, rate.figure.dimension, formula, ids_of((rate,)))
    monthly = [m for m in group if _MONTHLY.search(m.before_text)] if "年" in said else []
    for rate, count in product(monthly, group):
        if rate is not count and count.figure.dimension in _PEOPLE:
            formula = f"{count.figure.text} × {rate.figure.text} × 12"
            value = value_of(count) * value_of(rate) * 12
            yield Derived(value, rate.figure.dimension, formula, ids_of((count, rate)))


def _before_growth(draft: Mention, now: Mention, rate: Mention) -> Iterator[Derived]:
    """Yield last year's figure, and by how much it changed: 6480万元，增长20% were 5400万元."""
    rated = rate.figure.dimension == "ratio" and of_kind(now, draft)
    fell = FELL.search(rate.before_text) is not None or rate.before_text.endswith(_MINUS)
    if (
        not rated
        or not (fell or _GROWN.search(rate.before_text) or rate.before_text.endswith(_PLUS))
        or value_of(rate) >= 1
    ):
        return
    base = 1 - value_of(rate) if fell else 1 + value_of(rate)
    formula = f"{now.figure.text} / (1 {'-' if fell else '+'} {rate.figure.text})"
    before, ids = value_of(now) / base, ids_of((now, rate))
    if _MOVED.search(draft.before_text):
        apart = abs(value_of(now) - before)
        yield Derived(apart, now.figure.dimension, f"{now.figure.text} - {formula}", ids)
    elif _LAST_YEAR.search(draft.before_text) or _FROM.search(draft.before_text):
        yield Derived(before, now.figure.dimension, formula, ids)


def year_before(draft: Mention, line: Line) -> Iterator[Derived]:
    """Yield last year's figure, or the rate of growth, from this year's and the change.

    94.5%，比去年提高2.1个百分点 gives 92.4% for last year; 53万，比上年多8万 a growth of 18%.
    """
    for now, change in pairwise(line.mentions):
        points = change.figure.dimension == "points"
        grown = _GROWN.search(change.before_text) or FELL.search(change.before_text)
        if grown and not points and same_kind(now.figure.dimension, change.figure.dimension):
            yield from turned(change, now)
        yield from _before_growth(draft, now, change)
        if not _LAST_YEAR.search(draft.before_text) and not _FROM.search(draft.before_text):
            continue
        if grown and (points or now.figure.dimension == change.figure.dimension):
            size = value_of(change) / 100 if points else value_of(change)
            sign = 1 if FELL.search(change.before_text) else -1
            formula = formula_of((now, change), "+" if sign > 0 else "-")
            yield Derived(
                value_of(now) + sign * size, now.figure.dimension, formula, (line.fact_id,)
            )


def put_off(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield by how many months a thing came later than meant: 原定9月通车, 实际11月通车."""
    if draft.figure.dimension != "time:月" or not _PUT_OFF.search(draft.clause_text):
        return
    for meant in (ln for ln in index.lines if _MEANT.search(ln.text)):
        first = next((d for d in meant.dates if d.month), None)
        kin = (ln for ln in index.lines if ln is meant or ln.grams & meant.grams)
        for line, day in ((ln, d) for ln in kin for d in ln.dates if d.month):
            if first and first.month and day.month and day is not first:
                months = abs(day.month - first.month)
                formula = f"{first.month}月至{day.month}月"
                yield Derived(Decimal(months), "time:月", formula, (meant.fact_id, line.fact_id))
