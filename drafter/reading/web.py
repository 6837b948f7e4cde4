"""Saved web pages (.html) → blocks. Nothing is fetched; what a page hides is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from drafter.domain import Notice
from drafter.reading.limits import Limits
from drafter.reading.plain import Decoded, decode
from drafter.reading.record import Block, Cell, Content, Grid, Line, unbox

_DROPPED = frozenset({
    "script", "style", "template", "noscript", "head", "iframe", "object", "embed", "svg",
    "select", "textarea", "button", "rt", "rp", "audio", "video", "canvas",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br",
})  # fmt: skip
_HEADING = re.compile(r"h([1-6])$")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_web(data: bytes, limits: Limits) -> Content:
    """Read an .html file. Raises UnreadableFile where the encoding is not plausible."""
    decoded = _decode(data)
    page = BeautifulSoup(decoded.text, "lxml")
    reader = _Reader(limits)
    blocks = tuple(reader.blocks(page))
    notices = list(decoded.notices)
    if reader.hidden:
        notices.append(Notice("hidden", "网页有隐藏内容，没有读取"))
    return Content(blocks, tuple(notices), decoded.encoding)


def _decode(data: bytes) -> Decoded:
    declared = _CHARSET.search(data[:4096])
    codec = declared.group(1).decode("ascii").lower() if declared else ""
    if codec in {"gb2312", "gbk", "gb18030"} and not data.startswith(b"\xef\xbb\xbf"):
        try:
            return Decoded(data.decode("gb18030"), "gb18030")
        except UnicodeDecodeError:
            return decode(data)
    return decode(data)


class _Reader:
    """Walks a page with its own stack, since pages may be nested deeper than Python may recurse."""

    def __init__(self, limits: Limits) -> None:
        self.hidden = False
        self._limits = limits

    def blocks(self, root: Tag) -> Iterator[Block]:
        """Yield lines and tables in reading order."""
        text: list[str] = []
        level = 0
        for node, opening in self._events(root):
            if not isinstance(node, Tag):
                text.append(str(node) if _in_pre(node) else _SPACE.sub(" ", str(node)))
            elif node.name in _BLOCKS:
                yield from _lines(text, level)
                text = [_marker(node)] if opening and node.name == "li" else []
                level = _level(node) if opening else 0
                if opening and _is_data_table(node):
                    yield from unbox(self._grid(node))
        yield from _lines(text, level)

    def _events(self, root: Tag) -> Iterator[tuple[Tag, bool]]:
        """Yield every shown tag at its opening and closing, and every text once."""
        stack: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.contents))]
        while stack:
            tag, rest = stack[-1]
            node = next(rest, None)
            if node is None:
                stack.pop()
                yield tag, False
            elif isinstance(node, Tag):
                if self._is_shown(node):
                    yield node, True
                    inner = () if _is_data_table(node) else tuple(node.contents)
                    stack.append((node, iter(inner)))
            elif not isinstance(node, PreformattedString):
                yield node, True  # type: ignore[misc]

    def _is_shown(self, tag: Tag) -> bool:
        if tag.name in _DROPPED:
            return False
        hidden = tag.has_attr("hidden") or bool(_HIDING.search(str(tag.get("style", ""))))
        self.hidden = self.hidden or (hidden and bool(tag.get_text(strip=True)))
        return not hidden

    def _grid(self, table: Tag) -> Grid:
        """Lay out a table's cells, row and column spans filled in."""
        rows: list[dict[int, Cell]] = []
        pending: dict[tuple[int, int], Cell] = {}
        for number, row in enumerate(table.find_all("tr")):
            cells: dict[int, Cell] = {}
            column = 0
            for node in row.find_all(["td", "th"]):
                while (number, column) in pending:
                    cells[column] = pending.pop((number, column))
                    column += 1
                column = self._place(node, (number, column), cells, pending)
            cells |= {c: pending.pop((r, c)) for r, c in list(pending) if r == number}
            rows.append(cells)
        caption = table.find("caption")
        name = caption.get_text(" ", strip=True) if caption else ""
        return Grid(tuple(_row(cells) for cells in rows), name)

    def _place(
        self,
        node: Tag,
        place: tuple[int, int],
        cells: dict[int, Cell],
        pending: dict[tuple[int, int], Cell],
    ) -> int:
        row, column = place
        lines = [block.text for block in self.blocks(node) if isinstance(block, Line)]
        text = "\n".join(lines)
        across = _span(node, "colspan", self._limits.sheet_columns)
        down = _span(node, "rowspan", self._limits.sheet_columns)
        for offset in range(across):
            cell = Cell(text, repeated=offset > 0)
            cells[column + offset] = cell
            pending |= {(row + below, column + offset): cell for below in range(1, down)}
        return column + across


def _row(cells: dict[int, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(column, Cell("")) for column in range(max(cells, default=-1) + 1))


def _span(node: Tag, name: str, most: int) -> int:
    text = str(node.get(name, "1"))
    return min(max(int(text), 1), most) if text.isdigit() and len(text) < 6 else 1


def _is_data_table(tag: Tag) -> bool:
    return tag.name == "table" and tag.find("table") is None


def _level(tag: Tag) -> int:
    found = _HEADING.match(tag.name)
    return int(found.group(1)) if found else 0


def _marker(item: Tag) -> str:
    """Return the number that a browser puts before an item of an ordered list."""
    parent = item.parent
    if parent is None or parent.name != "ol":
        return ""
    start = str(parent.get("start", "1"))
    before = sum(1 for sibling in item.find_previous_siblings("li"))
    return f"{(int(start) if start.isdigit() else 1) + before}."


def _in_pre(node: Tag) -> bool:
    return node.find_parent("pre") is not None


def _lines(parts: list[str], level: int) -> Iterator[Line]:
    for line in "".join(parts).split("\n"):
        if line.strip():
            yield Line(line.strip(), level)
