"""All measures that need nothing but the project; a table a part in build/bench.md.

usage: python -m bench [--large]     --large: the library with 100,000 documents, too
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench import library, overlap, retrieval

REPORT = Path(__file__).parent.parent / "build" / "bench.md"


def main() -> None:
    """Run the parts one by one, print and keep each as it is done."""
    sizes = (1_000, 10_000, 100_000) if "--large" in sys.argv[1:] else (1_000, 10_000)
    parts = {
        "Retrieval": retrieval.main,
        "Common runs": overlap.main,
        "The library at size": lambda: library.main(sizes),
    }
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("# Measures\n", encoding="utf-8")
    for title, measure in parts.items():
        text = "\n".join(["", f"## {title}", "", *measure(), ""])
        print(text, flush=True)
        with REPORT.open("a", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
