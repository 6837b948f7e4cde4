"""Parts of a package that somebody else made: the AI label's metadata added, legacy dropped."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.exporting.wordxml import fill

CUSTOM = "docProps/custom.xml"
LEGACY = "word/stylesWithEffects.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_WORD_RELATIONS = "word/_rels/document.xml.rels"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def described(parts: Mapping[str, str | bytes], aigc: str) -> dict[str, str | bytes]:
    """Return the parts that change when the metadata is added to a package: {} where there is none.

    A package that has custom properties already gets one more; else the part, its type and its
    relation are added.
    """
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - only for templates

    if not aigc:
        return {}
    part = fill("custom.xml", value=aigc).strip()
    if CUSTOM in parts:
        theirs, ours = etree.fromstring(_raw(parts[CUSTOM])), etree.fromstring(part.encode())
        added = ours[0]
        added.set("pid", str(2 + max((int(p.get("pid", "1")) - 1 for p in theirs), default=0)))
        for old in [p for p in theirs if p.get("name") == "AIGC"]:
            theirs.remove(old)
        theirs.append(added)
        return {CUSTOM: _bytes(theirs)}
    types, relations = (etree.fromstring(_raw(parts[name])) for name in (_TYPES, _RELATIONS))
    etree.SubElement(
        types, f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{CUSTOM}", ContentType=_KIND
    )
    etree.SubElement(
        relations,
        f"{{{_PACKAGE}/relationships}}Relationship",
        Id="rIdAigc",
        Type=f"{_OFFICE}/relationships/custom-properties",
        Target=CUSTOM,
    )
    return {CUSTOM: part, _TYPES: _bytes(types), _RELATIONS: _bytes(relations)}


def without_legacy(parts: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """Return the parts without Word 2010's second copy of the styles.

    It would contradict the styles that are added; Word makes do without it since 2013.
    """
    from lxml import etree  # noqa: PLC0415 - only for templates

    if LEGACY not in parts:
        return dict(parts)
    kept = {name: part for name, part in parts.items() if name != LEGACY}
    for name, attribute, value in (
        (_TYPES, "PartName", f"/{LEGACY}"),
        (_WORD_RELATIONS, "Target", LEGACY.removeprefix("word/")),
    ):
        root = etree.fromstring(_raw(parts[name]))
        for element in [e for e in root if e.get(attribute) == value]:
            root.remove(element)
        kept[name] = _bytes(root)
    return kept


def _raw(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def _bytes(root: object) -> bytes:
    from lxml import etree  # noqa: PLC0415 - only for templates

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
