"""Laws of names: the facts' own are never doubted, a turned one is, a sample's is its sample's."""

from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checking.checker import Checker

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
