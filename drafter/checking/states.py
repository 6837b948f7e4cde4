"""States at odds: done against open, all against some, nothing happened against a case.

A clause of the draft claims a state by its words; the fact that it rests on is read for words that
leave the same thing open. Both kinds of words are data: ``lexicons/state_patterns.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from drafter.checking.ahead import alike, awaited, due_otherwise, told_ahead
from drafter.checking.bearing import ADVERBS, POINTS_BACK, SOME_OPEN, SURELY, facts_of
from drafter.checking.claimed import (
    FIGURE,
    Claim,
    claim_patterns,
    claims_of,
    contradiction,
    is_heading,
    told_of,
    words,
)
from drafter.checking.context import Clause
from drafter.checking.denials import (
    NO_CASE,
    affirmed_case,
    counted_case,
    denied_case,
    denied_thing,
    denied_word,
    elsewhere,
    of_one_part,
)
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.checking.grams import grams
from drafter.checking.leftopen import rest_done, stalled, unfinished
from drafter.checking.resting import (
    DIGITS,
    Place,
    is_partial,
    is_planned,
    place_of,
)
from drafter.checking.settling import is_settled, says_done
from drafter.checking.stages import check_stage
from drafter.checking.tallies import against_count
from drafter.domain import Evidence, Finding

_SHARE = re.compile(r"\d.*\d|[%％成]")
_ADMITTED = re.compile(
    "正在|正抓紧|落选|遗憾|未果|未获|未能|尚有|仍有|还有|其余|剩余|[剩余][\\d一二两三四五六七八九十]|尚未|未能|暂未|继续推进|有序推进|加紧|扫尾|收尾|试运行|调试"
)
_THE_REST = re.compile("[其剩]余|余下|剩下")
_THAT_ALL = re.compile("^(?:全部|悉数|[均都已全]|经)+")
_REST_OF = re.compile("(?:其余|剩余|余下|剩下|[余剩另])[^，；）]*\\d[^，；）]*")  # 余3个村明年建
_FAILED = re.compile("不合格|不达标|超标")  # how a deed came out: it was done
_LIGHT = frozenset({"开展", "组织", "实现", "打通"})
_COMPLETE = re.compile("到位|完毕|见底|清零")
_BEGUN = re.compile("全面(?:启动|开展|铺开|推开|部署|推进|加强)")  # on all sides, not at its end
_HEAD = 16
_ALL_SO = re.compile("(?:均|都|全部|皆)(?:为|是|获|达)(?:评为)?([\u4e00-\u9fff]{2})")
_BEGINS = re.compile("启动|开始|着手|展开|铺开")
_UNDER_WAY = re.compile("正在|在建|推进中|进行中")
_A_SHARE = re.compile("[一二三四五六七八九]成|分之|[%％]|过半|[一大多]半")
_CEREMONY = re.compile("(?:圆满|顺利)完成了?(?:全年|今年|年度)?[\u4e00-\u9fff]{2,6}工作$")
_OTHER_FIGURE = re.compile(r"\d[\d.]*(?![\d.]|\s?[年月日号])")  # 余450亩拟来年4月收尾: no date
_MOSTLY = re.compile("大多|多数|大部分|绝大|大半|主要|基本")
_ACHIEVED = re.compile("已?经?(?:完成|实现)了?")
_FINISHED = re.compile("建成|竣工|完工|投产|投用|通水|通车|投入使用")
_NOT_THE_DEED = frozenset("已经全面部都均了成完")
_NOT = frozenset("未没不无有尚还了的")
_DOING = frozenset("动开批验完成建")
_TELLS = 4
_PAIR = 2
_TOUCHED = 0.8
_TOLD = 0.4
_ALONE = ("plan", "verb", "deadline", "adverb", "done_share")
_BUT_FOR = re.compile("除[^，。；]{1,10}外")
_OPEN = {
    "all": SOME_OPEN,
    "done": ("ongoing", "negated", "stopped", "plan", "deadline"),
    "deed": ("plan", "stopped", "negated"),
    "told": ("ongoing", "negated", "stopped", "plan", "adverse"),
}
_WHY = {
    "all": "事实只是其中一部分，或尚有未完成的",
    "done": "事实是计划或还没有完成",
    "deed": "事实是计划，或没有做成",
    "told": "事实是没有做成、还没有完成，或正好相反",
}


def check_states(
    clauses: Sequence[Clause], index: FactIndex, lines: Mapping[int, Line]
) -> tuple[list[Finding], list[Evidence]]:
    """Return findings on and evidence for the states that clauses claim.

    ``lines`` gives for the start of each figure of the draft the fact that it comes from:
    发现问题41个，目前已全部销号 rests on the fact of the 41.
    """
    findings: list[Finding] = []
    evidence: list[Evidence] = []
    told: set[tuple[str, tuple[str, ...]]] = set()
    for clause in clauses:
        if is_heading(clause):
            continue
        bindings, counts = facts_of(clause, index, lines)
        case = counted_case(clause, index)
        if not bindings:
            before = [at for at in lines if clause.begin <= at < clause.start]
            rest = rest_done(clause, lines[max(before)]) if before else None
            findings += [found for found in (case or rest,) if found]
            continue
        finding = denied_case(clause, bindings) or case or denied_word(clause, bindings)
        finding = finding or affirmed_case(clause, bindings)
        finding = finding or denied_thing(clause, bindings[0].line)
        finding = finding or elsewhere(clause, bindings) or of_one_part(clause, bindings)
        finding = finding or unfinished(clause, bindings[0]) or stalled(clause, bindings[0])
        finding = finding or rest_done(clause, bindings[0].line)
        line = bindings[0].line
        finding = finding or against_count(clause, line)
        opened = _leaves_open(line.text, line.state)
        sought = not finding and (opened or SURELY.search(clause.text) is not None)
        claims = list(claims_of(clause.text)) if sought else []
        claims += told_of(clause, line) if opened else []
        if opened and not finding:
            finding = _at_odds(clause, claims, bindings, index)
        finding = finding or told_ahead(clause, claims, line, index)
        finding = finding or awaited(clause, line) or due_otherwise(clause, line, index)
        finding = finding or check_stage(clause, line, index)
        if finding:
            finding = replace(finding, fact_ids=(*finding.fact_ids, *counts))
        if finding and (clause.sentence, finding.fact_ids) not in told:
            told.add((clause.sentence, finding.fact_ids))
            findings.append(finding)
        evidence += _evidence(clause, claims, bindings, finding)
    return findings, evidence


def prepare() -> None:
    """Compile the patterns of state words, so that no text waits for them."""
    opened = ("ongoing", "plan", "stopped", "negated", "some")
    done = tuple(kind for kind in _OPEN["done"] if kind != "deadline")
    rest: list[tuple[str, ...]] = [
        ("plan", "negated", "stopped"),
        ("some", "negated"),
        ("plan", "negated"),
        ("pending", "stopped", "negated"),
        ("urging", "pending"),
        ("pending", "ongoing"),
        ("pending", "stopped", "urging", "adverse", "negated", "ongoing"),
        ("negated", "stopped"),
        done,
    ]
    for kinds in (*_OPEN.values(), opened, *rest, *((kind,) for kind in _ALONE)):
        words(*kinds)
    claim_patterns()


@lru_cache(maxsize=4096)
def _leaves_open(text: str, state: str) -> bool:
    """Tell whether a fact has anything that a claim could be at odds with."""
    kinds = ("ongoing", "plan", "stopped", "negated", "some", "deadline", "adverse", "done_share")
    some = words(*kinds)
    return state == "planned" or some.search(text) is not None or _SHARE.search(text) is not None


def _evidence(
    clause: Clause, claims: Sequence[Claim], bindings: Sequence[Binding], finding: Finding | None
) -> Iterator[Evidence]:
    ids = (bindings[0].line.fact_id,)
    if finding:
        yield Evidence(finding.start, finding.end, finding.text, "state", "unsupported", ids)
    elif claims and claims[0].kind in ("all", "done") and len(claims[0].text) >= _TELLS:
        start, end = clause.start + claims[0].start, clause.start + claims[0].end
        yield Evidence(start, end, claims[0].text, "state", "equal", ids)


def _at_odds(
    clause: Clause, claims: Sequence[Claim], bindings: Sequence[Binding], index: FactIndex
) -> Finding | None:
    before, _, after = clause.sentence.partition(clause.text)
    planned = words("plan").search(before) or _ADMITTED.search(after)
    best = bindings[0]
    if planned or words("deadline").search(clause.text) or _counts_other(clause, best.line):
        return None
    place = place_of(best, clause, index)
    for claim in claims:
        if not _touches(claim, clause, best.line, index):
            continue
        behind = clause.text[claim.end : claim.end + 1] == "后"  # 建成后闲置 tells what came of it
        if behind or (claim.kind == "told" and _says_alike(claim, best.line)):
            continue
        settled = not is_planned(place) and is_settled(claim, place, bindings)
        settled = settled or says_done(claim, place)
        if not settled and _left_open(claim, place, clause):
            return contradiction(clause, claim.start, claim.end, best.line, _WHY[claim.kind])
    return None


def _says_alike(claim: Claim, line: Line) -> bool:
    """Tell whether a fact says a claim's deed in another word: 赠送 for 捐赠."""
    return any(word in line.text for word in alike(claim.text.lstrip("已经均都")))


