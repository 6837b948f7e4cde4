"""Which facts tell of problems and which of plans, seen along the sheet and not one by one.

A list of plans rarely says in each line that it is one (新建照料点5处 may be done or planned). What
stands between two plans, and tells of no work done, is a plan. The likeliest course of kinds is
chosen for the facts of one office at once (Viterbi, IEEE Trans. Inf. Theory 13(2), 1967).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from drafter.domain import Fact
from drafter.planning.states import kind_of, speaker
from drafter.resources import lexicon

# Weights chosen on the project's own samples taken apart (bench/assignment.py).
SURE = 4.0  # a fact that says itself what it is
CUE = 1.0  # a word by which lines of a kind are known
MOST_CUES = 3
DONE = 0.6  # what says nothing tells of work
LATER = 2.0  # a year after the one that is summed up
FEWEST = 8  # facts of an office; of fewer each is taken by itself
TURN, RETURN = 0.8, 3.0  # going on to problems and plans; going back to what came before them
GATHERED = (0.15, 0.5)  # share of the first problem or plan to the last that are such; anywhere
LATE = 0.4  # part of the notes before which no problem or plan stands
AT_END = 0.6  # part of the notes before which no problem stands that is not called one
KINDS = ("", "problems", "plan")
_SHORT = re.compile(r"(?:缺口?|短缺|[还尚]差)(?:约|近)?\d")
_LAST_CLAUSE = re.compile(r"[^，,；;。]+(?=。?$)")
_LABEL = re.compile(r"(?P<year>20\d\d)年?\s*[：:]")
_NAMED = re.compile(r"(?P<year>20\d\d)年")
_YEAR = re.compile(r"20\d\d(?=年|\s*[：:])")


def kinds_of(facts: Sequence[Fact]) -> dict[str, str]:
    """Return fact id → problems, plan, or "" for work; facts that say it themselves keep it."""
    year = _year_of(facts)
    found: dict[str, str] = {}
    for _, group in groupby(facts, key=lambda fact: (speaker(fact), fact.section_hint)):
        together = list(group)
        own = [kind_of(fact) or _by_label(fact, year) for fact in together]
        own = _with_unlabelled(together, own)
        rows = [_weights(fact, year) for fact in together]
        course = _course(rows) if len(own) >= FEWEST and _gathered(own) else own
        last = max((n for n, row in enumerate(rows) if _told(row, course[n])), default=-1)
        for number, fact in enumerate(together):
            found[fact.id] = own[number] or (course[number] if number < last + 1 else "")
    return found


def _with_unlabelled(facts: Sequence[Fact], own: Sequence[str]) -> list[str]:
    """Return the kinds with the problems that close a block of notes without a label.

    They stand behind all work, before or among problems and plans. A line that counts something is
    left to the course: 平均年龄38岁 or 更换老化水管2公里 at the end tells of no problem.
    """
    found = list(own)
    for number in range(len(facts) - 1, int(AT_END * len(facts)), -1):
        if not found[number] and not _laments(facts[number]):
            break
        found[number] = found[number] or "problems"
    return found


def _laments(fact: Fact) -> bool:
    """Tell a line that ends on a lack, counts nothing else and tells of no remedy."""
    last, cues = _LAST_CLAUSE.search(fact.text), _cues(fact.text)
    counts = any(map(str.isdigit, fact.text)) and not _SHORT.search(fact.text)
    if last is None or fact.state in {"done", "planned"} or counts:
        return False
    remedied = cues["work"] or cues["plan"] or cues["mended"]
    return not remedied and _cues(last[0])["problems"] > 0


def _by_label(fact: Fact, year: int) -> str:
    """Return plan where a line's label names a later year (2027：…), or what is planned for one."""
    match = _LABEL.match(fact.text) or (fact.state == "planned" and _NAMED.match(fact.text))
    return "plan" if match and 0 < year < int(match["year"]) else ""


def _told(row: Sequence[float], kind: str) -> bool:
    """Tell whether anything in a fact itself speaks for its being a problem or a plan."""
    return kind != "" and row[KINDS.index(kind)] > 0


def _gathered(kinds: Sequence[str]) -> bool:
    """Tell notes in which problems and plans stand together at the end, not among the work."""
    places = [index for index, kind in enumerate(kinds) if kind]
    if not places:
        return False
    share = len(places) / (places[-1] - places[0] + 1)
    return share >= GATHERED[0] and (places[0] >= LATE * len(kinds) or share >= GATHERED[1])


def _year_of(facts: Sequence[Fact]) -> int:
    """Return the last year that work done names, or 0."""
    said = [fact for fact in facts if not kind_of(fact) and not _LABEL.match(fact.text)]
    done = [f for f in said if f.state != "planned" and not _cues(f.text)["plan"]]
    told = [line for fact in done for line in (fact.text, fact.period)]
    return max((int(year) for text in told for year in _YEAR.findall(text)), default=0)


def _weights(fact: Fact, year: int) -> list[float]:
    own, cues = kind_of(fact), _cues(fact.text)
    later = year and any(int(named) > year for named in _YEAR.findall(fact.text))
    weights = [CUE * cues["work"] + DONE, CUE * cues["problems"], CUE * cues["plan"]]
    weights[1] -= 0.0 if own or cues["problems"] else SURE
    weights[2] += LATER if later else 0.0
    if own or fact.state == "planned":  # a plan that kind_of takes for work was done already
        weights[KINDS.index(own)] += SURE
    return weights


def _cues(text: str) -> dict[str, int]:
    counts = dict.fromkeys(("work", "problems", "plan", "mended"), 0)
    for kind, pattern in _patterns():
        if counts[kind] < MOST_CUES and pattern.search(text):
            counts[kind] += 1
    return counts


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = (line.split("\t") for line in lexicon("planning", "open_cues.tsv"))
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


def _course(rows: Sequence[Sequence[float]]) -> list[str]:
    best, back = list(rows[0]), []
    for row in rows[1:]:
        came = [
            max(range(3), key=lambda before: best[before] - _cost(before, now)) for now in range(3)
        ]
        best = [row[now] + best[came[now]] - _cost(came[now], now) for now in range(3)]
        back.append(came)
    course = [max(range(3), key=lambda kind: best[kind])]
    for came in reversed(back):
        course.append(came[course[-1]])
    return [KINDS[kind] for kind in reversed(course)]


def _cost(before: int, now: int) -> float:
    return 0.0 if before == now else TURN if now > before else RETURN
