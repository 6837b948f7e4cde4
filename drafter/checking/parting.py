"""What a fact's parts and wholes come to: rests, the other of two, a whole by its part's share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, product, takewhile

from drafter.checking.context import Mention
from drafter.checking.derived import (
    MAX_TERMS,
    Derived,
    formula_of,
    ids_of,
    is_rest,
    is_told,
    of_kind,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.heads import rate_name, words_before

_LEFT = re.compile("^[\\s，]*(?:尚|还|暂)?(?:未|没|剩|余|其余|欠|差)")
_CLASS = re.compile("([A-DⅠ-Ⅴ一二三四甲乙丙\u4e00-\u9fff])[级类等种](?:的|危房|房屋)?\\s?$")
_TWO_CLASSES = re.compile("([A-DⅠ-Ⅴ一二三四甲乙丙])[、和]([A-DⅠ-Ⅴ一二三四甲乙丙])[级类等种]")
_NEAR = 2
_OF_THOSE = re.compile("的?[有为是]?$")
_PLACES = 2
_BARE_SHARE = re.compile("(?:^|[ ，])占比? ?$")
_ALL_OF = re.compile("全[镇乡县]|总|共")
_SHARE_OF = re.compile("占 ?(?:全[镇乡县市村])?([\u4e00-\u9fff]{2,10}?)(?:的|比)?\\s?$")
_NAMED_REST = re.compile("其余(?:均|都)?[为是]?([\u4e00-\u9fff]{3,6})$")
_FOUR = 4
_OF_A_WHOLE = re.compile("占|率")
_OTHERS = re.compile("其他|其它|其余")
_NOT_YET = re.compile("(?:尚未|还未|没有|未|没|无)([\u4e00-\u9fff]{2})")
_CARRIED_OUT = re.compile("完成|办结|建成|落地|办成|兑现|投用")
_PUT_OFF = re.compile("推迟|延期|顺延|跨年|在建|在办|缓[建办]|未[完办建动开]|转入?[下明]|待")
_VACANT = re.compile("[空余缺剩]")
_STILL = re.compile("[仍还尚]有$")
_PLACE = re.compile("[床铺座空]")
_OTHER_SIDE = str.maketrans("内外男女上下", "外内女男下上")  # 区内460人 of 1420人（区外960人）


def other_part(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield the part that a fact leaves out: 分散供养36人 of 特困供养 59人，集中供养 23人."""
    head = words_before(draft)[-2:]
    for whole, part in pairwise(line.mentions):
        same = whole.figure.dimension == part.figure.dimension
        left = value_of(whole) - value_of(part)
        words = words_before(part)
        among_them = "其中" in part.before_text and len(words) > _NEAR
        among = "其中" in part.before_text and _OTHERS.search(draft.before_text)
        counted = all(m.figure.dimension.startswith("count:") for m in (whole, part))
        if among and counted and not same and of_kind(whole, draft) and left > 0:
            formula = formula_of((whole, part), "-")  # 其他辅具43件 of 74件，其中轮椅31辆
            yield Derived(left, whole.figure.dimension, formula, ids_of((whole, part)))
        kind = len(head) > 1 and words.endswith(head) and not words_before(draft).endswith(words)
        ours, all_ = _OF_THOSE.sub("", words_before(draft)), words_before(whole)
        kind |= words != ours and words[-_NEAR:] == ours[-_NEAR:] != all_[-_NEAR:] and among_them
        kind |= len(head) > 1 and words.endswith(head.translate(_OTHER_SIDE))
        kind |= words != ours and len(head) > 1 and words in all_ and ours in all_
        bracketed = line.text[whole.figure.end : whole.figure.end + 1] == "（"
        kind |= bracketed and "其中" in draft.before_text and words not in ours != all_
        kind |= bracketed and len(head) > 1 and all_.endswith(head) and words not in ours != all_
        if same and kind and left > 0:
            formula = formula_of((whole, part), "-")
            yield Derived(left, whole.figure.dimension, formula, ids_of((whole, part)))


