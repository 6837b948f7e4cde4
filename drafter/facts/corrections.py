"""What takes back a figure that was handed in before: 更正：…, (2)应该是…, 刚才那个写错了，是…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from drafter.chinese.normalise import fold
from drafter.chinese.quantities import find_figures
from drafter.domain import Fact, Figure, Notice
from drafter.facts.observations import clause_before

_WRONG = (
    r"(?:[写报说打发统计算搞弄填录]{1,2}错(?=[了啦，,。！!：:\s]|$)"
    r"|[多少][写报打填]了?(?:一?[个位])?(?:0|零|位|数)|[写报打填][多少]了(?:一?[个位](?:0|零|数)?)?)"
)
_OPENING = re.compile(
    r"^\s*(?:(?:不好意思|抱歉|对不起|各位|稍等|[哦啊呃]?(?:不对|说错了))[，,。！!\s]*)*"
    r"(?:(?:更正|纠正|改正|修正|订正|勘误)(?:一?下)?[，,：:。\s]*)?"
)
_CUE = re.compile(
    r"^(?:更正|订正|勘误)(?!错误|不)|(?:更正|纠正|订正|勘误|修正)(?:一?下|[：:，,]|为(?!主|辅))"
    rf"|^[哦啊呃]?(?:不对|说错了)[，,]|{_WRONG}|数字?(?:不对|对不上|有误(?!差))"
    r"|^以[^，,。；\d]{1,6}为准[，,：:]\s*\d[^，,。；]{0,6}$"
    r"|(?:刚才|上面|前面|之前)[^，,。；]{0,8}(?:不对|有误(?!差)|错了)"
    r"|(?:将|把)(?:上?原?报|前面|刚才|上面)[^，,。；]{0,14}改[为成]"
    r"|以(?:此|这个?|这次|[^，,。；]{0,4}[\d一二三四五六七八九十百千万][^，,。；]{0,8})为准"
)
_SHOULD_BE_SO_MUCH = re.compile(
    r"(?:应该?(?:是|为)|应改为|实为|其实是)[^，,。；\d一二三四五六七八九十百千万]{0,2}$"
)
_SHOULD_BE = re.compile(r"应该?(?:是|为)|应改为|实为|其实是|(?:更正|改|修正)为")
_REFERENCE = re.compile(
    r"^\s*(?:以[^，,。；\d]{1,6}为准[，,：:]|[上前][一一]?[条个]的?|[（(]\d{1,2}[）)]|第[一二三四五\d]{1,2}[条个项点])[，,：:]?\s*"
)
_TAKES_BACK = re.compile(rf"[^，,。；]*(?:{_WRONG}|不对|有误|错了)[^，,。；]*[，,]\s*")
_ASIDE = re.compile(r"[，,](?:刚才|上面|前面|之前|以上|刚)[^，,。；]*$")
_LINKS = re.compile("^(?:那个|这个|数|数字)?(?:是|为)")
_NOT_A_SUBJECT = re.compile(
    "不对|有误|不准|错了|刚才|上面|前面|那个|这个|数字?|应该?|更正|为|是|的|了|改"
)
_QUOTES = re.compile('[“”"]')
_TURN = re.compile(  # between the old figure and the new one
    r"[^，,。；;\d]{0,4}?(?:有误|不准|错了|不对|[写报填]错了?)?[，,、\s]*[现请]?"
    r"(?P<turn>应该?(?:是|为)|应?[更订修]正为|[更修]?改[为成]|调整为|而?是|实际?为|以|→|[-=]+>)[^，,。；;\d]{0,10}"
)
_NOT_THAT = re.compile(r"[，,\s]*(?:而?不是|并非)[^，,。；;\d]{0,4}")
_DENIED = re.compile(r"(?:不是|并非)[^，,。；;\d]{0,2}$")
_FORMERLY = re.compile("^(?:将|把)?(?:原[报来数为有]?|之前|刚才|上次|上面?)?(?:[报说写]的)?")
_LABEL = re.compile(r"([^：:，,。；;]{1,16})[：:]")
_TAIL = re.compile(r"[^\s，,。；;、（(\d]*")
_LATELY = 6
_SHORTLY = 3
MARK = "（更正"  # in the place of a fact that corrects another
_MOST_FIGURES = 20  # a correction of more than that is a new list
_SAME_HAND = 2
_LARGEST_SLIP = 20  # times: a nought too many, and a little


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as a statement that stands by itself, and the notice that shows both.

    ``replaces`` is the earlier fact whose place it takes, ``None`` where a person must settle it.
    """

    text: str
    notice: Notice | None = None
    aside: str = ""
    replaces: Fact | None = None


