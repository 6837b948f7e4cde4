"""What speaks for a figure's own fact where another one rivals it, and what counts nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from drafter.checking.context import Mention
from drafter.checking.derived import CLASS_ENDS, Derived
from drafter.checking.heads import rate_name, words_before
from drafter.checking.matching import same_kind
from drafter.checking.said import Bound
from drafter.checking.sources import synonymous

_SIGNS = re.compile(r"[^\d.\u4e00-\u9fff%]+")  # between the figures of a formula
_FORMER = re.compile("原有?|原来|原先|原本")
_REMAINING = re.compile("尚[余有剩]|剩余|还[剩余有]|余下|剩下|空余|富余")
_MANY = 10
_CLASS = re.compile("\\d+[\u4e00-\u9fff]{1,2}以[上下内]")
_STATE = 2  # what may stand before a state: 均已, 正常
_LONGEST_NOUN = 5
_DENIED = re.compile("[未没尚不]")
_OF_MANY = re.compile(" / .* × 10+$| × 365$")
_MEAN = re.compile("每|平均|均")
_THAN = re.compile("[比较][^，。]{0,8}(?:[多少增减高低]|下降|提高|降低)[加少了出]*$")
_SIDE = re.compile("线[上下]|[区县镇省市]外|[男女]性|[男女]童")
_THIS_YEAR = re.compile("全年|今年|本年")
_COMPARES = re.compile("[上去]年|同期|[比较由从原]")
_REFERS = re.compile("[前后这]$")
_IN_MIND = re.compile("[摆放]在[^，。；]{0,8}$")  # 摆在生产第一位
_NOT_ONE = re.compile("单位中的$|不[漏落少差]$")  # 不漏一户
_FOR_EACH = re.compile("每[\u4e00-\u9fff]{1,2}$")  # 每船一台
_ONE_FOR_ALL = re.compile("\0、[\u4e00-\u9fff]{2,3}(?:\0|一[片方批带群])")  # 问责一个、警醒一片
_AMONG = re.compile("[\u4e00-\u9fff]{1,4}?中(?![心学小])")
_ALL_DONE = re.compile("[\u4e00-\u9fff]{0,4}?(?:全部|均|都|悉数)")
_TO_EACH = ("人手", "每人一", "一人一", "户均一")  # 党员人手配发一套
_JOINED = ("合", "加起", "相加")  # 两项合起来
_SORTS = frozenset("类项者种个样点条")
_EACH_ONE = re.compile("平均[^，。]*\0[^，。]*\0|平均[^，。]{1,8}\0$")
_SERVICE_NUMBERS = frozenset({"110", "112", "119", "120", "122", "95598", "96110", "12395"})
_EVENTS = frozenset({"count:起", "count:例", "count:件"})  # one case of one person
_DUE = re.compile("应[\u4e00-\u9fff]{0,2}$|任务|目标|计划|核定|需")


def inherits(draft: Mention, best: Bound, rival: Bound) -> bool:
    """Tell whether the rival's words only head the line, and the draft has the figure's own ones.

    民营企业 43家，走访 39家: 走访民营企业39家 is about the second figure. Nor does what was due
    (应签, 任务) rival what was done.
    """
    own = words_before(best.mention)
    words, theirs = words_before(draft), words_before(rival.mention)
    if _DUE.search(theirs) and not _DUE.search(words):
        return True
    same = best.mention.line == rival.mention.line and rival.mention.place < best.mention.place
    begun = len(own) == 1 and words.startswith(own) and own not in theirs  # 女代表 of 其中女
    return same and (begun or (len(own) > 1 and bool((set(own) & set(words)) - set(theirs))))


def of_its_year(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether one fact gives two years' figures, and the draft the one of its own year."""
    years = [(m.period or 0) for m in (draft, best, rival)]
    return best.line == rival.line and years[0] == years[1] != years[2]


def is_threshold(draft: Mention, fact: Mention) -> bool:
    """Tell whether a figure only names a class, as a fact does: 35岁以下的干部, 满三年."""
    full = draft.before_text.endswith("满") and draft.figure.low == fact.figure.low
    if full and fact.figure.text.endswith(CLASS_ENDS[0]):
        return same_kind(draft.figure.dimension, fact.figure.dimension)
    return draft.figure.text == fact.figure.text and draft.figure.text.endswith(CLASS_ENDS)


