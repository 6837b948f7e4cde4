"""Which section a fact belongs to, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.domain import Fact, OutlineSection
from drafter.planning import topics
from drafter.planning.points import goes_on
from drafter.resources import lexicon

# Weights found by reading assignments of the project's own townships; a topic named in the heading
# says most, a shared word next, a domain or an office only where nothing else speaks.
TOPIC, DOMAIN, WORD, OFFICE, HINT = 3.0, 1.5, 1.0, 0.6, 6.0
ENOUGH = 1.0


@dataclass(frozen=True, slots=True)
class _Claim:
    score: float
    reason: str


def assign(
    facts: Sequence[Fact], sections: Sequence[OutlineSection]
) -> tuple[tuple[OutlineSection, ...], tuple[str, ...]]:
    """Put each fact under the section that suits it best; return sections and unplaced ids.

    A problem goes under a section of problems and a plan under one of plans, where there is one.
    What has no link to any section follows its office's other facts; else it stays unplaced.
    """
    placed: dict[str, tuple[int, str]] = {}
    open_facts = []
    for above, fact in zip([None, *facts], facts, strict=False):
        index, claim = _best(fact, sections)
        if above is not None and above.id in placed and _same_line(fact, above):
            placed[fact.id] = (placed[above.id][0], "与上一条素材同在一行")
        elif claim.score >= ENOUGH:
            placed[fact.id] = (index, claim.reason)
        else:
            open_facts.append(fact)
    homes = _office_homes(facts, placed)
    for fact in open_facts:
        home = _home(fact, facts, sections, placed, homes)
        if home is not None:
            placed[fact.id] = home
    unplaced = tuple(fact.id for fact in facts if fact.id not in placed)
    return _fill(facts, sections, placed), unplaced


def _home(
    fact: Fact,
    facts: Sequence[Fact],
    sections: Sequence[OutlineSection],
    placed: dict[str, tuple[int, str]],
    homes: dict[str, int],
) -> tuple[int, str] | None:
    """Return a place for a fact that no heading claims, or None where nothing at all speaks."""
    above = _above(fact, facts)
    if above is not None and above.id in placed and above.office == fact.office:
        return placed[above.id][0], "紧接上一条素材"
    if fact.office in homes:
        return homes[fact.office], f"与{fact.office}的其他素材放在一起"
    related = _related(fact, sections)
    if related is not None:
        return related
    if above is not None and above.id in placed:
        return placed[above.id][0], "没有明确归属，暂接上一条素材，请核对"
    return None


def _related(fact: Fact, sections: Sequence[OutlineSection]) -> tuple[int, str] | None:
    topic = topics.main_topic(fact.text)
    near = topics.related_domains(topic.domain) if topic else frozenset()
    for index, section in enumerate(sections):
        heading = section.heading
        theirs = topics.heading_domains(heading) | topics.domains_of(heading)
        if topic and near & theirs and _takes(section, fact, sections):
            return index, f"“{topic.domain}”类工作，放在相近的章节，请核对"
    return None


def _same_line(fact: Fact, above: Fact) -> bool:
    return goes_on(fact, above) and fact.state not in {"problem", "planned"}


def _above(fact: Fact, facts: Sequence[Fact]) -> Fact | None:
    """Return the fact before, where this one names no topic of its own and so goes on with it."""
    index = next(i for i, other in enumerate(facts) if other is fact)
    if index == 0 or topics.main_topic(fact.text) is not None:
        return None
    above = facts[index - 1]
    return above if above.state not in {"problem", "planned"} else None


def _best(fact: Fact, sections: Sequence[OutlineSection]) -> tuple[int, _Claim]:
    candidates = [i for i, section in enumerate(sections) if _takes(section, fact, sections)]
    claims = [(_score(fact, sections[i]), i) for i in candidates]
    if not claims:
        return 0, _Claim(0.0, "")
    claim, index = max(claims, key=lambda pair: (pair[0].score, -pair[1]))
    return index, claim


def _takes(section: OutlineSection, fact: Fact, sections: Sequence[OutlineSection]) -> bool:
    functions = {s.function for s in sections}
    if fact.state == "problem" and "problems" in functions:
        return section.function == "problems"
    if fact.state == "planned" and _is_plan(fact) and "plan" in functions:
        return section.function == "plan"
    return section.function == "work" and not _is_container(section, sections)


def _is_plan(fact: Fact) -> bool:
    return fact.state == "planned"


def _is_container(section: OutlineSection, sections: Sequence[OutlineSection]) -> bool:
    index = next(i for i, other in enumerate(sections) if other is section)
    return index + 1 < len(sections) and sections[index + 1].level > section.level


def _score(fact: Fact, section: OutlineSection) -> _Claim:
    if section.function == "problems":
        return _Claim(HINT, "问题类素材")
    if section.function == "plan":
        return _Claim(HINT, "打算类素材")
    if fact.section_hint and _same_heading(fact.section_hint, section.heading):
        return _Claim(HINT, f"素材中列在“{fact.section_hint}”之下")
    return _topical(fact, section.heading)


def _same_heading(hint: str, heading: str) -> bool:
    a, b = topics.bigrams(hint), topics.bigrams(heading)
    return bool(a) and len(a & b) >= 0.7 * min(len(a), len(b))


def _topical(fact: Fact, heading: str) -> _Claim:
    own, theirs = topics.weights(topics.unquoted(fact.text)), topics.weights(heading)
    shared = {name: own[name] for name in own if name in theirs}
    total = sum(own.values()) or 1.0
    topic_score = TOPIC * sum(shared.values()) / total + (TOPIC / 6 if shared else 0.0)
    plain = heading in topics.plain_headings().values()
    words = (
        []
        if plain
        else topics.common_words(
            heading, fact.text, ignore=lexicon("planning", "general_words.txt")
        )
    )
    word_score = WORD * min(3, sum(len(word) - 1 for word in words))
    domain_score, domain = _domain_score(fact, heading, own)
    score = topic_score + word_score + domain_score
    return _Claim(score, _reason(shared, words, domain, fact))


def _domain_score(fact: Fact, heading: str, own: dict[str, float]) -> tuple[float, str]:
    wanted = topics.heading_domains(heading) | topics.domains_of(heading)
    if not wanted:
        return 0.0, ""
    total = sum(own.values())
    by_domain: Counter[str] = Counter()
    for name, weight in own.items():
        by_domain[topics.by_name()[name].domain] += weight / total  # type: ignore[assignment]
    share = sum(weight for domain, weight in by_domain.items() if domain in wanted)
    office = OFFICE if topics.office_domains(fact.office) & wanted else 0.0
    best = max((d for d in by_domain if d in wanted), key=lambda d: by_domain[d], default="")
    return DOMAIN * share + office + (OFFICE if office and not own else 0.0), best or fact.office


def _reason(shared: dict[str, float], words: list[str], domain: str, fact: Fact) -> str:
    if shared:
        return f"同属“{max(shared, key=lambda name: shared[name])}”"
    if words:
        return f"与标题同有“{max(words, key=len)}”"
    if domain:
        return f"属“{domain}”类工作"
    return f"{fact.office}的素材" if fact.office else "内容相近"


def _office_homes(facts: Sequence[Fact], placed: dict[str, tuple[int, str]]) -> dict[str, int]:
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for fact in facts:
        if fact.office and fact.id in placed and fact.state not in {"problem", "planned"}:
            votes[fact.office][placed[fact.id][0]] += 1
    return {office: count.most_common(1)[0][0] for office, count in votes.items()}


def _fill(
    facts: Sequence[Fact],
    sections: Sequence[OutlineSection],
    placed: dict[str, tuple[int, str]],
) -> tuple[OutlineSection, ...]:
    filled = []
    problems = [fact for fact in facts if fact.state == "problem"]
    for index, section in enumerate(sections):
        there = [fact for fact in facts if placed.get(fact.id, (-1, ""))[0] == index]
        if section.function == "plan":
            there.sort(key=lambda fact: _answers(fact, problems))
        mine = [fact.id for fact in there]
        reasons = {fact_id: placed[fact_id][1] for fact_id in mine}
        filled.append(replace(section, fact_ids=tuple(mine), reasons=reasons))
    return tuple(filled)


def _answers(plan: Fact, problems: Sequence[Fact]) -> int:
    """Return the place of the problem that a plan answers: plans stand in the problems' order."""
    own = topics.bigrams(plan.text)
    shared = [len(own & topics.bigrams(problem.text)) for problem in problems]
    best = max(shared, default=0)
    return shared.index(best) if best > 1 else len(problems)
