"""How much of a summary's tree survives what scanners, web pages and mail do to its lines.

Texts: the files given, else the project's own samples. The tree of the sound text is the gold; each
damage keeps every heading's place, so that a heading counts as found where its level is right and
its start is within three characters (node), and its parent, too (tree). Headings whose number is
deleted stand alone on their line and are at most 40 characters long.

    python -m bench.damage [FILE ...]
"""

import random
import re
import sys
from pathlib import Path

from drafter.samples.parse import parse_sample

ROOT = Path(__file__).parent.parent
NEAR = 3
LONGEST = 40
HEADING = "\x02"
WORDS = "\x03"
MARKED = re.compile(rf"{HEADING}([1-5])([^{WORDS}]*){WORDS}")


def marked(text):
    """Return the text with a sign, the level and a sign around each heading's mark."""
    places = []
    for section in parse_sample(text).walk():
        places += [(section.start, f"{HEADING}{section.level}"), (section.heading_start, WORDS)]
    out, at = [], 0
    for place, sign in places:
        out += [text[at:place], sign]
        at = place
    return "".join([*out, text[at:]])


def plain(line):
    return MARKED.sub(r"\2", line)


def lines(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def without_numbers(levels, share=1.0):
    def strip(line, chance):
        found = MARKED.match(line)
        alone = found and int(found[1]) in levels and len(plain(line)) <= LONGEST
        if not alone or chance.random() >= share:
            return line
        return f"{HEADING}{found[1]}{WORDS}{line[found.end() :]}"

    return lambda text, chance: "\n".join(strip(line, chance) for line in lines(text))


def on_one_line(between):
    return lambda text, _: between.join(lines(text))


def glued(text, chance):
    out = []
    for line in lines(text):
        if out and line[0] == HEADING and out[-1][-1] in "。；" and chance.random() < 0.5:
            out[-1] += line
        else:
            out.append(line)
    return "\n".join(out)


def wrapped(width):
    def wrap(text, _):
        out = []
        for line in lines(text):
            pieces, used = "　　", 2
            for piece in re.findall(rf"{HEADING}\d|{WORDS}|.", line):
                if used == width and piece != WORDS:
                    pieces, used = f"{pieces}\n", 0
                pieces += piece
                used += piece[0] not in (HEADING, WORDS)
            out.append(pieces)
        return "\n".join(out)

    return wrap


def with_pages(text, _):
    out = lines(text)
    return "\n".join(
        f"{line}\n- {i // 7 + 1} -" if i % 7 == 6 else line for i, line in enumerate(out)
    )


def with_own_characters(text, _):
    digits = "一二三四五六七八九十"
    own = {f"（{digit}）": chr(0xE5D0 + i) for i, digit in enumerate(digits, 1)}
    return MARKED.sub(lambda m: f"{HEADING}{m[1]}{own.get(m[2], m[2])}{WORDS}", text)


def with_damaged_marks(text, chance):
    def damage(match):
        mark = match[2]
        if chance.random() < 0.12:
            mark = mark.replace(*(("）", "") if "）" in mark else ("、", " ")))
        return f"{HEADING}{match[1]}{mark}{WORDS}"

    return MARKED.sub(damage, text)


def without_stops(text, _):
    """Neither line break nor full stop behind the headings."""
    text = re.sub(rf"({WORDS}[^。；\n{HEADING}]{{4,40}})[。；]", r"\1", text)
    return re.sub(rf"({HEADING}[1-4][^\n]{{4,40}})\n\s*(?=[^{HEADING}\s])", r"\1", text)


def with_half_width_marks(text, _):
    half = str.maketrans({"（": "( ", "）": " )", "、": "．", ".": "、"})
    return MARKED.sub(
        lambda m: f"{HEADING}{m[1]}{m[2] if m[1] == '5' else m[2].translate(half)}{WORDS}", text
    )


def with_levels_exchanged(text, _):
    """1. stands above （一）."""
    digits = "一二三四五六七八九十"

    def exchange(match):
        level, mark = match[1], match[2]
        number = next((i for i, digit in enumerate(digits, 1) if mark == f"（{digit}）"), 0)
        if number:
            return f"{HEADING}3{number}.{WORDS}"
        if level == "3" and mark[:-1].isdecimal() and int(mark[:-1]) <= len(digits):
            return f"{HEADING}2（{digits[int(mark[:-1]) - 1]}）{WORDS}"
        return match.group()

    return MARKED.sub(exchange, text)


def in_several_ways(text, chance):
    text = glued(without_numbers({1, 2, 3, 4}, 0.1)(text, chance), chance)
    return with_pages(wrapped(38)(with_half_width_marks(text, chance), chance), chance)


DAMAGES = {
    "none": lambda text, _: text,
    "all numbers deleted": without_numbers({1, 2, 3, 4}),
    "一、 deleted": without_numbers({1}),
    "one number in five deleted": without_numbers({1, 2, 3, 4}, 0.2),
    "on one line, spaces": on_one_line(" "),
    "on one line, nothing between": on_one_line(""),
    "headings glued to the text before": glued,
    "hard-wrapped": wrapped(36),
    "page numbers": with_pages,
    "a font's own （一）": with_own_characters,
    "damaged marks": with_damaged_marks,
    "half-width marks with spaces": with_half_width_marks,
    "1. above （一）": with_levels_exchanged,
    "nothing behind headings": without_stops,
    "in several ways": in_several_ways,
}


def gold(text):
    """Return the text without its signs, and (place, level, parent) of its headings."""
    out, nodes, size, stack = [], [], 0, []
    for piece in re.split(rf"({HEADING}\d|{WORDS})", text):
        if piece[:1] == HEADING:
            level = int(piece[1])
            while stack and nodes[stack[-1]][1] >= level:
                stack.pop()
            nodes.append((size, level, stack[-1] if stack else -1))
            stack.append(len(nodes) - 1)
        elif piece != WORDS:
            out.append(piece)
            size += len(piece)
    return "".join(out), nodes


def found(text):
    nodes = []

    def visit(section, parent):
        own = len(nodes)
        nodes.append((section.start, section.level, parent))
        for child in section.children:
            visit(child, own)

    for section in parse_sample(text).sections:
        visit(section, -1)
    return nodes


def count(text):
    """Return headings, headings read, those right, those under the right parent."""
    text, wanted = gold(text)
    read = found(text)
    partner = {}
    for i, (place, level, _) in enumerate(read):
        near = (j for j, node in enumerate(wanted) if abs(node[0] - place) <= NEAR)
        match = next((j for j in near if wanted[j][1] == level and j not in partner.values()), None)
        if match is not None:
            partner[i] = match
    placed = sum(partner.get(read[i][2], -1) == wanted[j][2] for i, j in partner.items())
    return len(wanted), len(read), len(partner), placed


def main(paths):
    files = [Path(p) for p in paths] or sorted((ROOT / "samples").glob("*.txt"))
    texts = [marked(path.read_text(encoding="utf-8")) for path in files]
    print(f"{len(files)} texts                          node F1  tree F1")
    for name, damage in DAMAGES.items():
        chance = random.Random(1)
        counts = [count(damage(text, chance)) for text in texts]
        wanted, read, right, placed = map(sum, zip(*counts, strict=True))
        print(f"{name:34} {2 * right / (wanted + read):8.3f} {2 * placed / (wanted + read):8.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
