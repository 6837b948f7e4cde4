"""Run the check over cases in JSON lines; write flags, one line a case, with milliseconds.

usage: python bench/grounding.py CASES.jsonl PREDICTIONS.jsonl
A case: id, facts (lines), sample_excerpt, report_year, sentence or draft.
"""

import json
import sys
import time
from pathlib import Path

from drafter.checking import Checker


def flags(case: dict) -> dict:
    """Return the prediction for one case: {"id", "flags": [{"start", "end", "label"}], "ms"}."""
    text = case.get("sentence") or case["draft"]
    checker = Checker(case["facts"], [case.get("sample_excerpt", "")], case.get("report_year"))
    begin = time.perf_counter()
    report = checker.examine(text)
    spent = (time.perf_counter() - begin) * 1000
    found = [{"start": f.start, "end": f.end, "label": f.label} for f in report.findings]
    return {"id": case["id"], "flags": found, "ms": round(spent, 2)}


def main(cases: str, predictions: str) -> None:
    """Read cases, write predictions."""
    rows = [json.loads(line) for line in Path(cases).read_text("utf-8").splitlines() if line]
    flags(rows[0])
    out = "".join(json.dumps(flags(row), ensure_ascii=False) + "\n" for row in rows)
    Path(predictions).write_text(out, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
