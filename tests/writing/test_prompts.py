"""Templates are whole or refused, all faults at once; nothing of a fact is taken for a variable."""

import re
import shutil

import pytest

from drafter.errors import PromptError
from drafter.resources import prompts_dir
from drafter.writing.asking import estimate_tokens
from drafter.writing.prompts import VARIABLES, default_prompts, load_prompts
from drafter.writing.write import write


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(prompts_dir(), tmp_path / "prompts")


def test_all_templates_are_there_and_none_besides():
    names = {path.stem for path in prompts_dir().glob("*.txt")}
    assert names == set(VARIABLES)


def test_all_faults_are_told_at_once(folder):
    (folder / "again_user.txt").unlink()
    (folder / "point_user.txt").write_text("$fact $lenght $", "utf-8")
    (folder / "continue_user.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(PromptError) as caught:
        load_prompts(folder)
    message = str(caught.value)
    for part in ("again_user.txt", "$facts", "$lenght", "写错的 $", "continue_user.txt"):
        assert part in message


def test_the_version_changes_with_any_text(folder):
    before = load_prompts(folder).version
    assert before == default_prompts().version
    path = folder / "point_system.txt"
    path.write_text(path.read_text("utf-8") + "。", "utf-8")
    assert load_prompts(folder).version != before


def test_a_value_is_put_in_as_it_is():
    text = default_prompts().text("point_user", facts="$facts ${x} {{y}} $$")
    assert "$facts ${x} {{y}} $$" in text
    assert "$$" in text


def test_the_worked_examples_handles_are_of_no_real_fact():
    example = default_prompts().texts["point_example_facts"]
    assert set(re.findall(r"F(\d+)\.", example)) == {"0"}


def test_the_worked_example_uses_every_handle_once():
    texts = default_prompts().texts
    shown = re.findall(r"F0\.\d+", texts["point_example_facts"])
    assert sorted(re.findall(r"F0\.\d+", texts["point_example_draft"])) == sorted(shown)


def test_a_heading_is_shown_only_where_it_turns_the_sense_of_the_facts(tools, demo):
    facts, outline = demo
    model = tools.Model(tools.obedient)
    write(facts, outline, None, ask=model)
    shown = {line for p in model.asked for line in p.messages[-1][1].splitlines() if "栏目" in line}
    turning = {f"栏目：{s.heading}" for s in outline.sections if s.function in {"problems", "plan"}}
    assert shown == turning != set()


def test_most_of_a_runs_prompts_stood_at_the_head_of_an_earlier_one(tools, demo):
    model = tools.Model(tools.obedient)
    draft = write(*demo, None, ask=model)
    asked = [str(prompt) for prompt in model.asked]
    shared = sum(
        max((same_head(text, other) for other in asked[:n]), default=0)
        for n, text in enumerate(asked)
    )
    assert shared >= 0.69 * sum(map(len, asked))
    assert sum(map(estimate_tokens, asked)) <= 3.1 * len(draft.text)


def same_head(a, b):
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(min(a, b)))
