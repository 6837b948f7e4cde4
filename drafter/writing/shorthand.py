"""Clerk's shorthand becomes sentences: arrows, slashes, colons, half-width marks, spoken words.

Every figure, name and title stays as it was given; only the joints between them are written.
"""

from __future__ import annotations

import re
from functools import cache

from drafter.facts.senders import is_office
from drafter.planning.topics import office_domains
from drafter.resources import lexicon
from drafter.writing.joints import (
    ARROW,
    HAN,
    NUMBER,
    close_gaps,
    colon,
    compare,
    list_marks,
    part_of_whole,
)
from drafter.writing.marks import strip_marks
from drafter.writing.money import with_yuan
from drafter.writing.particles import written_particles
from drafter.writing.verbs import written_verbs
from drafter.writing.words import cuts_a_word

_TOLD_BY = re.compile(  # 派出所说反诈宣传34场: who handed it in is no part of the sentence
    "^[\u4e00-\u9fff]{0,5}(?:[所站办]|中心|卫生院|学校|村委会?|居委会)(?:那边|的同志)?(?:来电)?说(?![明服唱教理媒法和事])[，,：:]?\\s?"
    "(?=[\u4e00-\u9fff]{2,}[^，。]*\\d)"
)
_PROTECTED = re.compile(r"《[^《》]*》|“[^“”]*”|【[^【】]*】")
_ONE_ITEM = re.compile(r"\s*[①-⑳]\s*")
_PRIVATE = 0xE000
_LABEL = re.compile(
    r"^(?:[还仍]?存在的?)?(?:主要)?(?:问题|不足|困难|差距|弱项|打算|计划|努力方向|改进措施|(?:下一?步|今后)(?:工作)?(?:打算|计划|安排)?|短板)"
    r"(?:主要)?(?:有|是|表现在|包括)?[一二三四五六七八九十\d]{0,2}\s*(?:[：:]|——|$|(?<!\w{7})\s(?!\d))\s*(?:[（(]?\d{1,2}[)）、.．](?!\d)\s*)?"
)
_ADVICE = re.compile(r"^(?:意见)?建议\s*[：:]\s*(?:建议)?")
_YEAR_PLAN = re.compile(r"^(20\d\d年|明年)(?:工作)?(?:计划|打算)\s*[：:]\s*")
_ITEM = re.compile(r"[；，：。]?\s*[①-⑳]\s*")
_TREND = re.compile(
    r"(同比|环比|(?:较|比)(?:上年|去年|上期|上月|上季度|年初|同期)(?:同期)?)\s*(?:(?P<up>[+＋↑])|[-－—–↓])\s?(?=\d)"
)
_GLUED_SIGN = re.compile(rf"(?<=\d[万亿元{HAN}])[+＋](?=\d+(?:\.\d+)?[%％])")
_BARE_SIGN = re.compile(r"(?<=[，、（(：；])\s*(?:(?P<up>[+＋])|[-－])(?=\d+(?:\.\d+)?[%％])")
_SIGNED = re.compile(r"(增长|增速|增幅|上升|提高|下降|降幅)\s*[+＋↑↓]\s?(?=\d)")
_RISE = re.compile(rf"(\d[万亿]?[{HAN}%％]{{1,3}})\s*([↑↓])(?=\d)")
_DATE = re.compile(r"(?<!\d)(20\d\d)[/.-](1[0-2]|0?[1-9])[/.-](3[01]|[12]\d|0?[1-9])(?!\d)")
_PLUS = re.compile(rf"(?<=[{HAN}）])\s*[+＋]\s*(?=[{HAN}])")
_MODEL = re.compile(r"模式|机制|互联网|[Nn]|工作法|体系")
_SENDER = re.compile(
    r"^(?P<place>[\u4e00-\u9fff]{0,5})[-—]?(?:[老小](?![区学组镇街年村路河企微型])[\u4e00-\u9fff]|[\u4e00-\u9fff]"
    r"(?:支书|书记|主任|文书|站长|所长|会计|干事|网格员|校长|院长|队长|部长|[姐哥总]|老师|医生|会长|老板|师傅)|(?<=社区)[\u4e00-\u9fff])\s*[：:]\s*"
)
_HANDED_IN = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{2,6}(?:办|所|站|中心|队))(?:\s*(?:[：:]|(?P<dash>——+|--+))\s*|\s+)(?=\S)"
)
_PEOPLE = re.compile("(?:企业主|业主|商户|村民|居民|群众|家长|农户|养殖户|种植户|大户)$")
_OWN = re.compile(r"(?:(?:我们?|咱们?|本)(?:村|社区)|村里)(?:里|的|那个)?")
_OFFICE = re.compile("(?:办|委|所|站|局|中心|队|会|院|校)$")
_ANSWER = re.compile("(?:好的|收到|嗯|行|OK)[，,。！!]")
_ARROW_TO = re.compile(rf"{ARROW}(?=[到赴至])")
_ANY_ARROW = re.compile(ARROW)
_DONE_SLASH = re.compile(r"(?<=[元人户亩个%])\s*[/／|｜]\s*(?=(?:实际)?(?:完成|到位|实现|已))")
_TASK_SLASH = re.compile(r"\s*[/／|｜]\s*((?:年度)?(?:任务|目标|计划)[^，。；/／（）]*)")
_EACH = (
    "场次|平方米|立方米|公斤"
    "|[人户亩月年天日次餐斤吨平头只羽株棵袋件个家台盏场期村桶车岗位间栋份盒条组队支]"
)
_PER = re.compile(
    rf"((?:{NUMBER}[万亿]?元?[-–—~～至])?{NUMBER})([万亿]?元|公斤|斤|万?吨|次|人|名|件|户)"
    rf"[/／](?P<each>{_EACH})(?![{HAN}])(?:[/／](?P<every>[年月天日]))?"
)
_WORD_SLASH = re.compile(r"(?<![\d０-９])\s*[/／|｜]\s*|\s*[/／|｜]\s*(?![\d０-９])")
_RATE = re.compile(
    rf"((?:任务|目标)[^，；。]*?，(?:实际)?完成[^，；。]*?)，({NUMBER}[%％])(?=[，；。]|$)"
)
_SHARE = re.compile("(?<=\\d[人户个件名亩家处])占(?=\\d)")
_HALF = {",": "，", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
_CLAUSE = re.compile(r"([；。])")
_MARKS = "，；。：、（）“”"
_GOES_BACK = "(?![又再就还没不也都])"  # 清了又停, 记了不用: told of, not reported as done


def to_sentence(text: str, place: str = "") -> str:
    """Return a fact's text as a clause of prose, without final punctuation.

    ``place`` replaces 我们村/本村 where the line says whose it is. Titles, quotes and placeholders
    are left to the letter.
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return chr(_PRIVATE + len(kept) - 1)

    body = _PROTECTED.sub(keep, _drop_label(strip_marks(text)))
    body = _punctuate(body)
    parts = [_clause(part) for part in _CLAUSE.split(body)]
    body = _spoken("".join(parts), place)
    body = re.sub("[\ue000-\uf8ff]", lambda m: kept[ord(m.group()) - _PRIVATE], body)
    return body.strip("，；、 ").rstrip("。；，：")


def _drop_label(text: str) -> str:
    """Drop 问题：/打算： (the section says it) and a sender's name (his village stays)."""
    body = _YEAR_PLAN.sub(r"\1", _LABEL.sub("", text.strip()))
    body = _without_office(_ADVICE.sub("建议", body))
    match = _SENDER.match(body)
    if match is None:
        return body
    place = match.group("place")
    named = (
        place not in {"社区", "村"}
        and place[:1] != "老"
        and not _OFFICE.search(place)
        and not office_domains(place)
    )
    said = _ANSWER.sub("", body[match.end() :])
    if _PEOPLE.search(place):
        return f"{place}反映，{said}"
    return place + _OWN.sub("", said) if named and place else said


def _without_office(text: str) -> str:
    """Drop the office that hands a line in (村建办：…, 应急办 …): the town speaks, not it."""
    match = _HANDED_IN.match(text)
    office = match["office"] if match else ""
    sends = office.endswith("办") or is_office(office, marked=bool(match and match["dash"]))
    return text[match.end() :] if match and sends else text


def _punctuate(text: str) -> str:
    text = close_gaps(_items(_signs(text)))
    text = re.sub("——+|--+|[!！]+(?=.)", "，", text).rstrip("!！")
    text = re.sub("[;；。](?=其中)", "，", text)
    text = re.sub(r"[,;?!()](?!\d{3}(?!\d))", lambda m: _HALF[m.group()], text)
    text = re.sub(r"(?<!\d):|:(?!\d)", "：", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])\.(?=\s|$|[\u4e00-\u9fff])", "。", text)
    text = re.sub(
        r"(?<=[\u4e00-\u9fff，。；：、）])[ \t\u3000]+|[ \t\u3000]+(?=[\u4e00-\u9fff，。；：（、])",
        "",
        text,
    )
    return text if _MODEL.search(text) else _PLUS.sub("、", text)


