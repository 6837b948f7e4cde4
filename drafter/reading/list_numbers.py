"""The numbers that Word prints in front of a paragraph, in the formats of Chinese papers.

Formats: ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def format_number(value: int, kind: str) -> str | None:
    """Return a list number as Word prints it; None for a format that is not known here."""
    if kind in {"none", "bullet"}:
        return ""
    formatter = _FORMATTERS.get(kind)
    return formatter(value) if formatter else None


def _counting(value: int) -> str:
    """一 to 九十九 are spoken, above that digit by digit."""
    return _spoken(value) if value < 100 else _by_digit(value)


def _spoken(value: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零") -> str:
    if not 0 < value < 10_000:
        return _by_digit(value)
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (zero if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return text.removeprefix("一") if 10 <= value < 20 and units[0] == "十" else text


def _japanese(value: int) -> str:
    """Like counting, without 一 before 十, 百, 千 and without 零 (百一 for 101)."""
    text = _spoken(value, zero="")
    for unit in "十百千":
        text = text.replace(f"一{unit}", unit)
    return text


def _by_digit(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _formal(value: int) -> str:
    return _spoken(value, _FORMAL, "拾佰仟")


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)]


def _run(first: str, last: int, otherwise: Callable[[int], str] = str) -> Callable[[int], str]:
    """Signs that follow one another in Unicode, up to ``last``."""
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= last else otherwise(value)


def _letters(first: str) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    text = ""
    for amount, sign in _ROMAN:
        count, value = divmod(value, amount)
        text += sign * count
    return text


def _wide(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


def _circled_to_fifty(value: int) -> str:
    if 21 <= value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if 36 <= value <= 50 else str(value)


_CIRCLED = _run("①", 20, _circled_to_fifty)
_FORMATTERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "arabicDash": lambda value: f"- {value} -",
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _spoken,
    "taiwaneseCountingThousand": _spoken,
    "japaneseCounting": _japanese,
    "koreanCounting": _counting,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseLegal": _formal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "ideographEnclosedCircle": _run("㊀", 10, _counting),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
}
