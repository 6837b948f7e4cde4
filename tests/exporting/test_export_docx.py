"""The export's promises that are not the standard's: errors, dates, cleaning, settings, speed."""

import io
import time
from dataclasses import replace
from datetime import date

import docx
import pytest

from drafter.domain import Draft, DraftSection, Point
from drafter.errors import ExportError, SettingsError
from drafter.exporting import (
    Profile,
    export_docx,
    export_html,
    export_text,
    load_profile,
    parse_profile,
    profile_names,
    read_back,
)


def opened(data):
    return docx.Document(io.BytesIO(data))


def one_section(text, **fields):
    return Draft("工作总结", (DraftSection("工作情况", 1, text, marker="一、"),), **fields)


def styled(data, name):
    return [p for p in opened(data).paragraphs if p.style.name == name]


def test_a_draft_without_sections_is_refused_in_one_line():
    with pytest.raises(ExportError, match="没有栏目，无法导出，请"):
        export_docx(Draft("总结", ()))


def test_text_with_nul_controls_and_surrogates_is_exported_without_them():
    data = export_docx(one_section("完成\x00任\ud800务\u202e。\x0b第二\x1f段"))
    assert [p.text for p in styled(data, "公文正文")] == ["完成任务。", "第二段"]


def test_markup_in_the_text_stays_text():
    data = export_docx(one_section("<w:br/>&amp;<script>alert(1)</script>"))
    assert styled(data, "公文正文")[0].text == "<w:br/>&amp;<script>alert(1)</script>"


def test_what_is_open_is_said_in_place_of_unit_date_and_title():
    draft = replace(one_section("完成。"), title="")
    texts = [p.text for p in opened(export_docx(draft)).paragraphs]
    assert texts[0] == "【待补：标题】"
    assert "【待补：单位名称】" in texts
    assert "【待补：成文日期】" in texts


@pytest.mark.parametrize(
    ("issued", "today", "created"),
    [
        ("2026年1月5日", date(2026, 3, 1), date(2026, 1, 5)),
        ("", date(2026, 3, 1), date(2026, 3, 1)),
        ("2026-01-05", date(2026, 3, 1), date(2026, 1, 5)),
        ("2026年2月31日", date(2026, 3, 1), date(2026, 3, 1)),
        ("", None, date(2025, 1, 1)),
    ],
)
def test_the_file_is_dated_by_issue_date_then_by_the_caller_never_by_a_clock(
    issued, today, created
):
    data = export_docx(one_section("完成。", issue_date=issued), today=today)
    assert opened(data).core_properties.created.date() == created


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2026年01月05日", "2026年1月5日"),
        ("2026-1-5", "2026年1月5日"),
        ("2026.01.05", "2026年1月5日"),
        ("二〇二六年一月五日", "2026年1月5日"),
        ("２０２６年１月５日", "2026年1月5日"),
        ("2026年1月", "2026年1月"),
        ("年底前", "年底前"),
    ],
)
def test_the_date_is_written_as_the_standard_has_it(typed, printed):
    draft = one_section("完成。", issue_date=typed)
    assert [p.text for p in styled(export_docx(draft), "成文日期")] == [printed]
    assert read_back(export_docx(draft), draft).draft is draft


def test_the_unit_is_the_author_and_the_language_is_chinese():
    core = opened(export_docx(one_section("完成。", unit="云溪镇人民政府"))).core_properties
    assert (core.author, core.language, core.title) == ("云溪镇人民政府", "zh-CN", "工作总结")


def test_a_run_in_heading_is_set_in_its_font_up_to_its_full_stop():
    runs = styled(export_docx(one_section("（一）压实责任。召开会议3次。")), "公文正文")[0].runs
    assert [(r.text, r.style.name) for r in runs] == [
        ("（一）压实责任。", "Heading 2 Char"),
        ("召开会议3次。", "Default Paragraph Font"),
    ]


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("（一）压实安全责任", "Heading 2"),
        ("1.加强巡查", "Heading 3"),
        ("（1）落实到人", "Heading 4"),
        ("一是加强巡查", "公文正文"),
        ("（一）完成会议3次。", "公文正文"),
        ("（一）" + "压实责任" * 12, "公文正文"),
    ],
)
def test_a_marked_line_of_its_own_is_a_heading_of_its_level(line, style):
    texts = {
        p.text: p.style.name
        for p in opened(export_docx(one_section(f"开头。\n{line}\n结尾。"))).paragraphs
    }
    assert texts[line] == style


