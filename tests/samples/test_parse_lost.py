"""Numbers that a hand lost, stops that are points, marks that are none: read by what is around."""

import pytest

from drafter.samples.parse import parse_sample

LONG = "镇党委召开专题会议3次，统一了思想，明确了任务，压实了包村干部和村两委的责任，工作有序推进。"
TITLE = "青石镇2024年工作总结\n今年以来，各项工作有序推进。\n"


def outline(*lines):
    text = TITLE + "\n".join(lines).replace("~", LONG)
    return [(s.level, s.heading) for s in parse_sample(text).walk()]


def codes(*lines):
    return [w.code for w in parse_sample(TITLE + "\n".join(lines).replace("~", LONG)).warnings]


@pytest.mark.parametrize("lost", ["党建", "抓好督查。", "抓好督查工作："])
def test_a_gap_of_one_number_is_filled_by_the_one_line_that_fits(lost):
    lines = ["一、工作情况", "（一）学习", "~", lost, "~", "（三）廉政", "~", "二、打算", "~"]
    assert (2, lost.rstrip("。：")) in outline(*lines)
    assert codes(*lines) == ["unnumbered_heading"]


def test_a_gap_is_filled_by_a_paragraph_whose_first_sentence_is_like_a_heading():
    lines = ["一、工作情况", "（一）抓学习。~", "建好机制。~", "（三）抓长效。~", "二、打算", "~"]
    assert (2, "建好机制") in outline(*lines)


def test_a_gap_that_several_lines_could_fill_stays_a_gap():
    lines = ["一、情况", "（一）学习", "~", "党建", "~", "廉政", "~", "（三）民生", "~", "二、打算"]
    assert [h for level, h in outline(*lines) if level == 2] == ["学习", "民生"]
    assert "numbering_gap" in codes(*lines)


def test_a_chain_of_lines_goes_on_behind_a_chain_inside_one_of_them():
    inner = "办好实事：一是修路。二是通水。三是建桥。四是办学。五是建园。"
    lines = ["一、情况", "一是抓产业", "~", "二是抓民生", inner, "三是抓治理", "~", "二、打算", "~"]
    assert [h for _, h in outline(*lines)][1:9] == [
        *["抓产业", "抓民生", "修路", "通水", "建桥", "办学", "建园", "抓治理"]
    ]
    assert not codes(*lines)


@pytest.mark.parametrize(
    "line", ["一、二期工程已经竣工，三期工程正在推进。", "（一）期安置房已交付。"]
)
def test_what_comes_in_series_numbers_no_heading(line):
    assert len(outline("一、工作情况", f"~{line}~", line, "二、打算", "~")) == 2


def test_a_first_section_glued_to_its_glued_chapter_is_cut_off():
    text = "~一、主要工作（一）抓动员部署镇党委召开动员大会，干部参加。（二）抓学习教育。~"
    assert outline(text, "二、打算", "~")[:3] == [
        (1, "主要工作"),
        (2, "抓动员部署镇党委召开动员大会，干部参加"),
        (2, "抓学习教育"),
    ]


def test_in_a_paper_with_points_a_point_ends_a_heading():
    found = outline("一、加强领导,明确责任", "1.抓好排查登记.对场所进行了排查,建立了台账.")
    assert found == [(1, "加强领导,明确责任"), (3, "抓好排查登记")]
    assert outline("一、情况", "1.增长2.5个百分点")[1] == (3, "增长2.5个百分点")


@pytest.mark.parametrize(
    ("line", "heading"), [("第一章总体要求", "总体要求"), ("第二部分 主要任务", "主要任务")]
)
def test_chapters_and_parts_are_read_with_and_without_a_space(line, heading):
    assert outline(line, "一、指导思想", "~", "二、原则", "~")[0] == (1, heading)


def test_a_chapter_mentioned_in_a_sentence_is_none():
    assert outline("一、情况", "第一章规定的任务已经完成。", "二、打算", "~") == [
        (1, "情况"),
        (1, "打算"),
    ]


def test_a_lone_annex_named_before_signature_and_date_begins_no_annex():
    back = ["附件：工程概算表", "青石镇人民政府", "2024年9月12日", "（联系人：王大山）"]
    assert len(outline("一、情况", "~", "二、打算", "~", *back)) == 2


