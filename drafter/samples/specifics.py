"""What belongs to one unit only: figures, dates, names, places, titles, slogans, masks."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from drafter.chinese.dates import find_dates
from drafter.chinese.quantities import find_figures
from drafter.resources import lexicon

MASK = r"[XxＸ×*＊✱〇○□]+|某{1,3}"
_MEASURE = (
    r"(?:万|亿|千|百|十|余|多|来|几)*"
    r"(?:个百分点|公里|平方米|立方米|平方公里|公顷|万元|亿元|人次|场次|户次|名|人|户|元|亩|吨|米|头|只|家|个|项|次|条"
    r"|件|场|轮|期|处|所|座|台|套|辆|篇|份|起|宗|批|支|级|类|天|年|月|日|届|岁|％|%|‰|棵|株|盏|公斤|斤|里|组|块|张|本|幅|册)"
)
_SHAPES = re.compile(
    rf"(?P<title>《[^》\n]*(?:》|(?=\n)|$))|(?P<slogan>[“‘][^”’\n]*(?:[”’]|(?=\n)|$)|「[^」\n]*」|\"[^\"\n]+\")"
    rf"|(?P<place>(?:{MASK})(?:镇|乡|县|市|区|省|州|村|街道|社区|组|屯))"
    rf"|(?P<figure>(?P<stars>{MASK})(?P<about>余|多)?(?P<measure>{_MEASURE}))"
    rf"|(?P<mask>{MASK})"
)
_SUFFIX = r"(?:镇|乡|村|县|街道|社区|水库|景区|小区)(?![村镇庄级委域组干风企户]|民(?![生政宿族]))"
_NAMED = re.compile(rf"(?P<stem>[\u4e00-\u9fff]{{2}}){_SUFFIX}")
_NAMED_ALONE = re.compile(rf"(?<![\u4e00-\u9fffXx*×])(?P<stem>[\u4e00-\u9fff]{{2,3}}){_SUFFIX}")
_LISTED_BEFORE = re.compile(r"[镇乡村区县]、$|[在到对于赴]$")
_LISTED = re.compile(r"、[^，。、]{1,5}[镇乡村区]|党支部|党总支|两委|村委会")
_ORGANISATION = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:集团|公司|石化|银行|大学|学院|医院|中学|小学|合作社|研究院|实验室|农牧)"
)
_DIGITS = re.compile(r"[\d０-９]+(?:[.,，．][\d０-９]+)*")
_COUNTED = re.compile(
    r"(?<![一第十统])[二两三四五六七八九十百千]{1,3}(?=(?:个|项|大|件|条|种|方面|次|场|轮|期|处|级|类|张|支|批|届|位|名|年|月))"
)


class Specific(NamedTuple):
    """A stretch that is not kept; ``kind``, ``measure`` and ``magnitude`` as in domain.Slot."""

    start: int
    end: int
    kind: str
    measure: str = ""
    magnitude: int = 0


LABELS = {
    "figure": "〔数〕",
    "date": "〔时间〕",
    "person": "〔人名〕",
    "place": "〔地名〕",
    "organisation": "〔单位〕",
    "post": "〔职务〕",
    "title": "《〔文件〕》",
    "slogan": "“〔词〕”",
    "mask": "〔略〕",
}


@cache
def _chars(name: str) -> frozenset[str]:
    return frozenset("".join(lexicon("samples", name)))


@cache
def _person() -> re.Pattern[str]:
    posts = "|".join(sorted(lexicon("samples", "post_words.txt"), key=len, reverse=True))
    names = (name.rstrip("!") for name in lexicon("chinese", "surnames.txt"))
    surnames = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:{posts})\s?(?P<name>{surnames})(?P<given>[\u4e00-\u9fff]{{1,2}})")


@cache
def _comrade() -> re.Pattern[str]:
    surnames = "".join(_chars("surnames.txt"))
    return re.compile(
        rf"[{surnames}][\u4e00-\u9fff]{{1,2}}(?=同志|先进事迹|任[\u4e00-\u9fff]{{0,4}}长)"
    )


@cache
def _given() -> frozenset[str]:
    return _chars("given_names.txt") - _chars("not_in_names.txt")


@cache
def _places() -> AhoCorasick:
    names = [*lexicon("samples", "divisions.txt"), *lexicon("samples", "regions.txt")]
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)


def find_specifics(text: str) -> list[Specific]:
    """Return the specifics of a text in order, none inside another (the outer one wins)."""
    found = _shaped(text)
    found += [
        Specific(f.start, f.end, "figure", _measure(f.text, f.unit), _digits(f.text))
        for f in find_figures(text)
    ]
    found += [Specific(d.start, d.end, "date") for d in find_dates(text)]
    found += [Specific(start, end, "place") for start, end in find_places(text)]
    persons = find_persons(text) + find_comrades(text)
    found += [Specific(start, end, "person") for start, end in persons]
    found += [Specific(*m.span(), "organisation") for m in _ORGANISATION.finditer(text)]
    found += [Specific(m.start(), m.end(), "figure", "", len(m[0])) for m in _DIGITS.finditer(text)]
    return _outermost(found)


def generalise(text: str) -> str:
    """Return a heading with 〔地名〕, 〔数〕 … where specifics stood; counted words (三大) too."""
    pieces: list[str] = []
    at = 0
    for specific in find_specifics(text):
        pieces += [text[at : specific.start], LABELS[specific.kind]]
        if specific.kind == "figure":
            pieces.append(specific.measure)
        at = specific.end
    return _COUNTED.sub("〔数〕", "".join([*pieces, text[at:]]))


def find_persons(text: str) -> list[tuple[int, int]]:
    """Return the places of persons' names that stand behind a post (书记, 镇长 …)."""
    given = _given()
    found = []
    for match in _person().finditer(text):
        own, start, end = match["given"], match.start("name"), match.start("given")
        after = text[end + 1 : end + 2]
        if len(own) > 1 and given >= set(own):
            found.append((start, end + len(own)))
        elif own[0] in given and (not after or after in "，、。；）同等"):
            found.append((start, end + 1))
    return found


