"""How often a fact is put under the heading it came from, on two sets.

Run: python -m bench.assignment. Samples: the project's own, taken apart; every sentence with a
figure becomes a fact, every 一、 heading a task, and the sample itself is not in the library. Many
of these headings are rhetorical (用温热的心关爱下一代). Sheets: bench/sheets, notes as offices send
them, each line labelled by hand with the headings it may stand under; 01–16 were read while the
rules were made, 21–28, 31–36 and 41–46 were written after and read since (a fresh sheet gives
less); 51–53 were labelled together with 41–46 and run last.
Each also in random order, for notes that follow none.
Beside it: the heading that shares most character pairs with the fact.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafter.chinese.quantities import find_figures
from drafter.chinese.sentences import split_sentences
from drafter.domain import FactSheet, Sample, Table
from drafter.facts import parse_facts, parse_tables
from drafter.planning import make_outline, topics
from drafter.public import Library
from drafter.resources import samples_dir

SHEETS = Path(__file__).parent / "sheets"
ADDED = "（另设）"  # a section that the tasks do not have
_MARK = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]|[一二三四五六七八九十]是)")


def sentences(sample: Sample) -> dict[str, str]:
    """Return sentence → heading of the section it stands in."""
    found: dict[str, str] = {}
    for section in sample.sections:
        for span in split_sentences(sample.text[section.heading_end : section.end]):
            text = _MARK.sub("", span.text.strip()).rstrip("。")
            if len(text) > 8 and find_figures(text):
                found.setdefault(text, section.heading)
    return found


def home(text: str, known: dict[str, str]) -> str:
    """Return the heading that a fact's text came from."""
    return next((heading for t, heading in known.items() if text in t or t in text), "")


def by_program(facts: FactSheet, headings: list[str], library: Library) -> dict[str, str]:
    """Return fact id → heading, as the program assigns."""
    outline = make_outline(facts, library, headings)
    return {i: section.heading for section in outline.sections for i in section.fact_ids}


def by_pairs(facts: FactSheet, headings: list[str]) -> dict[str, str]:
    """Return fact id → the heading that shares most character pairs with it."""
    pairs = {heading: topics.bigrams(heading) for heading in headings}
    best = {}
    for fact in facts:
        own = topics.bigrams(fact.text)
        best[fact.id] = max(headings, key=lambda heading: len(own & pairs[heading]))
    return best


@dataclass(frozen=True, slots=True)
class Case:
    """Facts, the headings handed down, and for a fact's text the headings that are right."""

    facts: FactSheet
    headings: list[str]
    right: Callable[[str], set[str]]
    name: str = ""


def from_samples(samples: Sequence[Sample]) -> Iterator[Case]:
    """Yield the samples taken apart."""
    for sample in samples:
        known = sentences(sample)
        headings = [section.heading for section in sample.sections]
        facts = parse_facts("\n".join(known))
        yield Case(facts, headings, _origin(known), sample.name)


def _origin(known: dict[str, str]) -> Callable[[str], set[str]]:
    return lambda text: {home(text, known)}


def from_sheets(names: str) -> Iterator[Case]:
    """Yield the labelled sheets whose file names match, those with tasks."""
    for path in sorted(SHEETS.glob(names)):
        tasks, _, notes = path.read_text(encoding="utf-8").partition("%facts\n")
        headings = [line for line in tasks.splitlines() if line and line[0] != "%"]
        if headings:
            rows = [line.partition("\t@") for line in notes.splitlines()]
            yield Case(_parsed([row[0] for row in rows]), headings, _labels(rows, headings))


def _parsed(lines: Sequence[str]) -> FactSheet:
    if not any(line.startswith("%sheet") for line in lines):
        return parse_facts("\n".join(lines))
    tables: dict[str, list[tuple[str, ...]]] = {}
    name = ""
    for line in lines:
        if line.startswith("%sheet"):
            name = line.split(None, 1)[1]
        else:
            tables.setdefault(name, []).append(tuple(line.split("|")))
    return parse_tables([Table("表.xlsx", name, tuple(rows)) for name, rows in tables.items()])


def _labels(
    rows: Sequence[tuple[str, str, str]], headings: Sequence[str]
) -> Callable[[str], set[str]]:
    bare = [
        re.sub(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)", "", h)
        for h in headings
    ]
    known = [(topics.bigrams(text), label) for text, _, label in rows]

    def right(text: str) -> set[str]:
        own = topics.bigrams(text)
        near, label = max(known, key=lambda row: len(row[0] & own))
        told = label not in {"", "0"} and len(near & own) > 1
        numbers = [int(n) - 1 for n in label.split(",")] if told else []
        return {bare[n] if n < len(bare) else ADDED for n in numbers}

    return right


def measure(cases: Sequence[Case], library: Library, shuffled: bool) -> dict[str, Counter[str]]:
    """Return for each way how many facts it put right, wrong, nowhere."""
    counts: dict[str, Counter[str]] = {"program": Counter(), "character pairs": Counter()}
    for case in cases:
        facts = list(case.facts)
        if shuffled:
            random.Random(len(facts)).shuffle(facts)  # the same order each run
        sheet = replace(case.facts, facts=tuple(facts))
        kept = Library([other for other in library.samples if other.name != case.name])
        ways = {
            "program": by_program(sheet, case.headings, kept),
            "character pairs": by_pairs(sheet, case.headings),
        }
        for way, placed in ways.items():
            counts[way].update(_verdicts(sheet, placed, case))
    return counts


def _verdicts(sheet: FactSheet, placed: dict[str, str], case: Case) -> Iterator[str]:
    for fact in sheet:
        right, there = case.right(fact.text), placed.get(fact.id)
        if right:
            added = there is not None and not any(there in heading for heading in case.headings)
            fits = any(h in (there or "-") for h in right) or (added and ADDED in right)
            yield "unplaced" if there is None else "right" if fits else "wrong"


def main() -> None:
    """Print the table."""
    library = Library.open(samples_dir())
    sets = {
        "samples": list(from_samples(library.samples)),
        "sheets 01–16": list(from_sheets("[01]*.txt")),
        "sheets 21–28": list(from_sheets("2*.txt")),
        "sheets 31–36": list(from_sheets("3*.txt")),
        "sheets 41–46": list(from_sheets("4*.txt")),
        "sheets 51–53": list(from_sheets("5*.txt")),
    }
    print("| set | order | way | right | wrong | unplaced | share right |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, cases in sets.items():
        for order in ("as given", "random"):
            for way, count in measure(cases, library, order == "random").items():
                share = count["right"] / max(1, sum(count.values()))
                figures = f"{count['right']} | {count['wrong']} | {count['unplaced']}"
                print(f"| {name} | {order} | {way} | {figures} | {share:.3f} |")


if __name__ == "__main__":
    main()
