"""A line → its independent statements; a whole and its parts stay together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from drafter.chinese.dates import find_dates
from drafter.chinese.measures import measure_at
from drafter.chinese.normalise import clean
from drafter.chinese.quantities import find_figures
from drafter.domain import Figure

_BULLET = re.compile(
    r"\s*(?:[-–—*+•·●○◆◇■□▪▶►➤√✓✔☑☆★※]+\s*|(?:\d{1,2}|[a-zA-Z])[.．、)）](?!\d)\s*"
    r"|\d{1,2}[.．](?=\d{1,2}\s?月(?!龄)|20\d\d[年.-]|(?:12345|1234[58]|12315|11[09]|120)(?!\d))"
    r"|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]\s*|[①-⑳]\s*|[一二三四五六七八九十]{1,3}、\s*"
    r"|[一二三四五六七八九十]{1,2}是(?![一否])|@\S+\s+)+"
)
_LEVELS = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){1,2}[.．、]?\s*(?=[\u4e00-\u9fff“])")
_GLUED = re.compile(r"\s*\d{1,2}[.．](?=\d)")
_DIVISIBLE = ("岁", "课时", "学时", "学分", "工日", "人天", "标箱", "工作日", "级", "层")
_SPACES = re.compile(r"[ \t\u3000\u00a0]+")
_LEANS = re.compile(
    r"(?:其中|包括|其余|其他|另有?|还有?|剩|未|分别|均|同时|比|较|同比|环比|占|共(?!青团|产|同)|合计|总计|平均|人均|最[高低多少大小]|均为|也|并|且|已|仍|尚"
    r"|[（(]|每|各|约(?!谈|见|束|定)|超|其|该|此|这|对|由|经|为)"
)
_COUNTED_OFF = re.compile("\\s*(?:[二三四五六七八九]是|[（(][2-9][）)]|[2-9][.．](?!\\d))")
_LABEL = re.compile(r"[^：:，。；]{1,12}[：:]")
_OPENING = "（(“《【「["
_CLOSING = "）)”》】」]"
_MARK = re.compile(r"[；;。]\s*|[（(“《【「）)”》】」]")
_WINDOW = 300  # as much of what stands before as a break can depend on
_SHORTEST = 5
_LONGEST_LEAD = 10  # 抓项目。 before what is done for it


def strip_bullet(text: str, listed: bool = False) -> str:
    """Return a line without its bullet or leading enumerator (•, -, 1., （2）, ③, 二、).

    A list number that is glued to what it counts goes as well (5.3项制度: nobody has a fraction of
    a thing; 3.3月底前); 3.3万元 stays, unless the line is known to be ``listed``.
    """
    match = _BULLET.match(text)
    rest = text[match.end() :] if match else text
    glued = _GLUED.match(rest)
    if glued and (listed or _counts_whole_things(rest[:24])):
        rest = rest[glued.end() :]
    return rest if rest.strip() else text


def without_levels(text: str) -> str:
    """Return an item of a list numbered by levels without its number: 1.2 发现问题114条."""
    found = _LEVELS.match(text)
    counted = found is not None and measure_at(text, found.end()) is not None
    return text[found.end() :] if found and not counted else text


def _counts_whole_things(text: str) -> bool:
    figure = next(iter(find_figures(text)), None)
    if figure is None or text[: figure.start].strip() or not figure.dimension.startswith("count:"):
        return False
    return figure.value % 1 != 0 and not figure.unit.endswith(_DIVISIBLE)


def tidy(text: str) -> str:
    """Return the clerk's wording: cleaned, inner spaces single, no closing ；。， behind."""
    return _SPACES.sub(" ", clean(text)).strip().rstrip("；;，,、。 ")


def split_statements(text: str) -> list[tuple[int, int]]:
    """Return the spans of a line's independent statements; they cover the whole line.

    A break at ；or 。is taken only where what follows has a subject of its own and shares no date,
    label or whole with what stands before; else the line stays one statement.
    """
    if _leads_the_whole_line(text):
        return [(0, len(text))]
    cuts = [*_breaks_outside(text), len(text)]
    spans, start = [], 0
    for cut, following in pairwise(cuts):
        before, after = text[max(start, cut - _WINDOW) : cut], text[cut:following]
        if cut < len(text) and _may_part(before, after):
            spans.append((start, cut))
            start = cut
    return [*spans, (start, len(text))]


def _breaks_outside(text: str) -> Iterator[int]:
    """Yield the ends of the breaks that stand in no bracket, quote or title."""
    depth = 0
    for match in _MARK.finditer(text):
        if match[0] in _OPENING:
            depth += 1
        elif match[0] in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            yield match.end()


def _leads_the_whole_line(text: str) -> bool:
    """Tell whether a date or a label at the head holds for all that follows."""
    first = strip_bullet(text)
    dates = find_dates(first[:24])
    dated = bool(dates) and dates[0].start <= 1 and dates[0].kind != "relative"
    label = _LABEL.match(first)
    return dated or (label is not None and not find_figures(label[0]))


def _may_part(before: str, after: str) -> bool:
    if _COUNTED_OFF.match(after) and len(before.strip()) >= _SHORTEST:
        return True
    after = strip_bullet(after)
    if len(after.strip()) < _SHORTEST or len(before.strip()) < _SHORTEST or _LEANS.match(after):
        return False
    figures, earlier = find_figures(after), find_figures(before)
    lead = strip_bullet(before).strip()
    if not earlier and before[-1:] not in "；;" and len(lead) <= _LONGEST_LEAD:
        return False
    if not figures:
        return len(after) >= _SHORTEST + 3 and not _LABEL.match(after)
    if not _has_subject(after, figures[0]):
        return False
    listed = "：" in before or ":" in before
    return not (listed and earlier and earlier[-1].dimension == figures[0].dimension)


def _has_subject(text: str, figure: Figure) -> bool:
    head = re.sub(r"[^\u4e00-\u9fff]", "", text[: figure.start])
    return len(head) >= 2 and not re.search("最[高低多少大]", head)
