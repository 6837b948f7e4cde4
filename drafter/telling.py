"""What the command line says of a result: lines for a clerk, made of the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from drafter.domain import Draft, Finding
from drafter.reports import JsonObject

LABELS = {
    "invented_number": "数字无依据",
    "altered_number": "数字与素材不符",
    "wrong_unit": "单位不符",
    "wrong_entity": "名称不符",
    "leaked_from_sample": "样本内容串入",
    "stale_formulation": "过时表述",
    "invented_title": "文件名称无依据",
    "contradiction": "与素材矛盾",
    "placeholder": "待补",
    "numbering": "序号",
    "inconsistency": "前后不一",
    "boilerplate": "套话",
    "overlap": "雷同",
}


def draft_lines(made: Draft, output: str) -> Iterator[str]:
    """Yield what was made, what is to be checked, what is not in it, and what the check found."""
    if output:
        yield f"已生成：{output}"
    writer = "直接拼写（未用模型）" if made.writer == "composer" else f"模型 {made.writer}"
    sections = f"{len(made.sections)}个章节"
    yield f"《{made.title}》共{len(made.text)}字，{sections}；起草方式：{writer}。"
    for notice in (*made.facts.notices, *made.notices):
        yield f"请核对：{notice.message}"
    known = made.facts.standing().by_id()  # of what a correction replaced a notice tells
    for fact_id in (i for i in made.unused_facts if i in known):
        yield f"未写入：{fact_id} {known[fact_id].text}"
    counted = Counter(LABELS.get(finding.label, finding.label) for finding in made.findings)
    counted["待补"] = max(counted["待补"], made.text.count("【待补"))
    if counted.total():
        yield "核查：" + "，".join(f"{label}{n}处" for label, n in counted.items() if n) + "。"


def finding_lines(text: str, findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the findings on a text, a line each, with the number of the line they stand on."""
    found = False
    for finding in findings:
        found = True
        row = text.count("\n", 0, finding.start) + 1
        advice = f" 建议：{finding.suggestion}" if finding.suggestion else ""
        label = LABELS.get(finding.label, finding.label)
        yield f"第{row}行“{_on_one_line(finding.text)}” [{label}] {finding.message}{advice}"
    if not found:
        yield "未发现问题：数字、名称、日期都有依据。"


def compare_lines(result: JsonObject) -> Iterator[str]:
    """Yield what a text shares with the samples, then each section beside its nearest one."""
    yield f"与样本相同的文字占 {result['share']:.1%}，共 {len(result['overlaps'])} 处。"
    for one in result["overlaps"]:
        shared = _on_one_line(one["text"])
        yield f"  第{one['start'] + 1}字起与“{one['sample']}”相同：{shared}"
    for section in result["sections"]:
        nearest = "没有相近的样本"
        if section["nearest_sample"]:
            nearest = f"最像“{section['nearest_sample']}”（{section['share']:.0%}）"
        density = f"每千字{section['figures_per_1000']:.0f}个数字"
        boilerplate = f"套话{section['boilerplate_share']:.0%}"
        yield f"  {section['heading'] or '正文'}：{nearest}，{boilerplate}，{density}"


def sample_lines(report: JsonObject) -> Iterator[str]:
    """Yield each sample's structure and defects, then which have the same content."""
    for sample in report["samples"]:
        size = f"{sample['characters']}字，{_count(sample['sections'])}个章节"
        told = f"{len(sample['warnings'])}条提示"
        yield f"{sample['name']}：{sample['title'] or '（无标题）'}，{size}，{told}"
        for warning in sample["warnings"]:
            yield f"  {'须先改好：' if warning['blocking'] else ''}{warning['message']}"
    for a, b in report["duplicates"]:
        yield f"内容重复：{a} 与 {b}"
    for one in report["unread"]:
        yield f"样本未读：{one['name']}：{one['error']}"
    if not report["samples"]:
        yield "文件夹里没有可用的样本（.txt、.docx、.pdf 等）。"


def library_lines(folder: str, unread: Iterable[Sequence[str]], *, is_empty: bool) -> Iterator[str]:
    """Yield which samples could not be read, and that there are none where that is so."""
    for name, why in unread:
        yield f"样本未读：{name}：{why}"
    if is_empty:
        yield f"样本文件夹“{folder}”里没有可用的样本，没有与样本比对。"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _count(sections: list[JsonObject]) -> int:
    return sum(1 + _count(section["children"]) for section in sections)