def rest_named(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what a fact's named rest has: 农村345户 of 386户612人，其中城市41户58人，其余为农村."""
    named = _NAMED_REST.search(line.text)
    if named is None or named[1] not in draft.clause_text or len(line.mentions) < _FOUR:
        return
    for at in range(len(line.mentions) - _FOUR + 1):
        wholes, parts = line.mentions[at : at + _NEAR], line.mentions[at + _NEAR : at + _FOUR]
        if "其中" not in parts[0].before_text:
            continue
        for whole, part in zip(wholes, parts, strict=True):
            left = value_of(whole) - value_of(part)
            same = whole.figure.dimension == part.figure.dimension
            if same and of_kind(whole, draft) and left > 0:
                formula = formula_of((whole, part), "-")
                yield Derived(left, whole.figure.dimension, formula, (line.fact_id,))


def left_of_share(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what is left of a whole by its part's share: 剩余140户 of 1860户，占应装户数93%."""
    for part, share in pairwise(line.mentions) if is_rest(draft) else ():
        bare = share.figure.dimension == "ratio" and 0 < value_of(share) < 1
        if bare and of_kind(part, draft) and _OF_A_WHOLE.search(share.before_text):
            left = value_of(part) / value_of(share) - value_of(part)
            formula = f"{formula_of((part, share), '/')} - {part.figure.text}"
            yield Derived(left, draft.figure.dimension, formula, (line.fact_id,))


def other_of_two(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield what the other of two comes to: C级16栋 of C、D级 21栋 and of D级 5栋 elsewhere."""
    said = _CLASS.search(draft.before_text)
    for whole in index.mentions if said else ():
        both = _TWO_CLASSES.search(whole.clause_text.partition("\0")[0])
        if (
            both is None
            or not of_kind(whole, draft)
            or said is None
            or said[1] not in both.groups()
        ):
            continue
        other = both[2] if said[1] == both[1] else both[1]
        for part in (m for m in index.mentions if of_kind(m, whole) and m is not whole):
            theirs = _CLASS.search(part.before_text)
            if theirs and theirs[1] == other and value_of(part) < value_of(whole):
                left, formula = value_of(whole) - value_of(part), formula_of((whole, part), "-")
                yield Derived(left, draft.figure.dimension, formula, ids_of((whole, part)))


def undone(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield those of whom a fact counts who are not yet: 已消除19户 of 33户，其中未消除14户."""
    for whole, part in product(line.mentions, repeat=2):
        denied = _NOT_YET.search(part.before_text) if part.place > whole.place else None
        same = denied and whole.figure.dimension == part.figure.dimension and of_kind(whole, draft)
        said = draft.before_text + draft.after_text + draft.clause_text.rpartition("\0")[2]
        if same and denied and denied[1] in said and not _NOT_YET.search(said):
            left, formula = value_of(whole) - value_of(part), formula_of((whole, part), "-")
            if left > 0:
                yield Derived(left, whole.figure.dimension, formula, (line.fact_id,))


def all_but(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield those that are done of what a fact counts, some of them put off: 10件，2件推迟."""
    done = _CARRIED_OUT.search(draft.before_text + draft.after_text)
    for whole, part in pairwise(line.mentions) if done else ():
        same = whole.figure.dimension == part.figure.dimension and of_kind(whole, draft)
        left = value_of(whole) - value_of(part)
        if same and left > 0 and _PUT_OFF.search(part.before_text + part.after_text):
            formula = formula_of((whole, part), "-")
            yield Derived(left, whole.figure.dimension, formula, (line.fact_id,))


def vacant(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield the places that nobody has: 尚余33张 of 床位120张，入住87人."""
    left = _VACANT.search(draft.before_text) is not None
    still = _STILL.search(draft.before_text) and _PLACE.match(draft.after_text)
    left |= still is not None
    for places, heads in pairwise(line.mentions) if left else ():
        if of_kind(places, draft) and heads.figure.dimension == "count:人":
            value, formula = value_of(places) - value_of(heads), formula_of((places, heads), "-")
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def _by_rate(part: Mention, share: Mention, draft: Mention) -> Iterator[Derived]:
    """Yield the whole that a rate is of: 电动车2000辆 of 电动车上牌1860辆，上牌率93%."""
    rate = rate_name(share) if share.figure.dimension == "ratio" and value_of(share) > 0 else ""
    noun = words_before(part).removesuffix(rate)[-2:] if rate else ""
    done = rate and rate in part.before_text and rate not in draft.before_text
    if done and len(noun) > 1 and noun in draft.before_text and of_kind(part, draft):
        value, formula = value_of(part) / value_of(share), formula_of((part, share), "/")
        yield Derived(value, draft.figure.dimension, formula, ids_of((part, share)))


def whole_of_share(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield a whole by a part and its share: 农业总产值4亿元 of 畜牧1.4亿元，占农业总产值35%."""
    for part, share in pairwise(line.mentions):
        yield from _by_rate(part, share, draft)
    for part, share in pairwise(line.mentions) if _ALL_OF.search(draft.before_text) else ():
        bare = _BARE_SHARE.search(share.before_text) and share.figure.dimension == "ratio"
        if bare and of_kind(part, draft) and 0 < value_of(share) < 1:
            whole = (value_of(part) / value_of(share)).to_integral_value()  # 占 83% is rounded
            if round(value_of(part) / whole, _PLACES) == round(value_of(share), _PLACES):
                yield Derived(
                    whole,
                    draft.figure.dimension,
                    formula_of((part, share), "/"),
                    ids_of((part, share)),
                )
    for at, share in enumerate(line.mentions):
        named = _SHARE_OF.search(share.before_text.replace(" ", ""))
        if named is None or share.figure.dimension != "ratio" or not value_of(share) > 0:
            continue
        for part in line.mentions[max(0, at - _NEAR) : at]:  # 412户1486人，占农户6.1%
            if of_kind(part, draft) and named[1].strip() in draft.before_text:
                value, formula = value_of(part) / value_of(share), formula_of((part, share), "/")
                yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def left_over(group: Sequence[Mention], done: Sequence[Mention]) -> Iterator[Derived]:
    """Yield what is left of a figure when the next ones are done, the last told among them."""
    for first, whole in enumerate(group[:-2]):
        taken = takewhile(
            lambda m, kind=whole.figure.dimension: m.figure.dimension == kind,  # type: ignore[misc]
            group[first + 1 :],
        )
        terms = list(taken)[:MAX_TERMS]
        for size in range(2, len(terms) + 1):
            left = value_of(whole) - sum(map(value_of, terms[:size]), Decimal(0))
            if left > 0 and (not done or is_told(terms[size - 1], done)):
                parts = [whole, *terms[:size]]
                yield Derived(left, whole.figure.dimension, formula_of(parts, "-"), ids_of(parts))


def with_rests(line: Line) -> Iterator[tuple[Mention, Mention]]:
    """Yield what is done with what is left, of one unit: 办理 277本，未办 3本."""
    for at, left in enumerate(line.mentions):
        kin = [m for m in line.mentions[:at] if m.figure.dimension == left.figure.dimension]
        done = kin[-1] if kin else left
        if kin and _LEFT.search(left.before_text) and not _LEFT.search(done.before_text):
            yield done, left


def share_left(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield the share that is left of a whole: 剩余一成 of 受理120件，办结108件."""
    if draft.figure.dimension != "ratio" or not is_rest(draft):
        return
    for at, part in enumerate(line.mentions):
        for whole in line.mentions[:at]:
            same = whole.figure.dimension == part.figure.dimension not in ("ratio", "points")
            if same and 0 < value_of(part) < value_of(whole):
                formula = f"1 - {formula_of((part, whole), '/')}"
                share = 1 - value_of(part) / value_of(whole)
                yield Derived(share, "ratio", formula, ids_of((part, whole)))


def rests(line: Line) -> Iterator[Derived]:
    """Yield the whole of what is done and what is left, and the share that is done."""
    for pair in with_rests(line):
        total, formula = sum(map(value_of, pair)), formula_of(pair, "+")
        yield Derived(Decimal(total), pair[0].figure.dimension, formula, ids_of(pair))
        if total:
            formula = f"{pair[0].figure.text} / ({formula})"
            yield Derived(value_of(pair[0]) / total, "ratio", formula, ids_of(pair))


def part_named(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield a part by its share: 网格员85人，机动队占两成 is 机动队17人."""
    shares = [m for m in line.mentions if m.figure.dimension == "ratio"]
    for share in shares if draft.figure.dimension != "ratio" else ():
        for whole in line.mentions if share.before & draft.clause else ():
            if whole.figure.dimension == draft.figure.dimension and value_of(share) < 1:
                formula = formula_of((whole, share), "×")
                value = value_of(whole) * value_of(share)
                yield Derived(value, whole.figure.dimension, formula, ids_of((whole, share)))
