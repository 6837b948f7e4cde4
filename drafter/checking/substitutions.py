"""One word replaced in an otherwise equal wording: 燃气报警器 told as 烟感报警器."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from drafter.checking.context import Clause
from drafter.checking.factindex import Binding, FactIndex
from drafter.domain import Finding
from drafter.resources import lexicon

_LEAST = 0.5
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NUMERAL = re.compile("[一二三四五六七八九十百千万亿两半几]")
_LONGEST = 3
_LONGEST_THING = 4


@cache
def _loose() -> frozenset[str]:
    """Return the words that may be replaced without changing what is said."""
    verbs = (v for row in lexicon("checking", "leading_verbs.txt") for v in row.split())
    plain = (w for row in lexicon("checking", "loose_words.txt") for w in row.split())
    return frozenset([*verbs, *plain, *lexicon("checking", "common_words.txt")])


@cache
def _doing() -> re.Pattern[str]:
    """Return the pattern of a verb right before: what follows it is a thing, not a deed."""
    return re.compile(
        "(?:" + "|".join(sorted(_loose(), key=len, reverse=True)) + "|新装|加装|增设)了?$"
    )


def check_substitutions(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield the word of a clause that stands where its fact has another of the same length."""
    for clause in clauses:
        for binding in index.bind(clause.grams, _LEAST)[:1]:
            found = _replaced(clause, binding, index)
            if found:
                yield found


def _replaced(clause: Clause, binding: Binding, index: FactIndex) -> Finding | None:
    ours, theirs = clause.text, binding.segment
    for op in Levenshtein.opcodes(theirs, ours):
        if op.tag != "replace" or op.dest_end - op.dest_start != op.src_end - op.src_start:
            continue
        said, fact = ours[op.dest_start : op.dest_end], theirs[op.src_start : op.src_end]
        left = _common_before(theirs[: op.src_start], ours[: op.dest_start])
        right = _common_after(theirs[op.src_end :], ours[op.dest_end :])
        doing = _doing().search(ours[: op.dest_start])
        if left >= 2 and right >= 2 and doing and _tells(said, fact, clause, index):
            return _finding(clause, op.dest_start, said, fact, binding)
    return _object_replaced(clause, binding, index)


def _object_replaced(clause: Clause, binding: Binding, index: FactIndex) -> Finding | None:
    """Return another thing between the same verb and the same head noun (采购冷链车 2辆)."""
    ours, theirs = _thing(clause.text), _thing(binding.segment)
    left = _common_after(theirs, ours)
    right = _common_before(theirs[left:], ours[left:])
    said, fact = ours[left : len(ours) - right], theirs[left : len(theirs) - right]
    sizes = 2 <= len(said) <= _LONGEST_THING and 2 <= len(fact) <= _LONGEST_THING
    if left < 2 or right < 1 or not sizes or not _doing().search(ours[:left]):
        return None
    if _NUMERAL.search(said + fact) or any(w in said or w in fact for w in _loose() if len(w) > 1):
        return None
    if said in index.bare or fact in clause.sentence or set(said) & set(fact):
        return None
    return _finding(clause, clause.text.index(ours) + left, said, fact, binding)


def _thing(text: str) -> str:
    """Return the words before the first figure of a clause (采购冷链车 of 采购冷链车 2辆)."""
    match = _HAN.match(text.strip())
    return match[0] if match else ""


def _common_before(one: str, other: str) -> int:
    return _common_after(one[::-1], other[::-1])


def _common_after(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b or not _HAN.match(a):
            break
        count += 1
    return count


def _tells(said: str, fact: str, clause: Clause, index: FactIndex) -> bool:
    """Tell whether the replaced word is a thing's name: both are words, and neither is loose."""
    if not 2 <= len(said) <= _LONGEST or not (_HAN.fullmatch(said) and _HAN.fullmatch(fact)):
        return False
    if _NUMERAL.search(said + fact) or said in _loose() or fact in _loose():
        return False
    return said not in index.bare and fact not in clause.sentence and not set(said) & set(fact)


def _finding(clause: Clause, at: int, said: str, fact: str, binding: Binding) -> Finding:
    start = clause.start + at
    line = binding.line
    message = f"“{said}”与事实{line.fact_id}“{line.text}”不一致，事实是“{fact}”。"
    return Finding(
        start, start + len(said), said, "wrong_entity", "confirm", message, fact, (line.fact_id,)
    )
