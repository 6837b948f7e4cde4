"""States at odds: done against open, all against some, nothing happened against a case.

A clause of the draft claims a state by its words; the fact that it rests on is read for words that
leave the same thing open. Both kinds of words are data: ``lexicons/state_patterns.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from drafter.checking.context import Clause
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.checking.grams import grams
from drafter.checking.matching import same_kind
from drafter.checking.sources import synonymous
from drafter.domain import Evidence, Finding
from drafter.resources import lexicon

_LEAST = 0.22
_BY_SENTENCE = 0.34
_SETTLED = 0.8
_WIDE = 0.25
_FIGURE = re.compile(
    r"\d|分之|[一二三四五六七八九十]成|半数|过半|[一二三四五六七八九十百]+[个处件户名人项家条座]"
)
_DIGITS = re.compile(r"\d[\d.]*")
_TELLS = 4
_TOUCHED = 0.8
_TOLD = 0.4
_SOME_OPEN = ("ongoing", "negated", "stopped", "some", "plan")
_OPEN = {
    "all": _SOME_OPEN,
    "done": ("ongoing", "negated", "stopped", "plan", "deadline"),
    "deed": ("plan", "stopped", "negated"),
    "told": ("ongoing", "negated", "stopped", "plan", "adverse"),
}
_WHY = {
    "all": "事实只是其中一部分，或尚有未完成的",
    "done": "事实是计划或还没有完成",
    "deed": "事实是计划，或没有做成",
    "told": "事实是没有做成、还没有完成，或正好相反",
    "none": "事实是发生过",
    "negated": "事实是没有",
    "denied": "事实正好相反",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a clause says of a state: ``kind`` is all, done, deed, or told (anything else)."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a fact a clause rests: the piece between commas, and the item between ； 。."""

    line: Line
    piece: str
    item: str
    before: str  # what the item says before the piece
    clause: Clause


# --------------------------------------------------------------------------- words


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    rows = (row.split("\t") for row in lexicon("checking", "state_patterns.tsv"))
    return tuple((kind, pattern) for kind, pattern in rows)


@cache
def _any(*kinds: str) -> str:
    found = [pattern for kind, pattern in _rows() if kind in kinds]
    return "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")"


@cache
def _words(*kinds: str) -> re.Pattern[str]:
    """Return the pattern of some kinds of state words, longer ones first."""
    return re.compile(_any(*kinds))


_HAN = "[\u4e00-\u9fff]"
_NO = re.compile(
    f"(?:(?:未|没有|没|无|零)(?:再|一)?{_HAN}{{0,4}}?(?:发生|出现|接到|发现|造成|收到|引发|产生|受)"
    "|没有(?!完|办|做|建|开|通过)|杜绝|无一|无(?=[\u4e00-\u9fff]{0,6}(?:事|案|情|访|伤|亡|处分|问题|逾期|投诉|欠))"
    f"|零(?=[\u4e00-\u9fff]{{0,2}}(?:事|案|访|伤|亡|投诉|逾期|感染|复发|返贫)))(?P<thing>{_HAN}{{2,14}})"
)
_SHARE = re.compile(r"\d.*\d|[%％成]")
_SURELY = re.compile("[全均都]|已|[圆顺如按]|成功|完成|建成|竣工|完工")
_WHOLE = re.compile("全面|全部|悉数|全数|均|都|圆满|彻底")
_LEFT = re.compile(
    "仍在|尚在|还在|正在|仍有|尚有|还有|仍未|尚未|未完成|部分未|待(?=整改|办结|验收|销号|完成)"
)
_OPENED = re.compile("仍|尚|还|剩|其余|未")
_NOTHING = re.compile(f"(?P<thing>{_HAN}{{2,10}})(?:零发生|为零|零增长|零事故)")
_LIMITED = re.compile("较大|重大|特大|亡人|群体性|有影响|责任|恶性|及以上|新增|新的|系统性|规模性")
_HAPPENED = re.compile(
    "发生|出现|接到|暴露|存在|造成|受到?|发现|查出|扣[了\\d]|缺[席勤]|辍学|坏了|给予|逾期|不合格|受伤|超标"
)
_DENIAL = re.compile(
    f"(?:尚?未|没有|没|(?<!不)不|无)(?!发生|出现|接到|发现|造成|得不|仅|断|少|同)({_HAN}{{2}})"
)
_DENIED_BEFORE = re.compile("未|没|不|尚|无|零|待|正|拟|将|争取|确保|防|避免|杜绝|解决")


