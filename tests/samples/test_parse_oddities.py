"""Oddities of real papers: each is read as a person reads it, and reported once."""

import time

import pytest

from drafter.chinese.markers import numeral
from drafter.samples.parse import parse_sample

LONG = (
    "镇党委召开专题会议3次，统一了思想，明确了任务，"
    "压实了包村干部和村两委的责任，各项工作有序推进。"
)
TITLE = "青石镇2024年工作总结\n"


def paper(*lines):
    """Return a titled text of these lines; ~ stands for a sentence, @ for one without its end."""
    return TITLE + "\n".join(lines).replace("~", LONG).replace("@", LONG[:-1])


def outline(text):
    return [(s.level, s.marker, s.heading) for s in parse_sample(text).walk()]


def codes(text):
    return [warning.code for warning in parse_sample(text).warnings]


def parents(text):
    found = {}
    for section in parse_sample(text).walk():
        for child in section.children:
            found[child.heading] = section.heading
    return found


def test_a_marker_split_by_a_line_break_is_joined_and_kept_as_written():
    text = paper("一、工作情况", "~", "（一）抓学习。~（", "二）抓整改。~", "（三）抓长效。~")
    assert (2, "（\n二）", "抓整改") in outline(text)
    assert "split_marker" in codes(text)
    two = next(s for s in parse_sample(text).walk() if s.heading == "抓整改")
    assert text[two.start : two.start + 4] == "（\n二）"
    assert text[two.heading_start : two.heading_end] == "抓整改"


@pytest.mark.parametrize(
    "line",
    [
        "第一、第三产业增加值分别增长3%和5%，第二产业持平，三次产业结构进一步优化。",
        "全镇学习《读本》第一、二、三卷，撰写心得一百余篇，交流发言二十人次。",
        "粮食总产位居全县第一，单产位居第二，种粮农户收入稳步增加，群众满意。",
        "各位代表！",
        "年度目标：",
        "主办单位：",
        "（点）",
        "一、二、三产业协同发展，全年新增经营主体二十余户，带动就业三百余人。",
        "以上工作一是一、二是二，不搞变通。",
    ],
)
def test_what_is_no_heading_stays_text(line):
    text = paper("一、工作情况", "~", f"{line}", "~", "二、工作打算", "~")
    assert outline(text) == [(1, "一、", "工作情况"), (1, "二、", "工作打算")]
    assert not codes(text)


def test_a_mark_made_by_a_wrapped_line_is_none():
    folded = LONG[:19] + "\n" + LONG[19:38] + "\n" + LONG[38:] + "\n"
    text = TITLE + "一、工作情况\n" + folded * 5
    text += "坚持解放思想实事求是各村各组步调不统\n一、标准不一致的问题得到纠正群众反映\n好转。\n"
    text += "二、工作打算\n" + folded
    assert outline(text) == [(1, "一、", "工作情况"), (1, "二、", "工作打算")]
    assert codes(text) == ["hard_wrapped"]


def test_a_heading_folded_into_two_lines_is_joined():
    text = paper(
        "一、工作情况", "~", "二、持续提升政府", "治理效能和服务水平", "~", "（一）抓学习。~"
    )
    assert (1, "二、", "持续提升政府治理效能和服务水平") in outline(text)
    assert len(outline(text)) == 3


def test_unnumbered_chapters_alone_on_their_line_are_headings():
    text = paper(
        "~",
        "2024年工作回顾",
        "~",
        "一是抓学习。~",
        "二是抓整改。~",
        "2025年工作安排",
        "~",
        "（一）抓项目。~",
        "（二）抓民生。~",
    )
    assert outline(text) == [
        (1, "", "2024年工作回顾"),
        (5, "一是", "抓学习"),
        (5, "二是", "抓整改"),
        (1, "", "2025年工作安排"),
        (2, "（一）", "抓项目"),
        (2, "（二）", "抓民生"),
    ]
    assert codes(text) == ["unnumbered_heading", "unnumbered_heading"]


