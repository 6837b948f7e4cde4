"""What a person should know about a sample's structure: one notice a kind of fault and place."""

from __future__ import annotations

import re

from drafter.domain import Notice, Part, Sample
from drafter.samples.headings import Heading
from drafter.samples.mark import Mark
from drafter.samples.mending import ENDS, Mended, Paragraph

MESSAGES = {
    "missing_title": "没有标题，请补上标题。",
    "split_title": "标题分成了几行，已合并。",
    "glued_heading": "标题“{0}”粘在上一段后面，已拆开。",
    "run_in_without_separator": "标题“{0}”与正文之间没有标点，已按语义断开。",
    "numbering_gap": "“{0}”之前缺号，请核对序号。",
    "unnumbered_heading": "“{0}”是标题但没有序号，已按上下文定级。",
    "missing_shi": "“{0}”缺“是”字，已按第{1}点处理。",
    "duplicate_body": "正文重复出现，只取第一遍。",
    "numbered_preamble": "开头的导语带了序号“{0}”，请核对。",
    "mixed_brackets": "“{0}”的括号一半全角一半半角。",
    "split_paragraph": "一段文字被拆成两行，已合并。",
    "hard_wrapped": "全文按行折断，已合并成段。",
    "split_marker": "序号“{0}”被换行拆开，已合并。",
    "page_artefact": "正文里留有页码“{0}”，已略去。",
    "annex_restart": "附件重新从头编号。",
    "single_line": "全文挤在一行，已按序号拆开。",
    "ocr_noise": "有识别错误的乱码“{0}”，请核对原件。",
    "damaged_marker": "序号“{0}”残缺，已按顺序认作第{1}项。",
    "private_use_character": "有字体自造的字符，别的电脑上可能显示不出，请核对。",
    "deleted_mask": "“{0}”前面的数字被删掉了，请核对。",
    "empty": "没有可用的正文。",
    "truncated": "结尾在“{0}”处断开，可能不完整。",
}
"""The codes and their messages to a clerk; the codes are those of the structure conventions."""

_AS_FOLLOWS = re.compile(r"现[将就].{0,40}如下[：:。]")

BLOCKING = frozenset({"empty", "ocr_noise", "truncated"})
"""Using such a sample could mislead: a person must look first."""

_PRIVATE = re.compile(r"[\ue000-\uf8ff](?:[^\ue000-\uf8ff]*[\ue000-\uf8ff])*")
_SUSPECT = re.compile(r"[\ufffd□■◆锟拷ÃÂ¤|^_`{}\\\ue000-\uf8ff]")
_NOISE = re.compile(
    r"\ufffd+|(?<=\S)[□■◆]+|(?:锟斤|斤拷|锟拷)[锟斤拷]*|[ÃÂ¤][ÃÂ¤å]+|[|^_`{}\\]+(?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff])"
)
_DELETED = re.compile(
    r"[ \u3000长降到达为率占资金入值](?:"
    r"(?<=[ \u3000])(?:(?:余|多)?(?:万元|亿元|个百分点|人次|万人|余人|余次|余个)|[%％]"
    r"|(?:[件户次人个名家条项处起亩元吨场期所]|公里)(?=[,，。；、]))"
    r"|(?<=[长降到达为率占])[%％]"
    r"|(?<=[资金入值])(?:万元|亿元)[，。；、])"
)
_DELETED_BEFORE = re.compile(
    r"(?:增长|下降|达到|达|为|率|占|投资|资金|收入|产值|[\u4e00-\u9fff] ?\u3000*)$"
)


_POINT = 5
_ANEW = frozenset({"annex-title", "chapter"})
_LINE = 60
_SENTENCE = 24


def notice(code: str, start: int = 0, end: int = 0, *words: str) -> Notice:
    """Return the notice of a code, its message filled in."""
    return Notice(code, MESSAGES[code].format(*words), start, end, code in BLOCKING)


def folded_heading(text: str, line: Paragraph) -> Notice:
    """Return the notice on a heading that goes on in a second line."""
    words = text[line.start : line.end]
    return Notice("hard_wrapped", f"标题折成了两行，已把“{words}”并入。", line.start, line.end)


def heading_faults(marks: list[Mark], headings: list[Heading], single: bool) -> list[Notice]:
    """Return the notices on single headings: glued, unnumbered, damaged, lost 是, brackets."""
    found: list[Notice] = []
    for mark, heading in zip(marks, headings, strict=True):
        code = _heading_fault(mark, single)
        name = heading.text[:16]
        if code == "missing_shi":
            found.append(notice(code, mark.start, heading.end, mark.text + name, str(mark.number)))
        elif code == "damaged_marker":
            found.append(notice(code, mark.start, heading.end, mark.text, str(mark.number)))
        elif code:
            found.append(notice(code, mark.start, heading.end, name))
        if heading.bare:
            found.append(notice("run_in_without_separator", mark.start, heading.end, name))
        if _mixed(mark.text):
            found.append(notice("mixed_brackets", mark.start, mark.heading, mark.text))
    return found