@cache
def _claim_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of claims by kind, the surest first.

    Verbs are often parts of names (维修方案): a bare one counts at the clause's begin or end.
    """
    verb, adverb = _any("verb"), _any("adverb")
    share = f"{verb}率(?:达到?|为)?(?:百分之百|100%)"
    marked = (
        f"{adverb}+{_HAN}{{0,3}}?{_any('verb', 'deed')}+|已经?{_HAN}{{2}}(?=$|[了。；])|{verb}了"
    )
    ended = f"{verb}+{_any('deed')}?(?=$|[，。；）])|(?<![待等])(?:建成|竣工|完工|通过)"
    ended += "|经[^，。；]{1,8}(?:批准|同意)"
    deed = f"(?:{_any('deed', 'verb')})+(?!率)"
    opening = "^(?:[全今本年内镇乡我先后累计共新还]|为[^，。]{2,8}?(?=更|换|建|修|安|配))*"
    return (
        ("all", re.compile(f"{_any('all')}{_HAN}{{0,2}}{verb}*|{share}")),
        ("done", re.compile(marked)),
        ("deed", re.compile(f"{opening}(?P<said>{deed})")),
        ("done", re.compile(ended)),
        ("deed", re.compile(f"(?P<said>{deed})")),
    )


def _claims(text: str) -> Iterator[Claim]:
    """Yield what a clause claims, the surest first; one that leaves things open claims none."""
    if _words("pending", "stopped").search(text):
        return
    for kind, pattern in _claim_patterns():
        match = pattern.search(text)
        if match:
            group = "said" if kind == "deed" else 0
            whole = kind == "done" and _WHOLE.match(match[0])
            yield Claim("all" if whole else kind, *match.span(group), match[group])


def _told(clause: Clause, line: Line) -> Iterator[Claim]:
    """Yield what a clause says of a fact's thing in words of its own, if it states and not urges.

    A fact that something failed or is not done leaves nothing good to say of it.
    """
    stated = not _words("pending", "stopped", "urging", "adverse", "negated").search(clause.text)
    if not stated or _FIGURE.search(clause.text):
        return
    runs = _own_runs(clause.text, line.text)
    last = max(runs, default=None)
    if last and last[1] == len(clause.text) and len(last[2]) > 1:
        yield Claim("told", *last)


def _own_runs(text: str, other: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a text no pair of which stands in another one."""
    marks = ["n" if re.match(_HAN, char) else "-" for char in text]
    for i in range(len(text) - 1):
        if text[i : i + 2] in other:
            marks[i : i + 2] = "--"
    for match in re.finditer("n+", "".join(marks)):
        yield match.start(), match.end(), text[match.start() : match.end()]


# --------------------------------------------------------------------------- judging


def check_states(
    clauses: Sequence[Clause], index: FactIndex
) -> tuple[list[Finding], list[Evidence]]:
    """Return findings on and evidence for the states that clauses claim."""
    findings: list[Finding] = []
    evidence: list[Evidence] = []
    told: set[tuple[str, tuple[str, ...]]] = set()
    for clause in clauses:
        bindings = index.bind(clause.grams, _LEAST)[:3]
        bindings = bindings or index.bind(clause.wide, _BY_SENTENCE)[:1]
        if not bindings:
            continue
        finding = _nothing(clause, bindings) or _denial(clause, bindings)
        finding = finding or _unfinished(clause, bindings[0])
        line = bindings[0].line
        opened = _leaves_open(line.text, line.state)
        sought = not finding and (opened or _SURELY.search(clause.text) is not None)
        claims = list(_claims(clause.text)) if sought else []
        claims += _told(clause, line) if opened else []
        if opened and not finding:
            finding = _at_odds(clause, claims, bindings, index)
        if finding and (clause.sentence, finding.fact_ids) not in told:
            told.add((clause.sentence, finding.fact_ids))
            findings.append(finding)
        evidence += _evidence(clause, claims, bindings, finding)
    return findings, evidence


@lru_cache(maxsize=4096)
def _leaves_open(text: str, state: str) -> bool:
    """Tell whether a fact has anything that a claim could be at odds with."""
    kinds = ("ongoing", "plan", "stopped", "negated", "some", "deadline", "adverse", "done_share")
    some = _words(*kinds)
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
    if _words("plan").search(clause.sentence.partition(clause.text)[0]):
        return None
    best = bindings[0]
    place = _place(best, clause, index)
    for claim in claims:
        if not _touches(claim, clause, best.line, index):
            continue
        settled = best.line.state != "planned" and _settled(claim, place, bindings)
        if not settled and _left_open(claim, place, clause):
            return _finding(clause, claim.start, claim.end, best.line, _WHY[claim.kind])
    return None