def _signs(text: str) -> str:
    """Write out signs before figures (同比+12.6%, 2026/6/18, ↑)."""
    text = _TREND.sub(lambda m: m[1] + ("增长" if m["up"] else "下降"), text)
    text = _SIGNED.sub(r"\1", text)
    text = _GLUED_SIGN.sub("，增长", text)
    text = _BARE_SIGN.sub(lambda m: "增长" if m["up"] else "下降", text)
    text = _DATE.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)
    text = _RISE.sub(r"\1，\2", text)
    return text.replace("↑", "上升").replace("↓", "下降")


def _items(text: str) -> str:
    """Turn ①…；②… into clauses; a lone ① goes."""
    if len(_ITEM.findall(text)) < 2:
        return _ONE_ITEM.sub("", text)
    parts = [part for part in _ITEM.split(text) if part]
    if not parts:
        return ""
    first = f"{parts[0]}：" if not _ITEM.match(text) else f"{parts[0]}；"
    return first + "；".join(parts[1:])


def _clause(clause: str) -> str:
    clause = compare(clause)
    clause = _ARROW_TO.sub("", clause)
    clause = _ANY_ARROW.sub("，", clause)
    clause = _PER.sub(_each, clause)
    clause = part_of_whole(clause)
    clause = _TASK_SLASH.sub(r"（\1）", clause)
    clause = list_marks(_WORD_SLASH.sub("、", _DONE_SLASH.sub("，", clause)))
    clause = colon(clause)
    return _SHARE.sub("，占", _RATE.sub(r"\1，完成率\2", clause))


