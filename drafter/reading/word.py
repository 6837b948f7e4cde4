"""Word files (.docx) → blocks: accepted text only, numbering and tables as the reader sees them.

Policy, said in notices: insertions are read, deletions are not; hidden text, comments, footnotes,
headers, a generated table of contents and embedded objects are not part of the text.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.oxml import parse_xml

from drafter.domain import Notice
from drafter.errors import UnreadableFile
from drafter.reading.faults import BROKEN
from drafter.reading.limits import Limits
from drafter.reading.markup import Element, local
from drafter.reading.package import Package, external_kinds, launder, open_package
from drafter.reading.record import Block, Cell, Content, Grid, Line, unbox
from drafter.reading.word_numbering import Numbering
from drafter.reading.word_styles import Style, Styles, W, child, is_on, number, value
from drafter.reading.word_text import Gathered, blocks_of, gather

_KINDS = ("officeDocument", "styles", "numbering")
_CLOSING = frozenset("、。．.，,：:；;）)】]>》")
_BODY = 9  # w:outlineLvl 9 is body text
_MESSAGES = {
    "revisions": "文件有修订痕迹，按接受全部修订后的文字读取（删除的不读，新增的读）",
    "hidden": "文件有隐藏文字，没有读取",
    "comments": "文件有批注，批注内容没有读取",
    "footnotes": "文件有脚注或尾注，注释内容没有读取；其中的数据请另行提供",
    "objects": "文件有嵌入的对象、图表或图示，其中的文字没有读取；请把内容另外贴出",
    "pictures": "文件有图片，图片里的文字没有读取",
    "prompts": "文件有未填写的提示框，提示文字没有读取",
    "contents": "文件有自动目录，目录没有读取",
    "table_cut": "文件里的表格过大，只读了前面一部分；请拆成几个表再导入",
    "symbols": "文件有特殊符号字体，个别符号用“•”代替",
}


def read_word(data: bytes, limits: Limits) -> Content:
    """Read a .docx. Raises UnreadableFile, HostileFile or TooLarge."""
    package = open_package(data, limits)
    if not package.main_part().startswith("word/") and _is_sheet(package):
        raise UnreadableFile("扩展名是 .docx，内容却是 Excel 表格；请把扩展名改为 .xlsx 后再导入")
    document = _open(launder(package, _KINDS))
    reader = _Reader(document, limits)
    blocks = tuple(reader.blocks(document.element.body))
    return Content(blocks, (*_package_notices(package), *reader.notices()))


def _is_sheet(package: Package) -> bool:
    return any(name.startswith("xl/") for name in package.names)


def _open(data: bytes) -> Document:
    try:
        return docx.Document(io.BytesIO(data))
    except BROKEN as error:
        raise UnreadableFile(
            "不是完整的 Word 文档，无法读取；请用 Word 或 WPS 另存为 .docx"
        ) from error


def _package_notices(package: Package) -> list[Notice]:
    notices = []
    kinds = external_kinds(package)
    if kinds:
        notices.append(Notice("external", f"文件含外部引用（{len(kinds)} 处），已忽略，没有访问"))
    if package.ignored:
        notices.append(Notice("bad_member", "文件内有路径异常的部件，已忽略"))
    return notices


def _part_root(document: Document, kind: str) -> Element | None:
    """Return the root of a part, also of one whose type the package names wrongly."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            part = relation.target_part
            root: Element | None = getattr(part, "element", None)
            return parse_xml(part.blob) if root is None else root
    return None


