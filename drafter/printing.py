"""Effects of the export, outside the core: PDF by LibreOffice, an office's profile and template."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from drafter.checking import Checker
from drafter.domain import Draft
from drafter.errors import ExportError, InputError, SettingsError
from drafter.exporting.export import export_docx, fill_template
from drafter.exporting.forms import export_html, export_markdown, export_text
from drafter.exporting.measure import Deviation
from drafter.exporting.profile import Profile, load_profile, parse_profile, profile_names
from drafter.exporting.withheld import public_version

LARGEST_PROFILE = 100_000  # bytes
LARGEST_TEMPLATE = 20_000_000  # bytes
PAGED = ("docx", "pdf")
TEXTS: dict[str, Callable[[Draft, Profile], str]] = {
    "txt": export_text,
    "md": export_markdown,
    "html": export_html,
}
FORMS = (*PAGED, *TEXTS)
FOREIGN = ("doc", "wps", "rtf", "odt", "xls", "xlsx", "et", "ppt", "pptx", "htm", "zip")
"""Suffixes that promise another kind of file; any other one may be part of a name (总结.2025)."""
PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 120.0  # seconds; a first start makes a profile and takes the longest


@dataclass(frozen=True, slots=True)
class Order:
    """How a draft is to leave: its form, with comments, with the table of evidence.

    ``profile`` names a layout or its file, ``template`` an office's own .docx; "" for none.
    ``sealed`` places signature and date for a seal (GB/T 9704-2012 7.3.5.1).
    """

    form: str = "docx"
    review: bool = False
    annex: bool = False
    sealed: bool = False
    profile: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A file's bytes, and where an office's template is not as the layout has it."""

    data: bytes
    deviations: tuple[Deviation, ...] = ()


def form_of(output: str, asked: str = "") -> str:
    """Return the form of a file: the one asked for, else that of its suffix, else docx.

    Raises InputError where both are there and differ, or where there is no such form.
    """
    suffix = Path(output).suffix.lower().removeprefix(".")
    if asked and asked not in FORMS:
        raise InputError(f"没有“{asked}”这种格式，可选：{'、'.join(FORMS)}。")
    if not asked and suffix in FOREIGN:
        raise InputError(f"不能导出 .{suffix} 文件，文件名可以这样结尾：.{'、.'.join(FORMS)}。")
    if asked and suffix in FORMS and suffix != asked:
        raise InputError(f"输出文件名以 .{suffix} 结尾，与 --form {asked} 不一致，请改成一样的。")
    return asked or (suffix if suffix in FORMS else "docx")


def print_paper(draft: Draft, order: Order, today: date | None = None) -> Printed:
    """Return a draft as the file that was ordered.

    Raises ExportError for a draft without sections, for comments, tables of evidence or templates
    in a form without pages, and for a PDF without LibreOffice; SettingsError, InputError for a bad
    profile or template.
    """
    profile = read_profile(order.profile)
    if order.sealed:
        profile = replace(profile, sealed=True)
    if order.form in TEXTS:
        if order.review or order.annex or order.template:
            raise ExportError("审阅批注、依据表和模板只能用于 docx 和 pdf，请换一种格式。")
        return Printed(TEXTS[order.form](draft, profile).encode())
    made = _word(draft, order, profile, today)
    return made if order.form == "docx" else replace(made, data=to_pdf(made.data))


def _word(draft: Draft, order: Order, profile: Profile, today: date | None) -> Printed:
    if not order.template:
        return Printed(export_docx(draft, order.review, order.annex, profile, today=today))
    template = read_template(order.template)
    filled = fill_template(draft, template, profile, order.review, order.annex, today=today)
    return Printed(filled.data, filled.deviations)


def public_copy(draft: Draft, year: int | None = None) -> Draft:
    """Return the public version, checked anew; the draft itself if no fact is internal."""
    shown = public_version(draft)
    if shown is draft:
        return draft
    report = Checker(shown.facts, (), year).examine(shown.text)
    return replace(shown, findings=tuple(report.findings), evidence=tuple(report.evidence))


def read_template(path: str) -> bytes:
    """Return an office's own .docx. Raises InputError where it is missing or too large."""
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_TEMPLATE:
            raise InputError(f"模板“{file.name}”过大，请删去图片后再用。")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"模板“{file.name}”读不出来，请检查路径。") from error


def printer() -> str:
    """Return the path of LibreOffice, "" where there is none."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), "")


def to_pdf(docx: bytes, *, timeout: float = TIMEOUT) -> bytes:
    """Return the paper as PDF. Fonts that the machine lacks are substituted.

    Every call has a user profile of its own, so that calls do not wait for each other. Raises
    ExportError where LibreOffice is missing, fails or takes longer than ``timeout`` seconds.
    """
    program = printer()
    if not program:
        raise ExportError(
            "本机没有安装 LibreOffice，无法生成 PDF；请导出 .docx 后用 Word 或 WPS 另存为 PDF。"
        )
    with tempfile.TemporaryDirectory(prefix="drafter-pdf-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(docx)
        _convert(program, Path(folder), source, timeout)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise ExportError(
                "LibreOffice 没有生成 PDF，请导出 .docx 后用 Word 或 WPS 另存为 PDF。"
            )
        return made.read_bytes()


def _convert(program: str, folder: Path, source: Path, timeout: float) -> None:
    command = [
        program,
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=timeout, check=True)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ExportError(
            f"LibreOffice 在 {timeout:g} 秒内没有完成，请稍后再试或改用 .docx。"
        ) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise ExportError(
            "LibreOffice 运行出错，无法生成 PDF；请导出 .docx 后另存为 PDF。"
        ) from error


def read_profile(setting: str) -> Profile:
    """Return the profile that a setting names: one that comes with the program, or a JSON file.

    A file names what differs from the standard, or from the profile under its key ``base``; "" is
    the standard. Raises SettingsError for a file that is missing, is no JSON or makes no page.
    """
    if setting in ("", *profile_names()):
        return load_profile(setting or "standard")
    path = Path(setting)
    try:
        if path.stat().st_size > LARGEST_PROFILE:
            raise SettingsError(f"版式文件“{path.name}”过大，请检查是不是选错了文件。")
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        names = "、".join(profile_names())
        raise SettingsError(
            f"没有版式文件“{path.name}”，也没有这个名称的版式（{names}）。"
        ) from error
    except ValueError as error:
        raise SettingsError(f"版式文件“{path.name}”不是正确的 JSON，请改正。") from error
    if not isinstance(values, dict):
        raise SettingsError(f"版式文件“{path.name}”应是一组“名称: 值”，请改正。")
    base = load_profile(str(values.pop("base", "standard")))
    return parse_profile({"name": path.stem, **values}, base)
