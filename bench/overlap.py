"""Common runs: time beside what a user would write instead, and growth with the size."""

from __future__ import annotations

import difflib
import statistics
import time
from collections.abc import Callable, Mapping
from itertools import combinations

from bench.synthetic import documents
from drafter.comparing import overlap_matrix, overlaps

MIN_RUN = 13
RUNS = 5


def by_difflib(text: str, samples: Mapping[str, str]) -> int:
    """Count matching blocks of 13 characters, sample by sample (it misses runs out of order)."""
    found = 0
    for sample in samples.values():
        matcher = difflib.SequenceMatcher(None, text, sample, autojunk=False)
        found += sum(block.size >= MIN_RUN for block in matcher.get_matching_blocks())
    return found


def by_scan(text: str, samples: Mapping[str, str]) -> int:
    """Look for every window of 13 characters in every sample."""
    windows = [text[i : i + MIN_RUN] for i in range(len(text) - MIN_RUN + 1)]
    return sum(window in sample for sample in samples.values() for window in windows)


def by_sets(texts: Mapping[str, str]) -> int:
    """Count pairs of texts that share a window of 13 characters, pair by pair."""
    grams = [{t[i : i + MIN_RUN] for i in range(len(t) - MIN_RUN + 1)} for t in texts.values()]
    return sum(not a.isdisjoint(b) for a, b in combinations(grams, 2))


def seconds(job: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of a job."""
    spent = []
    for _ in range(runs):
        began = time.perf_counter()
        job()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def main(matrix: tuple[int, ...] = (100, 400, 1_500)) -> list[str]:
    """Measure, and return the lines of the report."""
    *rest, text = (document.text for document in documents(20))
    samples = {str(number): sample for number, sample in enumerate(rest)}
    lines = ["| a draft of 4,900 characters, 19 samples | seconds |", "| --- | --- |"]
    lines.append(f"| overlaps | {seconds(lambda: overlaps(text, samples)):.4f} |")
    lines.append(f"| every window, `in` | {seconds(lambda: by_scan(text, samples)):.4f} |")
    few = dict(list(samples.items())[:2])
    lines.append(
        f"| difflib, 2 of the 19 samples | {seconds(lambda: by_difflib(text, few), 1):.4f} |"
    )
    lines += ["", "| texts in the matrix | seconds | pairs | sets, pair by pair |"]
    lines.append("| --- | --- | --- | --- |")
    for count in matrix:
        texts = {str(number): one.text for number, one in enumerate(documents(count))}
        runs = RUNS if count <= 400 else 1
        taken = seconds(lambda t=texts: overlap_matrix(t), runs)  # type: ignore[misc]
        pairs = len(overlap_matrix(texts).pairs)
        naive = f"{seconds(lambda t=texts: by_sets(t), 1):.2f}" if count <= 400 else ""  # type: ignore[misc]
        lines.append(f"| {count} | {taken:.2f} | {pairs} | {naive} |")
    return lines


if __name__ == "__main__":
    print("\n".join(main()))
