"""Names planted into sound samples, most of them made of the genre's own words: none is kept."""

from pathlib import Path

import pytest

from drafter.samples.parse import parse_sample
from drafter.samples.skeleton import skeleton
from drafter.samples.slots import fact_form

TEXTS = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent.parent.parent / "samples").glob("*.txt"))
]
PLANTED = {
    "place": "红旗村 光明村 团结村 幸福社区 和平乡 民主村 新华社区 先锋村 前进镇 胜利街道 东风村 "
    "五星村 卫星社区 长安镇 利民村 丹江 怀柔 乌拉 黑砂沟 三岔口 水磨坝",
    "brand": "清风行动 雷霆行动 碧水清流工程 红色驿站 乡村大舞台 文明超市 民情茶馆 平安小院 "
    "先锋讲堂 初心学堂 百姓议事厅 为民服务队 产业联盟广场 党建公园 清廉书院 红色文化园 连心渠",
    "organisation": "振兴合作社 民生物业 绿色农业公司 惠民超市 健康药业 和谐幼儿园 育才学校 "
    "华为 胜利煤矿 前进农场 红旗林场 建设水泥厂 鑫旺食品厂",
    "person": "王建设 李保国 张发展 高振兴 周文明 陈安全 刘和平 赵建党 古丽娜 诸葛小兰",
    "title": "《振兴之路》 《关于加强作风建设的十条规定》 《我的扶贫故事》 《青山遮不住》",
    "slogan": "“干部多跑腿、群众少跑路” “小事不出组” “户户有产业” “一线三排” “六个一遍”",
}
AROUND = {
    "place": ["学习{}经验", "加快{}改造，补齐短板"],
    "brand": ["实施{}", "打造{}，服务群众", "{}成效明显"],
    "organisation": ["引进{}，壮大产业", "支持{}发展"],
    "person": ["学习{}同志先进事迹", "{}任队长的巡护队"],
    "title": ["落实{}要求", "宣讲{}，凝聚人心"],
    "slogan": ["坚持{}，改进作风", "落实{}要求"],
}
CASES = [(kind, name) for kind, names in PLANTED.items() for name in names.split()]


def strings(found):
    yield found.heading
    for move in found.moves:
        yield from (move.function, move.opening)
        for slot in move.slots:
            yield from (slot.kind, slot.measure)
    for child in found.children:
        yield from strings(child)


def planted(text, kind, name):
    """Return a sound sample with sections headed by a name, and sentences that hold it."""
    body = f"{name}得到群众好评。围绕{name}，全年服务群众30人次。"
    lines = [
        f"（{i}）{around.format(name)}。{body}"
        for i, around in zip("一二", AROUND[kind][:2], strict=True)
    ]
    return "\n".join([text.rstrip(), f"八、{AROUND[kind][0].format(name)}", body, *lines, ""])


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[name for _, name in CASES])
def test_a_planted_name_is_in_no_skeleton_and_no_form(kind, name):
    sample = parse_sample(planted(TEXTS[len(name) % len(TEXTS)], kind, name), "甲")
    kept = [text for section in sample.sections for text in strings(skeleton(section, sample))]
    bare = name.strip("《》“”")
    kept += [text for slot in fact_form([sample]) for text in (slot.label, slot.section)]
    assert any(bare in line for line in sample.text.split("\n"))
    assert [text for text in kept if bare in text] == []


@pytest.mark.parametrize(
    "heading",
    [
        *["开展专项整治行动", "实施民生工程", "完善职工食堂", "建设农家书屋", "打造示范村"],
        *["制定工作计划", "探索土地托管模式", "改造老旧小区", "办好中心幼儿园", "建强志愿服务队"],
    ],
)
def test_what_is_said_of_any_such_thing_is_kept(heading):
    sample = parse_sample(f"青石镇总结\n一、{heading}\n按期完成。\n")
    assert skeleton(sample.sections[0], sample).heading == heading
