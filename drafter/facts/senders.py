"""Who hands something in: offices' short names, and the senders of chat messages."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from drafter.resources import lexicon

_DATE = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
_TIME = (
    rf"(?:{_DATE}\s+)?(?:[上下]午|早上|中午|晚上|凌晨)?\s?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?"
)
_WHO = r"[^\d：:，,。；;【】\[\]（(]{1,16}(?:[（(][^（()）]{1,12}[）)])?"
_WHO_TIME = re.compile(
    rf"(?P<who>{_WHO}?)\s*[（(\[]?{_TIME}[）)\]]?(?:\s*[：:]\s*|\s+|$)(?P<rest>.*)"
)
_TIME_WHO = re.compile(rf"[\[【(（]?{_TIME}[\]】)）]?\s*(?P<who>{_WHO})(?:[：:]\s*(?P<rest>.*))?")
_TITLES = (
    "支书|书记|主任|站长|镇长|乡长|文书|会计|所长|局长|校长|院长|队长|经理|工|姐|哥|总|老师|医生"
)
_CALLED = re.compile(
    rf"(?P<at>[\u4e00-\u9fff]{{0,8}}?)[-—·]?"
    rf"(?:(?P<nick>[小老阿])(?P<a>[\u4e00-\u9fff])|(?P<b>[\u4e00-\u9fff])(?:{_TITLES}))"
)
_IN_BRACKETS = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,6})[（(](?P<office>[\u4e00-\u9fff]{2,10})[）)]"
)
_AT_A_POST = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:社区|村|办|所|站|中心|委)[-—·]?(?P<a>[\u4e00-\u9fff])[\u4e00-\u9fff]{0,2}"
)
_THINGS = frozenset("房车路区街井池桥河水牛米麦花金石时段游管学项旧龄弱病残板品")  # 老房, 小区 …
_NO_NAME_END = frozenset("于在至到从自是前后为开")
_NOT_CALLED = re.compile(
    "一把手|小组|小学|小区|老人|老年|老旧|小微|小额|小水|老干|[分职施开完竣复用务返招]工|汇总|老街"
)


class Sender(NamedTuple):
    """Who wrote a chat line, and what stands behind the name."""

    who: str
    rest: str


def sender_in(folded: str) -> Sender | None:
    """Return the sender of 党政办小何 9:02 or [2026-11-02 09:11] 张工：…, ``None`` if none.

    A name nobody knows counts where it stands alone before a time, or between a time and a colon.
    """
    time_last = _TIME_WHO.fullmatch(folded) is None
    found = _WHO_TIME.fullmatch(folded) if time_last else _TIME_WHO.fullmatch(folded)
    if found is None:
        return None
    who, rest = found["who"].strip(" @-—"), found["rest"] or ""
    if not who or who[-1] in _NO_NAME_END:
        return None
    known = is_office(who) or is_speaker(who) or (len(who) <= 4 and who[0] in _surnames())
    colon = bool(rest) and folded[: -len(rest)].rstrip().endswith(("：", ":"))
    return Sender(who, rest) if known or colon or (time_last and not rest) else None


def is_office(label: str, alone: bool = False) -> bool:
    """Tell whether a label names an office (党建办, 纪委, 财政所, 应急管理办公室).

    ``alone``: it stands by itself on a line, where only a full short name counts (not 党建, 水利).
    """
    name = label.strip()
    if not re.fullmatch(r"[\u4e00-\u9fff、（）()]{2,14}", name):
        return False
    if not alone and name in _names():
        return True
    endings = _endings_alone() if alone else _endings()
    return any(
        name.endswith(ending) and len(name) > len(ending) - (ending in _whole())
        for ending in endings
    )


def is_speaker(head: str) -> bool:
    """Tell whether a head before a colon is a person who reports: 社区李, 王支书, 张三(应急办)."""
    if len(head) > 14 or _NOT_CALLED.search(head):
        return False
    if bracket := _IN_BRACKETS.fullmatch(head):
        return is_office(bracket["office"]) or is_office(bracket["name"])
    if called := _CALLED.fullmatch(head):
        letter = called["a"] or called["b"]
        if called["nick"] and letter in _THINGS:
            return False
        return letter in _surnames() or (called["nick"] == "阿" and is_office(called["at"]))
    at_post = _AT_A_POST.fullmatch(head)
    return at_post is not None and at_post["a"] in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(name.rstrip("!") for name in lexicon("chinese", "surnames.txt"))


@cache
def _names() -> frozenset[str]:
    return frozenset(lexicon("facts", "offices.txt"))


@cache
def _endings() -> tuple[str, ...]:
    return lexicon("facts", "office_endings.txt")


@cache
def _whole() -> frozenset[str]:
    """Return the endings that are an office's whole name by themselves."""
    return frozenset(e for e in _endings() if len(e) > 1)


@cache
def _endings_alone() -> tuple[str, ...]:
    return tuple(
        e for e in _endings() if e not in {"口", "线", "组", "室", "村", "机关", "公司", "学校"}
    )