def test_an_unnumbered_heading_gets_the_level_of_the_number_it_lost():
    text = paper(
        "一、工作情况",
        "（一）抓学习",
        "~",
        "基层治理",
        "~",
        "（三）抓长效",
        "~",
        "产业发展",
        "~",
        "文化建设",
        "~",
        "（四）抓民生",
        "~",
        "二、工作打算",
        "~",
        "党的建设",
        "~",
        "乡村振兴",
        "~",
        "三、其他",
        "~",
    )
    levels = {h: level for level, _, h in outline(text)}
    assert levels["基层治理"] == 2
    assert levels["产业发展"] == levels["文化建设"] == 3
    assert levels["党的建设"] == levels["乡村振兴"] == 2
    assert parents(text)["基层治理"] == "工作情况"
    assert parents(text)["产业发展"] == "抓长效"
    assert parents(text)["乡村振兴"] == "工作打算"


def test_private_use_marks_number_headings():
    text = paper(
        "一、工作情况",
        "\ue5d1加强领导。~",
        "\ue5d2健全制度。~",
        "二、工作打算",
        "\ue5d1再抓项目。~",
        "\ue5d2再抓民生。~",
    )
    assert [(level, h) for level, _, h in outline(text)] == [
        (1, "工作情况"),
        (2, "加强领导"),
        (2, "健全制度"),
        (1, "工作打算"),
        (2, "再抓项目"),
        (2, "再抓民生"),
    ]
    assert set(codes(text)) == {"private_use_character"}


def test_private_use_marks_in_brackets_have_the_level_of_their_brackets():
    text = paper(
        "一、情况", "（\ue5d1）抓学习。~", "（\ue5d2）抓整改。~", "二、打算", "\ue5d1.抓项目。~"
    )
    assert [level for level, _, _ in outline(text)] == [1, 2, 2, 1, 3]


def test_private_use_bullets_and_indents_number_nothing():
    text = paper(
        "\ue5e5\ue5e5一、情况",
        "\ue5e5\ue5e5~",
        "\uf06c抓学习。~",
        "\uf06c抓整改。~",
        "\ue5e5二、打算",
        "~",
    )
    assert outline(text) == [(1, "一、", "情况"), (1, "二、", "打算")]
    assert set(codes(text)) == {"private_use_character"}


def test_a_missing_shi_is_filled_in():
    text = paper(
        "一、工作情况",
        "一是抓学习。~二是抓整改。~三形成工作清单。~四是抓长效。~",
        "二、打算",
        "一是抓项目。~二是抓民生。~三做好安全生产。~",
    )
    assert [m for _, m, _ in outline(text)] == [
        "一、",
        "一是",
        "二是",
        "三",
        "四是",
        "二、",
        "一是",
        "二是",
        "三",
    ]
    assert codes(text) == ["missing_shi", "missing_shi"]


@pytest.mark.parametrize("tail", ["三个村完成改造。", "三大行动全面铺开。", "三方协议已签。"])
def test_a_counting_digit_is_no_point(tail):
    text = paper("一、工作情况", f"一是抓学习。~二是抓整改。~{tail}")
    assert len(outline(text)) == 3


def test_mixed_brackets_and_gaps_are_reported():
    text = paper(
        "一、工作情况", "（一）抓学习。~", "(二）抓整改。~", "（四）抓长效。~", "三、打算", "~"
    )
    assert codes(text) == ["mixed_brackets", "numbering_gap", "numbering_gap"]


def test_numbering_that_runs_on_across_chapters_is_no_gap():
    text = paper(
        "一、甲类工作",
        "（一）抓学习。~",
        "（二）抓整改。~",
        "二、乙类工作",
        "（三）抓项目。~",
        "1.抓民生。~",
        "三、丙类工作",
        "（四）抓长效。~",
        "2.抓安全。~",
    )
    assert not codes(text)
    assert parents(text)["抓项目"] == "乙类工作"


def test_a_title_over_two_lines_is_joined():
    text = f"关于深入开展作风建设\n专项行动的实施方案\n\n{LONG}\n一、总体要求\n{LONG}"
    sample = parse_sample(text)
    assert sample.title == "关于深入开展作风建设专项行动的实施方案"
    assert [w.code for w in sample.warnings] == ["split_title"]


