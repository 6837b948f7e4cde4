"""Laws of names: the facts' own are never doubted, a turned one is, a sample's is its sample's."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checking.checker import Checker
from drafter.checking.prose import office_words
from drafter.resources import lexicon

FIRST = "柏桐枫榆槐杏梅莲荷蒲芦菱沙石岩云霞溪泉潭柳松竹枣栗桑麦稻黄青白乌金银铜铁双三五龙凤鹤鹭雁莺"
SECOND = "坪坝湾岭冲沟塘洼岗坡垭井桥渡溪泉潭林园庄屯寨墩堡岩溪湖洲滩坑寺庙塔亭"
NEW = "瓢莞壅芡鲟鳜鹮橹"
PLACES = st.builds("".join, st.tuples(st.sampled_from(FIRST), st.sampled_from(SECOND)))
VILLAGES = st.builds(str.__add__, PLACES, st.sampled_from(["村", "社区"]))
TOWNS = st.builds(str.__add__, PLACES, st.sampled_from(["镇", "乡", "水库", "片区", "林场"]))
MARKS = st.builds(
    "".join,
    st.tuples(st.sampled_from("瑞恒鑫禾昌泰宏裕隆盈嘉润"), st.sampled_from("丰源达远盛益康茂辉泽")),
)
TRADES = st.sampled_from(
    [
        "农业发展有限公司",
        "食品有限公司",
        "建材厂",
        "果蔬专业合作社",
        "养殖合作社",
        "电子厂",
        "家庭农场",
        "幼儿园",
        "茶叶公司",
    ]
)
FIRMS = st.builds(str.__add__, MARKS, TRADES)
NAMES = st.one_of(VILLAGES, TOWNS, FIRMS)

FACT = "{}今年硬化道路3公里"
FRAMES = [
    "在{}硬化道路3公里。",
    "今年以来，{}硬化道路3公里。",
    "帮助{}硬化道路3公里，群众出行更便捷。",
    "积极协调{}硬化道路3公里。",
    "围绕{}发展需要，硬化道路3公里。",
    "组织干部深入{}走访，硬化道路3公里。",
    "聚焦短板弱项，支持{}硬化道路3公里。",
    "会同{}硬化道路3公里。",
    "一是硬化{}道路3公里。",
    "为{}硬化道路3公里，解决了多年难题。",
    "由{}牵头，硬化道路3公里。",
    "交通方面，{}等地硬化道路3公里。",
    "坚持问题导向，与{}共同硬化道路3公里。",
    "投入力量推动{}硬化道路3公里。",
    "全力保障{}硬化道路3公里。",
    "督促{}硬化道路3公里。",
    "镇村干部到{}蹲点，硬化道路3公里。",
    "用好{}的力量，硬化道路3公里。",
]


def named(text, facts, samples=()):
    """Return what the check says of names."""
    labels = ("wrong_entity", "leaked_from_sample")
    return [f for f in Checker(facts, samples, 2026).examine(text).findings if f.label in labels]


@given(NAMES, st.sampled_from(FRAMES))
@settings(max_examples=150, deadline=None)
def test_a_name_of_the_facts_in_any_frame_of_prose_is_not_doubted(name, frame):
    assert named(frame.format(name), [FACT.format(name), "更换电脑9台"]) == []


@given(NAMES, st.sampled_from(FRAMES), st.sampled_from(NEW), st.integers(0, 1))
@settings(max_examples=150, deadline=None)
def test_a_name_with_one_character_turned_is_told_with_the_facts_own(name, frame, char, at):
    turned = name[:at] + char + name[at + 1 :]
    found = named(frame.format(turned), [FACT.format(name), "更换电脑9台"])
    assert [f.label for f in found] == ["wrong_entity"], found
    assert name in found[0].suggestion or found[0].suggestion in name


@given(NAMES, NAMES, st.sampled_from(FRAMES))
@settings(max_examples=150, deadline=None)
def test_a_samples_name_in_any_frame_of_prose_is_a_leak(name, own, frame):
    if set(name[:2]) & set(own[:2]):
        return
    sample = "去年" + FACT.format(name) + "，群众满意。"
    found = named(frame.format(name), [FACT.format(own), "更换电脑9台"], [sample])
    assert [f.label for f in found] == ["leaked_from_sample"], found
    assert name[:2] in found[0].text


GIVEN = [
    st.sampled_from("志建国文立晓永大思明慧武兆云子天佑铁"),
    st.sampled_from("远海军秀兰梅强勇源燕栋辉满桐航"),
]
PERSONS = st.builds(
    "".join, st.tuples(st.sampled_from("王李张刘陈杨赵吴周徐孙胡郭何林罗梁宋唐"), *GIVEN)
)
POSTS = st.sampled_from(
    ["镇党委书记", "副镇长", "村支书", "网格员", "民政办主任", "护林员", "人大主席"]
)
TOLD = ["{}{}走访群众38户", "走访群众38户，{} {}", "分管领导：{} {}，走访群众38户"]
SAID = [
    "{}{}走访群众38户。",
    "由{}{}带队走访群众38户。",
    "今年以来，{}{}带头走访群众38户。",
    "在{}{}的带领下，走访群众38户。",
    "{}{}先后走访群众38户，解决难题。",
]


@given(PERSONS, POSTS, st.sampled_from(TOLD), st.sampled_from(SAID), st.sampled_from("翀璟琬骁"))
@settings(max_examples=100, deadline=None)
def test_a_person_of_the_facts_is_not_doubted_and_a_turned_one_is(name, post, told, said, char):
    facts = [told.format(post, name), "更换电脑9台"]
    assert named(said.format(post, name), facts) == []
    found = named(said.format(post, name[0] + char + name[2]), facts)
    assert [f.suggestion for f in found] == [name], found


# --------------------------------------------------------------------------- words are no names

PROSE = [
    "持续推进{}建设。",
    "加强{}管理，成效明显。",
    "着力做好{}工作。",
    "全镇{}面貌焕然一新。",
    "以{}为抓手，扎实推进各项工作。",
    "坚持{}优先，统筹各方力量。",
]
ENDINGS = ["村", "社区", "镇", "河", "水库", "景区", "片区"]
BODIES = ["合作社", "公司", "小学", "银行", "工厂", "集团", "协会"]
AWARDED = {"获评", "荣获", "获得", "创成", "入选", "捧回", "获批"}


def words(*lexicons):
    return sorted(
        {w for name in lexicons for row in lexicon("checking", name) for w in row.split()}
    )


def test_a_word_with_a_names_ending_is_no_name():
    rng, said = random.Random(5), words("office_words.txt", "generic_places.txt")
    said = [w for w in said if len(w) == 2 and w not in AWARDED and w[-1] not in "市县镇村"]
    texts = [
        rng.choice(PROSE).format(word + ending)
        for word in rng.sample(said, 400)
        for ending in (rng.choice(ENDINGS), rng.choice(BODIES))
    ]
    checker = Checker(["召开动员会3次"], (), 2026)
    for text in texts:
        assert not [f for f in checker.examine(text).findings if f.label == "wrong_entity"], text


def test_a_word_behind_a_post_is_no_person():
    rng, said = random.Random(6), [w for w in sorted(office_words()) if len(w) == 2]
    posts = ["镇党委书记", "副镇长", "村支书", "网格员", "第一书记", "包村干部", "党员"]
    frames = ["{}{}工作，成效明显。", "由{}{}相关事项。", "全体{}{}，作风持续好转。"]
    checker = Checker(["召开动员会3次"], (), 2026)
    for word in rng.sample(said, 400):
        text = rng.choice(frames).format(rng.choice(posts), word)
        assert not [f for f in checker.examine(text).findings if "人" in f.message], text


PHRASES = ["爱河护河", "送书下村", "穿村过镇", "强镇带村", "电影送下乡", "无诈村", "课堂搬进大学"]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_of_verbs_and_things_is_no_place(phrase):
    assert named(f"今年{phrase}渐成风尚，群众满意。", ["召开动员会3次"]) == []
    assert named(f"{phrase}57次。", ["开展活动57次"]) == []


@pytest.mark.parametrize("name", ["岭下村", "上河社区", "太和县", "永和镇", "万和公司", "双桥水库"])
def test_a_name_that_looks_like_a_phrase_is_a_name(name):
    found = named(f"在{name}召开现场会。", ["召开现场会"])
    assert [f.text for f in found] == [name]


# --------------------------------------------------------------------------- short forms

SHORT_FORMS = Path(__file__).parent / "data" / "short_forms.txt"
SHORT = [row.split() for row in SHORT_FORMS.read_text("utf-8").splitlines()[1:]]


@pytest.mark.parametrize("pair", SHORT, ids="-".join)
def test_the_short_form_of_a_body_is_the_body_and_its_full_form_too(pair):
    for told, said in (pair, pair[::-1]):
        facts = [f"{told}牵头，发放资料480份", "镇财政所核算38笔"]
        assert named(f"由{said}牵头，发放资料480份。", facts) == [], (told, said)
        assert named(f"会同{said}检查12次。", [f"与{told}联合检查12次"]) == [], (told, said)


def test_another_body_of_the_same_kind_is_not_its_short_form():
    facts = ["县卫生健康局牵头，发放资料480份", "镇财政所核算38笔"]
    assert named("由县应急管理局牵头，发放资料480份。", facts)
    assert named("由县疾控中心牵头，发放资料480份。", facts)


# --------------------------------------------------------------------------- names of lists, posts


def test_a_samples_villages_are_leaks_without_their_ending_too():
    sample = "建成柳林、杏花等5个村级幸福院。"
    found = named("建成柳林、杏花2个村级幸福院。", ["村级幸福院建成2个"], [sample])
    assert [(f.text, f.label) for f in found] == [
        ("柳林", "leaked_from_sample"),
        ("杏花", "leaked_from_sample"),
    ]


def test_a_post_of_another_level_than_the_facts_is_told():
    assert named("团县委书记童小满介绍经验。", ["团委书记 童小满"])
    assert not named("镇团委书记童小满介绍经验。", ["团委书记 童小满"])


def test_a_part_that_no_fact_gives_to_anybody_is_told():
    facts = ["组建招商小分队3支", "镇长任组长"]
    assert [f.text for f in named("招商小分队由镇长任总队长。", facts)] == ["由镇长任总队长"]
    assert not named("招商小分队由镇长任组长。", facts)
