"""Real documents beside the project: their tree survives what a converter does to the lines."""

from pathlib import Path

import pytest

from drafter.samples.parse import parse_sample

CORPUS = Path(__file__).parent.parent.parent.parent / "shared" / "corpus"
PATHS = sorted(CORPUS.glob("*_*.txt"))[::4] if CORPUS.is_dir() else []


def wrap(text, width):
    lines = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        lines += [line[i : i + width] for i in range(0, len(line), width)]
    return "\n".join(lines)


def with_pages(text):
    lines = text.split("\n")
    for at in range(9, len(lines), 10):
        lines[at] += f"\n- {at} -"
    return "\n".join(lines)


DEFORMATIONS = {
    "hard-wrapped": lambda text: wrap(text, 35),
    "on one line": lambda text: " ".join(text.split()),
    "with page numbers": with_pages,
    "with blank lines": lambda text: text.replace("\n", "\n\n"),
}


def tree(sample):
    found = []

    def visit(section, parent):
        if section.level < 4:
            found.append((section.level, section.heading[:6], parent))
        for child in section.children:
            visit(child, section.heading[:6])

    for section in sample.sections:
        visit(section, "")
    return found


@pytest.mark.skipif(not PATHS, reason="the shared corpus is not beside the project")
@pytest.mark.parametrize("deform", DEFORMATIONS)
def test_the_tree_of_a_real_document_survives(deform):
    for path in PATHS:
        text = path.read_text(encoding="utf-8")
        plain = [node for node in tree(parse_sample(text)) if node[0] < 4]
        assert tree(parse_sample(DEFORMATIONS[deform](text))) == plain, path.name
