"""A skeleton keeps the structure and none of the sample's specifics."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Skeleton
from drafter.samples.parse import parse_sample
from drafter.samples.skeleton import skeleton
from drafter.samples.slots import fact_form

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared"

DIGIT = re.compile(r"[0-9０-９]")
COUNTED = re.compile(
    r"[二两三四五六七八九十百千]+(?:个|项|次|件|条|户|名|万元|亿元|人次|大行动|场)"
)
QUOTED = re.compile(r"“([^”\n]{4,20})”|《([^》\n]{4,40})》")
OWN_PLACE = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,3}(?:镇|县))(?=[0-9“人党委政的\n]|20)"
)
SIGNED = re.compile(r"([\u4e00-\u9fff]{2,3}(?:县|镇))(?=人民政府|党委|纪律检查|防汛|森林|党政)")
PROVINCES = [
    *["北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江"],
    *["安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州"],
    *["云南", "陕西", "甘肃", "青海", "内蒙古", "广西", "西藏", "宁夏", "新疆"],
]
NAMED = re.compile(r"(?:省长|市长|镇长|书记|主席)[\s　]+([\u4e00-\u9fff]{2,4})$", re.M)
POSTS_NAMED = ["于宝斌", "水背村", "荥经", "黑砂城"]


def strings(skeleton_: Skeleton):
    yield skeleton_.heading
    for move in skeleton_.moves:
        yield move.function
        yield move.opening
        for slot in move.slots:
            yield slot.kind
            yield slot.measure
    for child in skeleton_.children:
        yield from strings(child)


def specifics(text):
    """Return a sample's specifics by a way of its own: patterns and lists of this test."""
    found = {a or b for a, b in QUOTED.findall(text)}
    found |= set(COUNTED.findall(text)) | set(NAMED.findall(text))
    places = OWN_PLACE.findall(text) + SIGNED.findall(text)
    found |= {name for name in places if text.count(name) > 2}
    return found | {p for p in [*PROVINCES, *POSTS_NAMED] if p in text}


def texts(folder, pattern):
    return sorted(folder.glob(pattern)) if folder.is_dir() else []


CASES = [
    *texts(ROOT / "samples", "*.txt"),
    *texts(SHARED / "seeds", "*.txt"),
    *texts(SHARED / "corpus", "*_*.txt"),
]


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_no_specific_of_the_sample_is_in_any_string_of_its_skeletons(path):
    sample = parse_sample(path.read_text(encoding="utf-8"), path.stem)
    known = specifics(sample.text)
    for section in sample.sections:
        for text in strings(skeleton(section, sample)):
            assert not DIGIT.search(text), text
            assert [s for s in known if s in text] == [], text


def test_no_specific_is_in_the_fact_form():
    paths = [p for p in CASES if "gwr" not in p.stem]
    samples = [parse_sample(path.read_text(encoding="utf-8"), path.stem) for path in paths]
    known = set().union(*(specifics(sample.text) for sample in samples))
    for slot in fact_form(samples):
        assert not DIGIT.search(slot.label + slot.measure + slot.section)
        hits = [s for s in known if len(s) > 3 and s in slot.label]
        assert hits == [], slot


TEXT = """青石镇2024年工作总结
一、工作开展情况
（一）坚持党的领导。围绕“强村富民”目标，镇党委召开专题会议12次，制定方案3个。一是着眼于“学”。\
开展学习***余场次，参学1,200人次。二是着眼于“做”。柳溪村党支部书记周望山带头宣讲，完成《实施方案》任务XX项。
二、存在问题
（一）干部能力不足。部分干部方法不多。
三、下一步打算
（一）提升能力。将继续开展培训，力争全年培训4期。
"""


def skeletons():
    sample = parse_sample(TEXT)
    return [skeleton(section, sample) for section in sample.sections]


def test_masks_become_slots_with_measure_and_magnitude():
    learn, do = skeletons()[0].children[0].children
    slots = [slot for move in learn.moves for slot in move.slots]
    assert [(s.kind, s.measure, s.magnitude) for s in slots] == [
        ("figure", "场次", 3),
        ("figure", "人次", 4),
    ]
    kinds = [slot.kind for move in do.moves for slot in move.slots]
    assert kinds == ["place", "person", "title", "figure"]


def test_the_chain_below_and_its_length_are_kept():
    work = skeletons()[0]
    assert (work.enumerator, work.points) == ("（一）", 1)
    assert (work.children[0].enumerator, work.children[0].points) == ("一是", 2)
    assert work.children[0].lead
    assert work.length > 80
    assert work.figures_per_1000 > 30


def test_each_sentence_says_what_it_does():
    work, problems, plan = skeletons()
    assert work.children[0].moves[0].function == "组织部署"
    assert work.children[0].children[0].moves[0].function == "数据"
    assert problems.children[0].moves[0].function == "问题"
    assert plan.children[0].moves[0].function == "打算"
    assert [s.function for s in (work, problems, plan)] == ["work", "problems", "plan"]
    assert problems.children[0].function == "problems"


