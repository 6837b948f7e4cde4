"""Conflicts are found when facts come in, and only conflicts are."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drafter.chinese.numerals import to_chinese
from drafter.facts import join_sheets, parse_facts

ROOT = Path(__file__).parents[2]
SUBJECTS = [
    "招商引资到位资金",
    "固定资产投资额",
    "低保对象人数",
    "幸福食堂用餐老人",
    "矛盾纠纷调解总量",
]
counts = st.integers(2, 9999)


def codes(text):
    return [notice.code for notice in parse_facts(text).notices]


def read(*parts):
    return parse_facts(ROOT.joinpath(*parts, "facts.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("place", [("drafter", "demo"), ("tests", "townships", "clean")])
def test_facts_that_agree_raise_nothing(place):
    assert read(*place).notices == ()


def test_the_contradictory_township_shows_each_of_its_conflicts_once():
    sheet = read("tests", "townships", "contradictory")
    assert Counter(n.code for n in sheet.notices) == {
        "rate_wrong": 2,
        "conflict": 1,
        "sum_wrong": 2,
        "state_conflict": 1,
        "repeated": 2,
        "part_exceeds": 1,
    }
    known = {fact.id for fact in sheet}
    for notice in sheet.notices:
        assert notice.fact_ids
        assert set(notice.fact_ids) <= known
        assert notice.fact_ids[0] in notice.message


def test_a_corrected_figure_in_a_chat_is_shown_beside_the_old_one():
    sheet = read("tests", "townships", "chat")
    assert [n.code for n in sheet.notices] == ["correction", "rate_missing"]
    assert "垃圾" in sheet.notices[0].message


@given(st.sampled_from(SUBJECTS), counts, counts, st.sampled_from(["万元", "户", "人", "件"]))
@settings(max_examples=100, deadline=None)
def test_one_subject_with_two_values_is_a_conflict_and_with_one_is_not(subject, one, two, measure):
    assume(one != two)
    apart = f"【甲办】\n{subject}{one}{measure}\n【乙办】\n全镇{subject}达{two}{measure}"
    assert "conflict" in codes(apart)
    same = (
        f"【甲办】\n{subject}{one}{measure}，已核\n【乙办】\n{subject}达{to_chinese(one)}{measure}"
    )
    if one != 2:
        assert "conflict" not in codes(same)


@given(counts, counts)
@settings(max_examples=50, deadline=None)
def test_two_places_or_two_periods_are_no_conflict(one, two):
    assert codes(f"柳塘村改厕{one}户\n枫坪村改厕{two}户") == []
    assert codes(f"上半年受理信访事项{one}件\n下半年受理信访事项{two}件") == []
    if one != two:
        assert codes(f"【甲办】检查{one}次\n【乙办】检查{two}次") == []


@given(st.integers(10, 9999), st.integers(1, 9999), st.integers(0, 2), st.data())
@settings(max_examples=150, deadline=None)
def test_a_rate_is_recomputed(target, actual, places, data):
    exact = Decimal(actual) * 100 / target
    rate = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"招商引资任务{target}万元，完成{actual}万元，完成率{rate}%"
    assert "rate_wrong" not in codes(text)
    off = data.draw(st.integers(2, 40)) * Decimal(1).scaleb(-places)
    assert "rate_wrong" in codes(text.replace(f"率{rate}%", f"率{rate + off}%"))


@given(st.integers(1, 9999), st.data())
@settings(max_examples=80, deadline=None)
def test_a_share_of_what_came_in_is_recomputed(whole, data):
    part = data.draw(st.integers(0, whole))
    rate = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert codes(f"受理{whole}件，办结{part}件，办结率{rate}%") == []
    assert codes(f"受理{whole}件，办结{part}件，办结率{rate + 1}%") == ["rate_wrong"]


@given(st.integers(10, 999), st.integers(1, 999))
@settings(max_examples=80, deadline=None)
def test_a_change_is_recomputed(base, now):
    assume(now < base)
    fall = (Decimal(base - now) * 100 / base).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert codes(f"发文：上年同期{base}件→今年{now}件，下降{fall}%") == []
    assert codes(f"发文：上年同期{base}件→今年{now}件，下降{fall + 3}%") == ["growth_wrong"]


@given(st.lists(st.integers(1, 500), min_size=2, max_size=5), st.integers(1, 50))
@settings(max_examples=120, deadline=None)
def test_parts_must_make_the_whole(parts, off):
    names = ["班子", "成员", "站所", "村级", "其他组"]
    listed = "、".join(f"{name}{part}个" for name, part in zip(names, parts, strict=False))
    right, wrong = sum(parts), sum(parts) + off
    assert codes(f"查摆问题{right}个：{listed}") == []
    assert codes(f"查摆问题{wrong}个：{listed}") == ["sum_wrong"]
    assert codes(f"查摆问题{right}个（{listed}），已上墙公示") == []
    assert codes(f"{listed}，共{right}个") == []
    assert codes(f"{listed}，共{wrong}个") == ["sum_wrong"]


@pytest.mark.parametrize(
    "text",
    [
        "党员86名，其中女党员21名、大学生8名",
        "班子9人，每人交心得3篇→共27篇",
        "书记讲党课2场，其他成员8人各讲1场，共8场",
        "检查企业28家、烟花零售点11个、加油站2个",
        "信访积案8件→化解7件，剩1件",
        "中心组学习10次（任务10次），其中专题研讨4次",
        "作风测评得分按20%计入年度考核",
        "重点项目6个：完工4个，在建2个（渡口、云水路改造）",
        "留守儿童76名，结对76名",
        "承办代表建议36件、政协提案11件，办结45件",
        "修订规章12件，办理代表建议246件",
        "评出四星支部9个；整改问题47个",
        "完成工程六期建设任务910亩，治理水土流失30公顷",
        "查摆作风问题48个，已全部整改\n作风建设与群众期盼还有差距，整改需持续用力",
        "账目问题4个，2027年3月底前全部整改\n已整改账目问题79个，剩余4个",
        "城镇新增就业890人\n城镇新增就业860人以上",
    ],
)
def test_what_need_not_add_up_is_left_alone(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("拆违章棚房76处（任务80处）", "rate_missing", "95%"),
        ("固定资产投资完成1.7亿元，完成率85%", "triple_missing", "2亿元"),
        ("招商引资任务1.5亿元，完成率90%", "triple_missing", "1.35亿元"),
        ("投资任务2亿元，完成1.7亿元，完成率95%", "rate_wrong", "85%"),
        ("积案8件，化解6件，剩3件", "rest_wrong", "2件"),
        ("隐患98处，整改95处，还有2处要等配件", "rest_wrong", "3处"),
        ("发现问题39个，已整改34个，剩3个月底前改完", "rest_wrong", "5个"),
        ("低保312户，其中兴隆片158户、河东片144户", "sum_wrong", "302户"),
    ],
)
def test_a_notice_suggests_what_the_figures_say(text, code, suggestion):
    notices = parse_facts(text).notices
    assert [(n.code, n.suggestion) for n in notices] == [(code, suggestion)]


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("计划改厕150户，实际完成142户，完成率90%", "rate_wrong", "95%"),
        ("年初目标任务1.5亿元，实际到位1.35亿元，占95%", "rate_wrong", "90%"),
        ("完成1.35亿元（目标1.5亿元），完成率95%", "rate_wrong", "90%"),
        ("完成投资2.73亿元，为年度任务2.6亿元的115%", "rate_wrong", "105%"),
        ("应参保2.1万人，已参保2.05万人，参保率99.6%", "rate_wrong", "97.6%"),
        ("游客38.6万人次（2025年32万人次），增长30.6%", "growth_wrong", "20.6%"),
        ("信访量从68件降至41件，下降49.7%", "growth_wrong", "39.7%"),
        ("村集体收入由800万元增长到1000万元，增长20%", "growth_wrong", "25%"),
    ],
)
def test_the_ways_of_saying_a_triple_are_all_recomputed(text, code, suggestion):
    notices = parse_facts(text).notices
    assert [(n.code, n.suggestion) for n in notices] == [(code, suggestion)]


@pytest.mark.parametrize(
    "text",
    [
        "应参保2.1万人，已参保2.05万人，参保率97.6%",
        "应整改20件，完成整改15件",
        "任务80户，完成80户，满意率98%",
        "游客38.6万人次（2025年32万人次），增长20.6%",
        "完成投资2.73亿元，为年度任务2.6亿元的105%",
        "受理6840件，办结6815件，办结率99.6%，满意率98%",
        "开展培训4期，每期50人，共200人",
        "低保312户547人，其中一类20户31人、二类150户260人、三类142户256人",
    ],
)
def test_right_triples_in_all_these_ways_raise_nothing(text):
    assert codes(text) == []


def test_all_done_here_and_some_open_there_is_shown():
    text = "查摆作风问题48个，已全部整改\n作风整改尚有2个未完成"
    assert codes(text) == ["state_conflict"]
    assert codes("查摆作风问题48个，已全部整改\n路灯安装尚有2盏未完成") == []


def test_the_same_fact_twice_is_shown_with_both_offices():
    notices = parse_facts("【纪委】通报3期\n【综治中心】通报 3期。").notices
    assert [(n.code, n.fact_ids) for n in notices] == [("repeated", ("F1", "F2"))]
    assert "纪委、综治中心" in notices[0].message


def test_joining_sheets_finds_conflicts_across_them():
    one = parse_facts("招商引资到位资金6200万元", source="甲.txt")
    two = parse_facts("招商引资到位资金6800万元", source="乙.txt")
    assert one.notices == two.notices == ()
    joined = join_sheets([one, two])
    assert [(n.code, n.fact_ids) for n in joined.notices] == [("conflict", ("F1", "F2"))]


def test_all_done_is_set_against_a_long_line_that_names_the_rest():
    lines = ["排查企业六十二家，隐患一百零八处→整改一百零五处，剩3处月底前改完", "隐患已全部整改"]
    codes = {notice.code for notice in parse_facts("\n".join(lines)).notices}
    assert "state_conflict" in codes


@pytest.mark.parametrize(
    "text",
    [
        "合作社43家，其中省级2家、市级5家、县级11家，另有家庭农场67家",
        "全年目标3亿元，签约项目5个、协议资金4.2亿元，到位2.46亿元，完成率82%",
        "争取项目9个、资金5560万元，其中：水利3个2100万元，交通6个3460万元",
    ],
)
def test_what_stands_beside_a_whole_or_a_target_is_none_of_its_parts(text):
    assert codes(text) == []


def test_a_list_in_two_measures_is_added_up_in_each():
    text = "争取项目{}个、资金{}万元，其中：水利3个2100万元，交通6个3460万元"
    assert codes(text.format(9, 5560)) == []
    assert codes(text.format(9, 5660)) == ["sum_wrong"]


def test_one_period_written_in_two_ways_is_one_period():
    assert codes("固定资产投资1-10月完成1.86亿\n固定资产投资1—10月份完成1.68亿元") == ["conflict"]
    assert codes("固定资产投资1-10月完成1.86亿\n固定资产投资1—11月完成1.98亿元") == []


def test_numbers_in_a_notice_are_renumbered_with_the_facts():
    one = parse_facts("民政办小唐 9:05\n农村低保对象312户\n更正：农村低保对象321户")
    joined = join_sheets([parse_facts("改厕118户"), one])
    assert joined.notices[0].message.startswith("F3更正F2")


def test_income_less_spending_is_what_is_left():
    assert codes("募捐收入18.7万元，支出15.2万元，结余3.5万元") == []
    notices = parse_facts("募捐收入18.7万元，支出15.2万元，结余4.5万元").notices
    assert [(n.code, n.suggestion) for n in notices] == [("rest_wrong", "3.5万元")]
    assert codes("到位资金460万元，支出482万元") == []


def test_a_list_that_goes_on_in_another_measure_names_not_all_parts():
    assert codes("单位312家，其中工贸企业18家、危化品企业2家（加油站）、零售点9个") == []


@pytest.mark.parametrize(
    "text",
    [
        "监测对象15户，监测对象52人，消除6户，消除20人，消除率38.5%",
        "排查233起，其中婚姻86起、邻里74起、土地52起、其他21起；化解229起，化解率98.3%",
        "脱贫户86户，改厕完成率98.2%",
        "用电量：本期2138度，上年同期2206度，增长-3.1%",
    ],
)
def test_a_rate_is_judged_against_the_pair_that_it_is_about(text):
    assert codes(text) == []


@given(counts, counts, st.sampled_from(["同比+", "同比", "同比增速", "增减"]))
def test_a_signed_change_is_reckoned_as_a_growth(base, now, name):
    grown = Decimal(now - base) * 100 / base
    assume(now > base)
    right = grown.quantize(Decimal("0.1"), ROUND_HALF_UP)
    told = f"接待游客：本期{now}人次，上年同期{base}人次，{name}"
    assert codes(f"{told}{right}%") == []
    assert codes(f"{told}{right + 3}%") == ["growth_wrong"]


@given(counts, counts)
def test_a_difference_between_two_years_and_their_growth_changes_nothing(base, now):
    assume(now > base)
    right = (Decimal(now - base) * 100 / base).quantize(Decimal("0.1"), ROUND_HALF_UP)
    told = f"2026年清运垃圾：上年同期{base}吨，本期{now}吨，增加{now - base}吨，增长"
    assert codes(f"{told}{right}%") == []
    assert codes(f"{told}{right + 3}%") == ["growth_wrong"]


@pytest.mark.parametrize(
    ("one", "other"), [("东河村", "西沟村"), ("3月", "4月"), ("一季度", "二季度")]
)
def test_equal_figures_of_two_places_or_months_are_no_repeat(one, other):
    said = "{}开展巡河42次，发现问题3处"
    assert codes(f"{said.format(one)}\n{said.format(other)}") == []
    assert codes(f"{said.format(one)}\n{one}开展巡河42次，发现的问题3处") == ["repeated"]


def test_rows_of_one_table_with_equal_figures_are_no_repeat():
    rows = "村名\t改厕（户）\t投入（万元）\n东河\t12\t3.5\n西沟\t12\t3.5\n"
    assert codes(rows) == []


@given(counts, counts)
def test_a_result_before_last_year_s_and_the_task_is_what_the_rate_is_of(target, done):
    assume(0 < done <= target)
    right = (Decimal(done) * 100 / target).quantize(Decimal("0.1"), ROUND_HALF_UP)
    told = f"经营主体：1-10月{done}户，去年同期{done}户，同比0%，年度任务{target}户，完成进度"
    assert codes(f"{told}{right}%") == []
    assert codes(f"{told}{right + 3}%") == ["rate_wrong"]


def test_parts_counted_in_two_measures_need_not_be_all():
    told = "监测对象46户138人，其中今年新纳入7户19人，消除风险31户94人"
    assert codes(told) == []
    assert codes("五保户9户11人，其中男5户6人、女4户6人") == ["sum_wrong"]


def test_a_negative_growth_with_a_wrong_figure_is_still_found():
    assert codes("本期2138度，上年同期2206度，增长-5.1%") == ["growth_wrong"]


def test_what_failed_is_no_part_of_what_passed():
    assert codes("食品抽检120批次，不合格2批次，合格率98.3%") == []
    assert codes("食品抽检120批次，合格118批次，合格率95.3%") == ["rate_wrong"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今年油菜种植面积4200亩，油菜种植面积4500亩", "conflict"),
        ("农业办：烘干中心投资额180万元，建成2个，烘干中心投资额210万元", "conflict"),
        ("高坎村：今年共危房改造12户，已完工10户，还剩3户没完", "rest_wrong"),
        ("任务60盏，装好52盏，还差6盏", "rest_wrong"),
    ],
)
def test_a_short_answer_that_contradicts_itself_is_shown(text, code):
    assert [n.code for n in parse_facts(text).notices] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "今年公厕新建3座，公厕改建5座",
        "新建公厕3座，改建公厕5座",
        "高坎村油菜种植面积4200亩，水磨村油菜种植面积4500亩",
        "3月油菜收购量42吨，4月油菜收购量45吨",
        "年初排查老旧房屋12户，拆除10户，还剩2户",
        "新建12户，改建10户，还剩3户",
    ],
)
def test_two_things_in_one_answer_are_no_contradiction(text):
    assert not {n.code for n in parse_facts(text).notices} & {"conflict", "rest_wrong"}


def test_what_was_corrected_conflicts_with_nothing():
    text = "农业办：水稻种植面积4200亩\n更正：水稻种植面积应为4500亩\n水稻种植面积4500亩"
    assert "conflict" not in {n.code for n in parse_facts(text).notices}


def test_a_result_by_another_name_than_done_makes_up_its_rate():
    assert not parse_facts("今年任务8人，目前定兵9人，完成率112.5%").notices


tenths = st.integers(11, 99_999).map(lambda n: Decimal(n) / 10)


@given(tenths, tenths, st.sampled_from(["亩", "万亩", "公顷", "公里", "里", "吨", "斤", "万元"]))
def test_a_whole_its_part_and_its_rest_are_right_in_any_measure(done, left, unit):
    whole = done + left
    assert codes(f"改造{whole}{unit}，已完成{done}{unit}，剩{left}{unit}") == []
    assert codes(f"改造面积：甲村{done}{unit}、乙村{left}{unit}，合计{whole}{unit}") == []
    wrong = codes(f"改造{whole}{unit}，已完成{done}{unit}，剩{left + 1}{unit}")
    assert wrong == ["rest_wrong"]


@given(st.tuples(counts, counts, counts), st.integers(1, 50))
def test_what_is_in_stock_is_what_there_was_and_came_in_less_what_went_out(given_, off):
    was, came, went = given_
    assume(was + came > went)
    told = f"铁锹：上年结存{was}把，本年购入{came}把，本年使用{went}把，现有库存"
    assert codes(f"{told}{was + came - went}把") == []
    assert codes(f"{told}{was + came - went + off}把") == ["rest_wrong"]


def test_a_total_of_things_counted_in_different_ways_is_not_added_up():
    assert codes("上周信访：来访6批9人、来信2件、网上11件，合计19件") == []
    assert codes("上周信访：来信2件、网上11件，合计19件") == ["sum_wrong"]