def _touches(claim: Claim, clause: Clause, line: Line, index: FactIndex) -> bool:
    """Tell whether a fact speaks of what the claim is made of, beyond words that all share."""
    stems = [stem for stem in _words("verb").findall(claim.text) if len(stem) > 1]
    due = re.match("应(..?)尽", claim.text)
    if any(stem in line.text for stem in stems) or (due and due[1] in line.text):
        return True
    if claim.kind == "told":
        words = {gram for gram in clause.grams & line.grams if len(gram) > 1}
        return index.weights.mass(words) >= _TOLD * max(
            1.0, index.weights.mass(_unsaid(line, clause))
        )
    rest = clause.text.replace(claim.text, " ")
    words = {gram for gram in grams(rest) & line.grams if len(gram) > 1}
    if not grams(rest) or claim.kind == "done":
        words |= {gram for gram in clause.wide & line.grams if len(gram) > 1}
    return index.weights.mass(words) >= _TOUCHED


def _place(binding: Binding, clause: Clause, index: FactIndex) -> Place:
    """Return the piece of a fact that shares most with a clause, and the item around it."""
    best = ("", "", "", -1.0)
    for item in re.split("[；;。]", binding.line.text):
        before = ""
        for piece in re.split("[，,]", item):
            found = grams(piece)
            shared = index.weights.shared(clause.grams, found)
            shared += _WIDE * index.weights.shared(clause.wide, found)
            shared += len(set(_DIGITS.findall(piece)) & set(_DIGITS.findall(clause.text)))
            if shared > best[3]:
                best = (piece, item, before, shared)
            before += piece + "，"
    return Place(binding.line, *best[:3], clause)


def _left_open(claim: Claim, place: Place, clause: Clause) -> bool:
    """Tell whether the fact leaves open what the clause claims."""
    if place.line.state == "planned" and not _words("plan").search(clause.sentence):
        return claim.kind != "all"
    counted = _FIGURE.search(clause.text) is not None
    if claim.kind == "deed":
        return _opens(_OPEN["deed"], place.piece, claim) or bool(
            _words("plan").search(place.before)
        )
    if claim.kind == "told":
        return _opens(_OPEN["told"], _without_good(place.piece), claim)
    if claim.kind == "all":
        return _opens(_OPEN["all"], place.item, claim) or _is_partial(place.line, place.clause)
    if counted:
        return _opens(("plan", "negated", "stopped"), place.piece, claim)
    partial = _words("adverb").match(claim.text) is not None and _is_partial(
        place.line, place.clause
    )
    dated = () if place.line.mentions else ("deadline",)
    kinds = tuple(k for k in _OPEN["done"] if k != "deadline") + dated
    return partial or _opens(kinds, place.item, claim)


def _unsaid(line: Line, clause: Clause) -> frozenset[str]:
    """Return the pairs of a fact that the clause does not say."""
    return frozenset(gram for gram in line.grams - clause.grams if len(gram) > 1)


def _without_good(text: str) -> str:
    """Return a fact without what is good news for all its denials: 无事故, 未发生火灾."""
    return _NO.sub(" ", text)


def _opens(kinds: Sequence[str], text: str, claim: Claim) -> bool:
    """Tell whether words of some kinds stand in a fact and are not those of the claim itself."""
    return any(m[0] not in claim.text for m in _words(*kinds).finditer(text))


def _settled(claim: Claim, place: Place, bindings: Sequence[Binding]) -> bool:
    """Tell whether the fact, or another one bound as well, says what the clause claims."""
    opened = _words("ongoing", "plan", "stopped", "negated", "some")
    if _said(claim.text, place.item):
        return True
    stems = _words("verb").findall(claim.text)
    if claim.kind == "all":
        return any(_told_all(piece, stems) for piece in re.split("[，,]", place.item))
    if claim.kind == "done" and not opened.search(place.piece):
        own = re.search("|".join(map(re.escape, stems)), place.piece) if stems else None
        if own and not _is_partial(place.line, place.clause):
            return True
    best = bindings[0]
    return any(
        b.score >= _SETTLED * best.score and not opened.search(b.line.text)
        for b in bindings
        if b.line is not best.line and any(stem in b.line.text for stem in stems)
    )


def _told_all(text: str, stems: Sequence[str]) -> bool:
    """Tell whether a fact's stretch says that all is done, with nothing left out."""
    told = "100%" in text or any(
        not stems or any(stem in m[0] for stem in stems) or len(m[0]) > 1
        for m in _claim_patterns()[0][1].finditer(text)
    )
    return told and not _words("some", "negated").search(text)


