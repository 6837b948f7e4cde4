"""Ruled tables of a PDF come as tables; what is drawn without rules, as lines."""

import sys

import pytest

from drafter import reading
from drafter.reading.pdf import with_aligned
from drafter.reading.pdf_table import Rule, find_tables, make_grid

ROWS = [["村名", "户数", "备注"], ["柳溪村", "120", "其中脱贫户\n26户"], ["石桥村", "98", ""]]
COLUMNS = [60, 160, 240, 400]
CELLS = (("村名", "户数", "备注"), ("柳溪村", "120", "其中脱贫户26户"), ("石桥村", "98", ""))


def codes(document):
    return [notice.code for notice in document.notices]


def test_a_ruled_table_is_a_table_with_its_wrapped_cells_joined(build):
    data = build.pdf([["各村情况如下："]], [build.pdf_table(ROWS, COLUMNS)])
    document = reading.read_bytes(data, "a.pdf")
    assert document.tables[0].rows == CELLS
    assert document.paragraphs == ("各村情况如下：",)
    assert document.text.splitlines()[1:] == [
        "村名：户数；备注",
        "柳溪村：120；其中脱贫户26户",
        "石桥村：98",
    ]
    assert codes(document) == ["pdf_lines", "pdf_grid"]


def test_a_table_that_a_page_cuts_is_one_and_its_head_comes_once(build):
    first = build.pdf_table(ROWS[:2], COLUMNS, top=100)
    second = build.pdf_table([ROWS[0], ROWS[2]], COLUMNS, top=760)
    document = reading.read_bytes(build.pdf([["情况："], []], [first, second]), "a.pdf")
    assert [table.rows for table in document.tables] == [CELLS]


def test_a_figure_in_the_last_cell_is_no_page_number(build):
    data = build.pdf([["情况："]], [build.pdf_table([["甲村", "乙村"], ["3", "135"]], COLUMNS[:3])])
    assert "135" in reading.read_bytes(data, "a.pdf").text


def test_a_frame_around_running_text_is_no_table(build):
    data = build.pdf([["情况："]], [build.pdf_table([["全镇共走访群众"], ["三千户"]], [60, 400])])
    document = reading.read_bytes(data, "a.pdf")
    assert not document.tables
    assert "三千户" in document.text


@pytest.mark.parametrize("shape", ["60 480 100 60 re W n", "60 480 100 60 re f"])
def test_what_only_clips_or_shades_rules_nothing(build, shape):
    drawn = "\n".join([shape, shape.replace("60 480", "160 480", 1)]).encode()
    cells = "".join(
        f"\nBT /F1 12 Tf {x} 500 Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for x, text in ((64, "甲村"), (164, "三户"))
    ).encode()
    document = reading.read_bytes(build.pdf([["情况："]], [drawn + cells]), "a.pdf")
    assert not document.tables
    assert codes(document) == ["pdf_lines", "pdf_table"]


def test_a_thin_filled_rectangle_is_a_rule(build):
    flat = [f"60 {y} 200 0.5 re f" for y in (480, 510, 540)]
    upright = [f"{x} 480 0.5 60 re f" for x in (60, 160, 260)]
    cells = [
        f"BT /F1 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for x, y, text in ((64, 520, "甲"), (164, 520, "乙"), (64, 490, "丙"), (164, 490, "丁"))
    ]
    drawn = "\n".join([*flat, *upright, *cells]).encode()
    document = reading.read_bytes(build.pdf([["情况："]], [drawn]), "a.pdf")
    assert document.tables[0].rows == (("甲", "乙"), ("丙", "丁"))


def test_rows_that_are_aligned_are_a_table_without_rules_too():
    page = ["各村情况：", "村名  户数", "柳溪村  120", "石桥村  98", "　　以上数据截至年底。"]
    found = with_aligned(page)
    assert [found[0], found[-1]] == [page[0], page[-1]]
    assert [[cell.text for cell in row] for row in found[1].rows] == [
        ["村名", "户数"],
        ["柳溪村", "120"],
        ["石桥村", "98"],
    ]


@pytest.mark.parametrize(
    "page",
    [
        ["村名  户数", "柳溪村  120"],
        ["村名  户数", "柳溪村  120  三户", "石桥村  98"],
        ["甲", "乙", "丙"],
    ],
)
def test_rows_that_are_few_or_uneven_stay_lines(page):
    assert with_aligned(page) == page


def ruled(*missing):
    flat = [Rule(True, y, 0, 200) for y in (100, 0)]
    flat += [Rule(True, 50, x, x + 100) for x in (0, 100)]
    upright = [Rule(False, x, 0, 100) for x in (0, 200)]
    upright += [Rule(False, 100, y, y + 50) for y in (0, 50)]
    return find_tables([rule for rule in [*flat, *upright] if rule not in missing])[0]


def test_where_a_rule_is_missing_cells_are_merged_and_filled_in():
    wide = make_grid(ruled(Rule(False, 100, 50, 100)), {(0, 0): ["合计"], (1, 0): ["甲"]})
    assert [[cell.text for cell in row] for row in wide.rows] == [["合计", "合计"], ["甲", ""]]
    assert [cell.repeated for cell in wide.rows[0]] == [False, True]
    high = make_grid(ruled(Rule(True, 50, 0, 100)), {(0, 0): ["甲"], (1, 1): ["3"]})
    assert [[cell.text for cell in row] for row in high.rows] == [["甲", ""], ["甲", "3"]]


def test_tables_apart_on_a_page_are_two():
    low = [
        Rule(r.flat, r.at - 500 * r.flat, *(v - 500 * (not r.flat) for v in r[2:]))
        for r in ruled().rules
    ]
    assert len(find_tables([*ruled().rules, *low])) == 2


def test_borders_drawn_cell_by_cell_are_whole_rules():
    cells = [(x, y) for x in (0, 100) for y in (0, 50)]
    flat = [Rule(True, y + d, x, x + 100) for x, y in cells for d in (0, 50)]
    upright = [Rule(False, x + d, y, y + 50) for x, y in cells for d in (0, 100)]
    table = find_tables([*flat, *upright])[0]
    assert (table.xs, table.ys) == ((0, 100, 200), (100, 50, 0))
    assert len(table.rules) == 6


def test_a_drawing_of_many_lines_is_no_table():
    assert find_tables([Rule(i % 2 == 0, i, 0, 4000) for i in range(4000)]) == []


def test_without_the_librarys_layout_mode_lines_are_read_plainly(build, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf._text_extraction._layout_mode", None)
    data = build.pdf([["情况："]], [build.pdf_table(ROWS, COLUMNS)])
    document = reading.read_bytes(data, "a.pdf")
    assert not document.tables
    assert "柳溪村" in document.text
