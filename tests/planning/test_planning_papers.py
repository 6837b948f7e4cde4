"""A paper on one line of work, no tasks given: its headings are facets, none of them empty."""

from drafter.domain import FactSheet
from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.planning.papers import headings_on

FLOOD = """栗坪镇2026年防溺水工作情况
6月召开防溺水工作会2次，成立领导小组
水库、山塘41处全部设警示牌，配救生圈60个
巡查队12支，劝离下水人员180人次
学校开安全教育课22堂，发放致家长的一封信1900份
开展救援演练2次，参加96人
问题：部分山塘没有护栏
下一步打算：加装护栏3公里"""


def headings(notes):
    return [section.heading for section in make_outline(parse_facts(notes), None).sections]


def test_a_paper_on_one_line_of_work_is_parted_by_what_was_done():
    assert headings(FLOOD) == [
        "工作开展情况",
        "加强组织领导",
        "排查水域隐患",
        "严格巡查值守",
        "加强宣传教育",
        "提升应急能力",
        "存在的问题",
        "下一步工作打算",
    ]


def test_each_of_its_facts_stands_under_its_own_facet():
    outline = make_outline(parse_facts(FLOOD), None)
    placed = {i: s.heading for s in outline.sections for i in s.fact_ids}
    assert len(placed) == len(parse_facts(FLOOD).facts)
    assert all(section.fact_ids for section in outline.sections[1:])


def test_a_paper_on_all_work_is_parted_by_domains():
    notes = "栗坪镇2026年工作情况\n中心组学习9次\n固定资产投资完成2亿元\n改厕60户\n调解纠纷31件"
    assert "推动经济发展" in headings(notes)


def test_a_subject_whose_facts_show_too_little_has_no_parts():
    facts: FactSheet = parse_facts("巡查队12支，劝离下水人员180人次")
    assert headings_on("防溺水", facts.facts) == []
    assert headings_on("", facts.facts) == []


def test_lines_of_work_that_the_notes_name_are_its_headings():
    notes = "农业线：\n粮食面积5.2万亩\n农机合作社11家\n工业线：\n规上企业11家\n技改投资6800万元"
    assert headings(notes)[:2] == ["农业线", "工业线"]


def test_what_is_marked_as_a_problem_leaves_the_heading_that_it_stood_under():
    notes = (
        "【农业】\n粮食面积5万亩\n产粮2万吨\n【党建】\n发展党员9名\n党课6次\n困难：用地指标缺80亩"
    )
    outline = make_outline(parse_facts(notes), None, "一、农业\n二、党建\n三、存在的困难")
    assert outline.sections[-1].fact_ids == ("F5",)
