"""The words that head a figure: what stands right before it says what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from drafter.checking.context import Mention

_NEGATION = re.compile("[不未非没无]$")
_RATE = re.compile("([\u4e00-\u9fff]{2})率[\u4e00-\u9fff]{0,3} ?$")
_LEADING = re.compile("^(?:其中|全镇|全乡|全年|今年|累计|共计|共有|目前|已经|现有)+")


def words_before(mention: Mention) -> str:
    """Return the Chinese words right before a figure, without 其中, 全年 and the like."""
    return _words(mention.before_text)


@lru_cache(maxsize=4096)
def _words(before: str) -> str:
    return _LEADING.sub("", re.sub(r"[^\u4e00-\u9fff]", "", before))


def last_word(mention: Mention) -> str:
    """Return what stands between the last blank before a figure and it, Chinese words only."""
    return _words(mention.before_text.strip().rpartition(" ")[2])


def rate_name(mention: Mention) -> str:
    """Return the name of a rate that a figure stands behind: 满意 of 满意率达, "" for none."""
    found = _RATE.search(mention.before_text)
    return found[1] if found else ""


def concerned(group: Sequence[Mention], clause: str) -> list[Mention]:
    """Return the figures of a group whose own words a clause says: 分散 in 分散供水占四成.

    One without words is said with the one before it: 13.3公里 of 通屯路4条13.3公里.
    """
    found: list[Mention] = []
    last: Mention | None = None
    for mention in group:
        words = words_before(mention)
        goes_on = not mention.before_text.strip() and last in found[-1:]
        own = last_word(mention)  # 政府 of 筹资 政府 45万元
        if any(len(w) > 1 and w in clause for w in (words, own)) or (
            goes_on and last and last.line == mention.line
        ):
            found.append(mention)
        last = mention
    return found


def same_words(words: str, other: Mention) -> bool:
    """Tell whether two figures stand behind the same words, one perhaps with more before them."""
    theirs = words_before(other)
    if min(len(words), len(theirs)) < 2:
        return words == theirs != ""
    short, long = sorted((words, theirs), key=len)
    return long.endswith(short) and not _NEGATION.search(long.removesuffix(short))


def told_apart(words: str, other: str) -> str:
    """Return what sets words apart from others with the same begin: 清退 of 低保清退, 低保新增.

    Words that end alike, or that the others only lengthen, are left as they are.
    """
    pairs = enumerate(zip(words, other, strict=False))
    shared = next((at for at, (a, b) in pairs if a != b), len(words))
    return words if words[-1:] in other else words[shared:] or words


def qualifies(words: str, own: str) -> bool:
    """Tell whether a drafted head's modifier is the fact's own word: 茶园面积 for 茶叶."""
    return len(own) > 1 and words.find(own[0]) < len(words) - 2
