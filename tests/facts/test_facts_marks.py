"""Markdown, HTML, headings and list numbers in pasted notes are read as what they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.facts import parse_facts
from drafter.facts.markup import VEIL, veiled


def read(text):
    return [(f.text, f.section_hint) for f in parse_facts(text)]


def test_markdown_is_read_as_its_reader_sees_it():
    assert read(
        "## 一、党的建设\n\n- **中心组学习**：开展12次\n* 发展党员 __9名__&nbsp;、转正7名<br>\n"
        "> 阵地改造`3个`\n### （一）存在的问题\n1. 农产品加工企业仅2家"
    ) == [
        ("中心组学习：开展12次", "党的建设"),
        ("发展党员 9名 、转正7名", "党的建设"),
        ("阵地改造3个", "党的建设"),
        ("农产品加工企业仅2家", "存在的问题"),
    ]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("排查&amp;整改97处", "排查&整改97处"),
        ("见[通报](https://example.cn/a)3期", "见通报3期"),
        ("办结率&gt;98%", "办结率>98%"),
        ("覆盖3*2个组", "覆盖3*2个组"),
        ("完成投资****万元，改厕**户", "完成投资****万元，改厕**户"),
        ("<script>alert(1)</script>改厕3户", "<script>alert(1)</script>改厕3户"),
        ("#清廉乡村#话题阅读3万次", "#清廉乡村#话题阅读3万次"),
    ],
)
def test_only_markup_is_veiled(written, seen):
    assert read(written)[0][0] == seen


@given(st.text(alphabet="*#_>`~&;<>[]()abp/！党建：12户 \u4e00\n", max_size=40))
@settings(max_examples=200, deadline=None)
def test_a_veiled_line_keeps_its_length_and_its_figures_places(line):
    shown = veiled(line)
    assert len(shown) == len(line)
    assert all(a in (b, VEIL) or b in "&" for a, b in zip(shown, line, strict=True))


def test_short_names_over_statements_are_headings():
    assert read("（一）文明创建\n文明家庭26户\n（二）文化惠民\n电影132场\n书屋11个") == [
        ("文明家庭26户", "文明创建"),
        ("电影132场", "文化惠民"),
        ("书屋11个", "文化惠民"),
    ]
    assert read("换届\n选出村干部76名，平均年龄39.6岁\n人大工作\n视察调研6次") == [
        ("选出村干部76名，平均年龄39.6岁", "换届"),
        ("视察调研6次", "人大工作"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "（一）修缮幸福院\n（二）新建文化墙",
        "一、整修机耕路\n二、清理河道\n三、维修提灌站",
        "路灯坏了\n已报修3盏",
        "道路已通\n全长2.9公里",
    ],
)
def test_a_list_of_short_statements_has_no_headings(text):
    assert [hint for _, hint in read(text)] == [""] * len(text.splitlines())


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("3.3月底前完成备耕", "3月底前完成备耕"),
        ("2.2026年改厕118户", "2026年改厕118户"),
        ("5.3项制度上墙", "3项制度上墙"),
        ("6.12345热线办件417件", "12345热线办件417件"),
        ("3.3万元用于路灯", "3.3万元用于路灯"),
        ("2.5倍于上年", "2.5倍于上年"),
        ("1.5公里水渠", "1.5公里水渠"),
        ("1.5课时的培训", "1.5课时的培训"),
        ("1.5万人次参加", "1.5万人次参加"),
    ],
)
def test_a_list_number_glued_to_a_date_or_a_count_goes(line, fact):
    assert read(line)[0][0] == fact


def test_a_glued_list_number_is_known_by_its_neighbours():
    assert [text for text, _ in read("3.修建水渠2公里\n4.300亩茶园改造")] == [
        "修建水渠2公里",
        "300亩茶园改造",
    ]
    assert [text for text, _ in read("1.5万人次参加\n2.3公里道路硬化")] == [
        "1.5万人次参加",
        "2.3公里道路硬化",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "注：以上数据截至10月底",
        "（以上数据由统计站提供）",
        "附件2",
        "（截至11月10日）",
        "请各位领导审定",
        "特此报送。",
        "请按下列内容填报（11月15日前交党政办）",
        "主要做了以下工作：",
    ],
)
def test_what_speaks_about_the_list_is_shown_and_no_fact(line):
    sheet = parse_facts(f"改厕118户\n{line}\n清运垃圾320吨")
    assert [f.text for f in sheet] == ["改厕118户", "清运垃圾320吨"]
    assert [span.text for span in sheet.not_understood] == [line]


def test_a_title_without_unit_or_year_is_a_title():
    sheet = parse_facts("各村（社区）人居环境整治台账\n改厕118户")
    assert [f.text for f in sheet] == ["改厕118户"]


def test_a_bare_heading_may_stand_over_another_one():
    assert read("农业生产\n春播\n玉米1.6万亩，大豆4200亩\n秋粮\n稻谷8600吨") == [
        ("玉米1.6万亩，大豆4200亩", "春播"),
        ("稻谷8600吨", "秋粮"),
    ]
    assert len(read("河道清理\n公厕改造\n路灯亮化\n投入30万元，惠及80户")) == 4


def test_what_is_counted_off_in_one_line_is_parted():
    assert [text for text, _ in read("一是继续抓好抽检。二是培训协管员28名")] == [
        "继续抓好抽检",
        "培训协管员28名",
    ]


def test_boxes_of_a_task_list_are_no_words():
    assert [text for text, _ in read("- [x] 公路5.2公里通车\n- [ ] 桥梁桩基完成60%")] == [
        "公路5.2公里通车",
        "桥梁桩基完成60%",
    ]


@pytest.mark.parametrize(
    "line",
    ["截至10月底完成118户", "截至目前改厕118户", "请示上报3件", "以上党员占80%", "数据中心建成1个"],
)
def test_a_statement_that_begins_like_a_note_stays_a_fact(line):
    assert [text for text, _ in read(line)] == [line]


def test_a_heading_behind_a_note_is_no_item_of_the_note():
    lines = ["注：1.投资含自筹", "2.面积由各村上报", "三、存在问题", "一是河东村进度滞后"]
    sheet = parse_facts("\n".join(lines))
    assert [(f.text, f.section_hint) for f in sheet] == [("河东村进度滞后", "存在问题")]
    assert [span.text for span in sheet.not_understood] == lines[:2]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("改厕~~118户~~121户", "改厕121户"),
        ("3.~~检疫生猪3200头~~", None),
        ("- ~~检疫生猪3200头~~", None),
        ("气温3~5度，巡查~2次", "气温3~5度，巡查~2次"),
    ],
)
def test_what_is_struck_out_is_shown_and_not_stated(line, said):
    sheet = parse_facts(line)
    assert [fact.text for fact in sheet] == ([said] if said else [])
    left = "".join(span.text for span in sheet.not_understood)
    assert ("~~" in line) == ("~~" in left)


@pytest.mark.parametrize("ending", ["情况说明", "专报", "请示"])
def test_a_letter_s_first_line_with_the_township_s_name_is_its_title(ending):
    sheet = parse_facts(f"关于云渡镇2026年动物防疫工作的{ending}\n免疫猪18600头")
    assert [fact.text for fact in sheet] == ["免疫猪18600头"]
    assert (sheet.unit, sheet.period) == ("云渡镇", "2026年")


@pytest.mark.parametrize(
    "line",
    [
        "填报村：泉水村    月份：2026年10月",
        "督查时间：2026.9.14—9.30　　督查组：应急办、派出所、司法所",
        "周三：（无）",
        "（此件不公开）",
    ],
)
def test_for_whom_and_when_a_list_is_states_nothing(line):
    sheet = parse_facts(f"{line}\n改厕118户")
    assert [fact.text for fact in sheet] == ["改厕118户"]


@pytest.mark.parametrize(
    "line", ["护林人员：36人 宣讲对象：120人", "周三：检查企业5家", "矛盾纠纷：无"]
)
def test_pairs_with_figures_state_something(line):
    assert [fact.text for fact in parse_facts(line)] == [line]


def test_items_numbered_by_levels_lose_their_numbers():
    lines = ["1.1 督查单位63家", "1.2 发现问题114条", "1.3.1 3公里道路待修"]
    assert [text for text, _ in read("\n".join(lines))] == [
        "督查单位63家",
        "发现问题114条",
        "1.3.1 3公里道路待修",
    ]


def test_a_day_glued_to_a_list_s_number_is_that_day():
    lines = ["1.27日召开动员会", "2.28—30日迎接检查", "3.完成征订165份"]
    assert [text for text, _ in read("\n".join(lines))] == [
        "27日召开动员会",
        "28—30日迎接检查",
        "完成征订165份",
    ]


def test_statements_parted_by_a_semicolon_need_no_figure_before_it():
    assert [text for text, _ in read("完成水管改造；启动医保征缴，目标参保率98%")] == [
        "完成水管改造",
        "启动医保征缴，目标参保率98%",
    ]


def test_a_word_behind_a_hash_is_the_heading_of_its_statement():
    assert read("#大事记 10.12 县人大视察产业路") == [("10月12日 县人大视察产业路", "大事记")]


@pytest.mark.parametrize(
    ("label", "state"),
    [("存在问题", "problem"), ("明日重点", "planned"), ("四、下周安排", "planned")],
)
def test_several_statements_behind_a_label_are_each_under_it(label, state):
    sheet = parse_facts(f"{label}：消防设施老化，有6处待换；村级防疫员仅有6名\n改厕118户")
    assert [fact.text for fact in sheet] == [
        "消防设施老化，有6处待换",
        "村级防疫员仅有6名",
        "改厕118户",
    ]
    hint = label.removeprefix("四、")
    assert [fact.section_hint for fact in sheet] == [hint, hint, ""]
    assert sheet.facts[1].state == state


def test_a_single_statement_keeps_its_label():
    assert read("问题：年轻干部不会做群众工作") == [("问题：年轻干部不会做群众工作", "")]


@pytest.mark.parametrize("first", ["书记在会上讲的几个数（未经本人审阅）", "各线报来的数字"])
def test_a_line_over_a_numbered_list_is_its_title(first):
    sheet = parse_facts(f"{first}\n1、签约11个\n2、落地7个\n3、（略）")
    assert [fact.text for fact in sheet] == ["签约11个", "落地7个"]
    assert first in [span.text for span in sheet.not_understood]


@pytest.mark.parametrize("first", ["全面落实林长制", "改厕118户", "党建工作扎实开展。"])
def test_a_statement_over_a_numbered_list_stays_one(first):
    assert parse_facts(f"{first}\n1、签约11个\n2、落地7个").facts[0].text == first.rstrip("。")


def test_a_daily_report_s_particulars_are_no_facts():
    lines = [
        "【值班日报】2026年11月15日（星期日）",
        "值班领导：杜峰    值班员：何苗、秦朗",
        "天气：小雨，8～13℃",
        "值班电话：0000-7654321",
        "检查农家乐6家",
    ]
    assert [text for text, _ in read("\n".join(lines))] == ["检查农家乐6家"]


def test_a_first_line_that_ends_in_a_colon_says_whence_the_list_is():
    sheet = parse_facts("林镇长电话里说的，我记一下：\n农村公路修了三条，一共12.6公里")
    assert [fact.text for fact in sheet] == ["农村公路修了三条，一共12.6公里"]
