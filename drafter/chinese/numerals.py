"""Numerals without a measure: Chinese, old-style, full-width, grouped and mixed ones.

Strict by construction: a Chinese numeral is read loosely, written out again, and accepted only if
the two agree. What is not certain is ``None``, never a guess (2—3 as 二三, 3万5, 1,23).
Forms after GB/T 15835—2011; old-style capitals after 票据法's filling rules.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from drafter.chinese.normalise import fold

DIGITS = "零一二三四五六七八九"
_VALUE = {char: i for i, char in enumerate(DIGITS)} | {"〇": 0, "两": 2}
_MULTIPLIER = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SIMPLE = str.maketrans(
    "壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟萬億", "一二二三三三四五六六七八九十百千万亿"
)
_SCORES = {"廿": "二十", "卅": "三十", "卌": "四十"}
_ALONE = {"俩": 2, "两": 2, "仨": 3}

_LONGEST = 40
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")
_MIXED_PART = re.compile(
    r"(\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([十百千]?[万亿]+|[十百千]|$)"
)
_POSITIONAL = re.compile("[零〇一二三四五六七八九]+")
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万亿]+")
_SHORTHAND = re.compile("([百千万亿])([一二三四五六七八九])$")
_BARE_TEN = re.compile("(?<![一二两三四五六七八九])十")

ARABIC = (
    r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?"
    r"|(?<=[\u4e00-\u9fff])[1-9]\d{0,2}(?: \d{3})+(?![\d.,，])(?=[\u4e00-\u9fff])|\d+(?:\.\d+)?)"
)
"""Source of a pattern for Arabic digits in folded text: plain, 3,406, 3 406 as in GB 3101."""


def parse_number(text: str) -> Decimal | None:
    """Return the value of a numeral, or ``None`` where it is none or could mean two things.

    Takes 二万三千, 一万二 (12000), 廿八, 壹佰贰拾, 二〇二六, 三点五万, 3,406, １２, 1.2, 3.5万,
    1亿2千万; no measure, no sign, no approximation, no range.
    """
    if len(text) > _LONGEST:
        return None
    return _parse(fold(text.strip()).replace(" ", ""))


@lru_cache(maxsize=8192)
def _parse(text: str) -> Decimal | None:
    if not text:
        return None
    if text[0].isdigit():
        return _parse_arabic(text)
    return _parse_chinese(text.translate(_SIMPLE))


def _parse_arabic(text: str) -> Decimal | None:
    if not text.isascii() and not _MIXED_PART.match(text) and not _GROUPED.fullmatch(text):
        return None
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "").replace("，", ""))
    return _parse_mixed(text)


def _parse_mixed(text: str) -> Decimal | None:
    """Read 1亿2千万, 3.5万, 9千9百万, 12万3456: units fall, a tail has all its places."""
    parts = [(m[1].replace(",", "").replace("，", ""), m[2]) for m in _MIXED_PART.finditer(text)]
    if "".join(m[0] for m in _MIXED_PART.finditer(text)) != text or not _units_fall(parts):
        return None
    if len(parts) > 1 and any("." in number for number, _ in parts):
        return None
    total = section = Decimal(0)
    for number, letters in parts:
        small = _MULTIPLIER[letters[0]] if letters[:1] in {"十", "百", "千"} else 1
        section += Decimal(number) * small
        for letter in letters.lstrip("十百千"):
            section *= _MULTIPLIER[letter]
        if letters.endswith(("万", "亿")):
            total, section = total + section, Decimal(0)
    return total + section


def _units_fall(parts: list[tuple[str, str]]) -> bool:
    """Tell whether 千 百 十 fall within a section, the sections fall, and the numbers fit them."""
    ceiling_big, ceiling_small = 10**16, 10**4
    for number, letters in parts:
        scale = _scale(letters) if letters else 1
        if scale is None:
            return False
        big = letters.endswith(("万", "亿"))
        ceiling = ceiling_big if big else ceiling_small
        if Decimal(number) * scale >= ceiling and len(parts) > 1:
            return False
        if not letters and len(number) != len(str(ceiling_small)) - 1:
            return False
        ceiling_small = min(10**4, scale) if big else scale
        ceiling_big = scale if big else ceiling_big
    return True


def _scale(letters: str) -> int | None:
    """Return the worth of 万, 百万, 万亿 …; ``None`` for what nobody writes (亿万, 万千)."""
    if letters not in {"十", "百", "千", "万", "亿", "万亿", "亿亿"} and not re.fullmatch(
        "[十百千](?:万|亿|万亿)", letters
    ):
        return None
    scale = 1
    for letter in letters:
        scale *= _MULTIPLIER[letter]
    return scale if letters != "亿亿" else None


def _parse_chinese(text: str) -> Decimal | None:
    if text in _ALONE:
        return Decimal(_ALONE[text])
    for score, written in _SCORES.items():
        text = text.replace(score, written)
    if "点" in text:
        return _parse_decimal(text)
    value = _parse_integer(text)
    return None if value is None else Decimal(value)


def _parse_decimal(text: str) -> Decimal | None:
    whole, _, rest = text.partition("点")
    tail = rest.lstrip("零〇一二三四五六七八九")
    places = rest[: len(rest) - len(tail)]
    value = _parse_integer(whole)
    scale = _scale(tail) if tail else 1
    if value is None or not places or scale is None or "百万" in whole or "亿" in whole:
        return None
    digits = "".join(str(_VALUE[char]) for char in places)
    return Decimal(f"{value}.{digits}") * scale


def _parse_integer(text: str) -> int | None:
    if not _CHINESE.fullmatch(text):
        return None
    if _POSITIONAL.fullmatch(text) and len(text) > 1:
        return _parse_positional(text)
    shorthand = _SHORTHAND.search(text)
    if shorthand and len(text) > 1:
        unit = {"百": "十", "千": "百", "万": "千", "亿": "千万"}[shorthand[1]]
        text += unit
    text = _BARE_TEN.sub("一十", text)
    if "两十" in text or (text.endswith("两") and len(text) > 1):
        return None
    value = _add_up(text)
    written = to_chinese(value, full_ten=True)
    return value if _agree(text.replace("两", "二").replace("〇", "零"), written) else None


def _parse_positional(text: str) -> int | None:
    """Read 二〇二六; two or three digits without a nought are rather a range (三四) or a list."""
    if len(text) < 4 and not ("〇" in text or "零" in text):
        return None
    if text[0] in "零〇":
        return None
    return int("".join(str(_VALUE[char]) for char in text))


def _add_up(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in _VALUE:
            digit = _VALUE[char]
        elif char in "十百千":
            section, digit = section + (digit or 0) * _MULTIPLIER[char], 0
        elif char == "万":
            section, digit = (section + digit) * 10**4, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    return total + section + digit


def _agree(text: str, written: str) -> bool:
    """Tell whether ``text`` is ``written``, which alone may hold more noughts."""
    at = 0
    for char in written:
        if at < len(text) and text[at] == char:
            at += 1
        elif char != "零":
            return False
    return at == len(text)


def to_chinese(value: int, full_ten: bool = False) -> str:
    """Return a whole number 0 … 10^16 − 1 in Chinese: 二万三千, 十二 (一十二 if ``full_ten``)."""
    if value == 0:
        return "零"
    groups: list[str] = []
    for unit in ("", "万", "亿", "万亿"):
        value, group = divmod(value, 10**4)
        groups.append(_four_digits(group, bool(value)) + (unit if group else ""))
    written = "".join(reversed(groups)).strip("零")
    if written.count("亿") > 1:
        written = written.replace("万亿", "万", 1)
    written = re.sub("零+", "零", written)
    return written.removeprefix("一") if written.startswith("一十") and not full_ten else written


def _four_digits(group: int, leading: bool) -> str:
    if group == 0:
        return "零"
    written = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = group // place % 10
        if digit:
            written += DIGITS[digit] + unit
        elif (written or leading) and not written.endswith("零"):
            written += "零"
    return written.rstrip("零")
