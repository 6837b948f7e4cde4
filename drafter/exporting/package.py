"""The parts of a .docx put together: the same draft and date give the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from drafter.exporting.document import RELATIONS, document_xml
from drafter.exporting.profile import Profile
from drafter.exporting.wordxml import PARTS, Raw, W, fill, run

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OOXML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STAMP = (1980, 1, 1, 0, 0, 0)  # the zip format's earliest: no clock in the bytes
MARGIN_CHAR = 280  # one character of 14 pt, 7.5


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself: ``created`` as W3CDTF, ``aigc`` the metadata or ""."""

    title: str
    author: str
    company: str
    created: str
    aigc: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper before it is put into a package: ready XML.

    ``body`` are its paragraphs and tables, ``comments`` the part or "", ``footers`` those of pages
    across, by name, odd pages first.
    """

    body: tuple[str, ...]
    properties: Properties
    comments: str = ""
    footers: Mapping[str, str] = field(default_factory=dict)


def build(paper: Paper, profile: Profile) -> bytes:
    """Return the .docx."""
    footers = _footers(profile) | dict(paper.footers)
    parts = {
        "word/document.xml": document_xml(paper.body, profile),
        "word/styles.xml": styles_xml(profile),
        "word/settings.xml": _settings(profile),
        "word/fontTable.xml": _font_table(profile),
        **{f"word/{name}": text for name, text in footers.items()},
        "docProps/core.xml": core_xml(paper.properties),
        "docProps/app.xml": fill("app.xml", company=paper.properties.company),
    }
    if paper.comments:
        parts["word/comments.xml"] = paper.comments
    if paper.properties.aigc:
        parts["docProps/custom.xml"] = fill("custom.xml", value=paper.properties.aigc)
    return zipped({**_index(parts), **parts})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file whose bytes depend on the parts alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def styles_xml(profile: Profile) -> str:
    """Return word/styles.xml for a profile."""
    fonts = {
        "title": profile.title_font,
        "heading": profile.heading_font,
        "subheading": profile.subheading_font,
        "body": profile.body_font,
    }
    digits = {f"digits_{name}": profile.digit_font or font for name, font in fonts.items()}
    return fill(
        "styles.xml",
        **{f"{name}_font": font for name, font in fonts.items()},
        **digits,
        page_number_font=profile.page_number_font,
        line_pitch=profile.line_pitch,
        spacing=profile.spacing,
        title_line=profile.title_line,
        title_size=profile.title_size,
        indent=2 * profile.pitch,
    )


def _settings(profile: Profile) -> str:
    odd = "<w:evenAndOddHeaders/>" if profile.page_number == "outside" else ""
    return fill("settings.xml", even_and_odd=Raw(odd), line_pitch=profile.line_pitch)


@cache
def _known_fonts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        (PARTS / "fonts.json").read_text(encoding="utf-8")
    )
    return found


def _font_table(profile: Profile) -> str:
    """Return the font table; a font's other names help a machine that has it under one of them."""
    used = {
        profile.body_font: None,
        profile.heading_font: None,
        profile.subheading_font: None,
        profile.title_font: None,
        profile.page_number_font: None,
        profile.digit_font: None,
    }
    fonts = "".join(_font(name) for name in used if name)
    return f'{_HEAD}<w:fonts xmlns:w="{W}">{fonts}</w:fonts>'


def _font(name: str) -> str:
    known = _known_fonts().get(name)
    if known is None:
        return f'<w:font w:name="{fill_name(name)}"><w:charset w:val="86"/></w:font>'
    return fill("font.xml", name=name, **known).strip()


def fill_name(name: str) -> str:
    """Return a font's name fit for an attribute."""
    return name.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _footers(profile: Profile) -> dict[str, str]:
    """Return the footers: — 1 — on odd pages right, on even pages left, a character in (7.5)."""
    if profile.page_number == "none":
        return {}
    if profile.page_number == "outside":
        odd = _footer(f'w:rightChars="100" w:right="{MARGIN_CHAR}"', "right", "1", dashes=True)
        even = _footer(f'w:leftChars="100" w:left="{MARGIN_CHAR}"', "left", "2", dashes=True)
        return {"footer1.xml": odd, "footer2.xml": even}
    dashes = profile.page_number == "centre"
    return {"footer1.xml": _footer('w:left="0"', "center", "1", dashes=dashes)}


def _footer(indent: str, align: str, number: str, *, dashes: bool) -> str:
    before, after = (run("— "), run(" —")) if dashes else ("", "")
    return fill(
        "footer.xml",
        indent=Raw(indent),
        align=align,
        before=Raw(before),
        after=Raw(after),
        number=number,
    )


def core_xml(properties: Properties) -> str:
    """Return docProps/core.xml."""
    return fill(
        "core.xml", title=properties.title, author=properties.author, created=properties.created
    )


_KINDS = {
    "word/document.xml": (f"{_OOXML}.document.main+xml", ""),
    "word/styles.xml": (f"{_OOXML}.styles+xml", "rId1"),
    "word/settings.xml": (f"{_OOXML}.settings+xml", "rId2"),
    "word/fontTable.xml": (f"{_OOXML}.fontTable+xml", "rId3"),
    "word/footer1.xml": (f"{_OOXML}.footer+xml", "rId4"),
    "word/footer2.xml": (f"{_OOXML}.footer+xml", "rId5"),
    "word/comments.xml": (f"{_OOXML}.comments+xml", "rId6"),
    "word/footer3.xml": (f"{_OOXML}.footer+xml", "rId7"),
    "word/footer4.xml": (f"{_OOXML}.footer+xml", "rId8"),
    "docProps/core.xml": ("application/vnd.openxmlformats-package.core-properties+xml", ""),
    "docProps/app.xml": (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "",
    ),
    "docProps/custom.xml": (
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "",
    ),
}
_ROOT_KINDS = {
    "word/document.xml": f"{RELATIONS}/officeDocument",
    "docProps/core.xml": f"{_PACKAGE}/relationships/metadata/core-properties",
    "docProps/app.xml": f"{RELATIONS}/extended-properties",
    "docProps/custom.xml": f"{RELATIONS}/custom-properties",
}


def _index(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the content types and the relations of exactly these parts."""
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_KINDS[name][0]}"/>' for name in parts
    )
    root = "".join(
        _relation(f"rId{number}", _ROOT_KINDS[name], name)
        for number, name in enumerate((n for n in _ROOT_KINDS if n in parts), 1)
    )
    word = "".join(
        _relation(_KINDS[name][1], _word_kind(name), name.removeprefix("word/"))
        for name in parts
        if _KINDS[name][1]
    )
    return {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{types}</Types>'
        ),
        "_rels/.rels": _relations(root),
        "word/_rels/document.xml.rels": _relations(word),
    }


def _word_kind(name: str) -> str:
    kind = name.removeprefix("word/").removesuffix(".xml").rstrip("1234")
    return f"{RELATIONS}/{kind}"


def _relations(inside: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _relation(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>'