def units_crossed(draft: Mention, other: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether two drafted figures have each other's units: 180个禁放区劝离5起."""
    ours, theirs = draft.figure.unit, other.figure.unit
    return ours == rival.figure.unit != theirs and theirs == best.figure.unit


def is_loose_one(draft: Mention, bound: Sequence[Bound]) -> bool:
    """Tell whether a figure counts nothing of its own.

    一 may be an article (一批, 平均2.6天办完一件), 前两类 refers to what was just listed.
    """
    if draft.figure.dimension == "number" and draft.figure.text in _SERVICE_NUMBERS:
        return True
    if draft.figure.low == 1 and draft.figure.dimension in _EVENTS:
        people = (b.mention.figure for b in bound if b.near > 0)
        if any(f.low == 1 and f.dimension in ("count:名", "count:人") for f in people):
            return True
    few = draft.figure.unit in _SORTS and draft.figure.low < _MANY
    if few and (_REFERS.search(draft.before_text) or draft.after_text.startswith(_JOINED)):
        return True
    if draft.figure.dimension == "rank" and _IN_MIND.search(draft.before_text):
        return True
    if not draft.figure.text.startswith("一") or draft.figure.low != 1:
        return False
    if _NOT_ONE.search(draft.before_text):
        return True
    if _ONE_FOR_ALL.search(draft.clause_text):
        return True
    if _FOR_EACH.search(draft.before_text) and not draft.after_text:
        return True
    if any(word in draft.clause_text for word in _TO_EACH):
        return True
    if _EACH_ONE.search(draft.clause_text) and not draft.after_text:
        return True
    return not any(
        b.near > 0 and b.mention.figure.dimension == draft.figure.dimension for b in bound
    )


def told_beside(draft: Mention, derived: Derived, rival: Mention, before: Mention | None) -> bool:
    """Tell whether a value follows from the figure right before it, and the rival says more.

    化解309件，化解率97%以上 is no 初访化解率92%; 在原有六处上新建三处 is what the rival was before.
    """
    of_rival = rival.figure.text in derived.formula
    if _FORMER.search(draft.before_text) and of_rival:
        return True
    if _REMAINING.search(draft.before_text) and of_rival and " - " in derived.formula:
        return True  # 尚余墓位1883个 of 墓位2400个，已安放517个
    beside = before is not None and before.figure.text in _SIGNS.split(derived.formula)
    return beside and len(words_before(draft)) < len(words_before(rival))


def is_synonym(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether the draft has another word for the figure's own one: 征集新兵 for 入伍."""
    words = words_before(draft)
    own, theirs = words_before(best), words_before(rival)
    apart = not any(words[at : at + 2] in own for at in range(len(words) - 1))
    return apart and synonymous(words, own) and not synonymous(words, theirs)


def named_behind(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether the draft names behind a figure what the fact names before it, not the rival.

    13个村书屋 is 村书屋 13个, whatever 文化馆分馆 1个 says; nor does 未改15处 rival 整改341处.
    """
    own, theirs, tail = words_before(best), words_before(rival), draft.after_text
    for size in range(_LONGEST_NOUN, 1, -1):
        if len(tail) >= size and own.endswith(tail[:size]):
            return not theirs.endswith(tail[:size])
    denied = _DENIED.search(theirs) and not _DENIED.search(own + draft.clause_text)
    return best.line == rival.line and bool(denied)


def in_state(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether the draft says behind a figure the state that a fact counts it in, not all.

    污水站三座正常运行 is 运行3 of 污水站4座：运行3，检修1.
    """
    own, theirs, tail = words_before(best), words_before(rival), draft.after_text
    inner = best.line == rival.line and best.place > rival.place
    return inner and len(own) > 1 and own in tail[: len(own) + _STATE] and theirs not in tail


def of_its_class(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether a figure is of the age or size that its fact names, the rival of another one.

    80岁以上老人915人 of 60岁以上老人6240人，其中80岁以上915人.
    """
    ours, own, theirs = (set(_CLASS.findall(m.before_text)) for m in (draft, best, rival))
    return best.line == rival.line and bool(ours & own) and not ours & theirs


def of_other_class(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether a figure's age or size is the rival's, and its fact names another one."""
    return bool(_CLASS.search(best.before_text)) and of_its_class(draft, rival, best)


def goes_on(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether two figures of a fact stand behind the same words: 储备物资48类2160件."""
    units = (draft.figure.unit, best.figure.unit, rival.figure.unit)
    behind = best.line == rival.line and best.place == rival.place + 1
    return behind and not best.before_text.strip() and units[0] == units[1] != units[2]


def stands_behind(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether the words right before a figure are its fact's own, not the rival's.

    二季度考评由一季度的第五位上升 of 一季度第5，二季度第3.
    """
    words = words_before(draft).rstrip("的")
    own, theirs = words_before(best), words_before(rival)
    headed = (
        own in draft.clause_text and theirs[-2:] not in draft.clause_text
    )  # 出栏生猪、肉牛1520头
    named = words.endswith(own) or (headed and words in theirs)
    return best.line == rival.line and len(own) > 1 and named and own != theirs


def speaks_for(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether the words around a figure, or its year, are its own fact's and no rival's."""
    if is_synonym(draft, best, rival) or named_behind(draft, best, rival):
        return True
    if best.line != rival.line:
        return False
    tests = (of_its_class, goes_on, stands_behind, of_its_year)
    return any(test(draft, best, rival) for test in tests)


def is_whole(draft: Mention, best: Mention, rival: Mention, behind: Mention | None) -> bool:
    """Tell whether a figure is the whole of a share told behind it: 3920户中九成七吃上自来水."""
    if best.figure.low <= rival.figure.low:
        return False
    if _AMONG.match(draft.after_text):
        return True  # 738名党员中流动党员近两成
    if best.line != rival.line:
        return False
    if _ALL_DONE.match(draft.after_text):
        return True  # 263名学员全部取证 tells of the whole, true or not
    if behind is None:
        return False
    share = behind.figure.dimension == "ratio" and behind.clause_text == draft.clause_text
    return share or draft.after_text.startswith("中")


def share_said(
    mass: Callable[[frozenset[str]], float], said: frozenset[str], own: frozenset[str]
) -> float:
    """Return how much of a figure's own words is said, from 0 to 1."""
    whole = mass(own)
    return mass(said & own) / whole if whole else 0.0


def is_named(draft: Mention, fact: Mention) -> bool:
    """Tell whether a drafted figure has before it the words that a fact's figure has."""
    words = words_before(fact)
    return len(words) > 1 and words in draft.before_text


def is_other_rate(draft: Mention, fact: Mention) -> bool:
    """Tell whether a rounded rate has quite another name than a fact's: 知晓率, 合格率."""
    if draft.figure.dimension != "ratio" or draft.figure.approximation == "exact":
        return False
    ours, theirs = rate_name(draft), rate_name(fact)
    return bool(ours and theirs) and not set(ours) & set(theirs)


def is_other_side(draft: Mention, derived: Derived, rival: Mention) -> bool:
    """Tell whether a figure is what its rival has beside the part told there: 线下4场 of 6场."""
    if _OF_MANY.search(derived.formula):
        return rival.fact_id in derived.fact_ids  # 每百件约有七件 of 312件，其中23件
    apart = " - " in derived.formula and _THAN.search(draft.before_text)
    if apart and rival.fact_id in derived.fact_ids:
        return True  # 比整合前少44个 of 73个，整合为29个
    mean = derived.formula.startswith(f"{rival.figure.text} / ")
    if mean and _MEAN.search(draft.before_text) and draft.figure.dimension != "ratio":
        return rival.fact_id in derived.fact_ids  # 每名教师带11名学生 of 学生320名 教师28名
    left = derived.formula.startswith(f"{rival.figure.text} - ")
    return left and rival.fact_id in derived.fact_ids and bool(_SIDE.search(draft.before_text))


def is_share_of(derived: Derived, rival: Mention) -> bool:
    """Tell whether a value is the share that a fact tells: 到账400万元 of 500万元, 80%."""
    plain = derived.formula.replace(" / ", " × ")
    share = plain.removeprefix(f"{rival.figure.text} × ")
    return share != plain and share.endswith("%") and rival.fact_id in derived.fact_ids


def is_last_years(draft: Mention, fact: Mention) -> bool:
    """Tell whether a fact's figure of last year is told as this year's: 全年3起 for 去年3起."""
    told = draft.clause_text.partition("\0")[0]
    now = _THIS_YEAR.search(told) is not None and draft.period in (None, 0)
    return now and fact.period == -1 and _COMPARES.search(told) is None