@dataclass(frozen=True, slots=True)
class _Target:
    fact: Fact
    figure: Figure

    @property
    def clause(self) -> str:
        """The clause up to and with the figure."""
        return clause_before(self.fact.text, self.figure.start).strip() + self.figure.text

    @property
    def words(self) -> set[str]:
        """The pairs of characters on both sides of the figure: 在办 of 还有15件在办."""
        return _bigrams(self.clause) | _bigrams(_behind(self.fact.text, self.figure.end))


_Change = tuple[_Target, str]
"""A figure handed in before, and what it should read."""


def is_correction(text: str) -> bool:
    """Tell whether a statement corrects one that came before: a cue of correcting and a figure."""
    plain = _QUOTES.sub("", text)
    figures = find_figures(plain)
    if figures and _CUE.search(plain):
        return True
    if any(_SHOULD_BE_SO_MUCH.search(plain[: figure.start]) for figure in figures):
        return True
    return "不是" in plain and bool(_pairs(plain))


def correct(wording: str, fact_id: str, office: str, earlier: Sequence[Fact]) -> Corrected:
    """Return a correction as a full statement with a notice that names the fact it replaces.

    (2)应该是11.9公里 after 硬化道路8条11.6公里，投资460万 becomes 硬化道路8条11.9公里，投资460万
    and takes the earlier fact's place; where not each figure fits an earlier one, wording stays.
    """
    if _confirms(wording, earlier[-_SHORTLY:]):
        return Corrected("")
    wording, aside = _without_aside(_QUOTES.sub("", wording))
    standing = [fact for fact in earlier if not fact.replaced_by]
    read = _quoted if _pairs(wording) else _meant
    bare, changes, whole = read(wording, office, standing)
    if not changes:
        return Corrected(bare or wording, _unclear(fact_id), aside)
    fact = changes[0][0].fact
    if whole and all(target.fact is fact for target, _ in changes):
        return Corrected(_changed(fact.text, changes), _notice(fact_id, changes, True), aside, fact)
    alone = fact if len(fact.figures) == 1 else None
    notice = _notice(fact_id, changes, alone is not None)
    return Corrected(_labelled(fact.text, bare), notice, aside, alone)


def _confirms(wording: str, lately: Sequence[Fact]) -> bool:
    """Tell whether a line only repeats the figure of a correction: 以系统为准，321件."""
    figures = find_figures(wording)
    told = {
        (f.dimension, f.value) for fact in lately if MARK in fact.source.place for f in fact.figures
    }
    return bool(figures) and all((f.dimension, f.value) in told for f in figures)


def _quoted(wording: str, office: str, earlier: Sequence[Fact]) -> tuple[str, list[_Change], bool]:
    """Return what a correction that quotes old figures says now, its changes, if all are met."""
    pairs = _pairs(wording)
    found = [(_told(old, wording, office, earlier), new) for old, new in pairs]
    changes = [(target, _dressed(new, target.figure)) for target, new in found if target]
    return _without_old(wording, *pairs[0]), changes, len(changes) == len(pairs)


