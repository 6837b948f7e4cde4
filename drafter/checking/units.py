"""Firms and schools: one that the facts do not have, or another than theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz.fuzz import ratio

from drafter.checking.factindex import FactIndex
from drafter.checking.sources import Donor, donor_of
from drafter.domain import Finding
from drafter.resources import lexicon

_UNIT = re.compile(
    "社工服务中心|社会工作服务中心|律师事务所|会计师事务所|有限责任公司|股份有限公司|有限公司|集团公司|公司|合作社|家庭农场|银行|信用社|农商行|基金会|协会|商会"
    "|职业学校|中学|小学|幼儿园|大学|学院|研究院|研究所|医院|工厂|服装厂|加工厂|电子厂|建材厂|水泥厂|砖厂|食品厂|纸厂|茶厂|酒厂|药厂|鞋厂|家具厂|玩具厂|机械厂|设计院|电视台|集团"
)
_HEAD = re.compile(r"[\u4e00-\u9fffA-Za-z（）()]{1,18}$")


@cache
def _verbs() -> re.Pattern[str]:
    verbs = {v for row in lexicon("checking", "leading_verbs.txt") for v in row.split()}
    verbs |= {"的", "等", "了", "与", "所"}
    counted = r"(?<=[\d一二三四五六七八九十百两几多余])[家个户]"
    ordinal = "[一二三四五六七八九十]是"
    words = sorted(verbs, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(words)}|{counted}|{ordinal})")


@cache
def _generic_units() -> frozenset[str]:
    return frozenset(lexicon("checking", "generic_units.txt"))


@cache
def _generic() -> re.Pattern[str]:
    words = sorted(_generic_units(), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})+")


def _is_generic(core: str) -> bool:
    """Tell whether a unit's core is no name: 农民专业, 镇中心."""
    return _generic().fullmatch(core) is not None


class Units:
    """The organs, firms and schools of this job's facts and samples."""

    def __init__(self, index: FactIndex, donors: Sequence[Donor]) -> None:
        self._index = index
        self._donors = donors

    def check(self, text: str) -> list[Finding]:
        """Return findings on the firms and schools of a text."""
        return list(self._units(text))

    # ------------------------------------------------------------------ firms, schools

    def _units(self, text: str) -> Iterator[Finding]:
        for match in _UNIT.finditer(text):
            name = _unit_name(text, match)
            core = name.removesuffix(match[0])
            if len(core) < 2 or _is_generic(core):
                continue
            ends_in_post = text[match.end() - 1 : match.end() + 1] == "会长"
            if self._known_unit(core, match[0]) or (ends_in_post and name[:-1] in self._index.bare):
                continue
            start = match.end() - len(name)
            yield self._unit(name, core, start, match.end())

    def _known_unit(self, core: str, suffix: str) -> bool:
        name = core + suffix
        if name in self._index.bare or any(name.endswith(known) for known in self._known_units()):
            return True
        if core in self._index.bare and len(core) >= 3:
            return True
        tail = "公司" if suffix.endswith("公司") else suffix
        return any(
            _is_short_form(core, known) for known in self._known_units() if known.endswith(tail)
        )

    def _known_units(self) -> list[str]:
        text = self._index.text
        return [_unit_name(text, m) for m in _UNIT.finditer(text)]

    def _unit(self, name: str, core: str, start: int, end: int) -> Finding:
        known = self._known_units()
        near = max(known, key=lambda k: ratio(k, name), default="")
        if near and ratio(near, name) >= 60:
            message = f"“{name}”与事实中的“{near}”不一致，请核对单位名称。"
            return Finding(start, end, name, "wrong_entity", "block", message, near)
        sample = donor_of(core, self._donors)
        if sample:
            message = f"“{name}”是样本“{sample}”里的单位，事实清单中没有。"
            return Finding(start, end, name, "leaked_from_sample", "block", message, "", (), sample)
        message = f"事实清单中没有“{name}”，请核实单位名称。"
        return Finding(start, end, name, "wrong_entity", "block", message)


def _unit_name(text: str, match: re.Match[str]) -> str:
    head = _HEAD.search(text[max(0, match.start() - 18) : match.start()])
    core = head[0] if head else ""
    last = None
    for verb in _verbs().finditer(core):
        last = verb if verb.end() <= len(core) else last
    if last:
        core = core[last.end() :]
    return core + match[0]


def _is_short_form(core: str, known: str) -> bool:
    """Tell whether a name's core is its full name shortened: the same characters in order."""
    first = next(
        (i for i in range(len(core) - 1) if known.lstrip("省市县镇乡").startswith(core[i])), -1
    )
    if first < 0:
        return False
    rest = iter(known)
    return all(char in rest for char in core[first:])
