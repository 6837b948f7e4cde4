"""《》 titles and “” quotes: in a fact, a changed one, a donor's, or nobody's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rapidfuzz.fuzz import ratio

from drafter.checking.context import Clause, clause_at
from drafter.checking.factindex import FactIndex
from drafter.checking.sources import Donor, bare, donor_of
from drafter.domain import Evidence, Finding
from drafter.resources import lexicon

_CN = "一二三四五六七八九十百\\d"
_TITLE = re.compile(
    rf"《([^《》\n]{{1,60}})》((?:（[^（）]{{1,20}}）)?(?:第[{_CN}、]+[卷册辑版部])?)"
)
_SHORT = re.compile(
    r"^(?:实施|工作|专项|行动|活动)?(?:方案|办法|意见|通知|细则|规定|计划|规划|制度|清单|公约)$"
)
_QUOTE = re.compile(r"[“「]([^“”「」\n]{2,40})[”」]")
_NAMED = re.compile(
    r"(?:为主题|主题)?(?:的)?(?:专项|系列|主题|宣传|志愿服务|实践|文化|惠民|评选)?"
    r"(?:活动|行动|工程|计划|品牌|大赛|比赛|节|模式|工作法|机制|评选|称号|荣誉|项目|口号|平台|小程序|基地|论坛|展览|晚会|示范[村点户]|先进[集个])"
)
_FIGURE_OF_SPEECH = re.compile(
    "(?:当好?|做好?|成为?|筑[牢起]|撑起|端[稳牢]|守[好牢]|点亮|念好|下好|架起|按下|跑出|织密|拧紧|系好|答好|唱响|[的把让])$"
)
_NAMING = re.compile(
    r"(?:荣获|获评|获得|评为|授予|命名为|创成|举办|开展|打造|叫响|创新|推行|提出|口号|主题为|唱响|评选)(?:了|出|的)?$"
)
_NEAR_TITLE = 55
_NEAR_QUOTE = 50
_MUCH_NEARER = 60


@cache
def standing_terms() -> frozenset[str]:
    """Return the quoted phrases that need no fact (evergreen formulations, common phrases)."""
    return frozenset(lexicon("checking", "evergreen.txt")) | frozenset(
        lexicon("checking", "fixed_terms.txt")
    )


class Titles:
    """The titles and quotes of this job's facts and samples."""

    def __init__(self, index: FactIndex, donors: Sequence[Donor]) -> None:
        self._index = index
        self._donors = donors
        self._titles = [
            (m[1].replace(" ", ""), m[2], line.fact_id)
            for line in index.lines
            for m in _TITLE.finditer(line.text)
        ]
        self._quotes = [
            (m[1], line.fact_id) for line in index.lines for m in _QUOTE.finditer(line.text)
        ]

    # ------------------------------------------------------------------ titles

    def titles(self, text: str) -> tuple[list[Finding], list[Evidence]]:
        """Return findings on and evidence for the 《》 titles of a text."""
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        for match in _TITLE.finditer(text):
            ids = self._source(match)
            relation = "exact" if ids is not None else "unsupported"
            start, end = match.span()
            evidence.append(Evidence(start, end, match[0], "title", relation, ids or ()))
            if ids is None and not re.search(r"[*＊]|[XＸ×]{2}|【", match[1]):
                findings.append(self._invented(match))
        return findings, evidence

    def _source(self, match: re.Match[str]) -> tuple[str, ...] | None:
        """Return the facts that have the title (none by id if it stands there unmarked)."""
        title, volume = match[1].replace(" ", ""), match[2]
        for known, theirs, fact_id in self._titles:
            whole = title == known or (known.endswith(title) and len(title) >= 6)
            short = _SHORT.match(title) and known.endswith(title)
            if (whole or short) and (not volume or volume in theirs):
                return (fact_id,)
        if not volume and len(title) > 3 and bare(title) in self._index.bare:
            ids = (line.fact_id for line in self._index.lines if bare(title) in bare(line.text))
            return tuple(ids)
        return None

    def _invented(self, match: re.Match[str]) -> Finding:
        title = match[0]
        sample = donor_of(match[1], self._donors)
        near = max(self._titles, key=lambda t: ratio(t[0], match[1]), default=None)
        close = near is not None and ratio(near[0], match[1]) >= _NEAR_TITLE
        if near is not None and close:
            fix = f"《{near[0]}》{near[1]}"
            message = f"{title}与事实{near[2]}的{fix}不一致。"
            return _finding(match.span(), title, "invented_title", message, fix, (near[2],))
        if sample:
            message = f"{title}是样本“{sample}”里的文件名，事实清单中没有。"
            return _finding(match.span(), title, "leaked_from_sample", message, sample=sample)
        message = f"事实清单中没有{title}，请核实是否有这份文件及其全称。"
        unknown = _finding(match.span(), title, "invented_title", message)
        return replace(unknown, severity="confirm")

    # ------------------------------------------------------------------ quotes

    def quotes(self, text: str, clauses: Sequence[Clause]) -> tuple[list[Finding], list[Evidence]]:
        """Return findings on and evidence for the quoted phrases of a text."""
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        for match in _QUOTE.finditer(text):
            relation, ids = self._quoted(match[1])
            if relation == "fixed_term" and self._other_kind(match, clauses):
                relation = ""
            finding = None if relation else self._odd_quote(text, match, clauses)
            if relation or finding:
                start, end = match.span()
                relation = relation or "unsupported"
                evidence.append(Evidence(start, end, match[0], "quote", relation, ids))
            if finding:
                findings.append(finding)
        return findings, evidence

    def _quoted(self, phrase: str) -> tuple[str, tuple[str, ...]]:
        for said in (bare(phrase), bare(phrase).replace("、", "")):
            if said in self._index.bare:
                ids = (ln.fact_id for ln in self._index.lines if said in bare(ln.text))
                return "exact", tuple(ids)
        parts = [p for p in re.split("[、，,；]", phrase) if p]
        if phrase in standing_terms() or all(p in standing_terms() for p in parts):
            return "fixed_term", ()
        return "", ()

    def _odd_quote(
        self, text: str, match: re.Match[str], clauses: Sequence[Clause]
    ) -> Finding | None:
        phrase, span = match[1], match.span()
        near = max(self._quotes, key=lambda q: ratio(q[0], phrase), default=None)
        figure = _FIGURE_OF_SPEECH.search(text[max(0, span[0] - 4) : span[0]])
        if near and ratio(near[0], phrase) >= (_MUCH_NEARER if figure else _NEAR_QUOTE):
            message = f"“{phrase}”与事实{near[1]}的“{near[0]}”不一致。"
            return _finding(span, match[0], "wrong_entity", message, f"“{near[0]}”", (near[1],))
        if sample := donor_of(phrase, self._donors):
            message = f"“{phrase}”是样本“{sample}”里的说法，事实清单中没有。"
            return _finding(span, match[0], "leaked_from_sample", message, sample=sample)
        named = _NAMED.match(text, span[1]) or _NAMING.search(text[max(0, span[0] - 6) : span[0]])
        other = None if figure else self._replaced(span[0], clauses)
        if other:
            message = f"“{phrase}”与事实{other[1]}的“{other[0]}”不一致。"
            return _finding(span, match[0], "wrong_entity", message, f"“{other[0]}”", (other[1],))
        if (
            named and len(phrase) > 2 and "、" not in phrase
        ):  # 群众点单、站所派单 is a way of working
            message = f"事实清单中没有“{phrase}”这一名称，请核实。"
            return _finding(span, match[0], "wrong_entity", message)
        return None

    def _other_kind(self, match: re.Match[str], clauses: Sequence[Clause]) -> bool:
        """Tell whether a common phrase stands where the fact has another of its kind (明白卡)."""
        other = self._replaced(match.start(), clauses)
        return (
            other is not None
            and (other[0][-1] == match[1][-1] or other[0][0] == match[1][0])
            and len(match[1]) < 8
        )

    def _replaced(self, at: int, clauses: Sequence[Clause]) -> tuple[str, str] | None:
        """Return the quote of the fact that the clause rests on, if the draft does not have it."""
        clause = clause_at(clauses, at)
        if clause is None or not self._quotes:
            return None
        best = self._index.bind(clause.grams, 0.5)[:1]
        for quote, fact_id in self._quotes:
            if best and fact_id == best[0].line.fact_id and quote not in clause.sentence:
                return quote, fact_id
        return None


def _finding(
    span: tuple[int, int],
    text: str,
    label: str,
    message: str,
    fix: str = "",
    ids: tuple[str, ...] = (),
    sample: str = "",
) -> Finding:
    return Finding(*span, text, label, "block", message, fix, ids, sample)
