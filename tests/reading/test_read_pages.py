"""Saved web pages: what a browser shows, and nothing else."""

import pytest

from drafter import reading


def read(page, encoding="utf-8"):
    return reading.read_bytes(page.encode(encoding), "a.html")


def test_blocks_become_lines_and_inline_tags_do_not():
    page = "<h1>总结</h1><p>走访<b>3406</b>户，\n  办结</p><div>甲<div>乙</div>丙</div>丁<br>戊"
    document = read(page)
    assert document.paragraphs == ("总结", "走访3406户， 办结", "甲", "乙", "丙", "丁", "戊")
    assert document.levels == (1, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<!-- 注释 -->",
        "<template><p>藏</p></template>",
        "<noscript>藏</noscript>",
        "<div style='color:red; display : none'>藏</div>",
        "<p hidden>藏</p>",
        "<span style='font-size:0'>藏</span>",
        "<iframe src='x'>藏</iframe>",
        "<svg><text>藏</text></svg>",
        "<![CDATA[藏]]>",
        "<?php 藏 ?>",
    ],
)
def test_what_a_page_does_not_show_is_not_read(hidden):
    assert (
        read(f"<html><head><title>题</title></head><body><p>办</p>{hidden}<p>完</p>").text
        == "办\n完"
    )


def test_hidden_text_is_said():
    assert [notice.code for notice in read("<p>办</p><p hidden>藏</p>").notices] == ["hidden"]


def test_entities_are_characters_and_markup_in_them_is_text():
    assert read("<p>&lt;script&gt;甲&amp;乙&nbsp;丙</p>").text == "<script>甲&乙\xa0丙"


def test_a_table_is_a_table_with_spans_filled_in():
    page = (
        "<table><caption>各村情况</caption><tr><th>村<th colspan=2>人口</tr>"
        "<tr><td rowspan=2>甲村<td>男<td>3人</tr><tr><td>女<td>5人</tr></table>"
    )
    document = read(page)
    assert document.tables[0].name == "各村情况"
    assert document.tables[0].rows == (
        ("村", "人口", "人口"), ("甲村", "男", "3人"), ("甲村", "女", "5人"),
    )  # fmt: skip
    assert document.text.splitlines() == ["村：人口", "甲村：男；3人", "甲村：女；5人"]


def test_a_table_for_layout_is_running_text():
    page = "<table><tr><td><p>一、甲</p><table><tr><td>子<td>3户</table><p>二、乙</p></table>"
    document = read(page)
    assert document.text.splitlines() == ["一、甲", "子：3户", "二、乙"]


def test_a_huge_span_costs_nothing():
    assert read("<table><tr><td rowspan=99999 colspan=99999>甲<td>乙</table>").text


def test_ordered_lists_have_their_numbers():
    assert read("<ol start=3><li>甲<li>乙</ol><ul><li>丙</ul>").paragraphs == ("3.甲", "4.乙", "丙")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["", "<meta charset=gb2312>", "<meta charset='utf-8'>"])
def test_a_page_is_read_in_its_true_encoding_whatever_it_declares(encoding, declared):
    text = "全镇共走访群众3406户，办结率98.5%。"
    assert read(f"<html><head>{declared}</head><p>{text}</p>", encoding).text == text