def _heading_fault(mark: Mark, single: bool) -> str:
    if mark.kind == "glued" and not single and mark.level < 4:
        return "glued_heading"
    if mark.kind == "unnumbered":
        return "unnumbered_heading" if mark.opens or single else "glued_heading"
    if mark.kind == "damaged":
        return "damaged_marker"
    if mark.level == 5 and len(mark.text) <= 2 and mark.text[-1] in "一二三四五六七八九十":
        return "missing_shi"
    return ""


def _mixed(marker: str) -> bool:
    return ("（" in marker) != ("）" in marker) and ("(" in marker) != (")" in marker)


def numbering_gaps(marks: list[Mark]) -> list[Notice]:
    """Return a notice for each mark whose number skips one of its sequence.

    Numbering may run on across chapters; an unnumbered heading takes the number it lost.
    """
    found: list[Notice] = []
    last = [0] * (_POINT + 1)
    running = [0] * (_POINT + 1)
    points: set[int] = set()
    for mark in marks:
        level, number = mark.level, mark.number
        if mark.kind in _ANEW:
            last, running = [0] * len(last), [0] * len(last)
            continue
        if mark.kind == "unnumbered":
            number = last[level] + 1
        elif not _fits(mark, last[level], running[level]) and number - 1 not in points:
            found.append(notice("numbering_gap", mark.start, mark.heading, mark.text))
        if level == _POINT:
            points.add(number)
        else:
            points.clear()
            last[level + 1 :] = [0] * (_POINT - level)
        last[level] = number
        if mark.kind != "unnumbered":
            running[level] = number
    return found


def restarts(text: str, marks: list[Mark], headings: list[Heading]) -> list[Notice]:
    """Return the notices on a second 一、: an annex that begins anew, a preamble with a number."""
    found: list[Notice] = []
    before: Mark | None = None
    for mark, heading in zip(marks, headings, strict=True):
        if mark.level == 1 and mark.kind in ("unnumbered", "chapter"):
            before = None
            continue
        if mark.level != 1:
            continue
        if mark.number == 1:
            if _AS_FOLLOWS.search(text, heading.start, heading.end + 2):
                found.append(notice("numbered_preamble", mark.start, heading.end, mark.text))
            elif before is not None and before.number == 1:
                found.append(notice("numbered_preamble", before.start, before.heading, before.text))
            elif before is not None:
                found.append(notice("annex_restart", mark.start, mark.heading))
        before = mark
    return found


def _fits(mark: Mark, last: int, running: int) -> bool:
    return mark.number in (0, 1, last + 1, running + 1) or mark.text[0] in "首其再最"


def line_faults(text: str, mended: Mended) -> list[Notice]:
    """Return the notices on line breaks and page numbers; offsets are those of the text given."""
    found = [notice("hard_wrapped", 0, len(text))] if mended.wrapped else []
    found += [notice("split_paragraph", start, end) for start, end in mended.joins]
    for start, end in mended.marks:
        words = "".join(text[max(0, start - 3) : end + 3].split())
        found.append(notice("split_marker", start, end, words))
    found += [notice("page_artefact", s, e, text[s:e]) for s, e in mended.pages]
    return found


def in_title(found: Notice, parts: list[Part]) -> Notice:
    """Return the notice on a broken line as one on the title where it lies in that."""
    if found.code != "split_paragraph":
        return found
    titles = (part for part in parts if part.kind == "title")
    inside = any(part.start <= found.start < part.end for part in titles)
    return notice("split_title", found.start, found.end) if inside else found


def text_faults(text: str, end: int, single: bool) -> list[Notice]:
    """Return the notices on characters: noise, a font's own ones, figures whose mask was deleted.

    ``end`` is where the tree ends, ``single`` whether all stands on one line.
    """
    found = [notice("single_line", 0, len(text))] if single else []
    if _SUSPECT.search(text) is not None:
        found += [notice("ocr_noise", *m.span(), m.group()) for m in _NOISE.finditer(text)]
        found += [notice("private_use_character", *m.span()) for m in _PRIVATE.finditer(text)]
    for match in _DELETED.finditer(text):
        if _DELETED_BEFORE.search(text, max(0, match.start() - 4), match.start() + 1):
            tail = text[match.start() + 1 : match.end()]
            found.append(notice("deleted_mask", match.start(), match.end(), tail))
    return found if text[:end].strip() else [notice("empty")]


def broken_end(sample: Sample) -> list[Notice]:
    """Return a notice if a sample stops in mid-sentence.

    A long last line without an end mark, or one with a sentence before, is broken; short ones are
    headings or signatures, where only a space parts them from a sentence as well.
    """
    text = sample.text[: max((s.end for s in sample.sections), default=len(sample.text))].rstrip()
    start = text.rfind("\n") + 1
    before, _, piece = text.rpartition(" ")
    if before.rstrip()[-1:] in ENDS:
        start = max(start, len(text) - len(piece))
    last = text[-1:]
    least = _SENTENCE if "。" in text[start:] else _LINE
    if text and len(text) - start > least and last not in ENDS and last not in "”）)》】〕":
        return [notice("truncated", max(start, len(text) - 8), len(text), text[-8:])]
    return []
