"""The verdict on a drafted date: in a fact, within one, implied by one, or from nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from drafter.checking.context import Clause, Mention, clause_at
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import grams
from drafter.checking.verdicts import Verdict
from drafter.chinese.numerals import parse_number
from drafter.domain import DateMention
from drafter.resources import lexicon

_VAGUE = frozenset({"relative", "season"})
_EVENT = re.compile("开馆|通车|举行|举办|召开|启用|开工|竣工|揭牌|开幕|落成|开业|开园")
_NEXT_YEAR = re.compile("明年|来年")  # told as 2027年
_FUTURE = re.compile("下一步|明年|计划|打算|将|力争|规划|展望|拟")
_FORMULA = re.compile(r"(?:到|至)?20(?:27|30|35|49|50)年(?:基本实现|建成|前碳达峰|远景目标)")
_TO_COME = re.compile("，(?:我们|我[镇乡]|全[镇乡])?(?:将|要|继续|力争|计划)")
_ITS_CLAUSE = re.compile("[^，。；！？\n]*")
_BEGUN = re.compile("(?:从|自|由|到|至|截至|截止|持续)$")
_UNTIL = re.compile(
    "(?:先后|分别|陆续|相继|同时|同步|如期|按期|按时|准时|顺利|圆满|全面|基本|已经?)?(?:起|止|以来|(?:正式)?(?:开[打赛幕机班营镰跑]|揭幕|开始|启动|进入|结束|收官|收尾|收场|落幕|[完竣交]工|建成|闭幕|完成|打响|铺开|为止))"
)
_TOLD = re.compile("\\d|已|(?<![为除])了|共|累计|完成|如下|未发生|通报|取得|以来")
_HALF = re.compile("(?<![上下前后每个])半年(?!度)")
_SAME_MONTH = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月[^月，。；\s]{1,3}日[、和及]$")
_MONTH_DAYS = 31
_BY_SENTENCE = 0.3
_AS_MUCH = 0.8
_TO = re.compile("[至到—～~-]+")
_A_FEW_DAYS = 10  # a third of a month
_BY_THE_END = re.compile("[底末]前$")
_AS_TOLD = 0.8  # of the weight of what is told
_APART = {"last": -1, "this": 0, "next": 1}
_YEAR_BEFORE = re.compile(
    "(?P<last>[去上]年)$|(?P<this>[今本]年)$|(?P<next>[明来]年)$|(?P<year>20\\d\\d)年$"
)
_DATED_SO = re.compile("[自从于在至到]?\0[起止前后]?")
_ONE_THIRD = re.compile("(?<![上中下])[上中下]旬")
_THIRD = re.compile("(?:[上中下]{1,2}旬|[初底末])前?$")
_THIRDS = {
    "上": (1, 10),
    "初": (1, 10),
    "中": (11, 20),
    "下": (21, 31),
    "底": (21, 31),
    "末": (21, 31),
}
_SIDE = re.compile("”?(?:之|以)?(?:(?P<before>前夕?)|(?P<after>过?后))")
_SOME_YEAR = 2025  # no leap year
_WHOLE_YEAR = "全年"
_SAME_PIECE = re.compile("[^，。；、]*")


class Moments:
    """The dates of this job's facts."""

    def __init__(self, index: FactIndex) -> None:
        self._index = index
        self._year = index.year
        self._dated = any(d.year is not None for line in index.lines for d in line.dates)

    def judge(self, mention: DateMention, text: str, clauses: Sequence[Clause]) -> Verdict | None:
        """Return the verdict on a date, ``None`` where there is nothing to judge (今年, 汛期)."""
        if mention.kind in _VAGUE or (mention.kind == "festival" and not self._span(mention)):
            return None
        if mention.kind == "year" and self._year_is_free(mention, text):
            return None
        if mention.kind == "year" and (line := self._of_last_year(mention)):
            return Verdict("equal", (line.fact_id,))
        if mention.kind == "half" and (self._of_half(mention) or self._is_ahead(mention, text)):
            return None
        mention = self._of_a_fact(_with_month(mention, text))
        dated = self._anchored(mention, text)  # beside a fact's date that tells its year as well
        begins = mention.day == 1 and text.startswith("起", mention.end)
        clause = clause_at(clauses, mention.start)
        words = clause.grams if clause else grams(text)
        wide = clause.wide if clause else words
        if any(self._says(mention, period) for period in self._index.periods):
            return Verdict("exact")
        end = _BEGUN.search(text[: mention.start]) or _UNTIL.match(text, mention.end)
        right = [
            line
            for line in self._index.lines
            if any(
                (
                    self._says(dated if d.year else mention, d)
                    and not self._wrong_side(mention, text, d)
                )
                or (end and self._ends(mention, d))
                or (begins and d.day is None and d.month == mention.month)
                for d in (self._anchored(own, line.text) for own in _own(line, mention))
            )
            or (end and self._lasted(mention, line))
            or self._bounds(mention, line)
        ]
        told = clause is not None and self._index.says(clause.text)
        rest = (
            grams(_DATED_SO.sub(" ", clause.text.replace(mention.text, "\0"))) if clause else words
        )
        rival = None if told and right else self._rival(mention, rest, wide, right)
        if right and rival is None:
            line = max(right, key=lambda ln: self._index.weights.shared(wide, ln.grams))
            return Verdict("exact" if mention.text in line.text else "equal", (line.fact_id,))
        if mention.kind == "festival" and (near := self._beside(mention, text, wide)):
            return Verdict("equal", (near.fact_id,))
        if mention.kind == "festival" and rival is None:
            said = clause.text if clause else text
            return self._wrong(mention, None) if _EVENT.search(said) else None
        return self._wrong(mention, rival)

    def short_years(
        self, clauses: Sequence[Clause], mentions: Sequence[Mention], sources: Mapping[int, Mention]
    ) -> Iterator[tuple[int, Verdict]]:
        """Yield where 全年 stands before a figure that a fact gives for some months only."""
        for mention in mentions:
            fact, at = sources.get(mention.figure.start), mention.figure.start
            clause = clause_at(clauses, at) if fact else None
            said = clause.text.rfind(_WHOLE_YEAR, 0, at - clause.start) if clause else -1
            if fact and clause and said >= 0:
                part = self._part_of_year(self._index.lines[fact.line], fact.figure.start)
                if part and part.text not in clause.sentence:
                    yield clause.start + said, _short(part, fact)

    def _part_of_year(self, line: Line, at: int) -> DateMention | None:
        """Return the months, short of a year, that a fact's figure at an offset is about."""
        held = [
            d for d in line.dates if d.end <= at and _SAME_PIECE.fullmatch(line.text, d.end, at)
        ]
        span = self._span(held[-1]) if held and held[-1].end_month else None
        begins = span is not None and span[0] <= 2 * _MONTH_DAYS and span[1] < 12 * _MONTH_DAYS
        return held[-1] if begins else None

    def _year_is_free(self, mention: DateMention, text: str) -> bool:
        if mention.year in (None, self._year) or (self._year is None and not self._dated):
            return True
        around = text[max(0, mention.start - 30) : mention.end + 12]
        if _FORMULA.search(text[mention.start : mention.end + 8]):
            return True
        ahead = _FUTURE.search(around) or _NEXT_YEAR.search(self._index.text)
        return self._year is not None and mention.year == self._year + 1 and bool(ahead)

    def _anchored(self, mention: DateMention, text: str) -> DateMention:
        """Give a date the year that is told before it in a word: 明年6月, 今年10月."""
        said = _YEAR_BEFORE.search(text[max(0, mention.start - 5) : mention.start])
        if said is None or mention.year is not None or self._year is None:
            return mention
        if said["year"]:
            return replace(mention, year=int(said["year"]))
        return replace(mention, year=self._year + _APART[said.lastgroup or "this"])

    def _wrong_side(self, mention: DateMention, text: str, fact: DateMention) -> bool:
        """Tell whether a fact's day is on the other side of a festival: 9月29日 is 国庆前."""
        side = _SIDE.match(text, mention.end) if mention.kind == "festival" else None
        ours, theirs = self._span(mention), self._span(fact)
        if side is None or ours is None or theirs is None or fact.kind == "festival":
            return False
        return theirs[1] < ours[0] if side["after"] else theirs[0] > ours[1]

    def _beside(self, mention: DateMention, text: str, wide: frozenset[str]) -> Line | None:
        """Return a fact with a date right before or behind a festival, as the draft has it.

        国庆前悉数动工 of 9月底前动工, 国庆过后见底 of 9.10—10.20.
        """
        side, day = _SIDE.match(text, mention.end), self._span(mention)
        for line in self._index.lines if side and day else ():
            if not day or not line.grams & wide:
                continue
            for begin, end in filter(None, map(self._span, line.dates)):
                apart = begin - day[0] if side and side["after"] else day[1] - end
                if side and side["before"] and apart < 0:
                    apart += 12 * _MONTH_DAYS  # 元旦前 of 12月25日
                spread = end - day[0] if side and side["after"] else apart
                if 0 <= max(apart, spread) <= _MONTH_DAYS:
                    return line
        return None

    def _of_a_fact(self, mention: DateMention) -> DateMention:
        """Give a bare day the month that the facts have it in: 14日上午 of 8月14日10时."""
        bare = mention.kind == "day" and mention.month is None and mention.day is not None
        days = (d for line in self._index.lines if bare for d in line.dates)
        months = {d.month for d in days if d.day == mention.day and d.month}
        return replace(mention, month=months.pop()) if len(months) == 1 else mention

    def _of_last_year(self, mention: DateMention) -> Line | None:
        """Return a fact that gives last year's figure where the year before the report's is told.

        是2025年的两倍 of 迁坟417座，上年同期203座.
        """
        told = self._year is not None and mention.year == self._year - 1
        lines = (line for line in self._index.lines if told)
        return next((ln for ln in lines if any(m.period == -1 for m in ln.mentions)), None)

    def _is_ahead(self, mention: DateMention, text: str) -> bool:
        """Tell whether the second half year is named for what is still to be done: without figures.

        Not where a fact tells the same with its date: 下半年召开动员会 of 3月5日 召开动员会.
        """
        if mention.month != 1 and _TO_COME.match(text, mention.end):
            return True  # 下半年，我们将以更足的干劲
        clause = _ITS_CLAUSE.match(text, mention.end)[0]  # type: ignore[index]
        said, weights = grams(clause), self._index.weights
        dated = (line for line in self._index.lines if any(d.month for d in line.dates))
        told = (weights.shared(said, line.grams) >= _AS_TOLD * weights.mass(said) for line in dated)
        ahead = mention.month != 1 and len(clause) > 1 and not _TOLD.search(clause)
        return ahead and not any(told)

    def _of_half(self, mention: DateMention) -> bool:
        """Tell whether 上半年 is what the facts call 半年 (半年总结)."""
        return mention.month == 1 and _HALF.search(self._index.text) is not None

    # ------------------------------------------------------------------ comparing

    def _span(self, date: DateMention) -> tuple[int, int] | None:
        """Return first and last day of a date within a year as month·31+day, if it has a month."""
        month = date.month
        day, last_day = date.day, date.end_day
        if date.kind == "festival":
            month, day = _festival(date.text, self._year) or (date.month, date.day)
        if month is None:
            return None
        third = _THIRD.search(date.text) if day is None and not date.end_month else None
        if third:  # 10月上旬, 8月初
            opening, closing = (
                _THIRDS[part] for part in (third[0][0], third[0].rstrip("旬前")[-1])
            )
            return month * _MONTH_DAYS + opening[0], month * _MONTH_DAYS + closing[1]
        end_month = date.end_month or month
        first = month * _MONTH_DAYS + (day or 1)
        if last_day is None:
            last_day = day if day and not date.end_month else _MONTH_DAYS
        return first, end_month * _MONTH_DAYS + last_day

    def _says(self, draft: DateMention, fact: DateMention) -> bool:
        """Tell whether a fact's date bears the drafted one: the same, or within it (vaguer)."""
        years = (draft.year or self._year, fact.year or self._year)
        if draft.kind == "year":
            return draft.year == fact.year
        if draft.year is not None and years[0] != years[1]:
            return False
        if draft.kind == "range" and draft.month is None:
            return (draft.year, draft.end_year) == (fact.year, fact.end_year)
        ours, theirs = self._span(draft), self._span(fact)
        if ours is None or theirs is None:
            of_month = draft.day if ours is theirs is None else None
            return draft.text == fact.text or (of_month is not None and of_month == fact.day)
        if fact.kind == "festival" or draft.kind == "festival":
            return ours[0] - 3 <= theirs[0] <= ours[1] + 8
        if draft.day is not None:
            return ours == theirs
        if fact.day is None and fact.end_month is None and _BY_THE_END.search(draft.text):
            return draft.month == fact.month  # 6月底前完工 of 6月完工
        if draft.end_month and fact.end_month and ours[0] == theirs[0]:
            if fact.end_day and draft.day is None:
                return fact.end_month == draft.end_month  # 6月至9月 of 6月1日—9月30日
            return ours[1] == theirs[1]  # what 1至6月 brought is not that of 前三季度
        if fact.end_day and theirs[1] - theirs[0] < _A_FEW_DAYS and _ONE_THIRD.search(draft.text):
            return ours[0] <= (theirs[0] + theirs[1]) / 2 <= ours[1]  # 下旬 of 6月20日—22日
        return ours[0] <= theirs[0] and theirs[1] <= ours[1]

    def _ends(self, draft: DateMention, fact: DateMention) -> bool:
        """Tell whether a drafted date is the first or the last one of a fact's range."""
        ranged = fact.end_month is not None or fact.end_day is not None
        if not ranged or draft.end_month or draft.end_day or fact.month is None:
            return False
        first, _, second = _TO.sub("\n", fact.text, count=1).partition("\n")
        begin = replace(fact, text=first, kind="day", end_year=None, end_month=None, end_day=None)
        begin = begin if _THIRD.search(first) else replace(begin, day=begin.day or 1)
        month, day = fact.end_month or fact.month, fact.end_day
        until = None if _THIRD.search(second) else day or _MONTH_DAYS
        last = replace(begin, text=second, month=month, day=until)
        return self._says(draft, begin) or self._says(draft, last)

    def _lasted(self, draft: DateMention, line: Line) -> bool:
        """Tell whether a fact's first day and its duration make a drafted day the last one."""
        days = [m.figure.low for m in line.mentions if m.figure.dimension == "time:天"]
        begun = [d for d in line.dates if d.kind == "day" and d.month and d.day]
        if draft.month is None or draft.day is None or not days or not begun:
            return False
        year = self._year or _SOME_YEAR
        try:
            last = date(year, draft.month, draft.day)
            first = date(year, begun[0].month or 1, begun[0].day or 1)
        except ValueError:
            return False
        return (last - first).days in {int(n) + shift for n in days for shift in (-1, 0)}

    def _bounds(self, draft: DateMention, line: Line) -> bool:
        """Tell whether a fact gives both ends of a drafted range: 9/25启动，11/30结束."""
        if draft.month is None or draft.day is None or draft.end_day is None:
            return False
        last = replace(draft, month=draft.end_month or draft.month, day=draft.end_day)
        begun = any((d.month, d.day) == (draft.month, draft.day) for d in line.dates)
        if begun and self._lasted(last, line):
            return True  # 4月18日至22日 of 4月18日开幕，为期5天
        if draft.end_month is None:
            return False
        days = {(d.month, d.day) for d in line.dates}
        return {(draft.month, draft.day), (draft.end_month, draft.end_day)} <= days

    def _within(self, draft: DateMention, fact: DateMention) -> bool:
        """Tell whether a drafted date lies in a fact's range: it does not contradict that."""
        ours, theirs = self._span(draft), self._span(fact)
        return bool(ours and theirs and theirs[0] <= ours[0] and ours[1] <= theirs[1])

    # ------------------------------------------------------------------ wrong ones

    def _rival(
        self,
        mention: DateMention,
        words: frozenset[str],
        wide: frozenset[str],
        right: Sequence[Line],
    ) -> Line | None:
        """Return a fact with another date that the clause rests on far more than the right ones."""
        shared = self._index.weights.shared
        share = 0.0 if right else _BY_SENTENCE  # a sentence alone speaks against no fact's own date
        ours = max((shared(words, ln.grams) for ln in right), default=0.0)
        best, rival = 0.0, None
        for line in self._index.lines:
            if line in right or not any(self._alike(mention, d) for d in line.dates):
                continue
            if right and any(self._within(mention, d) for d in line.dates):
                continue
            score = shared(words, line.grams) + share * shared(wide, line.grams)
            if score > best:
                best, rival = score, line
        alike = max((shared(wide, ln.grams) for ln in right), default=0.0)
        if rival and alike >= _AS_MUCH * shared(wide, rival.grams):
            return None  # 3月开业，10月歇业 of 超市 3月开业 and 超市 10月关门
        floor = 0.2 * self._index.weights.mass(words)
        return rival if best > 1.5 * ours + floor else None

    def _alike(self, one: DateMention, other: DateMention) -> bool:
        if one.kind == "year":
            return other.kind == "year"
        return self._span(one) is not None and self._span(other) is not None

    def _wrong(self, mention: DateMention, rival: Line | None) -> Verdict:
        text = mention.text
        if rival is not None:
            theirs = next(d.text for d in rival.dates if self._alike(mention, d))
            message = f"“{text}”与事实{rival.fact_id}“{rival.text}”的时间不一致。"
            return Verdict("unsupported", (rival.fact_id,), "", "altered_number", message, theirs)
        message = f"事实清单中没有“{text}”这个时间，请核实，或改为【待补：时间】。"
        return Verdict("unsupported", (), "", "invented_number", message)


