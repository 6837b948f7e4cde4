"""How fast samples are parsed, in characters a second on one core.

Texts: the files given, else the project's own samples; repeated to a million characters.
Processor time, median of seven runs, beside what a user would write first: one regular
expression a line.

    python bench/structure.py [FILE ...]
"""

import re
import statistics
import sys
import time
from pathlib import Path

from drafter.samples.parse import parse_sample

ROOT = Path(__file__).parent.parent
CHARACTERS = 1_000_000
RUNS = 7
ONE_EXPRESSION = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]|[（(]\d+[）)]|[一二三四五六七八九十]+是)"
)


def by_lines(text):
    return [line for line in text.split("\n") if ONE_EXPRESSION.match(line)]


def median_speed(work, texts):
    size = sum(map(len, texts))
    speeds = []
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            work(text)
        speeds.append(size / (time.process_time() - start))
    return statistics.median(speeds)


def main(paths):
    files = [Path(p) for p in paths] or sorted((ROOT / "samples").glob("*.txt"))
    once = [path.read_text(encoding="utf-8") for path in files]
    texts = once * max(1, CHARACTERS // sum(map(len, once)))
    parse, lines = median_speed(parse_sample, texts), median_speed(by_lines, texts)
    print(f"{len(files)} files, {sum(map(len, texts)):,} characters, median of {RUNS} runs")
    print(f"parse_sample               {parse / 1e6:6.1f} million characters a second")
    print(f"one expression a line      {lines / 1e6:6.1f}  ({lines / parse:.1f} times)")


if __name__ == "__main__":
    main(sys.argv[1:])
