"""Who hands something in: offices' short names, and the senders of chat messages."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from drafter.chinese.persons import name_at
from drafter.chinese.quantities import find_figures
from drafter.resources import lexicon

_WEEKDAY = "(?:星期|周)[一二三四五六日天]"
_CALENDAR = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
_DATE = rf"(?:{_CALENDAR}(?:\s*[（(]?{_WEEKDAY}[)）]?)?|昨天|今天|前天|{_WEEKDAY})"
_CLOCK = r"(?:[上下]午|早上|中午|晚上|凌晨|AM|PM)?\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[AP]M)?"
_TIME = rf"(?:{_DATE}\s*)?{_CLOCK}"
_MOMENT = re.compile(rf"[\W_]*(?:{_TIME}|{_DATE})[\W_]*")
_WHO = r"[^\d：:，,。；;【】\[\]（(<]{1,16}?(?:[（(<][^（()）>]{1,24}[）)>])?"
_NUMBER_OF_ACCOUNT = re.compile(r"[（(<](?:\d[\dx*]{4,}|[^（()）<>@]+@[^（()）<>@]+)[）)>]$")
_WHO_TIME = re.compile(
    rf"(?P<who>{_WHO})\s*(?:[：:]\s*(?=[（(\[]))?[（(\[]?{_TIME}[）)\]]?(?:\s*[：:]\s*|\s+|$)(?P<rest>.*)"
)
_TIME_WHO = re.compile(rf"[\[【(（]?{_TIME}[\]】)）]?\s*(?P<who>{_WHO})(?:[：:]\s*(?P<rest>.*))?")
_SIGNED = re.compile(
    r"(?:[—–-]+|(?:以上|如上|(?:汇报|报送|填报|报告|落款)(?:人|单位)?)[，,。：:\s]*(?:汇报完毕[，,。\s]*)?)\s*"
    rf"(?P<who>[^，,。；;：:\d]{{2,16}}?)[，,\s]*(?:{_DATE})?"
)
_CALLED_SHORT = "工|姐|哥|总"
_IN_BRACKETS = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,6})[（(](?P<office>[\u4e00-\u9fff]{2,10})[）)]"
)
_SAID_BY = re.compile(
    r"(?:(?P<post>[\u4e00-\u9fff]{2,8})[ \t])?(?P<name>[\u4e00-\u9fff]{2,10})[ \t]+(?P<rest>.+)"
)
_VILLAGES = ("村", "社区")
_AT_A_POST = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:社区|村|办|所|站|中心|委)(?:[-—·]?(?P<a>[\u4e00-\u9fff])"
    r"|[-—·](?P<b>[\u4e00-\u9fff])[\u4e00-\u9fff]{1,2})"
)
_NO_OFFICES = frozenset({"委", "政府", "大会", "敬老院", "养老院", "卫生室", "便民服务大厅"})
_LEVEL = re.compile("^(?:县|镇|乡|市|区|街道|村)")
_STEM_AND_ENDING = re.compile(
    "(?P<stem>.{2,6}?)(?:综合|管理|服务|工作|执法|建设|发展|事务|治理|保障|监督)*"
    "(?:办公室|办|中心|所|站|局|委|部|科|股|室|线|口|大队|中队|队|组)"
)
_THINGS = frozenset(
    "史庄房车路区街井池桥河水牛米麦花金石时段游管学项旧龄弱病残板品"
)  # 老房, 小区 …
_CHIEFS = frozenset({"书记", "镇长", "乡长", "主任", "所长", "站长", "局长"})
_PARTED = re.compile(r"^([\u4e00-\u9fff]{2,8})[ \t\u3000]([\u4e00-\u9fff]{1,4})$")
_PLACE_AND_NAME = re.compile(
    r"(?P<where>[\u4e00-\u9fff]{2,10})[-—·_/ \t\u3000]+(?P<who>[\u4e00-\u9fff]{2,6})"
)
_GIVEN = range(2, 4)  # letters of a whole name
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
    if is_moment(folded):
        return None
    time_last = _TIME_WHO.fullmatch(folded) is None
    found = _WHO_TIME.fullmatch(folded) if time_last else _TIME_WHO.fullmatch(folded)
    if found is None:
        return None
    who, rest = found["who"].strip(" @-—"), found["rest"] or ""
    if not who or (who[-1] in _NO_NAME_END and not is_speaker(who)):
        return None
    person, account = _NUMBER_OF_ACCOUNT.subn("", who)
    named = len(person) <= 4 and person[0] in _surnames()
    known = account or is_office(person) or is_speaker(person) or named
    colon = bool(rest) and folded[: -len(rest)].rstrip().endswith(("：", ":"))
    return Sender(who, rest) if known or colon or (time_last and not rest) else None


def reporter_in(folded: str) -> str:
    """Return whose report a line opens behind 【日报】 (马骁 2026-11-20), "" where it is none's."""
    name, _, day = folded.strip().partition(" ")
    return name if is_moment(day) and (_ends_in_a_person(name) or is_speaker(name)) else ""


def opens_chat(folded: str) -> bool:
    """Tell whether a line is one of a chat: a sender, a time of day, a name called (@王主任)."""
    on_clock = is_moment(folded) and re.search(_CLOCK, folded) is not None
    return on_clock or folded.startswith("@") or sender_in(folded) is not None


def is_moment(folded: str) -> bool:
    """Tell whether a line is only a date or a time, as messengers put between messages."""
    return _MOMENT.fullmatch(folded) is not None


