"""Papers whose headings were marked before any parser had read them (bench/outlines)."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
_spec = importlib.util.spec_from_file_location("outlines", ROOT / "bench" / "outlines.py")
outlines = importlib.util.module_from_spec(_spec)
sys.modules["outlines"] = outlines
_spec.loader.exec_module(outlines)

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]


@pytest.mark.parametrize("path", sorted((ROOT / "bench" / "outlines").glob("*.txt")), ids=str)
def test_marked_headings_are_found_at_their_place_level_and_parent(path):
    counts = [outlines.count(one) for one in outlines.papers(path, TEXTS)]
    wanted, read, _, placed = (sum(count[k] for count in counts) for k in range(4))
    assert 2 * placed / (wanted + read) >= 0.97
