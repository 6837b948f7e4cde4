"""Which numbers in running text are figures, and what stands around them: 近, 约, 以上 …"""

from __future__ import annotations

import re
from typing import Literal

from drafter.chinese.measures import NO_MEASURE, Measure, found_measure, in_either, measure_at
from drafter.chinese.written_numbers import WrittenNumber
from drafter.domain import Approximation

Hedge = Approximation | Literal["below", "more"]
"""What stands at a number: an approximation, below (不足: less than it) or more (两次多)."""

_BEFORE = re.compile(
    "(?:(?P<below>不足|不到|不满|未满)|(?P<up_to>(?:不|不得|未|没有?)超过?|不[高大多]于|至多|最多|低于|少于|小于)"
    "|(?P<over>不少于|不低于|不小于|超过|超出|突破|至少|高于|大于|多于|不止|超|逾|(?<![经通走跑度越不错路跨])过)了?"
    "|(?P<near>(?<![最附邻远临亲靠相新])(?:将近|接近|逼近|近))"
    "|(?P<about>大约|大概|大致|差不多|约为|约计|(?<![签节集条合违契预制公邀履相解守毁简民乡盟规])约))\\s?$"
)
_BEFORE_BARE = re.compile("(?:(?P<over>上)|(?P<about>成))$")
_AFTER = re.compile(
    r"(?P<over>及?以上|之上|\+(?![\dA-Za-z\u4e00-\u9fff]))|"
    "(?P<up_to>(?:范围)?以内|(?:范围)?之内|范围内|以下|内(?![部外容控地陆存审]))|(?P<about>左右|上下(?![班级游楼水车联]))"
    "|(?P<more>多(?![次名个人户元种项家样年功]))|(?P<at_least>出头(?![露之鸟])|挂零|开外"
    "|有余(?![力地粮款额钱热温震留])|还要?多(?=[，。；、：！？）\\n]|$))"
)
_ROUGHLY = re.compile(
    "出头(?![露之鸟])|有余(?![力地粮款额钱热温震留])|挂零|开外|左右|上下(?![班级])"
)
_MORE_AFTER = frozenset(
    {"成", "年", "倍", "里", "亩", "米", "公里", "小时", "个小时", "天", "吨", "斤", "岁", "元"}
)
_MEAN = re.compile("平均|人均|户均|均|每")  # 平均每户两次多
_DISTANT = re.compile(
    "(?:(?P<below>不足|不到)|(?P<over>超过|超出|逾)|(?P<near>接近|将近|(?<![最附就邻])近(?![年日期来]))"
    "|(?P<about>大?约占?))[^，。；\\d近约超]{1,10}的$"
)
_PUNCTUATION = frozenset("，。；、：！？）)”》】,;:→/／~\n\r\t ")