def find_comrades(text: str) -> list[tuple[int, int]]:
    """Return the places of persons' names before 同志, 先进事迹 or an office they hold."""
    given = _given()
    found = (match.span() for match in _comrade().finditer(text))
    return [span for span in found if given >= set(text[span[0] + 1 : span[1]])]


def find_places(text: str, listed: bool = False) -> list[tuple[int, int]]:
    """Return the places of geographical names: known divisions and regions, named villages.

    ``listed``: a village's name counts only in a list of such (XX村、某某村) or before its organs
    (村党支部), which keeps verbs before 村 and 镇 out.
    """
    found = [(start, end) for _, start, end in _places().find_matches_as_indexes(text)]
    barred = _chars("common_place_parts.txt")
    for match in (_NAMED_ALONE if listed else _NAMED).finditer(text):
        start, end = match.span()
        if barred & set(match["stem"]):
            continue
        if not listed or _LISTED_BEFORE.search(text, start - 3, start) or _LISTED.match(text, end):
            found.append((start, end))
    return found


def _shaped(text: str) -> list[Specific]:
    found = []
    for match in _SHAPES.finditer(text):
        kind = match.lastgroup or "mask"
        kind = "figure" if match["figure"] else kind
        measure = match["measure"] or ""
        magnitude = len(match["stars"] or "")
        found.append(
            Specific(match.start(), match.end(), kind, measure.lstrip("余多来几"), magnitude)
        )
    return found


def _measure(text: str, unit: str) -> str:
    """Return the measure word with its scale as written: 2860余万元 → 万元."""
    scaled = re.search(rf"(?:万亿|[万亿])?{re.escape(unit)}", text) if unit else None
    return scaled.group() if scaled else unit


def _digits(text: str) -> int:
    return sum(1 for c in text.split(".", 1)[0] if c.isdigit()) or 1


def _outermost(found: list[Specific]) -> list[Specific]:
    kept: list[Specific] = []
    for specific in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or specific.start >= kept[-1].end:
            kept.append(specific)
    return kept
