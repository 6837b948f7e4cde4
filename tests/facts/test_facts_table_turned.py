"""Tables on their side, cells of several figures, measures said elsewhere, totals over parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Table
from drafter.facts import parse_tables
from drafter.facts.table_cells import is_number
from drafter.facts.table_turned import upright
from drafter.facts.units import split_measure

LYING = [
    ("项目", "龙柳路", "石坝桥", "环库路"),
    ("长度", "4.6公里", "38米", "7.2公里"),
    ("总投资（万元）", "920", "310", "1650"),
    ("其中：上级补助", "640", "200", "1100"),
    ("形象进度", "已通车", "桥墩完成4个", "施工图已批复"),
]
counts = st.integers(1, 4000)


def sheet(*rows, name="Sheet1"):
    cells = tuple(tuple(str(cell) for cell in row) for row in rows)
    return parse_tables([Table("表.xlsx", name, cells)], "云渡镇", "2026年")


def texts(*rows):
    return [fact.text for fact in sheet(*rows)]


def test_a_table_on_its_side_is_read_by_its_columns_with_their_cells():
    title = ("农村公路建设台账", "", "", "")
    read = sheet(title, *LYING, name="工程")
    assert [fact.text for fact in read][:2] == [
        "龙柳路：长度4.6公里，总投资920万元，其中：上级补助640万元，已通车",
        "石坝桥：长度38米，总投资310万元，其中：上级补助200万元，桥墩完成4个",
    ]
    assert [fact.source.place for fact in read] == [f"工作表“工程”{c}3" for c in "BCD"]
    assert "农村公路建设台账" in [span.text for span in read.not_understood]


def test_setting_a_table_upright_twice_leaves_it():
    turned = upright(Table("表.xlsx", "工程", tuple(LYING)))
    assert turned is not None
    assert turned.rows == tuple(zip(*LYING, strict=True))
    assert upright(turned) is None


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("指标", "东河村", "西沟村"),
            ("人口（人）", "2310", "1865"),
            ("收入（元）", "168", "159"),
        ],
        [
            ("村名", "人口（人）", "主导产业"),
            ("东河村", "2310", "茶叶"),
            ("西沟村", "1865", "油茶"),
        ],
        [("项目", "2025年", "2026年"), ("投资（万元）", "20", "30"), ("进度", "在建", "完工")],
    ],
)
def test_a_table_that_stands_is_not_turned(rows):
    assert upright(Table("表.xlsx", "数据", tuple(rows))) is None


@given(counts, counts, st.sampled_from(["{0}户{1}人", "{0}/{1}"]))
@settings(max_examples=25, deadline=None)
def test_a_cell_of_households_and_persons_is_both(households, persons, shape):
    header = ("救助类别", "在册户数/人数", "动态管理")
    rows = [
        (name, shape.format(households, persons), "新增9户") for name in ("城市低保", "农村低保")
    ]
    assert texts(header, *rows)[0] == f"城市低保：在册{households}户{persons}人，新增9户"


@pytest.mark.parametrize("cell", ["86户132人", "112人（集中38人、分散74人）", "2个156户"])
def test_several_figures_with_their_measures_are_a_figure(cell):
    assert is_number(cell)


@pytest.mark.parametrize("cell", ["10月12日", "2026年3月", "1号楼2单元", "4栋"])
def test_names_and_days_with_digits_are_no_figures(cell):
    assert is_number(cell) == (cell == "4栋")


def test_a_cell_without_a_measure_has_that_of_its_column_s_others():
    rows = [("类别", "支出"), ("低保", "98.5万元"), ("特困", "156.2万元"), ("临时救助", "21.8")]
    assert texts(*rows)[2] == "临时救助：支出21.8万元"
    rows[2] = ("特困", "156.2元")
    assert texts(*rows)[2] == "临时救助：支出21.8"


def test_a_total_s_name_says_what_its_parts_are_counted_in():
    rows = [("选项", "小计", "比例"), ("满意", 412, "51.5%"), ("一般", 388, "48.5%")]
    assert texts(*rows, ("有效填写人次", 800, ""))[0] == "满意：412人次，比例51.5%"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("改厕户数", "改厕36户"),
        ("培训人次", "培训36人次"),
        ("党员数", "党员数36名"),
        ("指数", "指数36"),
    ],
)
def test_an_indicator_is_counted_in_what_its_name_says(name, said):
    assert texts(("指标", "数值"), (name, 36), ("路灯（盏）", 12))[0] == said


@pytest.mark.parametrize("name", ["党建引领（30分）", "党建引领(满分30分)", "党建引领（共30分）"])
def test_full_marks_are_no_part_of_a_column_s_name(name):
    assert split_measure(name) == ("党建引领", "分")


@given(st.lists(counts, min_size=2, max_size=3), st.lists(counts, min_size=2, max_size=3))
@settings(max_examples=25, deadline=None)
def test_totals_over_their_parts_are_those_of_the_rows_below(income, spending):
    def rows(off):
        yield ("项目", "执行数（万元）")
        yield ("一、收入合计", sum(income))
        yield from ((f"收入来源{i}", value) for i, value in enumerate(income))
        yield ("二、支出合计", sum(spending) + off)
        yield ("其中：三保支出", spending[0])
        yield from ((f"支出项目{i}", value) for i, value in enumerate(spending[1:]))

    assert [n.code for n in sheet(*rows(0)).notices if n.code == "total_wrong"] == []
    wrong = sum(income) + sum(spending) + 7
    assert "total_wrong" in [n.code for n in sheet(*rows(wrong)).notices]


def test_the_same_row_under_two_headings_of_a_table_is_no_repeat():
    rows = [("选项", "票数"), ("您对环境是否满意", ""), ("有效填写人次", 800), ("满意", 412)]
    again = [("您最希望改善的是", ""), ("有效填写人次", 800), ("道路", 358)]
    assert "repeated" not in [n.code for n in sheet(*rows, *again).notices]


@pytest.mark.parametrize("note", ["注：金额单位为万元，数据截至9月底。", "说明：单位：万元"])
def test_a_note_below_a_table_may_say_the_measure(note):
    rows = [
        ("村别", "资产总额", "负债"),
        ("罗村", "968", "112.5"),
        ("杨村", "120", "8"),
        (note,) * 3,
    ]
    assert texts(*rows)[0] == "罗村：资产总额968万元，负债112.5万元"
