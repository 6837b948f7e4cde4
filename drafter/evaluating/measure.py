"""What is measured of a drafted text. All shares are 0 to 1."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from drafter.checking import examine
from drafter.chinese.quantities import find_figures
from drafter.chinese.sentences import split_sentences
from drafter.comparing import covered, overlaps
from drafter.domain import Fact, FactSheet
from drafter.evaluating.cases import Case
from drafter.evaluating.ways import Text
from drafter.samples import Library
from drafter.writing.grounds import coverage as words_kept
from drafter.writing.handles import clause_of
from drafter.writing.verify import JUDGED, KEPT

LONG_ENOUGH = 10  # characters of a sentence that is not said twice by chance


@dataclass(frozen=True, slots=True)
class Measures:
    """What a draft is worth; shares from 0 to 1, ``unsupported`` and ``leaks`` count spans."""

    coverage: float = 0.0  # of the facts' figures
    told: float = 0.0  # of the facts: their words are there
    unsupported: int = 0
    leaks: int = 0
    structure: float = 0.0  # of the headings wanted, in order
    overlap: float = 0.0  # of the text, to the letter in a sample
    repetition: float = 0.0  # of the sentences: said before
    length: int = 0  # characters
    length_ratio: float = 0.0  # against the reference, 0 where there is none
    prompt_tokens: int = 0
    completion_tokens: int = 0
    calls: int = 0
    seconds: float = 0.0


def measure(case: Case, library: Library, made: Text, year: int | None) -> Measures:
    """Measure a drafted text of a case; what a leak is, is judged against the library."""
    text = made.text
    findings = examine(text, given(case), library.samples, year).findings if text else ()
    wrong = [f for f in findings if f.label in JUDGED and f.severity != "hint"]
    return Measures(
        coverage=coverage(case.facts, text),
        told=told(case.facts, text),
        unsupported=len(wrong),
        leaks=sum(finding.label == "leaked_from_sample" for finding in wrong),
        structure=structure(case.tasks, text),
        overlap=overlap(case.facts, library, text),
        repetition=repetition(text),
        length=len(text),
        length_ratio=len(text) / len(case.reference) if case.reference else 0.0,
        prompt_tokens=made.usage.prompt_tokens,
        completion_tokens=made.usage.completion_tokens,
        calls=made.usage.calls,
        seconds=made.seconds,
    )


def given(case: Case) -> FactSheet:
    """Return the facts of a case with its title and headings, which are handed down too."""
    handed = [Fact(f"T{n}", text) for n, text in enumerate((case.title, *case.tasks)) if text]
    return replace(case.facts, facts=(*case.facts.facts, *handed))


def coverage(facts: FactSheet, text: str) -> float:
    """Return the share of the facts' figures that stand in a text, as often as there."""
    wanted = Counter(
        (figure.low, figure.high, figure.dimension)
        for fact in facts
        for figure in find_figures(fact.text)
    )
    found = Counter((f.low, f.high, f.dimension) for f in find_figures(text))
    total = sum(wanted.values())
    return sum((wanted & found).values()) / total if total else 1.0


def told(facts: FactSheet, text: str) -> float:
    """Return the share of facts whose words stand in a text; figures alone would hide a loss."""
    heard = [words_kept(clause_of(fact), text) >= KEPT for fact in facts]
    return sum(heard) / len(heard) if heard else 1.0


def structure(tasks: tuple[str, ...], text: str) -> float:
    """Return the share of the headings wanted that open a line of the text, in their order."""
    lines = [_bare(line) for line in text.splitlines()]
    at = hits = 0
    for task in tasks:
        wanted = _bare(task)
        place = next((n for n in range(at, len(lines)) if lines[n].startswith(wanted)), None)
        if place is not None:
            hits, at = hits + 1, place + 1
    return hits / len(tasks) if tasks else 1.0


def _bare(line: str) -> str:
    line = re.sub(
        r"^[#*\s]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])?", "", line
    )
    return re.sub(r"[^\w]", "", line)


def overlap(facts: FactSheet, library: Library, text: str) -> float:
    """Return the share of a text that stands in a sample, the facts' own wording left out."""
    if not text:
        return 0.0
    found = overlaps(text, library.samples, allow=[fact.text for fact in facts])
    return min(1.0, covered(found) / len(text))


def repetition(text: str) -> float:
    """Return the share of sentences that were said before in the text."""
    keys = [_bare(span.text) for span in split_sentences(text)]
    keys = [key for key in keys if len(key) >= LONG_ENOUGH]
    return 1 - len(set(keys)) / len(keys) if keys else 0.0
