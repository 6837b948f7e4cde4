"""Bare headings over facts, and the title of a whole list."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from drafter.chinese.markers import find_marker
from drafter.chinese.quantities import find_figures
from drafter.resources import lexicon

_PUNCTUATION = re.compile(r"[，,。；;！!？?→%％]|[：:].")
_UNMARKED = re.compile(
    "(?:.{1,10}(?:方面|情况)|(?:存在的?|主要)?(?:问题|困难|不足)(?:和不足|与不足|及原因)?"
    "|下一?步(?:工作)?(?:打算|计划|安排)|工作打算|主要做法|(?:工作|主要)成效|工作亮点|亮点工作|特色亮点)"
)
_TITLE_END = re.compile(
    "(?:素材|说明|请示|反馈|概况|专报|动态|汇总|台账|报送|材料|数据|统计|清单|总结|小结|情况|工作|进度|汇报|报告|要点|纪要|记录|摘要|自评|函|明细|分工|信息|盘点|名单|名册|通报|调度|[月季年简]报(?:单|表)?|(?<=[\u4e00-\u9fff]{3})表|整治|文旅|党建)(?:汇总|情况|材料|表|台账)?"
    r"\s?(?:[（(][^（()）]*[）)])?"
)
_LIST_END = re.compile(
    r"(?:台账|汇总|清单|明细|一览|情况|素材|小结|总结|[月季年简]报|纪要|自评|记录|要点|汇报|报告|信息|.函|表)\s?(?:[（(][^（()）]*[）)])?$"
)
_NAMES_A_UNIT_OR_YEAR = re.compile(r"20\d\d\s?年|[\u4e00-\u9fff]{2}(?:镇|乡|街道)|^(?:全镇|全乡)")
_TOWN = "(?:[\u4e00-\u9fff]{2,6}[县区旗市])?\\s?[\u4e00-\u9fff]{2,5}(?:镇|乡|街道|苏木)"
_WHEN = r"20\d\d\s?年?度?"
_ONLY_UNIT_AND_YEAR = re.compile(rf"{_TOWN}\s?{_WHEN}|{_WHEN}\s?{_TOWN}")
_SCORE = re.compile(
    r"[（(][^（()）]{0,4}\d{1,3}(?:\.\d)?分[^（()）]{0,4}[）)](?=[：:]?$)"
)  # 党建（20分）
_LONGEST_HEADING = 20
_LONGEST_NAME = 6
_LONGEST_SLOGAN = 30
_STATES_SOMETHING = re.compile("[了未已无没不均]|完成|到位|落实$")
_LONGEST_TITLE = 50


class ShortName(NamedTuple):
    """A line that is only a name: a heading if something stands under it. ``level`` 0: bare."""

    text: str
    level: int


def heading_in(folded: str, marked: bool = False) -> str:
    """Return the heading that a line is (一、党建方面 → 党建方面), "" where it states a fact.

    ``marked``: a Markdown sign made it a heading already, so that only a figure speaks against it.
    """
    folded = _SCORE.sub("", folded)
    marker = find_marker(folded)
    body = folded[marker.end :].strip() if marker else folded
    body = body.rstrip("：:")
    closed = folded.endswith(("：", ":"))
    if not body or len(body) > _LONGEST_HEADING or _PUNCTUATION.search(body) or find_figures(body):
        return ""
    if marked or _UNMARKED.fullmatch(body) or closed:
        return body
    if marker and marker.level <= 2 and body.endswith(_endings()):
        return body
    return ""


def short_name(folded: str) -> ShortName | None:
    """Return the name that a line without figure and full stop is: （一）文明创建, 换届."""
    folded = _SCORE.sub("", folded)
    marker = find_marker(folded) if len(folded) <= _LONGEST_SLOGAN else None
    body = folded[marker.end :].strip() if marker else folded
    level = marker.level if marker else 0
    if not body or level > 2 or body[-1] in "。；;！!？?":
        return None
    longest = _LONGEST_SLOGAN if marker else _LONGEST_HEADING
    if len(body) > longest or (not marker and _PUNCTUATION.search(body)):
        return None
    if not marker and len(body) > _LONGEST_NAME and not body.endswith(_endings()):
        return None
    if _STATES_SOMETHING.search(body) or re.search("[：:]", body) or find_figures(body):
        return None
    return ShortName(body, level)


def names_unit_and_year(folded: str) -> bool:
    """Tell whether a line says only whose paper it is and of which year: 松溪口镇 2026年度."""
    return _ONLY_UNIT_AND_YEAR.fullmatch(folded) is not None


def is_title(folded: str) -> bool:
    """Tell whether a first line is the title of the list (云渡镇2026年…素材汇总, …整治台账)."""
    if names_unit_and_year(folded):
        return True
    if len(folded) > _LONGEST_TITLE or "，" in folded or find_figures(folded):
        return False
    ends = [match.end() for match in _TITLE_END.finditer(folded)]
    if len(folded) not in ends:
        return False
    named = _NAMES_A_UNIT_OR_YEAR.search(folded) is not None
    return named or (len(folded) >= _LONGEST_NAME and _LIST_END.search(folded) is not None)


@cache
def _endings() -> tuple[str, ...]:
    return lexicon("facts", "heading_endings.txt")