def test_a_title_glued_to_the_preamble_is_cut_off():
    text = f"青石镇2024年度工作总结2024年，{LONG}\n一、工作情况\n{LONG}\n二、打算\n{LONG}"
    assert parse_sample(text).title == "青石镇2024年度工作总结"
    assert not codes(text)


def test_markdowns_bold_is_no_mask():
    text = paper(
        "**一、工作情况**", "**（一）抓学习。**投入300万元，培训200人次。", "**二、打算**", "~"
    )
    assert not codes(text)
    assert outline(text) == [(1, "一、", "工作情况"), (2, "（一）", "抓学习"), (1, "二、", "打算")]


def test_chapters_restart_their_sections():
    text = "规划\n" + "\n".join(
        ["第一章 基础", "一、现状", LONG, "二、条件", LONG, "第二章 任务", "一、产业", LONG]
    )
    assert not codes(text)


def test_front_and_back_matter_stand_outside_the_tree():
    text = "\n".join(
        [
            "青石镇政府工作报告",
            "——2024年1月8日在青石镇第三届人民代表大会第四次会议上",
            "镇长 周望山",
            "各位代表：",
            "现在，我代表镇人民政府向大会报告工作，请予审议。",
            *["一、工作情况", LONG, "二、工作打算", LONG],
            *["特此报告。", "青石镇人民政府", "2024年1月8日"],
        ]
    )
    sample = parse_sample(text)
    kinds = {p.kind: p.text for p in sample.parts}
    assert kinds["title"] == "青石镇政府工作报告"
    assert kinds["salutation"] == "各位代表："
    assert kinds["speaker"] == "镇长 周望山"
    assert kinds["preamble"].startswith("现在，")
    assert kinds["closing"] == "特此报告。"
    assert kinds["signature"] == "青石镇人民政府"
    assert kinds["date"] == "2024年1月8日"
    assert all("青石镇人民政府\n" not in s.body for s in sample.walk())
    assert not sample.warnings


def test_an_annex_begins_anew_under_its_own_title():
    text = paper(
        "一、工作情况",
        "~",
        "二、打算",
        "~",
        "附件",
        "2025年为民实事项目",
        "一、新建水厂。~",
        "二、改造学校。~",
    )
    assert outline(text)[2:] == [
        (1, "附件", "2025年为民实事项目"),
        (1, "一、", "新建水厂"),
        (1, "二、", "改造学校"),
    ]
    assert codes(text) == ["annex_restart"]


def test_a_list_of_annexes_has_no_headings():
    text = paper(
        "一、工作情况",
        "~",
        "二、打算",
        "~",
        "附件：1.任务清单",
        "2.责任分工表",
        "青石镇人民政府",
        "2024年1月8日",
    )
    assert len(outline(text)) == 2
    assert parse_sample(text).part("annex").startswith("附件：")


def test_article_like_paragraphs_are_nodes_without_run_in():
    long = (
        "本通知所称镇级机关，是指镇党委、镇人民政府及其内设机构，"
        "以及按照有关规定由镇管理的事业单位和派驻机构，涉密单位另有规定的除外"
    )
    text = paper(f"一、{long}。", f"二、{long}，从其规定。")
    sample = parse_sample(text)
    assert [s.run_in for s in sample.walk()] == [False, False]
    assert all(len(s.heading) == 40 and s.body.startswith("本通知") for s in sample.walk())


def test_a_heading_that_runs_into_its_body_without_a_stop_ends_with_the_phrase():
    text = paper(
        "一、工作情况",
        "（一）加强组织领导各级党组织要把作风建设摆上重要日程，党组织书记要认真履行第一责任人的责任，层层传导压力。",
        "（二）抓好整改。~",
    )
    assert (2, "（一）", "加强组织领导") in outline(text)
    assert codes(text) == ["run_in_without_separator"]