# 一 before these, at a clause's end or behind a verb of doing, counts; else it is 一 of speech.
_ONE_COUNTS = frozenset(
    "次个项处场期名人户家座辆台套条件起份篇栋幢间所支本张幅块盏口眼亩吨轮例宗头年天周"
)
_ONE_COUNTS |= {"公里", "个月", "小时"}
_ONE_BY_TURNS = frozenset({"遍", "趟", "回", "轮", "场次"})
_BY_TURNS = re.compile(
    "(?:各|[每一][天日周月季年晚早旬村组户人]|每(?:季度|个月|星期|名.{1,3}))[^，。；、\n\\d]{0,4}$"
)
_ONE_IS_TIME = frozenset({"年", "个月", "天", "周", "小时", "个小时", "星期"})
_DOING = re.compile(
    "(?:召开|举办|举行|开展|组织|新建|建成|建设|购置|购买|配备|设立|成立|引进|新增|查处|办理|选派|招聘"
    "|修建|安装|印发|完成|进行|评选|实施|受理|化解|处置|整改|发生|改造|拆除"
    "|不少于|至少|每年|每月|每周|每季度|每季|每日|每天|每人|每户|每村)了?$"
)
_LASTING = re.compile("(?:为期|历时|用时|连续|不到|缩短至|缩短为|提前|延长)$")
_FIRM = re.compile("(?:不少于|不低于|至少|不超过?|不足|不到|至多|仅|只有)$")
_SESSION = re.compile("届[^，。；\n]{0,8}$")
_SESSION_BEHIND = re.compile("(?:、[一二三四五六七八九十]+次)*(?:全会|全体会议|党代会|代表大会)")
_ISSUED = re.compile("[办训报刊讲班堂展播推发编][^，。；\n]{0,3}$")
_MANNERS = ("方面", "层面", "维度", "环节", "阶段", "角度", "步骤", "原则", "“")
_NEVER_ONE_BEHIND = frozenset("第每同另这那某任上下前后新进统逐唯之万再又头到")
_NEEDS_DIGITS = frozenset(
    {"里", "方", "度", "分", "面", "级", "立方", "片", "道", "口", "门", "头", "部", "日", "周"}
    | {"屯"}
)
_COUNTS_BEHIND_ITS_NOUN = frozenset("口头门道面部")  # 蓄水池七口, but 三口之家
_MONEY = re.compile(
    "(?:资金|投入|投资|收入|奖补|经费|配套|自筹|拨|产值|税收|缺口|支出|补助|补贴|贷款|款|元|募集|捐)"
    "[^，。；\n]{0,10}(?:\\d万 [^，。；\n\\d]{1,6})?$"  # 上半年 210万 下半年 246万
)
_OF_SIZE = re.compile("级|以上[^，。；、]{0,6}(?:项目|企业|工程)|项目")
_NAMED_PLACE = re.compile("[村屯坡组店铺庄寨沟湾岭桥河镇]")  # 八里半村
_ABSTRACT = re.compile("力量|方式|办法|手段|渠道|模式|形式|意识|能力|思维|情况|倾向")
_THING = re.compile("(?:大|要紧)?事(?![项故实务件情业])")
_ELECTRIC = re.compile("电[^，。；\n]{0,8}$")
_BOARD = re.compile("[牌板碑匾砖石表屏镜幕][^，。；\n]{0,4}$|补[挂装种栽铺换发]$")
_SMALL_MONEY = re.compile("(?:补|奖|收|交|罚|价|花|值|发)[^，。；\n]{0,4}$")
_LETTERS = re.compile("[A-Za-z]+$")  # G20 is a code, in 反诈APP9200余人 people are counted
_CASES = re.compile("(?:[火水旱虫震]灾|事故|案件?|火情|险情|警情|纠纷|事件)$")
_ADDEND = re.compile(r"\+[\u4e00-\u9fff]{0,6}\d")
_ADDED_TO = re.compile(r"[\d\u4e00-\u9fff]\+$")
_CODE_AFTER = frozenset("号时点版+*#@_∶")
_CODE_BEFORE = frozenset("+*#@_.-∶")
_POINTS = re.compile("个点(?![\u4e00-\u9fff位])")
_BY_POINTS = re.compile(r"[升降高低涨跌增减多少]了? ?[\d.一二两三四五六七八九]*$")
_NEXT_NUMBER = re.compile(r" \d")
_LABEL = re.compile("[\u4e00-\u9fff] $")
_IN_PLACES = frozenset({"个村", "个社区", "个镇", "个乡镇", "个乡"})
_COUNTED_PLACES = frozenset({"个", "村", "组", "社区", "屯", "嘎查", "苏木"})  # 12个村（社区）
_IN_BRACKETS = re.compile(
    r"[（(](?P<second>[\u4e00-\u9fff]{1,3}(?:[、/][\u4e00-\u9fff]{1,3}){0,3})[）)]"
    "(?P<behind>次(?![数日月年生要序]))?"
)
_LINE_START = re.compile("(?:^|[\n。；;:：])\\s*[(（]?$")


def approximation_before(
    folded: str, start: int, number: WrittenNumber
) -> tuple[Hedge | None, int]:
    """Return what stands before a number (近, 约, 超 …) and where that word begins."""
    window = folded[max(0, start - 5) : start]
    found = _BEFORE.search(window) or (_BEFORE_BARE.search(window) if number.bare else None)
    if found is None or found.lastgroup is None:
        return None, start
    return found.lastgroup, start - len(window) + found.start()  # type: ignore[return-value]


def approximation_of_share(folded: str, start: int) -> Hedge | None:
    """Return what hedges a share from before its whole: 不足受灾面积的15%."""
    found = _DISTANT.search(folded, max(0, start - 16), start)
    return found.lastgroup if found else None  # type: ignore[return-value]


def approximation_after(folded: str, end: int, measure: Measure) -> tuple[Hedge | None, int]:
    """Return what stands behind a figure (以上, 左右, 以内 …) and where that word ends."""
    found = _AFTER.match(folded, end)
    if found is None or found.lastgroup is None:
        return None, end
    if found.lastgroup == "more":
        if measure.surface in _MORE_AFTER:
            return "at_least", found.end()
        mean = measure.dimension.startswith("count:") and _MEAN.search(
            folded, max(0, end - 16), end
        )
        return ("more", found.end()) if mean and folded[found.end() :][:1] != "于" else (None, end)
    if found[0] == "内" and not measure.dimension.startswith(("time", "length", "count:工作日")):
        return None, end
    return found.lastgroup, found.end()  # type: ignore[return-value]


