"""Clerk's shorthand becomes sentences: arrows, slashes, colons, half-width marks, spoken words.

Every figure, name and title stays as it was given; only the joints between them are written.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from drafter.resources import lexicon

_PROTECTED = re.compile(r"《[^《》]*》|“[^“”]*”|【[^【】]*】")
_PRIVATE = 0xE000
_LABEL = re.compile(
    r"^(?:存在的?)?(?:主要)?(?:问题|不足|困难|打算|计划|(?:下一?步|今后)(?:工作)?(?:打算|计划|安排)?|建议|短板)"
    r"[一二三四五六七八九十\d]{0,2}\s*[：:]\s*(?:[（(]?\d{1,2}[)）、.．](?!\d)\s*)?"
)
_YEAR_PLAN = re.compile(r"^(20\d\d年|明年)(?:工作)?(?:计划|打算)\s*[：:]\s*")
_ITEM = re.compile(r"[；，：。]?\s*[①-⑳]\s*")
_GAP = re.compile(
    r"(?<=\d)([余多来]?[\u4e00-\u9fff%％]{1,3})[ \t\u3000]+(?=[\u4e00-\u9fff][\u4e00-\u9fff\d])"
)
_SUBJECT = re.compile(r"(?:村|社区|镇|乡|街道|局|办|所|站|院|支部|组|中心|学校|公司|合作社|合计|总计|全镇|全乡)$")
_HOTLINE = re.compile(r"12\d{3}|11\d")
_MEASURES = (
    (re.compile(r"(?<=\d)\s?(?:km|KM|Km)(?![²2])"), "公里"),
    (re.compile(r"(?<=\d)\s?(?:kg|KG|Kg)"), "公斤"),
    (re.compile(r"(?<=\d)\s?(?:㎡|m²|m2|M2|平方(?![米公千厘]))"), "平方米"),
    (re.compile(r"↑"), "上升"),
    (re.compile(r"↓"), "下降"),
)
_SENDER = re.compile(
    r"^(?P<place>[\u4e00-\u9fff]{0,5})[-—]?(?:[老小][\u4e00-\u9fff]|[\u4e00-\u9fff]"
    r"(?:支书|书记|主任|文书|站长|所长|会计|干事|网格员)|(?<=社区)[\u4e00-\u9fff])\s*[：:]\s*"
)
_NUMBER = r"[\d０-９][\d０-９,，.．]*"
_UNIT = r"(?:[万亿]?[\u4e00-\u9fff%％]{1,3}?)"
_ARROW = r"\s*(?:→|➔|➡|⇒|=>|->|—>|－＞)\s*"
_COMPARED = re.compile(
    rf"(?P<p1>上年同期|去年同期|上年|去年|原来|年初|原|从)?(?P<a>{_NUMBER})(?P<u>{_UNIT}){_ARROW}"
    rf"(?P<p2>今年|目前|现在|本年|现)?(?P<b>{_NUMBER})(?P=u)(?![\u4e00-\u9fff]*{_ARROW})"
)
_ARROW_TO = re.compile(rf"{_ARROW}(?=[到赴至])")
_ANY_ARROW = re.compile(_ARROW)
_TASK_SLASH = re.compile(r"\s*[/／|｜]\s*((?:年度)?(?:任务|目标|计划)[^，。；/／（）]*)")
_PER = re.compile(rf"({_NUMBER})([万亿]?元|公斤|斤|次)[/／](人|户|亩|月|年|天|次|餐)")
_DONE_OF = re.compile(
    r"(?P<verb>办结|完成|整改|化解|验收|建成|兑现|到位|销号)(?P<a>\d+)[/／](?P<b>\d+)(?P<u>[\u4e00-\u9fff])"
)
_WORD_SLASH = re.compile(r"(?<![\d０-９])\s*[/／|｜]\s*|\s*[/／|｜]\s*(?![\d０-９])")
_RATE = re.compile(
    rf"((?:任务|目标)[^，；。]*?，(?:实际)?完成[^，；。]*?)，({_NUMBER}[%％])(?=[，；。]|$)"
)
_HALF = {",": "，", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_FIGURE = re.compile(rf"{_NUMBER}\s*[余多来]?\s*[\u4e00-\u9fff%％]")
_FIGURE_END = re.compile(rf"{_NUMBER}[余多来]?[\u4e00-\u9fff%％]{{1,3}}$")
_SITUATION = re.compile(r"(?:开展|工作|落实|完成|推进)?情况$")
_ROUND = re.compile(r"（[^（）]*）")
_EQUATES = re.compile(r"(?:日期|时间|地点|名称|负责人|组长|对象|标准|来源|原因|电话|单位)$")
_JOINS = re.compile(
    rf"^(?:年度|全年|计划|应|任务|目标|完成|实际|共|已|全部|累计|达|由|为|[约近超]?{_NUMBER}[余多来]?"
    r"[\u4e00-\u9fff%％]{1,4}(?=[，；。（]|$))"
)
_CLAUSE = re.compile(r"([；。])")
SHORT_HEAD = 8  # characters: a head this short reads well as …方面


def to_sentence(text: str, place: str = "") -> str:
    """Return a fact's text as a clause of prose, without final punctuation.

    ``place`` replaces 我们村/本村 where the line says whose it is. Titles, quotes and placeholders
    are left to the letter.
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return chr(_PRIVATE + len(kept) - 1)

    body = _PROTECTED.sub(keep, _drop_label(text))
    body = _punctuate(body)
    parts = [_clause(part) for part in _CLAUSE.split(body)]
    body = _spoken("".join(parts), place)
    body = re.sub("[\ue000-\uf8ff]", lambda m: kept[ord(m.group()) - _PRIVATE], body)
    return body.strip("，；、 ").rstrip("。；，：")


