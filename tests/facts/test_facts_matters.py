"""Two figures conflict where they are of one matter, in whatever form they are handed in."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drafter.domain import Table
from drafter.facts import join_sheets, parse_facts, parse_tables
from drafter.facts.matters import Matter, matter_of

PERIOD = "2026年"
THINGS = [
    ("高标准农田", "亩"),
    ("城乡低保对象", "户"),
    ("招商引资到位资金", "万元"),
    ("村级公益岗", "个"),
]
counts = st.integers(20, 99_999)


def read(*lines):
    return parse_facts("\n".join(lines), "云渡镇", PERIOD)


def codes(*sheets):
    joined = join_sheets(sheets) if len(sheets) > 1 else sheets[0]
    return [notice.code for notice in joined.notices]


def in_table(thing, measure, value):
    rows = (("指标", "单位", "累计完成"), (thing, measure, str(value)), ("路灯安装", "盏", "7"))
    return parse_tables([Table("月报.xlsx", "Sheet1", rows)], "云渡镇", PERIOD)


def in_chat(thing, measure, value):
    return read("民政办小唐 9:05", f"{thing}{value:,}{measure}")


def in_prose(thing, measure, value):
    return read(f"截至10月底，全镇{thing}达{value}{measure}。")


FORMS = [in_table, in_chat, in_prose]


@given(st.sampled_from(THINGS), counts, counts, st.sampled_from(FORMS), st.sampled_from(FORMS))
@settings(max_examples=60, deadline=None)
def test_a_conflict_is_found_across_the_forms_of_handing_in(thing, one, two, form, other):
    assume(one != two)
    assert codes(form(*thing, one), other(*thing, two)).count("conflict") == 1
    assert "conflict" not in codes(form(*thing, one), other(*thing, one))


@given(st.integers(1, 99), st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_one_sum_in_two_measures_is_one_value(whole, tenths):
    million = f"固定资产投资完成{whole}.{tenths}亿元"
    assert codes(read(million, f"固定资产投资{whole * 10_000 + tenths * 1_000:,}万元")) == []
    assert codes(read(million, f"固定资产投资{whole * 10_000 + tenths * 1_000 + 300}万元")) == [
        "conflict"
    ]


@given(st.integers(2, 900), st.integers(0, 9))
@settings(max_examples=40, deadline=None)
def test_a_vague_figure_agrees_with_what_it_may_stand_for(tens, ones):
    assert codes(read(f"建成高标准农田{tens * 10}余亩", f"高标准农田{tens * 10 + ones}亩")) == []
    assert codes(read(f"建成高标准农田{tens * 10}余亩", f"高标准农田{tens * 20 + 100}亩")) == [
        "conflict"
    ]


@given(counts, st.integers(1, 50), st.sampled_from(["排查", "发现", "查出"]))
@settings(max_examples=40, deadline=None)
def test_what_was_found_and_what_was_done_with_it_are_two_matters(found, rest, verb):
    assert codes(read(f"{verb}火灾隐患{found + rest}处", f"整改火灾隐患{found}处")) == []
    told = read(f"{verb}火灾隐患{found + rest}处，整改{found}处", f"火灾隐患整改{found + 1}处")
    assert codes(told) == ["conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("发现火灾隐患", "火灾隐患共发现"),
        ("全镇共排查矛盾纠纷", "矛盾纠纷排查"),
        ("化解矛盾纠纷", "矛盾纠纷共化解"),
        ("完成高标准农田建设", "高标准农田"),
    ],
)
def test_words_in_another_order_count_the_same_matter(one, other):
    assert matter_of(one) == matter_of(other)


def test_a_body_named_by_what_it_does_is_a_thing():
    assert matter_of("检查组") == Matter("检查组")
    assert matter_of("化解") == Matter("", "化解")


def test_a_figure_in_mid_statement_conflicts_with_one_nearby():
    told = read("开展巡查12次，发现隐患156处，整改151处", "隐患共发现165处，还有5处没有整改")
    assert codes(told) == ["conflict"]


@pytest.mark.parametrize(
    "lines",
    [
        ("检查学校8所，发现安全隐患12处", "检查企业30家，发现安全隐患13处"),
        ("检查学校8所，发现安全隐患12处", "全镇排查安全隐患156处"),
        ("排查矛盾纠纷412件，化解405件", "化解矛盾纠纷405件"),
        ("新增党员干部5名", "党员干部63名"),
        ("新建通村道路3公里", "硬化通村道路5公里"),
        ("【司法所】发放宣传资料1200份", "【派出所】发放宣传资料1300份"),
        ("一、党建", "开展宣传活动12场", "二、安全", "开展宣传活动8场"),
        ("2025年新建公厕12座", "2026年新建公厕15座"),
        ("办结率98%，群众满意", "办结率92%，比上年提高"),
        ("产业类（2个）：完成率78.7%", "基础设施类（1个）：完成率80%"),
        ("东河村：改厕，目标50户，完成48户，完成率96%", "全镇改厕480户"),
    ],
)
def test_what_may_be_told_of_two_things_is_no_conflict(lines):
    assert "conflict" not in codes(read(*lines))


def test_the_township_and_the_year_of_the_whole_sheet_tell_no_facts_apart():
    assert codes(read("云渡镇改厕420户", "改厕402户")) == ["conflict"]
    assert codes(read("2026年改厕420户", "改厕402户")) == ["conflict"]
    assert codes(read("截至10月底，改厕420户", "改厕402户")) == ["conflict"]
    assert codes(read("截至6月底，改厕402户", "截至10月底，改厕420户")) == []


def test_a_village_s_row_conflicts_with_what_the_village_says():
    told = read("东河村：改厕，目标50户，完成48户，完成率96%", "东河村改厕45户")
    assert codes(told) == ["conflict"]


def test_a_table_s_total_conflicts_with_the_text_beside_it():
    total = "合计：矛盾纠纷，受理422件，化解405件"
    assert codes(read(total, "今年以来，全镇共受理矛盾纠纷412件，化解405件")) == ["conflict"]


def test_rows_of_one_table_are_of_two_things_where_their_names_differ():
    rows = (
        ("类别", "项目", "2026年1—10月（万元）", "2025年同期（万元）", "同比增减"),
        ("收入", "税收收入", "412.6", "386.2", "6.8%"),
        ("收入", "非税收入", "58.3", "61.5", "-5.2%"),
        ("支出", "民生支出", "268", "241", "11.2%"),
    )
    assert "conflict" not in codes(parse_tables([Table("表.xlsx", "财务", rows)], "云渡镇", PERIOD))
    long = (
        ("所属村", "统计指标", "计量单位", "统计值"),
        ("枫林村", "常住人口", "人", "2316"),
        ("枫林村", "外出务工", "人", "684"),
    )
    assert codes(parse_tables([Table("导出.csv", "导出", long)], "云渡镇", PERIOD)) == []


@pytest.mark.parametrize(("times", "found"), [(2, ["conflict"]), (3, []), (5, [])])
def test_a_ledger_in_which_a_name_comes_again_and_again_is_of_events(times, found):
    visits = [("东河村", str(i + 7), str(300 * i + 900)) for i in range(times)]
    rows = (("村名", "帮扶户数", "发放物资（元）"), ("西沟村", "3", "800"), *visits)
    sheet = parse_tables([Table("走访.xlsx", "走访", rows)], "云渡镇", "2026年")
    assert sorted({n.code for n in sheet.notices}) == found


def test_a_rate_may_be_of_the_whole_before_its_part():
    told = "资产总额1286万元，其中：经营性412.6万元，负债86.2万元，资产负债率{}%"
    assert [n.code for n in parse_facts(told.format("6.7")).notices] == []
    assert [n.code for n in parse_facts(told.format("9.7")).notices] == ["rate_wrong"]
