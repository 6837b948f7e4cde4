"""Handles: 〔F7.1〕 stands for a figure, a date, a name or a title of a fact.

A model sees and returns handles; code renders what they stand for. One code path for two modes:
*open* shows the value beside the handle (〔F7.1=228〕) for figures, dates, titles and persons;
*sealed* shows no value, and has handles for places, organisations, posts and quotes too. The
measure word of a figure stays outside of its handle (〔F7.1=228〕次), so that it reads well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from drafter.chinese.dates import find_dates
from drafter.chinese.entities import find_entities
from drafter.chinese.quantities import find_figures
from drafter.domain import DateMention, Entity, Fact, Figure
from drafter.resources import lexicon
from drafter.writing.composer import compose_point

OPEN = frozenset({"figure", "date", "title", "person", "placeholder", "literal"})
_HINTS = {
    "date": "日期",
    "person": "人名",
    "place": "地名",
    "organisation": "单位",
    "post": "职务",
    "title": "文件名",
    "quote": "引语",
    "meeting": "会议",
}
_ID = r"[FＦf]\s*(?P<{0}fact>\d{{1,6}})\s*[.．·。_-]\s*(?P<{0}slot>\d{{1,3}})"
_OWN = r"(?:\s*[=＝:：][^〔〕\n]{{0,200}}?)?\s*"
_VALUE = r"(?:\s*[=＝:：][^〔〕\[\]【】（）()\n]{{0,80}}?)?\s*"
HANDLE = re.compile(
    "|".join(
        (
            r"〔{1,2}\s*" + (_ID + _OWN).format("a") + r"〕{1,2}",
            r"[〔\[［【]{1,2}\s*" + (_ID + _VALUE).format("b") + r"[〕\]］】]{1,2}",
            r"[（(｛{<〈「]\s*" + (_ID + _VALUE).format("c") + r"[）)｝}>〉」]",
            r"(?<![A-Za-z\d])" + _ID.format("d") + r"(?![\d.])",
        )
    )
)
"""A handle as models write it: any bracket, doubled, none; blanks; with the value or without."""

_PLAIN = r"[FＦf]\s*\d{1,6}\s*[.．·。_-]\s*\d{1,3}(?:\s*[=＝:：][^〔〕+＋、，\n]{0,80}?)?"
_SEVERAL = re.compile(
    rf"[〔\[［【（(]\s*({_PLAIN}(?:\s*[+＋、,，和及与/~～至-]\s*{_PLAIN})+)\s*[〕\]］】）)]"
)
"""Handles that share one bracket; what a model reckons with them (+) no fact says."""

_LABEL = re.compile(
    r"[〔\[［【（(]\s*[FＦf]\s*\d{1,6}\s*[〕\]］】）)]|(?m:^)\s*[FＦf]\d{1,6}[\s：:、.]+"
)
_BROKEN = re.compile(r"〔[^〔〕\n]{0,12}〕?")
_STRAY = re.compile(r"(^[^〔〕]*)〕")
_DIGITS = re.compile(r"[\d０-９]+(?:[.．][\d０-９]+)?")
_NUMERAL = re.compile(r"[\d〇一二三四五六七八九十]")
_DATE_TAIL = re.compile("[年月日底前初末上中下旬季度半]+")
_GAP = re.compile(r"【[^【】]*】")
_ALIKE = (frozenset("人名位"), frozenset({"次", "场次"}))
UNNUMBERED = 100_000  # from here on count facts whose ids have no number
_CLOSERS = ("〕", "]", "］", "】")
_VAGUE = ("余", "多", "来")
_NEAR = ("近", "约", "超", "超过", "突破", "共")


@dataclass(frozen=True, slots=True)
class Slot:
    """What one handle stands for. ``text`` is rendered, ``unit`` is the measure word behind it."""

    id: str
    start: int
    end: int
    text: str
    kind: str
    unit: str = ""
    figure: Figure | None = None

    @property
    def whole(self) -> str:
        """Return the value with its measure word."""
        return self.text + self.unit


@dataclass(frozen=True, slots=True)
class Masked:
    """A fact as a model sees it: ``clause`` is the fact as a clause of prose, with its slots."""

    fact: Fact
    clause: str
    slots: tuple[Slot, ...]

    def shown(self, sealed: bool) -> str:
        """Return the clause with handles in place of its slots."""
        parts, at = [], 0
        for slot in self.slots:
            parts += [self.clause[at : slot.start], f"〔{slot.id}{shown_value(slot, sealed)}〕"]
            at = slot.end
        return "".join([*parts, self.clause[at:]])


def shown_value(slot: Slot, sealed: bool) -> str:
    """Return what stands beside a handle: the value, or in sealed mode the kind."""
    if slot.kind == "placeholder":
        return "=待补"
    if "〔" in slot.text:
        return "=原文"
    if not sealed:
        return f"={slot.text}"
    hint = _HINTS.get(slot.kind, "")
    return f"={hint}" if hint else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a rendered text: literal, or from a slot."""

    text: str
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with its handles rendered: which were used, how often, and which were unknown."""

    text: str
    pieces: tuple[Piece, ...] = ()
    unknown: tuple[str, ...] = ()
    used: dict[str, int] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def clause_of(fact: Fact) -> str:
    """Return a fact as a clause of prose in house style, as the composer would write it."""
    return compose_point([fact]).text.rstrip("。")


def mask(fact: Fact, number: int = 0, sealed: bool = False, names: Iterable[str] = ()) -> Masked:
    """Return a fact with slots. ``number`` is what its handles begin with, 0: that of its id.

    ``names`` are further words that get a slot in sealed mode, wherever they stand. A vague amount
    and the 【待补：…】 behind it are one slot: apart, they come back apart.
    """
    clause = clause_of(fact)
    name = f"F{number or number_of(fact) or UNNUMBERED}"
    slots: list[Slot] = []
    for start, end, kind, found in checkable(clause, fact, names if sealed else None):
        if kind == "placeholder" and slots and slots[-1].end == start and not slots[-1].unit:
            last = slots[-1]
            slots[-1] = replace(last, end=end, text=clause[last.start : end], figure=None)
            continue
        unit = measure_of(found)
        stop = end - len(unit)
        figure = found if isinstance(found, Figure) else None
        slots.append(
            Slot(f"{name}.{len(slots) + 1}", start, stop, clause[start:stop], kind, unit, figure)
        )
    return Masked(fact, clause, tuple(slots))


def number_of(fact: Fact) -> int:
    """Return the number of a fact's id (F7 → 7), 0 where the id has another form."""
    match = re.fullmatch(r"F(\d{1,6})", fact.id)
    return int(match[1]) if match else 0