def test_headings_are_generalised():
    text = "一、XX镇建设“三个示范”2024年推进情况\n内容。\n二、柳溪村改造5个项目\n内容。\n"
    sample = parse_sample(text)
    assert [skeleton(s, sample).heading for s in sample.sections] == [
        "〔地名〕建设“〔词〕”〔时间〕推进情况",
        "〔地名〕改造〔数〕个项目",
    ]


RARE = st.text("塬畈峁圪垯沄翀旻珺麴逯郗亓阚轶骞锟泓漪", min_size=2, max_size=4)
AROUND = [
    ("推广", "工作法"),
    ("做大", "产业"),
    ("学习", "同志先进事迹"),
    ("办好", "文化站"),
    ("", "项目建设"),
]


@settings(max_examples=60, deadline=None)
@given(RARE, st.sampled_from(AROUND))
def test_what_no_lexicon_knows_is_in_no_skeleton(name, around):
    before, behind = around
    sample = parse_sample(f"青石镇总结\n一、{before}{name}{behind}\n{name}到场，{name}镇完成。\n")
    [section] = sample.sections
    for text in strings(skeleton(section, sample)):
        assert name not in text


NAMED_HEADINGS = [
    ("弘扬阿布都克里木·艾山爱岗精神", "阿布都克里木"),
    ("推进宏盛建材厂技改", "宏盛"),
    ("抓好赵家沟水库除险加固", "赵家沟"),
    ("办好马家塬羊肉文化节", "马家塬"),
    ("推广李大姐调解室经验", "李大姐"),
    ("学习祁连成同志先进事迹", "祁连成"),
    ("推进东风渠改造", "东风渠"),
    ("改造人民路市场", "人民路"),
    ("推进黑松林场管护", "黑松"),
    ("落实青办发〔2024〕12号文件", "青办发"),
    ("帮扶易地搬迁户马海木呷家", "马海木呷"),
    ("扎西次仁任队长的巡护队", "扎西次仁"),
    ("引进海州龙胜科技落户", "龙胜"),
    ("双塔寺文物修缮", "双塔寺"),
    ("大岭头、小岭头两村合并", "大岭头"),
    ("陈家坳组道路硬化", "陈家坳"),
    ("党委副书记、镇长司马光明述职", "司马光明"),
    ("支持返乡能人诸葛小兰办厂", "诸葛小兰"),
    ("荣获全国文明村镇称号", "全国文明村镇"),
    ("二〇二三年工作情况", "二〇二三"),
    ("完成五千三百亩高标准农田", "五千三百"),
    ("建设G318沿线示范带", "G318"),
    ("推进尼洋沟沿岸治理", "尼洋"),
    ("落地鑫茂源食品厂项目", "鑫茂源"),
    ("修缮李家祠堂", "李家"),
    ("做强阳光玫瑰产业", "阳光玫瑰"),
]


@pytest.mark.parametrize(("heading", "name"), NAMED_HEADINGS)
def test_odd_names_in_a_heading_are_not_kept(heading, name):
    sample = parse_sample(f"青石镇总结\n一、{heading}\n按期完成。\n")
    kept = list(strings(skeleton(sample.sections[0], sample)))
    assert [text for text in kept if name in text] == []
    assert "〔〔" not in "".join(kept)


@pytest.mark.parametrize(
    "heading",
    [
        "加强基层党建，推进乡村治理",
        "护林员巡护和火源管控",
        "存在的问题和不足",
        "下一步工作打算",
        "优化营商环境，服务企业发展",
        "改造农村厕所，让村庄更整洁",
    ],
)
def test_the_words_of_the_genre_are_kept(heading):
    sample = parse_sample(f"青石镇总结\n一、{heading}\n按期完成。\n")
    assert skeleton(sample.sections[0], sample).heading == heading


def test_the_fact_form_asks_what_most_samples_have():
    one = "甲\n一、情况\n全年发现问题12个，整改问题9个。\n"
    two = "乙\n一、情况\n共发现问题**个，立案1件。\n"
    form = fact_form([parse_sample(one), parse_sample(two)])
    assert (form[0].label, form[0].measure, form[0].samples) == ("发现问题", "个", 2)
    assert {slot.label for slot in form} >= {"整改问题", "立案"}


def test_the_fact_form_is_a_list_that_can_be_sent_to_the_villages():
    text = (
        "甲\n一、人居环境\n全年累计清理积存垃圾1,200吨，其中配备保洁员46名，完成年度任务的98%。"
        "全镇新装太阳能路灯320盏，学生参加周末义务清扫1,500人次，较去年增加12%。\n"
    )
    form = {(slot.label, slot.measure) for slot in fact_form([parse_sample(text)])}
    assert form == {
        ("清理积存垃圾", "吨"),
        ("配备保洁员", "名"),
        ("新装太阳能路灯", "盏"),
        ("学生参加周末义务清扫", "人次"),
    }


def test_from_three_samples_on_the_form_asks_what_they_share():
    texts = [f"{name}\n一、情况\n全年调解纠纷{n}件。\n" for n, name in enumerate("甲乙丙", 10)]
    texts[0] += "新建游园3个。\n"
    labels = {slot.label for slot in fact_form(map(parse_sample, texts))}
    assert labels == {"调解纠纷"}
    assert "新建游园" in {slot.label for slot in fact_form(map(parse_sample, texts[:2]))}
