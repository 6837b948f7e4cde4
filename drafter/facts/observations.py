"""A figure of a fact with what it measures: subject, role, scope. The ground for all comparing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from drafter.chinese.normalise import fold
from drafter.chinese.numerals import ARABIC, parse_number
from drafter.domain import DateMention, Fact, Figure
from drafter.facts.matters import Matter, matter_of

Role = Literal["value", "target", "base", "rate", "each", "rest"]

_BREAK = re.compile(r"[，,。；;：:、→（）()／/！!\n]")
_TARGET = re.compile(r"(?:任务|目标|计划|指标)(?:数|为|是|量)?\s*$")
_TARGET_BEHIND = re.compile("(?:的)?(?:年度|全年)?(?:任务|目标|计划)")
_DUE_AMOUNT = re.compile("(?:全年|年初)?(?:应|计划|目标)[\u4e00-\u9fff]{1,6}")  # 应参保2.1万人
_TASK_DONE = re.compile("完成[^，。；]{2,}任务\\s*$")
_BASE = re.compile("(?:上年同期|去年同期|同期|上年|去年|前年|20\\d\\d年|由|从)[^，。；→\\d]{0,6}$")
_EACH = re.compile("(?:每|各|人均|户均|平均|均|日均)[^，。；]{0,8}$")
_REST = re.compile(
    "(?:结余|结存|节余|余额|还有|还差|还剩|尚有|仍有|剩|其余|余下|差)[^，。；]{0,6}$"
)
LABEL = re.compile(r"((?:[^：:，,。；;\d（()）]|[（(][^：:（()）]{1,12}[)）]){1,16})[：:]")
_LONGEST_CLAUSE = 60
_TOTAL_LABEL = re.compile("合计|总计|小计|共计|全镇|全乡|总数|全镇合计|全乡合计")
_YEAR = re.compile(r"20\d\d")
_ALL_YEAR = frozenset({"今年", "全年", "目前", "今年以来", "年内", "截至目前"})
_CUT_OFF = ("截至", "截止", "截至到")
_TOWNSHIP = ("镇", "乡", "街道")
_SENTENCE_ENDS = frozenset("。；;\n")
_VILLAGE = re.compile("^[\u4e00-\u9fff]{2,5}?(?:村|社区)")
_NUMERAL = re.compile(rf"{ARABIC}[十百千万亿]*|[〇零一二两三四五六七八九十百千万亿廿卅]+")


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of one fact. ``clause`` is what stands before it, back to the last break.

    ``matter`` is what it counts, from its clause, its label or the clause before it;
    ``opens`` tells that nothing else is counted before it that it may be a part of, ``head`` what
    the statement counts first.
    """

    fact: Fact
    figure: Figure
    clause: str
    role: Role
    matter: Matter
    opens: bool
    head: Matter
    label: str


def observe(facts: Iterable[Fact]) -> Iterator[Observation]:
    """Yield every figure of the facts with its clause and role, in reading order."""
    for fact in facts:
        found = LABEL.match(fact.text)
        label = found[1] if found else ""
        before: Observation | None = None
        for figure in fact.figures:
            clause = clause_before(fact.text, figure.start)
            matter, opens = _matter(fact, figure, clause, label, before)
            head = before.head if before else matter
            role = _role(fact, figure, clause)
            before = Observation(fact, figure, clause, role, matter, opens, head, label)
            yield before


def _matter(
    fact: Fact, figure: Figure, clause: str, label: str, before: Observation | None
) -> tuple[Matter, bool]:
    """Return what a figure counts, and whether it is told of by itself."""
    text, start = fact.text, figure.start - len(clause)
    places = [e for e in fact.entities if e.kind == "place"]
    inside = [e.text for e in places if start <= e.start < figure.start]
    own = matter_of(_without(clause, inside))
    if label and not own.thing:
        whole = _TOTAL_LABEL.fullmatch(label) or label in {e.text for e in places}
        named = matter_of(_topic(text, len(label) + 1))
        named = named if named.thing or whole else matter_of(label)
        return named._replace(act=own.act or named.act, event=own.event), True
    if before is None:
        return own, label != "" or not matter_of(text[:start].strip("，,、 ")).thing
    between = set(text[before.figure.end : figure.start])
    if not own.thing and between.isdisjoint(_SENTENCE_ENDS):
        same = before.figure.dimension == figure.dimension
        return own._replace(thing=before.matter.thing if same else ""), False
    return own, False


def _without(clause: str, names: Iterable[str]) -> str:
    for name in names:
        clause = clause.replace(name, "", 1)
    return clause


def _topic(text: str, at: int) -> str:
    """Return the clause behind a label that counts nothing: 合计：矛盾纠纷，受理422件."""
    found = _BREAK.search(text, at)
    topic = text[at : found.start()] if found else ""
    return "" if any(char.isdigit() for char in topic) else topic


