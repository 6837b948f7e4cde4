"""Where a heading ends and its body begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.resources import lexicon
from drafter.samples.front import TOP
from drafter.samples.mark import Mark
from drafter.samples.mending import Paragraph

_SENTENCE = re.compile(r"[。；！？;!?]")
_POINTED = re.compile(r"[。；！？;!?]|(?<=[\u4e00-\u9fff”）])\.(?!\d)")
"""What ends a heading; in papers with half-width punctuation the full stop is a point."""

_GAP = re.compile(r"[^\S\n]+")
SUBJECT = re.compile(
    "|".join(sorted(lexicon("samples", "subjects.txt"), key=len, reverse=True))
    + r"|20\d\d年(?:是|[，,])|刚刚过去|各级[^，。；]{2,16}?[要应]|行政机关应|要(?:按照|把|从)"
    r"|以[^，。；]{2,14}为(?:牵引|抓手|契机|主线|统领|导向|重点|核心)"
)
CHAPTER = re.compile(
    rf"[^，。；,]{{0,16}}?(?:{TOP.pattern})(?:工作|打算|安排|计划|思路|措施|情况|建议|成效|做法)*"
    rf"(?:[和与及、](?:主要|重点|总体|预期)?(?:{TOP.pattern}|目标|任务|要求|挑战|问题|不足))*"
)
_PLAIN = re.compile(
    r"(?!各|为|在|对|由)[\u4e00-\u9fff“”、]{3,23}(?:[，,][\u4e00-\u9fff“”、]{3,19})?"
    r"[^和与及、，,的对由向府委位关门是于在把将]"
)
_LEAD = re.compile(r"\s*(?:\*\*(?!\*)\s*)?")
_REST = 6
LONGEST = 40
_POINT = 5
_ECHO = 4


class Heading(NamedTuple):
    """A heading's text and place; ``body`` is where the body begins.

    ``run_in``: the body goes on in the same paragraph. ``bare``: nothing separates the two.
    """

    text: str
    start: int
    end: int
    body: int
    run_in: bool
    bare: bool = False


def read_heading(text: str, mark: Mark, paragraph: Paragraph, stop: int, single: bool) -> Heading:
    """Return the heading behind a mark.

    It ends at the first 。；！？ of its paragraph, at the paragraph's end, or at the next heading
    (``stop``). In a one-line text (``single``) white space ends it; where nothing does, the phrase
    ends before the subject of the next sentence. Texts over 40 characters are cut and stay whole
    in the body.
    """
    start = mark.heading
    limit = min(paragraph.end, stop)
    first = text[start : start + 1]
    if first == "*" or first.isspace():
        start = _LEAD.match(text, start, limit).end()  # type: ignore[union-attr]
    found = _SENTENCE.search(text, start, limit)
    if "." in text[start : found.start() if found else limit]:
        found = _POINTED.search(text, start, limit)
    end = found.start() if found else limit
    if found and found.group() in "？?" and not text[end + 1 : limit].strip("* "):
        end += 1
    bare = False
    if single or end - start > LONGEST:
        end, bare = _phrase_end(text, start, end, single, single or mark.level == 1)
    words = "".join(text[start:end].split()).rstrip("。；：:;，,、* ")
    end_mark = end + 1 if found and end == found.start() else end
    own = limit if single or mark.level == _POINT else paragraph.end
    run_in = bool(text[end_mark:own].strip())
    if len(words) > LONGEST:
        return Heading(words[:LONGEST], start, end, start, False)
    return Heading(words, start, end, end_mark, run_in, bare)


def _phrase_end(text: str, start: int, end: int, single: bool, top: bool) -> tuple[int, bool]:
    gap = _GAP.search(text, start + 4, end)
    if gap and single:
        return gap.start(), False
    chapter = CHAPTER.match(text, start, end) if top else None
    subject = SUBJECT.search(text, start + 4, min(end, start + LONGEST + 8))
    first = chapter and (subject is None or subject.start() >= chapter.end())
    if chapter and first and end - chapter.end() > _REST:
        return chapter.end(), True
    if subject and _PLAIN.fullmatch(text, start, subject.start()):
        return subject.start(), True
    again = text.find(text[start : start + _ECHO], start + _ECHO, min(end, start + LONGEST))
    if again >= 0 and _PLAIN.fullmatch(text, start, again):
        return again, True
    return end, False
