"""PDF files with a text layer → lines joined to paragraphs, without page numbers and page heads."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from drafter.domain import Notice
from drafter.errors import EmptyInput, TooLarge, UnreadableFile
from drafter.reading.faults import BROKEN
from drafter.reading.limits import Limits
from drafter.reading.pdf_page import BETWEEN_CELLS, INDENT, page_lines, width
from drafter.reading.record import Content, Line

_PAGE_NUMBER = re.compile(
    r"^[\s\-—–－·•.]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*共?\s*\d{0,4}\s*页?)?[\s\-—–－·•.]*$"
)
_BARE_NUMBER = re.compile(r"^\d{1,4}$")
_NEW = re.compile(
    r"^(?:[一二三四五六七八九十百]{1,4}[、．.是]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十百]{1,4}[章节条，、]|[①-⑳]|附件|主送|抄送|[•●■◆])"
)
_FULL_SHARE = 0.85
_MANY_PAGES = 3


def read_pdf(data: bytes, limits: Limits) -> Content:
    """Read a .pdf. Raises UnreadableFile, TooLarge, EmptyInput (a scan without text layer)."""
    reader = _open(data)
    if len(reader.pages) > limits.pdf_pages:
        raise TooLarge(
            f"PDF 有 {len(reader.pages)} 页，超过 {limits.pdf_pages} 页的上限；请拆成几个文件"
        )
    pages = _pages(reader, limits)
    if not any(line for page in pages for line in page):
        raise EmptyInput("PDF 没有文字层（多半是扫描件）；请先用文字识别软件转成 Word 或文本再导入")
    pages, dropped = _without_furniture(pages)
    notices = [Notice("pdf_lines", "PDF 的换行已按段落拼接、页码已去掉，请核对分段")]
    if dropped:
        notices.append(Notice("pdf_heads", f"每页重复的页眉页脚没有读取：{dropped[0][:30]}"))
    if any(BETWEEN_CELLS in line.strip() for page in pages for line in page):
        notices.append(Notice("pdf_table", "PDF 里的表格按行读出，单元格之间用空格隔开，请核对"))
    blank = [number for number, page in enumerate(pages, 1) if not page]
    if blank:
        shown = "、".join(map(str, blank[:10]))
        notices.append(Notice("pdf_blank", f"PDF 第 {shown} 页没有文字层，没有读到内容；请核对"))
    lines = [line for page in pages for line in page]
    return Content(tuple(Line(text) for text in join_lines(lines)), tuple(notices))


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


def _pages(reader: PdfReader, limits: Limits) -> list[list[str]]:
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


def _without_furniture(pages: Sequence[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Drop page numbers, and lines that open or close most pages."""
    edges = Counter(line.strip() for page in pages for line in {*page[:1], *page[-1:]})
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


def _is_furniture(line: str, repeated: Sequence[str]) -> bool:
    return line.strip() in repeated or bool(_PAGE_NUMBER.match(line.strip()))


def join_lines(lines: Sequence[str]) -> Iterator[str]:
    """Join hard-wrapped lines to paragraphs.

    A line runs on where it fills the usual width and what follows is neither indented nor a row of
    a table; where nothing at all is indented, the start of a new item begins a paragraph, too.
    Widths count a Chinese character as two.
    """
    widths = sorted(width(line.strip()) for line in lines)
    full = widths[int(len(widths) * 0.9)] * _FULL_SHARE if widths else 0
    by_indent = any(line.startswith(INDENT) for line in lines)
    paragraph = ""
    previous = ""
    for line in lines:
        starts = line.startswith(INDENT) or (not by_indent and _NEW.match(line.strip()))
        tabular = BETWEEN_CELLS in line.strip() or BETWEEN_CELLS in previous.strip()
        if paragraph and (starts or tabular or width(previous.strip()) < full):
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
