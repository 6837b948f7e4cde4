"""The text of a Word paragraph as its reader sees it: accepted, visible, text boxes aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from drafter.reading.markup import Element, local
from drafter.reading.word_styles import Style, Styles, W, child, is_on, value

_SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-",
}  # fmt: skip
_DROPPED = frozenset({"del", "moveFrom", "rPr", "pPr", "sdtPr", "rt", "instrText", "delText",
                      "delInstrText", "sectPr", "tblPr", "fldData"})  # fmt: skip
_NOTED = {
    "del": "revisions", "ins": "revisions", "moveFrom": "revisions", "moveTo": "revisions",
    "commentReference": "comments", "footnoteReference": "footnotes",
    "endnoteReference": "footnotes", "object": "objects", "altChunk": "objects",
    "chart": "objects", "relIds": "objects", "pic": "pictures", "imagedata": "pictures",
}  # fmt: skip
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F0FD": "☒", "F0E0": "→"}


@dataclass(slots=True)
class Gathered:
    """What one paragraph holds: its visible text, text boxes, and what was met and left out."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    noted: Counter[str] = field(default_factory=Counter)
    fields: list[bool] = field(default_factory=list)  # open fields: True while in the code part

    @property
    def text(self) -> str:
        """The text gathered so far."""
        return "".join(self.parts)

    def add(self, text: str) -> None:
        """Add text, unless it belongs to the code of a field."""
        if not any(self.fields):
            self.parts.append(text)


def gather(paragraph: Element, styles: Styles, style: Style, into: Gathered) -> None:
    """Gather a paragraph's visible text into ``into``."""
    _walk(paragraph, _Context(styles, style), into)


@dataclass(frozen=True, slots=True)
class _Context:
    styles: Styles
    style: Style

    def hides(self, run: Element) -> bool:
        own = is_on(child(run, "rPr"), "vanish")
        if own is None:
            own = self.styles.style(value(run, "rPr", "rStyle") or "").vanish
        if own is None:
            own = self.style.vanish
        return self.styles.hidden_by_default if own is None else own


def _walk(node: Element, context: _Context, into: Gathered) -> None:
    for inner in node:
        name = local(inner)
        if name in _NOTED:
            into.noted[_NOTED[name]] += 1
        if name in _DROPPED:
            continue
        step = _STEPS.get(name)
        if step:
            step(inner, context, into)
        elif name in _SIGNS:
            into.add(_SIGNS[name])
        else:
            _walk(inner, context, into)


def _run(node: Element, context: _Context, into: Gathered) -> None:
    if node.tag != W + "r" or not context.hides(node):
        _walk(node, context, into)
        return
    for mark in node.findall(W + "fldChar"):
        _field(mark, context, into)
    if any(text.text for text in node.findall(W + "t")):
        into.noted["hidden"] += 1


def _text(node: Element, _: _Context, into: Gathered) -> None:
    into.add(node.text or "")


def _symbol(node: Element, _: _Context, into: Gathered) -> None:
    sign = _SYMBOLS.get(node.get(W + "char", "").upper())
    if sign is None:
        into.noted["symbols"] += 1
    into.add(sign or "•")


def _field(node: Element, _: _Context, into: Gathered) -> None:
    kind = node.get(W + "fldCharType")
    if kind == "begin":
        into.fields.append(True)
    elif kind == "separate" and into.fields:
        into.fields[-1] = False
    elif kind == "end" and into.fields:
        into.fields.pop()


def _alternative(node: Element, context: _Context, into: Gathered) -> None:
    """Of the same content in two forms only the first is read."""
    for wanted in ("Choice", "Fallback"):
        chosen = next((inner for inner in node if local(inner) == wanted), None)
        if chosen is not None:
            _walk(chosen, context, into)
            return


def _box(node: Element, _: _Context, into: Gathered) -> None:
    into.boxes.append(node)


def _content_control(node: Element, context: _Context, into: Gathered) -> None:
    if is_on(child(node, "sdtPr"), "showingPlcHdr"):
        into.noted["prompts"] += 1
        return
    _walk(node, context, into)


_STEPS: dict[str, Callable[[Element, _Context, Gathered], None]] = {
    "r": _run,
    "t": _text,
    "sym": _symbol,
    "fldChar": _field,
    "AlternateContent": _alternative,
    "txbxContent": _box,
    "sdt": _content_control,
}


def blocks_of(body: Element) -> Iterator[Element]:
    """Yield paragraphs, tables and whole tables of contents in order, through all wrappers."""
    for node in body:
        name = local(node)
        if name in {"p", "tbl", "altChunk"} or (name == "sdt" and is_contents(node)):
            yield node
        elif name == "AlternateContent":
            yield from blocks_of(node[0] if len(node) else node)
        elif name not in _DROPPED:
            yield from blocks_of(node)


def is_contents(node: Element) -> bool:
    """Tell whether a content control is a table of contents made by Word."""
    return value(node, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"