def test_a_long_first_sentence_is_no_run_in_heading():
    line = "（一）" + "全镇上下扎实推进各项工作" * 6 + "。随后总结。"
    assert len(styled(export_docx(one_section(line)), "公文正文")[0].runs) == 1


UNNUMBERED = Draft(
    "总结",
    tuple(
        DraftSection(heading, level, f"{heading}已完成。")
        for heading, level in [
            ("党建", 1),
            ("组织", 2),
            ("宣传", 2),
            ("安全", 1),
            ("巡查", 2),
            ("排查", 3),
        ]
    ),
)


def test_a_draft_without_any_marker_is_numbered_by_level():
    styles = {f"Heading {n}" for n in range(1, 5)}
    paragraphs = opened(export_docx(UNNUMBERED)).paragraphs
    assert [p.text for p in paragraphs if p.style.name in styles] == [
        "一、党建",
        "（一）组织",
        "（二）宣传",
        "二、安全",
        "（一）巡查",
        "1.排查",
    ]


@pytest.mark.parametrize(
    "sections",
    [
        (DraftSection("一、党建", 1, "好。"), DraftSection("安全", 1, "好。")),
        (DraftSection("党建", 1, "好。"),),
    ],
)
def test_headings_that_have_markers_or_stand_alone_are_left(sections):
    paragraphs = opened(export_docx(Draft("总结", sections))).paragraphs
    texts = [p.text for p in paragraphs if p.style.name == "Heading 1"]
    assert texts == [s.heading for s in sections]


def test_empty_cells_keep_their_place_in_a_table():
    draft = one_section("\t目标\t完成\n小麦\t120\n玉米\t\t80\t\n\t合计\t200")
    table = opened(export_docx(draft)).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["", "目标", "完成"],
        ["小麦", "120", ""],
        ["玉米", "", "80"],
        ["", "合计", "200"],
    ]
    assert read_back(export_docx(draft), draft).draft is draft


def test_a_single_row_that_is_no_table_is_text_from_its_first_character():
    draft = one_section("\t联系人：\t王某")
    assert [p.text for p in styled(export_docx(draft), "公文正文")] == ["联系人：\t王某"]
    assert read_back(export_docx(draft), draft).draft is draft


def test_no_white_space_stands_between_a_headings_marker_and_its_words():
    draft = Draft("总结", (DraftSection("　 工作情况 ", 1, "完成。", marker="一、"),))
    assert [p.text for p in styled(export_docx(draft), "Heading 1")] == ["一、工作情况"]
    assert read_back(export_docx(draft), draft).draft is draft


def test_lines_of_tabs_become_a_table_and_a_single_one_does_not():
    data = export_docx(one_section("指标\t完成\n小麦\t120\n说明：\t一行"))
    tables = opened(data).tables
    assert [[c.text for c in row.cells] for row in tables[0].rows] == [
        ["指标", "完成"],
        ["小麦", "120"],
        ["说明：", "一行"],
    ]
    assert opened(export_docx(one_section("只有\t一行"))).tables == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("完成,任务;进展:顺利?好!", "完成，任务；进展：顺利？好！"),
        ("人口3,406人,9:30开会", "人口3,406人，9:30开会"),
        ("(一)完成任务", "（一）完成任务"),
        ("a)完成任务", "a）完成任务"),
        ('落实"三大行动"', "落实“三大行动”"),
        ("See (a), b: c", "See (a), b: c"),
        ("总面积126.5平方公里.", "总面积126.5平方公里。"),
    ],
)
def test_marks_beside_chinese_are_full_width_and_figures_keep_theirs(typed, printed):
    texts = [p.text for p in opened(export_docx(one_section(typed))).paragraphs]
    assert printed in texts


def by(writer, *origins):
    points = tuple(Point(f"完成{n}项。", origin=origin) for n, origin in enumerate(origins, 1))
    text = "\n".join(point.text for point in points) or "完成。"
    return Draft("总结", (DraftSection("工作", 1, text, points=points),), writer=writer)


