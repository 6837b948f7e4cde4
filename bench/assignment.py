"""How often a fact is put under the heading it came from: the project's samples taken apart.

Run: python -m bench.assignment. Every sentence with a figure becomes a fact, every 一、 heading a
task; the sample itself is not in the library. Beside it: the heading that shares most character
pairs with the fact, which is what a plain search would do. Hard on purpose: many of these headings
are rhetorical (用温热的心关爱下一代), tasks handed down by a county are plainer.
"""

from __future__ import annotations

import re
from collections import Counter

from drafter.chinese.quantities import find_figures
from drafter.chinese.sentences import split_sentences
from drafter.domain import FactSheet, Sample
from drafter.facts import parse_facts
from drafter.planning import make_outline, topics
from drafter.public import Library
from drafter.resources import samples_dir

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


def main() -> None:
    """Print the table."""
    samples = Library.open(samples_dir()).samples
    counts: dict[str, Counter[str]] = {"program": Counter(), "character pairs": Counter()}
    for sample in samples:
        known = sentences(sample)
        headings = [section.heading for section in sample.sections]
        facts = parse_facts("\n".join(known))
        library = Library([other for other in samples if other.name != sample.name])
        ways = {
            "program": by_program(facts, headings, library),
            "character pairs": by_pairs(facts, headings),
        }
        for way, placed in ways.items():
            for fact in facts:
                there = placed.get(fact.id)
                right = there == home(fact.text, known)
                counts[way]["unplaced" if there is None else "right" if right else "wrong"] += 1
    print("| way | right | wrong | unplaced | share right |\n| --- | --- | --- | --- | --- |")
    for way, count in counts.items():
        share = count["right"] / sum(count.values())
        print(
            f"| {way} | {count['right']} | {count['wrong']} | {count['unplaced']} | {share:.3f} |"
        )


if __name__ == "__main__":
    main()
