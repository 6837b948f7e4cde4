"""Counting tokens without a network.

tiktoken downloads its ranks on first use. Here it is used only where the file already lies in the
cache folder it would use and has the right hash; else a token is estimated: 0.75 a Chinese
character or mark, 0.25 a Latin one. Four prompts of points came to 1,392 tokens by this estimate
and to 1,475 by a server of Qwen2.5, which counts the frame of each message too.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

Count = Callable[[str], int]
_NAME = "o200k_base"
_URL = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


def estimate(text: str) -> int:
    """Return the estimated number of tokens of a text."""
    latin = sum(character.isascii() for character in text)
    return -(-(3 * (len(text) - latin) + latin) // 4)


def cached_ranks(folder: Path) -> bool:
    """Tell whether tiktoken's own file of ranks lies in its cache folder, undamaged."""
    path = folder / hashlib.sha1(_URL.encode(), usedforsecurity=False).hexdigest()
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == _SHA256


def cache_folder() -> Path:
    """Return the folder that tiktoken looks in."""
    named = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    return Path(named) if named else Path(tempfile.gettempdir()) / "data-gym-cache"


def counter(encode: Callable[[str], list[int]]) -> Count:
    """Return a counter from an encoder."""
    return lambda text: len(encode(text))


@cache
def best_counter() -> tuple[str, Count]:
    """Return the name of the counter and the counter: tiktoken where offline, or the estimate."""
    if not cached_ranks(cache_folder()):
        return "estimate-0.75", estimate
    import tiktoken  # noqa: PLC0415 - only where it can be used without a network

    encoding = tiktoken.get_encoding(_NAME)
    return f"tiktoken-{_NAME}", counter(lambda text: encoding.encode(text, disallowed_special=()))
