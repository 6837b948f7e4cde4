"""Headings that only a full stop, or a space, parts from the text before."""

import pytest

from drafter.samples.parse import parse_sample

LONG = "镇党委召开专题会议3次，统一了思想，明确了任务，压实了包村干部和村两委的责任，工作有序推进。"
TITLE = "青石镇2024年工作总结"
LEAD = "今年以来，各项工作有序推进。"


def outline(text):
    sample = parse_sample(text.replace("~", LONG))
    return [(s.level, s.heading) for s in sample.walk()], [w.code for w in sample.warnings]


def test_a_heading_without_number_at_a_paragraphs_end_is_cut_off():
    text = "\n".join(
        [TITLE, LEAD, "一、工作情况", "（一）抓学习。~", "（二）抓整改。~工作打算安排"]
    )
    found, codes = outline(text + "\n（一）抓项目。~\n（二）抓民生。~")
    assert found == [
        *[(1, "工作情况"), (2, "抓学习"), (2, "抓整改")],
        *[(1, "工作打算安排"), (2, "抓项目"), (2, "抓民生")],
    ]
    assert codes == ["glued_heading"]


def test_a_heading_without_number_between_a_stop_and_a_sequence_is_cut_off():
    text = f"{TITLE}\n{LEAD}\n一、工作情况\n~~~明年工作安排（一）抓项目。~~~（二）抓民生。~~~"
    assert outline(text)[0][1:] == [(1, "明年工作安排"), (2, "抓项目"), (2, "抓民生")]


def test_a_chapter_and_its_first_section_may_stand_on_one_line():
    text = f"{TITLE}\n{LEAD}\n一、工作进展（一）修公路。~（二）养公路。~\n二、打算\n~"
    assert outline(text)[0] == [(1, "工作进展"), (2, "修公路"), (2, "养公路"), (1, "打算")]


def test_words_that_announce_a_list_are_no_heading():
    text = f"{TITLE}\n{LEAD}\n一、工作情况\n~经营范围包括1.农资供应。~2.农产品收购。~\n二、打算\n~"
    assert [h for level, h in outline(text)[0] if level == 1] == ["工作情况", "打算"]


@pytest.mark.parametrize("space", [" ", "\u3000\u3000", "\xa0"])
def test_spaces_part_the_paragraphs_of_a_text_on_one_line(space):
    lines = [TITLE, LEAD, "工作回顾", "（一）抓学习。~", "（二）抓整改。~", "工作安排", "~"]
    found, codes = outline(space.join(lines))
    assert found == [(1, "工作回顾"), (2, "抓学习"), (2, "抓整改"), (1, "工作安排")]
    assert set(codes) == {"single_line", "unnumbered_heading"}


def test_spaces_around_figures_part_nothing():
    text = f"{TITLE}\n2024 年 全镇 投入 300 万元 ，新建 12 处 水窖 。 一、工作情况~二、打算~"
    assert (1, "打算") not in outline(text)[0][:1]
    assert "全镇" not in [h for _, h in outline(text)[0]]


@pytest.mark.parametrize("between", ["\n", "", " "])
def test_chapters_are_read_wherever_a_sentence_ends(between):
    parts = ["第一章　总则", "第一条　~", "第二章　责任", "第二条　~", "第三章　附则", "第三条　~"]
    found, _ = outline(
        f"机关考勤办法\n{parts[0]}\n" + between.join(parts[1:]).replace("责任", "责任\n")
    )
    assert [h[:2] for _, h in found] == ["总则", "责任", "附则"]


def test_a_chapters_label_alone_on_its_line_takes_the_next_line():
    assert outline("机关考勤办法\n第一章\n总则\n~\n第二章\n责任\n~")[0] == [
        (1, "总则"),
        (1, "责任"),
    ]


def test_sections_of_a_chapter_stand_below_it():
    found, _ = outline("规划\n第一章 基础\n~\n第二章 任务\n第一节 产业\n~\n第二节 民生\n~")
    assert found == [(1, "基础"), (1, "任务"), (2, "产业"), (2, "民生")]


@pytest.mark.parametrize(
    "line", ["新华社北京9月6日电", "平川县人民政府", "平川县自然资源局", "上一篇：召开防汛工作会"]
)
def test_lines_of_a_web_page_are_no_headings(line):
    text = f"{TITLE}\n{LEAD}\n一、工作情况\n~\n{line}\n~\n二、打算\n~"
    assert outline(text)[0] == [(1, "工作情况"), (1, "打算")]


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("强化日常巡查", "镇村两级河长坚持每月巡河不少于两次"),
        ("开展专项整治", "今年组织清理河道垃圾210吨"),
        ("健全考核制度", "各级行政机关要按照规定开展考核"),
        ("抓好学习教育", "以主题党日为抓手开展集中学习"),
        ("推进依法行政的目标", "推进依法行政，经过几年不懈努力"),
    ],
)
def test_nothing_but_the_sentences_beginning_ends_a_heading(heading, body):
    rest = "，明确了责任单位、责任人员和完成时限，逐项登记造册，限期整改到位，定期通报结果"
    points = f"（一）抓学习。~\n（二）{heading}{body}{rest}。"
    text = f"{TITLE}\n{LEAD}\n一、工作情况\n{points}\n二、打算\n~"
    assert (2, heading) in outline(text)[0]


def test_a_long_article_is_not_cut_at_a_word_inside():
    article = (
        "镇机关干部职工在工作日离开本镇行政区域的，应当向分管领导请假，"
        "并在返回以后及时销假，未经批准的按旷工处理"
    )
    text = f"考勤规定\n{LEAD}\n一、{article}。\n二、本规定由党政办负责解释。"
    assert outline(text)[0][0] == (1, article[:40])


def test_a_chapter_of_two_characters_that_lost_its_number_is_one():
    found, _ = outline("机关考勤办法\n总则\n~\n第二章 责任\n~\n附则\n~")
    assert [h for _, h in found] == ["总则", "责任", "附则"]
