"""What kind of file it is: the name's ending and the first bytes must agree."""

from __future__ import annotations

from pathlib import PurePosixPath

from drafter.errors import HostileFile, UnreadableFile, UnsupportedFormat

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
RTF = b"{\\rtf"
TEXT_ENDINGS = frozenset({".txt", ".md", ".csv", ".tsv", ".html", ".htm"})
OFFICE_ENDINGS = {".docx": "word/", ".xlsx": "xl/"}
LEGACY_ENDINGS = {".doc": "docx", ".wps": "docx", ".rtf": "docx", ".xls": "xlsx", ".et": "xlsx"}
"""Endings that LibreOffice converts, and into what."""
MACRO_ENDINGS = frozenset({".docm", ".xlsm", ".dotm", ".xltm", ".xlsb"})
SUPPORTED = ".txt、.md、.docx、.doc、.wps、.rtf、.pdf、.html、.xlsx、.xls、.csv"

_MAGICS = (
    (ZIP, "压缩包或新版 Office 文件"),
    (b"PK\x05\x06", "空压缩包"),
    (OLE, "旧版 Office 文件（.doc、.xls、.wps）或加密文件"),
    (PDF, "PDF 文件"),
    (RTF, "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM6", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b\x08", "压缩包"),
    (b"MZ\x90", "程序"),
    (b"\x7fELF", "程序"),
)
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")


def ending_of(name: str) -> str:
    """Return the name's ending in lower case (".docx"), "" if it has none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def family(data: bytes, name: str) -> str:
    """Return how to read a file: text, html, csv, docx, xlsx, pdf or legacy.

    Raises UnsupportedFormat for an unknown ending, HostileFile for one of macro files,
    UnreadableFile where the file is empty, encrypted, or its bytes disagree with its ending.
    """
    ending = ending_of(name)
    if ending in MACRO_ENDINGS:
        raise HostileFile("文件可能含宏，已拒绝读取；请另存为 .docx 或 .xlsx 后再导入")
    if ending not in TEXT_ENDINGS | {".pdf"} and ending not in {**OFFICE_ENDINGS, **LEGACY_ENDINGS}:
        shown = f"“{ending}”" if ending else "没有扩展名的文件"
        raise UnsupportedFormat(f"不支持{shown}；可导入 {SUPPORTED}")
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile("文件是空的；请确认导出或上传是否完整")
    if ending in TEXT_ENDINGS:
        return _text_family(data, ending)
    if ending == ".pdf":
        return _expect(data.lstrip()[:1024].startswith(PDF), data, ending, "pdf")
    if ending in OFFICE_ENDINGS:
        return _office_family(data, ending)
    return _legacy_family(data, ending)


def _text_family(data: bytes, ending: str) -> str:
    _expect(_magic(data) == "", data, ending, "")
    html = _looks_like_html(data)
    if ending in {".html", ".htm"}:
        return "html"
    if html:
        raise UnreadableFile(f"扩展名是 {ending}，内容却是网页；请把扩展名改为 .html 后再导入")
    return "csv" if ending in {".csv", ".tsv"} else "text"


def _office_family(data: bytes, ending: str) -> str:
    if data.startswith(OLE):
        if is_encrypted_ole(data):
            raise UnreadableFile("文件已加密，无法读取；请取消密码后另存再导入")
        old = ".doc 或 .wps" if ending == ".docx" else ".xls 或 .et"
        raise UnreadableFile(
            f"扩展名是 {ending}，内容却是旧版格式；请把扩展名改为 {old}，或另存为 {ending}"
        )
    return _expect(data.startswith(ZIP), data, ending, ending[1:])


def _legacy_family(data: bytes, ending: str) -> str:
    if _looks_like_html(data) or data[:64].lstrip().startswith(b"MIME-Version"):
        raise UnreadableFile(
            f"扩展名是 {ending}，内容却是网页；请用 Word 或 WPS 打开并另存为 .docx"
        )
    if data.startswith(OLE) and is_encrypted_ole(data):
        raise UnreadableFile("文件已加密，无法读取；请取消密码后另存再导入")
    rich = data.startswith(RTF) and LEGACY_ENDINGS[ending] == "docx"
    return _expect(rich or (data.startswith(OLE) and ending != ".rtf"), data, ending, "legacy")


def is_encrypted_ole(data: bytes) -> bool:
    """Tell whether an OLE container is the envelope of an encrypted Open XML file."""
    return any(name.encode("utf-16-le") in data for name in _ENCRYPTED)


def _expect(agrees: bool, data: bytes, ending: str, kind: str) -> str:
    if agrees:
        return kind
    found = _magic(data) or ("网页" if _looks_like_html(data) else "别的格式")
    raise UnreadableFile(f"扩展名是 {ending}，内容却是{found}；请核对文件，或用原软件另存后再导入")


def _magic(data: bytes) -> str:
    return next((what for magic, what in _MAGICS if data.startswith(magic)), "")


def _looks_like_html(data: bytes) -> bool:
    head = data[:512].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