def _counts_other(clause: Clause, line: Line) -> bool:
    """Tell whether a clause and a plan both have figures, but none in common: two things."""
    said = set(DIGITS.findall(clause.text))
    planned = words("plan").search(line.text) is not None and not _THE_REST.search(line.text)
    return planned and bool(said and line.mentions) and not said & set(DIGITS.findall(line.text))


def _touches(claim: Claim, clause: Clause, line: Line, index: FactIndex) -> bool:
    """Tell whether a fact speaks of what the claim is made of, beyond words that all share."""
    stems = [stem for stem in words("verb").findall(claim.text) if len(stem) > 1]
    due = re.match("应(..?)尽", claim.text)
    deed = _THAT_ALL.sub("", claim.text)
    if claim.kind == "all" and len(deed) > 1 and deed in line.text:
        return True  # 均已修好 of 石拱桥已修好，木桥待料
    if claim.kind == "all" and POINTS_BACK.match(clause.text):
        return True
    said = set(DIGITS.findall(clause.text))
    if claim.kind == "all" and said and said == set(DIGITS.findall(line.text)[:1]):
        return True  # 10件实事全部完成 of 票决10件，2件推迟
    if any(word in line.text for stem in stems for word in alike(stem)) or (
        due and due[1] in line.text
    ):
        return True
    if claim.kind == "told":
        pairs = {gram for gram in clause.grams & line.grams if len(gram) > 1}
        return index.weights.mass(pairs) >= _TOLD * max(
            1.0, index.weights.mass(_unsaid(line, clause))
        )
    rest = clause.text.replace(claim.text, " ")
    pairs = {gram for gram in grams(rest) & line.grams if len(gram) > 1}
    if (
        len(ADVERBS.sub("", rest).strip()) < _PAIR
        or claim.kind == "done"
        or claim.text.startswith(("已", "目前"))
    ):
        pairs |= {gram for gram in clause.wide & line.grams if len(gram) > 1}
    return index.weights.mass(pairs) >= _TOUCHED


