"""The title, made of what the facts and tasks say; what they do not say is left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from drafter.domain import Fact, FactSheet
from drafter.planning.states import kind_of
from drafter.samples.functions import section_function

_CAMPAIGN = re.compile(
    r"(?:(?:(?<=[镇乡年度])|(?<=街道)|^)(?P<work>[\u4e00-\u9fff]{2,10}?(?:整治|攻坚|治理|提升|专项行动)))?"
    r"[“\"]([^“”\"]{2,12}(?:年|行动|攻坚|活动|工程|整治|(?=[”\"](?:专项|攻坚))))[”\"](专项(?:整治)?行动|攻坚(?:行动|战))?"
    r"(?P<own>活动|实施|工作|开展|总结|材料|素材|方案|领导小组)?"
)
_SPAN = r"(?:[上下]半年|第?[一二三四]季度|前三季度|1[-—–－~至]\d{1,2}月)"
_PERIOD = rf"(?:20\d\d年?(?:度|{_SPAN})?|{_SPAN})"
_SUBJECT = re.compile(
    rf"(?:(?:镇|乡(?!村)|街道|苏木)[：:，\s]*{_PERIOD}?|^[^\u4e00-\u9fff]*{_PERIOD})(?:今年|本年度|全年)?"
    rf"(?P<subject>(?:[\u4e00-\u9fff、“”]|（社区）|（居）){{2,24}}?){_PERIOD}?(?:工作|落实)?(?:开展|进展|完成)?的?"
    r"(?:情况|素材|材料|总结|小结|汇报|数据|台账|工作){1,2}(?:汇总)?(?:[（(，,\s].*)?$"
)
_NAMED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{0,4}(?:镇|乡|街道))?"
    r"(?P<subject>[\u4e00-\u9fff]{2,12}(?:行动|攻坚战?|整治|提升年|建设年|活动))"
    r"(?:工作)?(?:的|情况|开展){0,2}(?:素材|材料|总结|小结|汇报|情况)"
)
_AHEAD = re.compile(  # 信访工作汇报材料 白沙镇 上半年
    r"^(?P<subject>[\u4e00-\u9fff、“”]{2,20}?)(?:工作)?(?:开展|进展|完成)?的?"
    rf"(?:情况|素材|材料|总结|小结|汇报){{1,2}}[\s（(，,—-]+[\u4e00-\u9fff]{{2,6}}(?:镇|乡|街道)[\s，,）)]*(?:{_PERIOD}|20\d\d[\d.年月—~至-]*)?$"
)
_CALL = re.compile(  # 各位抓紧报作风建设年总结的数
    "^(?:(?:请|各位|大家|各办|各站所|同志们)+(?:抓紧|赶紧|马上|尽快|及时)?|抓紧|赶紧|马上|尽快)"
    "(?:把|上报|报送|报|提供|汇总)*"
)
_NO_SUBJECT = {"工作", "全年", "年度", "各项", "重点", "主要", "有关", "相关", "总体", "基础"}
_NAME = r"([\u4e00-\u9fff]{2,3}(?:镇|乡(?!村)|街道|苏木))"
_BEFORE = (
    r"(?:(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{2,3}[县市区])?|(?<=年)(?!度)|(?<=年度)|(?<=关于)"
    r"|(?:(?<=我们)|(?<=咱们)|(?<=这是))(?!我|咱))"
)
_UNIT = re.compile(
    _BEFORE
    + _NAME
    + r"(?=党|政府|人大|人民|纪委|20\d\d|今年|[上下]半年|全|共|各|召开|印发|成立|组织"
    r"|开展|[^\u4e00-\u9fff\d]|$)"
)
_IN_HEAD = re.compile(_BEFORE + _NAME)
_IN_TITLE = re.compile(r"《([\u4e00-\u9fff]{2,3}(?:镇|乡|街道))")
_YEAR = re.compile(r"(20\d\d)年")
_BARE_YEAR = re.compile(r"(?<![\d.])(20\d\d)(?!\d|\.\d{3}|\.(?:$|\D))")
_PART = re.compile(
    r"(?<!\d)(?:[上下]半年|前三季度|第?[一二三四]季度|1[-—–－~至](?:1[0-2]|[2-9])月)"
)
_SHEET = re.compile("工作表“([^”]+)”")
_FUTURE = re.compile(
    r"20\d\d年(?:以来|以前|之前|前|起|度)|预计|计划|打算|力争|下一?步|明年|拟|年底前|[月度年]前|[月度底期]之?前|汛前|节前"
)
_NOT_UNITS = {"乡镇", "全镇", "我镇", "本镇", "各镇", "村镇", "城镇", "集镇", "小镇", "重镇"}
_HEADS, _HEAD_MOST = 3, 60  # lines of notes that may be their title, and its length


def make_title(facts: FactSheet, task_lines: Sequence[str]) -> str:
    """Return 单位 + 报告期 + 活动 + 工作总结; an unknown unit or year becomes 【待补：…】."""
    heads = title_lines(facts, task_lines)
    unit = find_unit_of(facts, task_lines)
    period = find_period(facts, task_lines)
    part = "" if period else _part_of(heads)
    if _PART.fullmatch(period):  # 上半年: of which year?
        period, part = "", period
    subject = subject_of(facts, task_lines)
    return f"{unit or '【待补：单位名称】'}{period or '【待补：年份】'}{part}{subject}工作总结"


def subject_of(facts: FactSheet, task_lines: Sequence[str] = ()) -> str:
    """Return the campaign or the line of work that is summed up, "" for all of a unit's work."""
    named = find_campaign(title_lines(facts, task_lines)) or find_campaign(_texts(facts), FEWEST)
    return named or find_subject(_first_lines(facts))


