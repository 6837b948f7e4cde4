"""Figures of the facts in the forms that offices list them, and what follows from them."""

import importlib.util
import random
import re
from pathlib import Path

import pytest

from drafter.checking import Checker
from drafter.checking.tenths import figures_of

_SPEC = importlib.util.spec_from_file_location("sections", Path(__file__).parent / "conftest.py")
cases = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(cases)

VILLAGES = ["各村集体收入（万元）：石门42.6；官渡31.8；白塔19.3", "去年3个村合计78.1万元"]
ROADS = ["养护道路：东线4.2公里，西线3.5公里，环湖线2.3公里"]
MOVED = ["转移群众3批：6月2日 46户131人；7月9日 28户75人；8月1日 13户37人"]
HOME = ["敬老院1所，床位90张，入住63人", "护工12人"]
TEA = ["茶产值1.25亿元", "网店16个，网销2050万元"]


def wrong(facts, text):
    found = Checker(facts, (), 2026).examine(text).findings
    return [f.text for f in found if f.label in ("altered_number", "invented_number", "wrong_unit")]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("各村集体收入（万元）：石门42.6；官渡31.8", ["万元", "万元"]),
        ("校舍面积（单位：平方米）：北楼860；南楼1240", ["平方米", "平方米"]),
        ("隐患28处：滑坡18、崩塌7、泥石流3，影响91户", ["处", "处", "处", "处", "户"]),
        ("图斑64个188亩，合法41，违法23", ["个", "亩", "个", "个"]),
        ("入住52人（特困46，寄养6）", ["人", "人", "人"]),
        ("高血压1740，糖尿病620", ["", ""]),
    ],
)
def test_bare_numbers_of_a_list_take_the_measure_of_its_head(text, measures):
    assert [figure.unit for figure in figures_of(text)] == measures


def test_guo_behind_a_verb_is_no_approximation_of_a_few():
    assert [f.approximation for f in figures_of("专家来过1次")] == ["exact"]
    assert [f.approximation for f in figures_of("游客过30万人次")] == ["over"]


@pytest.mark.parametrize(
    ("facts", "good"),
    [
        (VILLAGES, "3个村集体收入合计93.7万元，同比增长20%，净增15.6万元。"),
        (VILLAGES, "石门村集体收入42.6万元，官渡村31.8万元。"),
        (ROADS, "东线等3条线路养护道路10公里。"),
        (MOVED, "分三批转移群众87户243人。"),
        (HOME, "敬老院入住率70%，护工12名。"),
        (TEA, "16个网店实现网销2050万元，占茶产值的16.4%。"),
        (["培训班3期，每期40人"], "举办培训班3期、培训120人次。"),
        (["办证 办理 361本，未办 9本"], "办证361本，办证率97.6%。"),
        (["网格员共85人，机动队占两成"], "机动队17人。"),
        (["收购花椒，每斤6.5元"], "收购花椒，收购价每公斤13元。"),
        (["省里专家来过1次"], "邀请省级专家指导一次。"),
        (["网上年货节：去年卖45万元，今年卖到92万元"], "网上年货节销售额92万元。"),
    ],
)
def test_what_follows_from_a_list_of_one_fact_raises_no_alarm(facts, good):
    assert wrong(facts, good) == []


@pytest.mark.parametrize(
    ("facts", "text", "said"),
    [
        (VILLAGES, "3个村集体收入合计96.7万元。", "96.7万元"),
        (VILLAGES, "集体收入合计93.7万元，同比增长26%。", "26%"),
        (VILLAGES, "石门村集体收入31.8万元，官渡村42.6万元。", "31.8万元"),
        (MOVED, "分三批转移群众87户234人。", "234人"),
        (HOME, "敬老院入住率73%。", "73%"),
        (TEA, "网销2050万元，占茶产值的14.6%。", "14.6%"),
        (["供水点 14处：集中 9、分散 5"], "供水点14处，其中分散供水占六成。", "六成"),
        (["分红：每人320元，合计41.6万元"], "按户均320元分红41.6万元。", "320元"),
        (["收购花椒，每斤6.5元"], "收购花椒，收购价每公斤6.8元。", "6.8元"),
    ],
)
def test_what_does_not_follow_from_them_is_flagged(facts, text, said):
    assert said in wrong(facts, text)


def test_figures_behind_respectively_belong_to_the_subjects_in_their_order():
    facts = ["清漂：清溪河47吨，柳江29吨", "河道3条：清溪河、柳江、月牙溪"]
    good, swapped = "47吨、29吨", "29吨、47吨"
    said = "清溪河、柳江分别打捞漂浮物{}。"
    assert wrong(facts, said.format(good)) == []
    assert wrong(facts, said.format(swapped)) == ["29吨", "47吨"]


def test_subjects_of_respectively_may_stand_behind_other_words():
    facts = ["免疫 生猪 4.1万头，密度 98.5%；牛羊 6300头，密度 97%"]
    assert wrong(facts, "完成免疫生猪4.1万头、牛羊6300头，密度分别为98.5%和97%。") == []


REST = ["隐患路段19处：急弯9、临水6、平交路口4，已治理14处"]
BOUGHT = ["政府采购12批次 预算460万元，实际414万元", "盘活存量资金83万元"]


