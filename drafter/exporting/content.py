"""From a Draft to the paragraphs of a paper, each character with its place in the draft's text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafter.chinese.markers import find_marker, render_marker
from drafter.chinese.normalise import clean
from drafter.domain import Draft, DraftSection
from drafter.exporting.punctuation import typeset

OPEN_TITLE = "【待补：标题】"
OPEN_DATE = "【待补：成文日期】"
OPEN_UNIT = "【待补：单位名称】"
LONGEST_HEADING = 40  # a longer first sentence after （一） is text, not a heading
NOWHERE = -1
LOWEST_HEADING = 4  # （1）, GB/T 9704-2012 7.3.3; below it there are only the chains 一是 …

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANK = " \u3000\xa0\r\n"
_HEADING_END = re.compile(r"[。！？；：]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``role``: title, addressee, heading, body or row (of a table).

    ``level`` 1–4 of a heading, or of the heading that opens a body paragraph and takes its first
    ``lead`` characters. ``start`` is the offset of its first character in the draft's own text
    (see ``own_text``), NOWHERE if it is not from there; ``offsets`` gives it for each character
    where some were left out.
    ``section`` is the index of the section, −1 for title, addressee and preamble; ``opens`` marks
    the section's own heading.
    """

    role: str
    text: str
    level: int = 0
    lead: int = 0
    start: int = NOWHERE
    offsets: tuple[int, ...] | None = None
    section: int = -1
    opens: bool = False

    def offset(self, index: int) -> int:
        """Return the offset in the draft's own text of the character at ``index``."""
        if self.offsets is None:
            return self.start + index
        return self.offsets[index] if index < len(self.offsets) else self.offsets[-1] + 1

    def index(self, offset: int) -> int:
        """Return the index of the first character at or behind an offset of the own text."""
        if self.offsets is None:
            return min(max(offset - self.start, 0), len(self.text))
        return bisect_left(self.offsets, offset)


def own_text(draft: Draft) -> str:
    """Return title, preamble, headings and bodies, one paragraph a line, as a Draft's text is."""
    return "\n".join(text for text, _ in _pieces(draft) if text)


def paragraphs(draft: Draft) -> list[Paragraph]:
    """Return the paragraphs from the title to the last line of the last section."""
    found: list[Paragraph] = []
    place = 0
    for text, section in _pieces(draft):
        if text:
            found += _of_piece(text, place, section, draft)
            place += len(text) + 1
    if not any(paragraph.role == "title" for paragraph in found):
        found.insert(0, Paragraph("title", OPEN_TITLE))
    return _with_addressee(_numbered(found, draft), draft.addressee)


def _pieces(draft: Draft) -> Iterator[tuple[str, int]]:
    """Yield each piece of text with a key: −2 title, −1 preamble, 2i heading, 2i + 1 body."""
    yield draft.title, -2
    yield draft.preamble, -1
    for index, section in enumerate(draft.sections):
        yield f"{section.marker}{section.heading}", 2 * index
        yield section.text, 2 * index + 1


def _of_piece(text: str, place: int, key: int, draft: Draft) -> Iterator[Paragraph]:
    if key == -2 or (key >= 0 and key % 2 == 0):
        yield from _single(text, place, key, draft)
        return
    section = -1 if key < 0 else key // 2
    lines = list(_lines(text, place))
    for line, raw in lines:
        yield _body(line, section, is_row="\t" in raw.strip())