def measure_of(found: object) -> str:
    """Return the measure word that stays outside the handle."""
    if not isinstance(found, Figure) or not found.unit:
        return ""
    match = re.fullmatch(rf".*?\d[余多]?([万亿]{{0,2}}{re.escape(found.unit)})", found.text)
    if match:
        return match.group(1)
    whole = found.text.endswith(found.unit) and len(found.unit) < len(found.text)
    return found.unit if whole else ""


Found = tuple[int, int, str, "Figure | DateMention | Entity | None"]


def checkable(clause: str, fact: Fact | None, names: Iterable[str] | None) -> list[Found]:
    """Return the spans of a text that get a handle, in order, none inside another.

    ``fact`` is the fact whose text it is, if any; ``names`` are further words, ``None``
    in open mode.
    """
    own = fact if fact is not None and fact.text == clause else Fact("", "")
    found: list[Found] = [
        (e.start, e.end, e.kind, e) for e in own.entities or find_entities(clause)
    ]
    dates = (d for d in own.dates or find_dates(clause) if _NUMERAL.search(d.text))
    found += [(d.start, d.end, "date", d) for d in dates]
    found += [(f.start, f.end, "figure", f) for f in own.figures or find_figures(clause)]
    for kind, pattern in (("placeholder", _GAP), ("literal", HANDLE), ("literal", _DIGITS)):
        found += [(m.start(), m.end(), kind, None) for m in pattern.finditer(clause)]
    if names is None:
        found = [span for span in found if span[2] in OPEN]
    for name in names or ():
        found += [(m.start(), m.end(), "name", None) for m in re.finditer(re.escape(name), clause)]
    wanted = sorted(found, key=lambda span: (span[0] - span[1], span[0]))
    kept: list[Found] = []
    for span in wanted:
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span[0])


def same_value(a: Figure, b: Figure) -> bool:
    """Tell whether two figures say the same."""
    return (a.low, a.high, a.dimension) == (b.low, b.high, b.dimension)


def slots_of(masked: Sequence[Masked]) -> dict[str, Slot]:
    """Return the slots of facts by their id."""
    return {slot.id: slot for one in masked for slot in one.slots}


def render(text: str, slots: dict[str, Slot]) -> Rendered:
    """Render a text's handles exactly, measure words once; unknown handles are left out.

    Labels of whole facts (〔F7〕, ``F7：`` at a line's beginning) are left out too.
    """
    text = _SEVERAL.sub(_apart, text)
    pieces: list[Piece] = []
    unknown: list[str] = []
    used: dict[str, int] = {}
    at = 0
    for match in HANDLE.finditer(text):
        if match.start() < at:
            continue
        pieces.append(Piece(_tidy(text[at : match.start()])))
        slot = slots.get(_id(match))
        at = match.end()
        if slot is None:
            unknown.append(match.group())
            continue
        used[slot.id] = used.get(slot.id, 0) + 1
        unit, at = _measure(text, at, slot)
        pieces[-1] = Piece(_before(pieces[-1].text, slot))
        pieces.append(Piece(slot.text + unit, slot))
    pieces.append(Piece(_tidy(text[at:])))
    kept = tuple(piece for piece in pieces if piece.text)
    return Rendered("".join(p.text for p in kept), kept, tuple(unknown), used)


