"""A revision holds both versions: accepting gives the new text, rejecting the old."""

import copy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Draft, DraftSection
from drafter.errors import ExportError
from drafter.exporting import export_docx, export_revision
from drafter.exporting.align import align, differences

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def resolved(checker, data, keep, drop):
    """Return the paragraphs' texts when changes of kind ``keep`` stay and those of ``drop`` go."""
    body = copy.deepcopy(checker.Paper(data).body)
    for row in [r for r in body.iter(f"{W}tr") if r.find(f"{W}trPr/{W}{drop}") is not None]:
        row.getparent().remove(row)
    texts, carried = [], ""
    for p in body.iter(f"{W}p"):
        gone = {e for d in p.iter(f"{W}{drop}") for e in d.iter()}
        for e in p.iter(f"{W}t", f"{W}delText", f"{W}br", f"{W}tab"):
            if e not in gone:
                carried += e.text or ("" if e.tag.endswith("t") else "\n")
        if p.find(f"{W}pPr/{W}rPr/{W}{drop}") is None:
            texts.append(carried)
            carried = ""
    return [t for t in [*texts, carried] if t]


def plain(checker, draft):
    return [p.text for p in checker.Paper(export_docx(draft)).ps if p.text]


def revised(rich):
    first, second, *rest = rich.sections
    changed = replace(
        second,
        text=second.text.replace("136", "137").replace("强化部署", "周密部署") + "\n新加一段。",
    )
    return replace(
        rich,
        title="云溪镇工作总结",
        sections=(first, changed, *rest[1:]),
        issue_date="2026年1月9日",
    )


def test_accepting_all_changes_gives_the_new_paper_and_rejecting_the_old(rich, checker):
    data = export_revision(rich, revised(rich))
    assert resolved(checker, data, "ins", "del") == plain(checker, revised(rich))
    assert resolved(checker, data, "del", "ins") == plain(checker, rich)


def test_a_revision_of_a_table_keeps_both_tables_apart(rich, checker):
    section = replace(rich.sections[2], text=rich.sections[2].text.replace("8120", "8130"))
    new = replace(rich, sections=(*rich.sections[:2], section, *rich.sections[3:]))
    data = export_revision(rich, new)
    assert resolved(checker, data, "ins", "del") == plain(checker, new)
    assert resolved(checker, data, "del", "ins") == plain(checker, rich)


def test_only_the_figure_that_changed_is_marked(rich, checker):
    section = replace(rich.sections[3], text=rich.sections[3].text.replace("136处", "1360处", 1))
    new = replace(rich, sections=(*rich.sections[:3], section, *rich.sections[4:]))
    paper = checker.Paper(export_revision(rich, new))
    kinds = {
        k: "".join(t.text for e in paper.doc.iter(W + k) for t in e.iter(f"{W}t", f"{W}delText"))
        for k in ("ins", "del")
    }
    assert kinds == {"ins": "1360", "del": "136"}


def test_a_changed_paragraph_keeps_the_fonts_of_the_new_version(checker):
    def version(text):
        return Draft("总结", (DraftSection("工作", 1, text, marker="一、"),))

    old, new = "（一）压实责任。整改131处。", "（一）压紧压实责任。整改131处，【待补：时限】。"
    paper = checker.Paper(export_revision(version(old), version(new)))
    assert list(checker.rule_fonts_follow_the_role_by_script(paper)) == []
    assert list(checker.rule_only_what_is_open_is_yellow(paper)) == []
    changed = next(p for p in paper.main if p.text == new)
    named = [text for run, text in changed.runs() if run.find(f"{W}rPr/{W}rStyle") is not None]
    assert "".join(named) == "（一）压紧压实责任。"


def set_in(checker, data, drop=""):
    """Return each paragraph's style and its characters with theirs, one kind of change gone."""
    body = copy.deepcopy(checker.Paper(data).body)
    for kind in ("pPrChange", "rPrChange") if drop == "ins" else ():  # all changes are rejected
        for change in list(body.iter(W + kind)):
            now = change.getparent()
            now.getparent().replace(now, change[0])
    for gone in list(body.iter(W + drop)) if drop else ():
        gone.getparent().remove(gone)
    return [found for found in map(_fonts, body.iter(f"{W}p")) if found[1]]


