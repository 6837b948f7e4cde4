"""Places: a village or township that the facts do not have, or that belongs to another fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from drafter.checking.context import Clause, clause_at
from drafter.checking.factindex import FactIndex
from drafter.checking.sources import Donor
from drafter.domain import Evidence, Finding
from drafter.resources import lexicon

_WORDS_ENDING_SO = (
    "城市|省市|超市|上市|都市|门市|夜市|城镇|乡镇|城乡|市县|区县|州县|强县|强镇|强村|大县|重镇|返乡|同乡|下乡|回乡|家乡"
    "|老乡|故乡|水乡|离乡|异乡|之乡|山河|江河|两河|地市|楼市|股市|集镇|村镇|县市|省县|全县|全镇|全市"
)


@cache
def _suffix_rows() -> tuple[tuple[str, str, str], ...]:
    rows = [[*row.split("\t"), ""][:3] for row in lexicon("checking", "place_suffixes.tsv")]
    return tuple((kind, suffix, after) for kind, suffix, after in rows)


@cache
def _suffixes() -> re.Pattern[str]:
    """Return the pattern of a suffix that ends a name here (县 of 县级 does not)."""
    ordered = sorted(_suffix_rows(), key=lambda row: -len(row[1]))
    ends = "|".join(f"{s}(?!{after})" if after else s for _, s, after in ordered)
    behind = "".join(f"(?<!{word})" for word in _WORDS_ENDING_SO.split("|"))
    return re.compile(f"(?:{ends}){behind}")


@cache
def _strict() -> frozenset[str]:
    return frozenset(suffix for kind, suffix, _ in _suffix_rows() if kind == "admin")


@cache
def _bare_suffix() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(suffix for _, suffix, _ in _suffix_rows()) + ")$")


_ORGAN_AFTER = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:局|厅|委|办|部|院|中心|大队|公司|政府)")
_WINDOW = 8
_COUNT = re.compile(r"[\d一二三四五六七八九十百两几][个座架台辆条处口眼艘头只]$")
_HEAD = re.compile(r"[\u4e00-\u9fff]{1,4}$")
_MARKS_BEFORE = "其中|[，。；、：（“《\\s镇乡县市]"
_LIST_HEAD = re.compile(
    r"([\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3})+)(?:等)?[两二三四五六七八九十\d]+个(?:行政)?(村|社区|乡镇|镇|县)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written: ``name`` with its suffix."""

    start: int
    end: int
    name: str
    suffix: str
    sure: bool = True


_SLOGANS = frozenset(["建设", "前进", "发展", "服务", "团结", "胜利", "联合", "合作", "新建"])
_FUNCTION = frozenset(
    "全各每本我驻包联该某于在的和及与为至向从对由是有以将把余多名等个两邻跨农乡入到赴经被使让给或并且但均都已未"
    "座不也又再就才只更最很这那其之近约一二三四五六七八九十百千万几半"
)
_WAYS = frozenset("走驻赴访")
_VERB_TAIL = frozenset("回返离进出来去强富美治爱护扶帮建兴清整修拆")


@cache
def _generic() -> re.Pattern[str]:
    words = [w for w in lexicon("checking", "generic_places.txt") if len(w) > 1]
    return re.compile("(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")$")


def find_places(text: str) -> Iterator[Place]:
    """Yield what may be a place: a name of two to four characters and a suffix.

    Words that end like a place (行政村, 示范村, 乡镇) are left out. ``sure`` tells whether what
    stands before makes the name's beginning certain.
    """
    for match in _suffixes().finditer(text):
        at = match.start()
        head = _HEAD.search(text[max(0, at - 4) : at])
        name = head[0] if head else ""
        if len(name) < 2 or _generic().search(name):
            continue
        if name[-1] in _WAYS or (len(name) > 2 and name[-2:] in _verbs() - _SLOGANS):
            continue
        size, sure = _size(text, at, name)
        if text[at - size - 1 : at - size] == "以" and text[match.end() : match.end() + 1] != "为":
            continue  # 以文润镇: what is done to the place, not its name
        if size and _COUNT.search(text[: at - size + 1]):
            size -= 1
        if size > 1:
            start = at - size
            sure = sure and not _is_verb(text, start, at, match[0])
            yield Place(start, match.end(), text[start : match.end()], match[0], sure)


@cache
def _left() -> re.Pattern[str]:
    verbs = "|".join(sorted(_verbs(), key=len, reverse=True))
    return re.compile(f"(?:{_MARKS_BEFORE}|{verbs})$")


@cache
def _verbs() -> frozenset[str]:
    return frozenset(v for row in lexicon("checking", "leading_verbs.txt") for v in row.split())


def _is_verb(text: str, start: int, at: int, suffix: str) -> bool:
    """Tell whether the name is a verb (推动县域) and not a village called so (深入建设村)."""
    if text[start:at] not in _verbs():
        return False
    if text[start:at] not in _SLOGANS:
        return True
    return (
        suffix not in ("村", "乡", "镇")
        or start == 0
        or not _left().search(text[max(0, start - _WINDOW) : start])
    )


