"""False alarms on 186 sections without an error, by three hands, and the time of a section.

usage: python -m bench.alarms [-v]     -v: each alarm with its clause
The sections were written for this project by authors who did not know the check; the first reading
of each batch was its first sight, since then the check was mended on them: this guards, it does
not tell how the check does on texts nobody has seen.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from drafter.checking import Checker
from drafter.domain import Finding

SECTIONS = Path(__file__).with_name("clean_sections.jsonl")


def alarms(section: dict[str, object]) -> tuple[list[Finding], float]:
    """Return what the check says of a section, hints left out, and its milliseconds."""
    checker = Checker(section["facts"], (), section["report_year"])  # type: ignore[arg-type]
    begin = time.perf_counter()
    report = checker.examine(str(section["draft"]))
    spent = (time.perf_counter() - begin) * 1000
    return [f for f in report.findings if f.severity != "hint"], spent


def main(verbose: bool = False) -> None:
    """Print alarms by label, alarms per 1,000 characters, and the time of a section."""
    rows = [json.loads(line) for line in SECTIONS.read_text("utf-8").splitlines()]
    alarms(rows[0])
    found = [(row, *alarms(row)) for row in rows]
    for row, findings, _ in found if verbose else ():
        for finding in findings:
            around = row["draft"][max(0, finding.start - 20) : finding.end + 10]
            print(row["id"], finding.label, finding.text, "|", around.replace("\n", ""))
    labels = Counter(f.label for _, findings, _ in found for f in findings)
    chars = sum(len(row["draft"]) for row in rows)
    times = [ms for _, _, ms in found]
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"alarms {labels.total()} {dict(labels)}, {1000 * labels.total() / chars:.2f} per 1,000")
    print(f"sections with an alarm: {sum(bool(f) for _, f, _ in found)} of {len(rows)}")
    print(f"a section: p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms")


if __name__ == "__main__":
    main("-v" in sys.argv[1:])
