"""The paragraphs of a .docx as somebody edited it: accepted text, styles by name.

Limits on hostile files are the reading room's; here a file only must be small and without DOCTYPE.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.chinese.markers import find_marker
from drafter.errors import HostileFile, UnreadableFile
from drafter.exporting.listmarks import ListMarks
from drafter.exporting.wordxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

LARGEST_PART = 20_000_000  # bytes, unpacked
_OTHERWISE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_REMOVED = frozenset(
    (*(f"{{{W}}}{tag}" for tag in ("del", "moveFrom", "commentReference", "pPr")), _OTHERWISE)
)
_HOLDERS = frozenset(f"{{{W}}}{tag}" for tag in ("sdt", "ins", "moveTo", "customXml"))
DAMAGE = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError)
_INLINE = {
    f"{{{W}}}br": "\n",
    f"{{{W}}}cr": "\n",
    f"{{{W}}}tab": "\t",
    f"{{{W}}}noBreakHyphen": "-",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the file, or a row of a table (cells parted by tabs). ``style`` is a name."""

    style: str
    text: str


def read_lines(data: bytes) -> list[Line]:
    """Return paragraphs and table rows that hold text. Raises UnreadableFile, HostileFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = parse_part(archive, "word/document.xml").find(f"{{{W}}}body")
            styles = _part_or_none(archive, "word/styles.xml")
            marks = ListMarks.of(_part_or_none(archive, "word/numbering.xml"), styles)
    except DAMAGE as error:
        raise UnreadableFile(
            "这个文件不是完好的 .docx，请用 Word 或 WPS 另存为 .docx 再导入。"
        ) from error
    if body is None:
        raise UnreadableFile("这个 .docx 里没有正文，请检查后再导入。")
    words = _Words(_style_names(styles), marks)
    return [line for line in _joined(words.lines(body)) if line.text.strip()]


def parse_part(archive: zipfile.ZipFile, name: str) -> _Element:
    """Return the root of a part. Raises HostileFile, UnreadableFile, KeyError if it is missing."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415

    if archive.getinfo(name).file_size > LARGEST_PART:
        raise HostileFile("文件解压后过大，请另存为普通 .docx 再导入。")
    data = archive.read(name)
    if b"<!DOCTYPE" in data[:4096]:
        raise HostileFile("文件里有不该有的声明（DOCTYPE），请另存为普通 .docx 再导入。")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise UnreadableFile("这个 .docx 的内容已损坏，请用 Word 或 WPS 修复后再导入。") from error


def _part_or_none(archive: zipfile.ZipFile, name: str) -> _Element | None:
    try:
        return parse_part(archive, name)
    except KeyError:
        return None


def _style_names(styles: _Element | None) -> dict[str, str]:
    names = {}
    for style in styles.iterfind(f"{{{W}}}style") if styles is not None else ():
        name = style.find(f"{{{W}}}name")
        if name is not None:
            names[style.get(f"{{{W}}}styleId", "")] = name.get(f"{{{W}}}val", "")
    return names


@dataclass(frozen=True, slots=True)
class _Raw:
    line: Line
    runs_on: bool = False  # its paragraph mark is deleted: it joins the next paragraph


@dataclass(frozen=True, slots=True)
class _Words:
    """Reads paragraphs in order, with the names of styles and the markers of lists."""

    names: Mapping[str, str]
    marks: ListMarks

    def lines(self, parent: _Element) -> Iterator[_Raw]:
        """Yield the paragraphs and the rows of tables below an element."""
        for child in parent:
            if child.tag == f"{{{W}}}p":
                yield self._paragraph(child)
            elif child.tag == f"{{{W}}}tbl":
                rows = (row for row in child.iterfind(f"{{{W}}}tr") if not _is_removed(row))
                yield from (_Raw(Line("", _row(row))) for row in rows)
            elif child.tag in _HOLDERS:
                inner = child.find(f"{{{W}}}sdtContent")
                yield from self.lines(child if inner is None else inner)

    def _paragraph(self, element: _Element) -> _Raw:
        style = element.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        number = "" if style is None else style.get(f"{{{W}}}val", "")
        text = text_of(element)
        if text.strip() and find_marker(text) is None:
            mark = self.marks.mark(element, number)
            text = mark + text.lstrip() if mark else text
        runs_on = element.find(f"{{{W}}}pPr/{{{W}}}rPr/{{{W}}}del") is not None
        return _Raw(Line(self.names.get(number, number), text), runs_on)


def _is_removed(row: _Element) -> bool:
    return row.find(f"{{{W}}}trPr/{{{W}}}del") is not None


def _row(row: _Element) -> str:
    return "\t".join(_cell(cell) for cell in row.iterfind(f"{{{W}}}tc"))


def _cell(cell: _Element) -> str:
    """Return a cell's text on one line; what stood on several stays apart."""
    texts = filter(None, (text_of(p) for p in cell.iter(f"{{{W}}}p")))
    return " ".join(texts).replace("\n", " ").replace("\t", " ")


def text_of(element: _Element) -> str:
    """Return the accepted text of a paragraph."""
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag in _REMOVED:
            continue
        if child.tag == f"{{{W}}}t":
            yield child.text or ""
        elif child.tag in _INLINE:
            yield _INLINE[child.tag]
        elif isinstance(child.tag, str):
            yield from _pieces(child)


def _joined(raws: Iterator[_Raw]) -> Iterator[Line]:
    carried = ""
    for raw in raws:
        if raw.runs_on:
            carried += raw.line.text
            continue
        yield Line(raw.line.style, carried + raw.line.text)
        carried = ""
    if carried:
        yield Line("", carried)
