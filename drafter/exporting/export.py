"""A Draft as a .docx in the layout of GB/T 9704-2012, or in an office's own template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from drafter.chinese.normalise import clean
from drafter.domain import Draft
from drafter.errors import ExportError
from drafter.exporting.annex import annex_xml
from drafter.exporting.content import OPEN_TITLE, own_text
from drafter.exporting.document import block_xml
from drafter.exporting.flow import flow, one_line, sources
from drafter.exporting.label import aigc
from drafter.exporting.landscape import footers_across, has_across, turned
from drafter.exporting.package import Paper, Properties, build
from drafter.exporting.pages import settle
from drafter.exporting.profile import Profile, as_profile
from drafter.exporting.review import comments_xml
from drafter.exporting.review import review as review_notes
from drafter.exporting.stamp import created_at
from drafter.exporting.template import Filled, fill_in


def export_docx(
    draft: Draft,
    review: bool = False,
    annex: bool = False,
    profile: Profile | Mapping[str, Any] | str | None = None,
    *,
    today: date | None = None,
    template: bytes | None = None,
) -> bytes:
    """Return the draft as a .docx: the same draft, profile, template and date give the same bytes.

    ``review`` adds a comment on each finding, ``annex`` the table of evidence. ``profile`` is a
    Profile, the name of one that comes with the program, or the values that differ from the
    standard. ``today`` dates the file where the draft has no issue date. ``template`` is an
    office's own .docx (see ``fill_template``). Raises ExportError for a draft without sections,
    SettingsError for a bad profile, UnreadableFile or HostileFile for a bad template.
    """
    if template is not None:
        return fill_template(draft, template, profile, review, annex, today=today).data
    chosen = as_profile(profile)
    return build(_compose(draft, review, annex, today, chosen), chosen)


def fill_template(
    draft: Draft,
    template: bytes,
    profile: Profile | Mapping[str, Any] | str | None = None,
    review: bool = False,
    annex: bool = False,
    *,
    today: date | None = None,
) -> Filled:
    """Return the draft in an office's .docx, and where that is not as the profile has it.

    The template keeps its page, header, footer and styles; styles that it lacks are added. The
    paper goes where a paragraph says 【正文】, else in place of all text. Raises ExportError for a
    draft without sections, UnreadableFile for a damaged template, HostileFile for one with macros
    or with parts outside the file.
    """
    compose: Callable[[Profile], Paper] = partial(_compose, draft, review, annex, today)
    return fill_in(compose, template, as_profile(profile))


def _compose(
    draft: Draft, review: bool, annex: bool, today: date | None, profile: Profile
) -> Paper:
    """Return the paper for a page as ``profile`` has it."""
    if not isinstance(draft, Draft):
        raise ExportError(f"要导出的应是一份初稿，现在是 {type(draft).__name__}，请检查。")
    if not draft.sections:
        raise ExportError("初稿里没有栏目，无法导出，请先起草或添加栏目。")
    own = own_text(draft)
    blocks = settle(turned(flow(draft, profile, annex), profile), profile)
    notes = review_notes(draft, own, profile, sources(blocks)) if review else None
    body = [block_xml(block, profile, notes.marks if notes else None) for block in blocks]
    if annex:
        body.append(annex_xml(draft, own, profile))
    described = properties(draft, profile, today)
    comments = comments_xml(notes, profile, described.created) if notes else ""
    footers = footers_across(profile) if has_across(blocks) else {}
    return Paper(tuple(body), described, comments, footers)


def properties(draft: Draft, profile: Profile, today: date | None) -> Properties:
    """Return what a paper's file says about itself."""
    unit = one_line(draft.unit)
    return Properties(
        title=one_line(draft.title) or OPEN_TITLE,
        author=unit or profile.author,
        company=unit,
        created=created_at(draft, today),
        aigc=clean(aigc(draft, own_text(draft), profile)),
    )