@pytest.mark.parametrize(
    ("mark", "number"), [("（—）", 1), ("（一", 1), ("一）", 1), ("（ー）", 1)]
)
def test_damaged_marks_are_read_where_the_sequence_lacks_them(mark, number):
    text = paper("一、工作情况", f"{mark}抓好学习教育。~", "（二）抓好整改。~")
    assert [(level, h) for level, _, h in outline(text)] == [
        (1, "工作情况"),
        (2, "抓好学习教育"),
        (2, "抓好整改"),
    ]
    assert codes(text) == ["damaged_marker"]
    assert number == 1


def test_deleted_figures_and_noise_are_reported():
    assert codes(paper("一、工作情况", "~全年完成投资 万元，增长%。", "二、打算", "~")) == [
        "deleted_mask",
        "deleted_mask",
    ]
    assert "ocr_noise" in codes(paper("一、工作情况", "~\ufffd\ufffd~", "二、打算", "~"))


def test_a_numbered_preamble_is_reported():
    text = paper(
        "一、今年以来，在县委坚强领导下，@，现将有关情况报告如下：",
        "一、工作情况",
        "~",
        "二、打算",
        "~",
    )
    assert "numbered_preamble" in codes(text)


def test_a_broken_quotation_is_joined():
    text = paper(
        "一、工作情况",
        "他要求我们“做到心中有数、手中有招、脚下有路，切实把群众的事",
        "当作自己的事”。~",
        "二、打算",
        "~",
    )
    assert codes(text) == ["split_paragraph"]


def test_first_second_third_and_firstly_are_chains():
    text = paper(
        "一、工作情况",
        "~第一，抓学习。~第二，抓整改。~",
        "二、打算",
        "首先，抓项目。~其次，抓民生。~最后，抓安全。~",
    )
    assert [(m, h) for _, m, h in outline(text)] == [
        ("一、", "工作情况"),
        ("第一，", "抓学习"),
        ("第二，", "抓整改"),
        ("二、", "打算"),
        ("首先，", "抓项目"),
        ("其次，", "抓民生"),
        ("最后，", "抓安全"),
    ]


def test_a_lone_first_is_no_chain():
    text = paper("一、工作情况", "~首先，抓学习。~一是一直在抓，没有松劲。~", "二、打算", "~")
    assert len(outline(text)) == 2


def test_chains_run_to_fifteen():
    points = "".join(f"{n}是做好第{i}件事。" for i, n in ((i, numeral(i)) for i in range(1, 16)))
    text = paper("一、工作情况", f"~{points}", "二、打算", "~")
    assert sum(1 for level, _, _ in outline(text) if level == 5) == 15


def test_empty_and_markless_texts_are_samples_too():
    assert parse_sample("").sections == ()
    assert codes("")[0] == "empty"
    assert parse_sample(f"青石镇情况\n{LONG}").title == "青石镇情况"


def test_a_text_without_any_break_or_space_is_cut_by_its_marks():
    text = (
        "柳河镇镇长述职报告各位领导、同志们:我是今年二月调入柳河镇的，现将工作情况汇报如下，请批评指正。"
        "一、抢抓机遇、优化产业,经济工作再上新水平今年以来,镇政府发挥优势,全镇经济有了新气象。"
        "1、发展现代农业苹果生产方面。新栽苹果500亩。2、突出招商引资。全年引进项目3个。"
        "二、以人为本、关注民生,社会事业全面进步一年来,我们坚持把群众放在心上。"
        "1、办好教育。新建校舍。2、抓好卫生。新建卫生院。三、存在的问题一是思路不宽;二是力度不够。"
    )
    assert parse_sample(text).title == "柳河镇镇长述职报告"
    assert [(level, h) for level, _, h in outline(text)] == [
        (1, "抢抓机遇、优化产业,经济工作再上新水平"),
        (3, "发展现代农业苹果生产方面"),
        (3, "突出招商引资"),
        (1, "以人为本、关注民生,社会事业全面进步"),
        (3, "办好教育"),
        (3, "抓好卫生"),
        (1, "存在的问题"),
        (5, "思路不宽"),
        (5, "力度不够"),
    ]


