"""Sheets are read as they show; what they do not show is said."""

import copy
import datetime
import io
import time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import reading
from drafter.errors import InputError
from drafter.reading.cells import cell_text


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_book(*sheets):
    """Read a workbook of sheets given as (title, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return reading.read_bytes(saved(book), "a.xlsx")


def codes(document):
    return [notice.code for notice in document.notices]


def test_every_sheet_is_a_table_and_every_row_a_line():
    document = read_book(("党建", [["学习", 8], ["走访", "3406户", "已完成"]]), ("产业", [["甲"]]))
    assert [(table.name, table.rows) for table in document.tables] == [
        ("党建", (("学习", "8", ""), ("走访", "3406户", "已完成"))),
        ("产业", (("甲",),)),
    ]
    assert document.text == "学习：8\n走访：3406户；已完成\n甲"
    assert document.paragraphs == ()


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (3406, "General", "3406"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901234.5, "General", "12345678901234.5"),
        (0.985, "0.0%", "98.5%"),
        (1, "0%", "100%"),
        (0.12345, "0.00%", "12.35%"),
        (2.5, "0", "3"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "#,##0.##", "1,234.5"),
        (1234, "#,##0.##", "1,234"),
        (228, '0"人"', "228人"),
        (3.2, '0.0"万元"', "3.2万元"),
        (-5.5, "0.0;[Red]-0.0", "-5.5"),
        (15, '"第"0"名"', "第15名"),
        (7, "[$-804]General", "7"),
        (True, "General", "是"),
        ("=1+1", "General", "=1+1"),
        (datetime.datetime(2025, 3, 5), "yyyy-mm-dd", "2025年3月5日"),
        (datetime.datetime(2025, 3, 5, 14, 30), "yyyy/m/d h:mm", "2025年3月5日14时30分"),
        (datetime.datetime(2025, 3, 1), 'yyyy"年"m"月"', "2025年3月"),
        (datetime.datetime(2025, 3, 5), 'm"月"d"日"', "3月5日"),
        (datetime.time(9, 0), "h:mm", "9时"),
        (datetime.timedelta(hours=30, minutes=5), "[h]:mm", "30小时5分"),
        (None, "General", ""),
    ],
)
def test_a_cell_reads_as_it_shows(value, number_format, shown):
    assert cell_text(value, number_format) == shown


@given(st.integers(-(10**14), 10**14), st.text('0#,.%年人"\\;[]_*?ym', max_size=12))
@settings(max_examples=100, deadline=None)
def test_no_number_format_makes_reading_fail_or_a_number_vanish(value, number_format):
    shown = cell_text(value, number_format)
    assert any(char.isdigit() for char in shown)


def test_dates_in_a_sheet_are_read_as_dates():
    rows = [["日期", datetime.date(2025, 3, 5)]]
    assert read_book(("表", rows)).tables[0].rows == (("日期", "2025年3月5日"),)


@pytest.mark.parametrize(
    "attack", ["=HYPERLINK", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "\t=1"]
)
def test_text_that_looks_like_a_formula_is_read_as_text(attack, build):
    text = attack.replace("'", "&apos;")
    cell = f'<c r="A1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    document = reading.read_bytes(build.xlsx(f'<row r="1">{cell}</row>'), "a.xlsx")
    assert document.tables[0].rows == ((attack.strip(),),)


def test_a_formula_shows_its_result_and_one_without_is_flagged_as_missing(build):
    row = (
        '<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://x","甲村")</f><v>甲村</v></c>'
        '<c r="B2"><f>SUM(B3:B9)</f></c><c r="C2"><f>1+1</f><v>2</v></c>'
        '<c r="D2"><f/><v/></c></row>'
    )
    document = reading.read_bytes(build.xlsx(row), "a.xlsx")
    missing = "【待补：公式没有计算结果】"
    assert document.tables[0].rows == (("甲村", missing, "2", missing),)
    assert document.tables[0].first_row == 2
    assert codes(document) == ["formula_without_value"]
    assert "B2、D2" in document.notices[0].message


def test_merged_cells_are_filled_in(build):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["各村情况表", None, None], ["甲村", "男", 3], [None, "女", 5]]:
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    document = reading.read_bytes(saved(book), "a.xlsx")
    assert document.tables[0].rows == (
        ("各村情况表",) * 3, ("甲村", "男", "3"), ("甲村", "女", "5"),
    )  # fmt: skip
    assert document.text.splitlines() == ["各村情况表", "甲村：男；3", "甲村：女；5"]


def test_a_far_cell_costs_nothing_and_is_said(build):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    rows += '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    started = time.process_time()
    document = reading.read_bytes(
        build.xlsx(rows, before='<dimension ref="A1:XFD1048576"/>'), "a.xlsx"
    )
    assert time.process_time() - started < 2
    assert document.tables[0].rows == (("1",),)
    assert codes(document) == ["far_cell"]
    assert "第 1 行以下" in document.notices[0].message


def test_a_merged_range_over_the_whole_sheet_costs_nothing(build):
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    document = reading.read_bytes(
        build.xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', extra=merged), "a.xlsx"
    )
    assert document.tables[0].rows == (("1",),)


def test_rows_and_columns_over_the_limits_are_said():
    limits = reading.Limits(sheet_rows=3, sheet_columns=2)
    book = openpyxl.Workbook()
    for number in range(5):
        book.active.append([number, "乙", "丙"])
    document = reading.read_bytes(saved(book), "a.xlsx", limits)
    assert len(document.tables[0].rows) == 3
    assert codes(document) == ["columns_cut", "rows_cut"]


def test_sheets_over_the_limit_and_hidden_ones_are_said():
    book = openpyxl.Workbook()
    book.active.append(["甲"])
    hidden = book.create_sheet("旧数据")
    hidden.append(["藏"])
    hidden.sheet_state = "hidden"
    for number in range(200):
        book.create_sheet(f"第{number}村").append([number])
    document = reading.read_bytes(saved(book), "a.xlsx")
    assert len(document.tables) == 200
    assert codes(document) == ["hidden_sheet", "sheets_cut"]
    assert "旧数据" in document.notices[0].message
    assert "第199村" in document.notices[1].message


def test_hidden_rows_and_columns_are_read_and_said():
    book = openpyxl.Workbook()
    book.active.append(["甲", 1])
    book.active.append(["乙", 2])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    document = reading.read_bytes(saved(book), "a.xlsx")
    assert document.tables[0].rows == (("甲", "1"), ("乙", "2"))
    assert codes(document) == ["hidden_rows"]


def test_row_numbers_can_be_counted_from_the_first_row():
    document = read_book(("表", [[None], ["甲"], [None], ["乙"]]))
    table = document.tables[0]
    assert (table.first_row, table.rows) == (2, (("甲",), (), ("乙",)))


def test_a_chart_sheet_or_a_picture_does_no_harm():
    book = openpyxl.Workbook()
    book.active.append(["甲", 3])
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book.active, min_col=2, min_row=1))
    book.active.add_chart(copy.deepcopy(chart), "D1")
    book.create_chartsheet("图").add_chart(chart)
    assert reading.read_bytes(saved(book), "a.xlsx").text == "甲：3"


def test_an_empty_workbook_is_named_as_such():
    with pytest.raises(InputError, match="没有可读的文字"):
        reading.read_bytes(saved(openpyxl.Workbook()), "a.xlsx")


# text tables


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_table_is_read_with_any_separator_and_encoding(separator, encoding):
    lines = [
        ["单位", "素材", "报告期"],
        ["甲镇", '"走访群众，3406户\n办结"', "2025年"],
        ["乙镇", "开会", "上半年"],
    ]
    text = "\r\n".join(separator.join(row) for row in lines)
    document = reading.read_bytes(text.encode(encoding), "表.csv")
    assert document.tables[0].rows == (
        ("单位", "素材", "报告期"),
        ("甲镇", "走访群众，3406户\n办结", "2025年"),
        ("乙镇", "开会", "上半年"),
    )
    assert document.tables[0].name == "表"


def test_formulas_in_a_text_table_are_text():
    document = reading.read_bytes("单位,素材\n甲镇,=cmd|' /C calc'!A0\n".encode(), "a.csv")
    assert document.tables[0].rows[1] == ("甲镇", "=cmd|' /C calc'!A0")


def test_a_text_table_over_its_limits_is_cut_or_refused_with_a_word():
    limits = reading.Limits(csv_rows=2)
    assert codes(reading.read_bytes(b"a,b\n" * 5, "a.csv", limits)) == ["rows_cut"]
    with pytest.raises(InputError, match="无法按表格读取"):
        reading.read_bytes(b'a,"' + b"x" * 200_000 + b'"\n', "a.csv")
