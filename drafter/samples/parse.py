"""Text → Sample: a tree of sections by their marks, with what a person should know about it."""

from __future__ import annotations

from bisect import bisect_right

from drafter.domain import Notice, Part, Sample
from drafter.samples import faults
from drafter.samples.annexes import split_annexes
from drafter.samples.chains import link_points
from drafter.samples.copies import second_copy
from drafter.samples.front import read_back, read_front
from drafter.samples.headings import Heading, read_heading
from drafter.samples.layout import Layout, Paragraph, lay_out
from drafter.samples.marks import Mark, find_marks
from drafter.samples.tree import build_tree
from drafter.samples.unnumbered import find_unnumbered, place_unnumbered

_SINGLE = 800


def parse_sample(text: str, name: str = "") -> Sample:
    """Return a text as a tree of sections, with warnings; nothing of it is dropped.

    All offsets are code points of ``Sample.text``: the text given with universal newlines. A
    heading counts by its mark and the mark's sequence (一、 （一） 1. （1） 一是), or by standing
    alone on its line. Defects are repaired where that is safe, and always reported.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    layout = lay_out(text)
    copy = _copy(text, layout)
    if copy:
        layout = _until(layout, copy[0])
    end = copy[0] if copy else len(text)
    marks, lists = split_annexes(text, layout, find_marks(text, layout))
    marks = [mark for mark in marks if mark.start < end]
    return _assemble(text, name, layout, marks, lists, copy)


def _copy(text: str, layout: Layout) -> tuple[int, int] | None:
    starts = tuple(p.start for p in layout.paragraphs[:4])
    return second_copy(text, starts)


def _until(layout: Layout, end: int) -> Layout:
    kept = [p for p in layout.paragraphs if p.start < end]
    if kept and kept[-1].end > end:
        kept[-1] = Paragraph(kept[-1].start, end, kept[-1].lines)
    return layout._replace(paragraphs=kept)


def _assemble(
    text: str,
    name: str,
    layout: Layout,
    marks: list[Mark],
    lists: list[tuple[int, int]],
    copy: tuple[int, int] | None,
) -> Sample:
    end = copy[0] if copy else len(text)
    first = next((m.start for m in marks if m.level < 5 or m.opens), end)
    title, parts, several = read_front(text, layout, first)
    back, tree_end = read_back(text, layout, marks[-1].start if marks else 0)
    tree_end = min(tree_end, end)
    front_end = max((p.end for p in parts if p.kind != "preamble"), default=0)
    loose, tails = find_unnumbered(text, layout, marks, front_end, tree_end)
    marks = place_unnumbered(text, marks, loose)
    marks = link_points(text, marks, layout)
    single = _is_single(text, layout, marks)
    headings = _headings(text, layout, marks, tails, single, tree_end)
    sections = build_tree(text, marks, headings, tree_end, layout.wrapped)
    parts = _all_parts(text, parts, back, lists, copy)
    notices = _notices(text, layout, marks, headings, single, tree_end)
    if not title:
        notices.append(faults.notice("missing_title"))
    if several:
        notices.append(faults.notice("split_title"))
    if copy:
        notices.append(faults.notice("duplicate_body", *copy))
    return Sample(name, title, sections, tuple(notices), text, tuple(parts))


def _all_parts(
    text: str,
    front: list[Part],
    back: list[Part],
    lists: list[tuple[int, int]],
    copy: tuple[int, int] | None,
) -> list[Part]:
    parts = front + back + [Part("annex", s, e, text[s:e]) for s, e in lists]
    if copy:
        parts.append(Part("duplicate_body", copy[0], copy[1], text[copy[0] : copy[1]]))
    return parts


def _is_single(text: str, layout: Layout, marks: list[Mark]) -> bool:
    """Whether the headings of the whole text stand on one line."""
    if len(layout.paragraphs) > 4 or len(text) < _SINGLE:
        return False
    return sum(1 for m in marks if m.level < 5 and not m.opens) >= 2


def _headings(
    text: str,
    layout: Layout,
    marks: list[Mark],
    tails: list[Paragraph],
    single: bool,
    end: int,
) -> list[Heading]:
    starts = [p.start for p in layout.paragraphs]
    tail_of = {starts[bisect_right(starts, t.start) - 2]: t for t in tails}
    stops = [mark.start for mark in marks[1:]] + [end]
    headings = []
    for mark, stop in zip(marks, stops, strict=True):
        paragraph = layout.paragraphs[bisect_right(starts, mark.heading) - 1]
        if paragraph.start in tail_of:
            paragraph = Paragraph(paragraph.start, tail_of[paragraph.start].end)
        headings.append(read_heading(text, mark, paragraph, max(stop, mark.heading), single))
    return headings


def _notices(
    text: str,
    layout: Layout,
    marks: list[Mark],
    headings: list[Heading],
    single: bool,
    end: int,
) -> list[Notice]:
    found = faults.layout_faults(text, layout, single)
    found += faults.heading_faults(marks, headings, single, layout.wrapped)
    found += faults.numbering_gaps(marks)
    found += faults.text_faults(text)
    found += faults.broken_end(text, end)
    return found