def test_a_chapter_line_right_under_the_title_is_a_heading():
    text = f"柳河镇政府年终工作总结\n2024年工作回顾\n{LONG}\n一、抓产业。{LONG}\n二、抓民生。{LONG}"
    assert [h for _, _, h in outline(text)] == ["2024年工作回顾", "抓产业", "抓民生"]


def test_a_number_lost_from_its_brackets_or_comma_is_read_in_sequence():
    text = paper("一、工作情况", "（一）抓学习。~", "（）抓好整改。~", "、工作打算安排", "~")
    assert [(level, h) for level, _, h in outline(text)] == [
        (1, "工作情况"),
        (2, "抓学习"),
        (2, "抓好整改"),
        (1, "工作打算安排"),
    ]
    assert codes(text) == ["damaged_marker", "damaged_marker"]


def test_references_to_items_are_no_headings():
    text = paper(
        "一、工作情况",
        "~",
        "（一）至（三）项任务已经完成。~",
        "（二）项任务正在推进。~",
        "二、打算",
        "~",
    )
    assert len(outline(text)) == 2


def test_a_chain_goes_on_behind_another_chain_inside_it():
    text = paper(
        "一、会议要求",
        "会议指出，一要提高认识。~二要把握重点。~一是学深悟透。~二是找准问题。~三要建好机制。~一是建学习机制。二是建宣传机制。",
        "二、打算",
        "~",
    )
    assert [m for level, m, _ in outline(text) if level == 5] == [
        *["一要", "二要", "一是", "二是", "三要", "一是", "二是"]
    ]


def test_the_title_of_a_plan_behind_its_notice_is_no_section():
    text = "\n".join(
        [
            "关于印发《柳河镇防汛方案》的通知",
            "各村民委员会、镇直各单位：",
            "《柳河镇防汛方案》已经镇政府研究同意，现印发给你们，请认真贯彻执行。",
            "柳河镇防汛方案",
            f"为做好防汛工作，制定本方案。{LONG}",
            *["一、工作目标", LONG, "二、工作任务", LONG],
        ]
    )
    sample = parse_sample(text)
    assert [s.heading for s in sample.walk()] == ["工作目标", "工作任务"]
    assert sample.part("salutation") == "各村民委员会、镇直各单位："


def test_a_second_first_chapter_at_once_is_a_numbered_preamble():
    text = paper("一、青石镇位于县域北部，辖12个村。~", "一、工作情况", "~", "二、打算", "~")
    assert codes(text) == ["numbered_preamble"]


@pytest.mark.parametrize("mark", ["—、", "－、", "一 ", "⼀、"])
def test_a_damaged_chapter_mark_is_read_in_sequence(mark):
    text = paper(f"{mark}工作开展情况", "~", "二、存在问题", "~", "三、工作打算", "~")
    assert [(level, h) for level, _, h in outline(text)] == [
        (1, "工作开展情况"),
        (1, "存在问题"),
        (1, "工作打算"),
    ]
    assert codes(text) == ["damaged_marker"]


def test_a_stroke_misread_inside_a_longer_number_is_read():
    tens = [f"（{numeral(i)}）第{i}件事。~" for i in range(1, 11)]
    text = paper("一、情况", *tens, "（十—）最后一件事。~", "（十二）收尾。~")
    assert [h for level, _, h in outline(text) if level == 2][-2:] == ["最后一件事", "收尾"]


def test_rows_of_a_table_are_no_headings():
    text = paper(
        "一、情况", "~", "责任单位", "完成时限", "责任人员", "工作进度", "~", "二、打算", "~"
    )
    assert len(outline(text)) == 2


def test_a_letterhead_and_a_secrecy_mark_are_no_title():
    text = (
        f"机密\n青石镇人民政府文件\n青政发〔2024〕3号\n关于防汛工作的报告\n{LONG}\n一、情况\n{LONG}"
    )
    assert parse_sample(text).title == "关于防汛工作的报告"


