"""Writing files whole or not at all, and what the system says when it cannot, in Chinese."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

HALF = ".writing-"
"""How the name of a file begins that is not yet whole."""

_REASONS = {
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "上级路径不是文件夹",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.ENOENT: "路径不存在",
    errno.EACCES: "没有权限，或者文件正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.ENAMETOOLONG: "名称太长",
}


def reason(error: OSError) -> str:
    """Return why the system refused, in Chinese where the reason is a usual one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that at every moment there is the old one or the whole new one.

    Raises OSError.
    """
    half = path.with_name(f"{HALF}{secrets.token_hex(8)}")
    try:
        with half.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
