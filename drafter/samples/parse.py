"""Text → Sample: a tree of sections by their marks, with what a person should know about it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import NamedTuple

from drafter.domain import Notice, Part, Sample, Section
from drafter.samples import faults
from drafter.samples.annexes import split_annexes
from drafter.samples.chains import link_points
from drafter.samples.copies import second_copy
from drafter.samples.front import read_back, read_front
from drafter.samples.glued import FEW_LINES, find_glued, parted
from drafter.samples.headings import Heading, read_heading
from drafter.samples.lost import find_lost
from drafter.samples.mark import Mark
from drafter.samples.marks import find_marks
from drafter.samples.mending import Mended, Paragraph, mend, paragraphs
from drafter.samples.placing import place_unnumbered
from drafter.samples.residue import residual_notices
from drafter.samples.tree import build_tree
from drafter.samples.unnumbered import find_unnumbered


def parse_sample(text: str, name: str = "") -> Sample:
    """Return a text as a tree of sections, with warnings; nothing of it is dropped.

    All offsets are code points of ``Sample.text``: the text given with universal newlines. A
    heading counts by its mark and the mark's sequence (一、 （一） 1. （1） 一是), or by standing
    alone on its line. Defects are repaired where that is safe, and always reported.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    mended = mend(text)
    read = _read(mended.text, mended.lines, [offset for offset, _ in mended.cuts])
    notices = faults.line_faults(text, mended)
    sections, parts = read.sections, read.parts
    if mended.cuts:
        sections = tuple(_relocated(section, text, mended) for section in sections)
        parts = [_part_relocated(part, text, mended) for part in parts]
        notices += [_notice_relocated(n, mended) for n in read.notices]
    else:
        notices += read.notices
    notices = [faults.in_title(notice, parts) for notice in notices]
    return Sample(name, read.title, sections, tuple(notices), text, tuple(parts))


class _Reading(NamedTuple):
    """What was read from a mended text, offsets into that."""

    title: str
    sections: tuple[Section, ...]
    parts: list[Part]
    notices: list[Notice]


def _read(text: str, lines: list[Paragraph], breaks: list[int]) -> _Reading:
    """Return what is in a mended text; of one that holds its body twice the first copy is read."""
    copy = second_copy(text, tuple(line.start for line in lines[:4]))
    if not copy:
        return _read_once(text, lines, breaks)
    first = text[: copy[0]]
    read = _read_once(first, paragraphs(first, len(first)), [b for b in breaks if b < copy[0]])
    read.parts.append(Part("duplicate_body", *copy, text[slice(*copy)]))
    read.notices.append(faults.notice("duplicate_body", *copy))
    return read


def _read_once(text: str, lines: list[Paragraph], breaks: list[int]) -> _Reading:
    end = len(text.rstrip())
    few = len(lines) <= FEW_LINES
    parts_of_line = parted(text, lines)
    lines = parts_of_line or lines
    marks, lists = split_annexes(text, lines, find_marks(text, lines, breaks))
    first = next((m.start for m in marks if m.level < 5 or m.opens), end)
    title, parts, several = read_front(text, lines, first)
    back, end = _back(text, lines, marks, end)
    front_end = max((p.end for p in parts if p.kind != "preamble"), default=0)
    single = bool(parts_of_line) or (few and _is_single(marks))
    loose, tails = find_unnumbered(text, lines, marks, front_end, end)
    loose += find_glued(text, lines, marks, front_end, single)
    loose += find_lost(text, lines, marks, loose, front_end)
    marks = link_points(text, place_unnumbered(text, marks, loose), lines)
    headings = _headings(text, lines, marks, tails, single, end)
    sections = build_tree(text, marks, headings, end)
    lists += [(m.start, end) for m in marks if m.kind == "annex-title"][:1]
    parts += back + [Part("annex", s, e, text[s:e]) for s, e in lists]
    notices = faults.heading_faults(marks, headings, single)
    notices += faults.numbering_gaps(marks) + faults.restarts(text, marks, headings)
    notices += faults.text_faults(text, end, single)
    notices += [faults.folded_heading(text, line) for line in tails]
    notices += [faults.notice("missing_title")] if not title and end else []
    notices += [faults.notice("split_title")] if several else []
    return _Reading(title, sections, parts, notices + residual_notices(text))


def _back(text: str, lines: list[Paragraph], marks: list[Mark], end: int) -> tuple[list[Part], int]:
    back, tree_end = read_back(text, lines, marks[-1].start if marks else 0)
    return back, min(tree_end, end)


def _is_single(marks: list[Mark]) -> bool:
    """Whether the headings of the whole text stand in the middle of its few lines."""
    upper = [mark for mark in marks if mark.level < 5]
    return sum(1 for mark in upper if not mark.opens) >= max(2, len(upper) - 1)


def _headings(
    text: str,
    lines: list[Paragraph],
    marks: list[Mark],
    tails: list[Paragraph],
    single: bool,
    end: int,
) -> list[Heading]:
    starts = [line.start for line in lines]
    longer = {starts[bisect_right(starts, t.start) - 2]: t.end for t in tails}
    headings = []
    for i, mark in enumerate(marks):
        following = i + 1
        if following < len(marks) and marks[following].start == mark.heading:
            following += 1  # a chain begins with the heading: （一）一是…
        stop = marks[following].start if following < len(marks) else end
        line = lines[bisect_right(starts, mark.heading) - 1]
        if line.start in longer:
            line = Paragraph(line.start, longer[line.start])
        headings.append(read_heading(text, mark, line, max(stop, mark.heading), single))
    return headings


def _relocated(section: Section, text: str, mended: Mended) -> Section:
    start = mended.original(section.start)
    marker_end = mended.original(section.start + len(section.marker), end=True)
    return replace(
        section,
        marker=text[start:marker_end] if section.marker else "",
        start=start,
        end=mended.original(section.end, end=True),
        heading_start=mended.original(section.heading_start),
        heading_end=mended.original(section.heading_end, end=True),
        children=tuple(_relocated(child, text, mended) for child in section.children),
    )


def _part_relocated(part: Part, text: str, mended: Mended) -> Part:
    start, end = mended.original(part.start), mended.original(part.end, end=True)
    return Part(part.kind, start, end, text[start:end])


def _notice_relocated(notice: Notice, mended: Mended) -> Notice:
    return replace(
        notice, start=mended.original(notice.start), end=mended.original(notice.end, end=True)
    )
