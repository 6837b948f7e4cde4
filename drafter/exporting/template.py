"""A draft filled into an office's own .docx: its page, styles, header; then measured again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drafter.domain import Draft
from drafter.errors import ExportError, HostileFile, UnreadableFile
from drafter.exporting.content import own_text
from drafter.exporting.document import block_xml, document_xml
from drafter.exporting.flow import flow
from drafter.exporting.foreign import described, without_legacy
from drafter.exporting.label import aigc
from drafter.exporting.measure import Deviation, Styles, measure
from drafter.exporting.package import styles_xml, zipped
from drafter.exporting.pages import settle
from drafter.exporting.profile import Profile, as_profile
from drafter.exporting.wordread import DAMAGE, parse_part
from drafter.exporting.wordxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

LARGEST = 50_000_000  # bytes, unpacked
HERE = "【正文】"
"""Where the paper goes, if a paragraph of the template holds this; else it replaces all text."""

_STYLE_REFERENCES = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled template, and where it is not as the profile has it."""

    data: bytes
    deviations: tuple[Deviation, ...]


def fill_template(
    draft: Draft, template: bytes, profile: Profile | Mapping[str, Any] | str | None = None
) -> Filled:
    """Return the draft in an office's template; styles that it lacks are added, its own stay.

    Raises ExportError for a draft without sections, UnreadableFile for a damaged template,
    HostileFile for one with macros or with parts outside the file.
    """
    if not draft.sections:
        raise ExportError("初稿里没有栏目，无法导出，请先起草或添加栏目。")
    chosen = as_profile(profile)
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            parts = _parts(archive)
            document = parse_part(archive, "word/document.xml")
            styles = parse_part(archive, "word/styles.xml")
    except DAMAGE as error:
        raise UnreadableFile(
            "模板不是完好的 .docx，请用 Word 或 WPS 另存为 .docx 再试。"
        ) from error
    names = _adopt(styles, chosen)
    _place(document, _paper(draft, chosen, names))
    parts["word/document.xml"], parts["word/styles.xml"] = _bytes(document), _bytes(styles)
    parts |= described(parts, aigc(draft, own_text(draft), chosen))
    data = zipped(parts)
    return Filled(data, tuple(measure(data, chosen)))


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
    return without_legacy({name: archive.read(name) for name in names})


def _paper(draft: Draft, profile: Profile, names: Mapping[str, str]) -> list[_Element]:
    """Return the paper's paragraphs with the style ids of the template."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - only for templates

    blocks = settle(flow(draft, profile), profile)
    text = document_xml((block_xml(block, profile) for block in blocks), profile)
    body = etree.fromstring(text.encode()).find(f"{{{W}}}body")
    _rename(body, names)
    return [child for child in body if child.tag != f"{{{W}}}sectPr"]


def _rename(element: _Element, names: Mapping[str, str]) -> None:
    for tag in _STYLE_REFERENCES:
        for found in element.iter(f"{{{W}}}{tag}"):
            number = found.get(f"{{{W}}}val", "")
            found.set(f"{{{W}}}val", names.get(number, number))


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
        added.set(f"{{{W}}}styleId", names[added.get(f"{{{W}}}styleId")])
        _rename(added, names)
        styles.append(added)
    return names


def _ids(styles: Sequence[_Element]) -> Iterator[str]:
    return (str(style.get(f"{{{W}}}styleId")) for style in styles)


def _place(document: _Element, paper: Sequence[_Element]) -> None:
    """Put the paper where the template says, or in place of its text; its last section stays."""
    body = document.find(f"{{{W}}}body")
    if body is None:
        raise UnreadableFile("模板里没有正文，请检查后再用。")
    marked = next((p for p in body if HERE in "".join(p.itertext())), None)
    if marked is None:
        for child in [c for c in body if c.tag != f"{{{W}}}sectPr"]:
            body.remove(child)
        for number, element in enumerate(paper):
            body.insert(number, element)
        return
    place = body.index(marked)
    body.remove(marked)
    for number, element in enumerate(paper):
        body.insert(place + number, element)


def _bytes(root: _Element) -> bytes:
    from lxml import etree  # noqa: PLC0415 - only for templates

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
