"""A Draft as a .docx in the layout of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from drafter.chinese.normalise import clean
from drafter.domain import Draft
from drafter.errors import ExportError
from drafter.exporting.annex import annex_xml
from drafter.exporting.content import OPEN_TITLE, own_text
from drafter.exporting.document import block_xml, document_xml
from drafter.exporting.flow import flow, one_line
from drafter.exporting.label import aigc
from drafter.exporting.landscape import footers_across, has_across, turned
from drafter.exporting.package import Properties, build
from drafter.exporting.pages import settle
from drafter.exporting.profile import Profile, as_profile
from drafter.exporting.review import comments_xml
from drafter.exporting.review import review as review_notes
from drafter.exporting.stamp import created_at


def export_docx(
    draft: Draft,
    review: bool = False,
    annex: bool = False,
    profile: Profile | Mapping[str, Any] | str | None = None,
    *,
    today: date | None = None,
) -> bytes:
    """Return the draft as a .docx: the same draft, profile and date give the same bytes.

    ``review`` adds a comment on each finding, ``annex`` the table of evidence. ``profile`` is a
    Profile, the name of one that comes with the program, or the values that differ from the
    standard. ``today`` dates the file where the draft has no issue date. Raises ExportError for a
    draft without sections, SettingsError for a bad profile.
    """
    if not draft.sections:
        raise ExportError("初稿里没有栏目，无法导出，请先起草或添加栏目。")
    chosen = as_profile(profile)
    created = created_at(draft, today)
    own = own_text(draft)
    notes = review_notes(draft, own, chosen) if review else None
    marks = notes.marks if notes else None
    blocks = settle(turned(flow(draft, chosen, annex), chosen), chosen)
    body = [block_xml(block, chosen, marks) for block in blocks]
    if annex:
        body.append(annex_xml(draft, own, chosen))
    properties = Properties(
        title=one_line(draft.title) or OPEN_TITLE,
        author=one_line(draft.unit) or chosen.author,
        company=one_line(draft.unit),
        created=created,
        aigc=clean(aigc(draft, own, chosen)),
    )
    comments = comments_xml(notes, chosen, created) if notes else ""
    more = footers_across(chosen) if has_across(blocks) else {}
    return build(document_xml(body, chosen), chosen, properties, comments, more)