def _apart(match: re.Match[str]) -> str:
    return "、".join(f"〔{one}〕" for one in re.findall(_PLAIN, match[1]))


def _id(match: re.Match[str]) -> str:
    for group in "abcd":
        if match[f"{group}fact"]:
            return f"F{int(match[f'{group}fact'])}.{int(match[f'{group}slot'])}"
    return ""


def _tidy(text: str) -> str:
    text = _STRAY.sub(r"\1", text)
    return _BROKEN.sub("", _LABEL.sub("", text)) if "〔" in text or _LABEL.search(text) else text


def _before(text: str, slot: Slot) -> str:
    """Drop what the value brings along itself: a 近 or 约, or the whole value said before it."""
    for value in (slot.whole, slot.text):
        rest = text.removesuffix(value)
        if rest != text and not (value[0].isdigit() and rest[-1:].isdigit()):
            return rest
    for word in _NEAR:
        if slot.text.startswith(word) and text.endswith(word):
            return text[: -len(word)]
    return text


def _measure(text: str, at: int, slot: Slot) -> tuple[str, int]:
    """Return the measure word to write behind a value, and where the text goes on."""
    if not slot.unit:
        return "", at + _said_again(text[at:], slot)
    if text.startswith(slot.whole, at):
        at += _said_again(text[at:], slot)
    rest = text[at:].lstrip()
    skipped = len(text[at:]) - len(rest)
    if slot.text.endswith(_VAGUE) and rest.startswith(_VAGUE):
        rest, skipped = rest[1:], skipped + 1
    word = _measure_at(rest, slot.unit)
    if not word:
        return slot.unit, at
    skipped += len(word)
    while text[at + skipped :].startswith(slot.unit) and word == slot.unit:
        skipped += len(slot.unit)
    return (word if _alike(word, slot.unit) else slot.unit), at + skipped


def _said_again(rest: str, slot: Slot) -> int:
    """Return how many characters behind a handle say its value, or the end of it, again.

    A model takes 6月底前 for the 6 alone and goes on with 月前, or types the value once more
    behind its handle (seen with one of 1.5 billion).
    """
    whole = len(slot.text)
    if rest.startswith(slot.text) and not rest[whole : whole + 1].isdigit():
        return whole + (rest[whole : whole + 1] in _CLOSERS)
    if slot.text.endswith("】"):
        return len(_measure_at(rest, ""))
    if slot.kind == "date":
        match = _DATE_TAIL.match(rest)
        loose = match.group() if match and set(match.group()) <= set(slot.text) else ""
        return max(len(loose), _end_again(rest, slot.text))
    return max(_end_again(rest, slot.text), _bound_again(rest, slot.text)) if slot.figure else 0


def _end_again(rest: str, text: str) -> int:
    """Return the length of the end of a value that a text says again (岁以下 behind 35岁以下)."""
    ends = (text[-n:] for n in range(len(text) - 1, 0, -1))
    return next((len(end) for end in ends if rest.startswith(end) and not end[0].isdigit()), 0)


def _bound_again(rest: str, text: str) -> int:
    """Return the length of a bound said again in other words (岁及以下 behind 35岁以下)."""
    words = re.sub(r"[\d.]", "", text)
    match = re.match(rf"[{re.escape(words)}及]+", rest) if len(words) > 1 else None
    bound = match.group() if match else ""
    return len(bound) if bound.endswith(text[-1]) and bound.startswith(words[0]) else 0


def _measure_at(text: str, unit: str) -> str:
    """Return the measure word that opens a text; another than ``unit`` only where it is surely one.

    班 in 班子 is none: a single character counts only before a mark or the end.
    """
    words = [m for m in lexicon("writing", "measures.txt") if text.startswith(m)]
    longest = max([*words, unit if text.startswith(unit) else ""], key=len)
    sure = len(longest) > 1 or not re.match(r"[\u4e00-\u9fff〔]", text[len(longest) :])
    return longest if sure or longest == unit or _alike(longest, unit) else ""


def _alike(word: str, unit: str) -> bool:
    """Tell whether two measure words count the same (人, 名, 位)."""
    return any({word, unit} <= group for group in _ALIKE)
