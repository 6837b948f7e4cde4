"""General words and their members: 店铺 may be said for 文具店、小卖部, 药店 may not for 饭店.

Data: ``lexicons/kinds.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from drafter.checking.context import Mention
from drafter.checking.factindex import FactIndex
from drafter.domain import Finding
from drafter.resources import lexicon

_BESIDE = 8


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return for each kind the pattern of its general words and that of its members."""
    rows = (row.lstrip("*").split("\t") for row in lexicon("checking", "kinds.tsv"))
    return tuple((re.compile(general), re.compile(members)) for general, members in rows)


@cache
def _wide() -> frozenset[int]:
    """Return the kinds whose members have kinds of their own: 药店 and 饭店 are both 店铺."""
    rows = lexicon("checking", "kinds.tsv")
    return frozenset(at for at, row in enumerate(rows) if row.startswith("*"))


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile("|".join(word.pattern for kind in _kinds() for word in kind))


@lru_cache(maxsize=2048)
def _members_in(text: str) -> frozenset[int]:
    rows = _kinds() if _any_word().search(text) else ()
    return frozenset(at for at, (_, members) in enumerate(rows) if members.search(text))


@lru_cache(maxsize=2048)
def _generals_in(text: str) -> frozenset[int]:
    rows = _kinds() if _any_word().search(text) else ()
    return frozenset(at for at, (general, _) in enumerate(rows) if general.search(text))


def covers(said: str, fact: str) -> bool:
    """Tell whether a word is the general one for something that a fact has."""
    own = _generals_in(said)
    return bool(own) and not own.isdisjoint(_members_in(fact))


def check_kinds(
    mentions: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield the words before a figure that are of another kind than all that its fact counts."""
    for mention in mentions:
        source = sources.get(mention.figure.start)
        said = _last(mention.before_text) if source else None
        if source is None or said is None:
            continue
        line = index.lines[source.line]
        fact = source.before_text.rstrip()[-_BESIDE:] + source.after_text[:_BESIDE]
        ours = f"{mention.before_text} {mention.after_text}"
        if _apart(ours, fact) and said[0] not in line.text:
            start = mention.figure.start - len(mention.before_text) + said.start()
            message = f"“{said[0]}”与事实{line.fact_id}“{line.text}”不一致，不是一类。"
            span = (start, start + len(said[0]), said[0])
            yield Finding(*span, "wrong_entity", "confirm", message, "", (line.fact_id,))


def _apart(ours: str, fact: str) -> bool:
    """Tell whether two texts both have words of a kind, and none of the same one."""
    kinds, theirs = _all_in(ours) - _wide(), _all_in(fact) - _wide()
    if _generals_in(ours) & _all_in(fact):
        return False
    return bool(kinds) and bool(theirs) and kinds.isdisjoint(theirs)


def _all_in(text: str) -> frozenset[int]:
    return _members_in(text) | _generals_in(text)


def _last(text: str) -> re.Match[str] | None:
    """Return the word of any kind that ends last in a text."""
    return max(_any_word().finditer(text), key=lambda m: m.end(), default=None)
