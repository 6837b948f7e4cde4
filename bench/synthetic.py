"""Synthetic work summaries from a seed: headings, sentences with figures, and what answers what."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LENGTH = 4_900
NUMERALS = "一二三四五六七八九十"
OPENINGS = (
    "年初，",
    "春季，",
    "夏季，",
    "秋季，",
    "冬季，",
    "年底，",
    "三月，",
    "四月，",
    "五月，",
    "六月，",
    "七月，",
    "九月，",
)
VERBS = (
    "完成",
    "新增",
    "排查",
    "办理",
    "改造",
    "登记",
    "组织",
    "协调",
    "清理",
    "落实",
    "建成",
    "培训",
)
MEASURES = ("个", "处", "户", "件", "次", "人", "项", "家")
EFFECTS = (
    "群众认可",
    "明显好转",
    "底数清楚",
    "台账完整",
    "实现覆盖",
    "责任到人",
    "按期完成",
    "成效初显",
    "其余在办",
    "村民支持",
)
PLACES = "清白青黄红龙凤石水山云月桃柳松梅兰竹金银"
TAILS = ("坪", "湾", "塘", "坝", "岭", "桥", "溪", "沟")


class Matter(NamedTuple):
    """A matter of work: its headings, words of its body, words to ask by."""

    headings: tuple[str, ...]
    words: tuple[str, ...]
    asked: tuple[str, ...]


class Document(NamedTuple):
    """A synthetic summary and the numbers of the matters that its sections treat, in order."""

    text: str
    matters: tuple[int, ...]


def matters() -> list[Matter]:
    """Return the matters that documents are made of."""
    lines = (
        Path(__file__).with_name("synthetic_topics.tsv").read_text(encoding="utf-8").splitlines()
    )
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Matter(tuple(h.split("/")), tuple(w.split()), tuple(a.split())) for h, w, a in rows]


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """Yield documents of about 4,900 characters with eight sections each.

    Every tenth holds a sentence of an earlier one, word for word; others share hardly a run.
    """
    chance, known = random.Random(seed), matters()
    borrowed = ""
    for number in range(count):
        chosen = tuple(chance.sample(range(len(known)), 8))
        place = "".join(chance.choices(PLACES, k=2)) + chance.choice(TAILS)
        parts = [f"{place}镇工作总结\n"]
        for ordinal, matter in zip(NUMERALS, chosen, strict=False):
            heading = chance.choice(known[matter].headings)
            sentences = _sentences(known, matter, place, chance)
            if borrowed and number % 10 == 9 and ordinal == "四":
                sentences[2] = borrowed
            borrowed = chance.choice(sentences)
            parts.append(f"{ordinal}、{heading}\n{''.join(sentences)}\n")
        yield Document("".join(parts), chosen)


def _sentences(known: list[Matter], matter: int, place: str, chance: random.Random) -> list[str]:
    sentences: list[str] = []
    length = 0
    while length < LENGTH // 8 - 20:
        # every third sentence speaks of something else, as real ones do
        other = known[matter if chance.random() < 0.67 else chance.randrange(len(known))]
        word, more = chance.sample(other.words, 2)
        village = f"{place}{chance.choice(PLACES)}{chance.choice(TAILS)}村"
        first, second = (f"{chance.randrange(2, 900)}{chance.choice(MEASURES)}" for _ in range(2))
        aside = f"，{chance.choice(other.asked)}{second}" if chance.random() < 0.2 else ""
        did = f"{chance.choice(OPENINGS)}{village}{chance.choice(VERBS)}{word}{first}"
        effect = f"{village[-2:]}{chance.choice(EFFECTS)}"
        sentences.append(f"{did}，{more}{second}{effect}{aside}。")
        length += len(sentences[-1])
    return sentences


def asked(count: int, seed: int = 2) -> Iterator[tuple[str, str, int]]:
    """Yield queries: kind (heading, keywords, heading and facts), text, number of the answer."""
    chance, known = random.Random(seed), matters()
    for _ in range(count):
        matter = chance.randrange(len(known))
        heading = chance.choice(known[matter].headings)
        yield "heading", heading, matter
        yield "keywords", " ".join(chance.sample(known[matter].asked, 2)), matter
        facts = (
            f"{chance.choice(VERBS)}{word}{chance.randrange(2, 900)}{chance.choice(MEASURES)}"
            for word in chance.sample(known[matter].words, 3)
        )
        yield "heading and facts", "\n".join([heading, "，".join(facts)]), matter
