"""The public names, as other programs call them."""

import inspect

import pytest

import drafter
from drafter.errors import InputError
from drafter.resources import samples_dir

LINES = ["中心组学习11次", "排查隐患97处，整改97处", "问题：年轻干部不会做群众工作"]


def test_all_names_of_the_contract_are_there():
    for name in drafter.__all__:
        assert getattr(drafter, name) is not None
    with pytest.raises(AttributeError):
        drafter.nothing  # noqa: B018


def test_the_whole_way_in_the_words_of_the_contract():
    facts = drafter.parse_facts("\n".join(LINES), unit="青石镇", period="2025年")
    library = drafter.Library.open(samples_dir())
    outline = drafter.make_outline(facts, library, tasks="一、学习情况\n二、安全生产情况")
    draft = drafter.write(facts, outline, library, ask=None, year=2025, last_year="")
    assert [section.heading for section in draft.sections][:2] == ["学习情况", "安全生产情况"]
    assert drafter.check(draft.text, facts, samples=library.samples, year=2025) == [
        finding for finding in draft.findings if finding.label != "overlap"
    ]
    assert drafter.export_docx(draft, review=True, annex=True)[:2] == b"PK"


def test_check_takes_lines_and_strings():
    findings = drafter.check("排查隐患79处。", LINES, samples=["排查隐患12处。"], year=2025)
    assert [finding.text for finding in findings] == ["79处"]


def test_the_signatures_are_those_of_the_contract():
    signatures = {
        "parse_facts": ["text", "unit", "period"],
        "read_facts": ["path", "unit", "period"],
        "make_outline": ["facts", "library", "tasks"],
        "write": ["facts", "outline", "library", "ask", "year", "last_year"],
        "check": ["text", "facts", "samples", "year"],
        "overlap_matrix": ["texts", "min_run", "allow"],
        "export_docx": ["draft", "review", "annex"],
    }
    for name, names in signatures.items():
        found = list(inspect.signature(getattr(drafter, name)).parameters)
        assert found[: len(names)] == names, name


def test_a_damaged_sample_waits_until_it_is_accepted(tmp_path):
    (tmp_path / "好.txt").write_text("某镇总结\n一、学习情况\n学习12次。\n", encoding="utf-8")
    (tmp_path / "坏.txt").write_text(
        "某镇总结\n一、学习情况\n学习\ufffd\ufffd次。\n", encoding="utf-8"
    )
    library = drafter.Library.open(tmp_path)
    assert [name for name, _ in library.unread] == ["坏.txt"]
    assert len(drafter.Library.open(tmp_path, accepted=None)) == 2


def test_a_cached_library_reads_only_what_changed(tmp_path):
    folder, cache = tmp_path / "samples", tmp_path / "cache"
    folder.mkdir()
    (folder / "a.txt").write_text("甲镇总结\n一、学习情况\n学习12次。\n", encoding="utf-8")
    assert len(drafter.Library.open(folder, cache)) == 1
    (folder / "b.txt").write_text("乙镇总结\n一、安全情况\n检查9次。\n", encoding="utf-8")
    assert sorted(drafter.Library.open(folder, cache).names) == ["a", "b"]
    (folder / "a.txt").unlink()
    assert list(drafter.Library.open(folder, cache).names) == ["b"]


def test_a_folder_that_is_not_there_is_named():
    with pytest.raises(InputError, match="nowhere"):
        drafter.Library.open("nowhere")
