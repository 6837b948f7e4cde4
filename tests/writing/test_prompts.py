"""Templates are whole or refused, all faults at once; nothing of a fact is taken for a variable."""

import re
import shutil

import pytest

from drafter.errors import PromptError
from drafter.resources import prompts_dir
from drafter.writing.prompts import VARIABLES, default_prompts, load_prompts


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(prompts_dir(), tmp_path / "prompts")


def test_all_templates_are_there_and_none_besides():
    names = {path.stem for path in prompts_dir().glob("*.txt")}
    assert names == set(VARIABLES)


def test_all_faults_are_told_at_once(folder):
    (folder / "again_user.txt").unlink()
    (folder / "point_user.txt").write_text("$heading $facts $lenght $", "utf-8")
    (folder / "continue_user.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(PromptError) as caught:
        load_prompts(folder)
    message = str(caught.value)
    for part in ("again_user.txt", "$length", "$lenght", "写错的 $", "continue_user.txt"):
        assert part in message


def test_the_version_changes_with_any_text(folder):
    before = load_prompts(folder).version
    assert before == default_prompts().version
    path = folder / "point_system.txt"
    path.write_text(path.read_text("utf-8") + "。", "utf-8")
    assert load_prompts(folder).version != before


def test_a_value_is_put_in_as_it_is():
    text = default_prompts().text("point_user", heading="$facts ${x} {{y}}", facts="$$", length=9)
    assert "$facts ${x} {{y}}" in text
    assert "$$" in text


def test_the_worked_examples_handles_are_of_no_real_fact():
    example = default_prompts().texts["point_example_facts"]
    assert set(re.findall(r"F(\d+)\.", example)) == {"0"}


def test_the_worked_example_uses_every_handle_once():
    texts = default_prompts().texts
    shown = re.findall(r"F0\.\d+", texts["point_example_facts"])
    assert sorted(re.findall(r"F0\.\d+", texts["point_example_draft"])) == sorted(shown)