@pytest.mark.parametrize("marks", [["一、", "二、", "三、", "四、", "五、", "六、"], [""] * 6])
def test_a_list_of_headings_is_not_a_hard_wrapped_text(marks):
    lines = [f"{mark}深入学习贯彻落实情况方面第{i}" for i, mark in enumerate(marks)]
    assert "hard_wrapped" not in codes("\n".join(lines))


def test_a_passage_wrapped_inside_a_sound_text_is_joined():
    passage = LONG * 3
    folded = "\n".join(passage[i : i + 32] for i in range(0, len(passage), 32))
    text = paper("一、工作情况", "~~~", folded, "~~", "二、打算", "~~")
    sample = parse_sample(text)
    assert [s.heading for s in sample.walk()] == ["工作情况", "打算"]
    assert passage in sample.sections[0].body
    assert {w.code for w in sample.warnings} == {"split_paragraph"}


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "（",
            "“",
            "。一是抓",
            "。二是抓",
            "一、抓好。二、抓实。",
            "附件：1.甲\n2.乙\n",
            "（）抓好落实\n",
        ],
        *["工作开展情况\n" + "正" * 45 + "。\n", "\n\ue001抓好落实", "1.", "**余条，", " \n"],
        *["一、抓好。 ", "工作安排（一）", "第一章 总则。", "一 抓好 ", "附件抓好落实\n一、抓。\n"],
    ],
)
def test_time_grows_with_length_only(piece):
    few, many = (parse_seconds(piece * (size // len(piece))) for size in (10_000, 50_000))
    assert many < 15 * few + 0.3


def parse_seconds(text):
    """Return the least of two runs: a collection of garbage is no growth."""
    return min(_once(text) for _ in range(2))


def _once(text):
    start = time.process_time()
    parse_sample(text)
    return time.process_time() - start


def test_markdown_headings_are_read_by_their_marks():
    text = f"# 青石镇总结\n\n## 一、工作情况\n\n**（一）抓学习。**{LONG}\n\n### （二）抓整改\n\n"
    assert parse_sample(text).title == "青石镇总结"
    assert outline(text) == [
        (1, "一、", "工作情况"),
        (2, "（一）", "抓学习"),
        (2, "（二）", "抓整改"),
    ]


def test_a_table_of_contents_has_no_headings():
    contents = ["目　录", "一、工作情况……1", "（一）抓学习……2", "二、打算……5"]
    text = paper(*contents, "~", "一、工作情况", "~", "（一）抓学习", "~", "二、打算", "~")
    assert [h for _, _, h in outline(text)] == ["工作情况", "抓学习", "打算"]
    assert codes(text) == []


def test_a_glossary_behind_the_text_is_an_annex():
    text = paper("一、工作情况", "~", "二、打算", "~", "名词解释", "1.两山理念：~", "2.三农：~")
    sample = parse_sample(text)
    assert [(s.level, s.kind, s.heading) for s in sample.sections][2] == (
        *(1, "annex-title"),
        "名词解释",
    )
    assert [s.level for s in sample.sections[2].children] == [3, 3]
    assert sample.part("annex").startswith("名词解释")


def test_offices_and_an_issue_behind_the_title_are_no_part_of_it():
    lines = ["发展服务型社区的做法", "简报 第3期", "中共青石街道委员会", "青石街道办事处", LONG]
    sample = parse_sample("\n".join([*lines, "一、工作情况", LONG, "二、打算", LONG]))
    assert sample.title == "发展服务型社区的做法"
    lines = ["中共青石镇委员会", "青石镇人民政府", "关于防汛工作的实施意见", LONG]
    sample = parse_sample("\n".join([*lines, "一、工作情况", LONG, "二、打算", LONG]))
    assert sample.title == "中共青石镇委员会青石镇人民政府关于防汛工作的实施意见"


def test_chapters_without_a_number_begin_their_sections_anew():
    text = paper(
        "2023年工作回顾", "一、抓产业。~", "二、抓民生。~", "2024年工作打算", "一、抓项目。~"
    )
    assert set(codes(text)) == {"unnumbered_heading"}
