"""What a draft took over from a sample: slogans, coinages, years, figures in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from drafter.checking.context import Mention
from drafter.checking.factindex import FactIndex
from drafter.checking.grams import common_words
from drafter.checking.matching import relation
from drafter.checking.names import Name, names_in
from drafter.checking.sources import Donor, bare, donor_of
from drafter.checking.titles import standing_terms
from drafter.checking.wordness import is_word, names_only
from drafter.domain import Finding
from drafter.resources import lexicon

_QUOTE = re.compile(r"[“「‘]([^“”‘’「」\n]{2,30})[”」’]")
_COINED = re.compile(
    r"(?<![\u4e00-\u9fff])?(?:打造|建成|建设|争创|创建|擦亮|叫响|提振|实施|推行|开展|突出|发挥|推动|创新|的)"
    r"([\u4e00-\u9fff]{2,10}?(?:先行区|示范区|样板区|示范带|名镇|强镇|高地|之乡|品牌|状态|精神|行动|工程|发展定位|发展优势|争先晋位|长制|工作法|模式|大比武|擂台))"
)
_FIRM = re.compile(
    r"(?:培育|引进|引入|签约|扶持|依托|联合|(?<![\u4e00-\u9fff]))"
    r"([\u4e00-\u9fff]{3,6}?(?:、[\u4e00-\u9fff]{3,6}?)*)等(?:企业|公司|龙头|项目)?\d*[一二两三四五六七八九十]*[家个]"
    r"|([\u4e00-\u9fff]{2}(?:农牧|牧业|茶业|酒业|药业|米业|果业|实业))"
)
_SHARED = frozenset({"organisation", "meeting"})  # each township has a 民政办 of its own
_DIVISIONS = frozenset("县市区")
_NAME = 3
_MASK = 2
_NOT_HAPPENED = "未发生"
_OUTCOME = re.compile(
    r"未发生[^，。；]{2,14}|(?:保持|位居|进入|跻身|稳居)全[国省市州县区][^，。；]{0,4}前列"
)
_NUMBERED = re.compile(
    r"[二两三四五六七八九十]{1,2}[大项个][\u4e00-\u9fff]{2,6}?(?=[，。；、]|$)|[二两三四五六七八九十][有无不要个化][二两三四五六七八九十][有无不要个化]"
)
_MEETING = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:推进会|现场会|交流会|论坛|博览会|采摘节|音乐节|丰收节|文化节)"
)


_LAW = re.compile(
    "(?:民|刑)法典?(?!院|官|治|律)|[\u4e00-\u9fff]{2,10}?(?:促进法|保护法|保障法|管理法|处罚法|安全法)"
)


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon("checking", "common_coinages.txt"))


class Leaks:
    """The phrases of the samples that the facts do not hold, and the samples' figures."""

    def __init__(self, index: FactIndex, donors: Sequence[Donor]) -> None:
        self._donors = donors
        self._index = index
        self._terms: dict[str, str] = {}
        for donor in donors:
            for term in _phrases(donor.text):
                plain = bare(term)
                new = len(plain) > 2 and plain not in index.bare
                own = not _standing(plain) and not is_word(plain)
                if new and (own or _LAW.fullmatch(plain)):
                    self._terms.setdefault(plain, donor.name)
            for name in names_in(donor.text):  # 平阳县 in 平阳县委 is no name of its own
                if name.sure and name.kind in _DIVISIONS and name.text not in index.bare:
                    self._terms.setdefault(name.text, donor.name)

    def check(self, text: str) -> list[Finding]:
        """Return the sample's phrases and names in a text, quoted or not."""
        found: list[Finding] = []
        plain = bare(text)
        for term, sample in self._terms.items():
            if term in plain and not self._borne_out(term):
                loose = "[“”‘’]?".join(map(re.escape, term))
                found += [self._leak(text, *m.span(), sample) for m in re.finditer(loose, text)]
        return found + names_only(text, self._names(text) if self._donors else ())

    def masks(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """Yield findings on the form, the masks of a sample that came along as its leaks: XX件."""
        for finding in findings:
            held = (donor.name for donor in self._donors if finding.text in donor.text)
            sample = next(held, "") if finding.label == "placeholder" else ""
            if not sample or len(finding.text) <= _MASK or finding.text in self._index.text:
                yield finding
                continue
            message = f"“{finding.text}”是样本“{sample}”里没有填的空。{finding.message}"
            yield replace(finding, label="leaked_from_sample", message=message, sample=sample)

    def _borne_out(self, term: str) -> bool:
        """Tell whether a fact counts none of what a sample says did not happen: 森林火灾 0起."""
        thing = term.removeprefix(_NOT_HAPPENED)
        none = (m for m in self._index.mentions if m.figure.low == 0 == m.figure.high)
        return thing != term and any(m.before_text.strip().endswith(thing[-4:]) for m in none)

    def _names(self, text: str) -> Iterator[Finding]:
        for name in names_in(text):
            sample = donor_of(name.text, self._donors) if self._names_one(name) else ""
            if sample:
                yield self._leak(text, name.start, name.end, sample)

    def _names_one(self, name: Name) -> bool:
        """Tell whether a name is one of its own, and no fact has it."""
        telling = name.own and name.kind not in _SHARED
        return telling and len(name.text) >= _NAME and name.text not in self._index.bare

    @staticmethod
    def _leak(text: str, start: int, end: int, sample: str) -> Finding:
        term = text[start:end]
        if text[start - 1 : start] in ("“", "‘") and text[end : end + 1] in ("”", "’"):
            start, end = start - 1, end + 1
        message = f"“{bare(term)}”是样本“{sample}”里的说法，事实清单中没有。"
        label, said = "leaked_from_sample", text[start:end]
        return Finding(start, end, said, label, "block", message, "", (), sample)

    def rounded(self, mention: Mention, source: Mention) -> str:
        """Return the sample that says a rounded figure with its words, which its fact has not.

        开展警示教育20余场次 is the sample's, though 集中教育24次 could be told so.
        """
        if mention.figure.approximation == "exact":
            return ""
        own = set("".join(self._index.lines[source.line].grams))
        for donor in self._donors:
            for theirs in (m for m in donor.mentions if m.figure.text == mention.figure.text):
                told = (mention.before & theirs.before) - common_words()
                if any(len(gram) > 1 and not own & set(gram) for gram in told):
                    return donor.name
        return ""

    def figure(self, mention: Mention) -> str:
        """Return the sample whose figure an unsupported one repeats about the same thing, or ""."""
        local = mention.clause
        for donor in self._donors:
            for theirs in donor.mentions:
                same = relation(mention.figure, theirs.figure) or relation(
                    theirs.figure, mention.figure
                )
                alike = any(len(g) > 1 for g in local & theirs.clause)
                if same and (alike or _is_telling(mention, theirs)):
                    return donor.name
        return ""


def _is_telling(ours: Mention, theirs: Mention) -> bool:
    """Tell whether two figures agree too well for chance: 60余处 twice."""
    same = relation(ours.figure, theirs.figure) in ("exact", "equal")
    return same and ours.figure.approximation != "exact"


def _standing(term: str) -> bool:
    return term in standing_terms() or term in _common()


def _stripped(name: str) -> str:
    """Return a meeting's name without the verb before it (召开整顿推进会 → 整顿推进会)."""
    return re.sub("^.*(?:召开|举办|举行|主持|参加|组织|开展|全镇|全县)", "", name)


@lru_cache(maxsize=256)
def _phrases(text: str) -> frozenset[str]:
    found = {m[1] for m in _QUOTE.finditer(text)}
    found |= {part for quote in found for part in re.split("[、‘’]", quote) if len(part) > 3}
    found |= {m[1] for m in _COINED.finditer(text)}
    found |= {m[0] for m in _NUMBERED.finditer(text)}
    found |= {name for m in _MEETING.finditer(text) if len(name := _stripped(m[0])) > 6}
    found |= {firm for m in _FIRM.finditer(text) for firm in (m[1] or m[2]).split("、")}
    found |= {m[0] for m in _OUTCOME.finditer(text)}
    found |= {m[0] for m in _LAW.finditer(text)}
    return frozenset(f for f in found if "，" not in f)
