"""Places: a village or township that the facts do not have, or that is one character away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.checking.factindex import FactIndex
from drafter.checking.names import Name, names_in
from drafter.checking.people import places_of
from drafter.checking.prose import names_nothing
from drafter.checking.sources import Donor
from drafter.checking.wordness import is_general, is_word, one_differs
from drafter.domain import Evidence, Finding

_PLACES = frozenset(
    ["village", "road", "water", "block", "group", "site", "hill", "镇", "县", "区", "市"]
)
_ON_THE_WAY = frozenset("过经到至往驻赴")  # 1路经过|杨柳村
_DIVISIONS = frozenset("镇县区市")
_VILLAGES = ("村", "社区")
_ORGAN_AFTER = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:局|厅|委|办|部|院|中心|大队|公司|政府)")
_BRANCH = re.compile("(?:支|分)(?:行|公司|局|社)|联社")  # 中国银行|县支行
_MARK = re.compile("[^\u4e00-\u9fff]")
_DONE = re.compile("[了着过]")  # 通了硬化路
_SHORTEST = 2
_WORKS = ("水库", "大桥", "山塘", "电站", "泵站", "社区", "小区", "学校", "小学", "中学")
_BOUNDS = frozenset("，。；、：（“ \n在到赴于和与由对向从") | {""}


def find_places(text: str) -> Iterator[Name]:
    """Yield the places among the names of a text."""
    found = (name for name in names_in(text) if name.kind in _PLACES)
    return (name for name in found if not _BRANCH.match(text, name.end))


class Places:
    """The places of this job's facts and samples."""

    def __init__(self, index: FactIndex, donors: Sequence[Donor]) -> None:
        self._index = index
        self._known: dict[str, set[int]] = {}
        for line in index.lines:
            for place in _own(line.text):
                if place.kind in _DIVISIONS and names_nothing(place.core):
                    continue  # 移交县|应急局
                self._known.setdefault(place.text, set()).add(line.index)
        theirs = [(place, donor.name) for donor in donors for place in _own(donor.text)]
        self._donors = {p.text: name for p, name in theirs if p.text not in index.bare}
        self._stems = {p.core: name for p, name in theirs if p.core not in index.bare}

    def check(self, text: str) -> tuple[list[Finding], list[Evidence]]:
        """Return findings on and evidence for the places of a text."""
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        for place in find_places(text):
            finding = self._judge(text, place)
            if finding:
                findings.append(finding)
                evidence.append(_evidence(place, "unsupported", ()))
            elif self._supported(text, place):
                evidence.append(_evidence(place, "exact", self._ids(place)))
        found = {finding.start for finding in findings}
        return [*findings, *(f for f in self._one_off(text) if f.start not in found)], evidence

    def _one_off(self, text: str) -> Iterator[Finding]:
        """Yield what differs in one character from a fact's name: 青山水库 for 青塘水库."""
        for known in self._known:
            ending = next((end for end in _WORKS if known.endswith(end)), "")
            size = len(known) - len(ending)
            for at in places_of(ending, text) if ending and size == _SHORTEST else ():
                name = text[max(0, at - size) : at + len(ending)]
                alone = text[at - size - 1 : at - size] in _BOUNDS
                if alone and one_differs(name, known) and name not in self._index.bare:
                    message = f"“{name}”与事实中的“{known}”差一个字，请核对地名。"
                    ids = tuple(self._index.lines[i].fact_id for i in sorted(self._known[known]))
                    span = (at - size, at + len(ending), name)
                    yield Finding(*span, "wrong_entity", "block", message, known, ids)

    def _ids(self, place: Name) -> tuple[str, ...]:
        found = (
            i
            for name, lines in self._known.items()
            if place.text in name or name in place.text
            for i in lines
        )
        return tuple(self._index.lines[i].fact_id for i in sorted(set(found)))

    def _judge(self, text: str, place: Name) -> Finding | None:
        longer = (known for known in self._known if known.endswith(place.text))
        if any(text.endswith(known, 0, place.end) for known in longer):
            return None
        if place.text in self._index.bare and not self._part_of_other(place.text):
            return None
        return self._leaked(text, place) or self._near(text, place) or self._unknown(text, place)

    def _leaked(self, text: str, place: Name) -> Finding | None:
        """Return a finding on a sample's place; the name may be longer than its place is."""
        known = self._donors if place.ending else self._stems
        for start in _begins(place):
            name = text[start : place.end]
            sample = known.get(name)
            if sample:
                message = f"“{name}”是样本“{sample}”里的地名，事实清单中没有。"
                label = "leaked_from_sample"
                return Finding(start, place.end, name, label, "block", message, sample=sample)
        return None

    def _near(self, text: str, place: Name) -> Finding | None:
        """Return a finding on a place that differs in one character from a fact's."""
        for known in self._known if place.ending else ():
            start = place.end - len(known)
            name = text[max(0, start) : place.end]
            if not known.endswith(place.ending) or not one_differs(name, known):
                continue
            if _MARK.search(name) or _DONE.search(name):
                continue
            if start == place.start or len(known) > 3 or name[0] == known[0]:
                message = f"“{name}”与事实中的“{known}”差一个字，请核对地名。"
                ids = tuple(self._index.lines[i].fact_id for i in sorted(self._known[known]))
                label = "wrong_entity"
                return Finding(start, place.end, name, label, "block", message, known, ids)
        return None

    def _unknown(self, text: str, place: Name) -> Finding | None:
        if place.kind in _DIVISIONS and names_nothing(place.core):
            return None
        if not place.strict or not place.sure or self._supported(text, place):
            return None
        if place.ending in ("县", "市") and _ORGAN_AFTER.match(text, place.end):
            return None
        if is_general(text, place.start, place.end - len(place.ending)):
            return None
        message = f"事实清单中没有“{place.text}”，请核实地名。"
        return Finding(place.start, place.end, place.text, "wrong_entity", "block", message)

    def _supported(self, text: str, place: Name) -> bool:
        """Tell whether some reading of the name, two to four characters, stands in the facts."""
        stem_end = place.end - len(place.ending)
        for size in (4, 3, 2, 1):
            start = stem_end - size
            alone = size > 1 or text[start - 1 : start] in _BOUNDS
            said = text[start : place.end]
            if start >= 0 and alone and said in self._index.bare and not self._part_of_other(said):
                return True
        return place.ending in _VILLAGES and self._listed(place.core)

    def _part_of_other(self, said: str) -> bool:
        """Tell whether a reading is only the end of a fact's name: 王庄村 of 大王庄村."""
        before = (k.removesuffix(said) for k in self._known if k.endswith(said))
        own = (
            prefix
            for prefix in before
            if (len(prefix) == 1 and prefix not in _ON_THE_WAY) or (prefix and not is_word(prefix))
        )  # 冠军大塘村队
        return said not in self._known and any(own)

    def _listed(self, stem: str) -> bool:
        """Tell whether a fact has the name without its suffix in a list (云顶、石塘两个村)."""
        after = r"(?:[、，等和\d\s）｜|]|[两二三四五六七八九十]个|$)"
        listed = rf"[、｜|：]{re.escape(stem)}{after}|{re.escape(stem)}(?:[、：:\s]|\d|等|和)"
        return re.search(listed, self._index.text) is not None


def _begins(place: Name) -> range:
    """Return where a place may begin as well, the whole name first."""
    return range(place.start, max(place.start + 1, place.end - len(place.ending) - _SHORTEST + 1))


def _own(text: str) -> Iterator[Name]:
    return (place for place in find_places(text) if place.own)


def _evidence(place: Name, relation: str, ids: tuple[str, ...]) -> Evidence:
    return Evidence(place.start, place.end, place.text, "place", relation, ids)
