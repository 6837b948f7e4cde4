"""The commands of the command line: read, call the public functions, write, tell."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import exporting, given, public, readback, reports
from drafter.checking import (
    Checker,
    Report,
    unanswered_tasks,
    unused_facts,
)
from drafter.domain import Draft, FactSheet, Finding, Sample
from drafter.errors import InputError
from drafter.printing import (
    Order,
    form_of,
    print_paper,
    public_copy,
    read_profile,
    read_template,
)
from drafter.resources import samples_dir
from drafter.settings import Settings, read_settings

if TYPE_CHECKING:
    from drafter.batch import BatchEvent
    from drafter.model import Endpoint

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


def draft(arguments: argparse.Namespace) -> int:
    """Draft a summary from a file of facts and export it."""
    if not arguments.output and not arguments.json:
        raise InputError("请用 -o 指定导出的 .docx 文件，或用 --json 输出结果。")
    settings = read_settings(os.environ)
    form = form_of(arguments.output or "", arguments.form or "")
    order = _order(arguments, settings, form, review=arguments.review, annex=arguments.annex)
    request = public.Request(
        facts=public.read_facts(arguments.facts, arguments.unit, _period(arguments.year)),
        tasks=_read_lines(arguments.tasks),
        title=arguments.title,
        year=arguments.year,
        last_year=public.read_text(arguments.last_year) if arguments.last_year else "",
        sealed=arguments.sealed or settings.sealed,
        calendar=public.wording_calendar(settings.wording_calendar),
    )
    library = public.Library.open(_samples_folder(arguments.samples, settings))
    with _endpoint(settings) as endpoint:
        made = public.draft(request, library, endpoint.ask if endpoint else None)
    if arguments.public:
        made = public_copy(made, arguments.year)
    if arguments.output:
        printed = print_paper(made, order, date.today())
        write_atomically(Path(arguments.output), printed.data)
        for deviation in printed.deviations:
            print(f"模板与标准不同：{deviation}", file=sys.stderr)
    report = reports.draft_report(made)
    if request.tasks:
        report["unanswered_tasks"] = list(unanswered_tasks(made.text, request.tasks))
    _write_json(arguments.json, report)
    _tell_draft(made, arguments, library)
    return int(reports.blocks(made.findings))


def _order(
    arguments: argparse.Namespace, settings: Settings, form: str = "docx", **copies: bool
) -> Order:
    """Return what paper is asked for. Raises InputError, SettingsError before a draft is made."""
    order = Order(
        form,
        **copies,
        sealed=arguments.sealed_signature,
        profile=arguments.profile or settings.layout_profile,
        template=arguments.template,
    )
    read_profile(order.profile)
    if order.template:
        read_template(order.template)
    return order


def check(arguments: argparse.Namespace) -> int:
    """Check a text against its facts."""
    facts = public.read_facts(arguments.facts, "", _period(arguments.year))
    text = public.read_text(arguments.text)
    samples = public.Library.open(arguments.samples).samples if arguments.samples else ()
    report = _examined(text, facts, samples, arguments.year)
    findings = list(report.findings)
    unused = unused_facts(text, report.evidence, facts)
    found = {"findings": reports.findings_report(findings), "unused_facts": list(unused)}
    _write_json(arguments.json, found)
    if arguments.json != "-":
        _tell_findings(text, findings)
    return int(reports.blocks(findings))


def read_back(arguments: argparse.Namespace) -> int:
    """Tell what was edited in a .docx, what people remarked, and check what it says now."""
    before, after = (_read_docx(path) for path in (arguments.before, arguments.edited))
    edited = exporting.read_back(after, exporting.read_paper(before))
    findings: list[Finding] = []
    if arguments.facts:
        facts = public.read_facts(arguments.facts, "", _period(arguments.year))
        samples = public.Library.open(arguments.samples).samples if arguments.samples else ()
        findings = list(_examined(edited.draft.text, facts, samples, arguments.year).findings)
    _write_json(arguments.json, readback.report(edited, findings))
    if arguments.json != "-":
        print("\n".join(readback.lines(edited)))
        _tell_edited(edited, findings, is_checked=bool(arguments.facts))
    return int(reports.blocks(findings))


def _read_docx(path: str) -> bytes:
    """Return a .docx that is no danger. Raises InputError."""
    public.read_text(path)  # for its limits on hostile files
    return Path(path).read_bytes()


def _tell_edited(edited: exporting.Edited, findings: list[Finding], *, is_checked: bool) -> None:
    if not is_checked:
        print("没有给素材（--facts），只列改动，未作核查。")
        return
    typed = readback.typed(findings, edited)
    print(f"核查意见 {len(findings)} 条，其中改动处 {len(typed)} 条。")
    others = [finding for finding in findings if finding not in typed]
    _tell_findings(edited.draft.text, [*typed, *others])


def _examined(text: str, facts: FactSheet, samples: Sequence[Sample], year: int | None) -> Report:
    """Check with the office's own lines of the wording calendar, where it has some."""
    calendar = public.wording_calendar(read_settings(os.environ).wording_calendar)
    return Checker(facts, samples, year, calendar).examine(text)


