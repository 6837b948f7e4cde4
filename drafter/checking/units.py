"""Firms, schools, offices above: one that the facts do not have, or another than theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import ratio

from drafter.checking.factindex import FactIndex
from drafter.checking.names import Name, general_words, names_in
from drafter.checking.sources import Donor, kin_words, shortens
from drafter.checking.wordness import is_general
from drafter.domain import Finding

_ALIKE = 60  # percent
_OF_ONE = re.compile("[省市州县区](?![级属内域外市县乡镇区街里])")  # each has one 人民医院
_LEVEL = re.compile("^[省市州县区镇乡村]")
_UPPER = re.compile("[省市州县][\u4e00-\u9fff]{2,12}[局厅]")  # nobody has one of their own
_TELLING = 3  # characters of a name that tell it without its ending


def _bodies(text: str) -> Iterator[Name]:
    return (name for name in names_in(text) if name.kind == "organisation")


class Units:
    """The organs, firms and schools of this job's facts and samples."""

    def __init__(self, index: FactIndex, donors: Sequence[Donor]) -> None:
        self._index = index
        self._theirs = {name.text: donor.name for donor in donors for name in _bodies(donor.text)}
        self._known = tuple({name.text: name for name in _bodies(index.text)}.values())

    def check(self, text: str) -> list[Finding]:
        """Return findings on the firms and schools of a text."""
        named = (n for n in _bodies(text) if n.sure and (n.strict or _UPPER.fullmatch(n.text)))
        found = (self._odd(text, name) for name in named if not self._told(name))
        return [finding for finding in found if finding]

    def _told(self, name: Name) -> bool:
        """Tell whether a fact has the name, its full form, or its core."""
        bare, core = self._index.bare, name.core
        if name.text.removeprefix("中国") in bare or (len(core) >= _TELLING and core in bare):
            return True
        return any(
            name.text.endswith(k.text)
            or shortens(name.text, k.text)
            or _LEVEL.sub("", name.text) in kin_words(k.text)
            or (len(_LEVEL.sub("", k.core)) > 1 and shortens(k.text, name.text))
            for k in self._known
        )

    def _odd(self, text: str, name: Name) -> Finding | None:
        start, end, said = name.start, name.end, name.text
        theirs = max((n for n in self._theirs if said.endswith(n)), key=len, default="")
        if theirs:
            sample = self._theirs[theirs]
            message = f"“{theirs}”是样本“{sample}”里的单位，事实清单中没有。"
            label = "leaked_from_sample"
            return Finding(end - len(theirs), end, theirs, label, "block", message, sample=sample)
        near = max((k.text for k in self._known), key=lambda k: ratio(k, said), default="")
        if near and ratio(near, said) >= _ALIKE:
            message = f"“{said}”与事实中的“{near}”不一致，请核对单位名称。"
            return Finding(start, end, said, "wrong_entity", "block", message, near)
        one = _OF_ONE.match(said) and name.core not in general_words()
        if not one and is_general(text, start, end - len(name.ending)):
            return None
        message = f"事实清单中没有“{said}”，请核实单位名称。"
        return Finding(start, end, said, "wrong_entity", "block", message)
