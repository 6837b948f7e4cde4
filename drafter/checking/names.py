"""Names by their shape: what stands before 村, 路, 局, 公司, 座谈会, as far as a name may reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from drafter.checking.replacements import common_pairs, office_words
from drafter.resources import lexicon

_HAN = "[\u4e00-\u9fff]"
_HEAD = re.compile(f"{_HAN}+$")
_HARD = "的了及与等在对为以将把被由从到向给于是也都均已并又再还就至赴往去让请经个条件处项次座"
_SOFT = "和有名户人各本该其上下内第"  # these stand inside names as well: 祥和苑, 上河社区
_LEVELS = frozenset("省市州县区镇乡村")
_NO_MEETING = re.compile(
    "机会|社会|委员会|协会|理事会|议事会|党委会$|工会|学会|商会|联合会|基金会|总会|晚会|领会|体会|约会"
    "|运动会|居委会|监委会|村委会|都会|不会|才会|将会|庙会|展会|培训会$|盛会|[只就里中也才还便人]会$|红会|慈善会"
)
_DIVISIONS = frozenset("省市州县")
_SHORTEST = 2
_ENDS = frozenset("的了在个各本该所由从到向给于是有为以对将把被也都已")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; ``kind`` is its type: names of one type may stand for one another."""

    start: int
    end: int
    text: str
    kind: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str
    longest: int


@cache
def _endings() -> tuple[re.Pattern[str], dict[str, _Kind]]:
    """Return the pattern of all endings, longer ones first, and the type of each."""
    kinds: dict[str, _Kind] = {}
    parts: list[str] = []
    for row in lexicon("checking", "name_suffixes.tsv"):
        kind, longest, endings, after = row.split("\t")
        for ending in endings.split():
            kinds[ending] = _Kind(kind, int(longest))
            parts.append(f"{ending}(?!{after})")
    parts.sort(key=len, reverse=True)
    parts.sort(key=lambda part: -part.index("("))
    return re.compile("|".join(parts)), kinds


@cache
def _generic() -> re.Pattern[str]:
    """Return the pattern of words that only end like a name (行政村, 线路, 领导小组)."""
    words = set(lexicon("checking", "generic_places.txt")) - set(_endings()[1])
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, ordered)) + ")$")


@cache
def _general_units() -> re.Pattern[str]:
    words = sorted(lexicon("checking", "generic_units.txt"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")+")


@cache
def _verbs() -> frozenset[str]:
    rows = lexicon("checking", "leading_verbs.txt")
    return office_words() | {v for row in rows for v in row.split() if len(v) > 1}


def kind_of(name: str) -> str:
    """Return the type of a place's name by its ending, "" for a word that many share."""
    kinds = _endings()[1]
    ending = next((name[-n:] for n in (3, 2, 1) if name[-n:] in kinds), "")
    return "" if not ending or _generic().search(name) else kinds[ending].kind


def kind_of_ending(text: str) -> str:
    """Return the type of the names that end with a whole text (水库: water), "" for no ending."""
    kind = _endings()[1].get(text)
    return kind.kind if kind else ""


def shaped_names(text: str) -> Iterator[Name]:
    """Yield what has the shape of a name; ``sure`` where its begin is certain and it is no word."""
    pattern, kinds = _endings()
    for match in pattern.finditer(text):
        kind = kinds[match[0]]
        core, sure = _core(text[: match.start()], kind)
        name = core + match[0]
        if core and not _is_word(core, match[0], kind):
            sure = sure and core not in common_pairs()
            yield Name(match.start() - len(core), match.end(), name, kind.kind, sure)


def _is_word(core: str, ending: str, kind: _Kind) -> bool:
    """Tell whether a name is a word that many share: 返乡, 线路, 领办, 专业合作社."""
    if len(ending) == 1 and core[-1] + ending in _verbs():
        return True
    if kind.kind == "meeting":
        return _NO_MEETING.search(core + ending) is not None
    if kind.kind == "organisation":
        return core[0] not in _LEVELS and _general_units().fullmatch(core) is not None
    return _generic().search(core + ending) is not None or _generic().search(core) is not None


def _core(before: str, kind: _Kind) -> tuple[str, bool]:
    """Return the name itself as it ends ``before``, and whether it surely begins there."""
    run = _HEAD.search(before[-kind.longest - 4 :])
    core = _behind_function(run[0]) if run else ""
    level = max(core.rfind(char) for char in _LEVELS)
    if kind.kind == "organisation" and level >= 0:
        core = core[level:]
    else:
        core = core[_after_verb(core) :]
        core = core[-2:] if len(core) > 2 and core[-3] in _DIVISIONS else core
    if len(core) > kind.longest:
        return (core[-2:], False) if kind.longest < 8 else ("", False)
    if core[-1:] in _ENDS:
        return "", False
    if len(core) == 1:
        return (core if core in _LEVELS and kind.longest >= 8 else ""), True
    return core, core not in _verbs()


def _behind_function(run: str) -> str:
    """Return what stands behind the last function word that leaves a name: 祥和 in 在祥和."""
    run = re.split(f"[{_HARD}]", run)[-1]
    for at in range(len(run) - _SHORTEST - 1, -1, -1):
        if run[at] in _SOFT:
            return run[at + 1 :]
    return run


def _after_verb(core: str) -> int:
    """Return where a name begins behind the last verb that leaves at least two characters."""
    ends = (at + 2 for at in range(len(core) - 3) if core[at : at + 2] in _verbs())
    return max(ends, default=0)
