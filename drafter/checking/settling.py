"""Whether a fact, where a clause rests on it, says itself what the clause claims of a state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.checking.ahead import alike
from drafter.checking.claimed import Claim, claim_patterns, words
from drafter.checking.factindex import Binding
from drafter.checking.grams import grams
from drafter.checking.resting import LEVEL, Place, as_many, due_met, is_partial

_SETTLED = 0.8
_RESTS_SO = re.compile("(?:余下|其余|另|剩余|剩下)[^，；]*\\d")
_REOPENED = re.compile("复[业工产课]|恢复[营经运]|重新开[业放]")
_FAILED = re.compile("不合格|不达标|超标")
_PASSED = re.compile("通过|合格|达标")
_AT_LAST = re.compile(
    "(?:二次|第二次|复[检验查测评核]|再次|整改后|返工后)[\u4e00-\u9fff]{0,3}?(?:通过|合格|达标)"
)
_ALREADY = re.compile("^已经?")
_COMPLETE = re.compile("到位|完毕|见底|清零")
_STRETCHES = re.compile("[，,（()）]")
_PIECE_END = re.compile("[^，,]*$")
_GIVEN_EACH = re.compile("每个?([\u4e00-\u9fff]{1,2}) ?\\d")
_NONE_LEFT = re.compile("(?<![\\d.])0[个件户处人次家]")
_SHORT = 5
_PAIR = 2


def is_settled(claim: Claim, place: Place, bindings: Sequence[Binding]) -> bool:
    """Tell whether the fact, or another one bound as well, says what the clause claims."""
    opened = words("ongoing", "plan", "stopped", "negated", "some")
    stems = words("verb").findall(claim.text)
    levels = LEVEL.findall(place.clause.text)
    if any(level in place.piece for level in levels):
        return _said(claim.text, place.piece)  # 县级已通过，市级定于明年3月
    reopened = _REOPENED.search(claim.text) and _REOPENED.search(place.item)
    if _passed_at_last(claim, place) or (claim.kind == "done" and _told_bare(claim, place)):
        return True
    if reopened or _told_alone(claim, place.item) or _said(claim.text, place.item):
        return True
    if claim.kind != "all" and _done(stems, place):
        return True
    if "零" in claim.text and _NONE_LEFT.search(place.item):
        return True
    if claim.kind == "all" and due_met(place.line):
        return True
    if as_many(place.line, claim, place.clause.text):
        return True
    if claim.kind == "all":
        pieces = [piece for piece in re.split("[，,]", place.item) if piece.strip()]
        if _for_each(claim, place):
            return True
        told = (_told_done(p, stems, place) for p in pieces)
        return any(_told_all(p, stems) for p in pieces) or any(told)
    if claim.kind == "done" and not opened.search(place.piece):
        own = any(stem in place.piece for stem in stems)
        if own and not is_partial(place.line, place.clause):
            return True
    best = bindings[0]
    return any(
        b.score >= _SETTLED * best.score and not opened.search(b.line.text)
        for b in bindings
        if b.line is not best.line and any(stem in b.line.text for stem in stems)
    )


def says_done(claim: Claim, place: Place) -> bool:
    """Tell whether a fact has a claim's deed with 已: 土地已挂牌，2027年3月开工; 已下单 of 已订."""
    bare = _ALREADY.sub("", _plain(claim.text))
    said = (f"已{word.removeprefix('已')}" for word in alike(bare))
    return claim.kind != "all" and any(word in _plain(place.item) for word in said)


def _passed_at_last(claim: Claim, place: Place) -> bool:
    """Tell whether a fact says what passed after all (二次通过), and none says 一次通过."""
    passed = _PASSED.search(claim.text) and _AT_LAST.search(place.item)
    return bool(passed) and "一次" not in place.clause.text


def _told_bare(claim: Claim, place: Place) -> bool:
    """Tell whether a fact says a deed without 已, and nothing that leaves it open beside it.

    设备已经到场 is 设备到场，未安装; 另外2栋已搬离 is 余下2栋 搬离封存.
    """
    bare = _ALREADY.sub("", claim.text)
    if len(bare) < _PAIR or not any(deed in place.piece for deed in alike(bare)):
        return False
    rest = () if _RESTS_SO.search(place.piece) else ("ongoing", "some")
    told = _FAILED.sub(" ", place.piece)  # 不合格 1批次 已立案
    return not words("plan", "negated", "stopped", *rest).search(told)


def _done(stems: Sequence[str], place: Place) -> bool:
    """Tell whether a fact's piece says some deeds before anything that leaves them open."""
    pieces = re.split("[，,]", place.item)
    own = (p for p in pieces if stems and all(s in p for s in stems))
    piece = place.piece if any(s in place.piece for s in stems) else next(own, place.piece)
    behind = place.item.partition(piece)[2]
    opened = words("ongoing", "stopped", "negated", "some").search(piece)
    told = piece[: opened.start()] if opened else piece
    failed = words("plan").search(piece) or words("stopped", "adverse").search(behind)
    return bool(stems) and all(s in told for s in stems) and not failed


def _told_done(piece: str, stems: Sequence[str], place: Place) -> bool:
    """Tell whether a fact says no more of its only figure than that it is done: 23人次，已办结."""
    deed = _ALREADY.sub("", piece.strip())
    same = deed.endswith(tuple(stems) or ("\0",)) or (len(deed) > 1 and deed in place.clause.text)
    done = _ALREADY.match(piece.strip()) and same
    before = place.item.partition(piece)[0].rstrip("，,")
    end = _PIECE_END.search(before)
    own = end and any(len(g) > 1 for g in grams(end[0]) & place.clause.grams)
    alone = len(place.line.mentions) == 1 or own  # 阳性畜均已扑杀 of 阳性4份，已扑杀
    return bool(done) and bool(alone) and len(piece.strip()) <= _SHORT


def _for_each(claim: Claim, place: Place) -> bool:
    """Tell whether a fact gives each of all its own: 覆盖全部项目 of 公示牌23块（每个项目1块）."""
    found = _GIVEN_EACH.findall(place.item)
    return any(re.search(f"{each}(?![\u4e00-\u9fff])", claim.text) for each in found)


def _told_all(text: str, stems: Sequence[str]) -> bool:
    """Tell whether a fact's stretch says that all is done, with nothing left out."""
    open_ = words("some", "negated")
    if "100%" in text:
        meant = not stems or bool(set("".join(stems)) & set(text))  # 答复率100% settles no 解决
        return meant and not open_.search(text)
    return any(
        not open_.search(text, m.start())
        for m in claim_patterns()[0][1].finditer(text)
        if not stems or any(stem in m[0] for stem in stems) or len(m[0]) > 1
    )


def _plain(text: str) -> str:
    """Return a text with one word for 已经 and 已, 逐个 and 逐一."""
    return text.replace("已经", "已").replace("逐个", "逐一")


def _told_alone(claim: Claim, item: str) -> bool:
    """Tell whether a fact says a deed in a stretch of its own: 火点 秋季1个（已处置）."""
    deed = _ALREADY.sub("", _COMPLETE.sub("", claim.text))
    alone = {_ALREADY.sub("", stretch) for stretch in _STRETCHES.split(item)}
    return claim.kind != "all" and _COMPLETE.search(claim.text) is not None and deed in alone


def _said(claim: str, item: str) -> bool:
    """Tell whether an item has a claim's very words and does not deny or plan them."""
    before, found, _ = _plain(item).partition(_plain(claim))
    return bool(found) and not words("plan", "negated").search(before + "，")