def measure_behind(folded: str, end: int, number: WrittenNumber) -> tuple[Measure, int]:
    """Return the measure behind a number and its end; one space may stand between."""
    at = end + 1 if folded[end : end + 1] == " " and number.arabic else end
    measure = measure_at(folded, at)
    if measure is None:
        return _measure_from_context(folded, end, number)
    if measure.surface == "个亿元" and _OF_SIZE.match(folded, at + 3):
        return found_measure("个"), at + 1  # 两个亿元以上项目: two projects
    stop = at + len(measure.surface)
    moved = _BY_POINTS.search(folded[max(0, end - len(number.surface) - 4) : end])
    if measure.surface == "个" and _POINTS.match(folded, at) and moved:
        return found_measure("个百分点")._replace(surface="个点"), at + 2  # 降了2个点
    labelled = folded[: end - len(number.surface)]
    if at > end and _NEXT_NUMBER.match(folded, stop) and _LABEL.search(labelled):
        return NO_MEASURE, end  # 村 14 社区 2: each number stands behind its own noun
    if measure.surface in _IN_PLACES and folded[stop : stop + 1].isdigit():
        return found_measure("个"), at + 1  # 镇1个村13个
    latin = measure.surface[-1].isascii() and measure.surface[-1].isalpha()
    if latin and folded[stop : stop + 1].isascii() and folded[stop : stop + 1].isalnum():
        return NO_MEASURE, end
    if measure.dimension == "number" and _MONEY.search(folded[max(0, end - 24) : at]):
        return measure._replace(dimension="money"), stop  # 投资两个亿
    if measure.surface == "块" and _is_small_money(folded, end, stop):
        return measure._replace(dimension="money"), stop
    return _counted_in_either(folded, measure, stop)


def _counted_in_either(folded: str, measure: Measure, stop: int) -> tuple[Measure, int]:
    """Take in the second classifier of 3200头（只）; a bracket of anything else is none."""
    match = _IN_BRACKETS.match(folded, stop) if measure.dimension.startswith("count:") else None
    if match is None or measure.dimension[6:] in _COUNTED_PLACES:
        return measure, stop
    others = re.split("[、/]", match["second"])
    if not all(found_measure(o).dimension.startswith("count:") for o in others):
        return measure, stop
    return in_either(measure, match["second"], match["behind"] or ""), match.end()


def _is_small_money(folded: str, start: int, end: int) -> bool:
    closed = end >= len(folded) or folded[end] in _PUNCTUATION
    before = folded[max(0, start - 12) : start].rstrip("0123456789. ")
    return closed and _SMALL_MONEY.search(before) is not None and not _BOARD.search(before)


def _measure_from_context(folded: str, end: int, number: WrittenNumber) -> tuple[Measure, int]:
    before = folded[max(0, end - 36) : end - len(number.surface)]
    if folded.startswith("度", end) and not folded.startswith(("度假", "度过"), end):
        dimension = "energy" if _ELECTRIC.search(before) or number.scale > 1 else "temperature"
        return NO_MEASURE._replace(surface="度", dimension=dimension), end + 1
    big = number.scale >= 10**4 or number.surface.endswith(("万", "亿"))
    if big and _MONEY.search(before):
        return NO_MEASURE._replace(dimension="money"), end
    return NO_MEASURE, end


def is_no_figure(
    folded: str, span: tuple[int, int], number: WrittenNumber, measure: Measure, hedged: bool
) -> bool:
    """Tell whether a number claims nothing: an enumerator, a code, 一 of speech, 百 alone.

    ``span`` is that of number and measure; ``hedged``: an approximation stands at it (近, 余).
    """
    start, end = span
    if number.bare and not hedged and not (number.surface == "十" and measure.surface):
        return True
    if number.surface == "一" and measure.surface:
        return _is_one_of_speech(folded, start, end, measure)
    if (
        not number.arabic
        and measure.surface
        and _is_counted_off(folded, start, end, number, measure)
    ):
        return True
    if measure.surface == "级" and number.value >= 10**6:
        return True
    halved = not number.arabic and number.surface.endswith("半")
    if halved and measure.surface == "里" and _NAMED_PLACE.match(folded, end):
        return True
    if not number.arabic and not halved and measure.surface in _NEEDS_DIGITS and number.value < 10:
        closed = end >= len(folded) or folded[end] in _PUNCTUATION
        return not (measure.surface in _COUNTS_BEHIND_ITS_NOUN and closed)
    said_roughly = not number.arabic and number.value >= 10 and _ROUGHLY.match(folded, end)
    if not measure.surface and said_roughly:
        return False  # 五十出头
    if not measure.surface:
        return _is_code(folded, start, end, number) and measure.dimension == "number"
    letters = _LETTERS.search(folded, max(0, start - 4), start)
    word = letters and len(letters[0]) > 1 and measure.dimension.startswith("count:")
    return letters is not None and not word