def test_links_that_no_stop_parts_from_the_one_before_are_read():
    text = "~一是依据充分的，解决到位。二是部分合理的，先行解决三是不合理的，耐心解释四是送助上门。"
    found = [h for level, h in outline("一、情况", text, "二、打算", "~") if level == 5]
    assert [heading[:4] for heading in found] == ["依据充分", "部分合理", "不合理的", "送助上门"]


def test_a_glued_heading_behind_one_that_lost_its_number_is_read():
    lines = [
        "一、情况",
        "（一）抓学习。~",
        "抓整改。~（三）抓长效。~",
        "（四）抓民生。~",
        "二、打算",
    ]
    assert [h for _, h in outline(*lines)] == [*["情况", "抓学习", "抓长效", "抓民生", "打算"]]


def test_a_measure_word_is_no_noise_of_encodings():
    assert not codes("一、情况", "~做到斤斤计较、半斤八两分得清。", "二、打算", "~")
    assert "ocr_noise" in codes("一、情况", "~锟斤拷锟斤拷~", "二、打算", "~")


def test_a_chain_that_begins_with_the_heading_is_read():
    found = outline("一、情况", "（一）一是抓学习。~二是抓整改。~", "（二）抓长效。~", "二、打算")
    assert found[1:4] == [(2, "一是抓学习"), (5, "抓学习"), (5, "抓整改")]


@pytest.mark.parametrize("mark", ["★{}、", "■{}、", "{}。", "{}：", "{} "])
def test_chapters_are_read_behind_bullets_and_with_other_stops(mark):
    lines = [mark.format(n) + heading for n, heading in zip("一二三", "甲乙丙", strict=True)]
    text = [part for line in lines for part in (f"{line}项工作", "~")]
    assert outline(*text) == [(1, "甲项工作"), (1, "乙项工作"), (1, "丙项工作")]
    assert "ocr_noise" not in codes(*text)


@pytest.mark.parametrize("brackets", ["〔〕", "【】", "［］"])
def test_sections_are_read_in_other_brackets(brackets):
    first, last = brackets
    lines = [f"{first}一{last}抓学习。~", f"{first}二{last}抓整改。~"]
    assert outline("一、情况", *lines, "二、打算", "~")[1:3] == [(2, "抓学习"), (2, "抓整改")]


def test_a_mark_alone_on_its_line_belongs_to_the_next():
    lines = [
        "一、",
        "工作情况",
        "~",
        "（一）",
        "抓学习",
        "~",
        "（二）",
        "抓整改",
        "~",
        "二、",
        "打算",
    ]
    assert outline(*lines) == [(1, "工作情况"), (2, "抓学习"), (2, "抓整改"), (1, "打算")]
    assert set(codes(*lines)) == {"split_marker"}


def test_several_lines_that_are_quotations_head_the_parts_of_a_story():
    lines = ["~", "“要致富，先修路”", "~", "“一个都不能少”", "~", "“大家商量着办”", "~"]
    assert [level for level, _ in outline(*lines)] == [1, 1, 1]
    assert not outline("~", "“要致富，先修路”", "~")


def test_a_heading_behind_a_note_in_brackets_is_one():
    lines = ["一、情况", "（一）抓产业。~〔牵头单位：农办〕", "做好风险防控工作", "（二）抓民生。~"]
    assert "做好风险防控工作" in [h for _, h in outline(*lines)]


def test_a_fonts_own_numbers_before_items_of_a_sentence_stand_on_one_level():
    items = [f"{chr(0xE5D1 + i)}涉及第{i}类事项的；" for i in range(5)]
    found = outline("一、可以先行先试：", *items, "二、应当报批：", *items)
    assert [level for level, _ in found] == [1, *[2] * 5, 1, *[2] * 5]


def test_a_chapter_with_no_stop_behind_it_ends_with_its_usual_words():
    body = (
        "镇党委召开专题会议3次，统一了思想，明确了任务，压实了包村干部和村两委的责任，工作有序推进"
    )
    found = outline(f"一、存在问题{body}", f"二、下一步打算{body}")
    assert found == [(1, "存在问题"), (1, "下一步打算")]
