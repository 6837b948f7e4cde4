"""Marks that are no wording: HTML, Markdown, emoji and stickers, bullets, masks, Latin measures.

A note is pasted from chats, pages and tables; what their layout needs has no place in a paper.
Words and figures stay; where a mask hides something, the paper asks for it.
"""

from __future__ import annotations

import html
import re
from functools import cache

from drafter.facts.senders import is_office
from drafter.resources import lexicon

HTML = re.compile(r"</?[A-Za-z][^<>\n]*>|<!--.*?-->")
_BROKEN_HTML = re.compile(
    r"</?(?:[A-Za-z][A-Za-z\d]{0,9}(?:\s[^<>\n]*)?)?$|^[^<>\n]{0,40}?=[\"'][^<>\"'\n]*[\"']>"
)
_LINE_BREAK = re.compile(r"(?<=[^\s，。；：、])\s*<[Bb][Rr]\s*/?>\s*(?=[^\s<，。；：、])")
LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:https?:|www\.|/|#)[^()\s]*\)")
_LINE_MARKS = re.compile(r"^\s*(?:#{1,6}(?=\D)|>+)\s*")
_BOLD = re.compile(r"(?<![*\w])(\*\*|__)(?=[^\s*_、，。；])([^*_\n]+?)\1(?![*\d])|~~([^~\n]+)~~")
_CODE = re.compile(r"`+")
_STRAY_BOLD = re.compile(r"^([\u4e00-\u9fff]{2,10})\*\*(?=[：:，\u4e00-\u9fff])(?!.*\*)")
PICTURES = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u2799\u279b-\u27a0\u27a2-\u27bf\u2b00-\u2bff\u25a0-\u25ff"
    "\u200d\ufe0e\ufe0f\u20e3\u2022\u203b]+"
)
_HEAD = re.compile(
    r"^(?:[\s√✓✔·•→➔➡⇒]+|[*\-]\s+|[（(]?\d{1,2}(?:[)）、．](?!\d)|[。.]\s*(?=[\u4e00-\u9fff]))"
    r"|[①-⑳]|@\S+\s+|[一二三四五六七八九十]{1,2}、(?![一二三四五六七八九十])|\d{1,2}[.、．)）](?=$|(?:1[0-2]|\d)月))+"
)
_TAG = re.compile(r"【(?!待补)([^【】\n]{1,20})】\s*[：:]?")
_OFFICE = re.compile(r"^\s*[（(]([\u4e00-\u9fff]{2,8})[)）]\s*")
_STRAIGHT = re.compile(r"\"([^\"“”\n]{1,60})\"")
_MASK = re.compile(
    r"(?P<mask>[XxＸ×]{2,}|[*＊]{2,}|[○〇]{2,}|_{3,}|(?<![\d*])\*(?=[个件次人户万亿名家条场处元亩项年月])(?!\d))"
    r"(?![A-Za-z\d])"
)
_COUNTED = re.compile(
    r"[多余]?(?:个(?!人)|件|次|人(?![民大])|户|[万亿]|名|家|条|场|处|元|亩|项|份|期|篇|起|[%％])"
)
_DATED = re.compile(r"[年月日]")
_WIDE = str.maketrans({chr(c + 0xFEE0): chr(c) for c in map(ord, "kmghtwKMGHTW")})


def strip_marks(text: str) -> str:
    """Return the text without the marks of layout; masks become 【待补：…】.

    Emoji, stickers ([抱拳]), offices' tags and bullets go; “” replace straight quotes;
    measures in Latin letters (km, ㎡, t) are written out after a figure.
    """
    text = _without_markup(text)
    text = PICTURES.sub("", _stickers().sub("", text))
    text = _TAG.sub(lambda m: "" if is_office(m[1], marked=True) else m[1], text)
    text = _OFFICE.sub(lambda m: "" if is_office(m[1], marked=True) else m[0], text)
    text = _HEAD.sub("", text)
    text = _STRAIGHT.sub(r"“\1”", text)
    text = _MASK.sub(_asked, text)
    return _measures(text)


def _without_markup(text: str) -> str:
    text = html.unescape(_LINE_BREAK.sub("；", text)) if "<" in text or "&" in text else text
    text = _BROKEN_HTML.sub("", HTML.sub("", text)).replace("\xa0", " ")
    text = _LINE_MARKS.sub("", LINK.sub(r"\1", text))
    text = _BOLD.sub(lambda m: m[2] or m[3], text)
    return _STRAY_BOLD.sub(r"\1", _CODE.sub("", text)).strip()


def _asked(match: re.Match[str]) -> str:
    behind = match.string[match.end() :]
    if _COUNTED.match(behind):
        return "【待补：准确数】"
    return "【待补：时间】" if _DATED.match(behind) else "【待补：名称】"


@cache
def _stickers() -> re.Pattern[str]:
    names = "|".join(map(re.escape, lexicon("writing", "stickers.txt")))
    return re.compile(rf"\[(?:{names})\]")


@cache
def _latin() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = [line.split("\t") for line in lexicon("writing", "latin_measures.tsv")]
    written = {row[0]: row[1] for row in rows}
    names = "|".join(map(re.escape, sorted(written, key=len, reverse=True)))
    word = "(?<=平)[均台安原整时常稳价行川坝]"  # 2平台, 12平均
    pattern = rf"(?P<figure>\d\s?[万亿]?余?)(?P<unit>{names})(?![A-Za-z\d²³³米公千厘方/]|{word})"
    return re.compile(pattern), written


def _measures(text: str) -> str:
    pattern, written = _latin()
    text = re.sub(r"(?<=\d)[ｋｍｇｈｔｗＫＭＧＨＴＷ]{1,2}", lambda m: m[0].translate(_WIDE), text)
    text = _DENSITY.sub(lambda m: f"每立方米{m['figure']}{_DENSE[m['unit']]}克", text)
    return pattern.sub(lambda m: m["figure"].replace(" ", "") + written[m["unit"]], text)


_DENSE = {"μ": "微", "µ": "微", "m": "毫", "微": "微", "毫": "毫"}
_DENSITY = re.compile(
    r"(?P<figure>\d+(?:\.\d+)?)\s?(?P<unit>[μµm微毫])[g克][/／](?:m³|m3|M3|立方米|立方)"
)
