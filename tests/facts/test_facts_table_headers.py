"""Headers in several rows, tables side by side and stacked: each figure under its name."""

from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Table
from drafter.facts import parse_tables

MEASURES = ["户", "亩", "米", "人次", "万元"]


def texts(*rows, name="Sheet1"):
    return [f.text for f in parse_tables([Table("表.xlsx", name, tuple(map(tuple, rows)))])]


def test_three_rows_of_header_give_each_column_its_whole_name():
    assert texts(
        ["村", "道路", "道路", "道路", "道路", "绿化（株）"],
        ["村", "新修（公里）", "新修（公里）", "维修（公里）", "维修（公里）", "绿化（株）"],
        ["村", "计划", "完成", "计划", "完成", "绿化（株）"],
        ["高坎村", "3", "2.8", "5", "5", "600"],
        ["水磨村", "1.5", "1.5", "2", "1.2", "350"],
    )[0] == (
        "高坎村：道路新修计划3公里，道路新修完成2.8公里，道路维修计划5公里，"
        "道路维修完成5公里，绿化600株"
    )


def test_a_name_over_blank_cells_holds_for_the_columns_under_them():
    rows = [
        ["村", "改水（户）", "", "垃圾（吨）"],
        ["", "任务", "完成", ""],
        ["高坎村", "40", "38", "12"],
        ["水磨村", "25", "25", "9"],
    ]
    assert texts(*rows)[0] == "高坎村：改水任务40户，改水完成38户，垃圾12吨"


def test_a_row_of_data_without_figures_is_no_part_of_the_header():
    rows = [["村", "验收", "验收"], ["高坎村", "已开工", "未验收"], ["水磨村", "已完工", "已验收"]]
    assert texts(*rows) == ["高坎村，已开工，未验收", "水磨村，已完工，已验收"]


