"""PDF files with a text layer → lines joined to paragraphs, without page numbers and page heads."""

from __future__ import annotations

import io
import logging
import re
import string
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from drafter.domain import Notice
from drafter.errors import EmptyInput, TooLarge, UnreadableFile
from drafter.reading.faults import BROKEN
from drafter.reading.limits import Limits
from drafter.reading.pdf_page import BETWEEN_CELLS, INDENT, page_lines, width
from drafter.reading.record import Block, Cell, Content, Grid, Line, unbox

Page = list[str | Grid]

_PAGE_NUMBER = re.compile(
    r"^[\s\-—–－·•.]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{0,4}\s*页?)?[\s\-—–－·•.]*$"
)
_NEW = re.compile(
    r"^(?:[一二三四五六七八九十百]{1,4}[、．.是]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十百]{1,4}[章节条，、]|[①-⑳]|附件|主送|抄送|[•●■◆])"
)
logging.getLogger("pypdf").addHandler(logging.NullHandler())
"""What the library says of odd files is for its developers, not for a clerk's screen."""

_UNBROKEN = string.digits + string.ascii_letters + string.punctuation
"""What no line break parts: a figure, a word in Latin letters."""
_OPEN_END = re.compile(r"[\d，、（《“]$")
"""No paragraph ends so: its line was full, though digits are counted narrower than drawn."""
_FULL_SHARE, _OPEN_SHARE = 0.85, 0.6
_FEWEST_COLUMNS = 2
_FEWEST_ROWS = 3
_MANY_PAGES = 3


def read_pdf(data: bytes, limits: Limits) -> Content:
    """Read a .pdf. Raises UnreadableFile, TooLarge, EmptyInput (a scan without text layer)."""
    reader = _open(data)
    if len(reader.pages) > limits.pdf_pages:
        raise TooLarge(
            f"PDF 有 {len(reader.pages)} 页，超过 {limits.pdf_pages} 页的上限；请拆成几个文件"
        )
    pages = _pages(reader, limits)
    if not any(pages):
        raise EmptyInput("PDF 没有文字层（多半是扫描件）；请先用文字识别软件转成 Word 或文本再导入")
    pages, dropped = _without_furniture(pages)
    pages = [with_aligned(page) for page in pages]
    notices = [Notice("pdf_lines", "PDF 的换行已按段落拼接、页码已去掉，请核对分段")]
    if dropped:
        notices.append(Notice("pdf_heads", f"每页重复的页眉页脚没有读取：{dropped[0][:30]}"))
    notices += _table_notices(pages)
    blank = [number for number, page in enumerate(pages, 1) if not page]
    if blank:
        shown = "、".join(map(str, blank[:10]))
        notices.append(Notice("pdf_blank", f"PDF 第 {shown} 页没有文字层，没有读到内容；请核对"))
    return Content(tuple(_blocks(pages)), tuple(notices))


def _table_notices(pages: Sequence[Page]) -> list[Notice]:
    notices = []
    if any(isinstance(line, Grid) for page in pages for line in page):
        notices.append(Notice("pdf_grid", "PDF 里的表格已按框线或对齐读成表格，请核对"))
    lines = [line for page in pages for line in page if isinstance(line, str)]
    if any(BETWEEN_CELLS in line.strip() for line in lines):
        message = "PDF 里有不齐的表格，按行读出，单元格之间用空格隔开，请核对"
        notices.append(Notice("pdf_table", message))
    return notices


def with_aligned(page: Page) -> Page:
    """Return a page with rows of as many cells, three or more together, as tables."""
    found: Page = []
    for count, items in groupby(page, key=_cells):
        rows = list(items)
        if count < _FEWEST_COLUMNS or len(rows) < _FEWEST_ROWS:
            found += rows
        else:
            found.append(Grid(tuple(_row(row) for row in rows if isinstance(row, str))))
    return found


def _cells(line: str | Grid) -> int:
    return 0 if isinstance(line, Grid) else len(_row(line))


def _row(line: str) -> tuple[Cell, ...]:
    cells = (cell.strip() for cell in line.strip().split(BETWEEN_CELLS))
    return tuple(Cell(cell) for cell in cells if cell)


def _blocks(pages: Sequence[Page]) -> Iterator[Block]:
    """Yield paragraphs and tables; a table that a page break cuts is one."""
    lines: list[str] = []
    for item in _across_pages(pages):
        if isinstance(item, str):
            lines.append(item)
            continue
        yield from map(Line, join_lines(lines))
        lines = []
        yield from unbox(item)
    yield from map(Line, join_lines(lines))


