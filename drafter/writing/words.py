"""Where the words of a text begin and end, by a dictionary.

A spoken word is looked for by its letters; inside a longer word (老乡 in 父老乡亲, 装 in 装备) it
is another word, or none.
"""

from __future__ import annotations

import re
from functools import lru_cache

_STRETCH = re.compile("[\u4e00-\u9fff]+")


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` begins or ends within a word of the dictionary.

    Not where its end is a word as well (开|现场会), nor where its halves make words with their
    neighbours: 机修 in 取号机修好了 is a chance.
    """
    for match in _STRETCH.finditer(text):
        inner = _within_words(match[0]) if match.start() < end and start < match.end() else ()
        if start - match.start() in inner or end - match.start() in inner:
            return True
    return False


@lru_cache(maxsize=4096)
def _within_words(stretch: str) -> frozenset[int]:
    """Return the offsets of a stretch of Chinese characters that lie within one of its words."""
    import rjieba  # noqa: PLC0415 - a dictionary, read only where a spoken word stands

    words = ["", *rjieba.cut(stretch), ""]
    at, found = 0, set()
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        for cut in range(1, len(word)) if rjieba.has_word(word) else ():
            end = word[cut:]
            others = {before + word[:cut], end, end + after, end + after[:1]} - {word[:cut]}
            if not any(len(other) > 1 and rjieba.has_word(other) for other in others):
                found.add(at + cut)
        at += len(word)
    return frozenset(found)
