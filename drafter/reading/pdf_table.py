"""The ruled tables of a PDF page: cells lie between the lines that it draws.

A page draws no table, only rules and text. Rules that touch belong to one table; where the rule
between two cells is missing, they are one merged cell. Tables without rules are not recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from drafter.reading.record import Cell, Grid

_NEAR = 3.0
"""Rules no further apart than this many points touch, or are one."""
_THIN = 3.0
"""A filled rectangle not wider than this is a rule."""
_SHORTEST = 5.0
_MOST_RULES = 400
"""A page with more, parts of one line taken together, is a drawing."""
_FEWEST_COLUMNS = 2
_FEWEST_CELLS = 4

_STROKES = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))
_PAINTS = _STROKES | {b"f", b"F", b"f*", b"n"}

Visitor = Callable[[Any, Any, Any, Any], None]


class Rule(NamedTuple):
    """A straight line; ``at`` is its y if ``flat``, else its x, the rest its extent."""

    flat: bool
    at: float
    start: float
    end: float


class Ruled(NamedTuple):
    """A table's lines: columns lie between ``xs`` ascending, rows between ``ys`` descending."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within the table's frame."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Return row and column of a point inside."""
        row = sum(1 for line in self.ys[1:-1] if y < line)
        return row, sum(1 for line in self.xs[1:-1] if x >= line)


def rule_collector() -> tuple[list[Rule], Visitor]:
    """Return a list and the visitor of a page's operators that fills it with rules.

    A path counts once it is painted: a rectangle that only clips or shades is no rule.
    """
    rules: list[Rule] = []
    stroked: list[Rule] = []
    filled: list[Rule] = []
    at: list[tuple[float, float]] = []

    def visit(operator: Any, operands: Any, matrix: Any, _text: Any) -> None:
        if operator == b"re" and len(operands) == 4:
            x, y, wide, high = map(float, operands)
            corners = _moved(matrix, x, y), _moved(matrix, x + wide, y + high)
            filled.extend(_rule(*corners))
            stroked.extend(_rule(*corners) or _edges(*corners))
        elif operator in (b"m", b"l") and len(operands) == 2:
            end = _moved(matrix, *map(float, operands))
            stroked.extend(_rule(at[0], end) if at and operator == b"l" else [])
            at[:] = [end]
        elif operator in _PAINTS:
            rules.extend(stroked if operator in _STROKES else filled)
            stroked.clear()
            filled.clear()

    return rules, visit


def _moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = map(float, matrix)
    return a * x + c * y + e, b * x + d * y + f


def _rule(start: tuple[float, float], end: tuple[float, float]) -> list[Rule]:
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if y1 - y0 <= _THIN and x1 - x0 >= _SHORTEST:
        return [Rule(True, (y0 + y1) / 2, x0, x1)]
    if x1 - x0 <= _THIN and y1 - y0 >= _SHORTEST:
        return [Rule(False, (x0 + x1) / 2, y0, y1)]
    return []


def _edges(one: tuple[float, float], other: tuple[float, float]) -> list[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    flat = [Rule(True, y, x0, x1) for y in (y0, y1)]
    return flat + [Rule(False, x, y0, y1) for x in (x0, x1)]


def find_tables(rules: Sequence[Rule]) -> list[Ruled]:
    """Return the tables of at least two columns and four cells that rules draw."""
    whole = _whole(rules)
    if len(whole) > _MOST_RULES:
        return []
    found = []
    for group in _touching(whole):
        xs = _lines(rule.at for rule in group if not rule.flat)
        ys = _lines(rule.at for rule in group if rule.flat)[::-1]
        cells = (len(xs) - 1) * (len(ys) - 1)
        if len(xs) > _FEWEST_COLUMNS and cells >= _FEWEST_CELLS:
            found.append(Ruled(tuple(xs), tuple(ys), tuple(group)))
    return found


def _whole(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with the parts of one line, as drawn cell by cell, joined."""
    found: list[Rule] = []
    for rule in sorted(rule._replace(at=round(rule.at)) for rule in rules):
        last = found[-1] if found else None
        if last and last[:2] == rule[:2] and rule.start <= last.end + _NEAR:
            found[-1] = last._replace(end=max(last.end, rule.end))
        else:
            found.append(rule)
    return found


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        joined = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([rule, *(other for group in joined for other in group)])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    if one.flat == other.flat:
        near = abs(one.at - other.at) <= _NEAR
        return near and one.start <= other.end + _NEAR and other.start <= one.end + _NEAR
    return _covers(one, other.at) and _covers(other, one.at)


def _covers(rule: Rule, at: float) -> bool:
    return rule.start - _NEAR <= at <= rule.end + _NEAR


def _lines(places: Iterable[float]) -> list[float]:
    """Return places in order, those that are near one another as one."""
    lines: list[float] = []
    for place in sorted(places):
        if not lines or place - lines[-1] > _NEAR:
            lines.append(place)
    return lines


def make_grid(table: Ruled, texts: Mapping[tuple[int, int], Sequence[str]]) -> Grid:
    """Return the table's cells; ``texts`` are the lines by row and column of where they stand.

    Merged cells are filled in.
    """
    anchors = _anchors(table)
    whole: dict[tuple[int, int], str] = {}
    for place in sorted(texts):
        anchor = anchors[place][0]
        whole[anchor] = whole.get(anchor, "") + "".join(texts[place])
    rows = []
    for r in range(len(table.ys) - 1):
        places = [anchors[r, c] for c in range(len(table.xs) - 1)]
        rows.append(tuple(Cell(whole.get(anchor, ""), covered) for anchor, covered in places))
    return Grid(tuple(rows))


def _anchors(table: Ruled) -> dict[tuple[int, int], tuple[tuple[int, int], bool]]:
    """Return for each place the first place of its cell, and whether one to the left covers it."""
    found: dict[tuple[int, int], tuple[tuple[int, int], bool]] = {}
    for r, (top, bottom) in enumerate(pairwise(table.ys)):
        for c, (left, right) in enumerate(pairwise(table.xs)):
            if c and not _ruled(table, False, left, (top + bottom) / 2):
                found[r, c] = found[r, c - 1][0], True
            elif r and not _ruled(table, True, top, (left + right) / 2):
                found[r, c] = found[r - 1, c]
            else:
                found[r, c] = (r, c), False
    return found


def _ruled(table: Ruled, flat: bool, at: float, middle: float) -> bool:
    return any(
        rule.flat == flat and abs(rule.at - at) <= _NEAR and _covers(rule, middle)
        for rule in table.rules
    )
