"""Talk in a chat group: what is said there and states no fact."""

from __future__ import annotations

import re
from functools import cache

from drafter.chinese.quantities import find_figures
from drafter.resources import lexicon

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ASIDE = re.compile("(?:上面|刚才|前面|以上)(?:那|这|的|两|几|三|说)")
_MENTION = re.compile(r"^@\S+\s*")
_CALLED_LAST = re.compile(r"\s@\S+(?:\s\S{1,4})?$")
_ANSWER = re.compile(
    r"^(?:(?:好的?|嗯+|有的?|收到|行|可以|明白|OK|ok|不好意思|抱歉|对|是的)[，,。！!\s]+)+(?=[^，,。！!\s])"
)
_GREETING = re.compile(
    "^(?:各位(?:领导|同事)?|大家|领导|主任)(?:早上|上午|中午|下午|晚上)?好[，,。！!\\s]+"
    "(?:我?(?:来|先)?(?:汇报|报告|报|说)一?下[^：:，,；;\\d]{0,8}[：:，,])?(?=.)"
)
_EVERYONE = re.compile("@(?:所有人|全体成员|全体)")
_CALLED = "各(?:村|社区|乡镇|镇|线|单位|部门|站所|科室|办|支部|网格|位)[^，,。；;]{0,8}?"
_CALLS = re.compile(
    f"^[^。；;]{{0,16}}请{_CALLED}(?:[^。；;]{{0,16}})(?:报送|上报|填报|报齐|反馈|汇总|带上|参加)"
    f"|^(?:@所有人 ?)?{_CALLED}(?:报一下|报送一下|上报一下|填一下|发一下|抓紧|报上来)"
    f"|^{_CALLED}把[^，。；;\\d]{{1,16}}[报发填交](?:一下|过来|上来|给)"
    f"|^{_CALLED}注意[，,：:！!]"
    "|^以上[^，,。；;0-9]{0,4}请[^，,。；;0-9]{0,10}(?:汇总|审核|修改|把关|核对|核实|确认|校对)"
    r"|^(?:示?例|格式|模板)(?:[：:\s]|$)|收到(?:的|后)?请?(?:回复?|扣)(?:一下|\s?[\d“\"]|[。！!]?$)"
)
_SYSTEM = re.compile(  # what a messenger itself writes between messages
    "撤回了一条消息|(?:加入|退出)了?群聊|移出了?群聊|修改群名|拍了拍|邀请.{1,40}(?:加入|进)了?群"
    "|领取了.{0,14}红包|(?:语音|视频)通话|以下为新消息|^(?:群聊|群名称?|导出时间|导出人)[：:]"
    "|^消息(?:记录|分组|对象)[：:（(]"
)
_QUOTED_MESSAGE = re.compile("「[^「」]{0,24}[：:][^「」]*」")
_WHAT = "(?:动画)?(?:语音|视频|图片|照片|表情|文件|链接|网页|位置|名片|红包|转账|小程序|音乐|截图)"
_SIZE = (
    r"(?:时长)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,3}(?:秒|分钟|['′″’”\"]{1,2}|s)"
    r"|\d+(?:\.\d+)?\s?[KMG]B?)"
)
_FILE = r"\S[^，。；:]{0,80}\.(?:docx?|xlsx?|pptx?|pdf|wps|et|csv|txt|jpe?g|png|mp[34]|zip|rar)"
_MEDIA = re.compile(  # [语音] 0:32, 语音消息 15″, [图片] 3张, [文件] 台账.xlsx (23KB)
    rf"[\[【(]{_WHAT}(?:消息|通话)?[\]】)][\s:]*(?:{_SIZE}|[(]?\d{{1,3}}[张个份条][)]?)?"
    rf"|{_WHAT}(?:消息|通话)?[\s:]*{_SIZE}"
    r"|\[(?:文件|链接|网页|位置|名片|小程序|聊天记录|红包|转账)\].*"
    rf"|(?:[\[【(]?{_WHAT}(?:消息)?[\]】)]?[\s:]*)?{_FILE}(?:\s*[(]?\d+(?:\.\d+)?\s?[KMG]B?[)]?)?",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^回复\s*[@ ]\s*[^：:，。；\s]{1,12}[：:\s]\s*(?=\S)")
_THANKS = re.compile(
    "(?<=[^，。])[，,。！!\\s]+(?:谢谢|感谢|辛苦)(?:各位|大家|领导|你们?|您|了)[^，。；\\d]{0,8}[！!。]?$"
    "|(?<=[^，。])[，,。！!\\s]+(?:抱歉|不好意思|对不起)[啊哈了]?[！!。]?$"
)
_AGREED = re.compile(
    "(?:那?就|都|先|还是|统一)*(?:按照?|以|照)[^，。；：]{1,14}?(?:算|来|报|写|填|计|统计|为准)[了吧哈]?"
)
_QUOTES = re.compile(
    r"(?:[^：:，。\d]{0,6}[|>]\s*)?[\"“「『]?[^：:，。；\d]{1,20}[：:]\s*(?P<what>.{6,}?)(?:\.{2,}|…+)?[\"”」』]?"
)
_BLANKS = re.compile("[_＿]{2,}|(?<![A-Za-z])[XxＸ×]{2,}(?![A-Za-z])")
_FEWEST_BLANKS = 2
_WORDS_TO_A_BLANK = 14  # characters, the blank and its measure among them
_LONGEST_ADDRESS = 40  # characters; what is longer tells something as well
_ADDRESSED = (
    "^(?:尊敬的)?(?:各位|大家|领导们?|同志们|老师们)[^，。；\\d]{0,8}(?:好|辛苦|请|[，,！!：:])"
    "|[给跟向](?:大家|各位|领导)[^，。；\\d]{0,10}(?:汇总|汇报|报告|通报|说|发|讲)(?:个|一?下|哈)"
)
_ASKED_OF_READERS = (
    "(?:请|麻烦|烦请|劳烦|辛苦)(?!示)[^，。；]{0,12}(?:核对|查收|审阅|过目|确认|补充|补一下|看一下|看看|指正)"
    "[^，。；\\d]{0,6}[：:。！!]?$|(?:辛苦|谢谢|感谢)(?:各位|大家|领导|啦|了)[^，。；]{0,4}$"
)
_PUT_OFF = (
    "(?:晚点|回头(?!看)|等下|等会儿?|一会儿?|稍后|待会儿?)"
    "(?:[让叫请][^，。；\\d]{1,6})?(?:再|给|发|看|补|核|报)"
)
_TO_ME = "(?:私信|私聊|联系|发给?|找|告诉|跟)我(?!们|镇|乡|办|村|县)"
_TO_READERS = re.compile(f"{_ADDRESSED}|{_ASKED_OF_READERS}|{_PUT_OFF}|{_TO_ME}")
_ROLL_ANSWER = re.compile("\\+?1\u20e3?")
_ROLL_CALL = re.compile(r"[#\[【]?\s*接龙\s*[\]】]?")
_CONFIRMS = ("没错", "没问题", "无误")
_ASKS = re.compile(r"(?:[？?]|[吗吧呢])\s*$")


def is_talk(folded: str) -> bool:
    """Tell whether a chat line is an answer, a request or a question rather than a fact."""
    bare = _EDGES.sub("", re.sub(r"\[[^\]]{1,6}\]", "", folded))
    bare = without_answer(bare)
    if (
        not bare
        or _ROLL_ANSWER.fullmatch(bare)
        or _answers().fullmatch(bare)
        or folded.strip() in _whole()
    ):
        return True
    if _AGREED.fullmatch(_EDGES.sub("", without_answer(_MENTION.sub("", folded)))):
        return True
    if _ASKS.search(folded) or _ASIDE.match(folded):
        return True
    begins = any(text.startswith(("@", *_beginnings())) for text in (folded, bare))
    spoken = not {"：", ":"} & set(folded) and any(word in folded for word in _anywhere())
    asks = begins or spoken
    bare = _MENTION.sub("", folded)
    asks = asks or _CALLED_LAST.search(folded) is not None
    return bare.endswith(_CONFIRMS) or (asks and not find_figures(bare))


def asks_to_report(folded: str) -> bool:
    """Tell a call for figures (各村报一下…, 请各乡镇于11月15日前报送…) from a report."""
    return _CALLS.search(folded) is not None


def is_between(folded: str) -> bool:
    """Tell what stands between messages or is said to the readers: no line of any paper is it.

    A recall, a quoted message, [语音] 0:32, a form to fill (清理__吨，投入__元), 给大家汇总一下.
    """
    whole = (_QUOTED_MESSAGE, _MEDIA)
    if _SYSTEM.search(folded) or any(form.fullmatch(folded) for form in whole):
        return True
    said = _TO_READERS.search(folded) and len(folded) <= _LONGEST_ADDRESS
    return bool(said or _is_template(folded)) and not find_figures(folded)


def quoted_in(folded: str) -> str:
    """Return what a line quotes of an earlier message (👍 | 邓勇：造林1260亩(任务…), else ""."""
    found = _QUOTES.fullmatch(folded)
    return found["what"] if found else ""


def _is_template(folded: str) -> bool:
    """Tell whether a line is there to be filled in: blanks, and few words to each of them."""
    blanks = len(_BLANKS.findall(folded))
    return blanks >= _FEWEST_BLANKS and len(folded) <= blanks * _WORDS_TO_A_BLANK


def is_roll_call(folded: str) -> bool:
    """Tell the head of a list that a group fills in one by one (#接龙)."""
    return _ROLL_CALL.fullmatch(folded) is not None


def calls_everyone(folded: str) -> bool:
    """Tell a call to the whole group (…今天报齐 @所有人), which no line of a paper is."""
    return _EVERYONE.search(folded) is not None and not find_figures(folded)


def without_answer(text: str) -> str:
    """Return a statement without the answer or greeting before it: 收到，改厕118户 → 改厕118户.

    To whom it replies goes as well: 回复 王磊：已整改76座.
    """
    return _THANKS.sub("", _GREETING.sub("", _ANSWER.sub("", _REPLY.sub("", text))))


@cache
def _answers() -> re.Pattern[str]:
    """Return the pattern of answers one behind another: 好的收到，辛苦各位."""
    words = sorted(map(re.escape, _whole()), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(words)})(?:各位|大家|了)?[\s，,。！!~]*)+")


@cache
def _whole() -> frozenset[str]:
    return frozenset(line for line in lexicon("facts", "chatter.txt") if line[0] not in "^*")


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(line[1:] for line in lexicon("facts", "chatter.txt") if line.startswith("^"))


@cache
def _anywhere() -> tuple[str, ...]:
    return tuple(line[1:] for line in lexicon("facts", "chatter.txt") if line.startswith("*"))