def _meant(wording: str, office: str, earlier: Sequence[Fact]) -> tuple[str, list[_Change], bool]:
    """Return the same for a correction that gives the new figures only: those left out are kept."""
    bare = _bare(wording)
    figures = find_figures(bare)[:_MOST_FIGURES]
    found = _each_with_its_own(figures, bare, office, earlier)
    changes = [(target, _dressed(figure, target.figure)) for figure, target in found if target]
    told = {(f.dimension, f.value) for target, _ in changes[:1] for f in target.fact.figures}
    return bare, changes, all(target or (f.dimension, f.value) in told for f, target in found)


def _each_with_its_own(
    figures: Sequence[Figure], bare: str, office: str, earlier: Sequence[Fact]
) -> list[tuple[Figure, _Target | None]]:
    """Return the figure that each of a correction takes the place of: no old one is taken twice.

    What the fact that is corrected has as well is said again, and is no other one's old figure.
    """
    firsts = (_target(figure, bare, office, earlier, ()) for figure in figures)
    home = next((target.fact for target in firsts if target), None)
    known = [_Target(home, old) for old in home.figures] if home else []
    taken = [old for old in known if any(_same(figure, old.figure) for figure in figures)]
    found: list[tuple[Figure, _Target | None]] = []
    for figure in figures:
        again = any(_same(figure, old.figure) for old in known)
        target = None if again else _target(figure, bare, office, earlier, taken)
        taken += [target] if target else []
        found.append((figure, target))
    return found


def _same(one: Figure, other: Figure) -> bool:
    return (one.dimension, one.value) == (other.dimension, other.value)


def _pairs(text: str) -> list[tuple[Figure, Figure]]:
    """Return the figures of a correction that says both: 18.4公里应为14.8公里, 不是9辆，是11辆."""
    found = []
    for one, other in pairwise(find_figures(text)[:_MOST_FIGURES]):
        between = text[one.end : other.start]
        turn = _TURN.fullmatch(between)
        denied = _DENIED.search(text[: one.start]) is not None
        if not _like(one, other) or one.value == other.value:
            continue
        if turn and (denied or turn["turn"] not in {"是", "而是"}):
            found.append((one, other))
        elif _NOT_THAT.fullmatch(between):
            found.append((other, one))
    return found


def _without_old(text: str, old: Figure, new: Figure) -> str:
    """Return what a correction says now: 原报养护里程86公里有误，更正为96公里 → 养护里程96公里."""
    first = min(old, new, key=lambda figure: figure.start)
    before = _FORMERLY.sub("", _OPENING.sub("", clause_before(text, first.start)))
    between = _NOT_A_SUBJECT.sub("", text[first.end : max(old.start, new.start)])
    named = _DENIED.sub("", before).strip() or re.sub("[^\u4e00-\u9fff]", "", between)
    return named + new.text


def _told(old: Figure, wording: str, office: str, earlier: Sequence[Fact]) -> _Target | None:
    """Return where the figure that a correction quotes was handed in, the likeliest place first."""
    mine = _bigrams(wording)
    places = [
        _Target(fact, figure)
        for fact in reversed(earlier)
        for figure in fact.figures[:_MOST_FIGURES]
        if figure.value == old.value and _like(figure, old)
    ]
    return max(
        places,
        key=lambda t: (len(mine & _bigrams(t.clause)), t.fact.office == office),
        default=None,
    )


def _dressed(figure: Figure, like: Figure) -> str:
    """Return a new figure with the measure of the old one where it was said without (应是37)."""
    bare = figure.dimension == "number" and not figure.unit
    return figure.text + like.unit if bare and like.text.endswith(like.unit) else figure.text


def _changed(text: str, changes: Sequence[_Change]) -> str:
    for target, new in sorted(changes, key=lambda c: c[0].figure.start, reverse=True):
        text = text[: target.figure.start] + new + text[target.figure.end :]
    return text


def _without_aside(wording: str) -> tuple[str, str]:
    found = _ASIDE.search(wording)
    if found is None or find_figures(found[0]):
        return wording, ""
    return wording[: found.start()], found[0].strip("，, ")


