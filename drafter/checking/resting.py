"""Where in a fact a clause rests, and how much of it is done there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, takewhile

from drafter.checking.ahead import alike
from drafter.checking.claimed import Claim, words
from drafter.checking.context import Clause, Mention
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.checking.grams import grams
from drafter.checking.matching import same_kind

DIGITS = re.compile(r"\d[\d.]*")
_DUE = re.compile("应|任务|目标|需")
_EACH = re.compile("每[\u4e00-\u9fff]{1,2} ?$")  # 9名，每村1名: no part of the nine
LEVEL = re.compile("[省市县镇村]级|[一二三四]期")
_AMONG = re.compile("(?:^|[村组户个处])中有?的?$")  # 覆盖22个村中的18个
_WIDE = 0.25
_NOT_YET = re.compile("限期|待|未|尚|正在|逾期")
_ITEM_CUT = re.compile(
    "[；;。](?!(?:其余|剩余|余下|剩下|余 ?\\d))"
)  # the rest belongs to its whole
_ALTOGETHER = re.compile("[全共][镇乡县市村]|[共总]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a fact a clause rests: the piece between commas, and the item between ； 。."""

    line: Line
    piece: str
    item: str
    before: str  # what the item says before the piece
    clause: Clause


def place_of(binding: Binding, clause: Clause, index: FactIndex) -> Place:
    """Return a fact's piece that shares most, figures first, with a clause, and its item."""
    best = ("", "", "", (0, False, -1.0))
    level = LEVEL.findall(clause.text)
    for item in _ITEM_CUT.split(binding.line.text):
        before = ""
        for piece in re.split("[，,]", item):
            found = grams(piece)
            shared = index.weights.shared(clause.grams, found)
            shared += _WIDE * index.weights.shared(clause.wide, found)
            figures = set(DIGITS.findall(piece)) & set(DIGITS.findall(clause.text))
            rank = (len(figures), any(said in piece for said in level), shared)
            if rank > best[3]:
                best = (piece, item, before, rank)
            before += piece + "，"
    return Place(binding.line, *best[:3], clause)


def is_planned(place: Place) -> bool:
    """Tell whether a fact is a plan where the clause rests: 施工图已批 is none before 计划开工."""
    if place.line.state != "planned":
        return False
    plan = words("plan")
    return plan.search(place.before + place.piece) is not None or not plan.search(place.line.text)


def due_met(line: Line) -> bool:
    """Tell whether as many are done as were due: 应免 20900头，已免 20900头."""
    due = [m.figure for m in line.mentions if _DUE.search(m.before_text)]
    done = [m.figure for m in line.mentions if not _DUE.search(m.before_text)]
    return any((a.low, a.dimension) == (b.low, b.dimension) for a in due for b in done)


def as_many(line: Line, claim: Claim, said: str) -> bool:
    """Tell whether a fact counts as many done as there were: 违规5家，约谈5家."""
    for at, done in enumerate(line.mentions):
        deed = done.before_text.strip()[-2:]
        if _NOT_YET.search(done.before_text):
            continue  # 限期整改12个
        meant = claim.text.endswith(deed[:1]) or any(word in said for word in alike(deed))
        if len(deed) > 1 and meant:
            bare = done.figure.dimension == "number" and not done.figure.unit  # 送检24批次 合格24
            if any(
                m.figure.low == done.figure.low
                and (bare or m.figure.dimension == done.figure.dimension)
                for m in line.mentions[:at]
            ):
                return True
    return False


def _parted(whole: Mention, line: Line) -> list[Mention]:
    """Return a whole with the figures in brackets that it is made of: 1.26亿元（甲…、乙…）."""
    if line.text[whole.figure.end : whole.figure.end + 1] not in ("（", "(", "：", ":"):
        return []
    kin = [m for m in line.mentions if m.place > whole.place]
    parts = list(takewhile(lambda m: m.figure.dimension == whole.figure.dimension, kin))
    sums = list(accumulate(m.figure.low for m in parts))
    size = sums.index(whole.figure.low) + 1 if whole.figure.low in sums[1:] else 0
    return [whole, *parts[:size]] if size else []


def is_partial(line: Line, clause: Clause, item: str = "") -> bool:
    """Tell whether a fact has a total and a smaller done part of the same unit.

    Where an ``item`` of the fact is given, only its own figures count.
    """
    whole_of = re.search("中有?的?(?=\\d|[一二三四五六七八九十])|其中", line.text)
    start = max(0, line.text.find(item))
    end = start + len(item) if item else len(line.text)
    made = {part.place for whole in line.mentions for part in _parted(whole, line)}
    here = (m for m in line.mentions if start <= m.figure.start < end)
    for part in (m for m in here if not _EACH.search(m.before_text)):
        said = part.before_text + (part.after_text if whole_of else "")
        about = any(len(gram) > 1 and gram in clause.grams for gram in grams(said))
        among = _AMONG.search(part.before_text) is not None
        if not about and not among and not words("done_share").search(said):
            continue
        if part.figure.text in clause.text or _DUE.search(part.before_text):
            continue  # all of the 21 are meant; a target is no part
        if part.figure.dimension == "ratio" and part.figure.high < 1:
            return True
        for whole in line.mentions:
            if whole.place in made:
                continue
            same = same_kind(whole.figure.dimension, part.figure.dimension) or (
                among and whole.place + 1 == part.place
            )
            before = whole.place < part.place or _ALTOGETHER.search(whole.before_text)
            if same and before and whole.figure.low > part.figure.low:
                return True
    return False
