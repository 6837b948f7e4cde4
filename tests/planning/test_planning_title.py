"""The title says what titles and headings of the material say; what they do not say stays open."""

import pytest

from drafter.domain import Fact, FactSheet, Source, Span
from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.planning.title import find_campaign, find_subject, find_unit, find_year


def title(notes, tasks=None):
    return make_outline(parse_facts(notes), None, tasks).title


@pytest.mark.parametrize(
    "line",
    [
        "村里解决189件，上交镇25件",
        "村账镇代管，线上审批1160笔",
        "推进乡村振兴工作，兑现奖补",
        "全镇共办结31件",
    ],
)
def test_words_that_only_look_like_a_township_name_none(line):
    assert find_unit([line]) == ""


def test_a_heading_about_plans_says_nothing_about_the_year():
    tasks = "一、2025年工作完成情况\n二、存在不足\n三、2026年工作思路"
    assert title("中心组学习11次\n排查隐患97处", tasks).startswith("【待补：单位名称】2025年")


def test_an_earlier_year_named_more_often_leaves_the_year_open():
    assert find_year(["2024年归档30件", "2024年收入5万元", "2025年培训2次"]) == ""
    assert find_year(["2024年收入5万元", "2025年收入7万元"]) == "2025年"


def test_a_campaign_that_one_fact_mentions_is_not_what_is_summed_up():
    assert "敲门行动" not in title("“敲门行动”走访503户\n培训党员60人")
    assert find_campaign(["开展“敲门行动”专项行动"], 2) == "“敲门行动”专项行动"


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("石板镇：2025年乡村振兴总结素材", "乡村振兴"),
        ("2025年度青坪镇党建工作 党建办", "党建"),
        ("2025年优化营商环境情况，高新街道", "优化营商环境"),
        ("青坪镇2025年统战工作", "统战"),
        ("云岭镇安全生产三年行动1—9月情况", "安全生产三年行动"),
        ("桃源乡三季度人居环境“百日会战”工作素材", "人居环境“百日会战”"),
        ("信访工作汇报材料 白沙镇 上半年", "信访"),
        ("青坪镇2025年上半年工作情况（各办公室）", ""),
        ("各位抓紧报作风建设年总结的数", "作风建设年"),
        ("抓紧报送信访整治情况", "信访整治"),
    ],
)
def test_the_work_is_named_as_the_notes_title_names_it(line, subject):
    assert find_subject([line]) == subject


def test_a_heading_handed_down_is_no_title():
    assert "专项整治" not in title("检查企业60家", "一、重点领域专项整治情况\n二、宣传情况")


def test_the_part_of_the_year_that_all_titles_name_is_kept():
    head = Span(0, 20, "金坝镇人居环境整治工作情况（1—11月）")
    sheet = FactSheet((Fact("F1", "改厕531户"),), unit="金坝镇", not_understood=(head,))
    assert make_outline(sheet, None).title == "金坝镇【待补：年份】1—11月人居环境整治工作总结"


def test_a_part_of_the_year_asks_for_its_year():
    sheet = FactSheet((Fact("F1", "改厕531户"),), unit="金坝镇", period="上半年")
    assert make_outline(sheet, None).title == "金坝镇【待补：年份】上半年工作总结"


def test_a_sheets_name_tells_the_part_of_the_year():
    row = Fact("F1", "固定资产投资7.3亿元", source=Source("表.xlsx", "工作表“指标（1-9月）”B2"))
    assert "1—9月" in make_outline(FactSheet((row,), period="2025年"), None).title


def test_a_bare_year_given_becomes_a_year_in_the_title():
    sheet = FactSheet((Fact("F1", "改厕531户"),), unit="金坝镇", period="2025")
    assert make_outline(sheet, None).title == "金坝镇2025年工作总结"


def test_a_greeting_that_names_unit_and_work_is_a_title():
    notes = "大家好，这是我们双河口镇今年防溺水工作的情况，麻烦整理\n巡查水库12次，劝离90人次"
    assert "双河口镇" in title(notes)
    assert "防溺水工作总结" in title(notes)


def test_what_a_campaign_is_about_stands_before_its_name():
    line = "白沙乡燃气安全专项整治“百日行动”总结素材（2025年）"
    assert find_campaign([line]) == "燃气安全专项整治“百日行动”"
