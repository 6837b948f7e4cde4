"""What each line of an office's notes is: a fact, an office's tag, a heading, a sender, talk.

Nothing is thrown away here: every line that is not blank comes back with its kind and its span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.chinese.markers import level_of
from drafter.chinese.normalise import clean, fold
from drafter.chinese.quantities import find_figures
from drafter.facts.corrections import is_correction
from drafter.facts.headings import heading_in, is_title, names_unit_and_year
from drafter.facts.line import Kind, Line
from drafter.facts.markup import VEIL, is_marked_heading, veiled
from drafter.facts.neighbours import settled, supplied
from drafter.facts.pasted import rows_in
from drafter.facts.renewals import renewing_until
from drafter.facts.senders import (
    is_moment,
    is_office,
    is_speaker,
    opens_chat,
    reporter_in,
    sender_in,
    signed_by,
)
from drafter.facts.split import strip_bullet
from drafter.facts.talk import (
    asks_to_report,
    calls_everyone,
    is_between,
    is_roll_call,
    is_talk,
    quoted_in,
)

_BLANK = " \t\u3000\u00a0\ufeff\u200b\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_RULE = re.compile(r"(?:\d{1,2}[.、．)）])?[\W_]*(?:[（(](?:略|空|无)[)）])?[\W_]*")
_BRACKET_TAG = re.compile(
    r"(?:[（(](?P<c>语音转文字|转文字|语音|语音识别)[）)]|【(?P<a>[^】\n]{1,20})】|\[(?P<b>[^\]\n]{1,20})\])\s*[：:]?\s*(?P<rest>.*)"
)
_COLON = re.compile(r"(?P<head>[^：:，,。；;]{1,16})[：:]\s*(?P<rest>.*)")
_META = re.compile(
    "(?:(?:参会|出席|列席|参加|缺席)(?:人员|领导)|会议(?:时间|地点)|[发收]件人|抄送|主题|发送时间|附件|主持人?|记录人?|注|说明|填报单位|报送单位|单位名称|单位|填报人?|填表人?|制表人?|审核人?|复核人?|校对人?|经办人|联系人|[^：:]{0,4}电话|天气|交接班|填报时间|填报日期"
    r"|报送时间|总结年度|年度|报告期|统计口径|备注)\s*[：:]"
)
_SOURCE_NOTES = (  # whence the figures are, up to when
    r"(?:\d{1,2}[.、．])?[（(]?(?:(?:以上|上述|本表|表中|所有)[^，。：]{0,6})?"
    r"(?:数据|数字|均?为?截[至止])[^，。：]{0,3}(?:截[至止]|由|来自|来源|为准)"
    r"|[（(]?截[至止]\s?(?:目前|[\d年月日号底末初上中下旬.-]{2,12})(?:数据?)?[）)]?$"
    r"|[（(]?以上[^，。：]{0,6}截[至止]"
)
_COURTESIES = (  # of a letter, a message
    r"附件\s*\d{0,2}\s*[：:]?$|[^，。]{0,20}聊天记录$|(?:电话|通话|值班)记录[^，。：:]{0,16}$|特此(?:报送|报告|说明|汇报|反馈|函复|回复)|[（(]?此件[^，。]{0,4}公开(?:发布)?[)）]?$"
    r"|请(?:各?位?领导|予)[^，。]{0,6}(?:审定|审阅|指正|参阅|审核)|(?:妥否|当否)"
)
_POINTERS = (  # of a form: what to do with the list, what follows
    r"请(?!示|求)[^。\d]{0,16}(?:[（(\d][^。]{0,16})?(?:填报|报送|上报|填写|反馈)"
    r"|.{0,40}(?:见|详见)(?:[下附上]表|表\d)[^，。]{0,20}[：:。]?$|.{0,40}(?:如下|以下(?:几个方面|工作|几点))[^，。]{0,8}[：:。]?$"
)
_ABOUT_THE_LIST = re.compile(f"{_SOURCE_NOTES}|{_COURTESIES}|{_POINTERS}")
_ABOUT_FIGURES = re.compile("数据|单位|截[至止]|联系|(?:以上|上述|本表|表[中内])")
_HAPPENED = re.compile("已(?!经?核)|了|尚未|不再|正在")
_NO_HEADINGS = frozenset({"转发", "通知", "紧急", "紧急通知", "提醒", "温馨提示", "公告", "接龙"})
_MEDIA = frozenset({"语音", "语音转文字", "转文字", "语音识别", "文字识别", "图片文字"})
_NOTHING = re.compile(
    "(?:(?:周|星期)[一二三四五六日天末]|[上下]午)[：:]\\s*[（(]?(?:暂?无|没有|/|-)[)）]?[。.]?$|[^：:，。]{0,6}(?:问题|困难|协调|备注|建议|意见|其他|未完成)[^：:，。]{0,6}[：:]\\s*(?:暂?无|没有|/|-)?[。.]?$"
)
_BRACKETED = re.compile("[（(][^（()）]+[)）]")
_PAIRS = re.compile(r"\s+(?=[\u4e00-\u9fff]{2,8}[：:])")
_PAIR = re.compile(r"(?P<key>[\u4e00-\u9fff]{2,8})[：:]\s*(?P<value>[^：:，。；]{1,24})")
_PARTICULAR = re.compile(
    "(?:领导|单位|部门|[组村人员长]|时间|日期|月份|年度|地点|编号|电话|签字|对象)$"
)
_FEWEST_PAIRS = 2
_DAILIES = frozenset({"日报", "周报", "月报", "工作日报", "工作周报"})
_LONGEST_HEAD = 3  # lines above the first statement
_MOST_RECENT = 200  # lines of a chat in which a quoted one is looked for
_ITEM = re.compile(r"(?P<n>\d{1,2})[.．、)）](?P<glued>\d)?")


def read_lines(text: str) -> list[Line]:
    """Return the lines of a text by kind, blank ones left out; a tag with a fact gives two."""
    found: list[Line] = []
    in_chat = noting = False
    trimmed = list(_trimmed(text))
    rows = rows_in([(number, line) for number, _, line in trimmed])
    for number, start, line in trimmed:
        if number in rows:
            end = start + len(line)
            found.append(Line("row", number, start, end, line, cells=rows[number]))
            continue
        in_chat = in_chat or opens_chat(fold(line)) or is_roll_call(fold(line))
        if noting and goes_on_noting(fold(line)):
            found.append(Line("meta", number, start, start + len(line), line))
            continue
        if in_chat and _repeats(fold(line), found):
            found.append(Line("talk", number, start, start + len(line), line))
            continue
        whole = Line("fact", number, start, start + len(line), line)
        found += _classify(whole, found, in_chat)
        noting = found[-1].kind == "meta" and is_note(fold(line))
    return list(settled(found))


def _repeats(folded: str, earlier: Sequence[Line]) -> bool:
    """Tell whether a line of a chat only quotes one of the last messages under its sender."""
    words = quoted_in(folded)
    lately = earlier[-_MOST_RECENT:] if words else ()
    return any(fold(line.text).startswith(words) for line in lately if line.kind == "fact")


def listed_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines whose first number is a list's although digits follow it.

    4.300亩 right behind an item 3. or before an item 5. is item 4, and 300亩.
    """
    opened = [(line.number, _ITEM.match(fold(line.text))) for line in lines if line.kind == "fact"]
    items = [(number, int(m["n"]), m["glued"] is not None) for number, m in opened if m]
    listed: set[int] = set()
    run: list[tuple[int, int, bool]] = []
    for item in [*items, (0, 0, True)]:
        if run and item[1] != run[-1][1] + 1:
            plain = not all(glued for _, _, glued in run)
            listed.update(number for number, _, glued in run if glued and plain)
            run = []
        run.append(item)
    return frozenset(listed)