@given(
    st.integers(2, 3),
    st.lists(st.tuples(st.sampled_from(MEASURES), st.integers(1, 999)), min_size=2, max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_header_rows_merged_downwards_change_nothing(depth, columns):
    header = ["村", *(f"事项{'甲乙丙丁'[i]}（{m}）" for i, (m, _) in enumerate(columns))]
    data = [
        ["高坎村", *(str(n) for _, n in columns)],
        ["水磨村", *(str(n + 1) for _, n in columns)],
    ]
    group = [*header[:1], *(["综合情况"] * len(columns))]
    assert texts(header, *data) == [
        text.replace("综合", "") for text in texts(*[group] * (depth - 1), header, *data)
    ]


def test_tables_side_by_side_are_read_each_by_itself_with_its_own_cells():
    rows = (
        ("就业", "就业", "", "培训", "培训"),
        ("村", "转移就业（人）", "", "村", "培训（人次）"),
        ("高坎村", "31", "", "水磨村", "57"),
        ("青杠村", "18", "", "高坎村", "44"),
    )
    facts = parse_tables([Table("表.xlsx", "社保", rows)]).facts
    assert [(f.text, f.source.place) for f in facts] == [
        ("高坎村：转移就业31人", "工作表“社保”B3"),
        ("青杠村：转移就业18人", "工作表“社保”B4"),
        ("水磨村：培训57人次", "工作表“社保”E3"),
        ("高坎村：培训44人次", "工作表“社保”E4"),
    ]


def test_a_repeated_answer_in_a_row_parts_no_table():
    rows = [["村", "安全", "卫生"], ["高坎村", "优", "优"], ["水磨村", "优", "良"]]
    assert len(texts(*rows)) == 2


def test_a_heading_over_a_header_begins_a_new_table_without_an_empty_row():
    assert texts(
        ["一、用水", "一、用水", "一、用水"],
        ["村", "管网（米）", "水表（块）"],
        ["高坎村", "900", "60"],
        ["二、用电", "二、用电", "二、用电"],
        ["台区", "容量（千瓦）", "户数"],
        ["水磨台区", "315", "48"],
    ) == ["高坎村：管网900米，水表60块", "水磨台区：容量315千瓦，48户"]


def test_a_roster_with_telephones_has_a_header_and_keeps_them_aside():
    sheet = parse_tables(
        [
            Table(
                "表.xlsx", "名单",
                (
                    ("序号", "姓名", "职务", "联系电话", "包联户数"),
                    ("1", "林国平", "网格长", "13800001111", "12"),
                    ("2", "何秀兰", "网格员", "13800002222", "9"),
                ),
            )
        ]
    )  # fmt: skip
    assert [f.text for f in sheet] == ["林国平：网格长，包联12户", "何秀兰：网格员，包联9户"]


def test_tables_parted_by_an_empty_column_are_two_though_their_names_differ():
    assert texts(
        ["支部", "发展党员（名）", "", "地点", "投入（万元）"],
        ["高坎村支部", "2", "", "水磨服务中心", "68"],
        ["机关支部", "1", "", "", ""],
    ) == ["高坎村支部：发展党员2名", "机关支部：发展党员1名", "水磨服务中心：投入68万元"]


def test_an_empty_column_inside_a_table_parts_nothing():
    rows = [["高坎村", "", "20", "", "61"], ["水磨村", "", "9", "", "30"]]
    assert texts(["村", "", "户数", "", "人数"], *rows)[0] == "高坎村：20户，61人"


def test_a_range_in_a_column_of_figures_has_its_measure():
    rows = [["采茶", "4000-5500", "约120"], ["缝纫", "3500—6000", "30"]]
    told = texts(["工种", "工资（元）", "需求人数"], *rows)
    assert told[0] == "采茶：工资4000-5500元，需求约120人"


def test_measures_stand_beside_parted_names_in_the_last_row_of_a_header():
    assert texts(
        ("村名", "户厕", "户厕", "垃圾"),
        ("村名", "任务（户）", "完成（户）", "（吨）"),
        ("东河村", "40", "38", "312"),
    ) == ["东河村：户厕任务40户，户厕完成38户，垃圾312吨"]


def test_columns_that_say_only_what_was_done_get_the_table_s_topic():
    rows = (("村名", "受理", "化解"), ("东河村", "12", "11"), ("合计", "12", "11"))
    table = Table("小结.docx", "表1", rows, caption="表1 各村矛盾纠纷受理化解情况 单位：件")
    assert [f.text for f in parse_tables([table])] == [
        "东河村：矛盾纠纷，受理12件，化解11件",
        "合计：矛盾纠纷，受理12件，化解11件",
    ]


def test_a_table_s_rows_stand_under_the_heading_of_the_paper():
    rows = (("村名", "改厕（户）"), ("东河村", "12"))
    (fact,) = parse_tables([Table("小结.docx", "表1", rows, heading="人居环境整治")])
    assert fact.section_hint == "人居环境整治"


def test_a_statistical_form_numbers_its_columns_and_is_signed_below():
    rows = [
        ["指标名称", "代码", "计量单位", "本期"],
        ["甲", "乙", "丙", "1"],
        ["一、转移就业人数", "02", "人", "6120"],
        ["其中：省外", "03", "人", "3240"],
        ["单位负责人：邓华", "", "填表人：罗敏", ""],
    ]
    sheet = parse_tables([Table("表.xlsx", "劳务", tuple(map(tuple, rows)))])
    assert [f.text for f in sheet] == [
        "转移就业人数：本期6120人",
        "转移就业人数（其中省外）：本期3240人",
    ]
    shown = [span.text for span in sheet.not_understood]
    assert shown == ["甲 乙 丙 1", "单位负责人：邓华 填表人：罗敏"]


def test_a_name_that_only_counts_goes_under_the_name_above_it():
    assert texts(
        ["项目", "本月", "本月"],
        ["项目", "数量", "投入（万元）"],
        ["安全检查", "18次", "0.6"],
        ["演练", "2次", "0.9"],
    ) == ["安全检查：本月18次，本月投入0.6万元", "演练：本月2次，本月投入0.9万元"]


def test_parts_of_a_count_are_measured_as_the_count_is():
    assert texts(
        ["支部", "党员数", "党员数", "同比±%"],
        ["支部", "合计", "其中女", "同比±%"],
        ["机关", "41", "15", "-2.4"],
        ["白坪", "54", "13", "1.6"],
    ) == [
        "机关：党员数合计41名，党员数其中女15名，同比下降2.4%",
        "白坪：党员数合计54名，党员数其中女13名，同比1.6%",
    ]


@given(st.sampled_from(MEASURES), st.integers(1, 999), st.integers(1, 999))
@settings(max_examples=20, deadline=None)
def test_a_measure_of_the_upper_name_stays_with_the_lower_ones(measure, whole, done):
    rows = [
        ["村", f"改造（{measure}）", f"改造（{measure}）", f"改造（{measure}）", "进度"],
        ["村", "改造总量", "年度计划", "完成率（%）", "进度"],
        ["高坎村", whole, done, "95", "已完工"],
        ["水磨村", whole, done, "96", "已完工"],
    ]
    said = f"高坎村：改造总量{whole}{measure}，改造年度计划{done}{measure}，改造完成率95%，已完工"
    assert texts(*(map(str, row) for row in rows))[0] == said


def test_the_one_measure_that_no_name_takes_is_that_of_the_names_that_say_none():
    rows = [
        ["单位：万元、户", "", "", ""],
        ["村", "计划投资", "户厕任务", "排名"],
        ["高坎村", "120", "60", "1"],
        ["水磨村", "150", "75", "2"],
    ]
    assert texts(*rows)[0] == "高坎村：计划投资120万元，户厕任务60户，排名第1"
    rows[1] = ["村", "计划投资", "户厕任务", "上门走访"]
    assert "60户" not in texts(*rows)[0]  # 走访 may be counted in 户, 户厕 in something else
    rows[1] = ["村", "改造面积", "户厕任务", "排名"]
    assert "60户" not in texts(*rows)[0]  # 万元, 户: either may be its measure


def test_a_column_that_tells_of_the_one_before_it_has_its_measure():
    rows = [
        ["村", "计划（户）", "竣工", "竣工", "在建", "权重"],
        ["村", "计划（户）", "户数", "其中新建", "在建", "权重"],
        ["高坎村", "14", "13", "4", "1", "6"],
        ["水磨村", "11", "9", "3", "2", "5"],
    ]
    said = "高坎村：计划14户，竣工13户，竣工其中新建4户，在建1户，权重6"
    assert texts(*rows)[0] == said


def test_a_total_beside_columns_of_one_measure_has_it():
    rows = [
        ["类型", "党总支", "党支部", "合计"],
        ["农村", "3", "14", "17"],
        ["机关", "0", "5", "5"],
    ]
    assert texts(*rows)[0] == "农村：党总支3个，党支部14个，合计17个"


def test_a_sentence_with_figures_over_a_table_is_a_statement():
    title = ["云渡镇改厕台账（截至11月15日）"] * 3
    told = ["全镇计划改厕38户，已竣工33户。"] * 3
    rows = [["村", "计划（户）", "竣工（户）"], ["高坎村", "14", "13"], ["水磨村", "24", "20"]]
    assert texts(title, told, *rows)[0] == "全镇计划改厕38户，已竣工33户"
    assert len(texts(title, told, *rows)) == 3
