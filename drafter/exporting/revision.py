"""A revision: the new version with tracked changes against the old one, to accept or reject.

w:ins and w:del are written a changed run at a time (ECMA-376 part 1, 17.13.5); python-docx has no
call for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from drafter.domain import Draft
from drafter.errors import ExportError
from drafter.exporting.align import align, differences
from drafter.exporting.document import (
    block_xml,
    paragraph_style,
    plain_cell,
)
from drafter.exporting.export import properties
from drafter.exporting.flow import Block, flow
from drafter.exporting.package import Paper, build
from drafter.exporting.profile import Profile, as_profile
from drafter.exporting.tables import column_widths
from drafter.exporting.template import fill_in
from drafter.exporting.withheld import is_public
from drafter.exporting.wordxml import attribute, font_xml, paragraph, run, runs, style_xml, table


def export_revision(
    old: Draft,
    new: Draft,
    profile: Profile | Mapping[str, Any] | str | None = None,
    *,
    today: date | None = None,
    template: bytes | None = None,
) -> bytes:
    """Return ``new`` as a .docx in which every difference from ``old`` is a tracked change.

    Accepting all changes gives the text of ``new``, rejecting all that of ``old``. Raises
    ExportError where one of them has no sections, or where ``new`` is a public version and ``old``
    is not; SettingsError for a bad profile, UnreadableFile or HostileFile for a bad template.
    """
    if not (old.sections and new.sections):
        raise ExportError("两个版本中有一个没有栏目，无法生成修订稿，请先检查版本。")
    if is_public(new) and any(fact.internal for fact in old.facts):
        raise ExportError("修订稿会带出内部稿里的内容，公开版只能与公开版比，请换一个底稿。")

    def compose(profile: Profile) -> Paper:
        described = properties(new, profile, today)
        who = f'w:author="{attribute(profile.author)}" w:date="{described.created}"'
        body = _Writer(profile, who).body(flow(old, profile), flow(new, profile))
        return Paper(tuple(body), described)

    chosen = as_profile(profile)
    if template is not None:
        return fill_in(compose, template, chosen).data
    return build(compose(chosen), chosen)


@dataclass(slots=True)
class _Writer:
    """Writes blocks with their changes; ``count`` numbers the changes through the whole file."""

    profile: Profile
    who: str
    count: int = field(default=0)

    def body(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[str]:
        """Yield the paragraphs of both versions in one order."""
        for before, after in align([_key(b) for b in old], [_key(b) for b in new]):
            if before is None:
                yield self._whole(new[after or 0], "ins")
            elif after is None:
                yield self._whole(old[before], "del")
            elif old[before].rows != new[after].rows:
                yield self._whole(old[before], "del")
                yield self._whole(new[after], "ins")
            elif _is_same(old[before], new[after]):
                yield block_xml(new[after], self.profile)
            else:
                yield self._changed(old[before], new[after])

    def _mark(self, kind: str) -> str:
        self.count += 1
        return f'w:{kind} w:id="{self.count}" {self.who}'

    def _deleted(self, block: Block, start: int, end: int) -> str:
        """Return deleted runs as they were set; their text is w:delText."""
        cuts = sorted({start, end, min(max(block.lead, start), end)})
        return "".join(
            f"<{self._mark('del')}>{self._gone(block, a, b)}</w:del>" for a, b in pairwise(cuts)
        )

    def _gone(self, block: Block, start: int, end: int) -> str:
        style = block.lead_style if start < block.lead else ""
        return run(block.text[start:end], style=style, tag="delText")

    def _inserted(self, block: Block, start: int, end: int) -> str:
        """Return inserted runs."""
        return (
            f"<{self._mark('ins')}>{self._kept(block, start, end)}</w:ins>" if start < end else ""
        )

    def _kept(self, block: Block, start: int, end: int) -> str:
        """Return a stretch of a block's text as it is set in the whole paragraph."""
        highlight = self.profile.highlight_open
        return runs(block.text, block.lead, block.lead_style, highlight, part=(start, end))

    def _whole(self, block: Block, kind: str) -> str:
        """Return a block that is there in one version only."""
        if block.rows:
            return self._table(block, kind)
        style = paragraph_style(block, self.profile, f"<{self._mark(kind)}/>")
        if kind == "del":
            return paragraph(style, self._deleted(block, 0, len(block.text)))
        return paragraph(style, self._inserted(block, 0, len(block.text)))

    def _table(self, block: Block, kind: str) -> str:
        """Return a table whose every row is inserted or deleted."""
        widths = column_widths(block.rows, self.profile.width)
        rows = [[plain_cell(cell, "GwCell") for cell in cells] for cells in block.rows]
        return table(rows, widths, heads=0, tracked=lambda: f"<{self._mark(kind)}/>")

    def _changed(self, old: Block, new: Block) -> str:
        """Return a paragraph with its changed runs, and with what its style was before."""
        content, place, was = [], 0, 0
        for kind, text in differences(old.text, new.text):
            if kind == "-":
                content.append(self._deleted(old, was, was + len(text)))
            elif kind == "+":
                content.append(self._inserted(new, place, place + len(text)))
            else:
                content.append(self._same(old, new, (was, place), len(text)))
            place += len(text) if kind != "-" else 0
            was += len(text) if kind != "+" else 0
        style, before = (paragraph_style(block, self.profile) for block in (new, old))
        if style != before:
            mark = self._mark("pPrChange")
            change = f"<{mark}><w:pPr>{style_xml(before)}</w:pPr></w:pPrChange>"
            style = replace(style, change=change)
        return paragraph(style, "".join(content))

    def _same(self, old: Block, new: Block, places: tuple[int, int], length: int) -> str:
        """Return a stretch that both versions have; its font may be another one."""
        was, place = places
        edges = {0, length, old.lead - was, new.lead - place}
        pieces = []
        for start, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= length)):
            kept = self._kept(new, place + start, place + end)
            before = old.lead_style if was + start < old.lead else ""
            after = new.lead_style if place + start < new.lead else ""
            pieces.append(kept if before == after else self._restyled(kept, before))
        return "".join(pieces)

    def _restyled(self, runs_xml: str, before: str) -> str:
        """Return runs that say which character style they had before."""

        def marked(_end: object) -> str:
            mark = self._mark("rPrChange")
            return f"<{mark}><w:rPr>{font_xml(before)}</w:rPr></w:rPrChange></w:rPr>"

        return re.sub("</w:rPr>", marked, runs_xml)


def _is_same(old: Block, new: Block) -> bool:
    """Tell whether two blocks have the same words in the same fonts; rows are compared before."""
    return (old.text, old.style, old.lead, old.lead_style) == (
        new.text,
        new.style,
        new.lead,
        new.lead_style,
    )


def _key(block: Block) -> str:
    """Return what a block is compared by; styles keep a heading from pairing with text."""
    return "\n".join("\t".join(row) for row in block.rows) or f"{block.text}"
