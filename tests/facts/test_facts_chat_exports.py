"""Exported chats: who writes, what the messenger adds, what is said to the group."""

import pytest

from drafter.facts import parse_facts
from drafter.facts.talk import is_between


def read(*lines):
    sheet = parse_facts("\n".join(lines), "云渡镇", "2026年")
    return [(f.text, f.office) for f in sheet], [span.text for span in sheet.not_understood]


@pytest.mark.parametrize(
    "line",
    [
        '2026-11-18 08:53:40 "罗英(民政办)"撤回了一条消息',
        "群聊：青石镇年终材料报送群",
        "导出时间：2026-11-18 20:15",
        "小周拍了拍王主任",
        "「陈晓(党政办)：油菜数据有没有」",
        "清理垃圾__吨，清淤沟渠__米，投入__元",
        "【XX村】改厕XX户，清淤XX米",
        "给大家汇总一下年终材料",
        "各位领导，10月份重点工作完成情况如下，请核对：",
        "那项比例好像算错了，晚点再看",
        "麻烦各办所看一下",
    ],
)
def test_what_stands_between_messages_is_shown_and_no_fact(line):
    assert is_between(line)
    facts, left = read(line, "改厕118户，验收116户")
    assert facts == [("改厕118户，验收116户", "")]
    assert "".join(left).replace(" ", "") == line.replace(" ", "")


@pytest.mark.parametrize(
    "line",
    [
        "给大家发放补贴12万元",
        "各位网格员走访群众3860户",
        "向领导班子成员发放提示函6份",
        "请专家授课4次",
        "组织辛苦一线的护林员体检36人",
        "XX村改厕118户，投入12万元",
        "向领导班子成员发放学习用书",
        "推动完成重点企业隐患排查“回头看”",
        "成立由党委书记任组长、XX个行政村书记任成员的领导小组，XX个党组织全员参加",
    ],
)
def test_a_statement_with_figures_is_not_taken_for_talk(line):
    assert not is_between(line)
    assert [text for text, _ in read(line)[0]] == [line]


@pytest.mark.parametrize(
    "sender",
    ["派出所老郭", "卫生院 易院长", "综合执法队小唐", "石桥沟村-文书小梁", "付家坪村 付主任"],
)
def test_a_bare_name_under_a_time_is_a_sender(sender):
    lines = ["11月16日 21:03", sender, "拆违11处，罚款3.5万元", "11月17日 8:12", "收到"]
    facts, left = read(*lines)
    assert facts == [("拆违11处，罚款3.5万元", sender)]
    assert sender not in left


def test_a_bare_name_with_a_colon_is_a_sender_whatever_his_surname():
    facts, _ = read("付家坪村 付主任:", "清理垃圾41.5吨，拆除残垣断壁7处")
    assert facts == [("清理垃圾41.5吨，拆除残垣断壁7处", "付家坪村 付主任")]


def test_little_pictures_written_out_go_and_masks_stay():
    assert read("特困供养47人[玫瑰]，临时救助[强]12人次")[0][0][0] == "特困供养47人，临时救助12人次"
    assert "[待核]" in read("特困供养[待核]人")[0][0][0]


def test_a_voice_message_is_said_by_who_sent_it():
    lines = ["2026-11-18 09:20:11 彭超(农业办)", "[语音转文字] 油菜播种1.26万亩"]
    assert read(*lines)[0] == [("油菜播种1.26万亩", "彭超(农业办)")]


def test_an_answer_to_a_quoted_question_keeps_what_it_states():
    lines = ["09:15 彭超(农业办)", "「陈晓：油菜有没有」", "- - - - -", "有的，油菜播种1.26万亩"]
    assert read(*lines)[0] == [("油菜播种1.26万亩", "彭超(农业办)")]


def test_a_correction_without_a_measure_goes_to_the_figure_about_as_large():
    sheet = parse_facts("拆违建11处，占地2360\n不好意思，拆违占地应该是2630")
    assert [f.text for f in sheet.standing()] == ["拆违建11处，占地2630"]


def test_a_letter_s_facts_are_those_of_the_office_that_signs_it():
    lines = [
        "发件人：民政办",
        "党政办：",
        "您好！现将数据报送如下，请查收。",
        "1. 低保312户；",
        "2. 特困47人；",
    ]
    facts, _ = read(*lines, "民政办", "2026年11月18日")
    assert facts == [("低保312户", "民政办"), ("特困47人", "民政办")]
    assert read("低保312户", "特困47人", "【水利站】")[0] == [("低保312户", ""), ("特困47人", "")]


def test_points_in_brackets_behind_a_heading_or_a_statement_are_no_statements():
    sheet = parse_facts("一、基层党建（20分）\n1.支部党员大会48次，党课36次。（自评5分）")
    assert [(f.text, f.section_hint) for f in sheet] == [
        ("支部党员大会48次，党课36次。（自评5分）", "基层党建")
    ]


def test_a_heading_within_a_message_ends_with_the_message():
    lines = ["9:30 水利站-向阳", "河长制：", "①巡河1260人次", "9:41 林业站-何涛", "造林1150亩"]
    sheet = parse_facts("\n".join(lines))
    assert [(f.text, f.office, f.section_hint) for f in sheet] == [
        ("巡河1260人次", "水利站-向阳", "河长制"),
        ("造林1150亩", "林业站-何涛", ""),
    ]


def test_minutes_name_who_reports_behind_a_dash():
    lines = [
        "时间：11月19日",
        "主持：冯立",
        "——农业农村办 唐军：",
        "  · 播种2.18万亩",
        "——综合治理办 田野：",
    ]
    facts, left = read(*lines, "  · 调处矛盾纠纷186件")
    assert facts == [
        ("播种2.18万亩", "农业农村办 唐军"),
        ("调处矛盾纠纷186件", "综合治理办 田野"),
    ]
    assert left == ["时间：11月19日", "主持：冯立"]


def test_a_greeting_before_a_report_goes():
    facts, _ = read("9:15 林业站-何涛", "大家好，报一下我站的：造林1150亩，验收合格率97.5%")
    assert facts == [("造林1150亩，验收合格率97.5%", "林业站-何涛")]


def test_a_daily_report_is_by_whom_it_names_and_its_empty_points_are_shown():
    lines = ["【日报】马骁 2026-11-20", "今日完成工作：核查低保18户", "需协调工作：无", "备注："]
    facts, left = read(*lines, "【日报】卢燕 2026-11-20", "今日完成工作：接待群众31人次")
    assert facts == [
        ("今日完成工作：核查低保18户", "马骁"),
        ("今日完成工作：接待群众31人次", "卢燕"),
    ]
    assert left == ["需协调工作：无", "备注："]
    assert [text for text, _ in read("安全事故：无", "改厕118户")[0]] == [
        "安全事故：无",
        "改厕118户",
    ]


@pytest.mark.parametrize("who", ["党建办-林", "综治中心-高", "农业办-孙", "应急办-老郑"])
def test_a_sender_with_office_dash_and_surname_is_no_statement(who):
    chat = f"2026-11-20 19:20 {who}\n【综治中心】排查矛盾纠纷176件"
    assert [fact.text for fact in parse_facts(chat)] == ["排查矛盾纠纷176件"]
