"""Names by their shape: what stands before 村, 路, 局, 公司, 座谈会, as far as a name may reach.

One table of endings (``name_suffixes.tsv``) and one way to find where a name begins serve all
judges. Whether a stretch with a name's ending is a name at all is asked of a dictionary as well,
but only where a finding is made of it (``wordness``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from drafter.checking.prose import common_pairs, office_words
from drafter.resources import lexicon

_HAN = "[\u4e00-\u9fff]"
_RUN = re.compile(f"{_HAN}+$")
_RUN_OF_BODY = re.compile(f"(?:[\u4e00-\u9fffA-Za-z]|（{_HAN}{{1,6}}）)+$")
_NEVER = re.compile("[的了等在把被由到给是也都已还就让]")  # never inside an organ's name
_HARD = re.compile(
    "[按每的了及与等在对为变以将把被由从到向给于是也都均已并又再还就至赴往去不让请经除]"
    "|其中|(?<=[一二三四五六七八九十百千两几多余各每这那某整])[个条处项次座家户所名位支间]"
    "|圆梦|讲好|考[入上取]|升[入上]|就读|(?<=[今去前明当全本])年|(?<=[万亿])元"
)
_PHRASE = re.compile(  # of two verbs and two things: 爱河护河, 穿村过镇, 送书下村, 村账乡管
    ".{2,}[强富美治爱护扶帮兴绕润惠暖靓进][村镇乡县市街]|.{2,}[治爱护守管巡清][河湖渠山林]|.*[局办组队站委院部会员]来[村镇乡县市]|.*[遍满][村镇乡街]|(?:无|[村镇乡县市]).|.[村镇乡县市街].|.(?P<thing>.).(?P=thing)|.{2,}[下进入上回来过带]"
)
_COUNTED = re.compile("^.*[一二两三四五六七八九十][座个所处家支名位](?=.)")
_RAISED = tuple("聚筑扛担燃掀撑架搭拉唱亮竖兴汇")
_REPEATED = re.compile("(?!农业农村)(?P<first>.).(?P=first).")  # 用心用情用力办
_AND = re.compile("[和与及]")
_SOFT = "和有名户人各本该其上下内第"  # these stand inside names as well: 祥和苑, 上河社区
_SIDES = frozenset("上下")
_SOFT_OF_BODIES = "和各本该其"
_LEVELS = frozenset("省市州县区镇乡村")
_LEVEL = re.compile("(?<![城农乡])[省市州县区镇乡村](?![场级民域里上长村])")
_NO_MEETING = re.compile(
    "机会|社会|委员会|协会|理事会|议事会|党委会$|工会|学会|商会|联合会|基金会|总会|晚会|领会|体会|约会"
    "|运动会|居委会|监委会|村委会|都会|不会|才会|将会|庙会|展会|培训会$|盛会|[只就里中也才还便人]会$|红会|慈善会"
    "|^(?:工作|专题|全体|专门|重要|有关)会议?$"
)
_LISTED = re.compile(
    f"(?<!{_HAN})({_HAN}{{2,8}}(?:、{_HAN}{{2,3}}?)+?)(?:等)?"
    r"(?:\d+|[两二三四五六七八九十]+)个?(?:行政)?(村|社区|乡镇|镇|县)(?!民)"
)
_INSIDE = re.compile("^(?:[镇乡村县市境域]内|辖区内?)?[有获]?")  # 镇内有|小学
_DIVIDED = frozenset(["村", "社区", "镇", "乡", "街道", "县", "区", "市", "州"])
_DIVISIONS = frozenset("省市州县")
_NUMERALS = frozenset("一二三四五六七八九十百千万两几半")
_CLASSIFIERS = frozenset("个条处项次座家户所名位支间年月日")
_SHORTEST = 2
_LONGEST_STEM = 3
_LONGEST_ENDING = 6
_OF_ORGANS = 12  # the room of organs, which begin with their level; firms have more
_OF_BODIES = 8  # the least room that bodies and meetings have for their names
_ENDS = frozenset("的了在个各本该所由从到向给于是有为以对将把被也都已全其")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written; ``kind`` is its type: names of one type may stand for one another.

    ``ending`` is what makes it one, "" for a name of a list (柳林、杏花两村); ``sure`` tells that
    its begin is certain and it is no common word, ``strict`` that it needs a fact of its own.
    """

    start: int
    end: int
    text: str
    kind: str
    sure: bool = True
    ending: str = ""
    strict: bool = False

    @property
    def own(self) -> bool:
        """Tell whether facts or samples that have it name one thing: 红旗渠, 枫桥片区."""
        rare = self.sure or (self.strict and self.core not in _verbs())
        return rare or self.core in slogans()

    @property
    def core(self) -> str:
        """Return the name without its ending."""
        return self.text[: len(self.text) - len(self.ending)]


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str
    longest: int
    strict: bool
    alone: bool