@pytest.mark.parametrize(
    ("draft", "labelled"),
    [
        (by("composer"), False),
        (by("composer", "composer", "hand"), False),
        (by("qwen-plus"), True),
        (by("qwen-plus", "composer", "model"), True),
        (by("qwen-plus", "hand", "hand"), True),
        (by("qwen-plus", "composer", "composer"), False),
        (by("composer", "import", "model"), True),
    ],
)
def test_a_paper_is_labelled_where_a_model_wrote_a_piece_of_it(draft, labelled, checker):
    for profile, wanted in (
        ({}, labelled),
        ({"ai_label_on": "always"}, True),
        ({"ai_label_on": "never"}, False),
        ({"ai_label": ""}, False),
    ):
        paper = checker.Paper(export_docx(draft, profile=profile))
        assert bool(paper.styled("附注")) == wanted
        assert ("docProps/custom.xml" in paper.parts) == wanted
        assert ("AIGC" in export_html(draft, profile)) == wanted
        assert ("人工智能" in export_text(draft, profile)) == wanted


def test_a_label_of_the_offices_own_is_written(checker):
    data = export_docx(by("qwen-plus"), profile={"ai_label": "本文稿为人工智能生成"})
    assert styled(data, "附注")[0].text == "（本文稿为人工智能生成）"
    assert checker.check(data) == []


@pytest.mark.parametrize("name", profile_names())
def test_each_profile_makes_a_paper_that_differs_only_where_it_says(name, rich, checker):
    own = {
        "standard": set(),
        "glyph-margins": {
            "margins_leave_156_by_225_mm",
            "grid_is_22_lines_of_28",
            "each_section_is_a4_upright_or_turned",
        },
        "system-fonts": {"fonts_follow_the_role_by_script", "defaults_and_normal_are_16_pt"},
        "roman-digits": {"fonts_follow_the_role_by_script", "defaults_and_normal_are_16_pt"},
    }
    found = {line.split(":")[0] for line in checker.check(export_docx(rich, profile=name))}
    assert found == own[name]


def test_the_profiles_of_the_standard_have_22_lines_of_28_characters():
    for name in profile_names():
        assert (load_profile(name).lines, load_profile(name).chars) == (22, 28)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"colour": 1}, "不认识"),
        ({"top": "37mm"}, "类型不对"),
        ({"page_number": "left"}, "页码样式"),
        ({"ai_label_on": "sometimes"}, "标识方式"),
        ({"left": 6000}, "页边距过大"),
        ({"line_pitch": 10}, "行距或字距过小"),
        ({"footer": 3000}, "页脚距离"),
        ({"body_font": "仿\x00宋"}, "不可见字符"),
        ({"title_font": " "}, "是空的"),
    ],
)
def test_a_bad_profile_is_refused_in_one_line(values, said):
    with pytest.raises(SettingsError, match=said):
        parse_profile(values)


def test_an_unknown_profile_is_refused_with_the_names_there_are():
    with pytest.raises(SettingsError, match="standard"):
        export_docx(one_section("完成。"), profile="none")


@pytest.mark.parametrize(
    ("kind", "footers"), [("outside", 2), ("centre", 1), ("plain-centre", 1), ("none", 0)]
)
def test_page_numbers_stand_as_the_profile_says(kind, footers, checker):
    paper = checker.Paper(export_docx(one_section("完成。"), profile=Profile(page_number=kind)))
    assert sum("footer" in name for name in paper.parts) == footers
    dashes = "".join(p.decode() for n, p in paper.parts.items() if "footer" in n).count("— ")
    assert dashes == (0 if kind in ("plain-centre", "none") else footers)
    assert list(checker.rule_package_is_whole(paper)) == []


def test_a_draft_of_5000_characters_takes_60_ms_and_time_grows_with_its_length(work):
    def seconds(characters):
        draft = one_section("\n".join([work] * (characters // len(work))))
        export_docx(draft)
        tries = []
        for _ in range(3):
            start = time.process_time()
            export_docx(draft)
            tries.append(time.process_time() - start)
        return min(tries)

    assert seconds(5_000) < 0.06
    assert seconds(100_000) < 9 * seconds(20_000)
