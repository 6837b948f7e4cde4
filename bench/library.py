"""The library at size: quality, time and space beside plain bigrams, over synthetic summaries."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from bench.plain import PlainBigrams
from bench.synthetic import Document, asked, documents, matters
from drafter.samples import Library, parse_sample

ASKED = 200
RUNS = 5
Search = Callable[[str], Sequence[Any]]
"""Ask for the five best: what is timed."""


class Side(NamedTuple):
    """One side of the comparison. ``matters``: the matters that one found thing treats."""

    name: str
    built: float
    opened: float
    size: int
    search: Search
    matters: Callable[[Any], Iterable[int]]


def measure(count: int) -> list[str]:
    """Measure one size, and return the lines of its table."""
    made = list(documents(count))
    characters = sum(len(document.text) for document in made)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sides = [
            _library(made, home / "ours"),
            _plain(made, home / "plain", tuned=False),
            _plain(made, home / "tuned", tuned=True),
        ]
        ours = home / "ours"
        library = Library.load(ours)
        built_runs = _seconds(lambda: library.overlaps(made[0].text))
        space = {
            "texts": size_of(ours.glob("*.bin")),
            "trees": size_of(ours.glob("trees-*/*")),
            "index": size_of(ours.glob("sections-*/*")),
            "runs": size_of(ours.glob("runs-*/*")),
        }
        lines = [f"{count:,} documents, {characters:,} characters", "", *_table(sides, characters)]
    extra = ", ".join(f"{name} {taken / characters:.2f}" for name, taken in space.items())
    lines += [
        "",
        f"bytes a character: {extra}, together {sum(space.values()) / characters:.2f}; "
        f"runs indexed in {built_runs:.1f} s",
    ]
    return [*lines, ""]


def _library(made: Sequence[Document], folder: Path) -> Side:
    samples = (parse_sample(document.text, str(number)) for number, document in enumerate(made))
    built = _seconds(lambda: Library(samples, folder))
    opened = statistics.median(_seconds(lambda: Library.load(folder)) for _ in range(RUNS))
    library = Library.load(folder)
    numbers = {heading: n for n, matter in enumerate(matters()) for heading in matter.headings}
    return Side(
        "library",
        built,
        opened,
        size_of(folder.glob("sections-*/*")),
        lambda query: library.retrieve(query, 5),
        lambda found: [numbers.get(found.section.heading, -1)],
    )


def _plain(made: Sequence[Document], folder: Path, tuned: bool) -> Side:
    folder.mkdir()
    built = _seconds(lambda: PlainBigrams((one.text for one in made), str(folder), tuned))

    def open_again() -> PlainBigrams:
        return PlainBigrams.open(str(folder), tuned)

    opened = statistics.median(_seconds(open_again) for _ in range(RUNS))
    plain = open_again()
    return Side(
        "tuned bigrams" if tuned else "plain bigrams",
        built,
        opened,
        size_of(folder.glob("*")),
        lambda query: plain.search(query, 5),
        lambda number: made[number].matters,
    )


def _table(sides: Sequence[Side], characters: int) -> list[str]:
    kinds = ("heading", "keywords", "heading and facts")
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(RUNS):
        for side in sides:
            for kind in kinds:
                spent = [_seconds(partial(side.search, text)) for text in _queries(kind)]
                times.setdefault((side.name, kind), []).append(1000 * statistics.median(spent))
    rows = [
        *((f"p50, {k}, ms", [statistics.median(times[s.name, k]) for s in sides]) for k in kinds),
        ("opening, ms", [1000 * side.opened for side in sides]),
        ("building, s", [side.built for side in sides]),
        ("index, bytes a character", [side.size / characters for side in sides]),
        *((f"P@5, {kind}", [_precision(s, kind) for s in sides]) for kind in kinds),
    ]
    lines = ["| measure | " + " | ".join(side.name for side in sides) + " | ratio to plain |"]
    lines.append("| --- " * (len(sides) + 2) + "|")
    for name, values in rows:
        cells = " | ".join(f"{value:.2f}" for value in values)
        lines.append(f"| {name} | {cells} | {values[0] / values[1]:.2f} |")
    return lines


def _queries(kind: str) -> list[str]:
    return [text for own, text, _ in asked(ASKED) if own == kind]


def _precision(side: Side, kind: str) -> float:
    shares = [
        sum(matter in side.matters(found) for found in side.search(query)) / 5
        for own, query, matter in asked(ASKED)
        if own == kind
    ]
    return statistics.mean(shares)


def _seconds(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def size_of(paths: Iterable[Path]) -> int:
    """Return the bytes that files take."""
    return sum(path.stat().st_size for path in paths if path.is_file())


def main(counts: Sequence[int] = (1_000, 10_000)) -> list[str]:
    """Measure all sizes, and return the lines of the report."""
    head = [f"Medians of {RUNS} runs of {ASKED} queries; tantivy {tantivy.__version__}.", ""]
    return head + [line for count in counts for line in measure(count)]


if __name__ == "__main__":
    print("\n".join(main([int(count) for count in sys.argv[1:]] or (1_000, 10_000))))