def compare(arguments: argparse.Namespace) -> int:
    """Compare a text with the samples."""
    library = public.Library.open(arguments.samples)
    text = public.read_text(arguments.text)
    result = public.compare(text, library, _read_lines(arguments.allow) or ())
    _write_json(arguments.json, result)
    if arguments.json != "-":
        print(f"与样本相同的文字占 {result['share']:.1%}，共 {len(result['overlaps'])} 处。")
        for overlap in result["overlaps"]:
            print(f"  第{overlap['start'] + 1}字起与“{overlap['sample']}”相同：{overlap['text']}")
        for section in result["sections"]:
            print(
                f"  {section['heading']}：最像“{section['nearest_sample']}”"
                f"（{section['share']:.0%}），套话{section['boilerplate_share']:.0%}，"
                f"每千字{section['figures_per_1000']:.0f}个数字"
            )
    return 0


def batch(arguments: argparse.Namespace) -> int:
    """Draft one summary a unit from a table of units."""
    from drafter.campaign import (  # noqa: PLC0415 - openpyxl and numpy load with it
        BatchOptions,
        Campaign,
        run_campaign,
    )

    settings = read_settings(os.environ)
    campaign = Campaign(
        samples=_samples_folder(arguments.samples, settings),
        settings=settings,
        tasks=tuple(_read_lines(arguments.tasks) or ()),
        year=arguments.year,
        sealed=arguments.sealed or settings.sealed,
        order=_order(arguments, settings),
        is_public=arguments.public,
    )
    options = BatchOptions(arguments.workers, arguments.scheduler or "", arguments.resume)
    report = run_campaign(arguments.units, arguments.output, campaign, options, _tell_unit)
    _write_json(arguments.json, report.to_json())
    out = sys.stderr if arguments.json == "-" else sys.stdout
    counts = [report.count(status) for status in ("done", "failed", "skipped")]
    print(
        f"完成 {counts[0]} 个，失败 {counts[1]} 个，跳过 {counts[2]} 个；"
        f"结果在 {arguments.output}（风险表 risk.xlsx）。",
        file=out,
    )
    for unit in report.units:
        if unit.status != "done":
            print(unit.trouble, file=sys.stderr)
    return int(any(reports.blocks(unit.findings) for unit in report.units) or counts[1] > 0)


def _tell_unit(event: BatchEvent) -> None:
    said = {"done": "完成", "failed": "失败", "reused": "已完成，未重做"}
    if event.kind in said:
        line = f"[{event.finished}/{event.total}] {event.unit} {said[event.kind]}"
        print(line, file=sys.stderr)


