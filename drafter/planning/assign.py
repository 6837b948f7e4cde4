"""Which section a fact belongs to, and why."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from drafter.domain import Exemplar, Fact, OutlineSection
from drafter.planning import topics
from drafter.planning.course import kinds_of
from drafter.planning.frames import frames_of
from drafter.planning.match import Claim, Headings, is_general
from drafter.planning.points import goes_on, leans
from drafter.planning.sequence import CLEAR, best_run, by_place, in_order
from drafter.planning.states import announces, label_of, line_of, speaker, takes_both

ENOUGH = 0.5
COMMON = 100  # problems that hold a pair of characters; with more, the pair tells nothing
_SHEET = re.compile("工作表“(?P<name>[^”]+)”")
SAME = 0.7  # share of the shorter heading's character pairs


def assign(
    facts: Sequence[Fact],
    sections: Sequence[OutlineSection],
    alike: Sequence[Sequence[Exemplar]] = (),
) -> tuple[tuple[OutlineSection, ...], tuple[str, ...]]:
    """Put each fact under the section that suits it best; return sections and unplaced ids.

    A problem goes under a section of problems and a plan under one of plans, where there is one.
    ``alike`` are sample sections with headings like each section's: their words help to tell.
    What no heading claims follows its line, its office or the general section; else it is unplaced,
    as titles of the notes and greetings are.
    """
    frames = frames_of(facts)
    told = [fact for fact in facts if fact.id not in frames]
    desk = _Desk.of(told, sections, alike)
    desk.place_by_claim()
    desk.find_homes()
    for index in range(len(told)):
        desk.place_by_company(index)
    unplaced = tuple(fact.id for fact in facts if fact.id not in desk.placed)
    return _fill(facts, sections, desk.placed), unplaced


@dataclass(slots=True)
class _Desk:
    """The facts being sorted, and where each lies so far: id → (section, reason)."""

    facts: Sequence[Fact]
    sections: Sequence[OutlineSection]
    headings: Headings
    work: Sequence[int]
    by_function: Mapping[str, int]
    kinds: Mapping[str, str]
    general: int | None
    placed: dict[str, tuple[int, str]] = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        facts: Sequence[Fact],
        sections: Sequence[OutlineSection],
        alike: Sequence[Sequence[Exemplar]],
    ) -> _Desk:
        work = [
            i for i, s in enumerate(sections) if s.function == "work" and not _above(sections, i)
        ]
        names = [sections[i].heading for i in work]
        exemplars = [alike[i] if i < len(alike) else () for i in work]
        functions = {s.function: i for i, s in reversed(list(enumerate(sections)))}
        for i, section in enumerate(sections):
            if takes_both(section):
                functions = {"problems": i, "plan": i, **functions}
        general = [i for i in work if is_general(sections[i].heading)]
        general += work if len(work) == 1 else []
        home = general[0] if general else None
        claims = Headings(names, exemplars, facts)
        return cls(facts, sections, claims, work, functions, kinds_of(facts), home)

    def place_by_claim(self) -> None:
        """Place facts by the heading they stood under, their state, or what they are about.

        Facts of one line go together; the lines' places are chosen as one run.
        """
        lines: list[list[Fact]] = []
        for index, fact in enumerate(self.facts):
            above = self.facts[index - 1] if index else None
            linked = above is not None and goes_on(fact, above)
            if linked and above is not None and above.id in self.placed and leans(fact):
                self.placed[fact.id] = self.placed[above.id][0], "接着上一条素材说"
            elif (place := self._given(fact)) is not None:
                self.placed[fact.id] = place
            elif linked and above is not None and above.id in self.placed:
                self.placed[fact.id] = self.placed[above.id][0], "与上一条素材同在一行"
            elif linked and lines and lines[-1][-1] is above:
                lines[-1].append(fact)
            else:
                lines.append([fact])
        self._place_run(lines)
        self._place_twins()

    def _place_twins(self) -> None:
        """Put a fact where one of the same words lies: it is written once."""
        first: dict[str, Fact] = {}
        for fact in self.facts:
            twin = first.setdefault(fact.text, fact)
            if twin is not fact and twin.id in self.placed:
                self.placed[fact.id] = self.placed[twin.id][0], "与前面一条素材相同"

    def _given(self, fact: Fact) -> tuple[int, str] | None:
        """Return the place that a fact's heading or state gives it."""
        kind, label = self.kinds[fact.id], label_of(fact.text)
        if announces(fact.text) and kind in self.by_function:
            return self.by_function[kind], f"素材标明“{label or fact.text[:3]}”"
        for named in (fact.section_hint, label, line_of(fact)):
            if (hinted := self._named(named)) is not None:
                return hinted, f"素材中列在“{named}”之下"
        if kind in self.by_function:
            return self.by_function[kind], "问题类素材" if kind == "problems" else "打算类素材"
        sheet = _SHEET.match(fact.source.place)
        hinted = self._named(sheet["name"]) if sheet else None
        return None if hinted is None or sheet is None else (hinted, f"素材在{sheet[0]}里")

    def _named(self, name: str) -> int | None:
        """Return the one section that a heading or a label of the notes names."""
        telling = not is_general(name)
        same = [i for i, s in enumerate(self.sections) if telling and _same(name, s.heading)]
        lowest = [i for i in same if not _above(self.sections, i)]
        return lowest[0] if len(lowest) == 1 else None

    def _place_run(self, lines: Sequence[Sequence[Fact]]) -> None:
        claims = [[self._claims(fact) for fact in line] for line in lines]
        scores = [_mean([[claim.score for claim in row] for row in rows]) for rows in claims]
        company = [False, *(speaker(a[0]) == speaker(b[0]) for a, b in pairwise(lines))]
        ordered = in_order(scores)
        run = best_run(by_place(scores) if ordered else scores, company, ordered)
        run = _released(run, scores, [speaker(line[0]) for line in lines]) if ordered else run
        for line, rows, place in zip(lines, claims, run, strict=bool(run)):
            best = max((row[place] for row in rows), key=lambda claim: claim.score)
            reason = best.reason if best.score >= ENOUGH else self._by_order(ordered)
            for number, fact in enumerate(line) if reason else ():
                why = "与上一条素材同在一行" if number else reason
                self.placed[fact.id] = self.work[place], why

    def _by_order(self, ordered: bool) -> str:
        return "素材按任务顺序排列" if ordered and self.general is None else ""

    def _claims(self, fact: Fact) -> list[Claim]:
        return [self.headings.claim(fact, number) for number in range(len(self.work))]

    def find_homes(self) -> None:
        """Note where most of each office's facts of work done lie."""
        votes: dict[str, Counter[int]] = defaultdict(Counter)
        for fact in self.facts:
            if fact.office and fact.id in self.placed and not self.kinds[fact.id]:
                votes[fact.office][self.placed[fact.id][0]] += 1
        self.homes = {office: count.most_common(1)[0][0] for office, count in votes.items()}

    def place_by_company(self, index: int) -> None:
        """Place a fact that no heading claims, where something else speaks for a place."""
        fact = self.facts[index]
        if fact.id in self.placed:
            return
        above = self._continued(index)
        if above is not None and above.office == fact.office:
            self.placed[fact.id] = self.placed[above.id][0], "紧接上一条素材"
        elif self.general is not None:
            self.placed[fact.id] = self.general, "工作情况类素材"
        elif fact.office in self.homes:
            self.placed[fact.id] = self.homes[fact.office], f"与{fact.office}的其他素材放在一起"
        else:
            self._place_nearby(fact, above)

    def _continued(self, index: int) -> Fact | None:
        """Return the placed fact before one that names no topic of its own."""
        if not index or topics.main_topic(self.facts[index].text) is not None:
            return None
        above = self.facts[index - 1]
        return above if above.id in self.placed and not self.kinds[above.id] else None

    def _place_nearby(self, fact: Fact, above: Fact | None) -> None:
        topic = topics.main_topic(fact.text)
        near = topics.related_domains(topic.domain) if topic else frozenset()
        for index in self.work:
            if near & topics.wanted_domains(self.sections[index].heading) and topic:
                reason = f"“{topic.domain}”类工作，放在相近的章节，请核对"
                self.placed[fact.id] = index, reason
                return
        if above is not None:
            reason = "没有明确归属，暂接上一条素材，请核对"
            self.placed[fact.id] = self.placed[above.id][0], reason


