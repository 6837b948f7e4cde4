"""Values that facts give by chance: those facts are of other things than the draft's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from drafter.checking.claimed import words
from drafter.checking.context import Mention
from drafter.checking.derived import Derived, of_kind, value_of
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.heads import rate_name, words_before
from drafter.checking.matching import fits, relation

_IN_ALL = re.compile("累计(?:已?[\u4e00-\u9fff]{2}(?:了|成|好)?)? ?$")
_NEXT_YEAR = re.compile("明年|来年|下年|下一年")
_ITS_PIECE = re.compile("[^，,；;。]*")
_SOME = 2
_DEED = 2
_SIGNS = re.compile(" [-+×/·] |[()]")
_NUMBER = re.compile("\\d[\\d.,]*")
_FINISHED = re.compile(
    "(?:完工|建成|竣工|完成|办结|投用|投产|验收|通过|销号|交付|封顶|结案|脱贫)了?$"
)
_OPEN = re.compile("未|在[建办谈施]|正在|尚|[^\u4e00-\u9fff]?待|[\u4e00-\u9fff]{2}中 ?$")


def terms_of(formula: str, figures: Iterable[Mention]) -> list[Mention]:
    """Return those of some figures that a formula names, in their order."""
    named = pieces_of(formula)
    return [m for m in figures if m.figure.text in named]


def pieces_of(formula: str) -> frozenset[str]:
    """Return the figures and numbers that a formula is made of, as written."""
    return frozenset(piece.strip() for piece in _SIGNS.split(formula))


def of_others(draft: Mention, candidate: Derived, index: FactIndex) -> bool:
    """Tell whether a sum over facts is of other things than those that the draft's words head.

    上站体检96人 is not 报名41人 + 报名55人 where other figures stand behind 上站体检.
    """
    words, terms = words_before(draft), candidate.formula.split(" + ")
    if len(terms) < 2 or len(words) < 2 or len(candidate.fact_ids) < 2:
        return False
    own = [m for m in index.mentions if words_before(m) == words and of_kind(m, draft)]
    return bool(own) and all(m.figure.text not in terms for m in own)


def of_other_deed(
    draft: Mention, candidate: Derived, told: Sequence[Mention], index: FactIndex
) -> bool:
    """Tell whether a rounded rate is by chance that of facts that do not speak of its deed.

    完工率超过60% of 旱地156万、水田92万 where six projects and 完工5个 are told.
    """
    deed = rate_name(draft) if draft.figure.approximation != "exact" else ""
    if len(deed) < len("完工") or not candidate.fact_ids:
        return False
    held = [index.by_id[i].text for i in candidate.fact_ids if i in index.by_id]
    said = any(set(deed) & set(text) for text in held)
    here = any(deed in m.before_text for m in told if m.line == draft.line)
    return here and not said


def of_other_part(
    draft: Mention, candidate: Derived, told: Sequence[Mention], index: FactIndex
) -> bool:
    """Tell whether a rate is not that of the part told with its word: 43人上岗，上岗率92%."""
    deed, formula = rate_name(draft), candidate.formula
    here = [m for m in told if m.line == draft.line and m.figure.dimension != "ratio"]
    own = [m for m in here if words_before(m).endswith(deed) or m.after_text.startswith(deed)]
    lines = [index.by_id[i] for i in candidate.fact_ids if i in index.by_id]
    held = terms_of(formula, (m for line in lines for m in line.mentions))
    held = held or terms_of(formula, here)
    plain = " / " in formula and "(" not in formula  # 审减率 may be of a difference
    if not plain or len(deed) != _DEED or len(own) != 1 or not held:
        return False
    number = _NUMBER.search(own[0].figure.text)  # 审减229万元 of 审减 229
    told_so = (number is not None and number[0] in _NUMBER.findall(formula)) or own[
        0
    ].figure.approximation != "exact"
    return not told_so and not any(relation(own[0].figure, m.figure) for m in held)


def of_other_total(draft: Mention, candidate: Derived, lines: Sequence[Line]) -> bool:
    """Tell whether a total worked out is another than the one that its fact tells: 累计1.38万亩."""
    if not _IN_ALL.search(draft.before_text):
        return False
    ids = candidate.fact_ids
    meant = [line for line in lines if not ids or line.fact_id in ids]
    kin = (m for line in meant for m in line.mentions if of_kind(m, draft))
    told = [m for m in kin if _IN_ALL.search(m.before_text)]
    return bool(told) and not any(fits(draft.figure, value_of(m)) for m in told)


def _is_planned_part(
    draft: Mention, candidate: Derived, terms: Sequence[str], index: FactIndex
) -> bool:
    """Tell whether one of a sum's terms is only planned: 二期管网5.5公里纳入明年计划."""
    if words("plan").search(draft.clause_text) or _NEXT_YEAR.search(draft.clause_text):
        return False
    held = (index.by_id[i] for i in candidate.fact_ids if i in index.by_id)
    for line in held:
        for m in (m for m in line.mentions if m.figure.text in terms):
            behind = _ITS_PIECE.match(line.text, m.figure.end)
            if behind and _NEXT_YEAR.search(behind[0]):
                return True
    return False


def of_unfinished(draft: Mention, candidate: Derived, index: FactIndex) -> bool:
    """Tell whether what is told as finished counts what a fact has as still under way.

    已完工九个 is not 建成7个 + 在建2个.
    """
    terms = candidate.formula.split(" + ")
    if len(terms) >= _SOME and _is_planned_part(draft, candidate, terms, index):
        return True
    if len(terms) < _SOME or not _FINISHED.search(draft.before_text):
        return False
    lines = {index.by_id[i].index for i in candidate.fact_ids if i in index.by_id}
    kin = [m for m in index.mentions if m.line in lines and m.figure.text in terms]
    return any(_OPEN.search(m.before_text) or _OPEN.match(m.after_text) for m in kin)