def _bare(wording: str) -> str:
    """Return a correction without its cues: 清退应该是13户 → 清退13户."""
    text = _REFERENCE.sub("", _OPENING.sub("", wording))
    back = _TAKES_BACK.search(text)
    if back and find_figures(text[back.end() :]):
        about = _NOT_A_SUBJECT.sub("", re.sub(rf"{_WRONG}.*|不对.*|有误.*|错了.*", "", back[0]))
        text = about.strip("，, ") + _LINKS.sub("", text[back.end() :], count=1)
    text = _SHOULD_BE.sub("", text)
    links = [f.start - 1 for f in find_figures(text) if text[f.start - 1 : f.start] in {"是", "为"}]
    for at in reversed(links):
        text = text[:at] + text[at + 1 :]
    return text.strip("，, ")


def _labelled(before: str, text: str) -> str:
    label = _LABEL.match(before)
    return text if label is None or text.startswith(label[1]) else f"{label[0]}{text}"


def _target(
    figure: Figure, wording: str, office: str, earlier: Sequence[Fact], taken: Sequence[_Target]
) -> _Target | None:
    """Return the figure that was meant: the same measure, about the same, by the same hand."""
    best, best_score = None, 0
    before = clause_before(wording, figure.start).strip()
    mine, own = _bigrams(wording), _bigrams(before) | _bigrams(_behind(wording, figure.end))
    for age, fact in enumerate(reversed(earlier[-60:])):
        for other in fact.figures[:_MOST_FIGURES]:
            target = _Target(fact, other)
            if not _like(other, figure) or other.value == figure.value or target in taken:
                continue
            hand = _SAME_HAND if fact.office == office else 0
            recent = 1 if age < _LATELY else 0
            theirs = target.words
            shared = len(mine & theirs)
            behind = clause_before(fact.text, other.start).strip()[-1:] == before[-1:] != ""
            score = (
                (shared + len(own & theirs) + behind) * 3 + hand + recent + _as_large(other, figure)
            )
            if score > best_score and (shared or (hand and recent)):
                best, best_score = target, score
    return best


def _behind(text: str, at: int) -> str:
    """Return what stands behind a figure in its clause, up to the next figure."""
    return _TAIL.match(text, at)[0]  # type: ignore[index]


def _like(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are of one measure; 46.7万 may be money or not, 37 is of any."""
    dimensions = {one.dimension, other.dimension}
    return len(dimensions) == 1 or (
        "number" in dimensions
        and (_scale(one) == _scale(other) != "" or not one.unit or not other.unit)
    )


def _scale(figure: Figure) -> str:
    """Return what a measure opens with, 亿 of 亿元 and 个亿."""
    return figure.unit.removeprefix("个")[:1]


def _as_large(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are about as large, as a slip of the pen and what was meant are."""
    smaller, larger = sorted((one.value, other.value))
    return smaller * _LARGEST_SLIP >= larger


def _bigrams(text: str) -> set[str]:
    letters = re.sub(r"[^\u4e00-\u9fffA-Za-z]", " ", fold(text))
    return {letters[i : i + 2] for i in range(len(letters) - 1) if " " not in letters[i : i + 2]}


def _notice(fact_id: str, changes: Sequence[_Change], replaced: bool) -> Notice:
    (target, new), old = changes[0], changes[0][0].fact.id
    others = "".join(f"，{t.figure.text}改为{other}" for t, other in changes[1:])
    then = f"起草用{fact_id}，{old}留作对照" if replaced else f"请核对后删去{old}里的旧数"
    return Notice(
        "correction",
        f"{fact_id}更正{old}：“{target.clause}”改为{new}{others}。{then}。",
        fact_ids=(old, fact_id),
        suggestion=new,
    )


def _unclear(fact_id: str) -> Notice:
    return Notice(
        "correction",
        f"{fact_id}是一条更正，看不出改的是哪一个数，请对照前面的素材改好。",
        fact_ids=(fact_id,),
    )
