"""Judging a drafted paragraph against its facts, sentence by sentence, and mending it by code.

What a sentence uses is known exactly where it came as a handle; a literal counts where it equals a
slot. The rest is left to ``checking``, which also judges what people type.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from drafter.chinese.dates import find_dates
from drafter.chinese.quantities import find_figures
from drafter.chinese.sentences import split_sentences
from drafter.domain import Figure, Finding, Point
from drafter.writing.grounds import (
    acts_for,
    coverage,
    misplaced,
    overstated,
    strayed,
    told,
    without_claims,
)
from drafter.writing.handles import Masked, Rendered, Slot, render, same_value, slots_of
from drafter.writing.unrender import handled

Check = Callable[[str], Sequence[Finding]]
"""Gives the findings on a paragraph, against the facts of its point."""

JUDGED = frozenset(
    {
        "invented_number",
        "altered_number",
        "wrong_unit",
        "wrong_entity",
        "leaked_from_sample",
        "stale_formulation",
        "invented_title",
        "contradiction",
    }
)
MIN_REPEAT = 10  # characters of a sentence that two points may share by chance
KEPT = 0.4  # share of a fact's character pairs that must come back where it has no slots
COVERED = 0.5  # share of a sentence's character pairs that show which fact it tells
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MUST_STAND = frozenset({"place", "person", "title"})


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a draft: ``raw`` with handles, ``text`` rendered.

    ``uses`` are slot ids, as often as used; ``problems`` what is wrong with it, in words for a
    model; they quote nothing that a slot stands for.
    """

    raw: str
    text: str
    uses: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A paragraph judged: its sentences, and the facts that are lost or told twice."""

    lines: tuple[Line, ...]
    lost: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    cut: int = 0  # clauses that rested on no fact

    @property
    def text(self) -> str:
        """Return the paragraph."""
        return "".join(line.text for line in self.lines)

    @property
    def faults(self) -> int:
        """Return how much is wrong, to compare two drafts."""
        return len(self.lost) + len(self.repeated) + sum(len(line.problems) for line in self.lines)


def judge(text: str, masked: Sequence[Masked], check: Check, wish: str = "") -> Judged:
    """Judge a cleaned answer against the facts of its point.

    ``wish`` is what a person asked for: wording from it is no claim of the model's.
    """
    known = "，".join([*(one.clause for one in masked), wish])
    kept, cut = without_claims(text, known)
    slots = slots_of(masked)
    kept = handled(kept, slots)
    pieces = render(kept, slots).pieces
    strays = strayed(pieces, masked) | misplaced(pieces, masked)
    lines = [_line(span.text, slots, strays) for span in split_sentences(kept)]
    lines = _bound(lines, slots)
    lines = _without_repeats(lines)
    lines = _with_findings(lines, masked, check, known)
    uses = Counter(use for line in lines for use in line.uses)
    paragraph = "".join(line.text for line in lines)
    lost = tuple(one.fact.id for one in masked if is_lost(one, uses, paragraph))
    repeated = {id_of(use, masked) for use, times in uses.items() if times > 1}
    return Judged(tuple(lines), lost, tuple(sorted(repeated - {""})), cut)


def id_of(slot_id: str, masked: Sequence[Masked]) -> str:
    """Return the id of the fact that a slot belongs to, "" if none."""
    return next((m.fact.id for m in masked for s in m.slots if s.id == slot_id), "")


def _line(raw: str, slots: dict[str, Slot], strays: set[str]) -> Line:
    rendered = render(raw, slots)
    uses = tuple(use for use, times in rendered.used.items() for _ in range(times))
    faults = {
        "用了素材里没有的标记": bool(rendered.unknown),
        "标记放错了位置，数的不是原来那件事": bool(strays & set(uses)),
    }
    problems = tuple(fault for fault, found in faults.items() if found)
    if rendered.unknown and not uses:
        return Line(raw, "", (), problems)
    return Line(raw, rendered.text, uses, problems)


def _bound(lines: Sequence[Line], slots: dict[str, Slot]) -> list[Line]:
    """Bind what a model typed itself to slots: to those that nobody used yet, then to any."""
    free = dict(slots)
    for line in lines:
        for use in line.uses:
            free.pop(use, None)
    bound = []
    for line in lines:
        literal = _literal_text(render(line.raw, slots))
        first, rest = _matches(literal, free)
        again, _ = _matches(rest, {k: s for k, s in slots.items() if k not in first and s.figure})
        for use in first:
            del free[use]
        bound.append(replace(line, uses=(*line.uses, *first, *again)))
    return bound


def _matches(literal: str, slots: dict[str, Slot]) -> tuple[tuple[str, ...], str]:
    """Return the ids of the slots whose values stand in a text, and the text without them."""
    found = []
    for slot_id, slot in slots.items():
        place = _place(literal, slot)
        if place is not None:
            found.append(slot_id)
            literal = f"{literal[: place[0]]}＿{literal[place[1] :]}"
    return tuple(found), literal


def _place(literal: str, slot: Slot) -> tuple[int, int] | None:
    """Return where a slot's value stands in a text, in whatever form."""
    if slot.figure is not None:
        figures = (f for f in _figures(literal) if same_value(f, slot.figure))
        return next(((f.start, f.end) for f in figures), None)
    at = literal.find(slot.text)
    if at >= 0:
        return at, at + len(slot.text)
    if slot.kind == "date":
        wanted = [(d.year, d.month, d.day, d.kind) for d in find_dates(slot.text)]
        dates = (d for d in find_dates(literal) if (d.year, d.month, d.day, d.kind) in wanted)
        return next(((d.start, d.end) for d in dates), None)
    return None


