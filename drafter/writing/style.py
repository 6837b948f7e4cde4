"""House style of figures and marks: the same value, in the form that the paper uses.

GB/T 15835-2011 allows either numeral form where neither is clearer; the house writes Arabic digits
without grouping, ％ as %, and full-width punctuation.
"""

from __future__ import annotations

import re
from decimal import Decimal

from drafter.chinese.numerals import parse_number

_FULL_DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[,，]\d{3})+(?!\d)")
_CHINESE = re.compile(
    r"(?<![\u4e00-\u9fff第])(?P<number>[一二三四五六七八九]?[百十千万两零一二三四五六七八九廿卅]{1,8})(?P<vague>[余多来])?"
    r"(?P<unit>个百分点|公里|平方米|人次|场次|批次|万元|[吨亩户人次件场名处个条家元米份只头栋口座辆盏期批起宗支套棵株台间眼篇])(?!联防|联保|联治)"
)
_IN_CLAUSE = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![第几数])(?P<number>[一二三四五六七八九两]?[百千万][零一二三四五六七八九十百千万]*|"
    r"[二三四五六七八九]十[一二三四五六七八九]?|(?<![统单唯之第同专归划])一十[一二三四五六七八九]?|"
    r"(?<![一二三四五六七八九])十[一二三四五六七八九]|[廿卅][一二三四五六七八九]?)"
    r"(?P<vague>[余多来])?"
    r"(?P<unit>个百分点|公里|平方米|人次|场次|批次|[吨亩户人次件场名处个条家元米份只头栋口座辆盏期批起宗支套棵株台间眼篇])"
)
_LARGE = re.compile(  # 三百二十七点六万元, 一亿二千万元: read whole, written with their 万 or 亿
    r"(?<![第几数点零一二三四五六七八九十百千万亿两])"
    r"(?P<number>[一二三四五六七八九两十][零一二三四五六七八九十百千两]*(?:点[零一二三四五六七八九]+)?[万亿]"
    r"(?:[零一二三四五六七八九十百千两]+万)?)(?P<vague>[余多来])?(?P<unit>[元亩人吨斤公户株头羽]|(?=[，；。、）]|$))"
)
_DAY = re.compile(r"(?<=\d月)(\d{1,2})号(?![楼线院文令桥])")
_OVER = re.compile(
    r"(?<=[\d万亿])多(?=[万亿]|人|次|户|名|件|处|家|场|份|亩|吨|座|条|张|起|块|套|台|棵|株|辆|个|元|米|公里|公斤|平方|岁|年|天)"
)
_SIZES = {"亿": Decimal(10**8), "万": Decimal(10**4)}
_ABOUT = re.compile(r"(?<=\d)来(?=[\u4e00-\u9fff])")
_PROTECTED = re.compile(r"《[^《》]*》|“[^“”]*”")
_BY_MONTHS_END = re.compile(r"(?<=\d个)(?=月底)")  # 剩余3个月底前改完 is read as three months
SMALLEST = 10  # below ten the Chinese numeral stays (两场, 三次)


def house_style(text: str) -> str:
    """Return the text with its figures in house style; titles and quotes stay to the letter."""
    parts = re.split(f"({_PROTECTED.pattern})", text)
    return "".join(p if _PROTECTED.fullmatch(p) else _plain(p) for p in parts)


def _plain(text: str) -> str:
    text = text.translate(_FULL_DIGITS)
    text = _GROUPED.sub(lambda m: re.sub("[,，]", "", m.group()), text)
    text = _OVER.sub("余", _ABOUT.sub("余", _DAY.sub(r"\1日", text)))
    text = _LARGE.sub(_arabic, text)
    text = _IN_CLAUSE.sub(_arabic, _CHINESE.sub(_arabic, text))
    return _BY_MONTHS_END.sub("，", text)


def _arabic(match: re.Match[str]) -> str:
    number = match["number"]
    value = parse_number(number)
    if value is None or value < SMALLEST or value != value.to_integral_value():
        return match.group()
    vague = {"来": "余", "多": "余"}.get(match["vague"] or "", match["vague"] or "")
    size = "亿" if "亿" in number else "万" if number.endswith("万") else ""
    shown = value / _SIZES[size] if size else value
    return f"{shown.normalize():f}{size}{vague}{match['unit']}"
