"""What a model says around its answer goes; what it says of the facts stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.writing.clean import clean

BODY = "中心组开展集中学习〔F1.1〕次，撰写心得〔F1.2〕篇。"


@pytest.mark.parametrize(
    "raw",
    [
        BODY,
        f"  {BODY}\n\n",
        f"<think>我先想想第3条</think>{BODY}",
        f"<think>\n想\n</think>\n\n{BODY}",
        f"想了又想</think>{BODY}",
        f"<thinking>想</thinking>{BODY}",
        f"{BODY}<think>还要再想",
        f"好的，以下是撰写的段落：\n{BODY}",
        f"好的！\n{BODY}",
        f"以下是正文：{BODY}",
        f"根据您提供的素材，正文如下：\n{BODY}",
        f"正文：{BODY}",
        f"Sure! Here is the paragraph:\n{BODY}",
        f"{BODY}\n\n希望以上内容对您有帮助！",
        f"{BODY}\n（注：以上数据来自素材。）",
        f"{BODY}\n（共58字）",
        f"{BODY}如需修改请随时告诉我。",
        f"**{BODY}**",
        f"- {BODY}",
        f"1. {BODY}",
        f"一是{BODY}",
        f"（一）{BODY}",
        f"> {BODY}",
        f"```text\n{BODY}\n```",
        f"```\n{BODY}",
        '{"text": "' + BODY + '"}',
        '```json\n{"正文": "' + BODY + '"}\n```',
        '{"text": "' + BODY,
        f"<p>{BODY}</p>",
        f"{BODY}<|im_end|>\n<|im_start|>user\n再写一段",
        f"assistant: {BODY}",
        f"{BODY}{BODY}",
        BODY.replace("，", ",").replace("。", "."),
        f"![图](http://example.invalid/a.png){BODY}",
        f"素材：{BODY}",
    ],
)
def test_the_paragraph_is_found(raw):
    assert clean(raw).text == BODY


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("<think>只想不写", "empty"),
        ("<think>想</think>", "empty"),
        ("。。。", "empty"),
        ("抱歉，我无法完成这个任务。", "refused"),
        ("作为一个人工智能语言模型，我不能提供。", "refused"),
        ("I'm sorry, but I can't help with that.", "refused"),
        ("The committee held eleven sessions this year.", "language"),
        ("わたしたちはがくしゅうかいをひらきました。", "language"),
        ("위원회는 올해 열한 차례 학습을 진행했습니다.", "language"),
    ],
)
def test_no_answer_is_told_from_an_answer(raw, fault):
    assert clean(raw).fault == fault


def test_traditional_script_becomes_simplified_but_names_stay():
    cleaned = clean("黨委書記李乾會見幹部，學習〔F1.1〕次。", keep="李乾")
    assert cleaned.text == "党委书记李乾会见干部，学习〔F1.1〕次。"


def test_simplified_text_is_left_alone():
    text = "干部李乾著书，后来发放面粉只有〔F1.1〕斤。"
    assert clean(text).text == text


def test_a_loop_is_cut_to_one():
    assert clean(BODY + "加强组织领导，" * 50).text.count("加强组织领导") == 1


def test_a_text_that_breaks_off_is_ragged():
    assert clean("中心组开展集中学习〔F1.1〕次，撰写").ragged
    assert not clean(BODY).ragged


def test_our_own_instructions_do_not_come_back():
    prompt = "你是乡镇党政办的笔杆子，把素材改写成一段话。\n只写正文，不加标题。"
    assert clean(f"你是乡镇党政办的笔杆子，把素材改写成一段话。{BODY}", prompt).text == BODY


def test_order_marks_within_a_paragraph_go_too():
    cleaned = clean("一是学习〔F1.1〕次。二是整改〔F1.2〕处。")
    assert cleaned.text == "学习〔F1.1〕次。整改〔F1.2〕处。"


def test_decimals_and_times_keep_their_marks():
    text = "投入1.2万元，比例3:1，共1,300人。"
    assert clean(text).text == text


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120))
def test_no_text_makes_cleaning_raise(text):
    clean(text)


@settings(max_examples=50, deadline=None)
@given(st.text("甲乙丙，。；〔F1.〕*#-\n", max_size=80))
def test_cleaning_what_is_clean_changes_nothing(text):
    once = clean(text).text
    assert clean(once).text == once


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("【存在的问题】\n1. 水库老化。", "水库老化。"),
        ("【4月】以来降雨5轮。", "4月以来降雨5轮。"),
        ("意见解决一多半【待补：准确数】。", "意见解决一多半【待补：准确数】。"),
        ("排查【F1.1】处。", "排查【F1.1】处。"),
        ("1. **征地问题**：涉及征地12.4亩。", "涉及征地12.4亩。"),
        ("下一步打算：建立台账。", "建立台账。"),
        ("先进典型：柳塘村。", "先进典型：柳塘村。"),
        ("改线：涉及征地12.4亩。", "改线：涉及征地12.4亩。"),
    ],
)
def test_frames_and_headwords_of_a_model_go(raw, text):
    keep = "4月以来降雨5轮，先进典型：柳塘村，改线涉及征地12.4亩"
    assert clean(raw, "栏目：下一步打算", keep).text == text
