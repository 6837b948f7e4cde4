"""Which figures of the facts belong together: a fact's own, a list's, those of one head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.checking.context import Mention
from drafter.checking.counting import columns
from drafter.checking.derived import MAX_TERMS, value_of
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words, grams
from drafter.checking.heads import words_before
from drafter.checking.matching import is_range
from drafter.domain import Figure

_MEMBER = 6
_STAGE = re.compile(
    "其中|含|包括|已|完成|整改|其余|剩|同比|[比较][上去]年|目标|任务|率|上年|去年|同期|累计|总|共.|尚|未|还有|发现"
)
_ALTOGETHER = re.compile(
    "共|计|总|全年|全镇|全乡|年|季度|各|均|[两二三四五六七八九十\\d]个?[村组期]|差|比|剩"
)
_MODIFIER = re.compile(
    r"[一二三四上下前]?[季半]年?度?|[^\s、，]{1,4}[村镇乡社组站校园区]|去年|上年|今年|全年|同期|\0|年|月"
)


def groups(
    draft: Mention, lines: Sequence[Line], index: FactIndex
) -> Iterator[tuple[Mention, ...]]:
    """Yield the figures of each line, then those of lines whose heads agree with its figures."""
    for line in lines:
        if line.index not in index.counting:
            index.counting[line.index] = tuple(_counting(line))
        yield index.counting[line.index]
    if not _ALTOGETHER.search(draft.clause_text) and draft.figure.dimension not in (
        "ratio",
        "points",
    ):
        return
    seen: set[tuple[int, ...]] = set()
    for line in lines:
        for mention in line.mentions:
            family = _family(mention, index)
            key = tuple(id(m) for m in family)
            apart = len({m.line for m in family}) > 1
            if apart and key not in seen and _about(draft, family, index):
                seen.add(key)
                yield family


def _counting(line: Line) -> Iterator[Mention]:
    """Yield a fact's figures without those that only name a group: 三组0.8公里."""
    for at, mention in enumerate(line.mentions):
        behind = line.mentions[at + 1 : at + 2]
        names = mention.figure.unit == "组" and any(
            m.figure.start == mention.figure.end for m in behind
        )
        if _plain(mention.figure) and not names:
            yield mention


def _plain(figure: Figure) -> bool:
    return not is_range(figure)


def _about(draft: Mention, family: Sequence[Mention], index: FactIndex) -> bool:
    head = frozenset.intersection(*(m.wide for m in family))
    return index.weights.shared(draft.wide, head) > 0


def _head(mention: Mention) -> frozenset[str]:
    """Return what a figure counts, without place and period: its own words, else its clause's.

    Of 夜巡次数：东片 84次 the label tells it, not the member.
    """
    label, colon, member = mention.clause_text.partition("：")
    if colon and member.startswith(mention.before_text) and len(mention.before_text) <= _MEMBER:
        return grams(_MODIFIER.sub(" ", label))
    own = grams(_MODIFIER.sub(" ", f"{mention.before_text} {mention.after_text}"))
    if any(len(gram) > 1 and gram not in common_words() for gram in own):
        return own
    return grams(_MODIFIER.sub(" ", mention.clause_text))


def _family(mention: Mention, index: FactIndex) -> tuple[Mention, ...]:
    """Return the figures of other facts that count the same thing in the same unit."""
    head = _head(mention)
    weight = index.weights.mass(head)
    if not weight or not _plain(mention.figure):
        return ()
    kin = []
    for other in index.mentions:
        if other.figure.dimension != mention.figure.dimension or not _plain(other.figure):
            continue
        theirs = _head(other)
        common = index.weights.shared(head, theirs)
        named = words_before(mention) if mention.line != other.line else ""
        if len(named) > 1 and named == words_before(other):
            kin.append(other)  # 春茶：干茶 70吨 and 夏秋茶：干茶 130吨
        elif common >= 0.6 * max(weight, index.weights.mass(theirs)):
            kin.append(other)
    return tuple(kin[:MAX_TERMS])


def runs(group: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the runs of a group that list one thing: same unit, no word of progress between.

    Where units take turns (1支40人、13支325人) each of them is a list of its own.
    """
    yield from _unbroken(group, whole=True)
    yield from _unbroken(group)
    yield from columns(group)


def _unbroken(group: Sequence[Mention], whole: bool = False) -> Iterator[list[Mention]]:
    """Yield the runs; ``whole`` goes on behind a ； as well."""
    run: list[Mention] = []
    for mention in group:
        same = run and run[-1].figure.dimension == mention.figure.dimension
        parted = _STAGE.search(mention.before_text) is not None or (mention.opens and not whole)
        if run and not (same and not parted):
            yield run
            run = []
        run.append(mention)
    yield run


def without_head(run: list[Mention]) -> list[Mention]:
    """Return a list's figures without the first one where that is their sum."""
    head = run and value_of(run[0]) == sum(map(value_of, run[1:]))
    return run[1:] if head else run
