"""A title broken by hand: lines of at most 20 characters, a trapezoid or a diamond, words whole.

GB/T 9704-2012 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当，梯形或菱形.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise

from drafter.exporting.grid import SUBSTITUTED, edges, width
from drafter.resources import lexicon

ROOM = 20.0  # characters of 22 pt in 156 mm
MOST_LINES = 5  # a longer title is broken line after line, without a shape
MOST_WAYS = 2000  # kept while lines are added, those with the best breaks
FAIR = 10.0  # the cost of a break that a long title may have anywhere
_NOT_FIRST = frozenset("的之和与及暨等、，。；：）》】”’·…—章字")
_NOT_LAST = frozenset("（《【“‘在对就把和与及暨")
_GOOD_BEFORE = (
    "关于",
    "工作总结",
    "工作情况",
    "工作报告",
    "述职",
    "开展",
    "贯彻",
    "落实",
    "总结",
    "情况",
    "20",
)
_GOOD_AFTER = (
    "人民政府", "党委", "委员会", "党政办", "办公室",
    "年度", "年", "上半年", "下半年", "专项行动", "行动", "教育", "工作", "期间",
)  # fmt: skip
_PLACE_AFTER = ("街道", "镇", "乡", "县", "区", "市")
_BAD_AFTER = ("关于", "对于", "开展", "推进", "加强", "落实", "贯彻", "实施")
_WHOLE = re.compile(
    r"\d{4}年(?:度|[上下]半年|第[一二三四]季度)?|[0-9A-Za-z.%+/-]+年?|第[一二三四五六七八九十\d]+[\u4e00-\u9fff]{1,3}"
    r"|党的[一二三四五六七八九十]+(?:大|届[一二三四五六七八]中全会)(?:精神)?"
    "|(?:[\u4e00-\u9fff]{2}[县区市])?[\u4e00-\u9fff]{2}(?:街道|镇|乡)(?:委员会|人民政府|党委|党工委|办事处)"
    "|[\u4e00-\u9fff]{2}[县区市][\u4e00-\u9fff]{1,3}(?:街道|镇|乡)"
    r"|“[^“”]{1,12}”|《[^《》]{1,18}》|（[^（）]{1,16}）|【[^【】]{1,18}】"
)


def break_title(text: str, room: float = ROOM) -> list[str]:
    """Return the lines of a title, of at most ``room`` characters.

    Line ends already in ``text`` stand, if every line has room.
    """
    by_hand = text.split("\n")
    if len(by_hand) > 1 and all(width(line) <= room for line in by_hand):
        return by_hand
    whole = "".join(by_hand)
    places = _places(whole)
    if places[-1] <= room:
        return [whole]
    costs = _break_costs(whole)
    fewest = int(-(-places[-1] // room))
    for count in range(fewest, min(fewest + 2, MOST_LINES + 1)):
        lines = _best(whole, costs, count, room)
        if lines:
            return lines
    return _as_it_comes(whole, costs, room)


def _places(text: str) -> list[float]:
    """Return the edges of characters, as wide as any word processor sets them.

    Where the paper's fonts are not, digits are wider and stand apart from Chinese.
    """
    return edges(text, SUBSTITUTED)


def _best(text: str, costs: list[float], count: int, room: float) -> list[str]:
    """Return the best way to make ``count`` lines, [] where none fits the page and the shapes."""
    chosen: tuple[float, tuple[int, ...]] | None = None
    for cuts in _cuts(text, costs, count, room):
        lines = _split(text, cuts)
        cost = sum(costs[cut] for cut in cuts) + _shape_cost([width(line) for line in lines])
        if chosen is None or cost < chosen[0]:
            chosen = cost, cuts
    return _split(text, chosen[1]) if chosen else []


def _cuts(text: str, costs: list[float], count: int, room: float) -> list[tuple[int, ...]]:
    """Return all ways to cut a text into ``count`` lines with room, at places that may be cut."""
    places = _places(text)
    allowed = [i for i in range(1, len(text)) if costs[i] < FORBIDDEN]
    partial: list[tuple[int, ...]] = [()]
    for done in range(1, count):
        rest = (count - done) * room
        partial = [
            (*cuts, cut)
            for cuts in partial
            for cut in allowed
            if cut > (cuts[-1] if cuts else 0)
            and places[cut] - places[cuts[-1] if cuts else 0] <= room
            and places[-1] - places[cut] <= rest
        ]
        partial = sorted(partial, key=lambda cuts: sum(costs[cut] for cut in cuts))[:MOST_WAYS]
    return partial


def _split(text: str, cuts: tuple[int, ...]) -> list[str]:
    return [text[a:b] for a, b in pairwise((0, *cuts, len(text)))]


FORBIDDEN = 1000.0


def _shape_cost(widths: list[float]) -> float:
    """Return how far lines are from a trapezoid or a diamond; rectangles, hourglasses are bad."""
    steps = [b - a for a, b in pairwise(widths)]
    rises = [step > 0 for step in steps]
    cost = sum(30.0 for step in steps if abs(step) < 1)
    if any(not a and b for a, b in pairwise(rises)):  # falls, then rises: an hourglass
        cost += 60.0
    spread = max(widths) - min(widths)
    return cost + max(0.0, spread - 6) * 1.5 + (8.0 if min(widths) < 5 else 0.0)


def _break_costs(text: str) -> list[float]:
    """Return for each place the cost of breaking the title there."""
    costs = [8.0] * (len(text) + 1)
    for start, end in _words(text):
        costs[start + 1 : end] = [FORBIDDEN] * (end - start - 1)
        costs[start], costs[end] = min(costs[start], 5.0), min(costs[end], 5.0)
    for match in _WHOLE.finditer(text):
        costs[match.start() + 1 : match.end()] = [FORBIDDEN] * (len(match.group()) - 1)
    for i in range(1, len(text)):
        if text[i] in _NOT_FIRST or text[i - 1] in _NOT_LAST:
            costs[i] = FORBIDDEN
        elif costs[i] < FORBIDDEN and text[:i].endswith(_BAD_AFTER):
            costs[i] = 15.0
        elif costs[i] < FORBIDDEN and _is_good(text, i):
            costs[i] = 0.0
        elif costs[i] < FORBIDDEN and text[:i].endswith(_PLACE_AFTER):
            costs[i] = 4.0
    return costs


def _is_good(text: str, place: int) -> bool:
    return text.startswith(_GOOD_BEFORE, place) or text[:place].endswith(_GOOD_AFTER)


@cache
def _lexicon() -> tuple[frozenset[str], int]:
    words = frozenset(lexicon("exporting", "title_words.txt"))
    return words, max(map(len, words))


def _words(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lexicon's words, left to right, the longest at each place.

    A word gives way to a longer one that begins within it: 镇|委员会, not 镇委|员会.
    """
    found, place = [], 0
    while place < len(text):
        end = _word_end(text, place)
        inside = ((start, _word_end(text, start)) for start in range(place + 1, end))
        if end > place and not any(e > end and e - s > end - place for s, e in inside):
            found.append((place, end))
            place = end
        else:
            place += 1
    return found


def _word_end(text: str, place: int) -> int:
    """Return the end of the longest word of the lexicon at a place, the place if there is none."""
    words, longest = _lexicon()
    ends = range(min(place + longest, len(text)), place + 1, -1)
    return next((end for end in ends if text[place:end] in words), place)


def _as_it_comes(text: str, costs: list[float], room: float) -> list[str]:
    """Return lines as full as their room and a fair break allow; words stay whole if they can."""
    places = _places(text)
    lines, start = [], 0
    while places[-1] - places[start] > room:
        fits = bisect_right(places, places[start] + room) - 1
        cuts = range(max(fits, start + 1), start, -1)
        end = next((cut for cut in cuts if costs[cut] < FAIR), cuts[0])
        lines.append(text[start:end])
        start = end
    return [*lines, text[start:]]