def _is_counted_off(
    folded: str, start: int, end: int, number: WrittenNumber, measure: Measure
) -> bool:
    """Tell whether a Chinese number is an ordinal or mere speech: 二期, 六次全会, 三个方面."""
    before = folded[max(0, start - 10) : start]
    if number.surface == "二" and measure.dimension.startswith("count:"):
        closed = end >= len(folded) or folded[end] in _PUNCTUATION
        return not (measure.dimension == "count:人" and closed)
    if measure.surface == "次" and (_SESSION.search(before) or _SESSION_BEHIND.match(folded, end)):
        return True
    phase = measure.surface == "期" and number.value < 10 and number.surface != "两"
    if phase and not _ISSUED.search(before):
        return True
    if measure.surface == "件" and not number.arabic and _THING.match(folded, end):
        return True  # 抓了三件事
    if measure.surface == "种" and not number.arabic and _ABSTRACT.match(folded, end):
        return True  # 用好两种力量
    return measure.surface == "个" and folded.startswith(_MANNERS, end)


def _is_one_of_speech(folded: str, start: int, end: int, measure: Measure) -> bool:
    """Tell whether 一 + classifier counts nothing (一个方面, 每一次, 一年来)."""
    before = folded[max(0, start - 5) : start]
    if measure.dimension in {"ratio", "points"}:
        return False
    if _FIRM.search(before) or _AFTER.match(folded, end):
        return False
    if folded[max(0, start - 6) : end + 6].count("一" + measure.surface) > 1:
        return True
    if measure.surface in _ONE_BY_TURNS and _BY_TURNS.search(folded, max(0, start - 12), start):
        return False  # 早中晚各播一遍
    if measure.surface == "起" and _CASES.search(before):
        return False  # 火灾一起
    if measure.surface not in _ONE_COUNTS or (before and before[-1] in _NEVER_ONE_BEHIND):
        return True
    if measure.surface in _ONE_IS_TIME:
        return not _LASTING.search(before)
    if _DOING.search(before):
        return False
    closed = end >= len(folded) or folded[end] in _PUNCTUATION
    return not (closed and before and before[-1] not in _PUNCTUATION)


def _is_code(folded: str, start: int, end: int, number: WrittenNumber) -> bool:
    """Tell whether a number without a measure is an enumerator, a year, a code or a time."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if not number.arabic:
        return len(number.surface) < 3 or not any(c in number.surface for c in "百千万")
    if number.scale > 1:
        return False
    if number.surface.isdigit() and _is_identifier(number.surface):
        return True
    line_start = _LINE_START.search(folded[max(0, start - 6) : start]) is not None
    if line_start and after in {".", "、", "．", ")", "）"}:
        return True
    if before in {"(", "（", "［", "["} and after in {")", "）", "］", "]"}:
        return True
    if _is_added(folded, start, end, before, after):
        return False
    return after in _CODE_AFTER or before in _CODE_BEFORE or _latin(before) or _latin(after)


def _is_added(folded: str, start: int, end: int, before: str, after: str) -> bool:
    """Tell whether a + adds amounts: 罚1000+500, 小学+270; a code's has no number on one side."""
    if "+" not in (before, after):
        return False
    goes_on = after != "+" or _ADDEND.match(folded, end) is not None
    begun = before != "+" or _ADDED_TO.search(folded, 0, start) is not None
    return goes_on and begun and not _latin(folded[max(0, start - 2) : start - 1])


def _is_identifier(digits: str) -> bool:
    """Tell whether digits alone are a telephone or code number, or a year."""
    long_or_padded = len(digits) > 6 or (len(digits) > 1 and digits[0] == "0")
    return long_or_padded or (len(digits) == 4 and 1949 <= int(digits) <= 2100)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
