"""The check as one call: a text, the facts, the samples and the year in; findings and evidence out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drafter.checking.context import Mention, find_mentions
from drafter.checking.factindex import FactIndex, report_year
from drafter.checking.figures import FigureJudge, Verdict
from drafter.checking.form import check_form
from drafter.checking.wording import Dated, Formulation, find_dated
from drafter.chinese.normalise import fold
from drafter.domain import Evidence, FactSheet, Finding, Sample


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found: ``findings`` in reading order, ``evidence`` for each checkable span."""

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]


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
        self._index = FactIndex(facts, self.year)
        self._figures = FigureJudge(self._index)
        self._calendar = calendar

    def examine(self, text: str) -> Report:
        """Return findings and evidence of a text; offsets are code points into ``text``."""
        folded = fold(text)
        findings = list(check_form(text))
        evidence: list[Evidence] = []
        mentions = find_mentions(folded, self.year)
        for mention in mentions:
            others = [m for m in mentions if m is not mention]
            verdict = self._figures.judge(mention, others)
            evidence.append(_evidence(text, mention, verdict))
            if verdict.label:
                findings.append(_figure_finding(text, mention, verdict))
        if self.year is not None:
            findings += [self._dated(text, d) for d in find_dated(text, self.year, self._calendar)]
        return Report(tuple(sorted(findings, key=lambda f: f.start)), tuple(evidence))

    def _dated(self, text: str, dated: Dated) -> Finding:
        term = text[dated.start : dated.end]
        wording = dated.formulation
        late = f"“{term}”是{wording.last}年以前的提法，{self.year}年不再使用（{wording.source}）。"
        early = f"“{term}”到{wording.first}年才提出，早于它的材料不会这样写（{wording.source}）。"
        message = late if dated.why == "late" else early
        return Finding(
            dated.start, dated.end, term, "stale_formulation", "block", message, wording.replaced_by
        )


def _evidence(text: str, mention: Mention, verdict: Verdict) -> Evidence:
    start, end = mention.figure.start, mention.figure.end
    return Evidence(
        start, end, text[start:end], "figure", verdict.relation, verdict.fact_ids, verdict.formula
    )


def _figure_finding(text: str, mention: Mention, verdict: Verdict) -> Finding:
    start, end = mention.figure.start, mention.figure.end
    return Finding(
        start,
        end,
        text[start:end],
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
