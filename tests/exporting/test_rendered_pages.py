"""What stands on the printed page: margins, grid, indents, page numbers, title, signature."""

import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise

import pytest

from drafter import printing
from drafter.domain import Draft, DraftSection
from drafter.exporting import export_docx

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM
PITCH, CHARACTER = 28.95, 15.7

pytestmark = pytest.mark.skipif(
    not (printing.printer() and shutil.which("pdftotext")),
    reason="LibreOffice or pdftotext is not installed",
)


def rendered(data, folder, drawn):
    """Return the lines of each page, from the top."""
    path = folder / "paper.pdf"
    path.write_bytes(printing.to_pdf(data))
    return [page.lines for page in drawn.pages_of(path)]


@pytest.fixture(scope="module")
def grid_pages(tmp_path_factory, drawn):
    """Pure Chinese text over four pages: the grid can be counted."""
    text = "\n".join(["国" * 300] * 8)
    draft = Draft(
        "云溪镇人民政府关于二〇二五年度安全生产工作情况的总结",
        (DraftSection("工作情况", 1, text, marker="一、"),),
        unit="云溪镇人民政府",
        issue_date="2026年1月5日",
        addressee="县政府办公室",
    )
    return rendered(export_docx(draft), tmp_path_factory.mktemp("grid"), drawn)


def text_of(page):
    return [line for line in page if line.bottom < BOTTOM + 4]


def test_a_full_page_has_22_lines_a_pitch_apart(grid_pages):
    lines = text_of(grid_pages[1])
    assert len(lines) == 22
    assert max(len(text_of(page)) for page in grid_pages) == 22
    steps = [b.bottom - a.bottom for a, b in pairwise(lines)]
    assert all(step == pytest.approx(PITCH, abs=0.3) for step in steps)


def test_a_full_line_has_28_characters_within_the_block(grid_pages):
    full = [line for line in text_of(grid_pages[1]) if len(line.text) == 28]
    assert len(full) > 15
    for line in full:
        assert line.left == pytest.approx(LEFT, abs=1.2)
        assert line.right == pytest.approx(RIGHT, abs=2.5)


def test_a_first_line_begins_two_characters_in(grid_pages):
    indented = [line for page in grid_pages for line in text_of(page) if len(line.text) == 26]
    assert len(indented) >= 7
    assert all(line.left == pytest.approx(LEFT + 2 * CHARACTER, abs=1.5) for line in indented)


def test_the_text_stands_within_the_block_from_top_to_bottom(grid_pages):
    for page in grid_pages:
        lines = text_of(page)
        assert lines[0].top >= TOP - 2
        assert lines[-1].bottom <= BOTTOM + 2


def test_page_numbers_stand_outside_7_mm_below_the_block(grid_pages):
    for number, page in enumerate(grid_pages, 1):
        foot = page[-1]
        assert foot.text == f"—{number}—"
        assert (foot.top + foot.bottom) / 2 - BOTTOM == pytest.approx(7 * MM, abs=4)
        if number % 2:
            assert foot.right == pytest.approx(RIGHT - 14, abs=2)
        else:
            assert foot.left == pytest.approx(LEFT + 14, abs=2)


def test_the_title_is_centred_in_two_lines_with_a_blank_line_below(grid_pages):
    first, second, addressee = grid_pages[0][:3]
    middle = (LEFT + RIGHT) / 2
    for line in (first, second):
        assert (line.left + line.right) / 2 == pytest.approx(middle, abs=1.5)
        assert line.right - line.left <= RIGHT - LEFT
    assert second.bottom - first.bottom == pytest.approx(33, abs=0.5)
    assert addressee.text == "县政府办公室："
    assert addressee.left == pytest.approx(LEFT, abs=1.2)
    assert addressee.bottom - second.bottom > 1.7 * PITCH


def test_name_and_date_end_where_the_arithmetic_puts_them(grid_pages):
    lines = grid_pages[-1]
    unit = next(line for line in lines if line.text == "云溪镇人民政府")
    date = next(line for line in lines if line.text == "2026年1月5日")
    assert RIGHT - unit.right == pytest.approx(2 * CHARACTER, abs=2)
    # The substituted font's digits are wider, so the date is measured where it ends: the name has
    # seven characters, the date six, so it ends one from the right.
    assert RIGHT - date.right == pytest.approx(CHARACTER, abs=2)
    assert date.left > unit.left
    above = lines[lines.index(unit) - 1]
    assert unit.bottom - above.bottom == pytest.approx(2 * PITCH, abs=1)


@pytest.mark.parametrize("length", [145, 229, 520])
def test_no_printed_page_holds_a_signature_alone(length, rich, tmp_path, drawn):
    section = DraftSection(
        "工作情况", 1, "\n".join(["国" * length] * 3 + ["国" * 150]), marker="一、"
    )
    pages = rendered(export_docx(replace(rich, sections=(section,), annexes=())), tmp_path, drawn)
    assert "国" in "".join(line.text for line in pages[-1])


def test_no_heading_stands_at_the_foot_of_a_page(rich, tmp_path, drawn):
    sections = tuple(
        DraftSection(f"第{n}项工作", 1, "国" * (40 + 31 * i), marker=f"{n}、")
        for i, n in enumerate("一二三四五六七八九")
    )
    for page in rendered(export_docx(replace(rich, sections=sections)), tmp_path, drawn)[:-1]:
        assert not re.match("[一二三四五六七八九]、第", text_of(page)[-1].text)


def test_a_table_stands_in_the_block(rich, tmp_path, drawn):
    pages = rendered(export_docx(rich, annex=True), tmp_path, drawn)
    cells = [
        line for page in pages for line in page if "小麦" in line.text or "应急办" in line.text
    ]
    assert len(cells) >= 2
    assert all(line.left >= LEFT - 1 and line.right <= RIGHT + 1 for line in cells)
    assert pages[-1][0].text == "附件3"
    assert pages[-1][1].text == "数字和事实依据对照表"


BOX = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD_BOX = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)


def test_wide_tables_lie_across_with_the_number_where_upright_pages_have_it(wide, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(printing.to_pdf(export_docx(wide)))
    command = ["pdftotext", "-bbox", str(path), "-"]
    layout = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = [(float(w) > float(h), inside) for w, h, inside in BOX.findall(layout)]
    turned = [number for number, (across, _) in enumerate(pages, 1) if across]
    assert len(turned) >= 2
    assert not pages[0][0]
    assert not pages[-1][0]
    for number in turned:
        words = [(*map(float, box), text) for *box, text in WORD_BOX.findall(pages[number - 1][1])]
        beside = [w for w in words if w[2] < 35 * MM]  # left of the block: below it, once turned
        assert "".join(text for *_, text in sorted(beside, key=lambda w: w[1])) == f"—{number}—"
        assert (beside[0][0] + beside[0][2]) / 2 == pytest.approx(28 * MM, abs=4)
        if number % 2:
            assert max(w[3] for w in beside) == pytest.approx((210 - 26) * MM - 14, abs=2)
        else:
            assert min(w[1] for w in beside) == pytest.approx(28 * MM + 14, abs=2)
        assert "第1项指标完成情况" in "".join(w[4] for w in words)  # the head on each page
        assert all(w[0] > 34 * MM and w[2] < (297 - 36) * MM for w in words if w not in beside)
