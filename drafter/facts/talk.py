"""Talk in a chat group: what is said there and states no fact."""

from __future__ import annotations

import re
from functools import cache

from drafter.chinese.quantities import find_figures
from drafter.resources import lexicon

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ASIDE = re.compile("(?:上面|刚才|前面|以上)(?:那|这|的|两|几|三|说)")
_MENTION = re.compile(r"^@\S+\s*")
_ASKS = re.compile(r"[？?]\s*$")


def is_talk(folded: str) -> bool:
    """Tell whether a chat line is an answer, a request or a question rather than a fact."""
    bare = _EDGES.sub("", re.sub(r"\[[^\]]{1,6}\]", "", folded))
    if not bare or bare.replace(" ", "") in _whole() or folded.strip() in _whole():
        return True
    if _ASKS.search(folded) or _ASIDE.match(folded):
        return True
    figures = find_figures(_MENTION.sub("", folded))
    return folded.startswith(("@", *_beginnings())) and not figures


@cache
def _whole() -> frozenset[str]:
    return frozenset(line for line in lexicon("facts", "chatter.txt") if not line.startswith("^"))


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(line[1:] for line in lexicon("facts", "chatter.txt") if line.startswith("^"))
