"""A figure of a fact with what it measures: subject, role, scope. The ground for all comparing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from drafter.chinese.normalise import fold
from drafter.chinese.numerals import ARABIC, parse_number
from drafter.domain import DateMention, Fact, Figure
from drafter.facts.describe import bare_subject

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
_VERBS = re.compile(
    "^(?:实现|完成|开展|召开|组织|落实|查出|查摆|排查|发现|新建|建成|建|拥有|化解|办结|处置|清理"
    "|推进|推动|实施|建设|新增|支持|培育|打造|改造|创建|引进|争取|改建|硬化|疏通|高于全[省市县国])"
)
_LABEL = re.compile(r"([^：:，,。；;\d]{1,16})[：:]")
_ROLE_WORDS = frozenset({"完成", "任务", "目标", "计划", "实际", "到位", "支出", "预算", ""})
_LONGEST_CLAUSE = 60
_SPACE = re.compile(r"[\s“”‘’\"'《》]")
_VILLAGE = re.compile("^[\u4e00-\u9fff]{2,5}?(?:村|社区)")
_NUMERAL = re.compile(rf"{ARABIC}[十百千万亿]*|[〇零一二两三四五六七八九十百千万亿廿卅]+")


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of one fact. ``clause`` is what stands before it, back to the last break."""

    fact: Fact
    figure: Figure
    clause: str
    role: Role

    @property
    def key(self) -> str:
        """Return the subject in a comparable form, "" where the clause names none."""
        core = bare_subject(self.clause)
        if core in _ROLE_WORDS:
            core = self.label
        return _VERBS.sub("", _SPACE.sub("", fold(core)))

    @property
    def label(self) -> str:
        """Return what stands before the statement's first colon (东河村：改厕48户), else ""."""
        label = _LABEL.match(self.fact.text)
        return label[1] if label else ""

    @property
    def scope(self) -> tuple[str, ...]:
        """Return the places and periods it holds for, the sender's village included."""
        places = [e.text for e in self.fact.entities if e.kind == "place"]
        village = _VILLAGE.match(self.fact.office) or _VILLAGE.match(self.fact.section_hint)
        if village and not places:
            places = [village[0]]
        periods = [_moment(d) for d in self.fact.dates if d.text not in {"今年", "全年", "目前"}]
        return (self.label, *sorted(set(places)), *sorted(set(periods)))


def _moment(date: DateMention) -> str:
    """Return a date in one form however it is written: 1-10月 and 1—10月份 are one."""
    parts = (date.year, date.month, date.day, date.end_year, date.end_month, date.end_day)
    return (
        "-".join("" if part is None else str(part) for part in parts) if any(parts) else date.text
    )


def observe(facts: Iterable[Fact]) -> Iterator[Observation]:
    """Yield every figure of the facts with its clause and role, in reading order."""
    for fact in facts:
        for figure in fact.figures:
            clause = clause_before(fact.text, figure.start)
            yield Observation(fact, figure, clause, _role(fact.text, figure, clause))


def clause_before(text: str, at: int) -> str:
    """Return what stands before an offset, back to the last break."""
    start = max(0, at - _LONGEST_CLAUSE)
    breaks = [match.end() for match in _BREAK.finditer(text, start, at)]
    return text[breaks[-1] if breaks else start : at]


def _role(text: str, figure: Figure, clause: str) -> Role:
    before = text[max(0, figure.start - 14) : figure.start]
    if figure.dimension in {"ratio", "points"}:
        return "rate"
    if (
        (_TARGET.search(clause) or _DUE_AMOUNT.fullmatch(clause.strip()))
        and not _TASK_DONE.search(clause)
        and not _TARGET_BEHIND.match(text, figure.end)
    ):
        return "target"
    if _BASE.search(before) and (_BASE.search(clause) or not clause.strip()):
        return "base"
    if _EACH.search(clause):
        return "each"
    return "rest" if _REST.search(clause) else "value"


def rewritten(figure: Figure, value: Decimal) -> str:
    """Return a value in a figure's own dress: 1.7亿元 with 2 亿 in base units gives 2亿元."""
    match = _NUMERAL.search(fold(figure.text))
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
