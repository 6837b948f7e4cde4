"""A line over a table goes with it: it may name the measure of its figures."""

import io

import docx
import pytest

from drafter.facts import parse_tables
from drafter.reading import read_document


def _fill(table):
    for cell, text in zip(table._cells, ["指标", "完成", "税收收入", "845"], strict=False):
        cell.text = text


def _document(tmp_path, above):
    document = docx.Document()
    document.add_paragraph(above)
    _fill(document.add_table(2, 2))
    data = io.BytesIO()
    document.save(data)
    path = tmp_path / "表.docx"
    path.write_bytes(data.getvalue())
    return read_document(path)


@pytest.mark.parametrize("above", ["经济指标完成表（单位：万元）", "单位：万元", "表2：单位：万元"])
def test_the_measure_over_a_table_goes_to_its_figures(tmp_path, above):
    read = _document(tmp_path, above)
    assert read.tables[0].caption == above
    figures = [figure.text for fact in parse_tables(read.tables) for figure in fact.figures]
    assert figures == ["845万元"]


def test_a_table_knows_its_title_its_measure_and_the_heading_it_stands_under(tmp_path):
    paper = docx.Document()
    for line in ["一、矛盾纠纷排查", "全镇受理矛盾纠纷412件。", "表1 各村情况", "单位：件"]:
        paper.add_paragraph(line)
    _fill(paper.add_table(1, 2))
    paper.add_paragraph("二、反诈宣传")
    _fill(paper.add_table(1, 2))
    paper.save(str(tmp_path / "小结.docx"))
    first, second = read_document(tmp_path / "小结.docx").tables
    assert (first.caption, first.heading) == ("表1 各村情况 单位：件", "矛盾纠纷排查")
    assert (second.caption, second.heading) == ("", "反诈宣传")


@pytest.mark.parametrize(
    "above", ["一、经济运行", "各单位高度重视，" * 6 + "如下表", "税收845万元。"]
)
def test_other_lines_over_a_table_are_no_caption(tmp_path, above):
    assert _document(tmp_path, above).tables[0].caption == ""