def samples(arguments: argparse.Namespace) -> int:
    """Report on the hygiene and structure of a folder of samples."""
    report = public.samples_report(arguments.folder)
    _write_json(arguments.json, report)
    if arguments.json != "-":
        for sample in report["samples"]:
            print(
                f"{sample['name']}：{sample['title'] or '（无标题）'}，{sample['characters']}字，",
                end="",
            )
            print(f"{_count(sample['sections'])}个章节，{len(sample['warnings'])}条提示")
            for warning in sample["warnings"]:
                print(f"  [{warning['code']}] {warning['message']}")
        for a, b in report["duplicates"]:
            print(f"内容重复：{a} 与 {b}")
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the quality of drafts, beside the composer and a plain prompt."""
    from drafter import evaluating  # noqa: PLC0415 - loaded with its command only

    settings = read_settings(os.environ)
    library = public.Library.open(_samples_folder(arguments.samples, settings))
    with _endpoint(settings) as endpoint:
        ask = endpoint.ask if endpoint else None
        table = evaluating.run(arguments.cases, library.samples, ask, arguments.output)
    _write_json(arguments.json, {"rows": table["rows"], "means": table["means"]})
    if arguments.json != "-":
        print(table["text"])
    return 0


def serve_model(arguments: argparse.Namespace) -> int:
    """Serve a GGUF file that the user brings, on this machine."""
    from drafter import model_local  # noqa: PLC0415 - an optional extra

    model_local.serve(Path(arguments.file), arguments.host, arguments.port)
    return 0


def app(arguments: argparse.Namespace) -> int:
    """Open the web page."""
    from drafter.ui.serve import serve  # noqa: PLC0415 - gradio takes seconds to load

    serve(read_settings(os.environ), arguments.host, arguments.port, open_browser=arguments.open)
    return 0


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _endpoint(settings: Settings) -> Iterator[Endpoint | None]:
    """Yield the configured endpoint, or None where no model is set (the composer writes)."""
    if not settings.has_model:
        yield None
        return
    from drafter.model import connect  # noqa: PLC0415 - openai is loaded only when a model is set

    yield connect(settings)


def _samples_folder(option: str | None, settings: Settings) -> Path:
    return Path(option or settings.samples_dir or samples_dir())


def _period(year: int | None) -> str:
    return "" if year is None else given.period(year)


def _read_lines(path: str | None) -> list[str] | None:
    return public.read_text(path).splitlines() if path else None


def _write_json(target: str | None, report: reports.JsonObject) -> None:
    if target == "-":
        sys.stdout.write(reports.to_json(report))
    elif target:
        write_atomically(Path(target), reports.to_json(report).encode("utf-8"))


def _tell_draft(made: Draft, arguments: argparse.Namespace, library: public.Library) -> None:
    """Say what was made and what is open; on stderr where stdout carries JSON."""
    out = sys.stderr if arguments.json == "-" else sys.stdout
    for name, reason in library.unread:
        print(f"样本未读：{name}：{reason}", file=sys.stderr)
    if arguments.output:
        print(f"已生成：{arguments.output}", file=out)
    writer = "直接拼写（未用模型）" if made.writer == "composer" else f"模型 {made.writer}"
    print(
        f"《{made.title}》共{len(made.text)}字，{len(made.sections)}个章节；起草方式：{writer}。",
        file=out,
    )
    for notice in (*made.facts.notices, *made.notices):
        print(f"请核对：{notice.message}", file=out)
    known = made.facts.by_id()
    for fact_id in made.unused_facts:
        print(f"未写入：{fact_id} {known[fact_id].text}", file=out)
    counted = Counter(LABELS.get(finding.label, finding.label) for finding in made.findings)
    counted["待补"] = max(counted["待补"], made.text.count("【待补"))
    if counted.total():
        print(
            "核查：" + "，".join(f"{label}{n}处" for label, n in counted.items() if n) + "。",
            file=out,
        )


def _tell_findings(text: str, findings: list[Finding]) -> None:
    if not findings:
        print("未发现问题：数字、名称、日期都有依据。")
    for finding in findings:
        line = text.count("\n", 0, finding.start) + 1
        print(f"第{line}行“{finding.text}” [{LABELS.get(finding.label, finding.label)}] ", end="")
        print(finding.message + (f" 建议：{finding.suggestion}" if finding.suggestion else ""))


def _count(sections: list[reports.JsonObject]) -> int:
    return sum(1 + _count(section["children"]) for section in sections)
