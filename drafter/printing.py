"""A .docx printed to PDF by LibreOffice, where it is installed: an effect, outside the core."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from drafter.errors import ExportError

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
