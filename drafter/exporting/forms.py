"""The other forms of a paper: plain text, Markdown, HTML. All hold the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from drafter.domain import Draft
from drafter.errors import ExportError
from drafter.exporting.content import own_text
from drafter.exporting.flow import Block, flow, one_line
from drafter.exporting.label import aigc
from drafter.exporting.profile import Profile, as_profile
from drafter.exporting.wordxml import OPEN_PLACE, Raw, fill

AnyProfile = Profile | Mapping[str, Any] | str | None

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")
_LIST_LIKE = re.compile(r"^(\s*\d*)([#+.-])(?=[\s#])")
_INDENTED = frozenset({"GwBody", "GwNote", "Heading1", "Heading2", "Heading3", "Heading4"})


def _blocks(draft: Draft, profile: AnyProfile) -> list[Block]:
    if not draft.sections:
        raise ExportError("初稿里没有栏目，无法导出，请先起草或添加栏目。")
    return flow(draft, as_profile(profile))


def export_text(draft: Draft, profile: AnyProfile = None) -> str:
    """Return plain text: one paragraph a line, two full-width spaces in, signature and date right.

    Raises ExportError for a draft without sections.
    """
    return "\n".join(_text_lines(_blocks(draft, profile))) + "\n"


def _text_lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if block.rows:
            yield from ("\t".join(row) for row in block.rows)
        elif block.style == "Title":
            yield block.text.replace("\n", "")
        elif block.style in ("GwSignature", "GwDate"):
            yield "　" * max(int(26 - len(block.text)), 0) + block.text
        else:
            yield f"　　{block.text}" if block.style in _INDENTED or block.left else block.text


def export_markdown(draft: Draft, profile: AnyProfile = None) -> str:
    """Return Markdown: the title is #, 一、 is ##, and so on; nothing in the text acts as markup.

    Raises ExportError for a draft without sections.
    """
    pieces = [_markdown(block) for block in _blocks(draft, profile) if block.text or block.rows]
    return "\n\n".join(pieces) + "\n"


def _markdown(block: Block) -> str:
    if block.rows:
        head, *rest = [f"| {' | '.join(map(_plain, row))} |" for row in block.rows]
        rule = "|" + " --- |" * len(block.rows[0])
        return "\n".join([head, rule, *rest])
    text = _plain(block.text.replace("\n", ""))
    if block.style == "Title":
        return f"# {text}"
    if block.style.startswith("Heading"):
        return f"{'#' * (int(block.style[-1]) + 1)} {text}"
    return text


def _plain(text: str) -> str:
    return _LIST_LIKE.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))


def export_html(draft: Draft, profile: AnyProfile = None) -> str:
    """Return one HTML page that loads nothing from elsewhere; all text is escaped.

    Raises ExportError for a draft without sections.
    """
    chosen = as_profile(profile)
    blocks = _blocks(draft, chosen)
    body = "\n".join(_html(block, _after_gap(blocks, i)) for i, block in enumerate(blocks))
    found = aigc(draft, own_text(draft), chosen)
    metadata = f'\n<meta name="AIGC" content="{escape(found)}">' if found else ""
    return fill(
        "page.html",
        title=one_line(draft.title),
        author=one_line(draft.unit) or chosen.author,
        metadata=Raw(metadata),
        body=Raw(re.sub(r"\n{2,}", "\n", body)),
    )


def _after_gap(blocks: Sequence[Block], index: int) -> bool:
    return index > 2 and not (blocks[index - 1].text or blocks[index - 1].rows)


def _html(block: Block, gap: bool) -> str:
    if block.rows:
        head, *rest = block.rows
        rows = [_html_row(head, "th"), *(_html_row(row, "td") for row in rest)]
        return f"<table>\n{chr(10).join(rows)}\n</table>"
    if not block.text:
        return ""
    if block.style == "Title":
        return f"<h1>{'<br>'.join(map(escape, block.text.split(chr(10))))}</h1>"
    inside = _marked(block)
    if block.style.startswith("Heading"):
        tag = f"h{int(block.style[-1]) + 1}"
        return f"<{tag}>{inside}</{tag}>"
    names = _CLASSES.get(block.style, "") + (" gap" if gap else "")
    style = f' style="margin-right:{block.right:g}em"' if block.right else ""
    attribute = f' class="{names.strip()}"' if names.strip() else ""
    return f"<p{attribute}{style}>{inside}</p>"


_CLASSES = {"GwAddressee": "flush", "GwSignature": "right", "GwDate": "right"}


def _html_row(cells: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"


def _marked(block: Block) -> str:
    """Return escaped text, its run-in heading in a span, what is open marked."""
    yellow: Callable[[re.Match[str]], str] = lambda m: f"<mark>{m.group()}</mark>"  # noqa: E731
    lead, rest = block.text[: block.lead], block.text[block.lead :]
    if lead and block.lead_style == "Heading2Char":
        return f'<span class="level2">{escape(lead)}</span>{OPEN_PLACE.sub(yellow, escape(rest))}'
    return OPEN_PLACE.sub(yellow, escape(block.text))
