"""The fact form of a genre: which figures and names its samples have, so which to ask for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from drafter.chinese.sentences import split_clauses
from drafter.domain import Sample, Section
from drafter.resources import lexicon
from drafter.samples.common import common_words, parts
from drafter.samples.functions import section_function
from drafter.samples.named import without_named
from drafter.samples.skeleton import general_heading, own_words
from drafter.samples.specifics import Specific, find_specifics

_HAN_END = re.compile(r"[\u4e00-\u9fff]+$")
_HAN_START = re.compile(r"^[\u4e00-\u9fff]+")
_AFTER = re.compile(r"^(?:以上|左右|余|多|的)+")
_WEAK = re.compile(
    r"(?:完成|抓好|着力|年度|全年|任务多?|目标|计划|全部|同比|环比|比[^，]{1,4}|其余|其他)+"
)
_SHORTEST = 2
_LONGEST = 10
_KEPT = 4
_BEHIND = 3
_MANY = 3
"""From so many samples on, the form asks only what at least two of them have."""


@dataclass(frozen=True, slots=True)
class AskedSlot:
    """Something to ask an office for: 整改问题（个）, 招商引资（亿元）.

    ``label`` is the generalised context without specifics, ``measure`` the measure word,
    ``magnitude`` the usual number of digits, ``samples`` how many samples ask it, ``function``
    and ``section`` where it stands there (a generalised heading).
    """

    label: str
    measure: str
    kind: str = "figure"
    magnitude: int = 0
    samples: int = 1
    function: str = "work"
    section: str = ""


def fact_form(samples: Iterable[Sample]) -> list[AskedSlot]:
    """Return what to ask for across the samples of a genre, what most of them have first.

    Each figure becomes a slot by its verb and object (开展警示教育 … 场次) and its measure word;
    equal ones are counted once a sample. From three samples on, what only one of them has is its
    own matter and left out. Nothing of a sample's specifics is in any label.
    """
    number = -1
    asked: dict[tuple[str, str], list[tuple[int, Specific, Section]]] = defaultdict(list)
    for number, sample in enumerate(samples):
        own = own_words(sample.title, sample.text)
        for section in sample.walk():
            for label, specific in _asked(section):
                if not any(words in label for words in own):
                    asked[label, specific.measure].append((number, specific, section))
    merged: dict[tuple[str, str], list[tuple[int, Specific, Section]]] = defaultdict(list)
    for key, places in asked.items():
        merged[_shorter(key, asked), key[1]] += places
    form = [_slot(label, measure, places) for (label, measure), places in merged.items()]
    least = 2 if number + 1 >= _MANY else 1
    form = [slot for slot in form if slot.samples >= least]
    return sorted(form, key=lambda slot: (-slot.samples, slot.label, slot.measure))


def _slot(label: str, measure: str, places: list[tuple[int, Specific, Section]]) -> AskedSlot:
    heading = places[0][2].heading
    magnitude = Counter(specific.magnitude for _, specific, _ in places).most_common(1)[0][0]
    return AskedSlot(
        label,
        measure,
        magnitude=magnitude,
        samples=len({number for number, *_ in places}),
        function=section_function(heading),
        section=general_heading(heading),
    )


def _shorter(key: tuple[str, str], known: Collection[tuple[str, str]]) -> str:
    """Return the shortest known label that this one begins or ends with (完成固定资产投资 …)."""
    label, measure = key
    for length in range(_KEPT, len(label)):
        for part in (label[-length:], label[:length]):
            if (part, measure) in known:
                return part
    return label


def _asked(section: Section) -> list[tuple[str, Specific]]:
    found = []
    for clause in split_clauses(section.body):
        specifics = find_specifics(clause.text)
        for i, specific in enumerate(specifics):
            if specific.kind != "figure" or not specific.measure:
                continue
            label = _label(clause.text, specifics, i)
            if label:
                found.append((label, specific))
    return found


def _label(clause: str, specifics: list[Specific], i: int) -> str:
    """Return verb and object beside a figure: before it (发现问题30个) or behind it (30个问题)."""
    start = specifics[i - 1].end if i else 0
    end = specifics[i + 1].start if i + 1 < len(specifics) else len(clause)
    found = _HAN_END.search(clause[start : specifics[i].start])
    before = _trimmed(parts(found.group())) if found else []
    rest = clause[specifics[i].end : end]
    after = _HAN_START.match(_AFTER.sub("", rest, count=1))
    if after and sum(map(len, before)) < _KEPT:
        before += _trimmed(parts(after.group())[:_BEHIND])
    label = "".join(_last_words(before))
    known = common_words(without_named(label)) == label
    return label if known and len(label) >= _SHORTEST and not _WEAK.fullmatch(label) else ""


def _trimmed(words: list[str]) -> list[str]:
    """Return words without those at either end that say nothing of the matter."""
    while words and words[0] in _light("opening"):
        words = words[1:]
    while words and words[-1] in _light("closing"):
        words = words[:-1]
    return words


def _last_words(words: list[str]) -> list[str]:
    """Return as many of the last words as a label holds."""
    while sum(map(len, words)) > _LONGEST:
        words = words[1:]
    return _trimmed(words)


@cache
def _light(end: str) -> frozenset[str]:
    rows = (line.split("\t") for line in lexicon("samples", "light_words.tsv"))
    return frozenset(word for where, words in rows if where == end for word in words.split())