def title_lines(facts: FactSheet, task_lines: Sequence[str]) -> list[str]:
    """Return the lines that can name what is summed up: titles, headings, sheets' names."""
    hints = sorted({fact.section_hint for fact in facts if fact.section_hint})
    sheets = [match[1] for fact in facts if (match := _SHEET.match(fact.source.place))]
    lines = [*_first_lines(facts), *hints, *task_lines]
    told = [line for line in lines if section_function(line) != "plan"]
    return [*told, *dict.fromkeys(sheets)]


def _first_lines(facts: FactSheet) -> list[str]:
    first = [fact.text for fact in facts.facts[:_HEADS] if _titles(fact)]
    over = [*facts.tags, *dict.fromkeys(fact.section_hint for fact in facts)]
    tags = [tag for tag in over if _IN_HEAD.search(tag) and _SUBJECT.search(tag)]
    return [*(span.text for span in facts.not_understood), *tags, *first]


def _titles(fact: Fact) -> bool:
    counts = [figure for figure in fact.figures if figure.dimension not in {"number", ""}]
    return len(fact.text) <= _HEAD_MOST and not counts and kind_of(fact) == ""


def _texts(facts: FactSheet) -> list[str]:
    return [fact.text for fact in facts]


def find_unit_of(facts: FactSheet, task_lines: Sequence[str]) -> str:
    """Return the unit given, else the township that titles name, else that facts name, or ""."""
    heads = title_lines(facts, task_lines)
    named = Counter(name for line in heads for name in _IN_HEAD.findall(line) if _is_unit(name))
    told = str(named.most_common(1)[0][0]) if named else ""
    return facts.unit or told or find_unit([*_texts(facts), *facts.tags])


def find_period(facts: FactSheet, task_lines: Sequence[str]) -> str:
    """Return the period given, else the year and the part of it (上半年, 1—9月) of the notes."""
    heads = title_lines(facts, task_lines)
    told = facts.period or _year_of(heads) or find_year(past(facts))
    told = f"{told}年" if re.fullmatch(r"20\d\d", told) else told
    part = "" if _PART.search(told) or not told.endswith("年") else _part_of(heads)
    return told + part


def _part_of(heads: Iterable[str]) -> str:
    parts = {re.sub("[-–－~至]", "—", part) for line in heads for part in _PART.findall(line)}
    return parts.pop() if len(parts) == 1 else ""


def _year_of(heads: Iterable[str]) -> str:
    text = "\n".join(heads)
    years = set(_YEAR.findall(text) or _BARE_YEAR.findall(text))
    return f"{years.pop()}年" if len(years) == 1 else ""


def past(facts: FactSheet) -> list[str]:
    """Return the texts of facts that tell of no plan: only they say which year is summed up."""
    return [fact.text for fact in facts if kind_of(fact) != "plan"]


def find_subject(lines: Iterable[str]) -> str:
    """Return the work that a title or a call for material names (防汛抗旱), or ""."""
    for line in map(str.strip, lines):
        match = _AHEAD.search(line) or _SUBJECT.search(line) or _NAMED.search(line)
        called = _CALL.sub("", match["subject"]) if match else ""
        subject = re.sub(rf"^{_NAME}", "", called)
        if subject and subject not in _NO_SUBJECT:
            return subject.removesuffix("工作")
    return ""


def find_unit(lines: Iterable[str]) -> str:
    """Return the township that the lines name as one that acts or is titled, or ""."""
    text = "\n".join(lines)
    names = Counter(_IN_TITLE.findall(text) * 2 + _UNIT.findall(text))
    known = {name: count for name, count in names.items() if _is_unit(name)}
    return max(known, key=lambda name: known[name], default="")


def _is_unit(name: str) -> bool:
    return name not in _NOT_UNITS and name[-2:] not in _NOT_UNITS


def find_year(lines: Iterable[str]) -> str:
    """Return the latest year that statements about the past name, as 2026年, or "".

    A year that is named less often than an earlier one says nothing.
    """
    clauses = [clause for line in lines for clause in re.split("[，；。]", line)]
    years = Counter(
        y for clause in clauses if not _FUTURE.search(clause) for y in _YEAR.findall(clause)
    )
    latest = max(years, default="")
    return f"{latest}年" if latest and years[latest] == max(years.values()) else ""


FEWEST = 2  # facts that name a campaign; one may tell of another one's


def find_campaign(lines: Iterable[str], fewest: int = 1) -> str:
    """Return the campaign that the lines name most often, in its quotes, or "".

    ``fewest`` lines at least must name it, or one as a campaign of its own (“…”活动方案).
    """
    found: Counter[str] = Counter()
    work: dict[str, str] = {}
    own: dict[str, str] = {}
    for line in lines:
        for match in _CAMPAIGN.finditer(line):
            name, kind = match[2], match[3] or ""
            found[name] += fewest if match["own"] or kind else 1
            own[name] = own.get(name) or kind
            work[name] = work.get(name) or re.sub(f"^{_NAME}", "", match["work"] or "")
    name, count = found.most_common(1)[0] if found else ("", 0)
    return f"{work[name]}“{name}”{own[name]}" if count >= fewest else ""


def make_preamble(title: str) -> str:
    """Return the opening line: what the title names, summed up below. It claims nothing."""
    subject = re.sub(r"(?:情况)?(?:的)?(?:工作)?(?:总结|报告|汇报)$", "", title)
    subject = re.sub("【[^【】]*】", "", subject) if _IN_HEAD.match(subject) else subject
    if not subject or "【" in subject:
        return "现将有关工作情况总结如下。"
    return f"现将{subject}工作情况总结如下。"
