"""Who signs below a message or a letter, what is quoted, played or agreed: no facts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.normalise import fold
from drafter.facts import parse_facts
from drafter.facts.senders import signed_by
from drafter.facts.talk import is_between, is_talk

NAMES = st.sampled_from(["卫健办 赵敏", "民政办", "应急办-老周", "胡军", "陈静怡"])
STATED = ["改厕118户，验收116户", "调解纠纷46件"]


def read(*lines):
    sheet = parse_facts("\n".join(lines), "云渡镇", "2026年")
    return [(f.text, f.office) for f in sheet], [span.text for span in sheet.not_understood]


@given(
    NAMES,
    st.sampled_from(["——", "—", "以上，", "汇报人：", "以上。"]),
    st.sampled_from(["", " 11.16"]),
)
@settings(max_examples=30, deadline=None)
def test_a_name_behind_a_dash_signs_what_stands_above(name, sign, day):
    assert signed_by(f"{sign}{name}{day}") == name
    facts, left = read(*STATED, f"{sign}{name}{day}")
    assert facts == [(text, name) for text in STATED]
    assert left == [f"{sign}{name}{day}"]


@pytest.mark.parametrize(
    "line", ["——高标准农田建设", "—3户", "以上，共12户", "-管网改造", "以上均已整改"]
)
def test_a_thing_behind_a_dash_signs_nothing(line):
    assert signed_by(line) == ""


def test_each_of_several_letters_is_signed_below_it():
    facts, _ = read(STATED[0], "——卫健办 赵敏", "", STATED[1], "——民政办 刘芳")
    assert [office for _, office in facts] == ["卫健办 赵敏", "民政办 刘芳"]


def test_an_office_behind_a_dash_over_its_statements_is_their_tag():
    facts, _ = read("——卫健办", STATED[0], "——民政办", STATED[1])
    assert [office for _, office in facts] == ["卫健办", "民政办"]


def test_a_bare_name_below_a_message_signs_it():
    chat = ["赵敏(卫健办) 10:30", STATED[0], "卫健办 赵敏", "刘芳(民政办) 10:41", STATED[1]]
    facts, left = read(*chat)
    assert facts == [(STATED[0], "赵敏(卫健办)"), (STATED[1], "刘芳(民政办)")]
    assert left == ["卫健办 赵敏"]


@pytest.mark.parametrize(
    "line",
    [
        "[语音] 0:32",
        "语音消息 15″",
        "［图片］ 3张",
        "[文件] 台账.xlsx",
        "数据汇总（终稿）.xlsx 23.4KB",
        "[链接] 一图读懂医保新政3条",
    ],
)
def test_what_was_sent_beside_text_is_between_messages(line):
    assert is_between(fold(line))


@pytest.mark.parametrize(
    "line", ["安装视频监控36个", "印发文件12份", "【文件】党委文件3份", "视频会议3次"]
)
def test_films_and_files_that_are_counted_are_statements(line):
    assert not is_between(line)


@pytest.mark.parametrize("line", ["按13户算", "@刘芳 好的，按13户算", "那就先按这个数报吧"])
def test_what_is_agreed_is_talk(line):
    assert is_talk(line)
    assert not is_talk("按每户300元补贴86户")


@pytest.mark.parametrize(
    "quoted",
    ["👍 | 邓勇：造林1,260亩，义务植树2.4...", "“邓勇：造林1,260亩，义务植树2.4万株”"],
)
def test_a_quoted_message_is_shown_and_no_second_fact(quoted):
    chat = ["林业站-邓勇 9:02", "造林1,260亩，义务植树2.4万株", "周强 9:05", quoted]
    facts, left = read(*chat)
    assert [text for text, _ in facts] == ["造林1,260亩，义务植树2.4万株"]
    assert left == [quoted]


def test_to_whom_a_message_replies_is_no_part_of_it():
    assert read("王磊 9:02", "回复 孙伟：76座已全部整改")[0][0][0] == "76座已全部整改"
    assert read("回复群众诉求：办结12件")[0][0][0] == "回复群众诉求：办结12件"


def test_a_voice_in_writing_is_the_statement_alone():
    chat = ["李涛(综治中心) 9:20", "语音转文字：排查纠纷一百八十六起"]
    assert read(*chat)[0] == [("排查纠纷一百八十六起", "李涛(综治中心)")]


def test_a_dated_office_below_a_title_hands_in_what_follows():
    lines = ["关于云渡镇2026年动物防疫工作的情况说明", "畜牧兽医站（2026.10.28）", STATED[0]]
    assert read(*lines)[0] == [(STATED[0], "畜牧兽医站")]


def test_thanks_behind_a_statement_are_no_part_of_it():
    assert read("石磊 9:00", "产业路硬化3.2公里，谢谢各位支持")[0] == [
        ("产业路硬化3.2公里", "石磊")
    ]


def test_a_name_that_wrote_before_is_a_sender_without_a_time():
    chat = ["石磊 9:00", STATED[0], "周强 9:02", "@石磊 投资多少", "石磊", "投资168万元"]
    assert read(*chat)[0] == [(STATED[0], "石磊"), ("投资168万元", "石磊")]


@pytest.mark.parametrize("line", ["1", "+1", "1️⃣", "【收数】请按格式报，收到请回1"])
def test_a_roll_s_call_and_answers_are_talk(line):
    facts, left = read("何苗 9:00", line, "秦朗 9:02", STATED[0])
    assert facts == [(STATED[0], "秦朗")]
    assert "".join(left).replace("\n", "") == line


def test_a_quote_that_names_its_writer_at_length_is_no_second_fact():
    chat = [
        "田甜@文旅办 9:02",
        STATED[0],
        "何苗@党政办 9:05",
        f"引用 田甜@文旅办 的消息：{STATED[0]}",
    ]
    assert [text for text, _ in read(*chat)[0]] == [STATED[0]]


@pytest.mark.parametrize("line", ["——向阳", "以上 向阳"])
def test_one_who_wrote_in_the_chat_may_sign_by_a_name_that_nobody_knows(line):
    facts, left = read("向阳（水利站） 10:40", STATED[0], line)
    assert facts == [(STATED[0], "向阳（水利站）")]
    assert left == [line]
    assert len(read("改水36户", line)[0]) == 2


def test_an_office_with_a_person_ends_a_letter():
    facts, left = read(*STATED, "特此反馈。", "农业农村办 唐军")
    assert facts == [(text, "农业农村办 唐军") for text in STATED]
    assert left == ["特此反馈。", "农业农村办 唐军"]


def test_who_to_ask_may_stand_in_brackets():
    assert read(STATED[0], "（联系人：蒋丽）")[0] == [(STATED[0], "")]


def test_a_call_to_answer_is_talk_though_it_names_days():
    line = "@全体成员 今年的数这两天报，格式不限，收到回复"
    assert read("韩涛 9:00", line, "蒋丽 9:02", STATED[0])[0] == [(STATED[0], "蒋丽")]


def test_a_voice_in_writing_may_be_marked_in_brackets():
    assert read("蒋丽 9:02", f"（语音转文字）{STATED[0]}")[0] == [(STATED[0], "蒋丽")]


def test_what_is_said_to_the_group_behind_a_statement_is_no_fact():
    facts, left = read("孟瑶 10:08", "居家上门服务1,860人次。以上是民政的数，有问题找我")
    assert facts == [("居家上门服务1,860人次", "孟瑶")]
    assert left == ["以上是民政的数，有问题找我"]


def test_who_is_called_last_is_asked_and_states_nothing():
    line = "还有平安办、城建办没报 @平安办 郭凯 @城建办 小薛"
    assert read("罗静 11:30", line, "小薛 14:20", STATED[0])[0] == [(STATED[0], "小薛")]
