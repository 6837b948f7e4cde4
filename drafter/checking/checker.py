"""The check as one call: text, facts, samples and year in; findings and evidence out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafter.checking.claims import Claims
from drafter.checking.context import Clause, Mention, clause_at, find_clauses, find_mentions
from drafter.checking.document import check_document
from drafter.checking.factindex import FactIndex, report_year
from drafter.checking.figures import FigureJudge
from drafter.checking.form import check_form
from drafter.checking.homes import homes_of, is_at_home, is_told_already, lines_of
from drafter.checking.judges import judge_beside, judge_clauses
from drafter.checking.leaks import Leaks
from drafter.checking.listing import check_lists
from drafter.checking.matching import relation
from drafter.checking.moments import Moments
from drafter.checking.opposites import Opposites
from drafter.checking.persons import Persons
from drafter.checking.places import Places
from drafter.checking.replacements import check_replacements
from drafter.checking.respective import assigned
from drafter.checking.roles import Roles
from drafter.checking.said import Said
from drafter.checking.sources import to_donors
from drafter.checking.spans import Spans
from drafter.checking.states import check_states
from drafter.checking.targets import check_targets
from drafter.checking.titles import Titles
from drafter.checking.units import Units
from drafter.checking.verdicts import Verdict, unsupported
from drafter.checking.warming import warm_up
from drafter.checking.wording import Dated, Formulation, find_dated
from drafter.checking.wordness import is_action, names_only
from drafter.chinese.dates import find_dates
from drafter.chinese.markers import find_marker
from drafter.chinese.normalise import fold
from drafter.domain import Evidence, FactSheet, Finding, Sample, Span
from drafter.samples.functions import section_function

_BARE_NAME = 3  # characters: with a post before it a person's name is no prose
_ENCLOSED = re.compile(r"《[^》\n]*》|【[^】\n]*】|〔[^〕\n]*〕")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORDS_OF_A_CLAUSE = 5
_BARE_CAMPAIGN = re.compile("(?<![\u4e00-\u9fff])(?:学习教育|主题教育)")
_PLACEHOLDER = re.compile(r"【[^】\n]*】")
_GAP = " " * 5  # what a placeholder leaves: the clause is still to be written


def _in_placeholder(finding: Finding, text: str) -> bool:
    """Tell whether a finding lies inside 【待补：…】, which may hold anything."""
    opened = text.rfind("【待", 0, finding.start + 1)
    return 0 <= opened < finding.start and "】" not in text[opened : finding.end]


def _plan_ranges(text: str) -> list[tuple[int, int]]:
    """Return where a text tells its plans: from 下一步打算 to the next heading of its level.

    What stands there is to be done, so a fact that is planned is not contradicted by it.
    """
    found: list[tuple[int, int]] = []
    at, begun, level = 0, -1, 0
    for line in text.splitlines(keepends=True):
        marker = find_marker(line)
        if marker is not None and marker.level <= 2 and (begun < 0 or marker.level <= level):
            if begun >= 0:
                found.append((begun, at))
            plan = section_function(_heading(line[marker.end :])) == "plan"
            begun, level = (at, marker.level) if plan else (-1, 0)
        at += len(line)
    return [*found, (begun, at)] if begun >= 0 else found


def _heading(line: str) -> str:
    return re.split("[。；！？\n]", line, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found: ``findings`` in reading order, ``evidence`` for each checkable span."""

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft as it is judged; ``sources`` gives for a figure's start the fact's figure."""

    text: str
    clauses: Sequence[Clause]
    mentions: Sequence[Mention]
    sources: dict[int, Mention]


@dataclass(frozen=True, slots=True)
class _Found:
    findings: list[Finding]
    evidence: list[Evidence]

    def add(self, found: tuple[Iterable[Finding], Iterable[Evidence]]) -> None:
        self.findings.extend(found[0])
        self.evidence.extend(found[1])

    def note(self, findings: Iterable[Finding]) -> None:
        self.findings.extend(findings)


_TIMES = ("年", "个月", "月", "天")  # 连续两年增多: no sum


def _without(clauses: Iterable[Clause], offsets: Sequence[int]) -> list[Clause]:
    """Return the clauses that none of some offsets lies in."""
    return [c for c in clauses if not any(c.start <= at < c.end for at in offsets)]


class Checker:
    """The facts and samples of one job, read once; ``examine`` any number of texts against them."""

    def __init__(
        self,
        facts: FactSheet | Sequence[str],
        samples: Iterable[Sample | str] = (),
        year: int | None = None,
        calendar: tuple[Formulation, ...] | None = None,
    ) -> None:
        self.year = year if year is not None else report_year(facts)
        self._calendar = calendar
        self._notices = facts.notices if isinstance(facts, FactSheet) else ()
        warm_up(lambda told, sample, text: Checker(told, [sample], 2026).examine(text))
        index = self._index = FactIndex(facts, self.year)
        donors = to_donors(samples)
        self._figures = FigureJudge(index)
        self._moments = Moments(index)
        self._titles = Titles(index, donors)
        self._persons = Persons(index, donors)
        self._places = Places(index, donors)
        self._claims = Claims(index, donors)
        self._units = Units(index, donors)
        self._roles = Roles(index)
        self._opposites = Opposites(index)
        self._leaks = Leaks(index, donors)

    def examine(self, text: str) -> Report:
        """Return findings and evidence of a text; offsets are code points into ``text``."""
        draft = self._read(text)
        found = _Found([], _placeholders(draft.text))
        self._look_up(draft, found)
        self._set_against_facts(draft, found)
        found.note(self._stale(draft.text))
        found.note(self._leaks.masks(check_form(text)))
        known, notices = self._index.text, self._notices
        found.note(check_document(draft.text, draft.mentions, known, draft.sources, notices))
        kept = [f for f in found.findings if not _in_placeholder(f, draft.text)]
        return Report(tuple(_one_a_span(text, kept)), tuple(_in_order(text, found.evidence)))

    def _read(self, text: str) -> _Draft:
        folded = fold(text)
        clauses = find_clauses(_PLACEHOLDER.sub(lambda m: " " * len(m[0]), folded))
        return _Draft(folded, clauses, find_mentions(folded, self.year), {})

    def _look_up(self, draft: _Draft, found: _Found) -> None:
        """Look up what has a form of its own: titles, quotes, names, figures, dates, honours."""
        found.add(self._titles.titles(draft.text))
        found.add(self._titles.quotes(draft.text, draft.clauses))
        persons, seen = self._persons.check(draft.text)
        found.add((names_only(draft.text, persons, longest=_BARE_NAME), seen))
        places, seen = self._places.check(draft.text)
        found.add((names_only(draft.text, places), seen))
        found.add(self._check_figures(draft))
        derived = {e.start for e in found.evidence if e.relation == "derived"}
        dates = self._check_dates(draft.text, draft.clauses, derived)
        found.add(dates)
        found.note(self._short_years(draft))
        found.note(self._leaks.check(draft.text))
        found.add(self._claims.check(draft.clauses))
        found.note(self._units.check(draft.text))

    def _set_against_facts(self, draft: _Draft, found: _Found) -> None:
        """Set each clause against the fact that it rests on: its names, and what it says.

        Where words exclude one another nothing else is said of the clause; plans are not done yet.
        """
        told = [c for c in draft.clauses if _GAP not in c.text and self._may_be_wrong(c, draft)]
        named, seen = self._roles.check(draft.text, told, draft.sources)
        named = [f for f in named if not is_told_already(f, found.findings, draft.clauses)]
        found.add((names_only(draft.text, named), seen))
        worked_out = (e for e in found.evidence if e.relation == "derived")
        derived = [e.start for e in worked_out if not e.text.endswith(_TIMES)]
        odd = self._opposites.check(draft.text, _without(told, derived), draft.sources)
        quiet = _without(told, [f.start for f in odd])
        plans = _plan_ranges(draft.text)
        invented = [f.start for f in found.findings if f.label == "invented_number"]
        quiet = _without(quiet, invented)
        now = [c for c in quiet if not any(start <= c.start < end for start, end in plans)]
        stated, evidence = check_states(
            now, self._index, lines_of(draft.sources, found.evidence, self._index)
        )
        changed = list(check_replacements(quiet, self._index, draft.mentions, draft.sources))
        changed = [f for f in changed if not is_action(draft.text, f.start, f.end)]
        flagged = {finding.start for finding in found.findings}
        sound = [m for m in draft.mentions if m.figure.start not in flagged]
        said = [*odd, *stated, *judge_clauses(quiet, self._index)]
        said += judge_beside(sound, draft.sources, self._index)
        said += check_targets(quiet, self._index, draft.sources)
        said += names_only(draft.text, changed)
        homes = homes_of(draft.text, draft.clauses, found.evidence)
        found.add(([f for f in said if is_at_home(f, homes, draft.clauses)], evidence))
        found.note(check_lists(quiet, self._index))

    def _check_figures(self, draft: _Draft) -> tuple[list[Finding], list[Evidence]]:
        """Judge the figures, and keep for each the fact's figure that it comes from."""
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        said = Said(draft.mentions, assigned(draft.text, draft.mentions, self._index))
        for mention in draft.mentions:
            clause = clause_at(draft.clauses, mention.figure.start)
            verdict = self._as_told(mention, clause) or self._figures.judge(mention, said)
            verdict = self._not_leaked(mention, verdict)
            evidence.append(_evidence(mention.figure, "figure", verdict))
            if verdict.source is not None:
                draft.sources[mention.figure.start] = verdict.source
            if verdict.relation == "derived":
                said.derived[mention.figure.start] = verdict.fact_ids
            if " + " in verdict.formula and len(verdict.fact_ids) > 1:
                said.summed[mention.line] = verdict.fact_ids
            if verdict.label:
                findings.append(self._figure_finding(mention, verdict))
            else:
                said.sound.append(_borne_out(mention, verdict.source))
        return findings, evidence

    def _may_be_wrong(self, clause: Clause, draft: _Draft) -> bool:
        """Tell whether a clause is more than a fact repeated; a plan may be repeated as done.

        Its figures may be written in another way than the fact's.
        """
        text = clause.text
        first, last = (
            bisect_left(draft.mentions, at, key=lambda m: m.figure.start)
            for at in (clause.start, clause.end)
        )
        for mention in reversed(draft.mentions[first:last]):
            figure = mention.figure
            source = draft.sources.get(figure.start)
            if source:
                start, end = figure.start - clause.start, figure.end - clause.start
                text = text[:start] + source.figure.text + text[end:]
        line = self._index.sayer(text)
        return line is None or line.state == "planned"

    def _as_told(self, mention: Mention, clause: Clause | None) -> Verdict | None:
        """Return the verdict on a figure of a clause that a fact holds word for word."""
        if clause is None or len(_HAN.findall(clause.text)) < _WORDS_OF_A_CLAUSE:
            return None
        line = self._index.sayer(clause.text)
        if line is None:
            return None
        same = (m for m in line.mentions if relation(mention.figure, m.figure))
        return Verdict("exact", (line.fact_id,), source=next(same, None))

    def _not_leaked(self, mention: Mention, verdict: Verdict) -> Verdict:
        """Return a verdict, against a rounded figure that says a sample's thing in its words."""
        if verdict.relation != "approximate" or verdict.source is None:
            return verdict
        if not self._leaks.rounded(mention, verdict.source):
            return verdict
        return unsupported(mention, verdict.source, None)

    def _figure_finding(self, mention: Mention, verdict: Verdict) -> Finding:
        finding = _finding(mention.figure, verdict)
        sample = self._leaks.figure(mention)
        if not sample:
            return finding
        message = f"“{finding.text}”是样本“{sample}”里的数字，不是本单位的。{finding.message}"
        return replace(finding, label="leaked_from_sample", message=message, sample=sample)

    def _check_dates(
        self, text: str, clauses: Sequence[Clause], derived: Container[int]
    ) -> tuple[list[Finding], list[Evidence]]:
        """Judge the dates; the other half of a year goes with a figure that is ``derived``."""
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        enclosed = [m.span() for m in _ENCLOSED.finditer(text)]
        for mention in find_dates(text):
            if any(s <= mention.start < e for s, e in enclosed):
                continue
            if mention.kind == "half" and mention.end in derived:
                continue
            verdict = self._moments.judge(mention, text, clauses)
            if verdict is None:
                continue
            evidence.append(_evidence(mention, "date", verdict))
            if verdict.label:
                findings.append(_finding(mention, verdict))
        return findings, evidence

    def _short_years(self, draft: _Draft) -> Iterator[Finding]:
        """Return findings on 全年 where the fact gives the figure for some months only."""
        found = self._moments.short_years(draft.clauses, draft.mentions, draft.sources)
        return (_finding(Span(at, at + 2, draft.text[at : at + 2]), v) for at, v in found)

    def _stale(self, text: str) -> list[Finding]:
        if self.year is None:
            return []
        dated = find_dated(text, self.year, self._calendar)
        named = _BARE_CAMPAIGN.search(self._index.text)  # the facts call it 学习教育 alone
        return [
            self._dated(text, d)
            for d in dated
            if text[d.start : d.end] not in self._index.text
            and not (named and text[d.start : d.end].endswith(named[0]))
        ]

    def _dated(self, text: str, dated: Dated) -> Finding:
        start, end = dated.start, dated.end
        if text[start - 1 : start] == "“" and text[end : end + 1] == "”":
            start, end = start - 1, end + 1
        term = text[start:end]
        wording = dated.formulation
        late = (
            f"“{term}”是{wording.last}年及以前的提法，{self.year}年不再使用（{wording.source}）。"
        )
        early = f"“{term}”到{wording.first}年才提出，{self.year}年还没有（{wording.source}）。"
        message = late if dated.why == "late" else early
        return Finding(start, end, term, "stale_formulation", "block", message, wording.replaced_by)


