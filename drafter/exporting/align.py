"""Two versions of a paper, paragraph against paragraph and character against character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

ALIKE = 0.4  # share of common characters from which two paragraphs are versions of one
_LARGEST = 40_000  # pairs compared by likeness; beyond that paragraphs pair in their order
_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；，\n]*[。；，\n]?")
_MOST_TOKENS = 3000

Pair = tuple[int | None, int | None]
Piece = tuple[str, str]


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return pairs of indexes in reading order; ``None`` where a paragraph has no partner."""
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(a, b), range(c, d), strict=True)
        else:
            pairs += _by_likeness(old, new, (a, b), (c, d))
    return pairs


def _by_likeness(
    old: Sequence[str], new: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> list[Pair]:
    """Pair the paragraphs of a changed stretch so that the sum of their likeness is greatest."""
    rows, columns = range(*left), range(*right)
    if not rows or not columns:
        return [*((i, None) for i in rows), *((None, j) for j in columns)]
    if len(rows) * len(columns) > _LARGEST:
        return _in_order(rows, columns)
    score = [[_likeness(old[i], new[j]) for j in columns] for i in rows]
    return _trace(_best_sums(score), score, rows, columns)


def _in_order(rows: range, columns: range) -> list[Pair]:
    both = min(len(rows), len(columns))
    paired: list[Pair] = list(zip(rows[:both], columns[:both], strict=True))
    return [*paired, *((i, None) for i in rows[both:]), *((None, j) for j in columns[both:])]


def _likeness(a: str, b: str) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415 - only for edited papers

    value = float(fuzz.ratio(a[:2000], b[:2000])) / 100
    return value if value >= ALIKE else 0.0


def _best_sums(score: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return for each pair of suffixes the greatest sum of likeness (Needleman–Wunsch)."""
    rows, columns = len(score), len(score[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            with_pair = score[i][j] + best[i + 1][j + 1] if score[i][j] else 0.0
            best[i][j] = max(with_pair, best[i + 1][j], best[i][j + 1])
    return best


def _trace(
    best: Sequence[Sequence[float]], score: Sequence[Sequence[float]], rows: range, columns: range
) -> list[Pair]:
    pairs: list[Pair] = []
    i = j = 0
    while i < len(rows) and j < len(columns):
        if score[i][j] and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            pairs.append((rows[i], columns[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((rows[i], None))
            i += 1
        else:
            pairs.append((None, columns[j]))
            j += 1
    return [*pairs, *((n, None) for n in rows[i:]), *((None, n) for n in columns[j:])]


def differences(old: str, new: str) -> list[Piece]:
    """Return pieces (``=``, ``-`` or ``+``, text): ``old`` without the +, ``new`` without the −.

    Figures are whole; a single common character between two changes counts as changed.
    """
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    middle = _middle(a[head : len(a) - tail], b[head : len(b) - tail])
    pieces = [("=", "".join(a[:head])), *middle, ("=", "".join(a[len(a) - tail :]))]
    return list(_merged([piece for piece in pieces if piece[1]]))


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many items two sequences have in common from their begin."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))


def _middle(a: Sequence[str], b: Sequence[str]) -> list[Piece]:
    """Return the pieces over tokens; over sentences where there are too many tokens."""
    pieces = _pieces(a, b)
    if pieces is None:
        old, new = "".join(a), "".join(b)
        whole = [("-", old), ("+", new)]
        pieces = _pieces(_SENTENCE.findall(old), _SENTENCE.findall(new)) or whole
    return pieces


def _pieces(old: Sequence[str], new: Sequence[str]) -> list[Piece] | None:
    """Return the pieces over tokens, ``None`` where there are too many to compare."""
    if max(len(old), len(new)) > _MOST_TOKENS:
        return None
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - only for edited papers

    pieces: list[Piece] = []
    for op in Indel.opcodes(old, new):
        if op.tag == "equal":
            pieces.append(("=", "".join(old[op.src_start : op.src_end])))
        else:
            pieces.append(("-", "".join(old[op.src_start : op.src_end])))
            pieces.append(("+", "".join(new[op.dest_start : op.dest_end])))
    return [piece for piece in pieces if piece[1]]


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join changes that a single character keeps apart; deletions stand before insertions."""

    def is_change(index: int) -> bool:
        kind, text = pieces[index]
        inner = 0 < index < len(pieces) - 1
        return kind != "=" or (inner and len(text) == 1)

    for changed, group in groupby(range(len(pieces)), key=is_change):
        members = [pieces[i] for i in group]
        if not changed:
            yield from members
            continue
        removed = "".join(text for kind, text in members if kind != "+")
        added = "".join(text for kind, text in members if kind != "-")
        yield from ((k, t) for k, t in (("-", removed), ("+", added)) if t)
