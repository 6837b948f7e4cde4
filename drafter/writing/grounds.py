"""What a model's words rest on: each figure on its own matter, each clause on a fact.

A handle says exactly which figure came back, not what the sentence counts with it. Seen with a
model of 1.5 billion: a phrase takes the place of the matter (开展宣传教育活动18场 for
安全知识进村宣讲18场), purposes are added (确保责任落实到位), two figures change places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from drafter.chinese.sentences import split_clauses
from drafter.resources import lexicon
from drafter.writing.handles import HANDLE, Masked, Piece, Slot

GROUNDED = 0.3  # share of a clause's character pairs that stand in the facts
TOLD = 0.34  # share of a fact's clause around a figure that must come back
HEARD = 0.1  # share of a fact's clause without a figure that must come back
FEW = 3  # pairs of characters: fewer around a figure may well be said in other words
MOVED = 0.5  # gain in likeness by which two figures have surely changed places
SHORT = 5  # characters: a shorter clause before a comma says nothing of its own
_SURE = re.compile(r"[\d《》“”【】]")
_MARKS = re.compile(r"[，；。：、！？（）\s]")
_BREAK = re.compile(r"[，；。：！？]")
_WORDS = re.compile(r"[^\w]|_")


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of a text, within its stretches of words."""
    runs = _WORDS.split(text)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)} or {*runs} - {""}


def coverage(clause: str, text: str) -> float:
    """Return the share of a clause's character pairs that stand in a text, 0 to 1."""
    wanted = pairs(clause)
    return sum(pair in text for pair in wanted) / len(wanted) if wanted else 1.0


def without_claims(text: str, known: str) -> tuple[str, int]:
    """Cut the clauses that rest on no fact, and those that claim an effect no fact has.

    ``known`` are the facts' words. A clause with a handle or a figure stays: it says something
    that can be checked. Returns the text and how many clauses were cut.
    """
    claims = [word for word in lexicon("writing", "effects.txt") if word not in known]
    kept: list[str] = []
    cut = 0
    for span in split_clauses(text):
        claims_effect = any(word in span.text for word in claims)
        if _checkable(span.text) or (_rests(span.text, known) and not claims_effect):
            kept.append(span.text)
            continue
        cut += 1
        while kept and _joins(kept[-1]) and not _grounded(kept[-1], known):
            kept.pop()
        kept = _closed(kept, span.text[-1])
    return "".join(kept), cut


def _checkable(clause: str) -> bool:
    return bool(HANDLE.search(clause) or _SURE.search(clause))


def _rests(clause: str, known: str) -> bool:
    return _joins(clause) or _grounded(clause, known)


def _joins(clause: str) -> bool:
    """Tell whether a clause only leads over to the next (同时，此外，)."""
    return clause[-1] in "，：" and len(_WORDS.sub("", clause)) < SHORT


def _grounded(clause: str, known: str) -> bool:
    words = _WORDS.sub("", clause)
    return coverage(words, known) >= GROUNDED


def _closed(kept: list[str], end: str) -> list[str]:
    """Give the last kept clause the end mark of the one that was cut behind it."""
    if kept and end in "。；" and kept[-1].endswith(("，", "：")):
        return [*kept[:-1], kept[-1][:-1] + end]
    return kept


def overstated(text: str, known: str) -> bool:
    """Tell whether a sentence says more than its facts.

    It does where a word of degree, completeness, purpose or effect stands more often than in them.
    """
    effects = map(re.escape, lexicon("writing", "effects.txt"))
    return _more_often((*lexicon("writing", "assertions.txt"), *effects), text, known)


def acts_for(text: str, known: str) -> bool:
    """Tell whether a sentence has somebody act of whom its facts do not speak, or not so often."""
    return _more_often(lexicon("writing", "actors.txt"), text, known)


def _more_often(patterns: Iterable[str], text: str, known: str) -> bool:
    return any(len(re.findall(p, text)) > len(re.findall(p, known)) for p in patterns)


def told(masked: Masked, text: str) -> bool:
    """Tell whether a fact's clauses came back, each by itself: what a figure counts, and the rest.

    A clause without a figure may be said in other words, as long as any of it is heard.
    """
    return all(coverage(clause, text) >= least for clause, least in _clauses(masked))


