"""Headings without a mark: what is one, and the level of the number it lost."""

import pytest

from drafter.samples.parse import parse_sample

LONG = "镇党委召开专题会议3次，统一了思想，明确了任务，压实了包村干部和村两委的责任，工作有序推进。"
TITLE = "青石镇2024年工作总结\n今年以来，各项工作有序推进。\n"


def outline(*lines):
    text = TITLE + "\n".join(lines).replace("~", LONG)
    return [(s.level, s.heading) for s in parse_sample(text).walk()]


def test_without_any_number_the_usual_chapters_stand_over_the_rest():
    assert outline(
        *["主要工作开展情况", "农业农村工作", "~", "项目建设工作", "~"],
        *["存在的困难和问题", "~", "下一步工作安排", "~"],
    ) == [
        (1, "主要工作开展情况"),
        (2, "农业农村工作"),
        (2, "项目建设工作"),
        (1, "存在的困难和问题"),
        (1, "下一步工作安排"),
    ]


def test_numbers_that_run_on_across_chapters_tell_that_headings_stand_over_them():
    found = outline(
        *["深化理论武装", "1.抓好学习。~", "2.抓好宣讲。~"],
        *["壮大主流舆论", "3.做强宣传。~", "4.做好引导。~", "繁荣文艺创作", "5.打造精品。~"],
    )
    assert [level for level, _ in found] == [1, 3, 3, 1, 3, 3, 1, 3]


def test_many_chapters_over_running_numbers_stand_on_the_first_level():
    lines = []
    for i in range(1, 9):
        lines += [f"健全第{i}项制度机制", f"{2 * i - 1}．抓好落实。~", f"{2 * i}．抓好督查。~"]
    assert [level for level, _ in outline(*lines)] == [1, 3, 3] * 8


def test_a_sequence_that_begins_anew_behind_deeper_ones_needs_a_heading_over_it():
    found = outline(
        *["一、抓产业", "1.抓苹果。~", "2.抓核桃。~"],
        *["抓民生，办实事", "（一）修道路。~", "（二）通自来水。~"],
    )
    assert [level for level, _ in found] == [1, 3, 3, 1, 2, 2]


def test_headings_of_one_chapter_without_numbers_have_one_level():
    found = outline(
        *["一、2023年工作回顾", "坚持稳中求进，综合实力迈上新台阶", "~"],
        *["坚持城乡统筹，人居环境展现新面貌", "~", "二、2024年工作安排"],
        *["着力推动经济高质量发展", "~", "着力保障和改善民生", "~"],
    )
    assert [level for level, _ in found] == [1, 2, 2, 1, 2, 2]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("【党建工作】", "【党建工作】"),
        ("怎样建好高标准农田？", "怎样建好高标准农田？"),
        ("存在问题：", "存在问题"),
        ("组织实施阶段（2024年4月—6月）", "组织实施阶段（2024年4月—6月）"),
        ("**党建工作情况**", "党建工作情况"),
    ],
)
def test_lines_that_end_otherwise_are_headings_too(line, heading):
    assert (1, heading) in outline(line, "~", "工作打算安排", "~")


@pytest.mark.parametrize(
    "line",
    [
        *["年度目标：", "认真抓好11方面重点工作：", "（责任单位：党政办）", "（此件公开发布）"],
        *["张建国 李红梅 王大勇", "第12期", "青石镇党政办编 2024年6月30日"],
    ],
)
def test_labels_and_notes_are_no_headings(line):
    assert outline("一、工作情况", "~", line, "~", "二、打算", "~") == [
        (1, "工作情况"),
        (1, "打算"),
    ]


def test_a_font_bullet_before_a_number_is_an_indent():
    found = outline("\ue5d2一、落实责任", "~", "\ue003强化领导。~", "\ue004强化落实。~", "二、打算")
    assert found == [(1, "落实责任"), (2, "强化领导"), (2, "强化落实"), (1, "打算")]


@pytest.mark.parametrize("stop", [" ", ",", "，"])
def test_numbers_parted_by_a_space_or_comma_are_marks(stop):
    lines = [f"一{stop}加强组织建设", "~", f"二{stop}开展主题教育", "~", f"三{stop}下一步计划", "~"]
    assert outline(*lines) == [
        (1, "加强组织建设"),
        (1, "开展主题教育"),
        (1, "下一步计划"),
    ]


def test_an_annex_title_glued_to_its_word_is_one():
    found = outline("一、总体要求", "~", "二、任务", "~", "附件人居环境整治任务分工", "一、厕所。~")
    assert found[2:] == [(1, "人居环境整治任务分工"), (1, "厕所")]


def test_a_paragraph_that_lost_its_full_stop_is_body():
    body = "组织干部外出学习两批次，引进竹木加工项目一个，到位资金2300万元，带动就业"
    assert outline("一、工作情况", body, body, "二、工作打算", body) == [
        (1, "工作情况"),
        (1, "工作打算"),
    ]


def test_a_fonts_own_numbers_stand_below_chapters_without_any():
    found = outline(
        *["2023年工作完成情况", "\ue5d1抓发展。~", "\ue5d2抓改革。~"],
        *["2024年工作安排", "\ue5d1抓项目。~", "\ue5d2抓民生。~", "\ue5d3抓安全。~"],
    )
    assert [level for level, _ in found] == [1, 2, 2, 1, 2, 2, 2]


def test_a_fonts_own_numbers_carry_no_chinese_sequence_on():
    found = outline(
        *["一、工作情况", "~", "二、重点工作", "~", "三、工作打算"],
        *[f"{chr(0xE5D0 + i)}抓好第{i}件事。~" for i in range(1, 7)],
    )
    assert [level for level, _ in found] == [1, 1, 1, 2, 2, 2, 2, 2, 2]


def test_the_last_chapter_may_have_lost_its_number():
    found = outline(
        *["一、聚焦“改”字，作风建设见实效", "~", "二、聚焦“为”字，服务企业解难题", "~"],
        *["聚焦“民”字，服务群众暖人心", "~"],
    )
    assert [level for level, _ in found] == [1, 1, 1]


def test_a_line_with_a_percentage_is_no_heading():
    line = "到2026年，全镇县级以上文明村比例达到90%"
    assert len(outline("一、工作目标", line, "~", "二、打算", "~")) == 2


def test_a_chapters_usual_words_are_a_heading_below_other_short_lines():
    lines = ["相关范文推荐给大家", "镇政府年终工作总结", "2023年工作回顾", "~", "一、抓产业。~"]
    assert (1, "2023年工作回顾") in outline(*lines, "二、抓民生。~")