def _left_open(claim: Claim, place: Place, clause: Clause) -> bool:
    """Tell whether the fact leaves open what the clause claims."""
    if _CEREMONY.match(clause.text[claim.start :]):
        return False  # 圆满完成征兵工作
    if claim.kind != "all" and _MOSTLY.search(clause.text[: claim.start]):
        return False  # 大多当场消除 of 31处，当场整改25处
    if is_planned(place) and not words("plan").search(clause.sentence):
        return claim.kind != "all"
    counted = FIGURE.search(clause.text) is not None and not _FINISHED.search(claim.text)
    if claim.kind == "deed":
        if counted or claim.text in _LIGHT:
            piece = _of_its_figures(place.piece, clause) if claim.text in _LIGHT else place.piece
            piece = _FAILED.sub(" ", _without_good(piece))
            opened = _opens(_OPEN["deed"], piece, claim, clause.sentence)
        else:
            opened = _opens(("plan", "stopped"), _told(claim, place), claim) or _denies(place)
        return opened or (not _ended(claim, place) and bool(words("plan").search(place.before)))
    if claim.kind == "told":
        return _opens(_OPEN["told"], _without_good(place.piece), claim)
    if claim.kind == "all":
        if _BUT_FOR.search(clause.text[: claim.start]) and FIGURE.search(clause.text):
            return False  # 除两条外均已整改
        listed = "：" in place.item[:_HEAD]  # what a head lists goes on behind its ；
        told = FIGURE.search(clause.text) is not None
        several = told and not FIGURE.search(place.item)  # 两处均已投用: of each item
        head = set(DIGITS.findall(place.item[:_HEAD]))
        of_head = listed and set(DIGITS.findall(clause.text)) <= head  # 3家均运行 for 3家：甲…；乙…
        whole = several or of_head or (listed and not counted) or _summed(place)
        scope = place.line.text if whole else place.item
        if _BEGUN.match(claim.text):
            return _opens(("some",), scope, claim)
        figures = [m for m in place.line.mentions if m.figure.text in place.item]
        if not figures and words("deadline").search(place.item):
            return True  # 冬储已全部完成 of 冬储 12月底前完成
        if any(so[1] in clause.text for so in _ALL_SO.finditer(place.item)):
            return False  # 全部获评满意 of 均为满意等次
        return _opens(_OPEN["all"], scope, claim) or is_partial(place.line, place.clause)
    return _done_left_open(claim, place, clause, counted)


