"""A drafted figure beside the facts: what was due told as done, one level's of two, in a quote."""

from __future__ import annotations

import re

from drafter.checking.context import Mention
from drafter.checking.derived import Derived
from drafter.checking.factindex import FactIndex
from drafter.checking.grams import grams
from drafter.checking.heads import last_word, words_before
from drafter.checking.matching import relation
from drafter.checking.tenths import figures_of

_REST_NAME = 4
_SHOULD_COME = re.compile("应[到参出]")
_CAME = re.compile("实[到参]|出席|到会|参会|到场")
_LEVELS_TOGETHER = re.compile("[两二三]级|镇村|县[镇乡]|市县|省市|村组")
_OF_LEVEL = re.compile("^[ ，]*[省市县乡镇村组][级 ]|[省市县乡镇村组]级")
_DUE_TO = re.compile("(?:应[\u4e00-\u9fff]{0,2}|意向|规划|报名|拟[建装办]?)$")
_OWED = re.compile("应|意向|规划|报名|拟|计划|任务|目标|需|全部|率|全覆盖|列入|涉及|共有|对象")
_DONE = re.compile("实[\u4e00-\u9fff]?$|已[\u4e00-\u9fff]{1,2}$|开工$|建成$|完成$|到位$|参加$")
_LAST_ITEM = re.compile("[\u4e00-\u9fff]*$")
_ROADS = {"国道": "G", "省道": "S", "县道": "X", "乡道": "Y"}  # letters after GB/T 917
_MODIFIER = 3
_CLASS = ("以上", "以下")
_MOST = re.compile("[村镇社区组]*(?:最多|最高|最大|居首|最少|最低)$")
_IS = ("为", "达", "达到", "有", "是", "")
_STAGE = re.compile("[一二三四五]期")
_QUOTED = re.compile('[“"]([^”"\\n]{1,12})[”"]')