def _said(claim: str, item: str) -> bool:
    """Tell whether an item has a claim's very words and does not deny or plan them."""
    before, found, _ = item.partition(claim)
    return bool(found) and not _words("plan", "negated").search(before + "，")


def _is_partial(line: Line, clause: Clause) -> bool:
    """Tell whether a fact has a total and a smaller done part of the same unit."""
    whole_of = re.search("中有?(?=\\d|[一二三四五六七八九十])|其中", line.text)
    for part in line.mentions:
        said = part.before_text + (part.after_text if whole_of else "")
        about = any(len(gram) > 1 and gram in clause.grams for gram in grams(said))
        if not about and not _words("done_share").search(said):
            continue
        if part.figure.dimension == "ratio" and part.figure.high < 1:
            return True
        for whole in line.mentions:
            same = same_kind(whole.figure.dimension, part.figure.dimension)
            before = whole.place < part.place
            if same and before and whole.figure.low > part.figure.low:
                return True
    return False


# --------------------------------------------------------------------------- denials


def _nothing(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where the draft says that nothing happened and a fact has a case of it."""
    said = _NO.search(clause.text) or _NOTHING.search(clause.text)
    if (
        not said
        or _FIGURE.search(clause.text.replace(said[0], ""))
        or _LIMITED.search(said["thing"])
    ):
        return None
    for binding in bindings:
        for piece in re.split("[，,；;。]", binding.line.text):
            if _is_case(piece, said["thing"], binding.line):
                return _finding(clause, said.start(), said.end(), binding.line, _WHY["none"])
    return None


def _is_case(piece: str, thing: str, line: Line) -> bool:
    """Tell whether a piece of a fact tells of a case of what the draft says did not happen."""
    counted = any(m.figure.low > 0 and m.figure.text in piece for m in line.mentions)
    if synonymous(thing, piece) and _HAPPENED.search(piece):
        return not _NO.search(piece)
    pairs = {thing[i : i + 2] for i in range(len(thing) - 1)}
    same = any(pair in piece for pair in pairs) and (counted or _HAPPENED.search(piece))
    alike = (
        counted and _HAPPENED.search(piece) and set(thing) & set(piece) - set("事的人一发生出现")
    )
    if _NO.search(piece):
        return False
    return bool(same or alike)


def _denial(clause: Clause, bindings: Sequence[Binding]) -> Finding | None:
    """Return a finding where a fact denies what the draft says, or the other way round."""
    best = bindings[0]
    if _words("plan").search(clause.text):
        return None
    counted = _FIGURE.search(clause.text) is not None
    for match in _DENIAL.finditer(best.segment):
        if counted and _FIGURE.search(_piece_at(best.segment, match.start())):
            continue
        if match[1] in _DENIAL.sub(" ", best.line.text):
            continue
        for said in re.finditer(re.escape(match[1]), clause.text):
            if not _DENIED_BEFORE.search(clause.text[: said.start()]):
                return _finding(clause, *said.span(), best.line, _WHY["negated"])
    for match in () if re.search(r"\d", clause.text) else _DENIAL.finditer(clause.text):
        if any(m.figure.low == 0 for m in best.line.mentions):
            continue
        at = best.segment.find(match[1])
        if at >= 0 and not _DENIED_BEFORE.search(best.segment[:at]):
            return _finding(clause, *match.span(), best.line, _WHY["denied"])
    return None


def _piece_at(text: str, at: int) -> str:
    """Return the stretch between commas that an offset lies in."""
    start = max(text.rfind(mark, 0, at) for mark in "，,；;。") + 1
    return re.split("[，,；;。]", text[start:])[0]


def _unfinished(clause: Clause, best: Binding) -> Finding | None:
    """Return a finding where the draft leaves open what the fact says is all done."""
    said = _LEFT.search(clause.text)
    for piece in re.split("[，,；;。]", best.line.text) if said else ():
        told = _claim_patterns()[0][1].search(piece)
        stems = _words("verb").findall(told[0]) if told else []
        if said and any(stem in clause.text for stem in stems) and not _OPENED.search(piece):
            return _finding(clause, *said.span(), best.line, "事实是已经全部完成")
    return None


def _finding(clause: Clause, start: int, end: int, line: Line, why: str) -> Finding:
    text = clause.text[start:end]
    message = f"“{text}”与事实{line.fact_id}“{line.text}”不符：{why}。"
    start, end = clause.start + start, clause.start + end
    return Finding(start, end, text, "contradiction", "block", message, "", (line.fact_id,))
