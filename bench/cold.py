"""Cold start of the command line: seconds and megabytes of whole processes, medians of 5 runs.

Run: python -m bench.cold. ``drafter draft`` on the sample township is put beside what any Python
program pays (``python -c pass``) and beside a bare ``import docx``; ratios travel between machines.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drafter.resources import demo_dir

RUNS = 5


def measure(words: list[str], folder: Path) -> tuple[float, float]:
    """Return the medians of wall seconds and of peak resident megabytes of a command."""
    seconds, megabytes = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DRAFTER_HOME": str(folder), "DRAFTER_MODEL": ""},
        )
        _, _, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        megabytes.append(usage.ru_maxrss / 1024)
    return statistics.median(seconds), statistics.median(megabytes)


def main() -> None:
    """Print the table."""
    facts, tasks = str(demo_dir() / "facts.txt"), str(demo_dir() / "tasks.txt")
    draft = ["-m", "drafter.cli", "draft", facts, "--tasks", tasks, "-o", "out.docx"]
    rows = {
        "python -c pass": ["-c", "pass"],
        "import docx": ["-c", "import docx"],
        "drafter --version": ["-m", "drafter.cli", "--version"],
        "drafter draft (sample township)": draft,
    }
    with tempfile.TemporaryDirectory() as folder:
        found = {name: measure(words, Path(folder)) for name, words in rows.items()}
    base = found["import docx"][0]
    print("| command | seconds (median) | × import docx | peak MB |\n| --- | --- | --- | --- |")
    for name, (seconds, megabytes) in found.items():
        print(f"| {name} | {seconds:.2f} | {seconds / base:.2f} | {megabytes:.0f} |")


if __name__ == "__main__":
    main()
