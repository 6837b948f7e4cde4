"""What takes back a figure that was handed in before: 更正：…, (2)应该是…, 刚才那个写错了，是…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.chinese.normalise import fold
from drafter.chinese.quantities import find_figures
from drafter.domain import Fact, Figure, Notice
from drafter.facts.observations import clause_before

_WRONG = "[写报说打发统计算搞弄填录]{1,2}错"
_OPENING = re.compile(
    r"^\s*(?:(?:不好意思|抱歉|对不起|各位|稍等|[哦啊呃]?(?:不对|说错了))[，,。！!\s]*)*"
    r"(?:(?:更正|纠正|改正|修正|订正|勘误)(?:一?下)?[，,：:。\s]*)?"
)
_CUE = re.compile(
    rf"更正|纠正|订正|勘误|修正(?:一?下|[：:，,])|^[哦啊呃]?(?:不对|说错了)[，,]|应该?(?:是|为)|应改为|实为|其实是|才对"
    rf"|{_WRONG}(?:了|啦)?|(?:刚才|上面|前面|之前)[^，,。；]{{0,8}}(?:不对|有误|错了)|数(?:不对|有误)"
)
_SHOULD_BE = re.compile(r"应该?(?:是|为)|应改为|实为|其实是|(?:更正|改|修正)为")
_REFERENCE = re.compile(
    r"^\s*(?:[上前][一一]?[条个]的?|[（(]\d{1,2}[）)]|第[一二三四五\d]{1,2}[条个项点])[，,：:]?\s*"
)
_TAKES_BACK = re.compile(rf"[^，,。；]*(?:{_WRONG}|不对|有误|错了)[^，,。；]*[，,]\s*")
_ASIDE = re.compile(r"[，,](?:刚才|上面|前面|之前|以上|刚)[^，,。；]*$")
_LINKS = re.compile("^(?:那个|这个|数|数字)?(?:是|为)")
_NOT_A_SUBJECT = re.compile("刚才|上面|前面|那个|这个|数字?|应该?|更正|为|是|的|了|改")
_LABEL = re.compile(r"([^：:，,。；;]{1,16})[：:]")
_LATELY = 6
_MOST_FIGURES = 20  # a correction of more than that is a new list
_SAME_HAND = 2


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as a statement that stands by itself, and the notice that shows both."""

    text: str
    notice: Notice | None = None
    aside: str = ""


@dataclass(frozen=True, slots=True)
class _Target:
    fact: Fact
    figure: Figure

    @property
    def clause(self) -> str:
        """The clause up to and with the figure."""
        return clause_before(self.fact.text, self.figure.start).strip() + self.figure.text


def is_correction(text: str) -> bool:
    """Tell whether a statement corrects one that came before: a cue of correcting and a figure."""
    return _CUE.search(text) is not None and bool(find_figures(text))


def correct(wording: str, fact_id: str, office: str, earlier: Sequence[Fact]) -> Corrected:
    """Return a correction as a full statement with a notice that names the fact it replaces.

    (2)应该是11.9公里 after 硬化道路8条11.6公里 becomes 硬化道路8条11.9公里. The earlier fact stays:
    a person settles which one holds. Where no earlier figure fits, the wording stays.
    """
    wording, aside = _without_aside(wording)
    bare = _bare(wording)
    figures = find_figures(bare)[:_MOST_FIGURES]
    found = [(f, t) for f in figures if (t := _target(f, bare, office, earlier))]
    if not found:
        return Corrected(bare or wording, _unclear(fact_id), aside)
    figure, target = found[0]
    subject = _NOT_A_SUBJECT.sub("", re.sub(r"[^\u4e00-\u9fff]", "", bare[: figures[0].start]))
    if len(subject) >= 2:
        text = _labelled(target.fact.text, bare)
    else:
        text = _labelled(target.fact.text, target.clause.replace(target.figure.text, figure.text))
    return Corrected(text, _notice(fact_id, target, figure), aside)


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


def _target(figure: Figure, wording: str, office: str, earlier: Sequence[Fact]) -> _Target | None:
    """Return the figure that was meant: the same measure, about the same, by the same hand."""
    best, best_score = None, 0
    mine = _bigrams(wording)
    for age, fact in enumerate(reversed(earlier[-60:])):
        for other in fact.figures[:_MOST_FIGURES]:
            if not _like(other, figure) or other.value == figure.value:
                continue
            target = _Target(fact, other)
            hand = _SAME_HAND if fact.office == office else 0
            recent = 1 if age < _LATELY else 0
            shared = len(mine & _bigrams(target.clause))
            score = shared * 3 + hand + recent
            if score > best_score and (shared or (hand and recent)):
                best, best_score = target, score
    return best


def _like(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are of one measure; 46.7万 may be money or not."""
    dimensions = {one.dimension, other.dimension}
    return len(dimensions) == 1 or (
        dimensions == {"money", "number"} and one.unit[:1] == other.unit[:1] != ""
    )


def _bigrams(text: str) -> set[str]:
    letters = re.sub(r"[^\u4e00-\u9fffA-Za-z]", " ", fold(text))
    return {letters[i : i + 2] for i in range(len(letters) - 1) if " " not in letters[i : i + 2]}


def _notice(fact_id: str, target: _Target, figure: Figure) -> Notice:
    old = target.fact.id
    return Notice(
        "correction",
        f"{fact_id}更正{old}：“{target.clause}”改为{figure.text}。请核对后删去{old}里的旧数。",
        fact_ids=(old, fact_id),
        suggestion=figure.text,
    )


def _unclear(fact_id: str) -> Notice:
    return Notice(
        "correction",
        f"{fact_id}是一条更正，看不出改的是哪一个数，请对照前面的素材改好。",
        fact_ids=(fact_id,),
    )
