"""Bytes of an answer → what they say. Pure, lenient, and never raising on odd input.

Server-sent events as the WHATWG standard gives them (9.2.6), and what servers make of them: CR and
CRLF, comments, several data lines, no blank line between events, no space behind ``data:``, split
UTF-8, byte order marks, ``data:`` named twice, bare JSON lines, one whole JSON body, an HTML page.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_LINE = 1_000_000  # characters of one line kept, against a line that never ends
_KEPT_RAW = 200_000  # characters of a body that is no event stream
_LINE_END = re.compile(r"\r\n|\n|\r")
_DATA = re.compile(r"(?:data:\s*)+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One step of an answer; fields that it does not touch are empty."""

    text: str = ""
    reasoning: bool = False
    refusal: bool = False
    finish: str = ""
    usage: Mapping[str, Any] = field(default_factory=dict)
    error: Mapping[str, Any] = field(default_factory=dict)
    done: bool = False


class Decoder:
    """Turns the bytes of a body into pieces, as they come.

    ``bad`` counts payloads that were no JSON, ``raw`` is the text of a body without events.
    """

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._pending = ""
        self._data: list[str] = []
        self._streaming = False
        self._done = False
        self._event = ""
        self.raw = ""
        self.bad = 0

    def feed(self, data: bytes, final: bool = False) -> list[Piece]:
        """Take the next bytes; ``final`` when there are no more."""
        text = self._pending + self._utf8.decode(data, final)
        if not final and text.endswith("\r"):
            text, held = text[:-1], "\r"
        else:
            held = ""
        lines = _LINE_END.split(text)
        self._pending = lines.pop()[-MAX_LINE:] + held
        if final:
            lines += [self._pending, ""]
            self._pending = ""
        return [piece for line in lines for piece in self._line(line)]

    def whole(self) -> list[Piece]:
        """Read a body that is no event stream as one JSON answer; call it at the end."""
        payload = _parse(self.raw)
        return list(_pieces(payload)) if isinstance(payload, dict) and not self._streaming else []

    @property
    def is_page(self) -> bool:
        """Tell whether the body is a web page."""
        return not self._streaming and self.raw.lstrip().startswith("<")

    def _line(self, line: str) -> Iterator[Piece]:
        line = line.lstrip("\ufeff")
        named = _DATA.match(line)
        if not line.strip():
            yield from self._dispatch()
        elif named:
            self._streaming = True
            self._data.append(line[named.end() :].strip())
        elif line.startswith("event:"):
            self._event = line[6:].strip()
        elif not line.startswith((":", "id:", "retry:")):
            yield from self._bare(line)

    def _bare(self, line: str) -> Iterator[Piece]:
        self.raw = (self.raw + line + "\n")[:_KEPT_RAW]
        payload = _parse(line) if line.startswith("{") else None
        if isinstance(payload, dict) and (self._streaming or "choices" in payload):
            self._streaming = True
            yield from _pieces(payload)

    def _dispatch(self) -> Iterator[Piece]:
        lines, self._data = self._data, []
        failed, self._event = self._event == "error", ""
        joined = _parse("\n".join(lines)) if lines else None
        payloads = [joined] if joined is not None else [_parse(line) for line in lines]
        for line, payload in zip(lines, payloads, strict=False):
            if self._done:
                return
            if line == "[DONE]":
                self._done = True
                yield Piece(done=True)
            elif isinstance(payload, dict):
                yield from _pieces({"error": payload} if failed else payload)
            elif line:
                self.bad += 1


_FIRST = (0, "0", None)


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _pieces(payload: Mapping[str, Any]) -> Iterator[Piece]:
    error = payload.get("error")
    if error:
        yield Piece(error=error if isinstance(error, dict) else {"message": str(error)})
    choices = payload.get("choices")
    if isinstance(choices, list):
        for choice in choices:
            if isinstance(choice, dict) and choice.get("index", 0) in _FIRST:
                yield from _choice(choice)
    usage = payload.get("usage")
    if isinstance(usage, dict):
        yield Piece(usage=usage)


def _choice(choice: Mapping[str, Any]) -> Iterator[Piece]:
    body = choice.get("delta") or choice.get("message") or {}
    body = body if isinstance(body, dict) else {}
    if _text(body.get("reasoning_content") or body.get("reasoning")):
        yield Piece(reasoning=True)
    text = _text(body.get("content")) or _text(choice.get("text"))
    if text:
        yield Piece(text)
    if body.get("refusal"):
        yield Piece(refusal=True)
    finish = choice.get("finish_reason")
    if isinstance(finish, str) and finish:
        yield Piece(finish=finish)


def _text(content: object) -> str:
    """Return the text of a content, which is a string or a list of parts."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = [part.get("text") if isinstance(part, dict) else part for part in content]
    return "".join(part for part in parts if isinstance(part, str))


_LOOP = re.compile(r"(.{1,60}?)\1{5,}\Z", re.DOTALL)


def loops(text: str) -> bool:
    """Tell whether a text runs in a loop: its end is one stretch of ≤ 60 characters, 6 times."""
    match = _LOOP.search(text[-400:])
    return match is not None and len(match.group()) >= 24
