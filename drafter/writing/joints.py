"""The joints of a note: what a colon, a ratio, an arrow or a gap says in prose."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from drafter.chinese.dates import find_dates
from drafter.chinese.quantities import find_figures
from drafter.domain import Figure
from drafter.resources import lexicon

HAN = r"\u4e00-\u9fff"
NUMBER = r"[\d０-９][\d０-９,，.．]*"
UNIT = rf"(?:[万亿]?[{HAN}%％]{{1,3}}?)"
ARROW = r"\s*(?:→|➔|➡|⇒|=>|->|—>|－＞)\s*"
_POINT = str.maketrans("．", ".")
FAR = 400  # characters behind a colon that tell whether they list parts of the whole before it
SHORT_HEAD = 8  # characters: a head this short reads well as …方面

_SUBJECT = re.compile(
    r"(?:村|社区|小区|镇|乡|街道|局|办|所|站|院|支部|组|中心|学校|公司|合作社|合计|总计|全镇|全乡|其中)$"
)
_ACTION = re.compile(
    r"(?:整治|排查|摸底|调整|普查|检查|督查|巡查|清理|清查|创建|评选|评比|走访|慰问|演练|征集|试点|测评|抽查|监测|帮扶)$"
)
_STARTED = re.compile("^(?:开展|组织|推进|做好|抓好|实施|完成|继续|持续|加强|[上下]半年|专项行动)")
_SITUATION = re.compile(r"(?:开展|工作|落实|完成|推进)?情况$")
_SOURCE = re.compile("(?:校|所|站|院|办|中心|局|队)$")
_NEXT = re.compile("接下来|后续|下一?阶段|下步")
_LISTED_TOGETHER = re.compile(
    rf"[{HAN}]{{1,4}}\d[\d.]*(?P<unit>[{HAN}])(?:[{HAN}]{{1,4}}\d[\d.]*(?P=unit)){{2,}}(?=[，；。（）]|$)"
)
_NO_KINDS = re.compile("[到由从共计约超近达每比有余多]|其中")  # a change, a whole and its parts
_POINTING = re.compile("(?:那|这)(?:边|块|头|里)$")
_KIND_OF_NEWS = re.compile("典型|亮点|数据|其[他它]|进展|备注|补[充报]|获奖|(?:所获|获得)?荣誉")
_HONOURED = re.compile(rf"[{HAN}]{{0,20}}(?:获|评为|评上|荣|被|表彰|通报)")
_ALL_OF_A_KIND = frozenset(("学校", "企业", "部门", "单位", "社区", "村里", "景区"))
_ONE_OF_THEM = re.compile(
    rf"[{HAN}]{{1,8}}?(?:村|社区|校|[小中]学|园|局|所|站|院|公司|合作社|景区)"
)
_ROUND = re.compile(r"（[^（）]*）")
_EQUATES = re.compile(r"(?:日期|时间|地点|名称|负责人|组长|对象|标准|来源|原因|电话|单位|目标)$")
_MOMENT = re.compile(r"(?:[前后中年月日天季]|期间|以来|季度|阶段|时候|[上下]半年|节假?|抗旱|抢险)$")
_FIELD_AHEAD = re.compile(rf"[{HAN}]{{2,8}}方面，")
_NO_FIELD = re.compile(r"[\d，（）“”\ue000-\uf8ff]")
_JOINS = re.compile(
    rf"^(?:年度|全年|计划|应|任务|目标|完成|实际|共|已|全部|累计|达|由|为|[约近超]?{NUMBER}[余多来]?"
    rf"[{HAN}%％]{{1,4}}(?=[，；。（]|$))"
)
_LISTED = re.compile("[、，；]")
_COMPARED = re.compile(
    rf"(?:由|从)?(?P<p1>上年同期|去年同期|上年|去年|原来|年初|原)?(?P<a>{NUMBER})"
    rf"(?P<u>[万亿]?[{HAN}%％]{{1,5}}?){ARROW}"
    rf"(?P<p2>今年|目前|现在|本年|现)?(?P<b>{NUMBER})(?P=u)(?![{HAN}]*{ARROW})"
)
_FROM_BARE = re.compile(
    rf"(?<![\d.,，→>➔➡⇒])(?P<a>{NUMBER}){ARROW}(?P<b>{NUMBER})(?P<u>[万亿]?[{HAN}%％]{{1,5}})(?!{ARROW})"
)
_SHIFTS = {
    "压": "压缩", "降": "下降", "提": "提高", "升": "上升", "涨": "上涨", "缩": "缩短",
    "减": "减少", "增": "增加", "扩": "扩大", "加": "增加",
}  # fmt: skip
_SHIFTED = re.compile(
    rf"(?P<from>[从由](?P<then>上年同期|去年同期|上年|去年|原来|年初|原)?)?(?<![\d.])(?P<a>{NUMBER})"
    rf"(?P<u>(?![年月日号点岁级时楼层届期])[{HAN}%％]{{0,5}}?)"
    rf"(?P<way>[{''.join(_SHIFTS)}]|压缩|下降|提高|提升|上升|上涨|缩短|减少|增加|扩大|增长)?到了?"
    rf"(?P<b>{NUMBER})(?P<u2>[万亿]?[{HAN}%％]{{0,5}}?)(?=[，；。、）]|$)"
)
_SPAN = re.compile("个?工作日|[天秒]|分钟|个?小时|个月")
_CHAIN = re.compile(rf"(?<=\d){ARROW}(?=\d)")
_RATIO = re.compile(
    rf"(?<![\d/／.])(?P<a>\d+)(?P<v>[{HAN}])?[/／](?P<b>\d+)(?P<u>[{HAN}])(?P<of>[{HAN}]{{0,4}}(?=[，；。）]|$))?"
)
_BARE_GAP = re.compile(rf"(?<=\d)[ \t\u3000]+(?=[{HAN}]{{2,}}\d)")
_GAP = re.compile(
    rf"(?<=\d)(?P<unit>[余多来]?[{HAN}%％]{{1,3}})[ \t\u3000]+"
    rf"(?=[{HAN}“《\ue000-\uf8ff\d])(?!以[上下内前外]|左右|多|余)"
)
_WORD_GAP = re.compile(
    rf"(?P<left>[{HAN}\ue000-\uf8ff]+)[ \t\u3000]+"
    rf"(?=(?P<right>(?:[{HAN}\dA-Za-z\ue000-\uf8ff]|(?<=\d)[.,](?=\d))+))"
)
_PURE_FIGURE = re.compile(
    rf"(?:已到|已达|已有|已|共|达|为|约|近|超)?\d[\d.,]*(?:[{HAN}]{{0,2}}$|[{HAN}]{{1,8}}到了?\d)"
)
_INSIDE = re.compile(r"（[^（）]*：[^（）]*）")
_KEPT_COLON = "\uf8fe"
_FEWEST = 4  # characters on each side of a gap that parts two statements; a name is shorter


def compare(clause: str) -> str:
    """Turn 上年132件→今年96件 into 由上年的132件减少到今年的96件, 从58%提到81% likewise."""
    clause = _SHIFTED.sub(_shifted, clause)
    clause = _FROM_BARE.sub(_from_bare, _COMPARED.sub(_compared, clause))
    return _CHAIN.sub("到", clause)


def _from_bare(match: re.Match[str]) -> str:
    way = _way(_value(match["a"]), _value(match["b"]), match["u"])
    return f"由{match['a']}{way}{match['b']}{match['u']}"


def _shifted(match: re.Match[str]) -> str:
    """Return 从58%提到81%, 45个工作日压到20个 as a paper tells a change; ranges stay."""
    unit, way = match["u"], match["way"] or ""
    changes = way or (match["from"] and unit.strip("%％"))  # 从58%到81% is read as one range
    fits = unit.startswith(match["u2"]) or match["u2"].startswith(f"{unit}每")
    if not fits or not changes:
        return match[0]
    told = (
        f"{_SHIFTS.get(way, way)}到" if way else _way(_value(match["a"]), _value(match["b"]), unit)
    )
    then = f"{match['then']}的" if match["then"] else ""
    ahead = re.split("[，；。：、（）]", match.string[: match.start()])[-1]
    since = "" if not match["from"] and re.search("[由从]", ahead) else "由"
    return f"{since}{then}{match['a']}{unit}{told}{match['b']}{max(unit, match['u2'], key=len)}"


def _value(number: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", number.translate(_POINT)).strip(".") or 0)


def _way(first: Decimal, second: Decimal, unit: str) -> str:
    if unit[0] in "%％":
        return "下降到" if second < first else "提高到"
    if _SPAN.match(unit):
        return "缩短到" if second < first else "延长到"
    return "减少到" if second < first else "增加到"


def _compared(match: re.Match[str]) -> str:
    a, b = (_value(match[name]) for name in "ab")
    first, second = (match[name] or "" for name in ("p1", "p2"))
    if a == b:
        return f"{first}{match['a']}{match['u']}，{second}{match['b']}{match['u']}"
    way = _way(a, b, match["u"])
    return (
        f"由{first}{'的' if first else ''}{match['a']}{match['u']}"
        f"{way}{second}{'的' if second else ''}{match['b']}{match['u']}"
    )


def list_marks(clause: str) -> str:
    """Write 、 between counts of one kind that stand side by side (乱占7处乱采1处)."""
    return _LISTED_TOGETHER.sub(_apart, clause)


def _apart(match: re.Match[str]) -> str:
    if _NO_KINDS.search(match[0]):
        return match[0]
    return re.sub(rf"(?<=\d{match['unit']})(?=[{HAN}])", "、", match[0])


def part_of_whole(clause: str) -> str:
    """Turn 办结38/40件, 办结38件/40件 into 办结38件（共40件）; a date such as 6/18日 stays."""
    return _RATIO.sub(_parted, clause)


def _parted(match: re.Match[str]) -> str:
    part, whole, unit = int(match["a"]), int(match["b"]), match["u"]
    if part > whole or match["v"] not in {None, unit} or unit not in _measure_words():
        return match.group()
    return f"{match['a']}{unit}{match['of'] or ''}（共{match['b']}{unit}）"


@cache
def _measure_words() -> frozenset[str]:
    rows = (line.split("\t")[0] for line in lexicon("chinese", "classifiers.tsv"))
    return frozenset(word for word in rows if len(word) == 1)


def close_gaps(text: str) -> str:
    """Write a mark where a space parts two statements; other spaces are dropped later."""
    text = _BARE_GAP.sub(lambda m: _mark_at(m.string, m.end()), text)
    text = _GAP.sub(lambda m: m["unit"] + _mark_at(m.string, m.end()), text)
    return _WORD_GAP.sub(lambda m: m["left"] + _word_mark(m), text)


def _mark_at(text: str, at: int) -> str:
    before = text[:at]
    return (
        "、"
        if before.count("（") + before.count("(") > before.count("）") + before.count(")")
        else "，"
    )


def _word_mark(match: re.Match[str]) -> str:
    left, right = match["left"], match["right"]
    short = len(left) < _FEWEST or len(right) < _FEWEST or left.endswith(_posts())
    return "" if short or _PURE_FIGURE.match(right) else "，"


@cache
def _posts() -> tuple[str, ...]:
    return (*lexicon("chinese", "posts.txt"), "书记", "主任", "委员")


def colon(clause: str) -> str:
    """Return a clause without colons: each becomes what it says (为, 其中, …方面，, nothing).

    In brackets (代表：…) a colon stays where no figure follows it.
    """
    return _colon(_INSIDE.sub(_bracketed, clause)).replace(_KEPT_COLON, "：")


def _bracketed(match: re.Match[str]) -> str:
    return re.sub(r"：(?=\d)", "", match[0]).replace("：", _KEPT_COLON)


def _colon(clause: str) -> str:
    *heads, rest = clause.split("：")
    rest = rest.strip() if heads else rest
    for head in reversed(heads):
        rest = _joined(head.strip(), rest)
    return rest


def _joined(head: str, rest: str) -> str:
    if not head or not rest:
        return head + rest
    head = _SITUATION.sub("", _POINTING.sub("", head)) or head
    if _SOURCE.search(head) and rest.startswith(("全镇", "全乡", "全街道", "全村")):
        return rest
    if _KIND_OF_NEWS.fullmatch(head):
        return rest if _HONOURED.match(rest) or head[-1] not in "奖誉" else f"获得{rest}"
    joint = _joint(head, rest)
    if joint == "方面，" and _ACTION.search(head):
        head, joint = head if _STARTED.match(head) else f"开展{head}", "，"
    if _NEXT.fullmatch(head):
        return f"下一步，{rest}"
    if joint == "方面，" and _FIELD_AHEAD.match(rest):
        joint = "，"
    return head + joint + rest


def _joint(head: str, rest: str) -> str:
    """Return what stands between a colon's two sides in prose."""
    if _EQUATES.search(head):
        return "为"
    whole = _whole(head)
    listed = _ROUND.sub("", rest[:FAR]) if whole else ""
    if whole is not None and _LISTED.search(listed):
        return _parts_joint(whole, listed)
    if head in _ALL_OF_A_KIND and _ONE_OF_THEM.match(rest):
        return "方面，"
    if _SUBJECT.search(head) or head.endswith("要") or (_JOINS.match(rest) and "，" not in head):
        return ""
    if head.endswith("的"):
        return "有"
    field = len(head) <= SHORT_HEAD and not _NO_FIELD.search(head) and not _MOMENT.search(head)
    return "方面，" if field and not head.endswith(("方面", "情况", "上")) else "，"


def _whole(head: str) -> Figure | None:
    """Return the count that a clause of the head ends with, the last such, or None."""
    if find_dates(head[-5:]):
        return None
    found = None
    for figure in find_figures(head):
        behind = head[figure.end : figure.end + 1]
        if figure.dimension.startswith("count:") and behind in {"", "，"}:
            found = figure
    return found


def _parts_joint(whole: Figure, rest: str) -> str:
    """Return 其中 for parts of a whole, 分别为 for its members by name, else a comma."""
    items = _LISTED.split(rest)
    figures = find_figures(rest)
    parts = [f for f in figures if f.dimension in {whole.dimension, "number"}]
    if len(parts) > 1 and len(parts) == len(figures) and parts[0].value <= whole.value:
        return "，其中"
    named = not figures and not re.search("[，；]", rest) and all(1 < len(i) <= 14 for i in items)
    return "，分别为" if named and len(items) == whole.value else "，"
