"""Wholes and their parts: lists behind a colon, 其中, 共; what is done, what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from drafter.domain import Notice
from drafter.facts.months import months_of, parts_of
from drafter.facts.observations import Observation, rewritten

_TRACE = 1000
_LISTED = re.compile("[^，。；：（(\\d]{0,6}[：:（(]|[，,]\\s?(?:其中|分别是|分别为|包括)[：:]?")
_LISTED_LATER = re.compile("[，,][^，。；：\\d]{1,10}[：:]")
_AMONG = re.compile("[，,（(]?\\s?其中")
_TOTAL = re.compile("(?:共计|合计|总计|一共|总共|共)\\s?$")
_BESIDES = re.compile("另有|此外|另外|除此之外|还有|外加")
_CAME_IN = re.compile(
    "收入|筹集|募捐|到位|下达|排查|受理|查摆|查出|发现|清单|交办|收到|接到|征集|列入|承诺|应整改|应完成|隐患|纠纷|案件|积案|改厕"
)
_DEALT_WITH = re.compile(
    "(?:已|已经|现已|全部|其中|累计|目前)*(?:整改|化解|办结|办理|销号|验收|了结|解决|验了|拆了|支出|支付|使用|拨付)(?:到位|完成|了)?"
)
_FINISHED = re.compile(
    "(?:已|已经|现已|其中|累计|目前|实际|都|弄|办|修|建|做|干|改|装|拆|搞|全部)*"
    "(?:完工|竣工|完成|完|好|办结|建成|搬完|入住|销号|整改到位|验收|到位|拆除)(?:了|的有|有)?"
)
_STOP = "。；;"
_FIGURE_BEHIND = re.compile(r"\d.*$")  # 新纳入7户 before 19人
_STOCK = tuple(
    re.compile(words)
    for words in (
        "(?:上[年期月]|年初|期初)[^，。]{0,4}(?:结[存余]|库存|余额)",
        "购[入进]|采购|收入|入库|调入|补充|新增",
        "使用|领用|支出|出库|调出|发放|消耗",
        "(?:现有|期末|年末|目前|本[年期月]末?)?(?:结[存余]|库存|余额|剩余)",
    )
)
_CLOSERS = {"（": "）", "(": ")"}


def check_sums(row: Sequence[Observation]) -> Iterator[Notice]:
    """Yield what does not add up within one fact; ``row`` are its observations in order."""
    for at, whole in enumerate(row):
        parts = _parts_behind(whole, row[at + 1 :])
        if len(parts) > 1:
            whole_list = _is_exhaustive(whole, parts) or _adds_up_beside(whole, parts, row)
            yield from _compare(whole, parts, exhaustive=whole_list)
        parts = _parts_before(whole, row[:at])
        if len(parts) > 1:
            yield from _compare(whole, parts, exhaustive=True)
    yield from _left_over(row)
    yield from _in_stock(row)


def _parts_behind(whole: Observation, later: Sequence[Observation]) -> list[Observation]:
    text, at = whole.fact.text, whole.figure.end
    opening = _LISTED.match(text, at) or _LISTED_LATER.match(text, at)
    if opening is None or whole.role not in {"value", "rest"}:
        return []
    closer = _CLOSERS.get(opening[0][-1])
    stop = text.find(closer, at) if closer else _sentence_end(text, at)
    return _run(whole, [o for o in later if o.figure.start < (stop if stop >= 0 else len(text))])


def _sentence_end(text: str, at: int) -> int:
    return min((i for mark in _STOP if (i := text.find(mark, at)) >= 0), default=len(text))


def _run(whole: Observation, given: Sequence[Observation]) -> list[Observation]:
    """Return the leading stretch of figures that can be parts: same dimension, no 每, no total.

    Where every part is told in two measures (水利3个2100万元、交通5个3460万元) each is added up.
    """
    parts: list[Observation] = []
    for o in _in_step(whole, given):
        if o.figure.dimension != whole.figure.dimension or _TOTAL.search(o.clause):
            break
        if _BESIDES.search(o.clause):
            break
        if o.role != "value":
            return []
        parts.append(o)
    return parts


def _in_step(whole: Observation, given: Sequence[Observation]) -> Sequence[Observation]:
    """Return every second figure of a list in two measures, else all."""
    dimensions = [o.figure.dimension for o in given]
    pair = dimensions[:2]
    doubled = len(given) >= 4 and len(set(pair)) == 2 and dimensions == pair * (len(given) // 2)
    if not doubled:
        return given
    return [o for o in given if o.figure.dimension == whole.figure.dimension]


def _parts_before(whole: Observation, earlier: Sequence[Observation]) -> list[Observation]:
    """Return the parts of 甲3个、乙5个，共8个; none if one of them is 每人 or 各."""
    named = _TOTAL.sub("", whole.clause).strip()
    if not _TOTAL.search(whole.clause) or (len(named) > 1 and months_of(named) is None):
        return []
    start = max(whole.fact.text.rfind(mark, 0, whole.figure.start) for mark in "。")
    if whole.figure.dimension in {"ratio", "points"} and "占" not in whole.fact.text:
        return []  # 办结率：1月100%，2月75%，合计88% is no sum
    same = [o for o in earlier if o.figure.start > start]
    if any(o.role in {"each", "target", "base"} or "各" in o.clause for o in same):
        return []
    if any("其中" in o.clause for o in same):
        return []
    alike = [o for o in same if o.figure.dimension == whole.figure.dimension]
    if alike and _is_listed_with_others(alike[0], same):
        return []
    return alike if len(named) < 2 or _cover_all(named, alike) else []


def _is_listed_with_others(first: Observation, same: Sequence[Observation]) -> bool:
    """Tell whether a list opens with what is counted in another way: 来访6批、来信2件、网上3件."""
    start = first.figure.start - len(first.clause)
    before = [o for o in same if o.figure.end <= start]
    return bool(before) and first.fact.text[before[-1].figure.end : start] == "、"


def _cover_all(period: str, parts: Sequence[Observation]) -> bool:
    """Tell whether parts are told of all months of a period: 7月, 8月, 9月 of 三季度共."""
    told = [months_of(name) for name in (period, *(o.clause.strip() for o in parts))]
    known = {i: months for i, months in enumerate(told) if months is not None}
    return len(parts_of(known).get(0, ())) == len(parts)


def _is_exhaustive(whole: Observation, parts: Sequence[Observation]) -> bool:
    """Tell whether a list names all parts: behind a colon, or parallel names behind 其中."""
    if not _AMONG.match(whole.fact.text, whole.figure.end):
        return True
    if _goes_on(whole, parts):
        return False
    names = [_FIGURE_BEHIND.sub("", o.clause.replace("其中", "")).strip() for o in parts]
    last = {name[-1:] for name in names}
    if last == {"级"}:  # 省级2家、市级5家 are honoured ones among them
        return False
    return len(last) == 1 or {name[-2:-1] + name[-1:] for name in names} == {"男", "女"}


def _adds_up_beside(
    whole: Observation, parts: Sequence[Observation], row: Sequence[Observation]
) -> bool:
    """Tell whether a list in two measures adds up in the other one: it names all parts then."""
    places = [row.index(o) for o in (whole, *parts)]
    for step in (-1, 1):
        if min(places) + step < 0 or max(places) + step >= len(row):
            continue
        total, *others = (row[at + step].figure for at in places)
        one = {figure.dimension for figure in (total, *others)}
        if len(one) == 1 and sum(figure.value for figure in others) == total.value:
            return True
    return False


def _goes_on(whole: Observation, parts: Sequence[Observation]) -> bool:
    """Tell whether a list goes on in another measure behind its parts: 企业2家、零售点9个."""
    text, at = whole.fact.text, parts[-1].figure.end
    behind = re.match(
        "(?:[（(][^（()）]*[）)])?、[^，。；、]*?(?=[\\d〇一二两三四五六七八九十])", text[at:]
    )
    return behind is not None


def _trace(told: Observation) -> Decimal:
    """Return what is no difference: 亩 in square metres have no last digit, so sums of them err."""
    return told.figure.step / _TRACE


def _compare(
    whole: Observation, parts: Sequence[Observation], exhaustive: bool
) -> Iterator[Notice]:
    low, high = sum(o.figure.low for o in parts), sum(o.figure.high for o in parts)
    fits = low <= whole.figure.high + _trace(whole) and high + _trace(whole) >= whole.figure.low
    if fits or (not exhaustive and high < whole.figure.low):
        return
    total = rewritten(whole.figure, sum((o.figure.value for o in parts), whole.figure.value * 0))
    listed = "、".join(o.figure.text for o in parts)
    yield Notice(
        "sum_wrong",
        f"{whole.fact.id}：分项{listed}合计{total}，总数写的是{whole.figure.text}，请核对。",
        fact_ids=(whole.fact.id,),
        suggestion=total,
    )


def _left_over(row: Sequence[Observation]) -> Iterator[Notice]:
    """Check 排查90件，化解93件 (more than there were) and 8件，化解7件，剩1件 (what is left)."""
    for at in range(len(row) - 1):
        whole, part = row[at], row[at + 1]
        rest = row[at + 2] if at + 2 < len(row) else None
        if not _whole_and_part(whole, part):
            if rest and _is_what_is_left(whole, part, rest):
                yield from _wrong_rest(whole, part, rest)
            continue
        if part.figure.low > whole.figure.high and whole.figure.dimension != "money":
            yield Notice(
                "part_exceeds",
                f"{whole.fact.id}：{whole.figure.text}当中有{part.figure.text}，部分多于总数，请核对。",
                fact_ids=(whole.fact.id,),
            )
        if rest and rest.role == "rest" and rest.figure.dimension == whole.figure.dimension:
            yield from _wrong_rest(whole, part, rest)


def _in_stock(row: Sequence[Observation]) -> Iterator[Notice]:
    """Check what is in stock: 上年结存120把，购入0把，使用15把 leave 105把."""
    for four in zip(row, row[1:], row[2:], row[3:], strict=False):
        told = zip(_STOCK, four, strict=True)
        one = {(o.figure.dimension, o.figure.unit, o.figure.approximation) for o in four}
        if len(one) > 1 or not all(name.search(o.clause) for name, o in told):
            continue
        was, came, went, left = (o.figure for o in four)
        right = rewritten(left, was.value + came.value - went.value)
        if was.value + came.value - went.value != left.value and right:
            yield Notice(
                "rest_wrong",
                f"{four[0].fact.id}：{was.text}加{came.text}减{went.text}应剩{right}，"
                f"素材写的是{left.text}，请核对。",
                fact_ids=(four[0].fact.id,),
                suggestion=right,
            )


def _whole_and_part(whole: Observation, part: Observation) -> bool:
    """Tell whether a figure that came in stands right before what was dealt with of it."""
    same = whole.figure.dimension == part.figure.dimension and whole.fact is part.fact
    plain = whole.role == part.role == "value"
    between = whole.fact.text[whole.figure.end : part.figure.start]
    dealt = _DEALT_WITH.fullmatch(part.clause.strip())
    return (
        same
        and plain
        and dealt is not None
        and not set(between) & set(_STOP)
        and _CAME_IN.search(whole.clause) is not None
    )


def _is_what_is_left(whole: Observation, part: Observation, rest: Observation) -> bool:
    """Tell whether three figures in a row are a whole, what is finished of it, and what is left."""
    given = (whole, part, rest)
    one_measure = len({(o.figure.dimension, o.figure.unit) for o in given}) == 1
    between = whole.fact.text[whole.figure.end : rest.figure.start]
    roles = whole.role in {"value", "target"} and part.role == "value" and rest.role == "rest"
    finished = _FINISHED.fullmatch(part.clause.strip()) is not None
    return one_measure and roles and finished and not set(between) & set(_STOP)


def _wrong_rest(whole: Observation, part: Observation, rest: Observation) -> Iterator[Notice]:
    exact = all(o.figure.approximation == "exact" for o in (whole, part, rest))
    left = whole.figure.value - part.figure.value
    if not exact or abs(left - rest.figure.value) <= _trace(rest) or left < 0:
        return
    right = rewritten(rest.figure, left) if rest.figure.value else ""
    yield Notice(
        "rest_wrong",
        f"{whole.fact.id}：{whole.figure.text}减去{part.figure.text}应剩{right}，"
        f"素材写的是{rest.figure.text}，请核对。",
        fact_ids=(whole.fact.id,),
        suggestion=right,
    )