class _Reader:
    """Walks a body in reading order, counting lists as it goes."""

    def __init__(self, document: Document, limits: Limits) -> None:
        self._styles = Styles(_part_root(document, "styles"))
        self._numbering = Numbering(_part_root(document, "numbering"))
        self._limits = limits
        self._noted: Counter[str] = Counter()
        self._carried = ""

    def notices(self) -> list[Notice]:
        """Return what was met and left out, each kind once."""
        found = [Notice(code, text) for code, text in _MESSAGES.items() if self._noted[code]]
        for kind in sorted(self._numbering.unknown_formats):
            message = f"编号格式“{kind}”不认识，用阿拉伯数字代替，请核对编号"
            found.append(Notice("list_format", message))
        return found

    def blocks(self, body: Element) -> Iterator[Block]:
        """Yield the lines and tables of a body, a cell or a text box."""
        for node in blocks_of(body):
            name = local(node)
            if name == "p":
                yield from self._paragraph(node)
            elif name == "tbl":
                yield from self._table(node)
            else:
                self._noted["objects" if name == "altChunk" else "contents"] += 1
        if self._carried:
            yield Line(self._carried)
            self._carried = ""

    def _paragraph(self, node: Element) -> Iterator[Block]:
        style = self._styles.paragraph(value(node, "pPr", "pStyle"))
        if style.name.lower().startswith("toc ") and style.name[-1:].isdigit():
            self._noted["contents"] += 1
            return
        text, boxes = self._text(node, style)
        mark = child(node, "pPr", "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._noted["revisions"] += 1
            self._carried += text
        elif is_on(mark, "vanish") or is_on(mark, "specVanish"):
            self._carried += self._numbered(node, style, text) if text.strip() else ""
        else:
            line, self._carried = self._carried + text, ""
            level = self._outline(node, style)
            yield from _lines(self._numbered(node, style, line), level)
        for box in boxes:
            yield from self.blocks(box)

    def _text(self, node: Element, style: Style) -> tuple[str, list[Element]]:
        gathered = Gathered()
        gather(node, self._styles, style, gathered)
        self._noted += gathered.noted
        return gathered.text, gathered.boxes

    def _numbered(self, node: Element, style: Style, text: str) -> str:
        num_id = value(node, "pPr", "numPr", "numId")
        level = value(node, "pPr", "numPr", "ilvl")
        if num_id is None:
            num_id = style.num_id
        if num_id in {"", "0"}:
            return text
        marker = self._numbering.next_marker(num_id, self._list_level(node, style, num_id, level))
        return join_marker(marker, text)

    def _list_level(self, node: Element, style: Style, num_id: str, level: str | None) -> int:
        if level is not None:
            return number(level, 0)
        style_id = value(node, "pPr", "pStyle")
        tied = self._numbering.level_of_style(num_id, style_id) if style_id else None
        return tied if tied is not None else style.num_level or 0

    def _outline(self, node: Element, style: Style) -> int:
        own = value(node, "pPr", "outlineLvl")
        level = style.outline if own is None else number(own, _BODY)
        return 0 if level is None or not 0 <= level < _BODY else level + 1

    def _table(self, node: Element) -> Iterator[Block]:
        rows = [
            row for row in node.iter(W + "tr") if _table_of(row) is node and not _is_deleted(row)
        ]
        if all(len(list(_cells(row))) == 1 for row in rows):
            for row in rows:
                for cell in _cells(row):
                    yield from self.blocks(cell)
            return
        grid: list[tuple[Cell, ...]] = []
        nested: list[Grid] = []
        for row in rows:
            grid.append(self._row(row, grid[-1] if grid else (), nested))
            if len(grid) * len(grid[-1]) > self._limits.table_cells:
                self._noted["table_cut"] += 1
                break
        yield from unbox(Grid(tuple(grid)))
        yield from nested

    def _row(self, row: Element, above: tuple[Cell, ...], nested: list[Grid]) -> tuple[Cell, ...]:
        cells = [Cell("")] * number(value(row, "trPr", "gridBefore"), 0)
        for node in _cells(row):
            text = self._cell_text(node, nested)
            column = len(cells)
            merge = child(node, "tcPr", "vMerge")
            if merge is not None and merge.get(W + "val") != "restart" and column < len(above):
                text = above[column].text
            span = min(number(value(node, "tcPr", "gridSpan"), 1), self._limits.sheet_columns)
            cells += [Cell(text), *[Cell(text, repeated=True)] * (span - 1)]
        return tuple(cells)

    def _cell_text(self, node: Element, nested: list[Grid]) -> str:
        lines = []
        for block in self.blocks(node):
            if isinstance(block, Grid):
                nested.append(block)
            else:
                lines.append(block.text)
        return "\n".join(lines)


def join_marker(marker: str, text: str) -> str:
    """Put a list marker in front of a text, with a space only where they would run together."""
    if not marker or not text.strip():
        return text
    text = text.lstrip()
    runs_on = marker[-1] in ".．" and text[0].isdigit()
    return f"{marker}{'' if marker[-1] in _CLOSING and not runs_on else ' '}{text}"


def _lines(text: str, level: int) -> Iterator[Line]:
    for line in text.split("\n"):
        if line.strip():
            yield Line(line.strip(), level)


def _table_of(node: Element) -> Element | None:
    return next(node.iterancestors(W + "tbl"), None)


def _is_deleted(row: Element) -> bool:
    return child(row, "trPr", "del") is not None


def _cells(row: Element) -> Iterator[Element]:
    for node in row.iter(W + "tc"):
        if next(node.iterancestors(W + "tr")) is row:
            yield node
