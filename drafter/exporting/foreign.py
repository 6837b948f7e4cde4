"""A package that somebody else made: parts added with their type and relation, legacy dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.exporting.package import Properties, core_xml
from drafter.exporting.wordxml import fill

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
LEGACY = "word/stylesWithEffects.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_WORD_RELATIONS = "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KINDS = {
    "custom-properties": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "comments": f"{_WORD_KIND}.comments+xml",
    "footer": f"{_WORD_KIND}.footer+xml",
}


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx by name. What is added or changed stays in ``parts``."""

    parts: dict[str, str | bytes]

    def add(self, name: str, content: str | bytes, kind: str) -> str:
        """Add a part of a kind (``KINDS``) under a free name; return the id of its relation."""
        free = self._free(name)
        self.parts[free] = content
        self._append(_TYPES, "content-types}Override", PartName=f"/{free}", ContentType=KINDS[kind])
        relations = _WORD_RELATIONS if free.startswith("word/") else _RELATIONS
        number = f"rIdDrafter{sum('Drafter' in r.get('Id', '') for r in self.root(relations)) + 1}"
        target = free.removeprefix("word/")
        where = "relationships}Relationship"
        self._append(relations, where, Id=number, Type=f"{_OFFICE}/{kind}", Target=target)
        return number

    def root(self, name: str) -> _Element:
        """Return the root of a part."""
        from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - only for templates

        part = self.parts[name]
        return etree.fromstring(part.encode() if isinstance(part, str) else part)

    def put(self, name: str, root: _Element) -> None:
        """Write a part."""
        from lxml import etree  # noqa: PLC0415 - only for templates

        made = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.parts[name] = made

    def related(self, kind: str) -> str:
        """Return the name of the part that the main one is related to in this way, or ""."""
        for relation in self.root(_WORD_RELATIONS):
            if relation.get("Type", "").endswith(f"/{kind}"):
                target = str(relation.get("Target", ""))
                return target.removeprefix("/") if target.startswith("/") else f"word/{target}"
        return ""

    def _free(self, name: str) -> str:
        stem = name.removesuffix(".xml")
        names = (name, *(f"{stem}Drafter{n}.xml" for n in range(len(self.parts))))
        return next(free for free in names if free not in self.parts)

    def _append(self, name: str, tag: str, **attributes: str) -> None:
        from lxml import etree  # noqa: PLC0415 - only for templates

        root = self.root(name)
        etree.SubElement(root, f"{{{_PACKAGE}/{tag}", **attributes)
        self.put(name, root)

    def drop(self, name: str) -> None:
        """Leave a part of the main one out, with its type and its relation."""
        del self.parts[name]
        for place, attribute, value in (
            (_TYPES, "PartName", f"/{name}"),
            (_WORD_RELATIONS, "Target", name.removeprefix("word/")),
        ):
            root = self.root(place)
            for element in [e for e in root if e.get(attribute) == value]:
                root.remove(element)
            self.put(place, root)


def describe(package: Package, properties: Properties) -> None:
    """Say what the file is now: title, unit, date, and the label's metadata or none."""
    if CORE in package.parts:
        package.parts[CORE] = core_xml(properties)
    if CUSTOM in package.parts:
        _describe_more(package, properties.aigc)
    elif properties.aigc:
        package.add(CUSTOM, fill("custom.xml", value=properties.aigc).strip(), "custom-properties")


def _describe_more(package: Package, aigc: str) -> None:
    """Put the label's metadata beside the template's own properties, in place of an older one."""
    from lxml import etree  # noqa: PLC0415 - only for templates

    theirs = package.root(CUSTOM)
    for old in [p for p in theirs if p.get("name") == "AIGC"]:
        theirs.remove(old)
    if aigc:
        added = etree.fromstring(fill("custom.xml", value=aigc).strip().encode())[0]
        added.set("pid", str(1 + max((int(p.get("pid", "1")) for p in theirs), default=1)))
        theirs.append(added)
    package.put(CUSTOM, theirs)


def opened(parts: Mapping[str, str | bytes]) -> Package:
    """Return the parts without Word 2010's second copy of the styles.

    It would contradict the styles that are added; Word makes do without it since 2013.
    """
    package = Package(dict(parts))
    if LEGACY in package.parts:
        package.drop(LEGACY)
    return package
