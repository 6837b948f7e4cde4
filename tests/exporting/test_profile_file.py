"""An office's profile is a JSON file that names what differs."""

import json

import pytest

from drafter.errors import SettingsError
from drafter.exporting import load_profile
from drafter.printing import read_profile


def test_no_setting_is_the_standard_and_a_name_is_that_profile():
    assert read_profile("") == load_profile()
    assert read_profile("glyph-margins").top == 1960


def test_a_file_changes_what_it_names_on_top_of_its_base(tmp_path):
    path = tmp_path / "镇.json"
    path.write_text(json.dumps({"base": "glyph-margins", "sealed": True, "note": "本镇"}), "utf-8")
    profile = read_profile(str(path))
    assert (profile.name, profile.sealed, profile.top) == ("镇", True, 1960)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "没有版式文件"),
        ("{", "不是正确的 JSON"),
        ("[1]", "一组"),
        ('{"base": "none"}', "没有名为"),
        ('{"top": "37"}', "类型不对"),
        (" " * 200_000, "过大"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(tmp_path, content, said):
    path = tmp_path / "p.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsError, match=said):
        read_profile(str(path))
