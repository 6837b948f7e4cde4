"""Names are found by rule, and what is no name is left alone."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.entities import find_entities

ROOT = Path(__file__).parents[2]
SURNAMES = "王李张刘陈杨赵吴徐孙胡郭罗梁宋郑韩唐冯董萧程袁邓许傅沈彭吕苏卢蒋蔡魏薛叶阎潘杜戴"
GIVEN = "伟芳娜敏静丽强磊军洋艳杰涛明超秀霞平刚桂英华玉兰红梅萍燕鹏飞宇浩轩博涵欣怡晨佳琪嘉俊"
PLACES = ["柳塘", "石桥头", "枫坪", "下渡", "茶垄", "马家坪", "河湾", "白鹭", "青石"]


def kinds(text):
    return {(e.text, e.kind) for e in find_entities(text)}


@given(
    st.sampled_from(["党委书记", "镇长", "副镇长", "纪委书记", "网格员", "村支书", "站长"]),
    st.sampled_from(SURNAMES),
    st.text(alphabet=GIVEN, min_size=2, max_size=2),
    st.sampled_from(
        ["带队走访", "主持会议", "讲专题党课", "，", "包案", "深入一线调研", "等3人", "（党员）"]
    ),
)
@settings(max_examples=200, deadline=None)
def test_a_name_behind_a_post_is_a_person(post, surname, given_name, behind):
    name = surname + given_name
    assert (name, "person") in kinds(f"{post}{name}{behind}")


@given(
    st.sampled_from(PLACES),
    st.sampled_from(["村", "镇", "乡", "社区"]),
    st.sampled_from(["在", "到", "深入", "走访", "", "、", "由", "覆盖", "：", "推进"]),
    st.sampled_from(["完成改厕48户", "、", "900亩", "征地遗留", "召开会议", "。"]),
)
@settings(max_examples=200, deadline=None)
def test_a_village_is_found_whole_behind_what_usually_leads_to_it(core, ending, before, behind):
    assert (core + ending, "place") in kinds(f"{before}{core}{ending}{behind}")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("印发《云渡镇机关考勤办法》", "《云渡镇机关考勤办法》", "title"),
        ("学习《习近平谈治国理政》第四卷", "《习近平谈治国理政》第四卷", "title"),
        ("结对“代理家长”76名", "“代理家长”", "quote"),
        ("被市委、市政府表彰", "市委", "organisation"),
        ("7月县应急管理局来镇督查", "县应急管理局", "organisation"),
        ("引进四海食品有限公司", "四海食品有限公司", "organisation"),
        ("评比由镇妇联牵头", "镇妇联", "organisation"),
        ("围绕十九届六中全会精神", "十九届六中全会精神", "meeting"),
        ("召开镇党代会研究防汛", "镇党代会", "meeting"),
        ("召开党委（扩大）会议", "党委（扩大）会议", "meeting"),
        ("石桥头王支书说", "王支书", "person"),
        ("大厅负责人 闫磊", "闫磊", "person"),
        ("镇长阮成担任包案领导", "阮成", "person"),
        ("书记李建国主持会议", "李建国", "person"),
        ("党委书记于宝斌结合换届", "于宝斌", "person"),
        ("罗景川带队回访", "罗景川", "person"),
        ("石门峡景区10月检修", "石门峡景区", "place"),
        ("疏通云水路改造段、东河桥加固", "东河桥", "place"),
        ("四川、贵阳来客", "四川", "place"),
    ],
)
def test_names_of_each_kind_are_found(text, name, kind):
    assert (name, kind) in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "全镇11个行政村、1个社区",
        "各村建立台账，全村推行",
        "推进乡村振兴，美丽乡村示范村创建",
        "农村道路、城乡公路、断头路",
        "镇级1个、村级9个",
        "书记高度重视，主任严格把关",
        "党员带头，干部包村",
        "干部进村入户",
        "持续改善营商环境",
    ],
)
def test_common_words_are_no_places_and_no_persons(text):
    assert not {e.text for e in find_entities(text) if e.kind in {"place", "person"}}


def test_what_stands_inside_a_title_is_part_of_it():
    found = find_entities("印发《云渡镇“作风建设年”活动方案》")
    assert [e.kind for e in found] == ["title"]


def test_the_names_of_the_demo_township_are_found_and_no_other_person():
    text = (ROOT / "drafter" / "demo" / "facts.txt").read_text(encoding="utf-8")
    persons = {e.text for e in find_entities(text) if e.kind == "person"}
    assert persons == {"沈砚秋", "罗景川", "韩亦农", "王支书"}
    places = {e.text for e in find_entities(text) if e.kind == "place"}
    villages = {"柳塘村", "石桥头村", "枫坪村", "茶垄村", "下渡村"}
    assert places == villages | {"岚溪县", "云渡镇"}


@given(
    st.text(
        alphabet="党委书记王伟镇长村在到《》“”、，。走访深入建设县局办有限公司会议第二十届全",
        max_size=30,
    )
)
@settings(max_examples=250, deadline=None)
def test_spans_are_slices_and_do_not_overlap(text):
    end = 0
    for found in find_entities(text):
        assert found.start >= end
        assert text[found.start : found.end] == found.text
        end = found.end
