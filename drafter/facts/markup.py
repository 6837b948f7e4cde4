"""Markdown and HTML in pasted notes, signs that a reader never sees; pictures (✅, [强]).

Signs are veiled, not cut: the text keeps its length, so that offsets stay true, and
``normalise.clean`` drops the veil (U+200B) when the wording is taken.
"""

from __future__ import annotations

import html
import re
from functools import cache

from drafter.resources import lexicon

VEIL = "\u200b"
_TRACES = re.compile(r"[*#>`&<\[_~]")
_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\u2607-\u260f\u2614-\u26ff\u2705-\u2712\u2728-\u27a3\ufe0f]+"
)
_OPENING = re.compile(r"^\s*(?:>\s*)*(?:#{2,6}\s*|#\s+)?")
_HEADING = re.compile(r"^\s*(?:>\s*)*(?:#{2,6}\s*|#\s+)(?=[^#\s])")
_BOLD = re.compile(r"(?<![\u4e00-\u9fff\w])(?P<sign>\*\*|__)(?=\S)[^*_，。；\n]{1,40}?(?P=sign)")
_STRUCK = re.compile(r"~~(?=[^\s~])[^~\n]{1,300}?(?<=[^\s~])~~")
_LABEL = re.compile(r"(?P<sign>\*\*|__)(?=\S)[^*_，。；\n]{1,40}[：:](?P=sign)")
_SLANTED = re.compile(r"^\s*\*(?=[^*\s])[^*\n]{1,40}(?<=[^*\s])\*(?=\s*$)")
_LINK = re.compile(r"!?\[(?P<text>[^\]\n]{0,80})\]\((?P<to>[^()\s]{1,300})\)")
_TAG = re.compile(
    r"</?(?:p|br|b|strong|em|i|u|s|span|div|font|li|ul|ol|h[1-6]|sup|sub|center|hr)\b[^<>\n]{0,200}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_BOX = re.compile(r"(?<=[-*+•] )\[[ xX√]\](?=\s)")
_CODE = re.compile(r"`+")


def veiled(line: str) -> str:
    """Return a line of the same length: Markdown, HTML and little pictures veiled, entities read.

    ``- **党建**：学习6次&nbsp;`` reads ``- 党建：学习6次``, what is struck out (~~3次~~) is veiled
    whole; what is no markup (3*2, <script>, ****万元) stays as it is.
    """
    line = _PICTURES.sub(lambda m: VEIL * len(m[0]), line)
    if "[" in line:
        line = _signs().sub(lambda m: VEIL * len(m[0]), line)
    if not _TRACES.search(line):
        return line
    line = _STRUCK.sub(lambda m: VEIL * len(m[0]), line)
    line = _BOX.sub(lambda m: VEIL * len(m[0]), _ENTITY.sub(_entity, line))
    line = _OPENING.sub(lambda m: VEIL * len(m[0]), line, count=1)
    for pattern in (_LABEL, _BOLD):
        line = pattern.sub(_without_signs, line)
    line = _SLANTED.sub(lambda m: m[0].replace("*", VEIL), line)
    line = _LINK.sub(_link, line)
    line = _TAG.sub(lambda m: VEIL * len(m[0]), line)
    return _CODE.sub(lambda m: VEIL * len(m[0]), line)


def struck_out(line: str) -> list[tuple[int, int]]:
    """Return the spans of a line that are struck out (~~118户~~), for a person to see."""
    return [match.span() for match in _STRUCK.finditer(line)]


def is_marked_heading(line: str) -> bool:
    """Tell whether a line is a heading by its Markdown sign (## 一、党建)."""
    return _HEADING.match(line) is not None


@cache
def _signs() -> re.Pattern[str]:
    """Return the pattern of pictures that a copied chat writes out: [强], [玫瑰]."""
    return re.compile(rf"\[(?:{'|'.join(lexicon('facts', 'chat_signs.txt'))})\]")


def _entity(match: re.Match[str]) -> str:
    read = html.unescape(match[0])
    shown = " " if read.isspace() else read if len(read) == 1 and read.isprintable() else ""
    return shown + VEIL * (len(match[0]) - len(shown))


def _without_signs(match: re.Match[str]) -> str:
    sign = len(match["sign"])
    return VEIL * sign + match[0][sign:-sign] + VEIL * sign


def _link(match: re.Match[str]) -> str:
    before = match[0].index("[") + 1
    behind = len(match[0]) - before - len(match["text"])
    return VEIL * before + match["text"] + VEIL * behind