@cache
def _endings() -> tuple[re.Pattern[str], dict[str, _Kind]]:
    """Return the pattern of all endings, longer ones first, and the type of each."""
    kinds: dict[str, _Kind] = {}
    parts: list[tuple[str, str]] = []
    for row in lexicon("checking", "name_suffixes.tsv"):
        kind, longest, endings, after = row.split("\t")
        for ending in endings.split():
            plain = ending.rstrip("!=")
            kinds[plain] = _Kind(kind, int(longest), "!" in ending, "=" in ending)
            parts.append((plain, f"{plain}(?!{after})"))
    parts.sort(key=lambda part: -len(part[0]))
    return re.compile("|".join(part for _, part in parts)), kinds


@cache
def general_words() -> frozenset[str]:
    """Return the words of office prose and those that only end like a place (行政村, 线路)."""
    return office_words() | set(lexicon("checking", "generic_places.txt"))


@cache
def _generic() -> re.Pattern[str]:
    words = set(lexicon("checking", "generic_places.txt")) - set(_endings()[1])
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, ordered)) + ")$")


@cache
def _general_units() -> re.Pattern[str]:
    words = sorted(lexicon("checking", "generic_units.txt"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")+")


@cache
def leading_verbs() -> frozenset[str]:
    """Return the verbs that stand right before a name (依托, 会同, 走访)."""
    rows = lexicon("checking", "leading_verbs.txt")
    return frozenset(v for row in rows for v in row.split() if len(v) > 1)


@cache
def _verbs() -> frozenset[str]:
    return office_words() | leading_verbs()


@cache
def slogans() -> frozenset[str]:
    """Return the words of action and virtue that villages, works and firms are called after."""
    return frozenset(lexicon("checking", "slogan_names.txt"))


def kind_of_ending(text: str) -> str:
    """Return the type of the names that end with a whole text (水库: water), "" for no ending."""
    kind = _endings()[1].get(text)
    return kind.kind if kind else ""


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[Name, ...]:
    """Return what has the shape of a name, and the names that a count of places heads."""
    return tuple(sorted([*_shaped(text), *_listed(text)], key=lambda name: name.start))


def _shaped(text: str) -> Iterator[Name]:
    pattern, kinds = _endings()
    for match in pattern.finditer(text):
        kind = kinds[match[0]]
        if (
            kind.longest < _OF_BODIES
            and match[0] not in _DIVIDED
            and pattern.match(text, match.end())
        ):
            continue  # 柳林 of 柳林镇, 石桥 of 石桥水库
        core, sure = _core(text, match.start(), kind)
        if kind.alone and (not core or core in leading_verbs()):
            yield Name(*match.span(), match[0], kind.kind)
        elif core and not _is_word(core, match[0], kind):
            sure = sure and core not in common_pairs()
            start, end = match.start() - len(core), match.end()
            yield Name(start, end, core + match[0], kind.kind, sure, match[0], kind.strict)


def _listed(text: str) -> Iterator[Name]:
    """Yield the names of a list that its count heads: 柳林、杏花 of 柳林、杏花两村."""
    for match in _LISTED.finditer(text):
        kind = _endings()[1][match[2][-1:] if match[2] == "乡镇" else match[2]].kind
        end = match.start() - 1
        for run in match[1].split("、"):
            end += len(run) + 1
            stem = _of_place(run)
            if _SHORTEST <= len(stem) <= _LONGEST_STEM:
                sure = stem not in common_pairs()
                yield Name(end - len(stem), end, stem, kind, sure, strict=sure)


def _is_word(core: str, ending: str, kind: _Kind) -> bool:
    """Tell whether a name is a word that many share: 返乡, 线路, 领办, 专业合作社."""
    if core in slogans():
        return False
    if len(ending) == 1 and core[-1] + ending in _verbs():
        return True
    if kind.kind == "meeting":
        return _NO_MEETING.search(core + ending) is not None
    if kind.kind == "organisation":
        general = kind.strict and core[0] not in _LEVELS
        return general and _general_units().fullmatch(core) is not None
    return _generic().search(core + ending) is not None or _generic().search(core) is not None


def _core(text: str, at: int, kind: _Kind) -> tuple[str, bool]:
    """Return the name itself as it stands before its ending, and whether it surely begins there."""
    body = kind.longest >= _OF_BODIES
    run = (_RUN_OF_BODY if body else _RUN).search(text, max(0, at - kind.longest - 4), at)
    core = _uncounted(run[0], text[: run.start()]) if run else ""
    core = _of_body(_COUNTED.sub("", core), kind) if body else _of_place(core)
    if body and core[-1:] in _NUMERALS and not core.startswith("第"):
        return "", False  # 十三站 counts them
    verb = core in leading_verbs() if body else core[:2] in leading_verbs()
    if verb and (body or len(core) == _LONGEST_STEM or kind.kind in _DIVISIONS):
        return "", False  # 组建|合作社, 打好清河|仗, 考入县|一中
    if not kind.strict and _REPEATED.search(core):
        return "", False
    if len(core) > kind.longest:
        return ("", False) if body else (core[-2:], False)
    if core[-1:] in _ENDS or (not body and _is_no_place(core, text[: at - len(core)])):
        return "", False
    if len(core) == 1:
        return (core if core in _LEVELS and body else ""), True
    counted = text[at - len(core) - 1 : at - len(core)].isdigit()
    phrase = not body and _PHRASE.match(core + text[at : at + 1]) is not None
    return core, not (counted or phrase) and core not in _verbs()


def _is_no_place(core: str, before: str) -> bool:
    """Tell whether no place begins or ends so: 三 of 两镇三村, 以|文润|镇, 农产品出|村."""
    risen = core[:1] == "起" and before.endswith(_RAISED)  # 凝聚起爱河护河的合力
    return core[-1:] in _NUMERALS or core.endswith("出") or before.endswith("以") or risen


def _uncounted(run: str, before: str) -> str:
    """Return a run without the classifier that a number before it has: 家 of 24家."""
    return run[1:] if before[-1:].isdigit() and run[0] in _CLASSIFIERS else run


def _of_place(run: str) -> str:
    core = _behind_function(run, _SOFT)
    core = core[_after_verb(core, 2, _verbs()) :]
    return core[-2:] if len(core) > 2 and core[-3] in _DIVISIONS else core


def _of_body(run: str, kind: _Kind) -> str:
    """Return a body's own name: an organ's from its level on, else behind a verb.

    和 joins two names only where the first one is whole: 县人力资源和社会保障局 is one.
    """
    levels = (
        list(_LEVEL.finditer(run))
        if kind.kind == "organisation" and kind.longest <= _OF_ORGANS
        else []
    )
    if levels and not _NEVER.search(run, levels[-1].start()):
        first, _, last = run[levels[-1].start() :].rpartition("和")
        return last if _ends_a_name(first) else run[levels[-1].start() :]
    core = _behind_function(run, _SOFT_OF_BODIES)
    return _INSIDE.sub("", core[_after_verb(core, 1 if kind.strict else 2, leading_verbs()) :])


def _ends_a_name(text: str) -> bool:
    """Tell whether a text ends with the ending of a name."""
    return any(text[-size:] in _endings()[1] for size in range(1, _LONGEST_ENDING + 1))


def _behind_function(run: str, soft: str) -> str:
    """Return what stands behind the last function word that leaves a name: 祥和 in 在祥和."""
    run = _HARD.split(run)[-1]
    for at in range(len(run) - 1, -1, -1):
        joins = run[at] == "和" and _is_whole(run[:at])
        named = at == 0 and run[0] in _SIDES and len(run) == _LONGEST_STEM  # 上河湾
        if joins or (
            run[at] in soft and run[at] != "和" and len(run) - at > _SHORTEST and not named
        ):
            return run[at + 1 :]
    return run


def _is_whole(left: str) -> bool:
    """Tell whether what stands before 和 is more than the begin of a name: not 万 of 万和家居."""
    left = _AND.split(left)[-1]
    return len(left) - _after_verb(left, 1, _verbs()) > 1


def _after_verb(core: str, least: int, verbs: frozenset[str]) -> int:
    """Return where a name begins behind the last verb that leaves at least so many characters."""
    ends = (at + 2 for at in range(len(core) - 1 - least) if core[at : at + 2] in verbs)
    return max(ends, default=0)