def only_due(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether what was due is told as done: 体检3320人 for 应检3320人，实检3075人."""
    if not _DUE_TO.search(fact.before_text.rstrip()) or _OWED.search(draft.clause_text):
        return False
    same = [m for m in index.lines[fact.line].mentions if m is not fact]
    done = [m for m in same if _DONE.search(m.before_text.rstrip())]
    return any(
        m.figure.dimension == fact.figure.dimension and m.figure.low != fact.figure.low
        for m in done
    )


def one_level(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether what two levels have together is told with the figure of one of them."""
    if not _LEVELS_TOGETHER.search(draft.before_text) or not _OF_LEVEL.search(fact.before_text):
        return False
    kin = (m for m in index.lines[fact.line].mentions if m is not fact)
    return any(
        _OF_LEVEL.search(m.before_text) and m.figure.dimension == fact.figure.dimension for m in kin
    )


def other_end(_index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether a place is told from the other end: 全县第4 for 倒数第4."""
    ours, theirs = draft.before_text.rstrip(), fact.before_text.rstrip()
    ranks = draft.figure.dimension == fact.figure.dimension == "rank"
    return ranks and ours.endswith("倒数") != theirs.endswith("倒数")


def told_as_whole(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether a whole is told with its part's word: 新招队员30名 of 30名，其中新招8名."""
    for part in index.lines[fact.line].mentions:
        behind = part.place == fact.place + 1 and "其中" in part.before_text
        word = words_before(part)
        own = len(word) > 1 and word in draft.before_text and word not in fact.before_text
        if behind and own and part.figure.dimension == fact.figure.dimension:
            return True
    return False


_WORD = 2  # characters before a rank: 历史第二
_PERSONS = ("老", "高龄", "人", "群众", "妇女", "村民", "居民")


def is_road(index: FactIndex, draft: Mention) -> bool:
    """Tell whether a figure is the number of a road that the facts have: 318国道 for G318."""
    letter = _ROADS.get(draft.after_text[:2])
    return letter is not None and f"{letter}{draft.figure.text}" in index.bare


def rank_said(index: FactIndex, draft: Mention) -> str:
    """Return the fact that tells a rank in the same words, "" if none does: 历史第二."""
    said = draft.before_text.strip()[-_WORD:] + draft.figure.text
    if draft.figure.dimension != "rank" or len(said) <= len(draft.figure.text) + 1:
        return ""
    return next((line.fact_id for line in index.lines if said in line.text), "")


def is_bound(index: FactIndex, draft: Mention) -> bool:
    """Tell whether a figure names a class by a bound of the facts' classes: 50万元以上的村."""
    gate = draft.after_text.startswith("门槛")
    ages = draft.figure.unit.startswith("岁") and draft.after_text.startswith(_PERSONS)
    of_class = draft.figure.text.endswith(_CLASS) and (ages or draft.after_text.startswith("的"))
    if not gate and not of_class:
        return False
    bound = draft.figure.low if draft.figure.text.endswith(_CLASS[0]) else draft.figure.high
    kin = (m.figure for m in index.mentions if m.figure.dimension == draft.figure.dimension)
    return any(bound in (f.low, f.high, f.value) for f in kin)


def other_most(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether a member's figure is told of another one that is said to have most of all.

    中坪村最多，为62户 is wrong for 上坪 62、中坪 48.
    """
    most = _MOST.search(draft.lead) if draft.before_text in _IS else None
    own = words_before(fact)
    kin = (words_before(m) for m in index.lines[fact.line].mentions if m is not fact)
    other = most is not None and len(own) > 1 and own not in draft.lead
    return other and any(len(w) > 1 and w in draft.lead for w in kin)


def is_stage(index: FactIndex, draft: Mention) -> bool:
    """Tell whether a figure names a stage that the facts name too: 二期比一期多7人."""
    return _STAGE.fullmatch(draft.figure.text) is not None and draft.figure.text in index.bare


def quoted_in(index: FactIndex, draft: Mention) -> str:
    """Return the fact that has a figure in quotes, said again without them, "" if none has.

    五村抱团项目 for “五村抱团”; a quote's figures are no figures of the facts else.
    """
    for line in index.lines:
        for quote in _QUOTED.finditer(line.text):
            alike = any(relation(draft.figure, f) for f in figures_of(quote[1]))
            if alike and grams(quote[1]) & draft.local:
                return line.fact_id
    return ""


def adds_up(index: FactIndex, draft: Mention, derived: Derived, rival: Mention) -> bool:
    """Tell whether a value is a sum of kinds in one fact, the rival's among them.

    幼儿园5所 for 公办幼儿园3所、民办园2所; 河长31名 for 镇级河长9名，村级22名.
    """
    terms, words = derived.formula.split(" + "), words_before(draft)
    joined = re.search(f"[\u4e00-\u9fff]、{words}\0", draft.clause_text)  # 县、乡、村道126公里
    if len(words) > 1 and words == words_before(rival) and not joined:
        return False  # 市级32篇 is not 省级9篇、市级23篇 together
    line = index.lines[rival.line].mentions
    kin = [m.figure.text for m in line if m.figure.dimension == rival.figure.dimension]
    own = last_word(rival)
    if len(terms) > 1 and sorted(kin) == sorted(terms) and own and own not in draft.before_text:
        return True  # 文物点21处 of 省级1处 县级6处 未定级 14处
    kind = set(words_before(rival).removesuffix(words))  # 镇级 of 镇级河长, beside 村级
    listed = [m for m in index.lines[rival.line].mentions if m.figure.text in terms]
    kinds = [
        m
        for m in listed
        if set(words) & set(words_before(m))
        or (kind & set(words_before(m)) and len(words_before(m)) <= _MODIFIER)
        or (not words_before(m) and m.place > rival.place)  # 走访52户，慰问金3万元；58户 4万元
    ]
    return len(kinds) >= len(terms) > 1 and rival in kinds and rival.figure.high > 0


def lists_its_kind(index: FactIndex, draft: Mention, derived: Derived, rival: Mention) -> bool:
    """Tell whether a value sums a fact's list that is headed by the draft's own word.

    学生4316人 for 在校（园）学生：中学1420人 小学2896人 is no 资助困难学生394人.
    """
    line = index.by_id.get(derived.fact_ids[0]) if len(derived.fact_ids) == 1 else None
    head, colon, _ = line.text.partition("：") if line else ("", "", "")
    word = words_before(draft)[-2:]
    summed = " + " in derived.formula and line is not None and line.index != rival.line
    return summed and bool(colon) and len(word) > 1 and word in head


def listed_with(index: FactIndex, draft: Mention, rival: Mention) -> bool:
    """Tell whether the draft counts the rival's thing together with another of its fact.

    栽植柏木、花椒16.8万株 is about both: 柏木 12万株、花椒 4.8万株.
    """
    before, listed, _ = draft.clause_text.partition(f"、{words_before(draft)}\0")
    other = _LAST_ITEM.search(before)[0] if listed else ""  # type: ignore[index]
    text = index.lines[rival.line].text
    return any(other[at : at + 2] in text for at in range(len(other) - 1))


def is_named_rest(index: FactIndex, draft: Mention, derived: Derived, rival: Mention) -> bool:
    """Tell whether a figure is a rival's rest that its fact names: 低保386户, 其余为农村低保."""
    name = words_before(draft)[-_REST_NAME:]
    taken = derived.formula.startswith(f"{rival.figure.text} - ")
    return taken and len(name) == _REST_NAME and name in index.lines[rival.line].text


def came_of_those(draft: Mention, best: Mention, rival: Mention) -> bool:
    """Tell whether those who came are told, not those due: 58名代表到会 of 应到62，实到58."""
    due = _SHOULD_COME.search(rival.before_text) and _CAME.search(best.before_text)
    return bool(due) and _CAME.search(draft.after_text) is not None
