"""Graded judgements of retrieval: labelled sections, queries in two halves, nDCG@5."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from drafter.domain import Sample, Section
from drafter.reading import read_text
from drafter.resources import samples_dir
from drafter.samples import parse_sample

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
SAMPLE_QUERIES = HERE.parent / "tests" / "library" / "retrieval_queries.tsv"
MAIN, TOUCHED = 2, 1
NEAR = 3
"""Offsets of a section that differ by no more than this mean the same section."""

Place = tuple[str, int]
Search = Callable[[str, int], Sequence[Place]]


class Query(NamedTuple):
    """A query, its kind (direct, paraphrase, figurative), its half, and what answers it."""

    text: str
    kind: str
    half: str
    grades: Mapping[Place, int]


def shared_samples(folder: Path = SHARED) -> list[Sample]:
    """Return the shared documents parsed; none where the folder is not there."""
    paths = [*sorted(folder.glob("seeds/*.txt")), *sorted(folder.glob("corpus/*.txt"))]
    return [parse_sample(path.read_text(encoding="utf-8"), path.stem) for path in paths]


def own_samples() -> list[Sample]:
    """Return the project's own samples, parsed."""
    paths = sorted(path for path in samples_dir().iterdir() if path.suffix in {".txt", ".docx"})
    return [parse_sample(read_text(path), path.stem) for path in paths]


def rows(path: Path) -> list[list[str]]:
    """Return the rows of a tab-separated file without its comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def queries(samples: Sequence[Sample]) -> list[Query]:
    """Return the queries over the shared documents with the grades of their sections."""
    matters = graded_sections(samples, rows(HERE / "retrieval_labels.tsv"))
    found: list[Query] = []
    seen: dict[str, int] = {}
    for kind, codes, heading, *facts in rows(HERE / "retrieval_queries.tsv"):
        seen[kind] = seen.get(kind, 0) + 1
        text = "\n".join([heading, *filter(None, facts)])
        half = "development" if seen[kind] % 2 else "test"
        found.append(Query(text, kind, half, _grades(matters, codes)))
    return found


def fresh_queries(samples: Sequence[Sample]) -> list[Query]:
    """Return the queries that were judged before any search had answered them."""
    matters = graded_sections(samples, rows(HERE / "retrieval_labels.tsv"))
    return [
        Query("\n".join([heading, *facts]), kind, half, _grades(matters, codes))
        for half, kind, codes, heading, *facts in rows(HERE / "retrieval_fresh.tsv")
    ]


def _grades(matters: Mapping[Place, Mapping[str, int]], codes: str) -> dict[Place, int]:
    """Return the grades of the sections that treat some matters (LIFE+AID=1: AID counts less)."""
    grades: dict[Place, int] = {}
    for code, _, most in (one.partition("=") for one in codes.split("+")):
        lost = MAIN - int(most or MAIN)
        for place, own in matters.items():
            grades[place] = max(grades.get(place, 0), own.get(code, 0) - lost)
    return {place: grade for place, grade in grades.items() if grade > 0}


def sample_queries(samples: Sequence[Sample]) -> list[Query]:
    """Return the queries over the project's own samples; each names the sections that answer it."""
    found: list[Query] = []
    seen: dict[str, int] = {}
    for kind, heading, facts, answers in rows(SAMPLE_QUERIES):
        seen[kind] = seen.get(kind, 0) + 1
        grades: dict[Place, int] = {}
        for answer in answers.split():
            target, grade = answer.split("=")
            number, begins = target.split(":")
            for sample, section in _sections(samples, number):
                if section.heading.startswith(begins):
                    grades[sample, section.start] = int(grade)
        half = "development" if seen[kind] % 2 else "test"
        found.append(Query("\n".join(filter(None, [heading, facts])), kind, half, grades))
    return found


def _sections(samples: Sequence[Sample], number: str) -> list[tuple[str, Section]]:
    return [(s.name, x) for s in samples if s.name.startswith(number) for x in s.walk()]


def graded_sections(
    samples: Sequence[Sample], labels: Iterable[Sequence[str]]
) -> dict[Place, dict[str, int]]:
    """Return for each section the matters it treats, with their grades."""
    known: dict[str, list[tuple[int, str, str]]] = {}
    for name, start, main, touched in labels:
        known.setdefault(name, []).append((int(start), main, touched))
    graded: dict[Place, dict[str, int]] = {}

    def visit(section: Section, name: str, above: Mapping[str, int]) -> None:
        own: dict[str, int] = {code: TOUCHED for code, grade in above.items() if grade == MAIN}
        for start, main, touched in known.get(name, ()):
            if abs(start - section.start) <= NEAR:
                own = dict.fromkeys(filter(None, touched.split(",")), TOUCHED)
                own |= dict.fromkeys(filter(None, main.split(",")), MAIN)
        graded[name, section.start] = own
        for child in section.children:
            visit(child, name, own)

    for sample in samples:
        for section in sample.sections:
            visit(section, sample.name, {})
    return graded


def ndcg(places: Sequence[Place], grades: Mapping[Place, int], k: int = 5) -> float:
    """Return the normalised discounted cumulative gain (gain 2^grade - 1) of the first k places."""
    best = sorted(grades.values(), reverse=True)[:k]
    ideal = _gain(best)
    return _gain([grades.get(place, 0) for place in places[:k]]) / ideal if ideal else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def mean_ndcg(search: Search, asked: Iterable[Query]) -> float:
    """Return the mean nDCG@5 of a search over some queries."""
    scores = [ndcg(search(query.text, 5), query.grades) for query in asked]
    return sum(scores) / len(scores) if scores else 0.0
