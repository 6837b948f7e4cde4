"""How well a fact suits a heading, seen against the other headings of the outline."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from drafter.domain import Exemplar, Fact
from drafter.planning import facets, topics
from drafter.planning.states import speaker
from drafter.resources import lexicon

# Weights chosen on the project's own samples taken apart (bench/assignment.py): a topic that the
# heading names says most, shared words next, then the sample sections under headings like it; a
# domain or an office only where nothing else speaks. What several headings share says less.
TOPIC, WORD, VOCABULARY, DOMAIN, OFFICE = 3.5, 1.0, 4.0, 1.5, 0.6
OTHERWISE = 0.5  # a topic that heading and fact name by different words
OWN = 0.4  # share of a fact's topics that makes a domain its own
FAINT = 2.0  # characters of evidence that a facet must outweigh
FACET = 3.0  # seen only against the facets that the outline's headings have
PLAIN = 9.0  # a plain heading was proposed for a domain or a facet: it takes in their facts
MOST_WORDS = 3.0
_FILLER = re.compile(r"[\d年月日（）()《》、，“”\s]|以来|全年|上半年|一年来|及其?|和|的|与")


@dataclass(frozen=True, slots=True)
class Claim:
    """A heading's claim to a fact: how strong, and why, in a clerk's words."""

    score: float
    reason: str


class Headings:
    """The headings that facts may go under, with what sets each apart from the others."""

    def __init__(
        self,
        headings: Sequence[str],
        exemplars: Sequence[Sequence[Exemplar]],
        facts: Sequence[Fact] = (),
    ) -> None:
        self._headings = headings
        self._news = _news([topics.weights(topics.unquoted(fact.text)) for fact in facts])
        self._topics = [topics.weights(heading) for heading in headings]
        self._domains = [topics.wanted_domains(heading) for heading in headings]
        self._words = [_words(heading) for heading in headings]
        self._facets = [facets.heading_facets(heading) for heading in headings]
        self._vocabularies = [vocabulary(found) for found in exemplars]
        self._topic_shares = _shares(self._topics)
        self._rare_domains = _rarity(self._domains)
        self._facet_shares = _shares(self._facets)
        self._in_play = frozenset().union(*self._facets)
        self._plain_facets = [n for n, f in facets.facets().items() if f.heading in headings]
        self._rare_words = _rarity(self._words)
        self._rare_vocabulary = _rarity(self._vocabularies)

    def claim(self, fact: Fact, index: int) -> Claim:
        """Return the claim of heading ``index`` to a fact."""
        text = topics.unquoted(fact.text)
        own = topics.weights(text)
        shared = {name: own[name] for name in own if name in self._topics[index]}
        telling = {
            name: weight * self._told(name, text, index) * self._news.get(name, 1.0)
            for name, weight in shared.items()
        }
        topic_score = TOPIC * _weighed(telling, sum(own.values()), self._topic_shares[index])
        words = topics.bigrams(fact.text) & self._words[index]
        word_score = WORD * min(MOST_WORDS, sum(self._rare_words[word] for word in words))
        domain_score, domain = self._domain(fact, own, index)
        score = topic_score + word_score + domain_score + self._likeness(text, index)
        score += self._facet(text, index) * (OTHERWISE if self._foreign(own, index) else 1.0)
        if self._headings[index] in self._proposed_for(text, fact):
            score += PLAIN
        return Claim(score, self._reason(fact, index, shared, words, domain))

    def _proposed_for(self, text: str, fact: Fact) -> tuple[str, ...]:
        """Return the plain headings that stand for a fact's domain and for its facet."""
        main = topics.main_topic(fact.text)
        facet = facets.main_facet(text, self._plain_facets)
        plain = topics.plain_headings().get(main.domain, "") if main else ""
        return plain, facet.heading if facet else ""

    def _told(self, topic: str, text: str, index: int) -> float:
        """Return how much a shared topic tells: less where heading and fact name it otherwise."""
        named = topics.named_words(text)[topic]
        return 1.0 if any(word in self._headings[index] for word in named) else OTHERWISE

    def _domain(self, fact: Fact, own: dict[str, float], index: int) -> tuple[float, str]:
        wanted = self._domains[index]
        by_domain: dict[str, float] = defaultdict(float)
        for name, weight in own.items():
            by_domain[topics.by_name()[name].domain] += weight * self._news.get(name, 1.0)
        shared = {domain: weight for domain, weight in by_domain.items() if domain in wanted}
        score = DOMAIN * _weighed(shared, sum(own.values()), self._rare_domains)
        if topics.office_domains(speaker(fact)) & wanted:
            score += OFFICE if own else 2 * OFFICE
        return score, max(shared, key=lambda domain: shared[domain], default="")

    def _facet(self, text: str, index: int) -> float:
        own = facets.text_facets(text, self._in_play)
        shared = {name: own[name] for name in own if name in self._facets[index]}
        return FACET * _weighed(shared, sum(own.values()) + FAINT, self._facet_shares[index])

    def _foreign(self, own: dict[str, float], index: int) -> bool:
        """Tell whether a fact's topics are mostly of domains that other headings take in."""
        by_domain: dict[str, float] = defaultdict(float)
        for name, weight in own.items():
            by_domain[topics.by_name()[name].domain] += weight
        domains = {d for d, weight in by_domain.items() if weight > OWN * sum(own.values())}
        return (
            bool(self._domains[index])
            and not domains & self._domains[index]
            and any(domains & wanted for wanted in self._domains)
        )

    def _likeness(self, text: str, index: int) -> float:
        own = topics.bigrams(text)
        known = own & self._vocabularies[index]
        return VOCABULARY * sum(self._rare_vocabulary[word] for word in known) / (len(own) or 1)

    def _reason(
        self, fact: Fact, index: int, shared: dict[str, float], words: Collection[str], domain: str
    ) -> str:
        if shared:
            return f"同属“{max(shared, key=lambda name: shared[name])}”"
        if words:
            common = topics.common_words(self._headings[index], fact.text)
            return f"与标题同有“{max(common, key=len)}”" if common else "用词与标题相近"
        if domain:
            return f"属“{domain}”类工作"
        return f"{fact.office}的素材" if fact.office else "与同类范例用词相近"


