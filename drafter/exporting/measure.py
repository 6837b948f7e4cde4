"""A .docx measured against a profile: what an office's template has otherwise, by clause."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafter.errors import UnreadableFile
from drafter.exporting.profile import PAGE_HEIGHT, PAGE_WIDTH, Profile, as_profile
from drafter.exporting.wordread import DAMAGE, parse_part
from drafter.exporting.wordxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

NEAR = 30  # twips (½ mm) within which a length counts as the same
_PAGE = re.compile(r"(?:instrText[^>]*>|w:instr=\")\s*PAGE\b")
TEXT_SIZE = "32"  # half points: 3号


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that is not as the profile has it. ``clause`` of GB/T 9704-2012."""

    what: str
    found: str
    wanted: str
    clause: str

    def __str__(self) -> str:
        return f"{self.what}：现为{self.found or '未设'}，标准为{self.wanted}（{self.clause}）"


class Styles:
    """The paragraph styles of a file by name, with what they inherit."""

    def __init__(self, root: _Element) -> None:
        self.root = root
        self.by_id = {s.get(f"{{{W}}}styleId", ""): s for s in root.iterfind(f"{{{W}}}style")}
        self.ids = {_name(s).lower(): i for i, s in self.by_id.items()}

    @property
    def default(self) -> str:
        """Return the id of the default paragraph style."""
        for number, style in self.by_id.items():
            marks = style.get(f"{{{W}}}type"), style.get(f"{{{W}}}default")
            if marks == ("paragraph", "1"):
                return str(number)
        return ""

    def value(self, name: str, path: str, attribute: str = "val") -> str:
        """Return an effective property of a style, "" where nothing sets it."""
        number = self.ids.get(name.lower(), "")
        seen: set[str] = set()
        while number in self.by_id and number not in seen:
            seen.add(number)
            found = _at(self.by_id[number], path, attribute)
            if found:
                return found
            number = _at(self.by_id[number], "basedOn", "val")
        return _at(
            self.root, f"docDefaults/{path.split('/', maxsplit=1)[0]}Default/{path}", attribute
        )


def _name(style: _Element) -> str:
    return _at(style, "name", "val")


def _at(element: _Element, path: str, attribute: str) -> str:
    found = element.find("/".join(f"{{{W}}}{part}" for part in path.split("/")))
    return "" if found is None else str(found.get(f"{{{W}}}{attribute}", ""))


def measure(data: bytes, profile: Profile | str | None = None) -> list[Deviation]:
    """Return how a .docx deviates from a profile. Raises UnreadableFile, HostileFile."""
    chosen = as_profile(profile)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document = parse_part(archive, "word/document.xml")
            styles = Styles(parse_part(archive, "word/styles.xml"))
            numbered = _has_page_numbers(archive)
    except DAMAGE as error:
        raise UnreadableFile(
            "模板不是完好的 .docx，请用 Word 或 WPS 另存为 .docx 再试。"
        ) from error
    section = document.find(f"{{{W}}}body/{{{W}}}sectPr")
    if section is None:
        return [Deviation("页面设置", "", "A4、版心156×225毫米", "5.1、5.2.1")]
    found = [*_page(section, chosen), *_grid(section, chosen), *_styles(styles, chosen)]
    if not numbered and chosen.page_number != "none":
        found.append(Deviation("页码", "", "4号半角宋体、一字线", "7.5"))
    return found


def _has_page_numbers(archive: zipfile.ZipFile) -> bool:
    """Tell whether some header or footer has a field of page numbers."""
    places = re.compile(r"word/(?:header|footer)\w*\.xml")
    parts = (archive.read(name) for name in archive.namelist() if places.fullmatch(name))
    return any(_PAGE.search(part.decode("utf-8", "replace")) for part in parts)


def _page(section: _Element, profile: Profile) -> Iterator[Deviation]:
    for what, attribute, wanted in (("纸宽", "w", PAGE_WIDTH), ("纸高", "h", PAGE_HEIGHT)):
        yield from _length(what, _at(section, "pgSz", attribute), wanted, "5.1")
    margins = (
        ("天头（上边距）", "top", profile.top),
        ("下边距", "bottom", profile.bottom),
        ("订口（左边距）", "left", profile.left),
        ("右边距", "right", profile.right),
    )
    for what, attribute, wanted in margins:
        yield from _length(what, _at(section, "pgMar", attribute), wanted, "5.2.1")


def _length(what: str, found: str, wanted: int, clause: str) -> Iterator[Deviation]:
    if not found.lstrip("-").isdecimal() or abs(int(found) - wanted) > NEAR:
        shown = f"{int(found) / 56.693:.1f}毫米" if found.lstrip("-").isdecimal() else ""
        yield Deviation(what, shown, f"{wanted / 56.693:.1f}毫米", clause)


def _grid(section: _Element, profile: Profile) -> Iterator[Deviation]:
    pitch = _at(section, "docGrid", "linePitch")
    if pitch != str(profile.line_pitch):
        shown = f"{int(pitch) / 20:g}磅" if pitch.isdecimal() else ""
        yield Deviation("文档网格行距", shown, f"{profile.line_pitch / 20:g}磅", "5.2.3")
    space = _at(section, "docGrid", "charSpace")
    if space != str(profile.char_space):
        yield Deviation(
            "文档网格字距", space, f"{profile.char_space}（每行{profile.chars}字）", "5.2.3"
        )


def _styles(styles: Styles, profile: Profile) -> Iterator[Deviation]:
    fonts = {
        "Title": ("标题", profile.title_font, str(profile.title_size), "7.3.1"),
        "heading 1": ("一级标题", profile.heading_font, TEXT_SIZE, "7.3.3"),
        "heading 2": ("二级标题", profile.subheading_font, TEXT_SIZE, "7.3.3"),
        "heading 3": ("三级标题", profile.body_font, TEXT_SIZE, "7.3.3"),
        "heading 4": ("四级标题", profile.body_font, TEXT_SIZE, "7.3.3"),
        "公文正文": ("正文", profile.body_font, TEXT_SIZE, "7.3.3"),
    }
    for name, (what, font, size, clause) in fonts.items():
        yield from _same(f"{what}字体", styles.value(name, "rPr/rFonts", "eastAsia"), font, clause)
        yield from _same(f"{what}字号（半磅）", styles.value(name, "rPr/sz"), size, clause)
    yield from _same("标题对齐", styles.value("Title", "pPr/jc"), "center", "7.3.1")
    indent = styles.value("公文正文", "pPr/ind", "firstLineChars")
    yield from _same("正文首行缩进（百分之一字）", indent, "200", "7.3.3")
    rule = styles.value("公文正文", "pPr/spacing", "lineRule")
    line = styles.value("公文正文", "pPr/spacing", "line") if rule == "exact" else rule
    yield from _same("正文行距（固定值，二十分之一磅）", line, str(profile.line_pitch), "5.2.3")


def _same(what: str, found: str, wanted: str, clause: str) -> Iterator[Deviation]:
    if found != wanted:
        yield Deviation(what, found, wanted, clause)
