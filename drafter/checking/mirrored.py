"""Two things told in each other's places, in words alone.

下湾村夺得篮球冠军，上湾村拔河第一 is at odds with 篮球冠军上湾村，拔河冠军下湾村.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, groupby, pairwise

from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words, grams
from drafter.domain import Finding

_ITEMS = re.compile("[，、；。（）]")
_GROUPS = re.compile("[，；。（）]")
_JOINED = re.compile("[、和与]")
_LIST = "[\u4e00-\u9fff]{2,8}(?:[、和与][\u4e00-\u9fff]{2,12})+"
_RESPECTIVE = re.compile(f"(?P<first>{_LIST}?)(?:两[人村个镇社]?)?分别由?(?P<second>{_LIST})")
_DIGIT = re.compile("\\d")
_PAIR = 2
_OWN = 3  # pairs of characters that an item must have of its own
_MOST = 6  # items of a fact that are looked at


def check_mirrored(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield what two clauses of a sentence tell of each other's things, in words alone."""
    lines = [(line, items) for line in index.lines if len(items := _items(line.text)) > 1]
    for _, group in groupby(clauses, key=lambda c: c.begin):
        for one, other in pairwise(group):
            here, there = _pairs(one.grams), _pairs(other.grams)
            for line, items in lines:
                if len(here & line.grams) < _PAIR or len(there & line.grams) < _PAIR:
                    continue
                found = _crossed(one, here, there, line, items)
                if found:
                    yield found
                    break


def check_respective(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield the names of a 分别 list that stand in each other's places.

    柳树村、槐花村分别由宋雨桐、郭正阳包抓 is at odds with 柳树村 郭正阳；槐花村 宋雨桐.
    """
    for clause in clauses:
        for said in _RESPECTIVE.finditer(clause.text):
            firsts, seconds = (_JOINED.split(said[side]) for side in ("first", "second"))
            if len(firsts) != len(seconds):
                continue
            for line in index.lines:
                ours = [_longest(item, line.text, tail=True) for item in firsts]
                theirs = [_longest(item, line.text, tail=False) for item in seconds]
                if all(ours) and all(theirs) and _swapped(ours, theirs, line.text):
                    text = clause.text[said.start("second") : said.end("second")]
                    text = text[: text.find(theirs[-1]) + len(theirs[-1])]
                    at = clause.start + said.start("second")
                    why = f"“{text}”与事实{line.fact_id}“{line.text}”不符：两者的位置写反了。"
                    ids = (line.fact_id,)
                    span = (at, at + len(text), text)
                    yield Finding(*span, "contradiction", "block", why, "", ids)
                    break


def _longest(item: str, fact: str, *, tail: bool) -> str:
    """Return the longest end, or beginning, of a listed item that a fact has, two at least."""
    sizes = range(len(item), _PAIR - 1, -1)
    parts = (item[-size:] if tail else item[:size] for size in sizes)
    return next((part for part in parts if part in fact), "")


def _swapped(ours: Sequence[str], theirs: Sequence[str], fact: str) -> bool:
    """Tell whether a fact has each second name with another first one than its own."""
    items = _GROUPS.split(fact)
    if len(set(ours)) < len(ours) or len(set(theirs)) < len(theirs):
        return False
    homes = [[i for i, item in enumerate(items) if name in item] for name in ours]
    if any(len(home) != 1 for home in homes) or len({home[0] for home in homes}) != len(homes):
        return False
    held = [{name for name in theirs if name in items[home[0]]} for home in homes]
    pairs = zip(held, theirs, strict=True)
    return all(len(names) == 1 and name not in names for names, name in pairs)


def _pairs(found: frozenset[str]) -> frozenset[str]:
    return frozenset(gram for gram in found if len(gram) == _PAIR) - common_words()


@lru_cache(maxsize=4096)
def _items(text: str) -> tuple[frozenset[str], ...]:
    """Return the pairs of the items of a fact; figures are set against the facts elsewhere."""
    items = (item for item in _ITEMS.split(text)[:_MOST] if not _DIGIT.search(item))
    found = (_pairs(grams(item)) for item in items)
    return tuple(pairs for pairs in found if len(pairs) >= _OWN)


def _crossed(
    one: Clause,
    here: frozenset[str],
    there: frozenset[str],
    line: Line,
    items: Sequence[frozenset[str]],
) -> Finding | None:
    for first, second in combinations(items, 2):
        a, b = first - second, second - first
        if min(len(a), len(b)) < _OWN:
            continue
        parts = (here & a, here & b, there & a, there & b)
        apart = not (parts[0] & parts[2]) and not (parts[1] & parts[3])
        if not all(parts) or not apart or _elsewhere(items, (first, second), parts):
            continue
        start, end = _stretch(one.text, parts[1])
        text = one.text[start:end]
        why = f"“{text}”与事实{line.fact_id}“{line.text}”不符：两者的位置写反了。"
        at = one.start + start
        return Finding(at, at + len(text), text, "contradiction", "block", why, "", (line.fact_id,))
    return None


def _elsewhere(
    items: Sequence[frozenset[str]],
    two: tuple[frozenset[str], frozenset[str]],
    parts: Sequence[frozenset[str]],
) -> bool:
    """Tell whether what sets two items apart stands in others as well."""
    rest = frozenset[str]().union(*(item for item in items if item not in two))
    return any(part <= rest for part in parts)


def _stretch(text: str, found: frozenset[str]) -> tuple[int, int]:
    """Return where the first run of these pairs stands in a text."""
    start = min(text.find(pair) for pair in found if pair in text)
    end = start + _PAIR
    while text[end - 1 : end + 1] in found:
        end += 1
    return start, end