def _words(heading: str) -> frozenset[str]:
    if heading in topics.plain_headings().values():
        return frozenset()
    return frozenset().union(*(topics.bigrams(part) for part in specific_parts(heading)))


def specific_parts(heading: str) -> list[str]:
    """Return what a heading says besides general words (工作, 情况, 主要做法 …)."""
    general = "|".join(sorted(lexicon("planning", "general_words.txt"), key=len, reverse=True))
    parts = re.split(general, _FILLER.sub(" ", heading))
    return [part for piece in parts for part in piece.split() if len(part) > 1]


def is_general(heading: str) -> bool:
    """Tell a heading that takes in all work done (工作开展情况, 主要做法及成效)."""
    return not specific_parts(heading)


def vocabulary(exemplars: Iterable[Exemplar]) -> frozenset[str]:
    """Return the pairs of characters in the exemplars' bodies; none is ever shown or written."""
    bodies = (node.body for exemplar in exemplars for node in exemplar.section.walk())
    return frozenset().union(*(topics.bigrams(body) for body in bodies))


def _rarity(sets: Sequence[Collection[str]]) -> dict[str, float]:
    """Return item → 1 / number of headings that have it."""
    counts = Counter(item for items in sets for item in set(items))
    return {item: 1 / count for item, count in counts.items()}


def _news(found: Sequence[Collection[str]]) -> dict[str, float]:
    """Return topic → how much it tells: nothing where all facts have it, all below a half."""
    counts = Counter(name for names in found for name in names)
    return {name: min(1.0, 2 * (1 - count / len(found))) for name, count in counts.items()}


def _shares(weights: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    """Return for each heading the part that it has of each topic's weight in all headings."""
    totals: dict[str, float] = defaultdict(float)
    for found in weights:
        for name, weight in found.items():
            totals[name] += weight
    return [{n: weight / totals[n] for n, weight in found.items()} for found in weights]


def _weighed(shared: dict[str, float], total: float, rarity: dict[str, float]) -> float:
    if not shared:
        return 0.0
    return sum(weight * rarity[name] for name, weight in shared.items()) / total
