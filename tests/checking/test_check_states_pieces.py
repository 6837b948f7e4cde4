"""A fact's own pieces: what is done stands beside what is planned, a case beside a limit."""

import pytest

from drafter.checking.checker import Checker


def labels(facts, text):
    return [f.label for f in Checker(facts, year=2026).examine(text).findings]


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("石龙桥施工图已批，计划明年开工", "石龙桥施工图已获批复"),
        ("楼道充电桩规划150个，建成96个", "建成充电桩96个"),
        ("花溪泵站机组已安装，预计年底通水", "花溪泵站机组已安装完毕"),
    ],
)
def test_a_plan_in_the_same_fact_leaves_what_is_done_alone(fact, told):
    assert labels([fact], f"{told}。") == []


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("卫生院中医馆：设计完成，计划2027年开建", "卫生院中医馆已建成投用"),
        ("8月出了1起亡人火灾", "全年未发生亡人火灾"),
        ("县里巡查发现秸秆焚烧火点2处", "秸秆禁烧实现“零火点”目标"),
    ],
)
def test_what_a_fact_has_otherwise_is_a_contradiction(fact, told):
    assert labels([fact], f"{told}。") == ["contradiction"]


def test_a_small_case_leaves_no_large_one_alone():
    assert labels(["发生一般事故1起"], "未发生较大以上事故。") == []


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("今年没出过食物中毒", "未发生食物中毒事件"),
        ("医保集中缴费已开始", "医保集中缴费工作全面启动"),
        ("沼气池安全检查做了，几口没统计", "全面开展沼气池安全检查"),
    ],
)
def test_the_same_said_otherwise_is_none(fact, told):
    assert labels([fact], f"{told}。") == []