def _done_left_open(claim: Claim, place: Place, clause: Clause, counted: bool) -> bool:
    """Tell whether the fact leaves open what is told as done, counted or not."""
    if counted:
        said = set(DIGITS.findall(clause.text))
        ongoing = ("ongoing",) if said and said <= set(DIGITS.findall(place.piece)) else ()
        piece = _of_its_figures(place.piece, clause)
        return _opens(("plan", "negated", "stopped", *ongoing), piece, claim)
    behind = clause.text[claim.end :]
    achieved = words("verb").findall(behind) if _ACHIEVED.fullmatch(claim.text) else []
    if achieved and all(deed in place.line.text for deed in achieved):
        return False  # 已完成结构封顶 of 主体封顶，内装中
    if _BEGINS.search(claim.text) and _UNDER_WAY.search(place.piece):
        return False  # 更换工作已经启动 of 正在更换
    adverb = words("adverb").match(claim.text) or _COMPLETE.search(claim.text)
    own = place.item if FIGURE.search(place.item) else ""
    partial = adverb is not None and not _A_SHARE.search(clause.text)
    partial = partial and is_partial(place.line, place.clause, own)
    dated = () if place.line.mentions else ("deadline",)
    kinds = tuple(k for k in _OPEN["done"] if k != "deadline") + dated
    return partial or _opens(kinds, _told(claim, place), claim, clause.text)


def _summed(place: Place) -> bool:
    """Tell whether a clause's number is what a fact has in two parts: 20个村 of 12个 and 8个."""
    said = DIGITS.findall(place.clause.text)
    pairs = combinations([m.figure for m in place.line.mentions], 2)
    sums = {a.low + b.low for a, b in pairs if a.dimension == b.dimension}
    return bool(said) and all(Decimal(number.rstrip(".")) in sums for number in said)


def _of_its_figures(piece: str, clause: Clause) -> str:
    """Return a fact's piece as far as the clause's own figures go: 安全检查33次, no 关停2家."""
    said = [m for m in DIGITS.finditer(piece) if m[0] in DIGITS.findall(clause.text)]
    behind = piece[said[-1].end() :] if said else ""
    return piece[: said[-1].end()] if _OTHER_FIGURE.search(behind) else piece


def _ended(claim: Claim, place: Place) -> bool:
    """Tell whether a piece of a fact says by itself that the same is done: 规划150个，建成96个."""
    kinds = ("plan", "ongoing", "negated", "stopped", "some")
    same = (set(claim.text) - _NOT_THE_DEED) & set(place.piece)
    said = SURELY.search(place.piece) or any(
        stem in place.piece for stem in words("verb").findall(claim.text)
    )
    return bool(same and said and not _opens(kinds, place.piece, claim, place.clause.text))


def _told(claim: Claim, place: Place) -> str:
    """Return as much of a fact as may leave open what the clause claims."""
    if FIGURE.search(place.clause.text):
        return place.piece if _ended(claim, place) else _REST_OF.sub(" ", place.item)
    return place.piece if _ended(claim, place) else place.item


def _denies(place: Place) -> bool:
    """Tell whether a fact's denial is of what the clause is about, or of any doing."""
    for match in words("negated").finditer(place.item):
        denied = set(place.item[match.start() : match.end() + 2]) - _NOT
        if match[0] in place.piece or denied & (set(place.clause.text) | _DOING):
            return True
    return False


def _unsaid(line: Line, clause: Clause) -> frozenset[str]:
    """Return the pairs of a fact that the clause does not say."""
    return frozenset(gram for gram in line.grams - clause.grams if len(gram) > 1)


def _without_good(text: str) -> str:
    """Return a fact without what is good news for all its denials: 无事故, 未发生火灾."""
    return NO_CASE.sub(" ", text)


def _opens(kinds: Sequence[str], text: str, claim: Claim, told: str = "") -> bool:
    """Tell whether words of some kinds stand in a fact and are not those of the claim itself.

    Nor those that the draft has ``told`` as well: 办理93宗，驳回11宗; 主体已经封顶 is 主体封顶.
    """
    found = (m[0] for m in words(*kinds).finditer(text))
    said = (w for w in found if len(w) < _PAIR or w[:_PAIR] not in told or w[-_PAIR:] not in told)
    return any(word not in claim.text for word in said)