def _across_pages(pages: Sequence[Page]) -> list[str | Grid]:
    joined: list[str | Grid] = []
    for page in pages:
        whole = _continued(joined[-1], page[0]) if joined and page else None
        if whole:
            joined[-1:] = [whole, *page[1:]]
        else:
            joined += page
    return joined


def _continued(before: str | Grid, after: str | Grid) -> Grid | None:
    """Return the table that two pages share, None if it is not one.

    It is where the columns are as many; a head that comes again is left out.
    """
    if isinstance(before, str) or isinstance(after, str):
        return None
    if len(before.rows[0]) != len(after.rows[0]):
        return None
    return Grid(before.rows + after.rows[before.rows[0] == after.rows[0] :])


def _open(data: bytes) -> PdfReader:
    locked = "PDF 已加密，无法读取；请取消密码后另存再导入"
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(locked)
        len(reader.pages)
    except (FileNotDecryptedError, DependencyError, NotImplementedError) as error:
        raise UnreadableFile(locked) from error
    except (PyPdfError, *BROKEN) as error:
        raise UnreadableFile("PDF 已损坏，无法读取；请重新导出或重新上传") from error
    return reader


def _pages(reader: PdfReader, limits: Limits) -> list[Page]:
    pages = []
    deadline = time.monotonic() + limits.pdf_seconds
    for number, page in enumerate(reader.pages, 1):
        if time.monotonic() > deadline:
            raise TooLarge(f"PDF 第 {number} 页起读取超时；请拆成几个文件，或转成 Word 再导入")
        try:
            pages.append(page_lines(page))
        except (PyPdfError, *BROKEN, MemoryError) as error:
            raise UnreadableFile(
                f"PDF 第 {number} 页已损坏，无法读取；请重新导出后再导入"
            ) from error
    return pages


def _without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """Drop page numbers, and lines that open or close most pages."""
    edges = Counter(
        line.strip() for page in pages for line in {*page[:1], *page[-1:]} if isinstance(line, str)
    )
    often = max(_MANY_PAGES, len(pages) * 2 // 3)
    repeated = [
        line for line, count in edges.items() if count >= often and len(page_text(line)) > 1
    ]
    kept = []
    for page in pages:
        inner = list(page)
        while inner and _is_furniture(inner[-1], repeated):
            inner.pop()
        while inner and _is_furniture(inner[0], repeated):
            inner.pop(0)
        kept.append(inner)
    return kept, repeated


def page_text(line: str) -> str:
    """Return a line without digits and signs, to tell a page head from a page number."""
    return re.sub(r"[\W\d_]", "", line)


def _is_furniture(line: str | Grid, repeated: Sequence[str]) -> bool:
    if isinstance(line, Grid):
        return False
    return line.strip() in repeated or bool(_PAGE_NUMBER.match(line.strip()))


def join_lines(lines: Sequence[str]) -> Iterator[str]:
    """Join hard-wrapped lines to paragraphs.

    A line runs on where it fills the usual width, or would with the figure that did not fit on it,
    and what follows is neither indented nor a row of a table; where nothing at all is indented, the
    start of a new item begins a paragraph, too. Widths count a Chinese character as two.
    """
    widths = sorted(width(line.strip()) for line in lines)
    usual = widths[int(len(widths) * 0.9)] if widths else 0
    by_indent = any(line.startswith(INDENT) for line in lines)
    paragraph = ""
    previous = ""
    for line in lines:
        starts = line.startswith(INDENT) or (not by_indent and _NEW.match(line.strip()))
        tabular = BETWEEN_CELLS in line.strip() or BETWEEN_CELLS in previous.strip()
        figure = line.strip().removesuffix(line.strip().lstrip(_UNBROKEN))
        share = _OPEN_SHARE if _OPEN_END.search(previous) else _FULL_SHARE
        short = width(previous.strip() + figure) < share * usual
        if paragraph and (starts or tabular or short):
            yield paragraph
            paragraph = ""
        paragraph = _glue(paragraph, line.strip())
        previous = line
    if paragraph:
        yield paragraph


def _glue(left: str, right: str) -> str:
    if not left:
        return right
    latin = (
        left[-1].isascii() and left[-1].isalnum() and right[:1].isascii() and right[:1].isalpha()
    )
    return f"{left}{' ' if latin else ''}{right}"
