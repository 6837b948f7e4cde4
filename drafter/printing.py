"""Effects of the export, outside the core: PDF by LibreOffice, an office's own profile file."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from drafter.errors import ExportError, SettingsError
from drafter.exporting.profile import Profile, load_profile, parse_profile, profile_names

LARGEST_PROFILE = 100_000  # bytes
PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 120.0  # seconds; a first start makes a profile and takes the longest


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
