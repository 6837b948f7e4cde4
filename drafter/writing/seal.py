"""Sealing text that is not a fact: headings, instructions, a text to rewrite.

In sealed mode no figure, person, place, organisation or title of the unit may leave the process.
Facts have handles; what else goes into a prompt passes through here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from drafter.chinese.entities import find_entities
from drafter.domain import FactSheet

_KINDS = {
    "person": "〔人名〕",
    "place": "〔地名〕",
    "organisation": "〔单位〕",
    "post": "〔职务〕",
    "title": "〔文件名〕",
    "quote": "〔引语〕",
    "meeting": "〔会议〕",
}
_HANDLE = re.compile(r"(〔F\d+\.\d+(?:=[^〔〕]*)?〕)")
_DIGITS = re.compile(r"[\d０-９]+(?:[.,，．][\d０-９]+)*[%％]?")


@dataclass(frozen=True)
class Seal:
    """What is known of the unit. ``on`` false: text passes as it is."""

    facts: FactSheet
    unit: str = ""
    on: bool = False

    def text(self, text: str) -> str:
        """Return a text fit to leave: names and figures replaced by their kind, handles kept."""
        if not self.on:
            return text
        parts = _HANDLE.split(text)
        return "".join(p if _HANDLE.fullmatch(p) else self._plain(p) for p in parts)

    def _plain(self, text: str) -> str:
        for name, kind in self._names:
            text = text.replace(name, kind)
        found = sorted(find_entities(text), key=lambda e: e.start, reverse=True)
        for entity in found:
            if "〔" not in entity.text and entity.kind in _KINDS:
                text = text[: entity.start] + _KINDS[entity.kind] + text[entity.end :]
        return _DIGITS.sub("〔数字〕", text)

    @property
    def names(self) -> list[str]:
        """Return the names that must not leave, longest first."""
        return [name for name, _ in self._names]

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """The unit's names, longest first."""
        names = {self.unit: "〔单位〕", self.facts.unit: "〔单位〕"}
        for fact in self.facts:
            names.update({e.text: _KINDS.get(e.kind, "〔名称〕") for e in fact.entities})
        names.update(_shorter(names))
        names.pop("", None)
        return sorted(names.items(), key=lambda pair: -len(pair[0]))


def _shorter(names: Iterable[str]) -> dict[str, str]:
    """Return the place names within longer names (岚溪县云渡镇 → 岚溪县, 云渡镇, 云渡)."""
    found: dict[str, str] = {}
    for name in names:
        for place in re.findall(r"[\u4e00-\u9fff]{2,3}?(?:省|市|县|区|乡|镇|村)", name):
            found[place] = "〔地名〕"
            if len(place) > 2:
                found[place[:-1]] = "〔地名〕"
    return found
