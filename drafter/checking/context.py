"""A figure where it stands: what is said before and after it, in its clause and sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.checking.grams import grams
from drafter.checking.tenths import figures_of
from drafter.chinese.dates import find_dates
from drafter.domain import DateMention, Figure

_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;\n]?")
_CLAUSE_CUT = re.compile(r"[，,。！？；;\n→/]")
_PIECE_CUT = re.compile(r"[，,。！？；;、：:\n→/（）()]")
_COMPARED = re.compile(r"[比较与同]$")
_RESULT = re.compile(r"(?:到|至|为|达)(?:今年的?|本年的?|[全本][市县区镇乡])?$")
_TERM = re.compile("[两二三四五六七八九十][项类种大级方]$")  # 两项补贴: a part of a name
_LABEL = re.compile("([^，。；：:\\d]{2,12})[：:]")
_BRACKETED = re.compile("([\u4e00-\u9fff]{2,8})[（(]$")
_OF_CLASS = re.compile("的?[\u4e00-\u9fff \\d]")
_EITHER = re.compile("(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff])")
_OR_COMMUNITY = re.compile("(?<=村)[（(]社区[）)]")  # 每村（社区）建成 is one stretch
_EACH = re.compile("[/／](公斤|千克|公里|公顷|平方米|立方米|[\u4e00-\u9fff])")
_BECAME = re.compile(
    r"\s?(?:→|-+>|[下压提]?[降减缩升增扩涨][到至为])\s?\d"
)  # 4860吨→4374吨: what was before
_ITEM_ENDS = "；;。"
_NOUN = 2  # what stands between two figures of a fact is mostly said of the second
_RELATIVE = {"去": -1, "上": -1, "同": -1, "前": -2, "今": 0, "本": 0, "当": 0, "明": 1, "来": 1}


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure and its surroundings as grams.

    ``before``/``after`` reach to the next figure or mark, ``clause`` to the next comma, ``wide`` is
    the sentence (of a fact: the line); ``topic`` is what a fact says before its earlier figures.
    ``period`` counts years from the report's (去年 -1), ``None``
    where nothing is said; ``line`` is the fact's index or the sentence's, ``place`` the figure's
    among all of the facts or of the draft; ``opens`` tells that a ； stands between it and the
    figure before it; ``each`` is what a price is for where a stroke names it (元/人);
    ``lead`` is the clause before the figure's in a draft's sentence.
    """

    figure: Figure
    line: int
    before: frozenset[str]
    after: frozenset[str]
    clause: frozenset[str]
    before_text: str
    after_text: str
    clause_text: str
    wide: frozenset[str]
    period: int | None
    fact_id: str = ""
    topic: frozenset[str] = frozenset()
    place: int = 0
    opens: bool = False
    each: str = ""
    lead: str = ""

    @property
    def local(self) -> frozenset[str]:
        """Return the grams right before and after the figure."""
        return self.before | self.after


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences' start and end; ； ends one, quotes are not looked at."""
    return [match.span() for match in _SENTENCE.finditer(text)]


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two commas of a draft: offsets, its grams, and those of its sentence.

    ``begin`` is the offset of the sentence.
    """

    start: int
    end: int
    text: str
    sentence: str
    grams: frozenset[str]
    wide: frozenset[str]
    begin: int

    def told_before(self, places: Iterable[int]) -> list[int]:
        """Return those of some offsets that lie in the sentence before the clause."""
        return [at for at in places if self.begin <= at < self.start]


def find_clauses(text: str) -> list[Clause]:
    """Return the clauses of a draft in reading order (cut at ， 。 ； ！ ？ and new lines)."""
    found: list[Clause] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        wide = grams(sentence)
        at = start
        for piece in _CLAUSE_CUT.split(sentence):
            if piece.strip():
                stop = at + len(piece)
                found.append(Clause(at, stop, piece, sentence, grams(piece), wide, start))
            at += len(piece) + 1
    return found


def clause_at(clauses: Sequence[Clause], at: int) -> Clause | None:
    """Return the clause that an offset lies in, ``None`` where it lies in none."""
    before = bisect_right(clauses, at, key=lambda clause: clause.start) - 1
    return clauses[before] if before >= 0 and at < clauses[before].end else None


def _counts(figure: Figure, text: str) -> bool:
    """Tell whether a figure is more than a part of a name (两项补贴) or of a class (35岁以下的)."""
    named = figure.text.endswith(("以上", "以下")) and _OF_CLASS.match(text, figure.end)
    return not named and not _TERM.match(figure.text)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    chars = list(_OR_COMMUNITY.sub("和社区和", _EITHER.sub("和", text)))
    for start, end in spans:
        chars[start:end] = "\0" * (end - start)
    return "".join(chars)


def _reach(
    text: str, bounds: tuple[int, int], start: int, end: int, cut: re.Pattern[str]
) -> tuple[int, int]:
    """Return how far a stretch reaches to both sides within bounds without crossing a cut."""
    low, high = bounds
    cuts = _cuts(text, cut)
    before, behind = bisect_left(cuts, start) - 1, bisect_left(cuts, end)
    left = max(low, cuts[before] + 1) if before >= 0 else low
    return left, min(high, cuts[behind]) if behind < len(cuts) else high


@lru_cache(maxsize=32)
def _cuts(text: str, cut: re.Pattern[str]) -> tuple[int, ...]:
    """Return where a text has characters that cut it; the figures of one text ask in turn."""
    return tuple(match.start() for match in cut.finditer(text))


def find_mentions(
    text: str,
    year: int | None,
    figures: Sequence[Figure] | None = None,
    dates: Sequence[DateMention] | None = None,
) -> list[Mention]:
    """Return the figures of a draft with their surroundings, a sentence as the widest."""
    figures = figures_of(text) if figures is None else figures
    dates = find_dates(text) if dates is None else dates
    blank = _blank(text, [(f.start, f.end) for f in figures if _counts(f, text)])
    found: list[Mention] = []
    starts = [figure.start for figure in figures]
    for index, (start, end) in enumerate(sentences(text)):
        inside = figures[bisect_left(starts, start) : bisect_left(starts, end)]
        wide = grams(blank[start:end])
        for figure in inside:
            near = _around(blank, figure, (start, end), of_fact=False)
            period = period_at(text, figure.start, start, dates, year)
            place, each = len(found), _each(text, figure)
            lead = blank[start : figure.start].rpartition("，")[0].rpartition("，")[2]
            mention = Mention(figure, index, *near, wide, period, place=place, each=each, lead=lead)
            found.append(mention)
    return found


def fact_mentions(
    line: int, fact_id: str, text: str, year: int | None, first: int = 0, measure: str = ""
) -> tuple[Mention, ...]:
    """Return the figures of one fact with their surroundings, the whole line as the widest.

    ``first`` is the place of its first figure among those of all facts; bare numbers are in the
    ``measure`` of the heading that the fact stands below.
    """
    figures, dates = figures_of(text, measure), find_dates(text)
    blank = _blank(text, [(f.start, f.end) for f in figures if _counts(f, text)])
    wide = grams(blank)
    found: list[Mention] = []
    label = _LABEL.match(text)
    topic = grams(label[1]) if label else frozenset()
    for figure in figures:
        near = _around(blank, figure, (0, len(text)), of_fact=True)
        period = period_at(text, figure.start, 0, dates, year)
        opens = bool(found) and "；" in text[found[-1].figure.end : figure.start]
        if _BECAME.match(text, figure.end):
            period = (period or 0) - 1
        place, each = first + len(found), _each(text, figure)
        mention = Mention(figure, line, *near, wide, period, fact_id, topic, place, opens, each)
        found.append(mention)
        topic |= mention.before
    return tuple(found)


def _each(text: str, figure: Figure) -> str:
    per = _EACH.match(text, figure.end)
    return per[1] if per else ""


def _around(
    blank: str, figure: Figure, bounds: tuple[int, int], *, of_fact: bool
) -> tuple[frozenset[str], frozenset[str], frozenset[str], str, str, str]:
    """Return what stands before and after a figure and in its clause, as grams and as text."""
    left, right = _reach(blank, bounds, figure.start, figure.end, _PIECE_CUT)
    before = blank[left : figure.start].rpartition("\0")[2]
    if of_fact and not before.strip():
        before = _before_bracket(blank[:left])
    after, another, _ = blank[figure.end : right].partition("\0")
    after = after[:_NOUN] if another and of_fact else after
    start, end = _reach(blank, bounds, figure.start, figure.end, _CLAUSE_CUT)
    clause = blank[start:end]
    return grams(before), grams(after), grams(clause), before, after, clause


def _before_bracket(text: str) -> str:
    """Return the words before a bracket that opens with a figure: 物业公司（3村）."""
    named = _BRACKETED.search(text)
    return named[1] if named else ""


def period_at(
    text: str, at: int, start: int, dates: Sequence[DateMention], year: int | None
) -> int | None:
    """Return the year that a figure at ``at`` is about, counted from the report's year."""
    period: int | None = None
    for mention in dates:
        if not start <= mention.start < at:
            continue
        if text[mention.start - 1 : mention.start + 2] == "网上年":
            continue
        closed = text.count("（", start, mention.start) - text.count("）", start, mention.start)
        if closed > 0 and "）" in text[mention.end : at]:
            continue
        offset = year_offset(mention, year)
        if offset and _only_beside(text[start:at], mention.start - start, mention.end - start):
            continue
        if offset and _RESULT.search(text[mention.end : at]):
            continue
        if offset is not None and not _COMPARED.search(text[start : mention.start]):
            period = offset
    return period


def _only_beside(text: str, begin: int, end: int) -> bool:
    """Tell whether a year is only of the figure beside it: 刑事31起，上年38起；治安92起.

    A figure stands before it in its item, and the item ends before the figure that is asked for.
    """
    opened = max(text.rfind(mark, 0, begin) for mark in _ITEM_ENDS) + 1
    closed = any(mark in text[end:] for mark in _ITEM_ENDS)
    return closed and re.search(r"\d", text[opened:begin]) is not None


def year_offset(mention: DateMention, year: int | None) -> int | None:
    """Return the distance of a date's year from the report's year, ``None`` where it has none."""
    if mention.year is not None:
        return None if year is None else mention.year - year
    if mention.kind == "range" and re.search("今年|本年", mention.text):
        return 0
    if mention.kind != "relative" or "年" not in mention.text + "年" * ("同期" in mention.text):
        return None
    if mention.text in ("全年", "年初", "年中", "年底", "年末", "年终", "年底前", "当年", "次年"):
        return None
    return _RELATIVE.get(mention.text[0])
