"""Old office files (.doc, .wps, .rtf, .xls, .et) → Open XML, by LibreOffice where there is one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from drafter.errors import UnreadableFile, UnsupportedFormat
from drafter.reading.kinds import LEGACY_ENDINGS
from drafter.reading.limits import Limits

_PROGRAMS = ("soffice", "libreoffice")
_NOWHERE = "http://127.0.0.1:9"
_FAILED = (
    "旧版文件转换失败（可能已损坏或加密）；请用 Word 或 WPS 打开，另存为 .docx 或 .xlsx 后再导入"
)


def find_converter() -> str | None:
    """Return the path of LibreOffice, or None."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def convert(data: bytes, ending: str, limits: Limits, program: str | None = None) -> bytes:
    """Return an old office file as .docx or .xlsx bytes.

    LibreOffice runs with a profile of its own, without network where the system allows it, for at
    most ``limits.convert_seconds``. Raises UnsupportedFormat where it is not installed,
    UnreadableFile where it fails or takes too long.
    """
    program = program or find_converter()
    kind = LEGACY_ENDINGS[ending]
    if program is None:
        missing = f"读取 {ending} 需要 LibreOffice，这台机器没有安装"
        raise UnsupportedFormat(f"{missing}；请用 Word 或 WPS 另存为 .{kind} 后再导入")
    try:
        with tempfile.TemporaryDirectory(prefix="drafter-") as folder:
            source = Path(folder) / f"source{ending}"
            source.write_bytes(data)
            _run(_command(program, Path(folder), source, kind), folder, limits)
            made = source.with_suffix(f".{kind}")
            if not made.is_file() or made.stat().st_size > limits.file_bytes:
                raise UnreadableFile(_FAILED)
            return made.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"转换旧版文件要用的临时文件写不下（{error.strerror}）；请检查磁盘空间和临时文件夹的权限"
        ) from error


def _command(program: str, folder: Path, source: Path, kind: str) -> list[str]:
    profile = (folder / "profile").as_uri()
    return [
        *_without_network(), program, f"-env:UserInstallation={profile}", "--headless",
        "--norestore", "--nologo", "--nodefault", "--nolockcheck",
        "--convert-to", kind, "--outdir", str(folder),
        str(source),
    ]  # fmt: skip


def _without_network() -> list[str]:
    """Return the words that run a command in an empty network, where the system allows it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    words = [unshare, "--map-root-user", "--net"]
    tried = subprocess.run([*words, "true"], check=False, capture_output=True, timeout=10)  # noqa: S603
    return words if tried.returncode == 0 else []


def _run(command: list[str], folder: str, limits: Limits) -> None:
    surroundings = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder,
        "LANG": "C.UTF-8", "http_proxy": _NOWHERE, "https_proxy": _NOWHERE,
    }  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - fixed words and paths made here
        command, cwd=folder, env=surroundings, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        status = process.wait(limits.convert_seconds)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise UnreadableFile(
            f"旧版文件转换超过 {limits.convert_seconds:.0f} 秒，已停止；请另存为新格式再导入"
        ) from error
    if status != 0:
        raise UnreadableFile(_FAILED)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: the program that was started is a wrapper of the one that works."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