def _trimmed(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        inner = line.strip(_BLANK)
        if "\t" in inner:
            inner = line.rstrip(_BLANK).lstrip(_BLANK.replace("\t", ""))
        if inner:
            yield number, at + line.index(inner), inner
        at += len(line)


def _classify(whole: Line, above: Sequence[Line], in_chat: bool) -> list[Line]:
    line, kinds = whole.text, {one.kind for one in above[-_LONGEST_HEAD:]}
    at_top = len(above) <= _LONGEST_HEAD and kinds <= {"meta", "rule", "title"}
    folded = fold(clean(veiled(line))).strip()
    if kind := plain_kind(folded):
        return [replace(whole, kind=kind)]
    if who := signed_by(folded):
        return [replace(whole, kind="signature", label=who)]
    if sender := sender_in(folded):
        return _labelled(whole, "sender", sender.who, sender.rest, in_chat)
    if calls_everyone(folded) or (in_chat and is_talk(folded) and not is_correction(folded)):
        return [replace(whole, kind="talk")]
    if (
        at_top
        and "title" in kinds
        and (dated := _DATED.fullmatch(folded))
        and is_office(dated["name"], marked=True)
    ):
        return [replace(whole, kind="tag", label=dated["name"])]
    if tagged := _tag_in(folded, in_chat):
        kind, label, rest = tagged
        if (sender := sender_in(rest)) and not sender.rest:  # 【应急办】张海 09:11
            rest = ""
        return _labelled(whole, kind, label, rest, in_chat)
    if _CAPTION.match(folded) or (
        "title" not in kinds and at_top and (is_title(folded) or _DATED.fullmatch(folded))
    ):
        return [replace(whole, kind="title")]
    if heading := heading_in(folded, marked=is_marked_heading(line)):
        named, office = supplied(heading)
        return [replace(whole, kind="heading", label=named, office=office)]
    return [whole]


_DATED = re.compile(r"(?P<name>[^，,。；;：:（(]{2,20})[（(][\d年月日.\-—/]{3,16}[)）]")
_CAPTION = re.compile(r"(?:附?表|附件)\s?\d{1,2}\s?[：:]?\s?[^，。；]{2,40}$")
_DASHES = "—–-·•●◆■ "
_REPORTS = re.compile("(?:部门|同志)?(?:合报|报送|上报|填报|提供|汇总|报)$")


def goes_on_noting(folded: str) -> bool:
    """Tell whether a line behind a note is its next item: 2.参保率由医保专干提供, no figure.

    三、存在问题 begins a part of the paper.
    """
    item = strip_bullet(folded)
    return item != folded and not (find_figures(item) or level_of(folded) == 1)


def plain_kind(folded: str) -> Kind | None:
    """Return the kind of a line that its form alone decides."""
    if _RULE.fullmatch(strip_bullet(folded)) or is_moment(folded) or is_roll_call(folded):
        return "rule"
    folded = folded[1:-1] if _BRACKETED.fullmatch(folded) else folded
    if asks_to_report(folded) or is_between(folded) or renewing_until(folded) == len(folded):
        return "talk"
    meta = _META.match(folded)
    if _NOTHING.match(folded) and not heading_in(folded):
        return "meta"
    if _are_particulars(folded):
        return "meta"
    if _ABOUT_THE_LIST.match(folded) or (meta and not _tells_more(folded, meta.end())):
        return "meta"
    return None


def _are_particulars(folded: str) -> bool:
    """Tell whether a line says in pairs for whom and when a list is: 填报村：泉水村 月份：10月."""
    pairs = [_PAIR.fullmatch(part) for part in _PAIRS.split(folded)]
    if len(pairs) < _FEWEST_PAIRS or not all(pairs):
        return False
    asked = any(pair and _PARTICULAR.search(pair["key"]) for pair in pairs)
    counted = any(f.unit for pair in pairs if pair for f in find_figures(pair["value"]))
    return asked and not counted


def _tells_more(folded: str, start: int) -> bool:
    """Tell whether a note states more than whence and how the list comes.

    说明：资金已到位268.5万元 does by its figure, 注：柳湾社区上年已完成 by what happened.
    """
    rest = strip_bullet(folded[start:])
    about = _ABOUT_THE_LIST.match(rest) or _ABOUT_FIGURES.match(rest)
    told = bool(find_figures(rest)) or _HAPPENED.search(rest) is not None
    return is_note(folded) and not about and told


def is_note(folded: str) -> bool:
    """Tell whether a line is a note on what stands above it (注：…, 说明：1.…)."""
    return folded.startswith(("注", "说明", "备注")) and _META.match(folded) is not None


def _labelled(whole: Line, kind: Kind, label: str, rest: str, in_chat: bool) -> list[Line]:
    """Return the line of a label, and that of the fact or talk behind it."""
    if not rest:
        return [replace(whole, kind=kind, label=label)]
    at = _place_of_rest(whole.text, len(rest))
    middle = whole.start + at
    opening = replace(whole, kind=kind, label=label, end=middle, text=whole.text[:at])
    talk = in_chat and is_talk(rest) and not is_correction(rest)
    talk = talk or asks_to_report(rest)
    named = (
        kind == "rule" and label not in _MEDIA and not find_figures(rest)
    )  # 【接龙】医保缴费进度
    named = named or names_unit_and_year(fold(rest).strip())
    behind: Kind = "talk" if talk else "title" if named else "fact"
    return [opening, replace(whole, kind=behind, start=middle, text=whole.text[at:])]


def _place_of_rest(text: str, length: int) -> int:
    """Return where the last ``length`` characters begin that are seen once markup is veiled."""
    shown = veiled(text)
    at = len(text)
    while at > 0 and length > 0:
        at -= 1
        length -= shown[at] != VEIL and clean(shown[at]) != ""
    return at


_HASHTAG = re.compile(r"#(?P<tag>[^#\s：:，。\d]{2,10})\s+(?P<rest>\S.*)")
_VILLAGE_REPORTS = re.compile("(?P<place>[\u4e00-\u9fff]{2,8})[（(][^（()）]{1,8}报[）)]")


def _reporting_offices(head: str) -> str:
    """Return the offices of 信访室报：, 民政办、残联合报：, "" where the head is none."""
    bare = _REPORTS.sub("", head)
    named = bare != head and all(is_office(part, marked=True) for part in bare.split("、"))
    return bare if named else ""


def _tag_in(folded: str, in_chat: bool) -> tuple[Kind, str, str] | None:
    """Return kind, label and rest of 【党建办】…, 党建办：…, 社区李：…, or of a bare 党建办."""
    folded = folded.lstrip(_DASHES)
    if found := _BRACKET_TAG.fullmatch(folded):
        label = (found["a"] or found["b"] or found["c"]).strip()
        if label.startswith("待") or find_figures(label):
            return None
        if label in _DAILIES and (who := reporter_in(found["rest"])):
            return "tag", who, ""
        if label in _NO_HEADINGS or label in _MEDIA:
            return "rule", label, found["rest"]
        rest = "" if is_moment(found["rest"]) else found["rest"]
        return ("tag" if is_office(label, marked=True) else "heading"), label, rest
    if (village := _VILLAGE_REPORTS.fullmatch(folded)) and is_office(village["place"], marked=True):
        return "tag", village["place"], ""
    if tag := _HASHTAG.fullmatch(folded):
        kind: Kind = "tag" if is_office(tag["tag"], marked=True) else "heading"
        return kind, tag["tag"], tag["rest"]
    if (found := _COLON.fullmatch(folded)) and (tagged := _named(found, in_chat)):
        return tagged
    dated = _DATED.fullmatch(folded)
    if (bare := dated["name"] if dated else folded) and len(bare) <= 8 and is_office(bare):
        return "tag", bare, ""
    return None


def _named(found: re.Match[str], in_chat: bool) -> tuple[Kind, str, str] | None:
    """Return kind, label and rest of what stands behind an office, a person or 语音转文字."""
    head = found["head"].strip()
    if is_office(head):
        return "tag", head, found["rest"]
    if offices := _reporting_offices(head):
        return ("sender" if found["rest"] else "tag"), offices, found["rest"]
    if is_speaker(head, in_chat):
        return "sender", head, found["rest"]
    if head in _MEDIA and found["rest"]:
        return "rule", head, found["rest"]
    return None
