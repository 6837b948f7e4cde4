"""A revision: the new version with tracked changes against the old one, to accept or reject.

w:ins and w:del are written a changed run at a time (ECMA-376 part 1, 17.13.5); python-docx has no
call for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
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
from drafter.exporting.wordxml import attribute, paragraph, run, runs, table


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
    ExportError where one of them has no sections, SettingsError for a bad profile, UnreadableFile
    or HostileFile for a bad template.
    """
    if not (old.sections and new.sections):
        raise ExportError("两个版本中有一个没有栏目，无法生成修订稿，请先检查版本。")

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
            elif old[before].text == new[after].text:
                yield block_xml(new[after], self.profile)
            else:
                yield self._changed(old[before], new[after])

    def _mark(self, kind: str) -> str:
        self.count += 1
        return f'w:{kind} w:id="{self.count}" {self.who}'

    def _deleted(self, text: str) -> str:
        """Return a deleted run; its text is w:delText."""
        return f"<{self._mark('del')}>{run(text, tag='delText')}</w:del>" if text else ""

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
            return paragraph(style, self._deleted(block.text))
        return paragraph(style, self._inserted(block, 0, len(block.text)))

    def _table(self, block: Block, kind: str) -> str:
        """Return a table whose every row is inserted or deleted."""
        widths = column_widths(block.rows, self.profile.width)
        rows = [[plain_cell(cell, "GwCell") for cell in cells] for cells in block.rows]
        return table(rows, widths, heads=0, tracked=lambda: f"<{self._mark(kind)}/>")

    def _changed(self, old: Block, new: Block) -> str:
        """Return a paragraph with its changed runs; fonts are those of the new version."""
        content, place = [], 0
        for kind, text in differences(old.text, new.text):
            if kind == "-":
                content.append(self._deleted(text))
                continue
            make = self._kept if kind == "=" else self._inserted
            content.append(make(new, place, place + len(text)))
            place += len(text)
        return paragraph(paragraph_style(new, self.profile), "".join(content))


def _key(block: Block) -> str:
    """Return what a block is compared by; styles keep a heading from pairing with text."""
    return "\n".join("\t".join(row) for row in block.rows) or f"{block.text}"
