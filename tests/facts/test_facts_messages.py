"""Messages as people type and dictate them: speakers, dotted days, no marks, calls to report."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.quantities import find_figures
from drafter.facts import parse_facts
from drafter.facts.days import with_days
from drafter.facts.senders import is_speaker, said_by
from drafter.facts.spoken import punctuated


@pytest.mark.parametrize(
    "head",
    [
        "文旅办何姐",
        "派出所李警官",
        "司法所张建国",
        "石桥村王支书",
        "何姐",
        "卫生院许院长",
        "东城社区小周",
    ],
)
def test_an_office_with_a_person_speaks(head):
    assert is_speaker(head)
    (fact,) = parse_facts(f"{head}：接待游客300人")
    assert (fact.text, fact.office) == ("接待游客300人", head)


@pytest.mark.parametrize(
    "head", ["民政救助", "司法所成立", "党建工作", "招聘高工", "信访老案", "财政所收入", "村级书记"]
)
def test_what_is_told_of_is_no_speaker(head):
    assert not is_speaker(head)
    assert parse_facts(f"{head}：完成300件").facts[0].text == f"{head}：完成300件"


@pytest.mark.parametrize(
    ("statement", "who", "said"),
    [
        ("石桥村 张会计 巡查36次", "石桥村张会计", "石桥村巡查36次"),
        ("民政办王芳 低保312户", "民政办王芳", "低保312户"),
        ("石桥村 危房 改造3户", "", "石桥村 危房 改造3户"),
        ("信访工作 接访3批", "", "信访工作 接访3批"),
        ("石桥村 张会计 收到", "", "石桥村 张会计 收到"),
    ],
)
def test_a_speaker_before_a_space_is_no_part_of_what_he_says(statement, who, said):
    assert said_by(statement) == (who, said)


def test_a_roll_call_is_shown_and_each_answer_is_a_fact_of_its_village():
    sheet = parse_facts(
        "#接龙\n各村报一下巡查次数，今天报齐\n1. 石桥村 张会计 巡查36次\n2. 双河村 刘文书 巡查28次"
    )
    assert [(f.text, f.office) for f in sheet] == [
        ("石桥村巡查36次", "石桥村张会计"),
        ("双河村巡查28次", "双河村刘文书"),
    ]
    assert len(sheet.not_understood) == 2


@pytest.mark.parametrize(
    "call",
    [
        "县应急局通知：请各乡镇于11月15日前报送防火情况，内容不超过500字",
        "【转发】请各村于周五前上报台账",
        "各线报一下数",
        "各位把全年作风建设的数报一下",
        "以上请党政办汇总",
    ],
)
def test_a_call_for_figures_is_no_fact(call):
    sheet = parse_facts(f"{call}\n巡查36次")
    assert [(f.text, f.section_hint) for f in sheet] == [("巡查36次", "")]
    assert "".join(span.text for span in sheet.not_understood).replace("】", "") == call.replace(
        "】", ""
    )


@pytest.mark.parametrize("text", ["请县局专家授课3次", "各村报送台账36份", "以上请示办结12件"])
def test_what_was_done_upon_a_call_is_a_fact(text):
    assert [f.text for f in parse_facts(text)] == [text]


@given(
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from(["召开会议3次", " 组织培训66人", "，走访9户"]),
)
@settings(max_examples=40, deadline=None)
def test_a_dotted_day_before_a_statement_is_that_day(month, day, rest):
    (fact,) = parse_facts(f"{month}.{day}{rest}")
    assert [(d.month, d.day) for d in fact.dates] == [(month, day)]
    assert fact.text.startswith(f"{month}月{day}日")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("10.28-10.30 组织培训", "10月28日—10月30日 组织培训"),
        ("10.28—30组织培训", "10月28日—30日组织培训"),
        ("截至11.20，完成30户", "截至11月20日，完成30户"),
        ("于11.3召开会议", "于11月3日召开会议"),
        ("11.3号召开会议", "11月3日召开会议"),
        ("春季防疫（2026.3.1-5.31）：免疫", "春季防疫（2026年3月1日—5月31日）：免疫"),
        ("于2025.12.8—2026.1.20开展", "于2025年12月8日—2026年1月20日开展"),
        ("2026.10.28日完工", "2026年10月28日完工"),
        ("秋季防疫（9.1-10.25）免疫", "秋季防疫（9月1日—10月25日）免疫"),
        ("合格率（9.1-10.25分）", "合格率（9.1-10.25分）"),
        ("硬化道路（3.5）公里", "硬化道路（3.5）公里"),
        ("3.5公里道路硬化", "3.5公里道路硬化"),
        ("2.1万元奖补", "2.1万元奖补"),
        ("增长8.5%，高于全县", "增长8.5%，高于全县"),
        ("评分9.8，列第二", "评分9.8，列第二"),
    ],
)  # fmt: skip
def test_only_days_are_written_as_days(typed, written):
    assert with_days(typed) == written


def test_dotted_numbers_of_items_are_no_days():
    sheet = parse_facts("3.1 党建工作开展12次\n3.2 信访接待8批")
    assert not any(fact.dates for fact in sheet)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("接待游客37.8w人次收入大概2100万", "接待游客37.8w人次，收入大概2100万"),
        ("一共接了46件办完了41件还有5件在办", "一共接了46件，办完了41件，还有5件在办"),
        ("还有就是那个高标准农田3500亩", "高标准农田3500亩"),
        ("5名干部帮扶36户", "5名干部帮扶36户"),
        ("修路3公里，投入20万元惠及12户", "修路3公里，投入20万元惠及12户"),
        ("还有5件在办", "还有5件在办"),
    ],
)  # fmt: skip
def test_what_was_dictated_gets_its_marks_and_loses_no_figure(said, written):
    assert punctuated(said) == written
    assert [f.text for f in find_figures(written)] == [f.text for f in find_figures(said)]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("3个，其中1个没弄完", "ongoing"),
        ("水渠修了2.6公里，都完了", "done"),
        ("停车场12月20号前弄好", "planned"),
        ("高标准农田完成了3500亩明年打算再搞2000亩", "ongoing"),
        ("土地指标未落实", "ongoing"),
        ("前期手续办理", "ongoing"),
    ],
)
def test_how_far_a_thing_is_in_spoken_words(text, state):
    assert parse_facts(text).facts[0].state == state


def test_an_office_in_brackets_behind_a_heading_supplied_what_stands_under_it():
    sheet = parse_facts("一、普法（司法所提供）\n法治讲座9场\n二、信访\n信访室报：接访12批")
    assert [(f.text, f.section_hint, f.office) for f in sheet] == [
        ("法治讲座9场", "普法", "司法所"),
        ("接访12批", "信访", "信访室"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "乡党委群（2026-11-10）",
        "白鹤乡秋冬季大气污染防治任务分工",
        "参会人员：蒋文、冯岩",
        "【接龙】医保缴费进度",
    ],
)
def test_what_stands_over_a_list_of_messages_is_no_fact(line):
    sheet = parse_facts(f"{line}\n巡查36次")
    assert [f.text for f in sheet] == ["巡查36次"]
    assert "".join(span.text for span in sheet.not_understood) == line


def test_an_office_with_a_date_in_brackets_is_a_tag():
    sheet = parse_facts("党建办（2026年11月）\n学习6次")
    assert [(f.text, f.office) for f in sheet] == [("学习6次", "党建办")]


def test_answers_one_behind_another_are_talk_and_an_answer_before_a_report_goes():
    sheet = parse_facts("乡办小吴 08:55\n好的收到，辛苦各位\n乡办小吴 08:56\n好的，接访12批")
    assert [f.text for f in sheet] == ["接访12批"]


def test_an_example_in_a_roll_call_is_no_fact():
    sheet = parse_facts("#接龙\n例 村名 姓名 应缴\n石桥村 张会计 应缴36户")
    assert [f.text for f in sheet] == ["石桥村应缴36户"]


def test_pictures_in_a_message_hide_no_tag_and_are_no_words():
    sheet = parse_facts("📢各科室注意，数据20日前报党政办❗\n✅党政办：办文412件，办会96场次🎉")
    assert [(f.text, f.office) for f in sheet] == [("办文412件，办会96场次", "党政办")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1、基层党组织多少个？——18个，其中党总支3个", "基层党组织18个，其中党总支3个"),
        ("2、今年发展党员几名？5名", "今年发展党员5名"),
        ("村干部补贴是否兑现？——已全部兑现，共46人", "村干部补贴：已全部兑现，共46人"),
        ("有没有软弱涣散村？——有1个，正在整顿", "软弱涣散村：有1个，正在整顿"),
    ],
)
def test_a_question_with_its_answer_is_a_statement(line, said):
    assert [f.text for f in parse_facts(line)] == [said]


def test_in_a_list_of_named_lines_a_line_is_not_the_words_of_the_office_above():
    said = ["水利站：清淤3公里", "卫生院：体检86人", "畜牧站：免疫生猪120头"]
    sheet = parse_facts("\n".join([*said, "学校：改造食堂1个", "文旅：接待游客900人"]))
    assert [f.office for f in sheet] == ["水利站", "卫生院", "畜牧站", "", ""]


def test_a_line_of_one_sender_with_a_label_stays_his():
    sheet = parse_facts("农业办小周：改厕118户\n危房：改造3户")
    assert [f.office for f in sheet] == ["农业办小周"] * 2
