"""Scripted models: each answers a prompt in its own way, and keeps what it was asked."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from drafter.chinese.quantities import find_figures
from drafter.domain import FactSheet, Outline
from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.samples import Library

TOWNSHIPS = Path(__file__).parent.parent / "townships"
DEMO = Path(__file__).parent.parent.parent / "drafter" / "demo"


def fact_lines(prompt):
    """The facts' lines as the prompt shows them."""
    users = [text for role, text in prompt.messages if role == "user"]
    shown = next(text for text in reversed(users) if "素材：\n" in text)
    body = shown.split("素材：\n", 1)[1]
    return [
        line
        for line in re.split(r"\n写约|\n另外：|\n原句：|\n原文：", body)[0].splitlines()
        if line
    ]


def bare(line):
    """A line with handles but without the values beside them."""
    return re.sub(r"=[^〔〕]*(?=〕)", "", line)


def typed(line):
    """A line with the values typed instead of the handles."""
    return re.sub(r"〔F\d+\.\d+=([^〔〕]*)〕", r"\1", line)


class Model:
    """A scripted model. ``write`` makes the answer; ``asked`` are the prompts in order."""

    def __init__(self, write):
        self.write = write
        self.asked = []

    async def __call__(self, prompt):
        self.asked.append(prompt)
        return self.write(prompt)


def obedient(prompt):
    return "；".join(bare(line) for line in fact_lines(prompt)) + "。"


def shower(prompt):
    return "；".join(fact_lines(prompt)) + "。"


def typist(prompt):
    return "；".join(typed(line) for line in fact_lines(prompt)) + "。"


def loser(prompt):
    return re.sub(r"〔F\d+\.1〕", "若干", obedient(prompt))


def skipper(prompt):
    return bare(fact_lines(prompt)[0]) + "。"


def inventor(prompt):
    return obedient(prompt) + "全年争取上级资金9321万元，王大锤同志获评全国劳动模范。"


def alterer(prompt):
    return re.sub(r"(\d)(?=[^\d]*。)", lambda m: str((int(m.group()) + 1) % 10), typist(prompt))


def handle_inventor(prompt):
    return obedient(prompt) + "其中〔F99.1〕个村达标。"


def repeater(prompt):
    return obedient(prompt) * 3


def markdown(prompt):
    items = "\n".join(f"- **{bare(line)}**" for line in fact_lines(prompt))
    return f"## 工作情况\n\n{items}\n"


def chatty(prompt):
    before = "好的，以下是根据您提供的素材撰写的正文："
    return f"{before}\n\n{obedient(prompt)}\n\n希望以上内容对您有帮助！"


def thinker(prompt):
    return f"<think>\n用户要我写第99条，共1234字……\n</think>\n\n{obedient(prompt)}"


def endless_thinker(prompt):
    return f"<think>我先想一想，{obedient(prompt)}"


def jsonist(prompt):
    import json

    return "```json\n" + json.dumps({"text": obedient(prompt)}, ensure_ascii=False) + "\n```"


def traditional(prompt):
    return to_traditional().convert(obedient(prompt))


@cache
def to_traditional():
    import opencc

    return opencc.OpenCC("s2t")


def englishman(prompt):
    return "The party committee held eleven study sessions this year and improved its work style."


def refuser(prompt):
    return "抱歉，我无法完成这个请求。"


def mute(prompt):
    return ""


def praiser(prompt):
    return obedient(prompt).rstrip("。") + "，干部作风显著提升，群众获得感不断增强。"


def brackets(prompt):
    return re.sub(r"〔(F\d+)\.(\d+)〕", r"（\1. \2）", obedient(prompt))


def doubler(prompt):
    units = "人次|万元|公里|[次个人名场期篇件处项条户]"
    return re.sub(rf"(〔F\d+\.\d+〕)({units})", r"\1\2\2", obedient(prompt))


def echoer(prompt):
    return str(prompt)


def looper(prompt):
    return obedient(prompt) + "加强组织领导，" * 300


def labeller(prompt):
    return "".join(f"F{n}：{bare(line)}。" for n, line in enumerate(fact_lines(prompt), 1))


def junk(prompt):
    return "〔〔〔】】｛F1.｝\x00\ufffd<|im_end|>" * 20


PERSONALITIES = {
    f.__name__: f
    for f in (
        obedient, shower, typist, loser, skipper, inventor, alterer, handle_inventor, repeater,
        markdown, chatty, thinker, endless_thinker, jsonist, traditional, englishman, refuser,
        mute, praiser, brackets, doubler, echoer, looper, labeller, junk,
    )
}  # fmt: skip


def case(name):
    """Facts and outline of a township."""
    folder = DEMO if name == "demo" else TOWNSHIPS / name
    facts = parse_facts((folder / "facts.txt").read_text("utf-8"), unit="云渡镇", period="2026年")
    tasks = (folder / "tasks.txt").read_text("utf-8")
    return facts, make_outline(facts, Library([]), tasks)


def figures(text):
    """The figures of a text as a multiset of values."""
    text = re.sub("【待补[^】]*】", "", text)
    return Counter((f.low, f.high, f.dimension) for f in find_figures(text))


@pytest.fixture(params=["clean", "sparse", "contradictory", "chat", "demo"])
def township(request):
    return case(request.param)


@pytest.fixture
def demo() -> tuple[FactSheet, Outline]:
    return case("demo")


@pytest.fixture
def clean_town():
    return case("clean")


@pytest.fixture
def tools():
    """The helpers of this file, for tests."""
    import types

    return types.SimpleNamespace(
        Model=Model, case=case, figures=figures, fact_lines=fact_lines, bare=bare, typed=typed,
        **PERSONALITIES, personalities=PERSONALITIES,
    )  # fmt: skip