def _size(text: str, at: int, head: str) -> tuple[int, bool]:
    """Return how many characters before the suffix are its name, and whether that is sure."""
    before = text[at - len(head) - 1 : at - len(head)]
    whole = not ("\u4e00" <= before <= "\u9fff") if before else True
    if whole and len(head) <= 4 and _may_be_name(head):
        verb = len(head) > 2 and (head[-1] in _VERB_TAIL or _left().search(head[:-1]))
        inner = len(head) > 3 and _left().search(head[:-2])
        if not verb and not inner:
            return len(head), True
    for size in (2, 3):
        name = head[-size:]
        if (
            len(name) == size
            and _may_be_name(name)
            and _left().search(text[max(0, at - size - _WINDOW) : at - size])
        ):
            return size, True
    return (2, False) if _may_be_name(head[-2:]) else (0, False)


def _may_be_name(name: str) -> bool:
    return not any(char in _FUNCTION for char in name)


class Places:
    """The places of this job's facts and samples."""

    def __init__(self, index: FactIndex, donors: Sequence[Donor]) -> None:
        self._index = index
        self._known: dict[str, set[int]] = {}
        for line in index.lines:
            for name in _names(line.text):
                self._known.setdefault(name, set()).add(line.index)
        donor_names = {(name, d.name) for d in donors for name in _names(d.text)}
        self._donors = {name: donor for name, donor in donor_names if not self._has(name)}

    def _has(self, name: str) -> bool:
        return name in self._index.bare

    def check(self, text: str, clauses: Sequence[Clause]) -> tuple[list[Finding], list[Evidence]]:
        """Return findings on and evidence for the places of a text."""
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        for place in find_places(text):
            if self._supported(text, place):
                ids = tuple(self._index.lines[i].fact_id for i in sorted(self._lines(place)))
                evidence.append(_evidence(place, "exact", ids))
                continue
            finding = self._unknown(text, place, clauses)
            if finding:
                evidence.append(_evidence(place, "unsupported", ()))
                findings.append(finding)
        return findings, evidence

    def _lines(self, place: Place) -> set[int]:
        return {
            i
            for name, lines in self._known.items()
            if place.name in name or name in place.name
            for i in lines
        }

    def _supported(self, text: str, place: Place) -> bool:
        """Tell whether some reading of the name, two to four characters, stands in the facts."""
        stem_end = place.end - len(place.suffix)
        for size in (4, 3, 2, 1):
            start = stem_end - size
            alone = size > 1 or text[start - 1 : start] in _BOUNDS
            if start >= 0 and alone and self._has(text[start : place.end]):
                return True
        stem = place.name.removesuffix(place.suffix)
        return place.suffix in ("村", "社区") and self._listed(stem)

    def _listed(self, stem: str) -> bool:
        """Tell whether a fact has the name without its suffix in a list (云顶、石塘两个村)."""
        after = r"(?:[、，等和\d\s）｜|]|[两二三四五六七八九十]个|$)"
        listed = rf"[、｜|：]{re.escape(stem)}{after}|{re.escape(stem)}(?:[、：:\s]|\d|等|和)"
        return re.search(listed, self._index.text) is not None

    def _unknown(self, text: str, place: Place, clauses: Sequence[Clause]) -> Finding | None:
        stem_end = place.end - len(place.suffix)
        for size in (4, 3, 2):
            name = text[max(0, stem_end - size) : place.end]
            if name in self._donors:
                return self._leak(place, name)
        near = self._near(text, place)
        if near:
            start, name, known = near
            message = f"“{name}”与事实中的“{known}”差一个字，请核对地名。"
            ids = tuple(self._index.lines[i].fact_id for i in sorted(self._known[known]))
            return Finding(start, place.end, name, "wrong_entity", "block", message, known, ids)
        clause = clause_at(clauses, place.start)
        if place.suffix not in _strict() or clause is None or not place.sure:
            return None
        if place.suffix in ("县", "市") and _ORGAN_AFTER.match(text, place.end):
            return None
        message = f"事实清单中没有“{place.name}”，请核实地名。"
        return Finding(place.start, place.end, place.name, "wrong_entity", "block", message)

    def _near(self, text: str, place: Place) -> tuple[int, str, str] | None:
        for known in self._known:
            if not known.endswith(place.suffix) or len(known) - len(place.suffix) < 2:
                continue
            start = place.end - len(known)
            name = text[max(0, start) : place.end]
            if (
                len(name) == len(known)
                and sum(a != b for a, b in zip(name, known, strict=True)) == 1
            ):
                left = text[max(0, start - _WINDOW) : start]
                if len(known) > 3 or _left().search(left) or start == 0 or name[0] == known[0]:
                    return start, name, known
        return None

    def _leak(self, place: Place, name: str) -> Finding:
        sample = self._donors[name]
        message = f"“{name}”是样本“{sample}”里的地名，事实清单中没有。"
        return Finding(
            place.end - len(name),
            place.end,
            name,
            "leaked_from_sample",
            "block",
            message,
            "",
            (),
            sample,
        )


_BOUNDS = frozenset("，。；、：（“ \n在到赴于和与由对向从") | {""}


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[str, ...]:
    return tuple(_each_name(text))


def _each_name(text: str) -> Iterator[str]:
    for place in find_places(text):
        if place.sure:
            yield place.name
    for match in _LIST_HEAD.finditer(text):
        for stem in match[1].split("、"):
            yield stem + match[2]


def _evidence(place: Place, relation: str, ids: tuple[str, ...]) -> Evidence:
    return Evidence(place.start, place.end, place.name, "place", relation, ids)
