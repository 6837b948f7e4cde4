"""Bytes of a text file → text: the encoding is found, said, and never guessed in silence.

Order: byte order mark; UTF-8 strictly; then GB18030, Big5 and UTF-16 without a mark compete by how
much of what they yield is common writing. Nearly all Big5 and UTF-16 bytes are also valid GB18030,
so that decoding without an error proves nothing. Close races between GB18030 and UTF-16 go to
charset-normalizer; between GB18030 and Big5 it is wrong more often than the order here.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cache

from drafter.domain import Notice
from drafter.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CANDIDATES = (
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030"),
    ("cp950", "Big5"),
    ("utf-16-le", "UTF-16"),
    ("utf-16-be", "UTF-16"),
)
_SPOKEN = {"cp950": "big5"}
_BAD = "\ufffd"
_DAMAGE_PER = 500
_DAMAGE_PENALTY = 0.1
_SAMPLE_BYTES = 40_000
_PLAUSIBLE = 0.8
_CLEAR_LEAD = 0.05
_UNKNOWN = "认不出文字编码，为免出现乱码没有读取；请用记事本打开，另存为 UTF-8 编码后再导入"


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    codec: str
    name: str
    text: str

    @property
    def is_wide(self) -> bool:
        """Whether it is UTF-16: charset-normalizer tells that from GB18030, but not Big5."""
        return self.codec.startswith("utf-16")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text and the encoding that was used, with what to tell about it."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text file. Raises UnreadableFile where no encoding is plausible."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], codec, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8") if _no_nul_text(data) else _compete(data)
    except UnicodeDecodeError:
        return _mixed(data) or _compete(data)


def _no_nul_text(data: bytes) -> bool:
    """Single NULs are dirt; many of them are the other half of UTF-16."""
    return data.count(0) * 20 < len(data)


def _marked(data: bytes, codec: str, name: str) -> Decoded:
    text = data.decode(codec, errors="replace")
    bad = text.count(_BAD)
    if bad > max(1, len(text) // _DAMAGE_PER):
        raise UnreadableFile(_UNKNOWN)
    said = _said(name) if codec != "utf-8" else ()
    damage = (_damage(_bad_lines(text)),) if bad else ()
    return Decoded(text, codec, (*said, *damage))


def _bad_lines(text: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), 1) if _BAD in line]


def _said(name: str) -> tuple[Notice, ...]:
    return (Notice("encoding", f"文字编码按 {name} 读取，请看一眼开头几行是否正常"),)


def _damage(lines: list[int]) -> Notice:
    shown = "、".join(map(str, lines[:10]))
    return Notice("damaged_text", f"第 {shown} 行有读不出的字节，已用“\ufffd”标出，请对照原文补上")


def _mixed(data: bytes) -> Decoded | None:
    """Read a file pasted together from UTF-8 and GB18030 line by line, or return None.

    Only where UTF-8 lines with Chinese in them are plain to see: by chance they hardly occur.
    """
    lines: list[str] = []
    foreign: list[int] = []
    broken: list[int] = []
    utf8_lines = 0
    for number, raw in enumerate(data.split(b"\n"), 1):
        try:
            lines.append(raw.decode("utf-8"))
            utf8_lines += _chinese_share(lines[-1]) >= _PLAUSIBLE and not raw.isascii()
        except UnicodeDecodeError:
            text = _try(raw, "gb18030")
            good = text is not None and _share(text) >= _PLAUSIBLE
            (foreign if good else broken).append(number)
            lines.append(text if good and text else raw.decode("utf-8", errors="replace"))
    if utf8_lines <= len(broken) * 20 or utf8_lines * 4 < len(foreign):
        return None
    notices = [_damage(broken)] if broken else []
    if foreign:
        shown = "、".join(map(str, foreign[:10]))
        message = f"文件里混有两种编码：第 {shown} 行按 GB18030 读取，其余按 UTF-8，请核对这些行"
        notices.insert(0, Notice("mixed_encoding", message))
    return Decoded("\n".join(lines), "utf-8+gb18030" if foreign else "utf-8", tuple(notices))


def _compete(data: bytes) -> Decoded:
    found = [one for codec, name in _CANDIDATES if (one := _candidate(data, codec, name))]
    found.sort(key=lambda one: -one.score)
    if not found or found[0].score < _PLAUSIBLE:
        raise UnreadableFile(_UNKNOWN)
    best = found[0]
    rivals = [one for one in found if best.score - one.score < _CLEAR_LEAD]
    if any(one.is_wide for one in rivals) and len(rivals) > 1:
        judged = _judge(data)
        best = next((one for one in rivals if one.codec == judged), best)
    damage = (_damage(_bad_lines(best.text)),) if _BAD in best.text else ()
    said = _said(best.name) if best.codec != "utf-8" else ()
    return Decoded(best.text, _SPOKEN.get(best.codec, best.codec), (*said, *damage))


def _candidate(data: bytes, codec: str, name: str) -> _Candidate | None:
    """Decode as a whole; a byte or two that do not fit are damage, more are another encoding."""
    text = data.decode(codec, errors="replace")
    bad = text.count(_BAD)
    if bad > max(1, len(text) // _DAMAGE_PER):
        return None
    score = _share(text[:_SAMPLE_BYTES]) - (_DAMAGE_PENALTY if bad else 0)
    return _Candidate(score, codec, name, text)


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _judge(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, slow to load

    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=[codec for codec, _ in _CANDIDATES]).best()
    found = best.encoding.replace("_", "-") if best else ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}.get(found, found)


@cache
def _common() -> frozenset[str]:
    """Characters of common writing: GB 2312 level 1, Big5 level 1, ASCII, Chinese punctuation.

    GB 2312-1980 rows 16 to 55; Big5 A440 to C67E.
    """
    simplified = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    traditional = (bytes((lead, trail)) for lead in range(0xA4, 0xC7) for trail in trails)
    han = {pair.decode("gb2312", errors="ignore") for pair in simplified}
    han |= {pair.decode("big5", errors="ignore") for pair in traditional}
    han = {char for char in han if len(char) == 1 and "\u4e00" <= char <= "\u9fff"}
    punctuation = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％　○〇①②③④⑤⑥⑦⑧⑨⑩→●■◆℃"
    full_width = map(chr, range(0xFF01, 0xFF5F))
    return frozenset({*han, *punctuation, *full_width, *map(chr, range(0x20, 0x7F)), *"\t\r\n"})


def _share(text: str) -> float:
    """Return the share of a text's characters that are common writing, blanks left out."""
    shown = [char for char in text if not char.isspace() and char != "\0"]
    common = _common()
    return sum(char in common for char in shown) / len(shown) if shown else 0.0


def _chinese_share(text: str) -> float:
    return _share("".join(char for char in text if not char.isascii()))
