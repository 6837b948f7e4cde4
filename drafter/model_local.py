"""A GGUF model served on this machine, at the same kind of address as any other endpoint.

Needs the optional extra ``local`` (xllamacpp: llama.cpp with its OpenAI-compatible server in the
process). The model file is the user's own; nothing is downloaded.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from drafter.errors import SettingsError, UnreadableFile

CONTEXT = 8192
"""Tokens a slot. A point needs 300 to 1,000; everything in one prompt (evaluate) up to 6,000."""

_MAGIC = b"GGUF"


def serve(
    path: Path,
    host: str = "127.0.0.1",
    port: int = 8080,
    tell: Callable[[str], object] = sys.stdout.write,
) -> None:
    """Serve a model file until the process is interrupted; tells how to point the drafter at it.

    Raises UnreadableFile where the file is no GGUF, SettingsError where the extra is missing.
    """
    server = start(path, host, port)
    tell(hint(str(server.listening_address), path))
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        tell("已停止。\n")


def start(path: Path, host: str = "127.0.0.1", port: int = 8080) -> Any:
    """Start the server in this process and return it; it answers when this returns.

    One slot, no prompt cache across slots and temperature 0 make answers repeatable; the drafter
    asks with its own temperature. Raises UnreadableFile and SettingsError.
    """
    check(path)
    if find_spec("xllamacpp") is None:
        raise SettingsError('没有安装本机模型组件，请先运行：pip install "township-drafter[local]"')
    llama = import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = str(path)
    params.model_alias = {path.stem}
    params.hostnames = [host]
    params.port = port
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.sampling.temp = 0.0
    params.sampling.seed = 1
    params.offline = True
    return llama.Server(params)


def check(path: Path) -> None:
    """Make sure that a file is a GGUF model. Raises UnreadableFile."""
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise UnreadableFile(f"模型文件“{path.name}”打不开，请检查路径。") from error
    if magic != _MAGIC:
        raise UnreadableFile(f"“{path.name}”不是 GGUF 模型文件，请换一个 .gguf 文件。")


def hint(address: str, path: Path) -> str:
    """Return what to set so that the drafter uses the server at an address."""
    base = address if address.startswith("http") else f"http://{address}"
    return (
        f"模型已就绪：{base}/v1\n"
        f"另开一个窗口设置：OPENAI_BASE_URL={base}/v1  DRAFTER_MODEL={path.stem}  "
        "DRAFTER_CONCURRENCY=1\n按 Ctrl+C 停止。\n"
    )