def _own(line: Line, draft: DateMention) -> Iterator[DateMention]:
    """Yield the dates of a fact that may bear one: no festival where both give the day.

    6月26日 is not the day of 6月28日“七一”表彰会, near as it is to the festival.
    """
    dated = draft.kind == "day" and any(d.kind == "day" and d.day for d in line.dates)
    return (d for d in line.dates if not (dated and d.kind == "festival"))


def _with_month(mention: DateMention, text: str) -> DateMention:
    """Give a day the month of the day listed before it: 5月8日、20日."""
    listed = _SAME_MONTH.search(text, 0, mention.start) if mention.month is None else None
    month = parse_number(listed[1]) if listed else None
    return replace(mention, month=int(month)) if month and mention.day else mention


def _short(part: DateMention, fact: Mention) -> Verdict:
    message = f"“{_WHOLE_YEAR}”与事实{fact.fact_id}不一致：那里是“{part.text}”的数字。"
    ids = (fact.fact_id,)
    return Verdict("unsupported", ids, "", "altered_number", message, part.text)


def _festival(name: str, year: int | None) -> tuple[int | None, int | None] | None:
    """Return month and day of a festival of the lunar calendar, if the year is known."""
    for row in lexicon("checking", "lunar_festivals.tsv"):
        festival, when, month, day = row.split("\t")
        if name.startswith(festival) and year is not None and int(when) == year:
            return int(month), int(day)
    return None
