"""Office packages (zip): checked by their directory, inflated under a count, handed on clean.

python-docx and openpyxl never see the file itself, only a copy that holds the few parts a reader
needs, each parsed once by the safe parser, with no relation that points outside.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from drafter.errors import HostileFile, TooLarge, UnreadableFile
from drafter.reading.limits import Limits
from drafter.reading.markup import Element, parse_xml, to_bytes

CONTENT_TYPES = "[Content_Types].xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main",
     b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
)  # fmt: skip
_TOO_LARGE = "文件解压后过大，已拒绝读取；请删去不需要的图片或内容后再导入"
_DAMAGED = "文件已损坏或没有传完整，无法打开；请重新导出或重新上传"
_CHUNK = 1 << 16
_PLAIN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between parts; ``target`` is a member name, or an address if ``external``."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """An opened office file. ``names`` are the members with a proper name."""

    archive: zipfile.ZipFile
    limits: Limits
    names: frozenset[str]
    ignored: tuple[str, ...] = ()
    _inflated: int = 0
    _parts: dict[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """Return a member's bytes, counted while they are inflated.

        Raises TooLarge at a cap, UnreadableFile for a damaged or missing member.
        """
        if name not in self.names:
            raise UnreadableFile(_DAMAGED)
        if name not in self._parts:
            self._parts[name] = _transitional(self._inflate(name))
        return self._parts[name]

    def _inflate(self, name: str) -> bytes:
        chunks: list[bytes] = []
        size = 0
        try:
            with self.archive.open(name) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    self._inflated += len(chunk)
                    if size > self.limits.zip_part or self._inflated > self.limits.zip_total:
                        raise TooLarge(_TOO_LARGE)
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise UnreadableFile(_DAMAGED) from error
        return b"".join(chunks)

    def xml(self, name: str) -> Element:
        """Return a member parsed by the safe parser."""
        return parse_xml(self.read(name))

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of a part ("" for the package), targets as member names."""
        name = relations_name(part)
        if name not in self.names:
            return []
        return [_relation(node, part) for node in self.xml(name).iter(_RELATION)]

    def main_part(self) -> str:
        """Return the name of the main part (word/document.xml, xl/workbook.xml)."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self.names:
                return relation.target
        raise UnreadableFile(
            "文件里找不到正文，可能已损坏；请用 Word、WPS 或 Excel 打开并另存后再导入"
        )


def open_package(data: bytes, limits: Limits) -> Package:
    """Open a zip-based office file after checking its directory.

    Raises TooLarge, HostileFile (macros, doubled members), UnreadableFile (damaged, encrypted).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFile(_DAMAGED) from error
    members = archive.infolist()
    proper = [info for info in members if _is_proper(info.filename)]
    _check_directory(members, proper, limits)
    ignored = tuple(info.filename for info in members if not _is_proper(info.filename))
    package = Package(archive, limits, frozenset(info.filename for info in proper), ignored)
    if CONTENT_TYPES not in package.names:
        raise UnreadableFile(
            "这不是 Word 或 Excel 文件（压缩包里没有文档）；请解压后导入里面的文件"
        )
    _refuse_macros(package)
    return package


def _check_directory(
    members: Sequence[zipfile.ZipInfo], proper: Sequence[zipfile.ZipInfo], limits: Limits
) -> None:
    if any(info.flag_bits & 1 for info in members):
        raise UnreadableFile("文件已加密，无法读取；请取消密码后另存再导入")
    if len(members) > limits.zip_entries:
        raise TooLarge(f"文件内部件超过 {limits.zip_entries} 个，已拒绝读取；请检查来源")
    if sum(info.file_size for info in members) > limits.zip_total:
        raise TooLarge(_TOO_LARGE)
    if any(_is_oversized(info, limits) for info in proper):
        raise TooLarge(_TOO_LARGE)
    if any(info.compress_type not in _PLAIN_METHODS for info in members):
        raise HostileFile(
            "文件用了少见的压缩方式，已拒绝读取；请用 Word、WPS 或 Excel 另存后再导入"
        )
    if len({info.filename.lower() for info in proper}) < len(proper):
        raise HostileFile("文件内有重名部件，可能被改动过，已拒绝读取；请另存后再导入")


def _is_oversized(info: zipfile.ZipInfo, limits: Limits) -> bool:
    """Only parts that are read count: pictures are never inflated."""
    if not _is_markup(info.filename):
        return False
    packed = max(info.compress_size, 1)
    bomb = info.file_size > limits.zip_ratio_floor and info.file_size > packed * limits.zip_ratio
    return bomb or info.file_size > limits.zip_part


def _is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _is_proper(name: str) -> bool:
    return not (name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"))


def _refuse_macros(package: Package) -> None:
    types = package.read(CONTENT_TYPES).lower()
    marks = (b"macroenabled", b"vbaproject", b"macrosheet")
    named = any("vbaproject" in name.lower() for name in package.names)
    if named or any(mark in types for mark in marks):
        raise HostileFile("文件含宏，已拒绝读取；请另存为不含宏的 .docx 或 .xlsx 后再导入")


def relations_name(part: str) -> str:
    """Return the name of the member that lists a part's relations."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _relation(node: Element, part: str) -> Relation:
    kind = node.get("Type", "").rstrip("/").rpartition("/")[2]
    target = node.get("Target", "")
    if node.get("TargetMode", "") == "External":
        return Relation(kind, target, external=True)
    joined = posixpath.join("/", posixpath.dirname(part), target)
    return Relation(kind, posixpath.normpath(joined).lstrip("/"), external=False)


def _transitional(data: bytes) -> bytes:
    """Strict Open XML differs, for what is read here, in the names of its namespaces only."""
    if b"purl.oclc.org" not in data:
        return data
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return data


def external_kinds(package: Package) -> list[str]:
    """Return the kinds of all external relations that a program might fetch (no hyperlinks)."""
    kinds = []
    for name in sorted(package.names):
        if name.endswith(".rels"):
            nodes = package.xml(name).iter(_RELATION)
            kinds += [_relation(n, "").kind for n in nodes if n.get("TargetMode") == "External"]
    return [kind for kind in kinds if kind != "hyperlink"]


def reach(package: Package, kinds: Iterable[str]) -> list[str]:
    """Return the parts reached from the package by internal relations of these kinds."""
    wanted, seen, queue = set(kinds), [], [""]
    while queue:
        for relation in package.relations(queue.pop()):
            known = relation.target in seen or relation.target not in package.names
            if relation.external or relation.kind not in wanted or known:
                continue
            seen.append(relation.target)
            queue.append(relation.target)
    return seen


def launder(package: Package, kinds: Iterable[str]) -> bytes:
    """Return a copy of the package with only the parts of these kinds, safe for a library."""
    kept = reach(package, kinds)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        copy.writestr(CONTENT_TYPES, to_bytes(package.xml(CONTENT_TYPES)))
        for part in ["", *kept]:
            if part:
                copy.writestr(part, to_bytes(package.xml(part)))
            if relations_name(part) in package.names:
                copy.writestr(relations_name(part), _inner_relations(package, part, kept))
    return out.getvalue()


def _inner_relations(package: Package, part: str, kept: Sequence[str]) -> bytes:
    root = package.xml(relations_name(part))
    for node in list(root.iter(_RELATION)):
        relation = _relation(node, part)
        if relation.external or relation.target not in kept:
            node.getparent().remove(node)
    return to_bytes(root)
