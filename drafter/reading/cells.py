"""Cell values as the sheet shows them: percentages, decimals, unit suffixes, Chinese dates."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_NOT_SHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CORE = re.compile(r"[#0?][#0?,.]*%?")
_HIDDEN_MARK = "\0"


def cell_text(value: object, number_format: str = "General") -> str:
    """Return what a cell shows, from its value and its number format (ECMA-376 1, 18.8.30)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (datetime, date, time)):
        return _moment(value, number_format)
    if isinstance(value, timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours}小时{rest // 60}分"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    return str(value)


def _moment(value: datetime | date | time, number_format: str) -> str:
    codes = _LITERAL.sub("", _NOT_SHOWN.sub("", number_format)).lower()
    on_clock = _clock(value) if "h" in codes or isinstance(value, time) else ""
    if isinstance(value, time):
        return on_clock
    if not {"y", "d"} & set(codes) and ("h" in codes):
        return on_clock
    year = f"{value.year}年" if "y" in codes or "m" not in codes else ""
    month = f"{value.month}月" if "m" in codes or not year else ""
    day = f"{value.day}日" if "d" in codes else ""
    return (f"{year}{month}{day}" or f"{value.year}年{value.month}月{value.day}日") + on_clock


def _clock(value: datetime | date | time) -> str:
    if not isinstance(value, (datetime, time)) or (value.hour, value.minute) == (0, 0):
        return ""
    return f"{value.hour}时{value.minute}分" if value.minute else f"{value.hour}时"


def _number(value: float, number_format: str) -> str:
    exact = Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return str(value)
    section = _NOT_SHOWN.sub("", number_format.partition(";")[0])
    literals: list[str] = []
    codes = _LITERAL.sub(lambda m: _keep(m[1] or m[2] or "", literals), section)
    core = _CORE.search(codes)
    if core is None or "E" in codes.upper().replace("GENERAL", "") or "/" in codes:
        shown = _plain(exact)
        general = re.search("general", codes, re.IGNORECASE)
        parts = (codes[: general.start()], codes[general.end() :]) if general else ("", "")
    else:
        shown = _formatted(exact, core.group())
        parts = (codes[: core.start()], codes[core.end() :])
    return _restore(parts[0], literals) + shown + _restore(parts[1], literals, len(parts[0]))


def _keep(literal: str, literals: list[str]) -> str:
    literals.append(literal)
    return _HIDDEN_MARK


def _restore(codes: str, literals: list[str], _: int = 0) -> str:
    """Put the literals of a format back; they are used up from the left."""
    return re.sub(_HIDDEN_MARK, lambda _m: literals.pop(0), codes).replace("@", "").strip("?")


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _formatted(value: Decimal, core: str) -> str:
    percent = core.endswith("%")
    whole, _, fraction = core.rstrip("%").partition(".")
    if whole.endswith(","):
        return _plain(value)
    if percent:
        value *= 100
    places = len(re.sub("[^#0?]", "", fraction))
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in whole else "f")
    optional = len(fraction) - len(fraction.rstrip("#?"))
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    return text.rstrip(".") + ("%" if percent else "")