@pytest.mark.parametrize(
    ("facts", "good"),
    [
        (REST, "排查隐患路段19处，已治理14处，尚有5处正在推进。"),
        (["危房64栋，已加固39栋、拆除18栋"], "危房64栋，已加固39栋、拆除18栋，其余7栋正在招标。"),
        (BOUGHT, "组织政府采购12批次，节约资金46万元，节约率10%。"),
        (["护渔员 14名，月补 1500元"], "14名护渔员每月补助1500元，全年需补助25.2万元。"),
        (["送清凉：走访企业 14家、工地 6个"], "走访企业和工地20处。"),
        (["接访 书记 12次、镇长 11次、班子 66次"], "党政主要领导接访23次，累计接访89次。"),
        (["有机肥厂 年产 6800吨 收入 510万元"], "生产有机肥6800吨，收入510万元，吨均750元。"),
        (["巡河：龙潭河、响水沟、白沙溪"], "对3处河沟常态化巡查。"),
    ],
)
def test_what_is_left_saved_or_paid_in_a_year_follows(facts, good):
    assert wrong(facts, good) == []


@pytest.mark.parametrize(
    ("facts", "text", "said"),
    [
        (REST, "排查隐患路段19处，已治理14处，尚有4处正在推进。", "4处"),
        (BOUGHT, "组织政府采购12批次，节约资金48万元。", "48万元"),
        (["接访 书记 12次、镇长 11次、班子 66次"], "累计接访23次。", "23次"),
        (["1—10月税收2840万元，全年数年底出"], "全年实现税收2840万元。", "全年"),
    ],
)
def test_a_wrong_rest_a_part_for_the_whole_and_months_for_a_year_are_flagged(facts, text, said):
    assert said in wrong(facts, text)


def test_a_day_typed_with_a_point_is_a_date():
    assert wrong(["6.18夜里巡查，扑灭火点3处"], "6月18日夜间巡查，扑灭火点三处。") == []
    assert wrong(["亩产6.18吨"], "6月18日测产。") == ["6月18日"]


FUNDS = ["投入 376万元=上级 240 + 镇配套 96 + 群众筹 40"]
SCHOOLS = ["小学4所、初中1所、公办幼儿园3所、民办园2所"]
TAX = [
    "税收：增值税 1124.6万；其他 715.4万。合计1840万元，年计划 1750万",
    "大户 6家，缴税 1052万元",
]
RUBBISH = ["清运：一季度820吨，二季度905吨，三季度960吨，四季度预计880吨"]
WALKS = ["巡林 镇级 216人次、村级 1408人次、护林员 9300人次"]


@pytest.mark.parametrize(
    ("facts", "good"),
    [
        (FUNDS, "投入376万元，其中上级资金240万元，镇级配套96万元，群众自筹40万元。"),
        (SCHOOLS, "现有中小学5所、幼儿园5所。"),
        (TAX, "全年税收1840万元，超收90万元。大户缴税1052万元，占税收总额的57.2%。"),
        (RUBBISH, "前三季度清运垃圾2685吨，全年预计清运3565吨。"),
        (WALKS, "镇村两级林长累计巡林1624人次。"),
        (["低保 612人 特困 88人 监测对象 134人"], "资助低保对象、特困人员、监测对象834人。"),
        (["护林员 16名 年补助 3600元/人"], "16名护林员全年补助5.76万元。"),
        (["投诉：2024年 57件 2025年 33件 2026年 12件"], "投诉降至12件，两年下降78.9%。"),
        (["抢修平均 46分钟，去年 71分钟"], "平均抢修时间缩短25分钟，降至46分钟。"),
        (["灌溉恢复/改善 8600亩，其中恢复 2100亩"], "恢复改善灌溉面积8600亩。"),
        (["垃圾桶：240L的320只，660L的45只"], "新配垃圾桶365只，其中240升320只。"),
    ],
)
def test_parts_and_wholes_of_a_list_follow(facts, good):
    assert wrong(facts, good) == []


@pytest.mark.parametrize(
    ("facts", "text", "said"),
    [
        (FUNDS, "投入376万元，其中上级资金340万元。", "340万元"),
        (SCHOOLS, "现有幼儿园4所。", "4所"),
        (TAX, "大户缴税1052万元，占税收总额的52.7%。", "52.7%"),
        (RUBBISH, "全年预计清运垃圾3655吨。", "3655吨"),
        (WALKS, "镇村两级林长累计巡林1642人次。", "1642人次"),
    ],
)
def test_parts_and_wholes_that_a_list_does_not_give_are_flagged(facts, text, said):
    assert said in wrong(facts, text)


def _random_figures(text):
    """Yield a text with one figure of three digits put for another, and where it stands."""
    rng = random.Random(20261)
    for figure in figures_of(text):
        shown = re.search(r"\d+(?:\.\d+)?", figure.text)
        if shown is None or (len(shown[0]) < 2 and figure.dimension != "ratio"):
            continue
        other = str(rng.randint(101, 998))
        if "%" in figure.text:
            other = f"{other[:2]}.{other[2]}"
        start, end = figure.start + shown.start(), figure.start + shown.end()
        if other != shown[0]:
            yield text[:start] + other + text[end:], (start, start + len(other))


def test_a_random_figure_is_derived_from_a_sections_facts_in_less_than_3_of_100():
    seen = total = 0
    for case in (*cases.read_sections(), *cases.read_sections("listed_sections.txt")):
        checker = Checker(case.facts, (), 2026)
        for text, (start, end) in _random_figures(case.text):
            found = checker.examine(text).findings
            seen += any(f.start < end and start < f.end for f in found)
            total += 1
    assert total > 300
    assert seen / total >= 0.97


LISTED = cases.read_sections("listed_sections.txt")


def test_sections_from_facts_typed_as_lists_raise_no_false_alarm_and_hide_no_error():
    def flagged(case):
        return [(f.start, f.end) for f in Checker(case.facts, (), 2026).examine(case.text).findings]

    result = cases.score(LISTED, flagged)
    assert result["recall"] == 1
    assert result["wrong"] == 0