def _single(text: str, place: int, key: int, draft: Draft) -> Iterator[Paragraph]:
    """A title or a heading is one paragraph, whatever line ends it holds."""
    lines = [line for line, _ in _lines(text, place)]
    if not lines:
        return
    joined = "".join(line.text for line in lines)
    offsets = tuple(line.offset(i) for line in lines for i in range(len(line.text)))
    kept = None if len(lines) == 1 and lines[0].offsets is None else offsets
    if key == -2:
        broken = "\n".join(line.text for line in lines)
        places = tuple(o for line in lines for o in (*_places(line), line.offset(len(line.text))))
        yield Paragraph("title", broken, 0, 0, lines[0].start, places[:-1])
        return
    section: DraftSection = draft.sections[key // 2]
    level = section.level if 1 <= section.level <= LOWEST_HEADING else 0
    role = "heading" if level else "body"
    found = Paragraph(role, joined, level, 0, lines[0].start, kept, key // 2, opens=True)
    yield _closed_up(found, len(section.marker.strip()))


def _closed_up(heading: Paragraph, marker: int) -> Paragraph:
    """Return a heading without the white space that stood between its marker and its words."""
    words = heading.text[marker:].lstrip()
    blank = len(heading.text) - marker - len(words)
    if not (marker and blank and words):
        return heading
    kept = (*range(marker), *range(marker + blank, len(heading.text)))
    text = heading.text[:marker] + words
    return replace(heading, text=text, offsets=tuple(heading.offset(i) for i in kept))


def _numbered(found: list[Paragraph], draft: Draft) -> list[Paragraph]:
    """Give the sections' headings the markers that the draft leaves to us."""
    marks = missing_markers(draft)
    return [_marked(p, marks[p.section]) if p.opens and marks else p for p in found]


def _marked(heading: Paragraph, mark: str) -> Paragraph:
    places = (heading.start,) * len(mark) + tuple(_places(heading))
    return replace(heading, text=f"{mark}{heading.text}", offsets=places) if mark else heading


def missing_markers(draft: Draft) -> list[str]:
    """Return markers 一、 （一） 1. （1） for a draft whose headings have none at all (7.3.3).

    [] where some heading has one, and for a single section, which needs no number.
    """
    sections = draft.sections
    if len(sections) < 2 or any(s.marker or find_marker(s.heading) for s in sections):
        return []
    counts: dict[int, int] = {}
    marks: list[str] = []
    for section in sections:
        level = section.level
        if not 1 <= level <= LOWEST_HEADING or not section.heading.strip():
            marks.append("")
            continue
        counts = {depth: count for depth, count in counts.items() if depth <= level}
        counts[level] = counts.get(level, 0) + 1
        marks.append(render_marker(level, counts[level]) if counts[level] < 100 else "")
    return marks


def _places(line: Paragraph) -> Iterator[int]:
    return (line.offset(i) for i in range(len(line.text)))


def _lines(text: str, place: int) -> Iterator[tuple[Paragraph, str]]:
    """Yield the lines that hold anything, cleaned and stripped, with the raw line."""
    start = 0
    for end, following in [
        *((m.start(), m.end()) for m in _LINE_END.finditer(text)),
        (len(text),) * 2,
    ]:
        raw = text[start:end]
        line = _line(raw, place + start)
        if line.text:
            yield line, raw
        start = following


def _line(raw: str, place: int) -> Paragraph:
    text = clean(raw)
    stripped = bare(text)
    lead = text.find(stripped)
    if len(text) == len(raw):
        return Paragraph("body", typeset(stripped), start=place + lead)
    kept = [i for i, char in enumerate(raw) if clean(char)]
    offsets = tuple(place + i for i in kept[lead : lead + len(stripped)])
    return Paragraph(
        "body", typeset(stripped), start=offsets[0] if offsets else place, offsets=offsets
    )


def bare(line: str) -> str:
    """Return a line without white space around it; a row keeps its empty first cell."""
    text = line.strip()
    return line.lstrip(_BLANK).rstrip() if "\t" in text else text


def _body(line: Paragraph, section: int, is_row: bool) -> Paragraph:
    """Tell a table's row, a heading on a line of its own, a run-in heading and plain text apart."""
    role, level, lead = "body", 0, 0
    if is_row:
        role = "row"
    else:
        level, lead = heading_in(line.text)
        role = "heading" if level and lead == len(line.text) and not _ends(line.text) else "body"
    return Paragraph(
        role, line.text, level, 0 if role == "heading" else lead, line.start, line.offsets, section
    )


def _ends(text: str) -> bool:
    return bool(_HEADING_END.match(text[-1]))


def heading_in(text: str) -> tuple[int, int]:
    """Return level and length of the heading that opens a line, (0, 0) where there is none.

    A line without 。 is a heading wholly, if it is short; else the heading ends with its first 。.
    """
    marker = find_marker(text)
    if marker is None or marker.level > LOWEST_HEADING or marker.start > 0:
        return 0, 0
    end = _HEADING_END.search(text, marker.end)
    length = end.end() if end else len(text)
    if length - marker.end > LONGEST_HEADING or length == marker.end:
        return 0, 0
    return marker.level, length


def _with_addressee(found: list[Paragraph], addressee: str) -> list[Paragraph]:
    text = typeset("".join(clean(addressee).split("\n")).strip().rstrip("：:"))
    if text:
        found.insert(1, Paragraph("addressee", f"{text}："))
    return found


def place_in_own(draft: Draft, own: str, start: int, end: int) -> tuple[int, int]:
    """Return a span of ``draft.text`` as a span of ``own``; the nearest equal text."""
    if draft.text == own or not draft.text:
        return max(0, min(start, len(own))), max(0, min(end, len(own)))
    wanted = draft.text[start:end]
    if not wanted:
        return min(start, len(own)), min(start, len(own))
    hits = [own.rfind(wanted, 0, start + len(wanted)), own.find(wanted, start)]
    hits = [hit for hit in hits if hit >= 0]
    if not hits:
        return min(start, len(own)), min(end, len(own))
    best = min(hits, key=lambda hit: abs(hit - start))
    return best, best + len(wanted)