def scopes(observations: Sequence[Observation]) -> Iterator[tuple[str, ...]]:
    """Yield the places and periods that each observation holds for, comparable over all of them.

    The sender's village counts. The one township that is named, and the one day up to which
    figures are given (截至10月底), are those of all facts and tell none apart.
    """
    facts = {o.fact.id: o.fact for o in observations}.values()
    towns = {e.text for f in facts for e in f.entities if e.text.endswith(_TOWNSHIP)}
    days = {moment(d) for f in facts for d in f.dates if _is_cut_off(f, d)}
    own = towns if len(towns) == 1 else set()
    shared = len(days) == 1
    for o in observations:
        places = {e.text for e in o.fact.entities if e.kind == "place"} - own
        village = _VILLAGE.match(o.fact.office) or _VILLAGE.match(o.fact.section_hint)
        if village and not places:
            places = {village[0]}
        told = [d for d in o.fact.dates if not (shared and _is_cut_off(o.fact, d))]
        yield (_context(o, places), *sorted(places), *_periods(o.fact, told))


def _context(o: Observation, places: Collection[str]) -> str:
    """Return the label of a statement where it is neither the thing, a place, nor a total."""
    said = o.matter.thing and o.matter.thing == matter_of(o.label).thing
    own = said or o.label in places or _TOTAL_LABEL.fullmatch(o.label)
    return "" if own else o.label


def _is_cut_off(fact: Fact, date: DateMention) -> bool:
    return date.text.startswith(_CUT_OFF) or fact.text[: date.start].rstrip().endswith(_CUT_OFF)


def _periods(fact: Fact, dates: Iterable[DateMention]) -> list[str]:
    """Return the year a fact holds for, and the days and parts of a year that it names."""
    year = _YEAR.match(fact.period)
    moments = {moment(d) for d in dates if d.text not in _ALL_YEAR and d.kind != "year"}
    years = {str(d.year) for d in dates if d.kind == "year" and d.year}
    own = {year[0]} if year else set()
    return [*sorted(years or own), *sorted(m.removeprefix(year[0]) if year else m for m in moments)]


def moment(date: DateMention) -> str:
    """Return a date in one form however it is written: 1-10月 and 1—10月份 are one."""
    parts = (date.year, date.month, date.day, date.end_year, date.end_month, date.end_day)
    return (
        "-".join("" if part is None else str(part) for part in parts) if any(parts) else date.text
    )


def clause_before(text: str, at: int) -> str:
    """Return what stands before an offset, back to the last break."""
    start = max(0, at - _LONGEST_CLAUSE)
    breaks = [match.end() for match in _BREAK.finditer(text, start, at)]
    return text[breaks[-1] if breaks else start : at]


def _role(fact: Fact, figure: Figure, clause: str) -> Role:
    text, now = fact.text, _YEAR.match(fact.period)
    before = text[max(0, figure.start - 14) : figure.start]
    if figure.dimension in {"ratio", "points"}:
        return "rate"
    if (
        (_TARGET.search(clause) or _DUE_AMOUNT.fullmatch(clause.strip()))
        and not _TASK_DONE.search(clause)
        and not _TARGET_BEHIND.match(text, figure.end)
    ):
        return "target"
    base = _BASE.search(before)
    if base and (_BASE.search(clause) or not clause.strip()):
        return "value" if now and base[0].startswith(now[0]) else "base"
    if _EACH.search(clause):
        return "each"
    return "rest" if _REST.search(clause) else "value"


def rewritten(figure: Figure, value: Decimal) -> str:
    """Return a value in a figure's own dress: 1.7亿元 with 2 亿 in base units gives 2亿元.

    "" for a figure told in pieces (1小时40分): it has no one dress.
    """
    match = _NUMERAL.search(fold(figure.text))
    if match and _NUMERAL.search(fold(figure.text), match.end()):
        return ""
    shown = parse_number(match[0]) if match else None
    if match is None or shown is None or not figure.value:
        return ""
    scale = shown / _unscaled(match[0])
    number = value / figure.value * shown / scale
    tail = figure.text[match.end() :]
    letters = match[0][len(match[0].rstrip("十百千万亿")) :] if match[0][0].isdigit() else ""
    return f"{plain(number)}{letters}{tail}"


def _unscaled(numeral: str) -> Decimal:
    """Return the number without its 万/亿 where it is written in digits: 1.7亿 → 1.7."""
    digits = numeral.rstrip("十百千万亿") if numeral[0].isdigit() else numeral
    return parse_number(digits) or Decimal(1)


def plain(number: Decimal) -> str:
    """Return a number with at most two decimals, without closing noughts."""
    text = f"{number.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
