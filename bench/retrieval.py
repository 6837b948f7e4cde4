"""How well the library finds sections: nDCG@5 over labelled queries, beside plain bigrams."""

from __future__ import annotations

from collections.abc import Sequence

from bench.judging import (
    Place,
    Query,
    Search,
    fresh_queries,
    mean_ndcg,
    own_samples,
    queries,
    sample_queries,
    shared_samples,
)
from bench.plain import PlainBigrams
from drafter.domain import Sample
from drafter.samples import Library


def library_search(samples: Sequence[Sample]) -> Search:
    """Return the search of the project's library."""
    library = Library(samples)

    def search(query: str, k: int) -> list[Place]:
        return [(str(e.sample), e.section.start) for e in library.retrieve(query, k)]

    return search


def plain_search(samples: Sequence[Sample]) -> Search:
    """Return BM25 over the bigrams of each section's text."""
    sections = [(s, x) for s in samples for x in s.walk() if x.level < 5]
    plain = PlainBigrams((s.text[x.start : x.end] for s, x in sections), tuned=True)

    def search(query: str, k: int) -> list[Place]:
        found = [sections[number] for number in plain.search(query, k)]
        return [(sample.name, section.start) for sample, section in found]

    return search


def table(asked: Sequence[Query], searches: dict[str, Search]) -> list[str]:
    """Return the lines of a table: a search a row, a half and a kind a column."""
    kinds = sorted({query.kind for query in asked})
    columns = [(h, k) for h in ("development", "test") for k in kinds]
    lines = ["| search | " + " | ".join(f"{h}, {k}" for h, k in columns) + " |"]
    lines.append("| --- " * (len(columns) + 1) + "|")
    for name, search in searches.items():
        cells = [
            f"{mean_ndcg(search, [q for q in asked if q.half == h and q.kind == k]):.2f}"
            for h, k in columns
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def main() -> list[str]:
    """Measure, and return the lines of the report."""
    lines: list[str] = []
    own, shared = own_samples(), shared_samples()
    for name, samples, asked in (
        ("the project's samples", own, sample_queries(own)),
        ("the shared documents", shared, queries(shared)),
        ("the shared documents, judged before any answer", shared, fresh_queries(shared)),
    ):
        if not samples:
            lines.append(f"No measure over {name}: they are not beside the project.")
            continue
        searches = {"library": library_search(samples), "bigrams": plain_search(samples)}
        lines += [f"nDCG@5, {len(asked)} queries over {name}", "", *table(asked, searches), ""]
    return lines


if __name__ == "__main__":
    print("\n".join(main()))
