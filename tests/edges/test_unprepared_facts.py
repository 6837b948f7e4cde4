"""Facts that nobody prepared, through the whole way: nothing lost, nothing raw left, same again."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drafter
from drafter.writing.marks import strip_marks

TASKS = """一、理论学习情况
二、作风问题排查整改情况
三、推动重点任务落实情况
四、为群众办实事情况"""
REPORT = "一、工作开展情况\n二、存在问题\n三、下一步工作打算"

CHAT = """党政办-小余 9:02
各线把数字发群里[抱拳]
应急办刘强 9:05
1、开安委会5次/签责任书46份
2、查企业89家次→隐患153条，改了149条
消防站-老魏 9:14
出警31起 救出被困7人👍
柏树村张支书 9:20
我们村塘边立了警示牌23块，救生圈一十八个
问题：夜里电动车乱充电
打算：2027年3月底前建充电棚8处"""

LISTED = """柏溪乡2026年信访维稳工作素材
一、组织部署情况
1. 党委会研究信访工作7次,书记接访 26 次/批示34件
2. 班子包案 18件 → 化解15/18件
二、排查化解情况
* 排查各类纠纷<b>412</b>件，化解<font color="red">403</font>件；
* 其中：土地类37件，邻里类142件
* 初信初访63件,办结61件,同比+3.5%
三、存在问题
1) XX村老案1件，资料不全
2) 调解员平均58岁
四、下一步打算
1) 招录调解员3名"""

TAGGED = """[组织办] 发展党员19名，转正15名；
[组织办] 软弱涣散支部2个：上河村支部、下坪村支部
【纪委】廉政谈话:班子成员17人次/中层干部34人次
【纪委】剩2个：①青枫书屋锁门；②大厅没人值班
【经发办】固投3.15亿元（任务3亿元），产值8,720万元，增速↑6.3%
【经发办】"一网通办" 率 92%->98.3%
【农业农村办】厂房2.4万㎡，管网14.6km，秸秆3.4t
【农业农村办】补助500元/户，惠及一百二十户
【便民中心】一窗办件9860件 好差评率99.6%
【便民中心】建议：县里统一平台"""

BARE = """森林防火
无火情
护林员45名
护林员45名
隔离带 18公里
✅ 没收火种326件
3。烧荒处罚5人，罚款２５００元
https路口卡点31个
**林长制**：设林长12名"""

SHEETS = {"chat": CHAT, "listed": LISTED, "tagged": TAGGED, "bare": BARE}
FORBIDDEN = {
    "an arrow": r"→|➔|⇒|->|=>",
    "an office's tag": r"【(?!待补)[^】]*】|\[[^\]]*\]",
    "HTML": r"</?[A-Za-z][^<>]*>|&[a-z]+;",
    "Markdown": r"\*\*|^#|`|^\s*[-*] ",
    "a mask": r"[XＸ×]{2,}|\*{2,}",
    "an emoji": "[\U0001f300-\U0001faff\u2705\u2714]",
    "a circled number": "[①-⑳]",
    "a half-width mark": r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]",
    "a slash between words": r"[\u4e00-\u9fff]/|/[\u4e00-\u9fff]",
    "a doubled mark": r"[，；：、。]{2,}",
    "a handle": r"〔F\d",
    "a sender": r"小余|刘强|老魏|张支书",
    "an empty point": r"[一二三四五六七八九]是[。，；]",
}


def drafted(text, tasks):
    facts = drafter.parse_facts(text)
    outline = drafter.make_outline(facts, None, tasks)
    return facts, drafter.write(facts, outline, None)


def digits(text):
    text = text.translate(str.maketrans("０１２３４５６７８９．", "0123456789."))
    text = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", strip_marks(text))
    return set(re.findall(r"\d+(?:\.\d+)?", text))


@pytest.fixture(params=[(s, t) for s in SHEETS for t in (TASKS, REPORT, None)], scope="module")
def case(request):
    name, tasks = request.param
    return drafted(SHEETS[name], tasks)


def test_every_figure_is_in_the_text_or_its_fact_is_listed_as_unused(case):
    facts, draft = case
    there = digits(draft.text)
    for fact in facts:
        assert fact.id in draft.unused_facts or digits(fact.text) <= there, fact.text


def test_no_fact_stands_in_two_sections(case):
    _, draft = case
    ids = [i for section in draft.sections for i in section.fact_ids]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_raw_is_left_in_the_text(case, what):
    _, draft = case
    assert not re.search(FORBIDDEN[what], draft.text, re.MULTILINE), draft.text


def test_problems_come_before_plans_and_both_after_the_work(case):
    facts, draft = case
    place = {i: n for n, s in enumerate(draft.sections) for i in s.fact_ids}
    states = {fact.id: fact.state for fact in facts}
    last = {
        s: max((place[i] for i in place if states[i] == s), default=-1) for s in states.values()
    }
    if "problem" in last and "planned" in last:
        assert last["problem"] <= last["planned"]


def test_the_same_facts_give_the_same_draft(case):
    facts, draft = case
    again = drafter.write(facts, drafter.make_outline(facts, None, REPORT), None)
    assert drafter.write(facts, drafter.make_outline(facts, None, REPORT), None) == again
    assert draft.text


heads = st.sampled_from(
    [
        "隐患",
        "改厕：",
        "纠纷排查",
        "“微心愿”",
        "发文：上年",
        "【农办】清垃圾",
        "书记 接访 ",
        "其中：",
    ]
)
numbers = st.one_of(st.integers(1, 9999).map(str), st.sampled_from(["1.5", "3,406", "１２", "92"]))
measures = st.sampled_from(["件", "户", "亩", "万元", "%", "km", "㎡", "人次"])
joints = st.sampled_from(["→", "，", "/", "；", " ", "+", "：", "(", "—", "\n", "\n- ", "\n2. "])
pieces = st.tuples(heads, numbers, measures, joints).map("".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=6).map("".join), st.sampled_from([TASKS, REPORT]))
def test_no_note_however_dirty_loses_a_figure(text, tasks):
    facts = drafter.parse_facts(text)
    if not facts.facts:
        return
    outline = drafter.make_outline(facts, None, tasks)
    draft = drafter.write(facts, outline, None)
    there = digits(draft.text)
    for fact in facts:
        assert fact.id in draft.unused_facts or digits(fact.text) <= there
    assert not re.search("→|【(?!待补)", draft.text)


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
SPECIFICS = ["于宝斌", "水背村", "吉林", "荥经", "大熊猫", "建设派出所", "前进派出所", "620余"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="no folder of shared seeds beside the project")
@pytest.mark.parametrize("name", SHEETS)
def test_nothing_of_the_samples_gets_into_the_text(name):
    facts = drafter.parse_facts(SHEETS[name])
    library = drafter.Library.open(SEEDS)
    draft = drafter.write(facts, drafter.make_outline(facts, library, TASKS), library)
    assert not [word for word in SPECIFICS if word in draft.text]
