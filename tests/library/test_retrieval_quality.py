"""Retrieval over the project's own samples, judged by reading them; the shared ones in bench."""

import math
from pathlib import Path

import pytest

from drafter.reading import read_text
from drafter.resources import samples_dir
from drafter.samples import Library, parse_sample

QUERIES = Path(__file__).with_name("retrieval_queries.tsv")


@pytest.fixture(scope="module")
def library():
    paths = [path for path in samples_dir().iterdir() if path.suffix in {".txt", ".docx"}]
    return Library(parse_sample(read_text(path), path.stem) for path in sorted(paths))


def asked(kind):
    rows = [line.split("\t") for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    for _, heading, facts, answers in (row for row in rows if row[0] == kind):
        wanted = [answer.rsplit("=", 1) for answer in answers.split()]
        grades = {tuple(target.split(":")): int(grade) for target, grade in wanted}
        yield f"{heading}\n{facts}".strip(), grades


def grade(found, grades):
    return max(
        (
            grade
            for (number, begins), grade in grades.items()
            if found.sample.startswith(number) and found.section.heading.startswith(begins)
        ),
        default=0,
    )


def gain(grades):
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def mean_ndcg(library, kind):
    scores = [
        gain(grade(one, grades) for one in library.retrieve(query, 5))
        / gain(sorted(grades.values(), reverse=True)[:5])
        for query, grades in asked(kind)
    ]
    return sum(scores) / len(scores)


def test_a_heading_finds_the_sections_of_its_matter(library):
    assert mean_ndcg(library, "direct") >= 0.75


def test_a_paraphrase_finds_them_though_it_shares_hardly_a_character(library):
    assert mean_ndcg(library, "paraphrase") >= 0.6
