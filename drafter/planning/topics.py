"""Topics of township work: which of them a line of text is about, by a lexicon."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from drafter.resources import lexicon

_QUOTED = re.compile(
    r"“[^“”]*”|《[^《》]*》|（[^（）]*）|\([^()]*\)|(?<=\d[个家项处])：(?:[^，。；：\d]+、)+[^，。；：\d]+"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its name, its domain, the headline of a point about it, and its keywords."""

    name: str
    domain: str
    headline: str
    keywords: tuple[str, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Return all topics in the lexicon's order."""
    rows = (line.split("\t") for line in lexicon("planning", "topics.tsv"))
    return tuple(
        Topic(name, domain, head, tuple(words.split("|"))) for name, domain, head, words in rows
    )


@cache
def _pairs(name: str) -> tuple[tuple[str, frozenset[str]], ...]:
    rows = (line.split("\t") for line in lexicon("planning", name))
    return tuple((cue, frozenset(domains.split())) for cue, domains in rows)


@cache
def close_headlines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return headlines that are closer to the facts than a topic's own, each with its words."""
    rows = (line.split("\t") for line in lexicon("planning", "headlines.tsv"))
    return tuple((headline, tuple(words.split("|"))) for headline, words in rows)


@cache
def stage_words() -> tuple[tuple[str, ...], ...]:
    """Return the words of facts that open a section (meetings, plans), and of those that end it."""
    rows = dict(line.split("\t") for line in lexicon("planning", "stages.tsv"))
    return tuple(tuple(rows[stage].split("|")) for stage in ("lead", "result"))


@lru_cache(maxsize=8192)
def weights(text: str) -> dict[str, float]:
    """Return topic name → weight for a text: characters of its keywords found, each once.

    A long keyword says more than a short one; a word inside a longer one found is not counted.
    """
    return {name: float(sum(map(len, words))) for name, words in named_words(text).items()}


@lru_cache(maxsize=8192)
def named_words(text: str) -> dict[str, tuple[str, ...]]:
    """Return topic name → its keywords in a text; a word inside a longer one is left out."""
    found: dict[str, tuple[str, ...]] = {}
    for topic in topics():
        hits = [word for word in topic.keywords if word in text]
        whole = [w for w in hits if not any(w != other and w in other for other in hits)]
        if whole:
            found[topic.name] = tuple(whole)
    return found


@cache
def by_name() -> dict[str, Topic]:
    """Return the topics by their name."""
    return {topic.name: topic for topic in topics()}


@lru_cache(maxsize=8192)
def main_topic(text: str) -> Topic | None:
    """Return the topic with the greatest weight, the one named first among equals, or None."""
    body = unquoted(text)
    body = body if weights(body) else text
    found, known = weights(body), by_name()
    if not found:
        return None
    return known[max(found, key=lambda name: (found[name], -_first(known[name], body)))]


def topic_under(heading: str, text: str) -> Topic | None:
    """Return the topic of a text under a heading: one that both name, else the text's own."""
    own, named = weights(unquoted(text)), weights(heading)
    shared = [name for name in own if name in named]
    if not shared:
        return main_topic(text)
    return by_name()[max(shared, key=lambda name: own[name])]


def heading_topic(heading: str) -> Topic | None:
    """Return the topic of a heading: among equals the lexicon's first, or None."""
    found = weights(unquoted(heading))
    return by_name()[max(found, key=lambda name: found[name])] if found else None


def _first(topic: Topic, text: str) -> int:
    return min(at for word in topic.keywords if (at := text.find(word)) >= 0)


def heading_domains(heading: str) -> frozenset[str]:
    """Return the domains that a heading takes in by its general words (重点任务, 民生 …)."""
    own = [frozenset({domain}) for domain, text in plain_headings().items() if text == heading]
    alone = [d for cue, d in _pairs("domains.tsv") if cue[0] == "!" and cue[1:] in heading]
    cues = own or alone or [d for cue, d in _pairs("domains.tsv") if cue in heading]
    return frozenset().union(*cues) if cues else frozenset()


@cache
def plain_headings() -> dict[str, str]:
    """Return domain → plain heading, in the order in which a summary takes them up."""
    rows = (line.split("\t") for line in lexicon("planning", "headings.tsv"))
    return {domain: heading for domain, heading in rows}  # noqa: C416 - rows are lists


def office_domains(office: str) -> frozenset[str]:
    """Return the domains that an office's lines usually belong to."""
    found = [domains for cue, domains in _pairs("offices.tsv") if cue in office]
    return frozenset().union(*found) if found else frozenset()


def related_domains(domain: str) -> frozenset[str]:
    """Return a domain and those near enough to take its facts in."""
    return frozenset({domain}) | dict(_pairs("related.tsv")).get(domain, frozenset())


@cache
def headline_domains(headline: str) -> frozenset[str]:
    """Return the domains that a headline speaks of; none for a label of the notes."""
    own = {topic.domain for topic in topics() if topic.headline == headline}
    own |= {domain for domain, text in plain_headings().items() if text == headline}
    words = dict(close_headlines()).get(headline, ())
    named = {topic.domain for topic in topics() if set(topic.keywords) & set(words)}
    return frozenset(own or named)


def wanted_domains(heading: str) -> frozenset[str]:
    """Return the domains that belong under a heading, by its general words and main topic."""
    topic = heading_topic(heading)
    return heading_domains(heading) | (frozenset({topic.domain}) if topic else frozenset())


def unquoted(text: str) -> str:
    """Return the text without quotes, titles, brackets, lists of names: none of them is a topic."""
    return _QUOTED.sub("", text) or text


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring Han characters of a text."""
    return frozenset(a + b for a, b in itertools.pairwise(text) if _is_han(a) and _is_han(b))


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


def common_words(a: str, b: str, *, ignore: Collection[str] = ()) -> list[str]:
    """Return the longest runs of two or more Han characters that stand in both texts."""
    found: list[str] = []
    start = 0
    while start < len(a) - 1:
        end = start + 2
        while end <= len(a) and a[start:end] in b and all(map(_is_han, a[start:end])):
            end += 1
        run = a[start : end - 1]
        if len(run) > 1 and run not in ignore:
            found.append(run)
        start = max(end - 1, start + 1)
    return found
