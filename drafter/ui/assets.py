"""Our own static files, each under an address that changes with its content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
YEAR_SECONDS = 31_536_000


def address(name: str) -> str:
    """Return the address of a file; a browser that has it asks no more until it changes."""
    return f"/page/{name}?v={_version(name)}"


def caching(name: str, version: str) -> str:
    """Return how long an answer may be kept: for good under its own version."""
    fresh = version == _version(name)
    return f"public, max-age={YEAR_SECONDS}, immutable" if fresh else "no-cache"


@cache
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
