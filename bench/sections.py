"""Span F1 of the check on sections and sentences with planted errors and without, set by set.

usage: python -m bench.sections [-v]     -v: each false alarm and each miss
``fresh_sections.jsonl`` keeps close to its facts, as most drafts do; ``dense_sections.jsonl`` words
nearly everything anew and works it out; ``fresh_cases.jsonl`` has single sentences. The authors
did not know the check; docs/checking.md has what it reached at first sight. Since then it was
mended on them: this guards.
A flag hits where it covers half of the shorter of both and is at most twice as long, and six more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from drafter.checking import Checker

FILES = ("fresh_sections.jsonl", "dense_sections.jsonl", "fresh_cases.jsonl")


def hits(flag: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    """Tell whether a flag marks an error, or what is as good an answer for it."""
    for span in (gold, *gold.get("alt", ())):
        size = span["end"] - span["start"]
        told = flag["end"] - flag["start"]
        shared = min(flag["end"], span["end"]) - max(flag["start"], span["start"])
        if shared * 2 >= min(size, told) and shared > 0 and told <= 2 * size + 6:
            return True
    return False


def score(rows: Sequence[Mapping[str, Any]], verbose: bool = False) -> str:
    """Return one line: F1, false alarms per 1,000 characters, clean sections with an alarm."""
    right = wrong = missed = chars = clean = alarmed = 0
    for row in rows:
        text, gold = row["draft"], row["gold"]
        report = Checker(row["facts"], [row["sample_excerpt"]], row["report_year"]).examine(text)
        flags = [
            {"start": f.start, "end": f.end, "text": f.text, "why": f.message}
            for f in report.findings
        ]
        false = [f for f in flags if not any(hits(f, g) for g in gold)]
        open_ = [g for g in gold if not any(hits(f, g) for f in flags)]
        right += len(gold) - len(open_)
        wrong, missed, chars = wrong + len(false), missed + len(open_), chars + len(text)
        clean, alarmed = clean + (not gold), alarmed + (not gold and bool(false))
        for item in [*false, *open_] if verbose else ():
            print(row["id"], "false" if "why" in item else "missed", item["text"], item.get("why"))
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    rate = 1000 * wrong / max(1, chars)
    told = f"F1 {f1:.3f}" if right + missed else "all clean"
    return f"{told}, {rate:.2f} false per 1,000, {alarmed} of {clean} clean ones with an alarm"


def main(verbose: bool = False) -> None:
    """Print a line for each author's set, and one for all of a file."""
    for name in FILES:
        lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        for key, group in groupby(rows, key=lambda row: str(row["id"])[:2]):
            print(f"{name} {key}: {score(list(group), verbose)}")
        print(f"{name}: {len(rows)} texts, {score(rows)}")


if __name__ == "__main__":
    main("-v" in sys.argv[1:])
