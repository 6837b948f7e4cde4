"""A paper on one line of work, no tasks given: its headings are facets, none of them empty."""

import pytest

from drafter.domain import FactSheet
from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.planning.facets import facets
from drafter.planning.papers import headings_on
from drafter.resources import lexicon

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


PAPERS = {
    "征兵": {
        "加强组织领导": "成立征兵工作领导小组，召开部署会2次",
        "摸清兵员底数": "适龄青年兵役登记412人",
        "广泛宣传动员": "宣讲进校园6场，悬挂横幅30条",
        "严把体检政审关口": "初检63人，政审双合格21人",
        "做好定兵欢送": "入伍14人，其中大学毕业生9人",
    },
    "村（社区）“两委”换届": {
        "加强组织领导": "召开换届部署会3次",
        "摸清班子底数": "村干部离任经济责任审计12个村",
        "严把人选关口": "候选人资格联审186人次",
        "依法组织选举": "12个村投票选举，参选率96%",
        "严肃换届纪律": "签订纪律承诺书340份",
        "抓好届后工作": "公章、账目移交12个村",
    },
    "医保征缴": {
        "加强组织领导": "召开征缴调度会4次",
        "摸清参保底数": "摸底未参保人员312人",
        "广泛宣传动员": "院坝会宣讲26场，发放明白纸5000份",
        "优化缴费服务": "上门代缴480人，收缴医保费812万元",
        "落实参保资助": "全额资助特困人员参保93人",
        "落实医保待遇": "住院报销1260人次",
    },
    "双减": {
        "加强组织领导": "召开专题会2次",
        "控减作业负担": "书面作业公示检查12次",
        "办好课后服务": "开设社团28个，参加课后服务1860人",
        "提高教学质量": "教研活动36次",
        "规范校外培训": "检查校外培训机构9家次",
        "深化家校共育": "家访630户",
    },
    "教育": {
        "改善办学条件": "教学楼竣工1栋",
        "提高教学质量": "中考及格率62%",
        "抓好校园安全": "护学岗6处",
        "关爱师生": "资助困难学生88人",
    },
    "政务服务": {
        "加强队伍建设": "业务培训4次",
        "规范窗口建设": "进驻大厅事项132项",
        "提高审批效率": "办件8600件，办结率99%",
        "做实帮办代办": "代办员上门代办410件",
        "推行网上办理": "网上办理事项96项",
        "办好群众诉求": "12345工单211件，回访满意率98%",
    },
    "禁毒": {
        "加强组织领导": "召开禁毒推进会2次",
        "加强宣传教育": "宣传进校8场",
        "管好涉毒人员": "尿检62人，戒毒人员帮教14人",
        "严格禁种铲毒": "踏查房前屋后1200户，铲除罂粟16株",
        "打击涉毒犯罪": "查处涉毒案2起",
    },
    "农村供水": {
        "加强组织领导": "成立专班，研究部署3次",
        "完善供水工程": "铺设管网12公里，新建蓄水池3座",
        "守护水源水质": "水质检测24次",
        "加强运行管护": "管水员维修爆管46处",
        "规范水费收缴": "水费收缴率93%，换智能水表800只",
        "做好应急供水": "干旱期送水60车",
    },
    "助残": {
        "加强组织领导": "召开助残推进会2次",
        "落实残疾保障": "发放两项补贴620人",
        "做好康复服务": "发放轮椅36辆、助听器12台",
        "扶持残疾人就业": "残疾人就业培训40人",
        "推进无障碍改造": "安装扶手坡道22户",
        "开展扶残关爱": "助残日慰问55户",
    },
    "农村电商": {
        "加强组织领导": "召开推进会2次",
        "建好电商站点": "建成村级电商站点11个",
        "畅通快递物流": "快递进村12个村",
        "培育电商人才": "培训主播86人",
        "打造网货品牌": "注册商标3个，包装升级5款",
        "扩大网上销售": "网店销售额1260万元",
    },
}


def rows():
    return [line.split("\t") for line in lexicon("planning", "papers.tsv")]


def test_the_course_of_every_paper_names_known_facets_each_once_under_its_own_heading():
    for _, names in rows():
        told = [facets()[name].heading for name in names.split()]
        assert len(set(told)) == len(told) >= 3


@pytest.mark.parametrize("subject", PAPERS)
def test_a_fact_of_each_part_of_a_subject_stands_under_a_heading_of_the_subjects_own(subject):
    notes = "\n".join([f"栗坪镇2026年{subject}工作情况", *PAPERS[subject].values()])
    sheet = parse_facts(notes)
    placed = {s.heading: s.fact_ids for s in make_outline(sheet, None).sections if s.fact_ids}
    told = {heading: [sheet.by_id()[i].text for i in ids] for heading, ids in placed.items()}
    assert told == {heading: [text] for heading, text in PAPERS[subject].items()}


@pytest.mark.parametrize("subject", PAPERS)
def test_no_two_of_these_subjects_share_most_of_their_headings(subject):
    mine = set(PAPERS[subject])
    for other in PAPERS.keys() - {subject}:
        assert len(mine & set(PAPERS[other])) <= len(mine) / 2


@pytest.mark.parametrize("subject", ["主题教育", "党纪学习教育", "廉政警示教育", "安全教育"])
def test_what_teaches_no_school_has_no_headings_of_schools(subject):
    facts = parse_facts("\n".join(PAPERS["教育"].values())).facts
    assert "改善办学条件" not in headings_on(subject, facts)