def _clauses(masked: Masked) -> Iterator[tuple[str, float]]:
    """Yield a fact's clauses, slots left out, and how much must come back; no short ones."""
    clause = masked.clause
    for slot in reversed(masked.slots):
        clause = f"{clause[: slot.start]}＿{clause[slot.end :]}"
    for span in split_clauses(clause):
        words = len(_WORDS.sub("", span.text.replace("＿", "")))
        if words >= SHORT and "＿" in span.text:
            yield span.text.replace("＿", "　"), TOLD
        elif words > SHORT:
            yield span.text, HEARD


def misplaced(pieces: Sequence[Piece], masked: Sequence[Masked]) -> set[str]:
    """Return the ids of slots that stand in a clause that says nothing of what they count.

    ``pieces`` are the paragraph as rendered. A clause without a figure belongs to its neighbours:
    in 排查农村自建房，共1840栋 the figure has its matter, in 隐患116处已整改，共109处 it has not.
    """
    own = {slot.id: words for one in masked for slot, words in _in_fact(one)}
    clauses = _clauses_told(pieces)
    found: set[str] = set()
    for n, (slots, words) in enumerate(clauses):
        beside = [said for held, said in clauses[max(0, n - 1) : n + 2] if not held]
        around = "　".join([words, *beside])
        found |= {
            slot.id
            for slot in slots
            if len(pairs(own.get(slot.id, ""))) >= FEW and coverage(own[slot.id], around) < GROUNDED
        }
    return found


def _clauses_told(pieces: Iterable[Piece]) -> list[tuple[list[Slot], str]]:
    """Return the clauses of a paragraph: the slots of each, and its words without them."""
    clauses: list[tuple[list[Slot], str]] = [([], "")]
    for piece in pieces:
        slots, words = clauses[-1]
        if piece.slot is not None:
            clauses[-1] = ([*slots, piece.slot], f"{words}　")
            continue
        first, *rest = _BREAK.split(piece.text)
        clauses[-1] = (slots, words + first)
        clauses += [([], part) for part in rest]
    return clauses


def strayed(pieces: Sequence[Piece], masked: Sequence[Masked]) -> set[str]:
    """Return the ids of slots that changed places: each stands where the other belongs.

    ``pieces`` are the paragraph as rendered. What stands around a figure, up to the next mark or
    figure, is compared with what stands around it, and around the other, in the facts.
    """
    own = {slot.id: words for one in masked for slot, words in _in_fact(one)}
    here = _in_draft(pieces)
    once = [slot for slot, _ in here]
    count = Counter(slot.id for slot in once)
    words = {slot.id: around for slot, around in here if count[slot.id] == 1 and slot.id in own}
    texts = {slot.id: slot.text for slot in once}
    found: set[str] = set()
    for a, b in combinations(words, 2):
        if texts[a] == texts[b]:
            continue
        crossed = likeness(words[a], own[b]) + likeness(words[b], own[a])
        if crossed - likeness(words[a], own[a]) - likeness(words[b], own[b]) >= MOVED:
            found |= {a, b}
    return found


def likeness(a: str, b: str) -> float:
    """Return how much two stretches have in common: shared characters, both ways, 0 to 1."""
    a, b = a.replace("　", ""), b.replace("　", "")
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b)) if a and b else 0.0


def _in_fact(masked: Masked) -> Iterator[tuple[Slot, str]]:
    ends = [0, *(slot.end + len(slot.unit) for slot in masked.slots)]
    starts = [*(slot.start for slot in masked.slots), len(masked.clause)]
    stretches = [masked.clause[a:b] for a, b in zip(ends, starts, strict=True)]
    return _around(masked.slots, stretches)


def _in_draft(pieces: Iterable[Piece]) -> list[tuple[Slot, str]]:
    slots: list[Slot] = []
    stretches = [""]
    for piece in pieces:
        if piece.slot is None:
            stretches[-1] += piece.text
        else:
            slots.append(piece.slot)
            stretches.append("")
    return list(_around(slots, stretches))


def _around(slots: Iterable[Slot], stretches: Sequence[str]) -> Iterator[tuple[Slot, str]]:
    """Yield each slot with the words before and behind it, up to the next mark."""
    for n, slot in enumerate(slots):
        yield slot, f"{_MARKS.split(stretches[n])[-1]}　{_MARKS.split(stretches[n + 1])[0]}"
