"""The words of office prose and of a dictionary: what they are, and which name nothing."""

from __future__ import annotations

from functools import cache, lru_cache

from drafter.resources import lexicon

_NO_NAME = frozenset(["v", "vd", "d", "p", "c", "r", "i", "l", "u", "zg", "m", "q", "f"])
_TIMES = frozenset(["岁首", "岁末", "年关", "开年", "入夏", "入秋", "入冬", "天南地北", "五湖四海"])


@cache
def office_words() -> frozenset[str]:
    """Return the verbs and general words of office prose."""
    names = ("loose_words.txt", "office_words.txt")
    return frozenset(w for name in names for row in lexicon("checking", name) for w in row.split())


@cache
def common_pairs() -> frozenset[str]:
    """Return the pairs of characters that general prose is made of."""
    return frozenset(p for row in lexicon("checking", "common_pairs.txt") for p in row.split())


@lru_cache(maxsize=256)
def tagged(clause: str) -> tuple[tuple[int, int, str], ...]:
    """Return begin, end and part of speech of each word of a clause."""
    import rjieba  # noqa: PLC0415 - a dictionary, read only where a name is in doubt

    at, found = 0, []
    for word, tag in rjieba.tag(clause):
        found.append((at, at + len(word), tag))
        at += len(word)
    return tuple(found)


def names_nothing(said: str) -> bool:
    """Tell whether words are no thing but an action, a saying or a time: 引来, 执掌, 岁首."""
    tags = [tag for _, _, tag in tagged(said)]
    return said in _TIMES or (len(said) > 1 and all(tag in _NO_NAME for tag in tags))
