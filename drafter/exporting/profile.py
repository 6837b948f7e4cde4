"""What an office may choose about the page: a profile, kept as a data file.

``profiles/standard.json`` is GB/T 9704-2012; the other files name only what they change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from drafter.chinese.normalise import clean
from drafter.errors import SettingsError

FOLDER = Path(__file__).parent / "profiles"
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # A4 in twips, GB/T 9704-2012 5.1
AI_LABEL = "本文稿由人工智能辅助工具生成，须人工核改后使用"
AUTHOR = "起草助手"  # of comments, tracked changes and papers without a unit
MAY_BE_EMPTY = ("digit_font", "ai_label")
LABELLED = ("model", "always", "never")
PAGE_NUMBERS = ("outside", "centre", "plain-centre", "none")


@dataclass(frozen=True, slots=True)
class Profile:
    """Page and fonts; lengths in twips (1 mm = 56.7), the line pitch too; ``title_size`` in ½ pt.

    ``spacing`` is the characters' extra space (twips), ``char_space`` the document grid's (1/4096
    pt). ``digit_font`` "" means the font of the text around. ``page_number``: outside (— 1 —, odd
    right, even left, the standard's), centre, plain-centre (1) or none. ``sealed`` places
    signature and date as 7.3.5.1 says, else 7.3.5.2. ``ai_label`` is the explicit label of
    《人工智能生成合成内容标识办法》, ``ai_label_on`` what bears it and its metadata: papers with a
    piece by a model (the default), always or never. ``comment_facts`` adds to a review copy a
    comment on each figure. ``spaces`` is what a style's paragraphs have above and below (style,
    twips): the standard has none, a template may.
    """

    name: str = "standard"
    top: int = 2098
    bottom: int = 1984
    left: int = 1588
    right: int = 1474
    footer: int = 1446
    line_pitch: int = 579
    char_space: int = -848
    spacing: int = -6
    title_line: int = 660
    title_size: int = 44
    title_font: str = "方正小标宋简体"
    heading_font: str = "黑体"
    subheading_font: str = "楷体_GB2312"
    body_font: str = "仿宋_GB2312"
    digit_font: str = ""
    page_number_font: str = "宋体"
    page_number: str = "outside"
    sealed: bool = False
    highlight_open: bool = True
    comment_facts: bool = False
    ai_label: str = AI_LABEL
    ai_label_on: str = "model"
    author: str = AUTHOR
    spaces: tuple[tuple[str, int], ...] = ()

    @property
    def width(self) -> int:
        """Width of the text block in twips."""
        return PAGE_WIDTH - self.left - self.right

    @property
    def height(self) -> int:
        """Height of the text block in twips."""
        return PAGE_HEIGHT - self.top - self.bottom

    @property
    def lines(self) -> int:
        """Lines on a full page (22 in the standard)."""
        return self.height // self.line_pitch

    @property
    def pitch(self) -> int:
        """Width of one character of the text in twips, its extra space included."""
        return 320 + self.spacing

    @property
    def chars(self) -> int:
        """Characters in a full line (28 in the standard)."""
        return self.width // self.pitch


def title_room(profile: Profile) -> float:
    """Return how many characters a line of the title holds (20 in the standard)."""
    return float(profile.width // (10 * profile.title_size))


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the program."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def load_profile(name: str = "standard") -> Profile:
    """Return a profile that comes with the program. Raises SettingsError for an unknown name."""
    if name not in profile_names():
        raise SettingsError(f"没有名为“{name}”的版式，可选：{'、'.join(profile_names())}。")
    return _load(name)


@cache
def _load(name: str) -> Profile:
    values = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return parse_profile({**values, "name": name})


def parse_profile(values: Mapping[str, Any], base: Profile | None = None) -> Profile:
    """Return ``base`` (the standard) with these values in place of its own.

    Raises SettingsError for an unknown name, a value of the wrong kind, or a page without room.
    """
    base = base or Profile()
    kinds = {field.name: type(getattr(base, field.name)) for field in fields(Profile)}
    given = {key: value for key, value in values.items() if key != "note"}
    for key, value in given.items():
        if key not in kinds:
            raise SettingsError(f"版式文件里的“{key}”不认识，请删去或改正。")
        if type(value) is not kinds[key]:
            raise SettingsError(f"版式文件里“{key}”的值“{value}”类型不对，请改正。")
    return checked(replace(base, **given))


def checked(profile: Profile) -> Profile:
    """Return the profile if a page can be made with it. Raises SettingsError."""
    if profile.page_number not in PAGE_NUMBERS:
        raise SettingsError(
            f"页码样式“{profile.page_number}”不认识，可选：{'、'.join(PAGE_NUMBERS)}。"
        )
    if profile.ai_label_on not in LABELLED:
        raise SettingsError(f"标识方式“{profile.ai_label_on}”不认识，可选：{'、'.join(LABELLED)}。")
    if min(profile.line_pitch, profile.title_line) < 200 or profile.pitch < 160:
        raise SettingsError("版式里的行距或字距过小，请改正后再导出。")
    if profile.width < 20 * profile.pitch or profile.height < 10 * profile.line_pitch:
        raise SettingsError("版式里的页边距过大，版心放不下正文，请改正后再导出。")
    if not 20 <= profile.title_size <= 96:
        raise SettingsError("版式里的标题字号（半磅）应在 20 与 96 之间，请改正后再导出。")
    if not 0 <= profile.footer < profile.bottom:
        raise SettingsError("版式里的页脚距离必须小于下边距，请改正后再导出。")
    _check_words(profile)
    return profile


def _check_words(profile: Profile) -> None:
    """Refuse names that no file can hold. Raises SettingsError."""
    for field in fields(Profile):
        value = getattr(profile, field.name)
        if not isinstance(value, str):
            continue
        if clean(value) != value or "\n" in value:
            raise SettingsError(f"版式文件里“{field.name}”的值含有不可见字符，请改正。")
        if not value.strip() and field.name not in MAY_BE_EMPTY:
            raise SettingsError(f"版式文件里“{field.name}”的值是空的，请填写。")


def as_profile(profile: Profile | Mapping[str, Any] | str | None) -> Profile:
    """Return a profile from its name, its values, itself, or nothing (the standard)."""
    if profile is None:
        return load_profile()
    if isinstance(profile, Profile):
        return checked(profile)
    return load_profile(profile) if isinstance(profile, str) else parse_profile(profile)