def _each(match: re.Match[str]) -> str:
    """Turn 5元/户/月 into 每户每月5元; 户均5元/户 says it already."""
    clause = re.split("[，；。：]", match.string[: match.start()])[-1]
    if re.search(f"{match['each']}(?:均|处理|产|供|排)", clause):
        return match[1] + match[2]
    every = f"每{match['every']}" if match["every"] else ""
    return f"每{match['each']}{every}{match[1]}{match[2]}"


@cache
def _wording() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    """Return one pattern of all spoken words, the longest first, and the rows: spoken, written."""
    rows = [line.split("\t") for line in lexicon("writing", "wording.tsv")]
    rows.sort(key=lambda row: (len(row[0].partition("…")[0]), len(row[0])), reverse=True)
    pattern = "|".join(f"({_row_pattern(row[0])})" for row in rows)
    return re.compile(pattern), tuple((row[0].strip("^$#"), row[1].strip("#")) for row in rows)


def _row_pattern(spoken: str) -> str:
    start = f"(?<![^{_MARKS}])" if spoken.startswith("^") else ""
    ends = {"$": f"(?![^{_MARKS}])", "#": rf"(?=[约近超]?(?:\d|[一两三四五六七八九十百]+[{HAN}]))"}
    end = ends.get(spoken[-1], _GOES_BACK if spoken.endswith("了") and start else "")
    words = (re.escape(word) for word in spoken.strip("^$#").split("…"))
    return start + f"[^{_MARKS}]{{1,12}}?".join(words) + end


def _written(match: re.Match[str]) -> str:
    if cuts_a_word(match.string, *match.span()):
        return match[0]
    spoken, written = _wording()[1][(match.lastindex or 1) - 1]
    head, gap, tail = spoken.partition("…")
    kept = match.group()[len(head) : len(match.group()) - len(tail)] if gap else ""
    told = written.replace("…", kept)
    return match[0] if _told_already(match, told) else told


def _told_already(match: re.Match[str], told: str) -> bool:
    """Tell whether what is to be written stands there already (降到 in 下降到)."""
    ahead = told.find(match[0])
    begin = match.start() - ahead
    return ahead >= 0 and begin >= 0 and match.string.startswith(told, begin)


def _spoken(text: str, place: str) -> str:
    text = _TOLD_BY.sub("", text)
    text = with_yuan(written_particles(_wording()[0].sub(_written, written_verbs(text))))
    if place:
        text = re.sub(r"(?:我们|我|咱们?|本)村", place, text)
    for vague in lexicon("writing", "vague.txt"):
        text = re.sub(rf"{vague}(?!【)(?![\u4e00-\u9fff])", f"{vague}【待补：准确数】", text)
    return text
