"""What a clause claims of a state by its words: all done, done, a deed, or anything else.

The words are data: ``lexicons/state_patterns.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from drafter.checking.context import Clause
from drafter.checking.factindex import Line
from drafter.domain import Finding
from drafter.resources import lexicon

HAN = "[\u4e00-\u9fff]"
FIGURE = re.compile(
    r"\d|分之|[一二三四五六七八九十]成|半数|过半|[一二两三四五六七八九十百]+[个处件户名人项家条座场次辆份批]"
)
_HEADED = re.compile(r"[一二三四五六七八九十]+是|（?[一二三四五六七八九十]+[、）]|\d+[.．、]")
_SHORT_HEAD = 9
_SURELY = re.compile("全|均|都|已|未|没|无")
_URGED = re.compile(
    "(?:抓[好实牢细严]|狠抓|聚焦|聚力|围绕|统筹|坚持|加强|强化|做好|深化|夯实|筑牢|规范|健全|完善|优化)"
    "|[^，。\\d]{2,8}[有更][\u4e00-\u9fff]{2}$"  # 建议办理有回音 only heads what follows
)
_MEANT = re.compile("意向|意愿|打算")
_WHOLE = re.compile("(?:目前)?已?经?(?:全面|全部|悉数|全数|均|都|圆满|彻底)")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a clause says of a state: ``kind`` is all, done, deed, or told (anything else)."""

    kind: str
    start: int
    end: int
    text: str


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    rows = (row.split("\t") for row in lexicon("checking", "state_patterns.tsv"))
    return tuple((kind, pattern) for kind, pattern in rows)


@cache
def alternatives(*kinds: str) -> str:
    """Return the patterns of some kinds as one group, longer ones first."""
    found = [pattern for kind, pattern in _rows() if kind in kinds]
    return "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")"


@cache
def words(*kinds: str) -> re.Pattern[str]:
    """Return the pattern of some kinds of state words, longer ones first."""
    return re.compile(alternatives(*kinds))


@cache
def claim_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of claims by kind, the surest first.

    Verbs are often parts of names (维修方案): a bare one counts at the clause's begin or end.
    """
    verb, adverb = alternatives("verb"), alternatives("adverb")
    share = f"{verb}率(?:达到?|为)?(?:百分之百|100%)"
    marked = f"{adverb}+{HAN}{{0,3}}?{alternatives('verb', 'deed')}+"
    marked += f"|已经?{HAN}{{2}}(?=$|[了。；])|{verb}了"
    ended = f"{verb}+{alternatives('deed')}?(?=$|[，。；）])|(?<![待等])(?:建成|竣工|完工)"
    examined = "验收|评审|环评|审查|审批|鉴定|复核|认证|审计|检测"
    ended += f"|(?<![待等])通过(?=$|[，。；、）了省市县国]|{examined})"
    ended += "|经[^，。；]{1,8}(?:批准|同意)"
    deed = f"(?:{alternatives('deed', 'verb')})+(?!率)"
    opening = "^(?:[全今本年内镇乡我先后累计共新还]|为[^，。]{2,8}?(?=更|换|建|修|安|配))*"
    return (
        ("all", re.compile(f"{alternatives('all')}{HAN}{{0,2}}{verb}*|{share}")),
        ("done", re.compile(marked)),
        ("deed", re.compile(f"{opening}(?P<said>{deed})")),
        ("done", re.compile(ended)),
        ("deed", re.compile(f"(?P<said>{deed})")),
    )


def claims_of(text: str) -> Iterator[Claim]:
    """Yield what a clause claims, the surest first; one that leaves things open claims none."""
    return iter(_claims(text))


@lru_cache(maxsize=2048)
def _claims(text: str) -> tuple[Claim, ...]:
    return tuple(_claimed(text))


def _claimed(text: str) -> Iterator[Claim]:
    if words("pending", "stopped", "negated").search(text):
        return
    urged = _URGED.match(text) and not FIGURE.search(text)
    for kind, pattern in claim_patterns():
        for match in islice(pattern.finditer(text), None if kind == "all" else 1):
            if _MEANT.match(text, match.end()) or (urged and kind in ("deed", "done")):
                continue  # 达成签约意向 is what the fact calls 意向签约
            group = "said" if kind == "deed" else 0
            whole = kind == "done" and _WHOLE.match(match[0])
            yield Claim("all" if whole else kind, *match.span(group), match[group])


def is_heading(clause: Clause) -> bool:
    """Tell whether a clause is a sentence that only names what it is about: 一是抓好理论学习。"""
    marker = _HEADED.match(clause.text, clause.text.rfind("：") + 1)
    alone = clause.sentence.rstrip("。；;\n") == clause.text
    if marker is None or not alone or FIGURE.search(clause.text, marker.end()):
        return False
    titled = clause.sentence.rstrip("\n") == clause.text
    short = len(clause.text) - marker.end() <= _SHORT_HEAD
    named = short and not _SURELY.search(clause.text, marker.end())
    urged = words("urging", "pending").match(clause.text, marker.end()) is not None
    return titled or named or urged


def told_of(clause: Clause, line: Line) -> Iterator[Claim]:
    """Yield what a clause says of a fact's thing in words of its own, if it states and not urges.

    A fact that something failed or is not done leaves nothing good to say of it.
    """
    quiet = ("pending", "stopped", "urging", "adverse", "negated", "ongoing")
    stated = not words(*quiet).search(clause.text)
    urged = _URGED.match(clause.text) is not None
    if not stated or urged or "零" in clause.text or FIGURE.search(clause.text):
        return
    runs = _own_runs(clause.text, line.text)
    last = max(runs, default=None)
    if last and last[1] == len(clause.text) and len(last[2]) > 1:
        yield Claim("told", *last)


def _own_runs(text: str, other: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a text no pair of which stands in another one."""
    marks = ["n" if re.match(HAN, char) else "-" for char in text]
    for i in range(len(text) - 1):
        if text[i : i + 2] in other:
            marks[i : i + 2] = "--"
    for match in re.finditer("n+", "".join(marks)):
        yield match.start(), match.end(), text[match.start() : match.end()]


def contradiction(clause: Clause, start: int, end: int, line: Line, why: str) -> Finding:
    """Return the finding on a stretch of a clause; the offsets count from the clause's begin."""
    text = clause.text[start:end]
    message = f"“{text}”与事实{line.fact_id}“{line.text}”不符：{why}。"
    start, end = clause.start + start, clause.start + end
    return Finding(start, end, text, "contradiction", "block", message, "", (line.fact_id,))
