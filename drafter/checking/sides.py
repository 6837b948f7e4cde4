"""The word right beside a figure against its fact's: 不合格286批次 of 合格286批次.

``lexicons/sides.tsv`` has the words that exclude one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from drafter.checking.context import Mention
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.heads import words_before
from drafter.checking.shares import of_other_side
from drafter.domain import Finding
from drafter.resources import lexicon

_CUT = re.compile("[，,；;。、：:（(）)\0]")
_DEED = re.compile(
    "(?P<not>(?:尚|还|仍|暂)?[未没]有?|尚待|有待|仍待)?(?P<deed>[\u4e00-\u9fff]{2}) ?$"
)
_NOT_DONE = re.compile("(?:尚|还|仍|暂)?[未没]有?([\u4e00-\u9fff]{2})")
_OPEN = re.compile("[未没无不待]|计划|拟|将|预计")
_COMMAS = re.compile("[，,；;。]")
_NONE = re.compile("无一?$|没有?一[\u4e00-\u9fff](?:[\u4e00-\u9fff]{0,3}[为是])?$")
_NEAR = 8
_LABEL = "contradiction"


@cache
def _families() -> tuple[tuple[re.Pattern[str], ...], ...]:
    rows = (row.split("\t") for row in lexicon("checking", "sides.tsv"))
    return tuple(tuple(re.compile(side.replace("/", "|")) for side in row) for row in rows)


@cache
def _any_word() -> re.Pattern[str]:
    """Return the pattern of any word; a class of all their characters keeps it fast."""
    union = "|".join(side.pattern for family in _families() for side in family)
    characters = "".join(sorted(set(re.findall("[\u4e00-\u9fff]", union))))
    return re.compile(f"(?=[{characters}])(?:{union})")


def check_sides(
    mentions: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield the words beside a drafted figure that exclude those beside it in its fact."""
    for mention in mentions:
        figure, done = mention.figure, of_other_side(mention, index)
        if done:
            line, told = index.lines[done.line], words_before(done)
            why = f"是事实{line.fact_id}“{line.text}”中“{told}”的占比，说反了。"
            yield _finding(figure.start, figure.text, line, why)
            continue
        source = sources.get(figure.start)
        if source is None and _any_word().search(f"{mention.before_text}，{mention.after_text}"):
            source = _only(mention, index)
        if source is None:
            continue
        line = index.lines[source.line]
        word = _denied(mention, source, line) or _excluded(mention, source, line)
        if word:
            yield _finding(*word, line, f"与事实{line.fact_id}“{line.text}”不符。")


def _finding(start: int, word: str, line: Line, why: str) -> Finding:
    span = (start, start + len(word), word)
    return Finding(*span, _LABEL, "block", f"“{word}”{why}", "", (line.fact_id,))


def _excluded(draft: Mention, fact: Mention, line: Line) -> tuple[int, str] | None:
    """Return where a word stands beside a figure that excludes the one beside it in its fact."""
    before = _CUT.split(draft.before_text)[-1][-_NEAR:]
    behind = _CUT.split(draft.after_text)[0][:_NEAR]
    for family in _families() if _any_word().search(f"{before}，{behind}") else ():
        ours, start = _last(family, before), draft.figure.start - len(before)
        if ours is None:
            ours, start = _first(family, behind), draft.figure.end
        theirs = _beside(family, fact) or _all(family, _piece(line, fact))
        none = ours and _NONE.search(ours[1].string, 0, ours[1].start())  # 38部电梯无一不合格
        if ours and theirs and ours[0] not in theirs and not none:
            return start + ours[1].start(), ours[1][0]
    return None


def _denied(draft: Mention, fact: Mention, line: Line) -> tuple[int, str] | None:
    """Return where a deed stands before a figure that its fact denies, or the other way round.

    未整改271处 is wrong for 整改 271处, 整改3处 for 未整改 3处, 未到位资金2.35亿元 for 到位资金.
    """
    said, told = _CUT.split(draft.before_text)[-1], _CUT.split(fact.before_text)[-1]
    start = draft.figure.start - len(said)
    ours, theirs = _DEED.search(said), _DEED.search(told)
    same = ours and theirs and ours["deed"] == theirs["deed"]
    if ours and theirs and same and bool(ours["not"]) != bool(theirs["not"]):
        return start + ours.start(), ours[0].strip()
    told += _CUT.split(fact.after_text)[0]
    for match in _NOT_DONE.finditer(said) if not _OPEN.search(line.text) else ():
        if match[1] in told:
            return start + match.start(), match[0]
    return None


def _only(mention: Mention, index: FactIndex) -> Mention | None:
    """Return the only figure of the facts that says the same: 其余16项 of 推进中 16项."""
    same = index.values.sources(mention.figure)
    return same[0] if len(same) == 1 and mention.figure.low > 0 else None


def _piece(line: Line, fact: Mention) -> str:
    """Return the stretch of a fact between commas that its figure stands alone in, else nothing."""
    at = fact.figure.start
    begin = max((m.end() for m in _COMMAS.finditer(line.text, 0, at)), default=0)
    cut = _COMMAS.search(line.text, at)
    end = cut.start() if cut else len(line.text)
    alone = sum(begin <= m.figure.start < end for m in line.mentions) == 1
    return line.text[begin:end] if alone else ""


def _last(family: Sequence[re.Pattern[str]], text: str) -> tuple[int, re.Match[str]] | None:
    """Return the side whose word ends last in a text, and the word."""
    found = [(at, match) for at, side in enumerate(family) for match in side.finditer(text)]
    return max(found, key=lambda item: (item[1].end(), len(item[1][0])), default=None)


def _first(family: Sequence[re.Pattern[str]], text: str) -> tuple[int, re.Match[str]] | None:
    """Return the side whose word stands first in a text, and the word."""
    found = [(at, match) for at, side in enumerate(family) for match in side.finditer(text)]
    return min(found, key=lambda item: (item[1].start(), -len(item[1][0])), default=None)


def _beside(family: Sequence[re.Pattern[str]], fact: Mention) -> frozenset[int]:
    """Return the side of the word right before a fact's figure, else of that behind it."""
    near = _last(family, _CUT.split(fact.before_text)[-1])
    if near:
        return frozenset({near[0]})
    return _all(family, _CUT.split(fact.after_text)[0])


def _all(family: Sequence[re.Pattern[str]], text: str) -> frozenset[int]:
    return frozenset(at for at, side in enumerate(family) if side.search(text))
