"""How fast samples are parsed, in characters a second on one core.

Texts: the files given, else synthetic summaries of 4,900 characters and the project's own samples
(1,700 characters, a heading every 75); repeated to a million characters. Processor time, median of
seven runs, beside what a user would write first: one regular expression a line.

    python -m bench.structure [FILE ...]
"""

import re
import statistics
import sys
import time
from pathlib import Path

from bench import synthetic
from drafter.samples.parse import parse_sample

ROOT = Path(__file__).parent.parent
CHARACTERS = 1_000_000
RUNS = 7
SYNTHETIC = 200
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


def sets(paths):
    if paths:
        return {"files given": [Path(p).read_text(encoding="utf-8") for p in paths]}
    own = sorted((ROOT / "samples").glob("*.txt"))
    return {
        "synthetic": [document.text for document in synthetic.documents(SYNTHETIC)],
        "own samples": [path.read_text(encoding="utf-8") for path in own],
    }


def main(paths):
    print(f"million characters a second, median of {RUNS} runs")
    print("texts                  parse_sample   one expression a line")
    for name, once in sets(paths).items():
        texts = once * max(1, CHARACTERS // sum(map(len, once)))
        parse, lines = median_speed(parse_sample, texts), median_speed(by_lines, texts)
        row = f"{parse / 1e6:12.1f} {lines / 1e6:14.1f} ({lines / parse:.0f} times)"
        print(f"{name:12} ({len(once):3}) {row}")


if __name__ == "__main__":
    main(sys.argv[1:])