def _released(
    run: Sequence[int], scores: Sequence[Sequence[float]], speakers: Sequence[str]
) -> list[int]:
    """Return a run without what order alone did to single lines of an office between others.

    Such a line was added where it came in; where its own claim leads clearly it goes by that.
    """
    found = list(run)
    for at, (own, row) in enumerate(zip(speakers, scores, strict=True)):
        around = (speakers[at - 1] if at else "", *speakers[at + 1 : at + 2])
        best = max(range(len(row)), key=lambda index: row[index])
        if own and own not in around and row[best] >= row[run[at]] + CLEAR:
            found[at] = best
    return found


def _mean(rows: Sequence[Sequence[float]]) -> list[float]:
    """Return the mean of the rows that claim anything."""
    telling = [row for row in rows if any(row)] or rows
    return [sum(column) / len(telling) for column in zip(*telling, strict=True)]


def _above(sections: Sequence[OutlineSection], index: int) -> bool:
    """Tell a heading that only holds subheadings."""
    return index + 1 < len(sections) and sections[index + 1].level > sections[index].level


def _same(hint: str, heading: str) -> bool:
    a, b = topics.bigrams(hint), topics.bigrams(heading)
    return bool(a) and len(a & b) >= SAME * min(len(a), len(b))


def _fill(
    facts: Sequence[Fact],
    sections: Sequence[OutlineSection],
    placed: Mapping[str, tuple[int, str]],
) -> tuple[OutlineSection, ...]:
    kinds = kinds_of(facts)
    problems = _Problems([fact for fact in facts if kinds[fact.id] == "problems"])
    there: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.id in placed:
            there[placed[fact.id][0]].append(fact)
    filled = []
    for index, section in enumerate(sections):
        mine = there[index]
        if takes_both(section):
            plans = [fact for fact in mine if kinds[fact.id] == "plan"]
            mine = [fact for fact in mine if fact not in plans] + problems.paired(plans)
        elif section.function == "plan":
            mine = problems.paired(mine)
        reasons = {fact.id: placed[fact.id][1] for fact in mine}
        filled.append(replace(section, fact_ids=tuple(reasons), reasons=reasons))
    return tuple(filled)


class _Problems:
    """The problems of a sheet by their words, to find the one that a plan answers."""

    def __init__(self, problems: Sequence[Fact]) -> None:
        self._count = len(problems)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, problem in enumerate(problems):
            for pair in topics.bigrams(problem.text):
                self._places[pair].append(place)

    def paired(self, plans: Sequence[Fact]) -> list[Fact]:
        """Return plans in the order of the problems that they answer.

        A plan that names no problem keeps its place in the notes, or takes the place of the
        problem that no other plan names.
        """
        named = [self._answered_by(plan) for plan in plans]
        taken = {place for place in named if place is not None}
        free = iter([place for place in range(self._count) if place not in taken])
        places = [next(free, self._count) if place is None else place for place in named]
        order = sorted(range(len(plans)), key=lambda index: places[index])
        return [plans[index] for index in order]

    def _answered_by(self, plan: Fact) -> int | None:
        """Return the place of the problem that shares most words with a plan, or None."""
        shared: Counter[int] = Counter()
        for pair in topics.bigrams(plan.text):
            places = self._places.get(pair, [])
            shared.update(places if len(places) <= COMMON else [])
        best = max(shared.values(), default=0)
        return min((p for p, n in shared.items() if n == best > 1), default=None)