def _borne_out(mention: Mention, source: Mention | None) -> Mention:
    """Return a drafted figure with the value that its fact gives: 3000余万元 of 3024万元."""
    if source is None or source.figure.dimension != mention.figure.dimension:
        return mention
    ours, theirs = mention.figure, source.figure
    if (ours.low, ours.high, ours.unit) == (theirs.low, theirs.high, theirs.unit):
        return mention
    figure = replace(source.figure, start=mention.figure.start, end=mention.figure.end)
    return replace(mention, figure=figure)


def _placeholders(text: str) -> list[Evidence]:
    return [
        Evidence(m.start(), m.end(), m[0], "placeholder", "placeholder")
        for m in _PLACEHOLDER.finditer(text)
    ]


def _in_order(text: str, evidence: Iterable[Evidence]) -> list[Evidence]:
    ordered = sorted(evidence, key=lambda e: (e.start, e.end))
    return [
        e if e.text == (said := text[e.start : e.end]) else replace(e, text=said) for e in ordered
    ]


def _one_a_span(text: str, findings: Iterable[Finding]) -> list[Finding]:
    """Keep one finding a place: the judges are asked in order of how sure they are."""
    kept, taken = list[Finding](), Spans()
    for finding in findings:
        if taken.add(finding.start, finding.end):
            kept.append(replace(finding, text=text[finding.start : finding.end]))
    return sorted(kept, key=lambda finding: finding.start)


def _evidence(span: object, kind: str, verdict: Verdict) -> Evidence:
    start, end = span.start, span.end  # type: ignore[attr-defined]
    said = getattr(span, "text", "")
    return Evidence(start, end, said, kind, verdict.relation, verdict.fact_ids, verdict.formula)


def _finding(span: object, verdict: Verdict) -> Finding:
    start, end, text = span.start, span.end, span.text  # type: ignore[attr-defined]
    return Finding(
        start,
        end,
        text,
        verdict.label,
        "block",
        verdict.message,
        verdict.suggestion,
        verdict.fact_ids,
    )


def examine(
    text: str,
    facts: FactSheet | Sequence[str],
    samples: Iterable[Sample | str] = (),
    year: int | None = None,
) -> Report:
    """Return findings and evidence of a text against facts, with the samples as leak sources.

    ``year`` is the report's year; without it the facts' own is taken, else nothing is called stale.
    """
    return Checker(facts, samples, year).examine(text)


def check(
    text: str,
    facts: FactSheet | Sequence[str],
    samples: Iterable[Sample | str] = (),
    year: int | None = None,
) -> list[Finding]:
    """Return the findings of ``examine``, in reading order."""
    return list(examine(text, facts, samples, year).findings)