def _fonts(p):
    style = p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
    runs = [(r.find(f"{W}rPr/{W}rStyle"), r) for r in p.iter(f"{W}r")]
    return style, [
        (c, None if font is None else font.get(f"{W}val"))
        for font, r in runs
        for t in r.iter(f"{W}t", f"{W}delText")
        for c in t.text
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（一）压实责任。整改131处。", "压实责任。整改131处。"),
        ("压实责任，整改131处。", "（一）压实责任。整改131处。"),
        ("（一）压实责任。整改131处。", "（一）压实责任，整改131处。"),
        ("（一）压实责任", "1.压实责任"),
    ],
)
def test_rejecting_gives_the_old_fonts_too_and_accepting_the_new_ones(old, new, checker):
    before, after = (
        Draft("总结", (DraftSection("工作", 1, text, marker="一、"),)) for text in (old, new)
    )
    data = export_revision(before, after)
    assert set_in(checker, data, drop="del") == set_in(checker, export_docx(after))
    assert set_in(checker, data, drop="ins") == set_in(checker, export_docx(before))
    assert checker.check(data) == []


def test_a_heading_that_only_changed_its_level_says_what_it_was(checker):
    old, new = (
        Draft("总结", (DraftSection("工作", level, "完成。", marker="一、"),)) for level in (1, 2)
    )
    data = export_revision(old, new)
    assert set_in(checker, data, drop="ins") == set_in(checker, export_docx(old))
    assert set_in(checker, data, drop="del") == set_in(checker, export_docx(new))


def test_changes_name_author_and_date(rich, checker):
    paper = checker.Paper(export_revision(rich, revised(rich)))
    marks = [e for k in ("ins", "del") for e in paper.doc.iter(W + k)]
    assert {(e.get(f"{W}author"), e.get(f"{W}date")) for e in marks} == {
        ("起草助手", "2026-01-09T00:00:00Z")
    }


def test_a_revision_without_changes_has_no_marks(rich, checker):
    paper = checker.Paper(export_revision(rich, rich))
    assert not [e for k in ("ins", "del") for e in paper.doc.iter(W + k)]


def test_a_version_without_sections_is_refused(rich):
    with pytest.raises(ExportError, match="没有栏目"):
        export_revision(Draft("总结", ()), rich)


TEXTS = st.text(st.sampled_from("一是强化部署，排查1234567890处。；%\n"), max_size=80)


@given(TEXTS, TEXTS)
def test_differences_hold_both_texts(old, new):
    pieces = differences(old, new)
    assert "".join(t for k, t in pieces if k != "+") == old
    assert "".join(t for k, t in pieces if k != "-") == new


def test_differences_of_very_long_texts_are_found_by_sentences():
    old = "全镇推进各项工作。" * 4000
    pieces = differences(old, old.replace("。", "，", 1))
    assert "".join(t for k, t in pieces if k != "+") == old
    assert sum(len(t) for k, t in pieces if k != "=") < 50


@given(st.lists(TEXTS, max_size=8), st.lists(TEXTS, max_size=8))
def test_aligned_versions_keep_order_and_lose_nothing(old, new):
    pairs = align(old, new)
    assert [a for a, _ in pairs if a is not None] == list(range(len(old)))
    assert [b for _, b in pairs if b is not None] == list(range(len(new)))


LINES = st.lists(
    st.text(st.sampled_from("一是强化部署，排查136处。（一）"), min_size=1, max_size=30), max_size=5
)


@settings(max_examples=40, deadline=None)
@given(LINES, LINES)
def test_any_revision_resolves_both_ways(checker, old, new):
    versions = [
        Draft("总结", (DraftSection("工作", 1, "\n".join(lines), marker="一、"),))
        for lines in (old, new)
    ]
    data = export_revision(*versions)
    assert resolved(checker, data, "ins", "del") == plain(checker, versions[1])
    assert resolved(checker, data, "del", "ins") == plain(checker, versions[0])