def is_office(label: str, marked: bool = False) -> bool:
    """Tell whether a label names an office (党建办, 纪委, 财政所, 应急管理办公室).

    ``marked``: brackets make it a tag already, so that 【党建】 and 【柳塘村】 count as well;
    before a colon 信访 or 柳塘村 is what the line is about.
    """
    name = label.strip()
    if not re.fullmatch(r"[\u4e00-\u9fff、（）()]{2,14}", name):
        return False
    if marked and (name in _stems() or name.endswith(_endings())):
        return True
    bare = _LEVEL.sub("", name)
    if bare in _organs() or name in _organs():
        return True
    found = _STEM_AND_ENDING.fullmatch(bare)
    return found is not None and found["stem"] in _stems()


def is_speaker(head: str, in_chat: bool = False) -> bool:
    """Tell whether a head before a colon is a person who reports: 社区李, 王支书, 张三(应急办).

    书记 or 镇长 alone speaks only in a chat; elsewhere 镇长：韩亦农 says who holds the post.
    """
    apart = _PLACE_AND_NAME.fullmatch(head)
    if apart and _is_body(apart["where"]) and _ends_in_a_person(apart["who"]):
        return True
    head = _PARTED.sub(r"\1\2", head)
    if len(head) > 14 or _NOT_CALLED.search(head):
        return False
    if head in _CHIEFS:
        return in_chat
    if bracket := _IN_BRACKETS.fullmatch(head):
        return is_office(bracket["office"]) or is_office(bracket["name"])
    if any(_is_post(head[:at]) and _is_person(head[at:]) for at in range(2, len(head) - 1)):
        return True
    if called := _called().fullmatch(head):
        return _is_called(called)
    at_post = _AT_A_POST.fullmatch(head)
    if at_post is None:
        return False
    letter = at_post["a"] or at_post["b"]
    return letter in _surnames() and letter not in _THINGS


def signed_by(folded: str) -> str:
    """Return who signs below a message or a letter (——卫健办 赵敏, 以上，胡军 11.16), else ""."""
    who = named_below(folded)
    known = is_office(who, marked=True) or is_speaker(who, in_chat=True) or _is_name(who)
    return who if who and known else ""


def named_below(folded: str) -> str:
    """Return what stands where a signature would name who signs (——向阳), "" where none stands."""
    found = _SIGNED.fullmatch(folded)
    return found["who"].strip() if found else ""


def _is_name(text: str) -> bool:
    return name_at(text, 0, strict=True) == len(text)


def said_by(statement: str) -> tuple[str, str]:
    """Return who says a statement that begins with his post and name, and the statement.

    石桥村 张会计 巡查36次 is 石桥村巡查36次, by 石桥村张会计; 民政办王芳 低保312户 is 低保312户.
    """
    found = _SAID_BY.match(statement)
    if found is None or not find_figures(found["rest"]):
        return "", statement
    post, name = found["post"] or "", found["name"]
    if not is_speaker(post + name) or not (post or _at_a_post(name)):
        return "", statement
    village = post if post.endswith(_VILLAGES) else ""
    return post + name, village + found["rest"]


def _ends_in_a_person(name: str) -> bool:
    """Tell whether a name behind an office is a person, his post before it or behind (文书小梁).

    Behind an office any letter before a title is a surname (付主任), any word a name (田野).
    """
    if len(name) in _GIVEN and name[0] in _surnames():
        return True
    titles = lexicon("chinese", "forms_of_address.txt")
    titled = any(name.endswith(title) and len(name) - len(title) in {1, 2, 3} for title in titles)
    return titled or any(_is_person(name[at:]) for at in range(len(name) - 1))


def _at_a_post(head: str) -> bool:
    return any(_is_post(head[:at]) for at in range(2, len(head) - 1))


def _is_post(head: str) -> bool:
    return is_office(head) or (head.endswith(_VILLAGES) and len(head) > 2)


def _is_body(name: str) -> bool:
    return _is_post(name) or name.endswith(("办", "站", "所", "中心", "局", "队"))


def _is_person(name: str) -> bool:
    """Tell whether what stands behind an office is a person: 李警官, 何姐, 小周, 张建国."""
    called = _called().fullmatch(name)
    if called is not None and not called["at"]:
        letter = called["a"] or called["b"]
        return letter in _surnames() and letter not in _THINGS
    return _is_name(name)


def _is_called(called: re.Match[str]) -> bool:
    """Tell whether 小何, 王支书, 张工 is a person: a surname in it, and no thing's name (老房)."""
    letter = called["a"] or called["b"]
    if letter in _THINGS or letter not in _surnames():
        return called["nick"] == "阿" and is_office(called["at"])
    return not (called[0].endswith(("工", "总")) and _surnames()[letter])


@cache
def _called() -> re.Pattern[str]:
    """Return the pattern of 小何, 王支书, 文旅办何姐: where (at), a nickname or a surname."""
    titles = "|".join((*lexicon("chinese", "forms_of_address.txt"), _CALLED_SHORT))
    return re.compile(
        rf"(?P<at>[\u4e00-\u9fff]{{0,8}}?)[-—·]?"
        rf"(?:(?P<nick>[小老阿])(?P<a>[\u4e00-\u9fff])|(?P<b>[\u4e00-\u9fff])(?:{titles}))"
    )


@cache
def _surnames() -> dict[str, bool]:
    """Return surname → whether it is also an everyday word."""
    return {name.rstrip("!"): name.endswith("!") for name in lexicon("chinese", "surnames.txt")}


@cache
def _stems() -> frozenset[str]:
    return frozenset(lexicon("facts", "offices.txt"))


@cache
def _organs() -> frozenset[str]:
    rows = (line.split("\t")[0] for line in lexicon("chinese", "organs.tsv"))
    return frozenset(name for name in rows if name not in _NO_OFFICES)


@cache
def _endings() -> tuple[str, ...]:
    return lexicon("facts", "office_endings.txt")