@lru_cache(maxsize=64)
def _figures(text: str) -> tuple[Figure, ...]:
    return tuple(find_figures(text))


def _literal_text(rendered: Rendered) -> str:
    return "".join("＿" if piece.slot else piece.text for piece in rendered.pieces)


def _without_repeats(lines: Sequence[Line]) -> list[Line]:
    """Drop sentences that only say again what was said before."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        if line.uses and set(line.uses) <= seen:
            continue
        seen |= set(line.uses)
        if line.text.strip("。；，"):
            kept.append(line)
    return kept


def _with_findings(
    lines: Sequence[Line], masked: Sequence[Masked], check: Check, words: str
) -> list[Line]:
    text = "".join(line.text for line in lines)
    findings = [f for f in check(text) if f.label in JUDGED and f.severity != "hint"]
    known = {run for one in masked for run in _DIGITS.findall(one.clause)}
    judged, start = [], 0
    for line in lines:
        end = start + len(line.text)
        problems = [_problem(f) for f in findings if start <= f.start < end]
        if _strange_digits(line, masked) - known:
            problems.append("有素材里没有的数字")
        if overstated(line.text, _told_by(line, masked)):
            problems.append("说得比素材更满")
        if acts_for(line.text, words):
            problems.append("写了素材里没有说到的单位或人员")
        judged.append(replace(line, problems=(*line.problems, *dict.fromkeys(problems))))
        start = end
    return judged


def _told_by(line: Line, masked: Sequence[Masked]) -> str:
    """Return the words of the facts that a sentence tells; of all where that is not known."""
    mine = facts_of(line, masked)
    return "，".join(one.clause for one in masked if not mine or one.fact.id in mine)


def _strange_digits(line: Line, masked: Sequence[Masked]) -> set[str]:
    """Return the digits of a sentence that no reader of figures and dates takes for one."""
    literal = _literal_text(render(line.raw, slots_of(masked)))
    seen = [(f.start, f.end) for f in _figures(literal)]
    seen += [(d.start, d.end) for d in find_dates(literal)]
    runs = (m for m in _DIGITS.finditer(literal))
    return {m.group() for m in runs if not any(a <= m.start() < b for a, b in seen)}


def _problem(finding: Finding) -> str:
    """Say what is wrong without a figure or a name: the words may leave the machine."""
    words = {
        "invented_number": "有素材里没有的数字",
        "altered_number": "数字与素材对不上",
        "wrong_unit": "计量单位与素材不同",
        "wrong_entity": "有素材里没有的名称",
        "leaked_from_sample": "有别处的内容",
        "stale_formulation": "有过时的提法",
        "invented_title": "有素材里没有的文件名",
        "contradiction": "说法与素材矛盾",
    }
    return words[finding.label]


def is_lost(masked: Masked, uses: Counter[str], text: str) -> bool:
    """Tell whether a fact did not come through whole."""
    if any(uses[slot.id] == 0 for slot in masked.slots):
        return True
    names = [e.text for e in masked.fact.entities if e.kind in _MUST_STAND]
    if any(name in masked.clause and name not in text for name in names):
        return True
    if masked.slots:
        return not told(masked, text)
    return coverage(masked.clause, text) < KEPT


def mended(
    judged: Judged, masked: Sequence[Masked], compose: Callable[[Sequence[str]], str]
) -> str:
    """Return the paragraph with everything wrong replaced by the composer's sentences.

    Facts that are lost, told twice, or stand in a sentence with a problem are composed anew, with
    all that shares a sentence with them. ``compose`` gives the text of facts by their ids.
    """
    facts = [facts_of(line, masked) for line in judged.lines]
    wrong = [mine for line, mine in zip(judged.lines, facts, strict=True) if line.problems]
    bad = touched({*judged.lost, *judged.repeated}.union(*wrong), facts)
    order = [one.fact.id for one in masked if one.fact.id in bad]
    parts: list[str] = []
    for line, mine in zip(judged.lines, facts, strict=True):
        if mine & bad or line.problems:
            parts += [compose(order)] if order and mine & bad else []
            order = [] if mine & bad else order
        else:
            parts.append(line.text)
    return "".join([*parts, compose(order) if order else ""])


def touched(bad: set[str], told: Sequence[set[str]]) -> set[str]:
    """Return facts with all that share a sentence with them; ``told`` are each sentence's facts."""
    grown = bad.union(*(mine for mine in told if mine & bad))
    return bad if grown == bad else touched(grown, told)


def facts_of(line: Line, masked: Sequence[Masked]) -> set[str]:
    """Return the facts that a sentence tells: by their slots, else by their words."""
    mine = {id_of(use, masked) for use in line.uses} - {""}
    return mine or {m.fact.id for m in masked if coverage(line.text, m.clause) >= COVERED}


def sentences_told(point: Point, told: set[str]) -> tuple[Point, set[str]]:
    """Return a model's point without sentences that stood in an earlier point, and all told.

    Only sentences without a figure are dropped: two facts may well be alike.
    """
    if point.origin != "model":
        return point, told
    kept, seen = [], set(told)
    for span in split_sentences(point.text):
        key = re.sub(r"[^\w]", "", span.text)
        if len(key) < MIN_REPEAT or key not in told or re.search(r"\d", span.text):
            kept.append(span.text)
        seen.add(key)
    text = "".join(kept)
    return (replace(point, text=text) if text else point), seen