def _drop_label(text: str) -> str:
    """Drop 问题：/打算： (the section says it) and a sender's name (his village stays)."""
    body = _YEAR_PLAN.sub(r"\1", _LABEL.sub("", text.strip()))
    match = _SENDER.match(body)
    if match is None:
        return body
    place = match.group("place")
    return (place if place not in {"社区", "村"} else "") + body[match.end() :]


def _punctuate(text: str) -> str:
    text = _GAP.sub(r"\1，", _items(text))
    for pattern, written in _MEASURES:
        text = pattern.sub(written, text)
    text = re.sub("——+|--+", "，", text)
    text = re.sub(r"[,;?!()](?!\d{3}(?!\d))", lambda m: _HALF[m.group()], text)
    text = re.sub(r"(?<!\d):|:(?!\d)", "：", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])\.(?=\s|$|[\u4e00-\u9fff])", "。", text)
    text = re.sub(
        r"(?<=[\u4e00-\u9fff，。；：、）])[ \t\u3000]+|[ \t\u3000]+(?=[\u4e00-\u9fff，。；：（、])",
        "",
        text,
    )
    return text.replace("+", "、").replace("＋", "、")


def _items(text: str) -> str:
    """Turn ①…；②… into clauses."""
    if len(_ITEM.findall(text)) < 2:
        return text
    parts = [part for part in _ITEM.split(text) if part]
    first = f"{parts[0]}：" if not _ITEM.match(text) else f"{parts[0]}；"
    return first + "；".join(parts[1:])


def _clause(clause: str) -> str:
    clause = _COMPARED.sub(_compare, clause)
    clause = _ARROW_TO.sub("", clause)
    clause = _ANY_ARROW.sub("，", clause)
    clause = _PER.sub(r"每\3\1\2", clause)
    clause = _DONE_OF.sub(r"\g<verb>\g<a>\g<u>（共\g<b>\g<u>）", clause)
    clause = _TASK_SLASH.sub(r"（\1）", clause)
    clause = _WORD_SLASH.sub("、", clause)
    clause = _colon(clause)
    return _RATE.sub(r"\1，完成率\2", clause)


def _compare(match: re.Match[str]) -> str:
    a, b = (Decimal(re.sub(r"[^\d.]", "", match[name])) for name in "ab")
    way = "减少到" if b < a else "增加到" if b > a else "变为"
    first, second = (match[name] or "" for name in ("p1", "p2"))
    first = "" if first == "从" else first
    if way == "变为":
        return f"{first}{match['a']}{match['u']}，{second}{match['b']}{match['u']}"
    of = {"": ""}
    return (
        f"由{first}{of.get(first, '的')}{match['a']}{match['u']}"
        f"{way}{second}{of.get(second, '的')}{match['b']}{match['u']}"
    )


def _colon(clause: str) -> str:
    head, colon, rest = clause.partition("：")
    if not colon:
        return clause
    head, rest = head.strip(), _colon(rest.strip())
    if not head or not rest:
        return head + rest
    head = _SITUATION.sub("", head) or head
    return head + _joint(head, rest) + rest


def _joint(head: str, rest: str) -> str:
    """Return what stands between a colon's two sides in prose."""
    if _EQUATES.search(head):
        return "为"
    listed = _ROUND.sub("", rest)
    if _counts(head) and re.search("[、，]", listed):
        return "，其中" if len(_FIGURE.findall(listed)) > 1 else "，分别为"
    if _SUBJECT.search(head) or (_JOINS.match(rest) and "，" not in head):
        return ""
    if head.endswith("的"):
        return "有"
    plain = len(head) <= SHORT_HEAD and not re.search(r"[\d，（）\ue000-\uf8ff]", head)
    return "方面，" if plain and not head.endswith(("方面", "情况", "中", "上")) else "，"


def _counts(head: str) -> bool:
    """Tell whether a count of things stands at the end of the head or of one of its clauses."""
    return any(
        _FIGURE_END.search(clause) and not _HOTLINE.search(clause) for clause in head.split("，")
    )


@cache
def _wording() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = [(row.split("\t")[0], row.split("\t")[1]) for row in lexicon("writing", "wording.tsv")]
    pairs = dict(rows)
    longest_first = sorted(pairs, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), pairs


def _spoken(text: str, place: str) -> str:
    pattern, written = _wording()
    text = pattern.sub(lambda match: written[match.group()], text)
    if place:
        text = re.sub(r"(?:我们|我|咱们?|本)村", place, text)
    for vague in lexicon("writing", "vague.txt"):
        text = re.sub(rf"{vague}(?!【)(?![\u4e00-\u9fff])", f"{vague}【待补：准确数】", text)
    return text
