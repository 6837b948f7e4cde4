"""The check as a command: beside the findings, the facts not used and the tasks not answered."""

import json

from drafter.cli import main

FACTS = "走访困难群众 36户\n硬化通组公路 12公里\n"


def test_the_check_names_the_facts_that_a_text_does_not_use(tmp_path):
    (tmp_path / "facts.txt").write_text(FACTS, "utf-8")
    (tmp_path / "text.txt").write_text("全年走访困难群众36户。\n", "utf-8")
    arguments = ["check", str(tmp_path / "text.txt"), "--facts", str(tmp_path / "facts.txt")]
    assert main([*arguments, "--json", str(tmp_path / "report.json")]) == 0
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report == {"findings": [], "unused_facts": ["F2"]}


def test_a_draft_names_the_tasks_that_it_does_not_answer(tmp_path):
    (tmp_path / "facts.txt").write_text(FACTS, "utf-8")
    (tmp_path / "tasks.txt").write_text("一、民生保障\n二、道路建设\n", "utf-8")
    arguments = ["draft", str(tmp_path / "facts.txt"), "--tasks", str(tmp_path / "tasks.txt")]
    main([*arguments, "--json", str(tmp_path / "draft.json")])
    report = json.loads((tmp_path / "draft.json").read_text("utf-8"))
    assert report["unanswered_tasks"] == []
