"""The only door to lxml: no entities, no network, no DOCTYPE, no endless depth."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from drafter.errors import HostileFile, UnreadableFile

Element = Any
"""An lxml element; lxml has no type stubs of its own."""

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_PROLOG_BYTES = 4096
_REFUSED = (
    "文件内含 DOCTYPE 声明，可能夹带外部内容，已拒绝读取；请用 Word、WPS 或 Excel 另存后再导入"
)


def parse_xml(data: bytes) -> Element:
    """Parse an XML part of an office file.

    Raises HostileFile for a DOCTYPE or excessive nesting, UnreadableFile for broken XML.
    """
    if _DOCTYPE.search(data[:_PROLOG_BYTES]):
        raise HostileFile(_REFUSED)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise HostileFile("文件内部嵌套过深，已拒绝读取；请检查来源或另存后再导入") from error
        raise UnreadableFile("文件内部结构损坏，无法读取；请用原软件打开并另存后再导入") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise HostileFile(_REFUSED)
    return root


def to_bytes(root: Element) -> bytes:
    """Serialise an element as UTF-8 with an XML declaration."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def local(element: Element) -> str:
    """Return an element's tag without its namespace; "" for a comment or instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
