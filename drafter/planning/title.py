"""The title, made of what the facts and tasks say; what they do not say is left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from drafter.domain import FactSheet
from drafter.planning.states import kind_of

_CAMPAIGN = re.compile(r"[“\"]([^“”\"]{2,12}(?:年|行动|攻坚|活动|工程|整治))[”\"]")
_PERIOD = r"(?:20\d\d年?(?:度|[上下]半年|第?[一二三四]季度|前三季度|1[-—至]\d{1,2}月)?)?"
_SUBJECT = re.compile(
    rf"(?:镇|乡|街道){_PERIOD}(?P<subject>[\u4e00-\u9fff]{{2,14}}?)(?:工作|落实)?"
    r"(?:开展|进展|完成)?(?:情况|素材|材料|总结|小结|汇报|数据|台账)(?:汇总)?(?:[（(].*)?$"
)
_NAMED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{0,4}(?:镇|乡|街道))?"
    r"(?P<subject>[\u4e00-\u9fff]{2,12}(?:行动|攻坚战?|整治|提升年|建设年|活动))"
    r"(?:工作)?(?:的|情况|开展){0,2}(?:素材|材料|总结|小结|汇报|情况)"
)
_NO_SUBJECT = {"工作", "全年", "年度", "各项", "重点", "主要", "有关", "相关", "总体", "基础"}
_UNIT = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{2,3}县)?([\u4e00-\u9fff]{2,3}(?:镇|乡|街道))"
)
_IN_TITLE = re.compile(r"《([\u4e00-\u9fff]{2,3}(?:镇|乡|街道))")
_YEAR = re.compile(r"(20\d\d)年")
_FUTURE = re.compile(
    r"预计|计划|打算|力争|下一?步|明年|拟|年底前|[月度年]前|[月度底期]之?前|汛前|节前"
)
_NOT_UNITS = {"乡镇", "全镇", "我镇", "本镇", "各镇", "村镇", "城镇", "集镇", "小镇", "重镇"}


def make_title(facts: FactSheet, task_lines: Iterable[str]) -> str:
    """Return 单位 + 年份 + 活动 + 工作总结; an unknown unit or year becomes 【待补：…】."""
    told = [*_hints(facts), *task_lines]
    lines = [*(fact.text for fact in facts), *facts.tags, *told]
    unit = facts.unit or find_unit(lines)
    period = facts.period or find_year([*past(facts), *told])
    subject = find_campaign(lines) or find_subject(span.text for span in facts.not_understood)
    return f"{unit or '【待补：单位名称】'}{period or '【待补：年份】'}{subject}工作总结"


def past(facts: FactSheet) -> list[str]:
    """Return the texts of facts that tell of no plan: only they say which year is summed up."""
    return [fact.text for fact in facts if kind_of(fact) != "plan"]


def _hints(facts: FactSheet) -> list[str]:
    headings = {fact.section_hint for fact in facts if fact.section_hint}
    return sorted(headings) + [span.text for span in facts.not_understood]


def find_subject(lines: Iterable[str]) -> str:
    """Return the work that a title or a call for material names (防汛抗旱), or ""."""
    for line in lines:
        match = _SUBJECT.search(line.strip()) or _NAMED.search(line)
        if match and match["subject"] not in _NO_SUBJECT:
            return str(match["subject"]).removesuffix("工作")
    return ""


def find_unit(lines: Iterable[str]) -> str:
    """Return the township that the lines name in a title or at a line's head, or ""."""
    text = "\n".join(lines)
    names = Counter(_IN_TITLE.findall(text) * 2 + _UNIT.findall(text))
    for name in list(names):
        if name in _NOT_UNITS or name[-2:] in _NOT_UNITS or "镇党" in name:
            del names[name]
    return str(names.most_common(1)[0][0]) if names else ""


def find_year(lines: Iterable[str]) -> str:
    """Return the year that most statements about the past name, as 2026年, or ""."""
    clauses = [clause for line in lines for clause in re.split("[，；。]", line)]
    years = Counter(
        y for clause in clauses if not _FUTURE.search(clause) for y in _YEAR.findall(clause)
    )
    if not years:
        return ""
    return str(max(years, key=lambda year: (years[year], year))) + "年"


def find_campaign(lines: Iterable[str]) -> str:
    """Return the campaign that the lines name most often, in its quotes, or ""."""
    text = "\n".join(lines)
    quoted = Counter(_CAMPAIGN.findall(text))
    if quoted:
        return f"“{quoted.most_common(1)[0][0]}”"
    return ""


def make_preamble(title: str) -> str:
    """Return the opening line: what the title names, summed up below. It claims nothing."""
    subject = re.sub(r"(?:情况)?(?:的)?(?:工作)?(?:总结|报告|汇报)$", "", title)
    if not subject or "【" in subject:
        return "现将有关工作情况总结如下。"
    return f"现将{subject}工作情况总结如下。"
