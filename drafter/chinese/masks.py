"""Stretches of a text whose numerals are no figures: titles, slogans, fixed terms, dates, times."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.chinese.dates import find_dates
from drafter.chinese.measures import measure_at
from drafter.chinese.proportions import proportion_at
from drafter.resources import lexicon

_TITLES_AND_SLOGANS = "|".join(
    (
        r"《[^》\n]{0,80}》",
        r"【[^】\n]{0,80}】",
        r"“[^”\n]{1,12}”",
        r"\"[^\"\n]{1,12}\"",
        r"〔[^〕\n]{0,40}〕(?:\d+号)?",
    )
)
_TIMES_AND_SCORES = (
    r"\d{1,2}[:∶：]\d{1,2}(?:\.\d+)?(?![\d.:：])|\d{1,2}[:：][0-5]\d(?:[:：][0-5]\d)?(?!\d)"
    r"|\d{1,2}[时点](?:[0-5]?\d分?|半|整|钟)?(?=\D|$)"
)
_CODES = (  # 5+2, 7×24, G318, 4A, 5G
    r"(?<![\dA-Za-z])[A-Za-z]?\d{1,2}\+(?![人户次家个场件元万名])\w{1,8}(?:\+\w{1,8}){0,6}|(?<!\d)\d{1,6}[×xX*]\d{1,6}"
    r"|(?<![A-Za-z])[A-Za-z]{1,12}-?\d[\dA-Za-z.-]{0,20}|(?<!\d)\d{1,6}[A-Za-z]{1,6}\d[\dA-Za-z]*"
    r"|(?<!\d)\d{1,6}(?:[AGDVBCK]|[ap]m)(?![A-Za-z²³\d])|[φΦØ]\s?\d{1,5}"
)
_TELEPHONES = (
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)[48]00-?\d{3,4}-?\d{3,4}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"
)
_NUMBERS = (
    r"(?<!\d)\d{1,6}(?:[—~\-至到、]\d{1,6}){0,3}号(?:楼|线|院|店|门|文件|公告|令|台)"
    r"|(?:GB|DB|NY|HJ|JT|SL|CJ)(?:/T)?\s?\d[\d.—-]*|(?<!\d)\d{1,2}分钟[\u4e00-\u9fff]{0,4}圈"
    r"|(?<!\d)(?:19|20)\d\d[级届]|(?<!\d)\d{1,3}路公交"
    r"|(?<!\d)\d{2}(?:后(?!续)|世纪(?:\d{2}年代)?)"
)
_EMERGENCY = (
    r"(?<!\d)(?:11[09]|120|122)(?=接处警|警情|联动|消防|宣传|指挥|平台|急救|指令|电话|热线|报警)"
    r"|(?:拨打|致电|来电|热线)(?:11[09]|120|122)(?!\d)"
)
_CHINESE_DIGITS = frozenset("一二三四五六七八九")
_MORE_DIGITS = re.compile(r"\.?\d|[,，]\d{3}(?!\d)")
_PLACES = ("十", "百", "千", "万")
_ENCLOSED = re.compile(
    "|".join((_TITLES_AND_SLOGANS, _TIMES_AND_SCORES, _CODES, _TELEPHONES, _NUMBERS, _EMERGENCY))
)


@cache
def _fixed() -> AhoCorasick:
    return AhoCorasick(
        list(lexicon("chinese", "fixed_numerals.txt")), matchkind=MatchKind.LeftmostLongest
    )


def figure_mask(folded: str) -> bytearray:
    """Return one byte a character of a folded text: 1 where a numeral is not a figure."""
    mask = bytearray(len(folded))
    for match in _ENCLOSED.finditer(folded):
        start, end = match.span()
        if proportion_at(folded, start):
            continue
        mask[start:end] = b"\1" * (end - start)
    for _, start, end in _fixed().find_matches_as_indexes(folded):
        if not _continues(folded, start, end) and not proportion_at(folded, start):
            mask[start:end] = b"\1" * (end - start)
    for mention in find_dates(folded):
        mask[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return mask


def _continues(folded: str, start: int, end: int) -> bool:
    """Tell whether a term's digits are a number after all: 123456, 12345人, or 一二 in 一二十.

    So is the numeral of a term that runs into a measure: the 十分 of 十分钟.
    """
    if not folded[start].isdigit():
        measure = measure_at(folded, start + 1)
        if measure is not None and start + 1 + len(measure.surface) > end > start + 1:
            return True
        return set(folded[start:end]) <= _CHINESE_DIGITS and folded[end : end + 1] in _PLACES
    behind = end + (folded[end : end + 1] == " ")
    counted = folded[start:end].isdigit() and measure_at(folded, behind) is not None
    goes_on = _MORE_DIGITS.match(folded, end) is not None
    return counted or folded[start - 1 : start].isdigit() or goes_on
