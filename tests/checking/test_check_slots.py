"""What may stand for what: lists, names, denials, means; and what is no thing to be replaced."""

import pytest

from drafter.checking import check

WRONG = [
    ("招工宣传去了：云浦、绥安", "招工宣传到云浦、石湖等地开展。", "石湖"),
    ("好媳妇三人：沈月梅、陶小凤、霍秀兰", "沈月梅、陶小莲、霍秀兰获评好媳妇。", "陶小莲"),
    ("水管站联系人老鲍（鲍立新）", "水管站由鲍新立负责对接。", "鲍新立"),
    ("镇豆腐坊是个体户，不是集体企业", "镇豆腐坊作为集体企业经营良好。", "集体企业"),
    ("检查冷库4座，未检查油库", "检查冷库4座和油库。", "油库"),
    ("阅览点设在东门社区。西门社区的还没批", "阅览点设在西门社区。", "西门社区"),
    ("村民项小云入选“身边好人榜”候选人", "村民项小云入选“身边好人榜”。", "入选“身边好人榜”"),
    ("村民夜校只办了剪纸班一个班", "村民夜校开设多个班次。", "多个"),
    ("物流园项目因报批慢还没开工", "物流园项目顺利开工。", "顺利开工"),
    ("非法电鱼案发生在沅水支流麻溪", "在酉水支流麻溪查获非法电鱼案。", "酉水"),
]
RIGHT = [
    ("人口净流出，比上年少了320人", "人口较上年减少320人。"),
    ("合作社社员320人，其中女性208人", "女社员占合作社社员的65%。"),
    ("困难：调解员年纪大，平均58岁；有5件转来转去", "调解员年龄偏大，平均58岁；有5件反复流转。"),
    ("党委中心组学习6次", "一是抓好理论学习。党委中心组学习6次。"),
    ("物流园项目因报批慢还没开工", "物流园项目因报批慢尚未开工。"),
    ("打算：剩下4件年底前化解2件以上\n到11月底化解19件", "到11月底化解19件。"),
    ("微改造：凉亭6处，护栏14处；总投入20万元", "实施微改造20处，投入20万元，平均每处1万元。"),
    ("志愿者1420人，服务时长2.98万小时", "累计服务2.98万小时，人均21小时。"),
    ("计生协 会长 简秀兰", "计生协会长简秀兰上门走访。"),
    ("食堂加装电梯工期比计划提前40天", "食堂加装电梯提前40天完工。"),
    ("文化站开放312天", "以文化人、以文润镇，文化站开放312天。"),
    ("临时救助户数：财政所未报", "发放临时救助资金【待补：金额】。"),
]


@pytest.mark.parametrize(("fact", "text", "wrong"), WRONG)
def test_what_stands_for_another_thing_of_its_kind_is_flagged(fact, text, wrong):
    found = check(text, [fact], year=2026)
    assert [f.text for f in found if set(f.text) & set(wrong)], found


@pytest.mark.parametrize(("facts", "text"), RIGHT)
def test_other_words_headings_and_named_means_raise_no_alarm(facts, text):
    shown = ("placeholder", "inconsistency", "hint")
    found = [f for f in check(text, facts.splitlines(), year=2026) if f.label not in shown]
    assert found == []
