"""A paper filled into an office's own .docx: its page, styles, header; then measured again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafter.errors import HostileFile, SettingsError, UnreadableFile
from drafter.exporting import foreign
from drafter.exporting.document import RELATIONS, document_xml
from drafter.exporting.measure import Deviation, Styles, measure
from drafter.exporting.package import Paper, styles_xml, zipped
from drafter.exporting.profile import PAGE_HEIGHT, PAGE_WIDTH, Profile, checked
from drafter.exporting.wordread import DAMAGE, parse_part
from drafter.exporting.wordxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

LARGEST = 50_000_000  # bytes, unpacked
TEXT = "公文正文"
SINGLE = 240  # w:line of single spacing
NATURAL = 1.3  # a line by itself, in sizes of its font: 1.14 in 仿宋, 1.45 in what stands in for it
USUAL_SIZE = 20  # half points, where nothing in a file says a size
HERE = "【正文】"
"""Where the paper goes, if a paragraph of the template holds this; else it replaces all text."""

_STYLE_REFERENCES = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
_COMMENT_PLACES = ("commentRangeStart", "commentRangeEnd", "commentReference")


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled template, and where it is not as the profile has it."""

    data: bytes
    deviations: tuple[Deviation, ...]


def fill_in(compose: Callable[[Profile], Paper], template: bytes, profile: Profile) -> Filled:
    """Return the paper in an office's template; styles that it lacks are added, its own stay.

    ``compose`` makes the paper for the page that the template has. Raises UnreadableFile for a
    damaged template, HostileFile for one with macros or with parts outside the file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            package = foreign.opened(_parts(archive))
            document = parse_part(archive, "word/document.xml")
            styles = parse_part(archive, "word/styles.xml")
    except DAMAGE as error:
        raise UnreadableFile(
            "模板不是完好的 .docx，请用 Word 或 WPS 另存为 .docx 再试。"
        ) from error
    paper = compose(_fitted(profile, document, Styles(styles)))
    body = _body(paper, profile)
    _rename(body, _adopt(styles, profile))
    _comment(body, paper, package)
    _place(document, body, _sections(body, document, paper, package))
    _forget(document, package)
    package.put("word/document.xml", document)
    package.put("word/styles.xml", styles)
    foreign.describe(package, paper.properties)
    data = zipped(package.parts)
    return Filled(data, tuple(measure(data, profile)))


def _parts(archive: zipfile.ZipFile) -> dict[str, str | bytes]:
    """Return the template's parts. Raises HostileFile for macros and parts outside the file."""
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if sum(info.file_size for info in archive.infolist()) > LARGEST:
        raise HostileFile("模板解压后过大，请删去图片后再用。")
    if not {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"} <= set(names):
        raise UnreadableFile("模板缺少必要的部件，请用 Word 或 WPS 另存为 .docx 再试。")
    if any("vbaProject" in name for name in names):
        raise HostileFile("模板里有宏，请另存为不含宏的 .docx 再用。")
    for name in names:
        if name.endswith(".rels") and b'TargetMode="External"' in archive.read(name):
            raise HostileFile("模板引用了文件以外的内容，请断开链接、另存后再用。")
    return {name: archive.read(name) for name in names}


def _tag(name: str) -> str:
    return f"{{{W}}}{name}"


def _last_section(document: _Element) -> _Element | None:
    return document.find(f"{_tag('body')}/{_tag('sectPr')}")


def _fitted(profile: Profile, document: _Element, styles: Styles) -> Profile:
    """Return the profile with the template's text block, lines and title, if it has the room."""
    section = _last_section(document)
    size = None if section is None else section.find(_tag("pgSz"))
    margins = None if section is None else section.find(_tag("pgMar"))
    if size is None or margins is None:
        return profile
    sides = {name: _twips(margins, name) for name in ("top", "right", "bottom", "left", "footer")}
    try:
        return checked(
            replace(
                profile,
                top=max(sides["top"], 0),
                bottom=max(sides["bottom"] + PAGE_HEIGHT - _twips(size, "h"), 0),
                left=sides["left"],
                right=max(sides["right"] + PAGE_WIDTH - _twips(size, "w"), 0),
                footer=sides["footer"],
                title_size=_half_points(styles.value("Title", "rPr/sz"), profile.title_size),
                title_line=_line(styles, "Title", section, profile.title_line),
                line_pitch=_line(styles, _text_style(styles), section, profile.line_pitch),
                spacing=_character(styles, profile) - profile.pitch + profile.spacing,
                spaces=tuple(_spaces(styles, profile)),
            )
        )
    except SettingsError:
        return profile


def _twips(element: _Element, name: str) -> int:
    found = element.get(_tag(name), "0")
    return int(found) if found.lstrip("-").isdecimal() else 0


def _text_style(styles: Styles) -> str:
    """Return the style that the text gets: ours where the template has it, else what ours is on."""
    return TEXT if TEXT in styles.ids else "Normal"


def _line(styles: Styles, style: str, section: _Element, otherwise: int) -> int:
    """Return the height of a style's lines in twips; ``otherwise`` where the template lacks it.

    Lines of a fixed height have that. Others are as high as the font asks, in whole lines of the
    section's grid where there is one.
    """
    if style.lower() not in styles.ids:
        return otherwise
    written = styles.value(style, "pPr/spacing", "line")
    line = int(written) if written.isdecimal() else SINGLE
    if styles.value(style, "pPr/spacing", "lineRule") == "exact":
        return line
    if styles.value(style, "pPr/spacing", "lineRule") == "atLeast":
        return max(line, _natural(styles, style))
    natural = _natural(styles, style) * line // SINGLE
    grid = section.find(_tag("docGrid"))
    step = 0 if grid is None else _twips(grid, "linePitch")
    is_grid = grid is not None and grid.get(_tag("type"), "default") != "default"
    return -(-natural // step) * step if is_grid and step > 0 else natural


def _spaces(styles: Styles, profile: Profile) -> Iterator[tuple[str, int]]:
    """Yield how much is above and below the paragraphs of each of our styles, in twips."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - only for templates

    ours = Styles(etree.fromstring(styles_xml(profile).encode()))
    for name, number in ours.ids.items():
        held = name if name in styles.ids else "Normal"
        sides = (styles.value(held, "pPr/spacing", side) for side in ("before", "after"))
        space = sum(int(side) for side in sides if side.isdecimal())
        if space:
            yield number, space


def _natural(styles: Styles, style: str) -> int:
    """Return the height in twips that a line of a style's font takes by itself."""
    return int(10 * _half_points(styles.value(style, "rPr/sz"), USUAL_SIZE) * NATURAL)


def _character(styles: Styles, profile: Profile) -> int:
    """Return the width of a character of the text in twips, its extra space included."""
    style = _text_style(styles)
    if style.lower() not in styles.ids:
        return profile.pitch
    size = styles.value(style, "rPr/sz")
    extra = styles.value(style, "rPr/spacing")
    spaced = int(extra) if extra.lstrip("-").isdecimal() else 0
    return 10 * _half_points(size, USUAL_SIZE) + spaced


def _half_points(size: str, otherwise: int) -> int:
    return int(size) if size.isdecimal() else otherwise


def _body(paper: Paper, profile: Profile) -> _Element:
    """Return the body of the paper alone, without its last section."""
    from lxml import etree  # noqa: PLC0415 - only for templates

    body = etree.fromstring(document_xml(paper.body, profile).encode()).find(_tag("body"))
    body.remove(body.find(_tag("sectPr")))
    return body


def _rename(element: _Element, names: Mapping[str, str]) -> None:
    for tag in _STYLE_REFERENCES:
        for found in element.iter(_tag(tag)):
            number = found.get(_tag("val"), "")
            found.set(_tag("val"), names.get(number, number))


def _adopt(styles: _Element, profile: Profile) -> dict[str, str]:
    """Add to the template the styles that it lacks; return its ids for ours."""
    from lxml import etree  # noqa: PLC0415 - only for templates

    theirs = Styles(styles)
    ours = Styles(etree.fromstring(styles_xml(profile).encode()))
    names = {i: theirs.ids[name] for name, i in ours.ids.items() if name in theirs.ids}
    names["Normal"] = theirs.default or names.get("Normal", "Normal")
    missing = [style for number, style in ours.by_id.items() if number not in names]
    names |= {number: number for number in _ids(missing) if number not in theirs.by_id}
    names |= {n: f"Drafter{n}" for n in _ids(missing) if n in theirs.by_id}
    for style in missing:
        added = deepcopy(style)
        added.set(_tag("styleId"), names[added.get(_tag("styleId"))])
        _rename(added, names)
        styles.append(added)
    return names


def _ids(styles: Sequence[_Element]) -> Iterator[str]:
    return (str(style.get(_tag("styleId"))) for style in styles)


def _sections(
    body: _Element, document: _Element, paper: Paper, package: foreign.Package
) -> list[_Element]:
    """Give the paper's own sections the template's page, upright or turned; return them."""
    found = list(body.iter(_tag("sectPr")))
    theirs = _last_section(document)
    if not found or theirs is None:
        return found
    footers = [package.add(f"word/{n}", text, "footer") for n, text in paper.footers.items()]
    made = []
    for ours in found:
        size = ours.find(_tag("pgSz"))
        across = size is not None and size.get(_tag("orient")) == "landscape"
        section = _turned(theirs, footers) if across else deepcopy(theirs)
        ours.getparent().replace(ours, section)
        made.append(section)
    return made


def _turned(theirs: _Element, footers: Sequence[str]) -> _Element:
    """Return a section as the template has it, turned: its upright left is the top."""
    from lxml import etree  # noqa: PLC0415 - only for templates

    section = deepcopy(theirs)
    for name in ("headerReference", "footerReference"):
        for reference in section.findall(_tag(name)):
            section.remove(reference)
    for place, (kind, number) in enumerate(zip(("default", "even"), footers, strict=False)):
        reference = etree.Element(_tag("footerReference"))
        reference.set(_tag("type"), kind)
        reference.set(f"{{{RELATIONS}}}id", number)
        section.insert(place, reference)
    size, margins = section.find(_tag("pgSz")), section.find(_tag("pgMar"))
    if size is not None:
        width, height = size.get(_tag("w")), size.get(_tag("h"))
        size.attrib.update({_tag("w"): height, _tag("h"): width, _tag("orient"): "landscape"})
    if margins is not None:
        old = {name: margins.get(_tag(name), "0") for name in ("top", "right", "bottom", "left")}
        turn = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
        margins.attrib.update({_tag(new): old[was] for new, was in turn.items()})
    return section


def _place(document: _Element, ours: _Element, sections: Sequence[_Element]) -> None:
    """Put the paper where the template says, or in place of its text; its last section stays.

    Within a table cell or a control there can be no section: wide tables stay upright there.
    """
    body = document.find(_tag("body"))
    if body is None:
        raise UnreadableFile("模板里没有正文，请检查后再用。")
    marked = next((p for p in body.iter(_tag("p")) if HERE in "".join(p.itertext())), None)
    parent, place = body, 0
    if marked is None:
        for child in [c for c in body if c.tag != _tag("sectPr")]:
            body.remove(child)
    else:
        parent = marked.getparent()
        place = parent.index(marked)
        parent.remove(marked)
    for section in sections if parent is not body else ():
        section.getparent().remove(section)
    for number, element in enumerate(list(ours)):
        parent.insert(place + number, element)


def _comment(body: _Element, paper: Paper, package: foreign.Package) -> None:
    """Add the paper's comments, numbered behind those of the template."""
    from lxml import etree  # noqa: PLC0415 - only for templates

    if not paper.comments:
        return
    name = package.related("comments")
    if name not in package.parts:
        package.add("word/comments.xml", paper.comments, "comments")
        return
    theirs, ours = package.root(name), etree.fromstring(paper.comments.encode())
    first = 1 + max((int(c.get(_tag("id"), "0")) for c in theirs), default=-1)
    marks = (mark for tag in _COMMENT_PLACES for mark in body.iter(_tag(tag)))
    for element in (*marks, *ours):
        element.set(_tag("id"), str(int(element.get(_tag("id"))) + first))
    theirs.extend(list(ours))
    package.put(name, theirs)


def _forget(document: _Element, package: foreign.Package) -> None:
    """Leave out the template's comments whose words have gone."""
    name = package.related("comments")
    if name not in package.parts:
        return
    comments = package.root(name)
    anchored = {e.get(_tag("id")) for e in document.iter(_tag("commentReference"))}
    for comment in [c for c in comments if c.get(_tag("id")) not in anchored]:
        comments.remove(comment)
    package.put(name, comments)
