"""Names against prose: a stretch that begins within a word, or with a word of action, is no name.

Names are found by their endings (铺装沿河, 累计巡河 and 努力办 end like one). Where little but the
ending speaks for a name, the words of a dictionary speak against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from drafter.checking.names import general_words, kind_of_ending, leading_verbs, slogans
from drafter.checking.prose import tagged
from drafter.domain import Finding

_CLAUSE = re.compile("[^，。；：！？、\n“”《》（）]+")
_PROSE_TAGS = frozenset(["v", "vn", "vd", "a", "ad", "d", "p", "r", "c", "b"])
_NUMERAL = re.compile("[\\d一二三四五六七八九十百千万]")
_WHEREABOUTS = frozenset(["s", "f"])
_DOING = frozenset([(1, "v"), (2, "v"), (1, "zg")])  # a verb, known or a single rare character
_VERBS = frozenset(["v", "p", "d"])
_NO_THINGS = _PROSE_TAGS | {"vi", "an", "m", "t", "q", "f", "u"}
_RARE_THING = 1000  # how often the dictionary's sources have a thing that names no village
_RARE_WORD = 30
_PAIR = 2  # characters; a longer word of the dictionary names nobody and nothing of one's own
_SMALL = frozenset("省市州县区镇乡村大小老新中高")
_OF_NAMES = frozenset(["wrong_entity", "leaked_from_sample"])


def _has_word(text: str) -> bool:
    import rjieba  # noqa: PLC0415

    return rjieba.has_word(text)


def _clause_of(text: str, at: int) -> re.Match[str] | None:
    return next((m for m in _CLAUSE.finditer(text) if m.start() <= at < m.end()), None)


def is_prose(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is made of words and is no name of its own.

    It is where a word of the dictionary reaches over its begin, where it begins with a word of
    action or manner, or with a thing and goes on with a verb (冷暖放, of 群众冷暖放在心上). A word
    of action and a name's ending are a name nevertheless: 前进村, 团结水库.
    """
    clause = _clause_of(text, start)
    if clause is None:
        return False
    at, to = start - clause.start(), end - clause.start()
    for begin, stop, tag in tagged(clause[0]):
        if stop - begin > 1 and begin <= at < stop < to:
            if begin < at:
                verb = clause[0][at - _PAIR : at] in leading_verbs()
                return not verb and _has_word(clause[0][begin:stop])
            if tag in _PROSE_TAGS:
                return _is_no_ending(clause[0][stop:to])
            return _is_verb(clause[0], stop, to)
    return False


def is_action(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is a verb that opens a clause or stands before a figure.

    掀起 in 掀起热潮, 只掏 in 只掏五元, and what says where: 房前屋后. What stands before a thing
    may say which: 留守儿童.
    """
    clause = _clause_of(text, start)
    at = clause.start() if clause else 0
    words = ((at + b, at + e, tag) for b, e, tag in tagged(clause[0])) if clause else ()
    inside = [(e - b, tag) for b, e, tag in words if start <= b and e <= end]
    tags = [tag for _, tag in inside]
    whole = sum(size for size, _ in inside) == end - start
    if whole and (set(tags) <= _WHEREABOUTS or tags == ["d"]):
        return True
    said = tags == ["v"] or (tags[:1] == ["d"] and inside[-1] in _DOING)
    return said and (start == at or _NUMERAL.match(text, end) is not None)


def is_word(text: str) -> bool:
    """Tell whether a text is a word of the dictionary: nobody's own phrase."""
    return _has_word(text)


def _is_no_ending(text: str) -> bool:
    """Tell whether a text makes no name of a word before it; 办 and 会 are verbs as well."""
    kind = kind_of_ending(text)
    return not kind or (len(text) == 1 and kind in ("organisation", "meeting"))


def _is_verb(clause: str, at: int, to: int) -> bool:
    """Tell whether a verb stands between two offsets, or a phrase reaches further: 放在心上."""
    for begin, stop, tag in tagged(clause):
        if begin == at:
            longer = stop > to and _has_word(clause[begin:stop])
            return longer or (stop == to and tag in _VERBS)
    return False


def is_general(text: str, start: int, end: int) -> bool:
    """Tell whether a name without its ending is made of everyday words only: 公立|医院, 友好|社区.

    Rare words and those that the dictionary has as names (绿野, 石桥) make a name; so do the words
    that villages and works are called after (和平, 前进).
    """
    if text[start:end] in slogans():
        return False
    if text[start:end] in general_words():
        return True
    words = list(_words_in(text, start, end))
    rare = _RARE_WORD if len(words) > 1 else _RARE_THING
    joined = end - start == 1 or any(len(word) > 1 for word, _ in words)  # 万和 is no word
    return joined and all(_is_everyday(word, tag, rare) for word, tag in words)


def _words_in(text: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the words, with their parts of speech, that lie between two offsets."""
    clause = _clause_of(text, start)
    at = clause.start() if clause else 0
    for begin, stop, tag in tagged(clause[0]) if clause else ():
        low, high = max(start, at + begin), min(end, at + stop)
        if low < high:
            yield text[low:high], tag


def _is_everyday(word: str, tag: str, rare_thing: int) -> bool:
    if word in general_words():
        return True
    if len(word) == 1:
        return tag in _NO_THINGS or word in _SMALL
    if not _has_word(word) or (tag[:1] == "n" and len(tag) > 1):
        return False
    if len(word) > _PAIR:
        return True
    import rjieba  # noqa: PLC0415

    common = _RARE_WORD if tag in _NO_THINGS else rare_thing
    return rjieba.suggest_freq(word) >= common


def one_differs(one: str, other: str) -> bool:
    """Tell whether two names of a length differ in one character."""
    alike = len(one) == len(other)
    return alike and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _is_turned(finding: Finding) -> bool:
    said, fact = finding.text, finding.suggestion
    return finding.severity == "block" and said[:1] == fact[:1] and one_differs(said, fact)


def names_only(text: str, findings: Iterable[Finding], longest: int = 0) -> list[Finding]:
    """Return findings without those that take prose for a name.

    ``longest`` is the most characters of a finding that may be prose; 0 means any. What is one
    character away from a fact's own name, and begins like it, is no prose.
    """
    return [
        f
        for f in findings
        if f.label not in _OF_NAMES
        or _is_turned(f)
        or (longest and f.end - f.start > longest)
        or not is_prose(text, f.start, f.end)
    ]
