"""The commands of the command line: read, call the public functions, write, tell."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from drafter import exporting, given, public, readback, reports, telling
from drafter.checking import (
    Checker,
    Report,
    unanswered_tasks,
    unused_facts,
)
from drafter.domain import FactSheet, Finding, Sample
from drafter.errors import ExportError, InputError
from drafter.files import reason, write_atomically
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


def draft(arguments: argparse.Namespace) -> int:
    """Draft a summary from a file of facts and export it."""
    _check_targets(arguments)
    settings = read_settings(os.environ)
    form = form_of(arguments.output or "", arguments.form or "")
    order = _order(arguments, settings, form, review=arguments.review, annex=arguments.annex)
    request = _request(arguments, settings)
    library = _opened(_samples_folder(arguments.samples, settings))
    with _endpoint(settings) as endpoint:
        made = public.draft(request, library, endpoint.ask if endpoint else None)
    if arguments.public:
        made = public_copy(made, arguments.year)
    if arguments.output:
        printed = print_paper(made, order, date.today())
        save(arguments.output, printed.data)
        _say((f"模板与标准不同：{one}" for one in printed.deviations), sys.stderr)
    report = reports.draft_report(made)
    if request.tasks:
        report["unanswered_tasks"] = list(unanswered_tasks(made.text, request.tasks))
    _write_json(arguments.json, report)
    out = sys.stderr if arguments.json == "-" else sys.stdout
    _say(telling.draft_lines(made, arguments.output or ""), out)
    return int(reports.blocks(made.findings))


def _check_targets(arguments: argparse.Namespace) -> None:
    """Refuse before a draft is made what could not be written after it. Raises InputError."""
    if not arguments.output and not arguments.json:
        raise InputError("请用 -o 指定导出的 .docx 文件，或用 --json 输出结果。")
    if arguments.output and Path(arguments.output).is_dir():
        raise InputError(f"“{arguments.output}”是文件夹，请用 -o 写明导出的文件名。")


def _request(arguments: argparse.Namespace, settings: Settings) -> public.Request:
    return public.Request(
        facts=public.read_facts(arguments.facts, arguments.unit, _period(arguments.year)),
        tasks=_read_lines(arguments.tasks),
        title=" ".join(arguments.title.split()),
        year=arguments.year,
        last_year=public.read_text(arguments.last_year) if arguments.last_year else "",
        sealed=arguments.sealed or settings.sealed,
        calendar=public.wording_calendar(settings.wording_calendar),
    )


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
    facts = public.read_facts(arguments.facts, arguments.unit, _period(arguments.year))
    text = public.read_text(arguments.text)
    samples = _opened(arguments.samples).samples if arguments.samples else ()
    report = _examined(text, facts, samples, arguments.year)
    findings = list(report.findings)
    unused = unused_facts(text, report.evidence, facts)
    found = {"findings": reports.findings_report(findings), "unused_facts": list(unused)}
    _write_json(arguments.json, found)
    if arguments.json != "-":
        _say(telling.finding_lines(text, findings))
    return int(reports.blocks(findings))


def read_back(arguments: argparse.Namespace) -> int:
    """Tell what was edited in a .docx, what people remarked, and check what it says now."""
    before, after = (_read_docx(path) for path in (arguments.before, arguments.edited))
    edited = exporting.read_back(after, exporting.read_paper(before))
    findings: list[Finding] = []
    if arguments.facts:
        facts = public.read_facts(arguments.facts, arguments.unit, _period(arguments.year))
        samples = _opened(arguments.samples).samples if arguments.samples else ()
        findings = list(_examined(edited.draft.text, facts, samples, arguments.year).findings)
    _write_json(arguments.json, readback.report(edited, findings))
    if arguments.json != "-":
        _say(readback.lines(edited))
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
    _say(telling.finding_lines(edited.draft.text, [*typed, *others]))


def _examined(text: str, facts: FactSheet, samples: Sequence[Sample], year: int | None) -> Report:
    """Check with the office's own lines of the wording calendar, where it has some."""
    calendar = public.wording_calendar(read_settings(os.environ).wording_calendar)
    return Checker(facts, samples, year, calendar).examine(text)


def compare(arguments: argparse.Namespace) -> int:
    """Compare a text with the samples."""
    library = _opened(arguments.samples)
    text = public.read_text(arguments.text)
    result = public.compare(text, library, _read_lines(arguments.allow) or ())
    _write_json(arguments.json, result)
    if arguments.json != "-":
        _say(telling.compare_lines(result))
    return 0


def batch(arguments: argparse.Namespace) -> int:
    """Draft one summary a unit from a table of units."""
    from drafter.batch import RunOptions  # noqa: PLC0415 - openpyxl and numpy load with it
    from drafter.campaign import Campaign, run_campaign  # noqa: PLC0415

    settings = read_settings(os.environ)
    campaign = Campaign(
        samples=_samples_folder(arguments.samples, settings),
        settings=settings,
        tasks=tuple(_read_lines(arguments.tasks) or ()),
        year=given.year(arguments.year),
        sealed=arguments.sealed or settings.sealed,
        order=_order(arguments, settings),
        is_public=arguments.public,
    )
    options = RunOptions(
        workers=arguments.workers,
        scheduler=arguments.scheduler or "",
        resume=arguments.resume,
    )
    report = run_campaign(arguments.units, arguments.output, campaign, options, _tell_unit)
    _write_json(arguments.json, report.to_json())
    out = sys.stderr if arguments.json == "-" else sys.stdout
    counts = [report.count(status) for status in ("done", "failed", "skipped")]
    print(
        f"完成 {counts[0]} 个，失败 {counts[1]} 个，跳过 {counts[2]} 个；"
        f"结果在 {arguments.output}（风险表 risk.xlsx）。",
        file=out,
    )
    _say((unit.trouble for unit in report.units if unit.status != "done"), sys.stderr)
    _say((f"提示：{notice}" for notice in report.notices), sys.stderr)
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
        _say(telling.sample_lines(report))
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the quality of drafts, beside the composer and a plain prompt."""
    from drafter import evaluating  # noqa: PLC0415 - loaded with its command only

    settings = read_settings(os.environ)
    library = _opened(_samples_folder(arguments.samples, settings))
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


def save(target: str, data: bytes) -> None:
    """Write a file whole or not at all; missing folders are made. Raises ExportError."""
    path = given.path(target)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        raise ExportError(f"“{path}”写不进去：{reason(error)}。请换一个位置或检查权限。") from error


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
        save(target, reports.to_json(report).encode("utf-8"))


def _opened(folder: str | os.PathLike[str]) -> public.Library:
    """Open a folder of samples; say what of it cannot be used."""
    library = public.Library.open(folder)
    _say(telling.library_lines(str(folder), library.unread, is_empty=not len(library)), sys.stderr)
    return library


def _say(lines: Iterable[str], out: TextIO | None = None) -> None:
    for line in lines:
        print(line, file=out)
