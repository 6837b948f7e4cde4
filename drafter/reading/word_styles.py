"""What styles, numbering definitions and defaults of a Word file say about a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafter.reading.markup import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9


def child(element: Element | None, *names: str) -> Element | None:
    """Return the element at the end of a path of child names, or None."""
    for name in names:
        element = None if element is None else element.find(W + name)
    return element


def value(element: Element | None, *names: str) -> str | None:
    """Return ``w:val`` at the end of a path of child names, or None."""
    found = child(element, *names)
    return None if found is None else found.get(W + "val")


def is_on(properties: Element | None, name: str) -> bool | None:
    """Return a toggle (w:vanish …) as set, None where it is not mentioned."""
    found = child(properties, name)
    if found is None:
        return None
    return found.get(W + "val", "true") not in {"0", "false", "off"}


def number(text: str | None, otherwise: int) -> int:
    """Return a whole number written in an attribute, or the given one."""
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, its ancestors included. ``num_id`` "" means no numbering."""

    name: str = ""
    vanish: bool | None = None
    num_id: str = ""
    num_level: int | None = None
    outline: int | None = None


class Styles:
    """The styles of one document by id, each resolved once."""

    def __init__(self, root: Element | None) -> None:
        nodes = [] if root is None else root.findall(W + "style")
        self._nodes = {node.get(W + "styleId", ""): node for node in nodes}
        self._resolved: dict[str, Style] = {}
        self._default = next((n.get(W + "styleId", "") for n in nodes if _is_default(n)), "")
        self.hidden_by_default = bool(
            is_on(child(root, "docDefaults", "rPrDefault", "rPr"), "vanish")
        )

    def paragraph(self, style_id: str | None) -> Style:
        """Return a paragraph style, the default one for None."""
        return self.style(style_id or self._default)

    def style(self, style_id: str) -> Style:
        """Return a style resolved through its ancestors; an unknown one says nothing."""
        if style_id not in self._resolved:
            chain = list(self._ancestry(style_id))
            style = Style()
            for node in reversed(chain):
                style = _refine(style, node)
            self._resolved[style_id] = style
        return self._resolved[style_id]

    def _ancestry(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self._nodes and style_id not in seen:
            seen.add(style_id)
            node = self._nodes[style_id]
            yield node
            style_id = value(node, "basedOn") or ""


def _is_default(node: Element) -> bool:
    return node.get(W + "type") == "paragraph" and node.get(W + "default") in {"1", "true", "on"}


def _refine(style: Style, node: Element) -> Style:
    vanish = is_on(child(node, "rPr"), "vanish")
    outline = value(node, "pPr", "outlineLvl")
    num_id = value(node, "pPr", "numPr", "numId")
    level = value(node, "pPr", "numPr", "ilvl")
    return replace(
        style,
        name=value(node, "name") or style.name,
        vanish=style.vanish if vanish is None else vanish,
        outline=style.outline if outline is None else number(outline, _LEVELS),
        num_id=style.num_id if num_id is None else num_id,
        num_level=style.num_level if level is None else number(level, 0),
    )
