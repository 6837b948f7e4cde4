"""Exported papers against an independent reading of GB/T 9704-2012; the checker against damage."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.domain import DraftSection
from drafter.exporting import export_docx


@pytest.mark.parametrize("kind", ["rich", "sparse", "wide"])
@pytest.mark.parametrize("review", [False, True])
@pytest.mark.parametrize("annex", [False, True])
def test_a_paper_keeps_every_rule_of_the_standard(kind, review, annex, request, checker):
    data = export_docx(request.getfixturevalue(kind), review=review, annex=annex)
    assert checker.check(data) == []


def test_a_long_paper_keeps_every_rule(rich, work, checker):
    sections = tuple(
        DraftSection(f"第{i}项工作进展情况", 1, "\n".join([work * 2] * 5), marker=f"{n}、")
        for i, n in enumerate("一二三四五六七八", 1)
    )
    assert (
        checker.check(export_docx(replace(rich, sections=sections, findings=(), evidence=()))) == []
    )


def broken(data, part, old, new):
    """Return the paper with something in one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info).decode()
            if info.filename == part:
                assert re.search(old, content), f"{old} is not in {part}"
                content = re.sub(old, new, content, count=1)
            target.writestr(zipfile.ZipInfo(info.filename, info.date_time), content)
    return out.getvalue()


LINES = Path(__file__).with_name("layout_damage.tsv").read_text(encoding="utf-8").splitlines()
DAMAGE = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("rule", "part", "old", "new"), DAMAGE)
def test_the_checker_sees_what_was_broken(rule, part, old, new, wide, checker):
    data = broken(export_docx(wide, review=True, annex=True), part, old, new)
    try:
        found = checker.check(data)
    except (KeyError, AttributeError, TypeError) as error:
        found = [f"{rule}: {error!r}"]
    assert any(line.startswith(f"{rule}:") for line in found)


def test_each_rule_has_a_damage_that_it_sees(checker):
    unseen = set(checker.RULES) - {rule for rule, *_ in DAMAGE}
    assert unseen <= {
        "headings_use_the_style_of_their_marker",
        "most_lines_keep_the_grid",
        "no_control_characters",
        "markers_are_written_as_the_standard_has_them",
    }
