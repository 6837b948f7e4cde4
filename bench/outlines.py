"""How well headings are found in papers that nobody had parsed when their headings were marked.

``bench/outlines/*.txt`` hold papers in which each heading is written ``{level:marker:heading}``
(``?`` before the level: not asked for and not punished; ``1/2``: either; ``*``: under any parent),
``~2`` is a paragraph of two sentences, taken in turn from the texts given, else from the project's
own samples. Printed are node F1 (level and place right) and tree F1 (parent right too).

    python -m bench.outlines [-v] SET [TEXT ...]
"""

import re
import sys
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from drafter.samples.parse import parse_sample

ROOT = Path(__file__).parent
NEAR = 3
NODE = re.compile(r"\{(\??)(\d)(?:/(\d))?(\*?):([^:{}]*):([^{}]*)\}")
BODY = re.compile(r"~(\d?)")
PLAIN = re.compile(r"(?<=[。\n])[\u4e00-\u9fff][^。！？\n{}~]{18,90}。")
MARKED = re.compile(
    r"[一二三四五六七八九十][是要、]|[（(][一二三四五六七八九十\d]|首先|第一|——|\d[.、．]|其一"
)
MARK, WORDS = "\x02", "\x03"


class Node(NamedTuple):
    """A heading as marked: places of mark and words, levels allowed, its parent's index."""

    start: int
    heading_start: int
    levels: tuple[int, ...]
    optional: bool
    any_parent: bool
    heading: str
    parent: int


class Paper(NamedTuple):
    """A paper's text and its headings in order."""

    name: str
    text: str
    nodes: list[Node]


def sentences(texts):
    """Yield sentences without marks, for ever."""
    found = [s for text in texts for s in PLAIN.findall(text) if not MARKED.search(s)]
    return cycle(found)


def papers(path, texts):
    """Return the papers of a set, their bodies filled in."""
    bodies = sentences(texts)
    parts = re.split(r"^=== (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [paper(*pair, bodies) for pair in zip(parts[::2], parts[1::2], strict=True)]


def paper(title, source, bodies):
    name, *options = (part.strip() for part in title.split("|"))
    marks = [m.groups() for m in NODE.finditer(source)]
    text = NODE.sub(lambda m: f"{MARK}{m[5]}{WORDS}{m[6]}", source).replace("\\n", "\n")
    text = BODY.sub(lambda m: "".join(next(bodies) for _ in range(int(m[1] or 2))), text)
    for option in options:
        text = deformed(text, *option.split("="))
    return Paper(name, *placed(text, marks))


def deformed(text, how, value):
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if how == "one-line":
        return (" " if value == "space" else "").join(lines)
    return "\n".join(wrapped("　　" + line, int(value)) for line in lines)


def wrapped(line, width):
    out, used = "", 0
    for char in line:
        if used == width and char != WORDS:
            out, used = out + "\n", 0
        out += char
        used += char not in (MARK, WORDS)
    return out


def placed(text, marks):
    """Return the text without its signs, and the nodes at their places."""
    pieces = re.split(rf"([{MARK}{WORDS}])", text)
    out, places, size = [], {MARK: [], WORDS: []}, 0
    for piece in pieces:
        if piece in places:
            places[piece].append(size)
        else:
            out.append(piece)
            size += len(piece)
    nodes, stack = [], []
    for start, words, mark in zip(places[MARK], places[WORDS], marks, strict=True):
        optional, level, other, free, _, heading = mark
        levels = tuple(int(d) for d in (level, other) if d)
        while stack and nodes[stack[-1]].levels[0] >= levels[0]:
            stack.pop()
        parent = stack[-1] if stack else -1
        if not optional:
            stack.append(len(nodes))
        nodes.append(Node(start, words, levels, bool(optional), bool(free), heading, parent))
    return "".join(out), nodes


def read(text):
    """Return the headings that the parser finds as (section, parent's index)."""
    found = []

    def visit(section, parent):
        own = len(found)
        found.append((section, parent))
        for child in section.children:
            visit(child, own)

    for section in parse_sample(text).sections:
        visit(section, -1)
    return found


class Count(NamedTuple):
    """Headings asked for, found, found right, and under the right parent; words of the headings."""

    wanted: int
    read: int
    right: int
    placed: int
    worded: int
    wrong: tuple[str, ...] = ()


def count(paper):
    """Count what the parser finds in a paper; optional headings count neither way."""
    found = read(paper.text)
    partner = paired(paper, [section for section, _ in found])
    required = {i for i, node in enumerate(paper.nodes) if not node.optional}
    right = {i: j for i, j in partner.items() if j in required}
    good = sum(well_placed(paper, found, partner, i) for i in right)
    worded = sum(
        clean(found[i][0].heading) == clean(paper.nodes[j].heading) for i, j in right.items()
    )
    extra = [i for i in range(len(found)) if i not in partner]
    wrong = [f"+ {found[i][0].level} {found[i][0].marker}{found[i][0].heading}" for i in extra]
    wrong += [
        f"- {paper.nodes[j].levels} {paper.nodes[j].heading}"
        for j in sorted(required - set(right.values()))
    ]
    wrong += [
        f"^ {found[i][0].heading}" for i in right if not well_placed(paper, found, partner, i)
    ]
    wrong += [
        f"~ {found[i][0].heading!r}"
        for i, j in right.items()
        if clean(found[i][0].heading) != clean(paper.nodes[j].heading)
    ]
    return Count(len(required), len(right) + len(extra), len(right), good, worded, tuple(wrong))


def clean(heading):
    return "".join(heading.split())[:40].rstrip("。；：:;，,、. *")


def paired(paper, sections):
    """Return section's index → node's index: nearest first, the right level, one to one."""
    near = []
    for i, section in enumerate(sections):
        for j, node in enumerate(paper.nodes):
            distance = min(abs(section.start - at) for at in (node.start, node.heading_start))
            if distance <= NEAR and section.level in node.levels:
                near.append((node.optional, distance, i, j))
    partner, taken = {}, set()
    for _, _, i, j in sorted(near):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def well_placed(paper, found, partner, i):
    node = paper.nodes[partner[i]]
    parent = found[i][1]
    while parent >= 0 and parent in partner and paper.nodes[partner[parent]].optional:
        parent = found[parent][1]
    return node.any_parent or (partner.get(parent, -2) if parent >= 0 else -1) == node.parent


def main(arguments):
    shown = "-v" in arguments
    name, *paths = (a for a in arguments if a != "-v")
    files = [Path(p) for p in paths] or sorted((ROOT.parent / "samples").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    counts = []
    for one in papers(ROOT / "outlines" / f"{name}.txt", texts):
        counts.append(count(one))
        if shown and counts[-1].wrong:
            print(one.name, *counts[-1].wrong, sep="\n    ")
    wanted, found, right, good, worded = (sum(c[k] for c in counts) for k in range(5))
    perfect = sum(c.wanted == c.read == c.placed for c in counts)
    print(f"{name}: {len(counts)} papers, {wanted} headings, {perfect} papers without a fault")
    print(f"node F1 {2 * right / (wanted + found):.3f}  tree F1 {2 * good / (wanted + found):.3f}")
    print(f"words of the heading right {worded / right:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
