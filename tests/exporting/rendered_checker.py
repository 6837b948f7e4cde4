"""A checker of printed papers: pages as drawn against GB/T 9704-2012, knowing none of our code.

``pages_of(pdf)`` gives the lines of each page, ``check(pages)`` one line for each rule broken.
Measures are points from the upper left corner.
"""

import re
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM
PITCH, CHARACTER = 28.95, 15.7
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
LINE = re.compile(
    r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL
)
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日$|【待补：成文日期】$")
HEADING = re.compile("[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
HANGING = 16.5  # a mark may hang over the line's end
TITLE = 27.0  # the height of a line of 22 pt is more than this, of 16 pt less


@dataclass(frozen=True)
class Line:
    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def across(self):
        return self.width > self.height

    @property
    def text(self):
        """The lines of the block, without the page number."""
        return [line for line in self.lines if line.bottom < BOTTOM + 4]

    @property
    def foot(self):
        return "".join(line.text for line in self.lines if line.bottom >= BOTTOM + 4)


def pages_of(pdf: Path):
    """Return the pages of a file; parts of a line that stand apart are joined."""
    command = ["pdftotext", "-bbox-layout", str(pdf), "-"]
    layout = subprocess.run(command, capture_output=True, check=True).stdout.decode(
        errors="replace"
    )
    return [Page(float(w), float(h), _lines(inside)) for w, h, inside in PAGE.findall(layout)]


def _lines(page):
    found = {}
    for *box, inside in LINE.findall(page):
        left, top, right, bottom = map(float, box)
        words = "".join(re.findall(r">([^<\s]+)</word>", inside))
        key = next((k for k in found if abs(k - bottom) < 4), bottom)
        found.setdefault(key, []).append(Line(left, top, right, bottom, words))
    rows = [sorted(parts, key=lambda p: p.left) for _, parts in sorted(found.items())]
    return tuple(
        Line(p[0].left, p[0].top, p[-1].right, p[0].bottom, "".join(q.text for q in p))
        for p in rows
    )


def rule_pages_are_a4(pages):
    for number, page in enumerate(pages, 1):
        size = sorted((round(page.width), round(page.height)))
        if size != [595, 842]:
            yield f"page {number} is {size}"


def rule_text_stands_in_the_block(pages):
    for number, page in enumerate(pages, 1):
        for line in page.text if not page.across else ():
            if line.left < LEFT - 1.5 or line.right > RIGHT + HANGING:
                yield f"page {number}: {line.left:.0f}–{line.right:.0f} {line.text[:12]!r}"
            if line.top < TOP - 3:
                yield f"page {number}: {line.text[:12]!r} is {line.top:.0f} from the top"


def rule_a_page_has_at_most_22_lines(pages):
    for number, page in enumerate(pages, 1):
        steps = [b.bottom - a.bottom for a, b in pairwise(page.text)]
        if not page.across and min(steps, default=PITCH) > 25 and len(page.text) > 22:
            yield f"page {number} has {len(page.text)} lines"


def rule_page_numbers_stand_outside(pages):
    for number, page in enumerate(pages, 1):
        if page.across:
            continue
        if page.foot != f"—{number}—":
            yield f"page {number} says {page.foot!r}"
            continue
        foot = page.lines[-1]
        if number % 2 and abs(RIGHT - 14 - foot.right) > 3:
            yield f"number of page {number} ends at {foot.right:.0f}"
        if number % 2 == 0 and abs(LEFT + 14 - foot.left) > 3:
            yield f"number of page {number} begins at {foot.left:.0f}"


def rule_the_first_page_shows_text(pages):
    title = [line for line in pages[0].text if line.bottom - line.top > TITLE]
    if len(pages[0].text) <= len(title):
        yield "the first page holds the title alone"


def rule_the_title_is_centred(pages):
    for line in pages[0].text:
        if line.bottom - line.top <= TITLE:
            return
        if abs((line.left + line.right) / 2 - (LEFT + RIGHT) / 2) > 12:
            yield f"title line {line.text!r}: {line.left:.0f}–{line.right:.0f}"


def rule_no_page_holds_the_signature_alone(pages):
    for number, page in enumerate(pages[1:], 2):
        texts = [line.text for line in page.text]
        dated = next((i for i, text in enumerate(texts) if DATE.search(text)), None)
        signed = dated is not None and len(texts[: dated + 1]) <= 2
        if signed and page.text[dated].left > LEFT + 2 * CHARACTER:
            yield f"page {number} begins with the signature"


def rule_no_heading_stands_at_the_foot(pages):
    for number, (page, following) in enumerate(pairwise(pages), 1):
        if not page.text or not following.text or page.across or following.across:
            continue
        last = page.text[-1]
        is_heading = re.match(
            r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)", last.text
        )
        if is_heading and last.right < RIGHT - 5 * CHARACTER and last.text[-1] not in "。；，、":
            yield f"page {number} ends with {last.text!r}"


def rule_the_signature_stands_right(pages):
    for page in pages:
        for above, line in pairwise(page.text):
            if not DATE.search(line.text) or line.left < LEFT + 8 * CHARACTER:
                continue
            if line.right > RIGHT + 2 or above.right > RIGHT + 2:
                yield f"signature or date over the block: {above.text!r} {line.text!r}"
            if abs(line.bottom - above.bottom - PITCH) > 12:
                yield f"the date is not on the line below {above.text!r}"


RULES = {
    name.removeprefix("rule_"): rule
    for name, rule in list(globals().items())
    if name.startswith("rule_")
}


def check(pages, skip=()):
    """Return ``rule: what`` for each thing that is not drawn as the standard has it."""
    return [
        f"{name}: {what}"
        for name, rule in RULES.items()
        if name not in skip
        for what in rule(pages)
    ]
