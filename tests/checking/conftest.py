"""Readers for the case files and a maker of small fictional jobs."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import NamedTuple

import pytest

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[str]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


class Case(NamedTuple):
    label: str
    tag: str
    facts: tuple[str, ...]
    text: str
    gold: tuple[tuple[int, int], ...]


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text without ⟦⟧ and the offsets of what stood in them."""
    text, gold, start = "", [], 0
    for piece in re.split("([⟦⟧])", marked):
        if piece == "⟦":
            start = len(text)
        elif piece == "⟧":
            gold.append((start, len(text)))
        else:
            text += piece
    return text, tuple(gold)


def read_cases(name: str) -> list[Case]:
    found = []
    for row in rows(name):
        label, tag, facts, marked = row.split("\t")[:4]
        found.append(Case(label, tag, tuple(facts.split("；；")), *unmark(marked)))
    return found


def read_sections(name: str = "sections.txt") -> list[Case]:
    found, title, facts = [], "", []
    for line in rows(name):
        if line.startswith("== "):
            title, facts = line[3:], []
        elif line.startswith("- "):
            facts.append(line[2:])
        elif line.startswith("> "):
            found.append(Case("section", title, tuple(facts), *unmark(line[2:])))
    return found


def score(cases: list[Case], flagged) -> dict[str, float]:
    """Return precision, recall, false alarms; a flag hits where it covers half of a span."""
    hits = misses = wrong = clean_alarms = 0
    for case in cases:
        flags = flagged(case)
        good = [any(_hit(flag, gold) for flag in flags) for gold in case.gold]
        hits += sum(good)
        misses += len(good) - sum(good)
        bad = [f for f in flags if not any(_hit(f, gold) for gold in case.gold)]
        wrong += len(bad)
        clean_alarms += bool(bad) and not case.gold
    return {
        "precision": hits / max(hits + wrong, 1),
        "recall": hits / max(hits + misses, 1),
        "wrong": wrong,
        "clean_alarms": clean_alarms,
    }


def _hit(flag: tuple[int, int], gold: tuple[int, int]) -> bool:
    overlap = min(flag[1], gold[1]) - max(flag[0], gold[0])
    shorter = min(flag[1] - flag[0], gold[1] - gold[0])
    return (
        overlap > 0 and overlap * 2 >= shorter and flag[1] - flag[0] <= 2 * (gold[1] - gold[0]) + 6
    )


# --------------------------------------------------------------------------- made-up jobs

SUBJECTS = (
    ("走访困难群众", "户", "累计走访困难群众{}"),
    ("排查安全隐患", "处", "共排查安全隐患{}"),
    ("硬化通组公路", "公里", "硬化通组公路{}"),
    ("兑付粮食补贴", "万元", "及时兑付粮食补贴{}"),
    ("清运建筑垃圾", "吨", "清运建筑垃圾{}"),
    ("新栽优质茶苗", "亩", "新栽优质茶苗{}"),
    ("化解邻里纠纷", "起", "妥善化解邻里纠纷{}"),
    ("开设夜校课程", "期", "开设夜校课程{}"),
    ("安装太阳能路灯", "盏", "安装太阳能路灯{}"),
    ("改造农村危房", "栋", "改造农村危房{}"),
    ("选派科技特派员", "名", "选派科技特派员{}"),
    ("义诊服务老人", "人次", "义诊服务老人{}"),
    ("医保参保率", "%", "医保参保率达{}"),
    ("电商销售收入", "万元", "实现电商销售收入{}"),
    ("修复灌溉水渠", "米", "修复灌溉水渠{}"),
    ("复垦撂荒耕地", "亩", "复垦撂荒耕地{}"),
)


class Claim(NamedTuple):
    fact: str
    sentence: str
    value: str
    unit: str
    template: str


class Job(NamedTuple):
    """Facts and a draft that says each of them once."""

    claims: tuple[Claim, ...]

    @property
    def facts(self) -> list[str]:
        return [claim.fact for claim in self.claims]

    def draft(self, changed: dict[int, str] | None = None) -> tuple[str, list[tuple[int, int]]]:
        """Return the text and the span of each figure; ``changed`` gives other figures by index."""
        text, spans = "", []
        for i, claim in enumerate(self.claims):
            figure = (changed or {}).get(i, claim.value + claim.unit)
            sentence = claim.template.format(f"⟦{figure}⟧") + "。"
            piece, ((start, end),) = unmark(sentence)
            spans.append((len(text) + start, len(text) + end))
            text += piece
        return text, spans


def make_job(rng: random.Random, size: int) -> Job:
    claims = []
    for subject, unit, template in rng.sample(SUBJECTS, size):
        value = str(rng.randint(61, 99)) + ".4" if unit == "%" else str(rng.randint(112, 989))
        claims.append(Claim(f"{subject} {value}{unit}", "", value, unit, template))
    return Job(tuple(claims))


@pytest.fixture(scope="session")
def jobs() -> list[Job]:
    rng = random.Random(20260317)
    return [make_job(rng, rng.randint(3, 8)) for _ in range(60)]
