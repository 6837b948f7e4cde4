"""What a masked sample still gives away: names, places and figures that were not masked."""

from __future__ import annotations

import re
from itertools import islice

from drafter.domain import Notice
from drafter.samples.specifics import find_persons, find_places

_MASK = re.compile(
    r"[XxＸ×]{2,}|\*+|＊+|〇〇+|○○+|某(?:某|镇|县|村|市|区|乡)|[XＸ×](?=[镇村县市区乡个名次万余家户])"
)
_RUN = re.compile(r"[XxＸ×*＊]+")
_FIGURE = re.compile(
    r"\d[\d,.]*余?(?=(?:人次|余人|余处|万元|亿元|余户|余次|[人户家个处次条件亩])[，。；、余])"
)
_BOLD = re.compile(r"\*\*[^*\n]{2,60}(?:[。：；]\*\*|\*\*(?=[。：；\s]|\Z))")
"""Markdown's bold; a mask of asterisks stands before the word it hides."""

_FEW = 3
_LEADERS = ("习近平", "李克强", "李强", "毛泽东", "邓小平", "江泽民", "胡锦涛")


def is_masked(text: str) -> bool:
    """Whether a sample's names and figures were masked (XX镇, ***余条), three times at least."""
    if "*" not in text and "X" not in text and "×" not in text and "某" not in text:
        return "＊" in text or "〇〇" in text or "○○" in text or "Ｘ" in text
    plain = _BOLD.sub("", text) if "**" in text else text
    return len(list(islice(_MASK.finditer(plain), _FEW))) == _FEW


def residual_notices(text: str) -> list[Notice]:
    """Return the notices on what was left unmasked; empty where the text is not masked at all.

    residual_name: a person behind a post; residual_place: a known division, or a village's name
    among masked ones; residual_figure: plain figures among masked ones; mixed_masks: masks of
    several kinds.
    """
    if not is_masked(text):
        return []
    found = [
        _notice("residual_name", "脱敏文本里留有人名“{0}”，请换成代号。", text, span)
        for span in find_persons(text)
        if not text.startswith(_LEADERS, span[0])
    ]
    found += [
        _notice("residual_place", "脱敏文本里留有地名“{0}”，请换成代号。", text, span)
        for span in find_places(text, listed=True)
    ]
    found += _figures_left(text)
    return found + _mixed(text)


def _notice(code: str, message: str, text: str, span: tuple[int, int]) -> Notice:
    return Notice(code, message.format(text[span[0] : span[1]]), span[0], span[1])


def _figures_left(text: str) -> list[Notice]:
    if "*" not in text:
        return []
    spans = [m.span() for m in _FIGURE.finditer(text) if text[m.start() - 1] not in "年第“"]
    return [
        _notice("residual_figure", "脱敏文本里留有数字“{0}”，请核对。", text, span)
        for span in spans
    ]


def _mixed(text: str) -> list[Notice]:
    runs = set(_RUN.findall(text))
    letters = {len(run) for run in runs if run[0] in "XxＸ×"}
    stars = any(run[0] in "*＊" for run in runs)
    if len(letters) < 2 and not (letters and stars):
        return []
    spans = [match.span() for match in _RUN.finditer(text)]
    odd = next((span for span in spans if span[1] - span[0] == 1), spans[0])
    return [_notice("mixed_masks", "脱敏符号不统一，例如“{0}”。", text, odd)]
