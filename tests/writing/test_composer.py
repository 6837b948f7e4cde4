"""The composer: readable sentences, every figure as given, nothing added."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.numerals import to_chinese
from drafter.domain import Fact, FactSheet, OutlineSection
from drafter.writing.composer import compose_point, compose_section, join_clauses
from drafter.writing.shorthand import to_sentence
from drafter.writing.style import house_style

SHORTHAND = [
    ("班子9人，每人交心得3篇→共27篇", "班子9人，每人交心得3篇，共27篇"),
    (
        "发文：上年同期132件→今年96件，下降27.3％",
        "发文由上年同期的132件减少到今年的96件，下降27.3%",
    ),
    ("台账41项→29项", "台账由41项减少到29项"),
    ("35岁以下干部14人→到信访一线跟班", "35岁以下干部14人到信访一线跟班"),
    (
        "固定资产投资：任务2.6亿元，完成2.73亿元，105%",
        "固定资产投资任务2.6亿元，完成2.73亿元，完成率105%",
    ),
    ("到位资金1.35亿元／任务1.5亿元，完成90%", "到位资金1.35亿元（任务1.5亿元），完成90%"),
    ("查出问题64个：班子9个、成员27个、站所28个", "查出问题64个，其中班子9个、成员27个、站所28个"),
    ("石桥头王支书：村口路灯坏了3盏", "石桥头村口路灯损坏3盏"),
    ("社区李：收到意见二十来条", "收到意见20余条"),
    ("问题：回访跟不上", "回访跟不上"),
    ("补助500元/户，办结38/40件", "补助每户500元，办结38件（共40件）"),
    ("报送县/市", "报送县、市"),
    ("参加3,406人", "参加3406人"),
    ("清理垃圾二百六十余吨", "清理垃圾260余吨"),
    ("验收日期：11月5日", "验收日期为11月5日"),
    ("主题党日“晒作风/比实干”：19个支部全部开展", "主题党日“晒作风/比实干”，19个支部全部开展"),
    ("抢通道路33/36处，覆盖10/11个社区", "抢通道路33处（共36处），覆盖10个社区（共11个）"),
    ("个体户新增427户,同比+12.6%", "个体户新增427户，同比增长12.6%"),
    ("企业新增86户，同比-3.4%，增速+2%", "企业新增86户，同比下降3.4%，增速2%"),
    ("平均2.5个工作日→1个工作日", "平均由2.5个工作日缩短到1个工作日"),
    ('"一网通办" 率 92%->98%', "“一网通办”率由92%提高到98%"),
    ("8月抗旱：打井5眼，架泵42台", "8月抗旱，打井5眼，架泵42台"),
    ("帮扶车间3个：带动就业95人，其中脱贫户41人", "帮扶车间3个，带动就业95人，其中脱贫户41人"),
    ("在建项目2个：物流点、云水路改造", "在建项目2个，分别为物流点、云水路改造"),
    ("建议：区里统一建用工平台", "建议区里统一建用工平台"),
    ("努力方向：每季度1次专题调研", "每季度1次专题调研"),
    ("其中：土地类37件、邻里类42件", "其中土地类37件、邻里类42件"),
    ("青年夜学活动 每周三晚上办 已办21期", "青年夜学活动，每周三晚上办，已办21期"),
    ("党委副书记 邹立新 带队走访", "党委副书记邹立新带队走访"),
    ("隔离带 18 公里", "隔离带18公里"),
    ("5个正在协调(用电2件 用工3件)", "5个正在协调（用电2件、用工3件）"),
    ("厂房2.4万㎡，雨量386.5mm，秸秆3.4t", "厂房2.4万平方米，雨量386.5毫米，秸秆3.4吨"),
    ("PM2.5均值28μg/m³", "PM2.5均值每立方米28微克"),
    ("2026/6/18启动，2026.7.2结束", "2026年6月18日启动，2026年7月2日结束"),
    ("剩2个：①农家书屋锁门；②大厅没人", "剩余2个，农家书屋锁门；大厅无人"),
    ("<p>办结<b>403</b>件&nbsp;</p>", "办结403件"),
    ("**林长制**：设林长12名", "林长制方面，设林长12名"),
    ("✅ 换软管58根👍[抱拳]", "更换软管58根"),
    ("3。巡查1800人次", "巡查1800人次"),
    ("整改2件（XX采石场、**养猪场）", "整改2件（【待补：名称】采石场、【待补：名称】养猪场）"),
    ("收集微心愿***余条", "收集微心愿【待补：准确数】余条"),
    ("垃圾桶+扫帚", "垃圾桶、扫帚"),
    ("推行党建+网格模式", "推行党建+网格模式"),
    ("参加350来人", "参加350余人"),
    ("剩2个：书屋锁门，12月10日前开放", "剩余2个，书屋锁门，12月10日前开放"),
    ("救灾资金 已到120万元", "救灾资金已到120万元"),
    ("正在协调(用电2 用工3)", "正在协调（用电2、用工3）"),
    ("崇德之星10名（代表：退休教师吴守诚）", "崇德之星10名（代表：退休教师吴守诚）"),
    ("储备点10个（镇级：1个，村级：9个）", "储备点10个（镇级1个，村级9个）"),
    ("## 二、排查化解纠纷", "排查化解纠纷"),
    ("## 四、问题", ""),
    ("游客 4.2万人次↑21%", "游客4.2万人次，上升21%"),
    ("普法17场！听众二千一百余人！！", "普法17场，听众2100余人"),
    ("3.3月底前完成征地86亩", "3月底前完成征地86亩"),
    ("补助1.4万-3.2万元/户", "补助每户1.4万-3.2万元"),
    ("解决难题26件；其中用工11件、用地6件", "解决难题26件，其中用工11件、用地6件"),
    ("隐患1件→【农办】清垃圾1吨，【重点】补短板", "隐患1件，清理垃圾1吨，重点补短板"),
    ("改厕完成412户/450户", "改厕完成412户（共450户）"),
    ("给12个村派了第一书记", "向12个村选派第一书记"),
    ("水渠占地6户没谈拢，每亩差800块钱", "水渠占地6户未达成一致，每亩差800元"),
    ("宅基地纠纷拖了11年，8月份调好了，签了协议", "宅基地纠纷历时11年，8月份已调解成功，签订协议"),
    ("把剩下的6处隐患9月底前改完", "剩余6处隐患9月底前整改到位"),
    ("帮5个村搞物业经济，争取年底都过10万元", "帮助5个村发展物业经济，力争年底均超过10万元"),
    ("来访同比少了21批，培训了60人", "来访同比减少21批，培训60人"),
    ("搞活集体经济，除了3户还没动", "搞活集体经济，除了3户尚未启动"),
    ("排查了86处，查了12家", "排查86处，检查12家"),
    ("公共场所：学校食堂7家", "公共场所学校食堂7家"),
    (
        "夜查酒驾十二次，开第二十次会，召开第十三次例会",
        "夜查酒驾12次，召开第二十次会，召开第十三次例会",
    ),
    ("救生圈一十八个，统一十个标准", "救生圈18个，统一十个标准"),
    ("老旧小区：换软管2栋，清淤泥3吨", "老旧小区更换软管2栋，清理淤泥3吨"),
    ("外出报备办法修订了，13栋都腾空了", "外出报备办法已修订，13栋均已腾空"),
    ("5月8日开了动员会，列了6个方面", "5月8日召开动员会，列出6个方面"),
    ("油菜收了6200亩，茶园扩了90亩", "油菜收获6200亩，茶园扩大90亩"),
    ("夜校办了14期，办了60件，放贷放了96户", "夜校举办14期，办理60件，放贷发放96户"),
    ("跟14个村签责任书14份", "与14个村签订责任书14份"),
    ("水库装了摄像头18个，乡里拿了15万", "水库安装摄像头18个，乡里出资15万元"),
    ("3户安检都没人，2户没谈下来，没收气瓶4只", "3户安检均无人，2户未谈妥，没收气瓶4只"),
    ("公开课12节，会议公开", "公开课12节，会议公开"),
    ("预算收入2140万，固投1.4亿，任务1.2亿", "预算收入2140万元，固投1.4亿元，任务1.2亿元"),
    ("林区人口1.3万，点击3.4万", "林区人口1.3万，点击3.4万"),
    ("小额信贷放了41户196万，兑换2300次", "小额信贷发放41户196万元，兑换2300次"),
    ("集体收入268万，最多的村52万", "集体收入268万元，最多的村52万元"),
    ("投入资金120万元，惠及群众3万", "投入资金120万元，惠及群众3万"),
    ("收购价1.8元/斤，收费5元/户/月", "收购价每斤1.8元，收费每户每月5元"),
    ("人均月资800→950元，增速6→8%", "人均月资由800增加到950元，增速由6提高到8%"),
    ("台账12→15→18个", "台账12到15到18个"),
    ("跨县协调了3趟，调了9起", "跨县协调3趟，调解9起"),
    ("追了6公里，追了赃款3万元", "追了6公里，追回赃款3万元"),
    ("制度多了执行打折扣，纠纷多了", "制度多了执行打折扣，纠纷增加"),
    ("清了又停，种了玉米30亩", "清了又停，种植玉米30亩"),
    ("拆旧41，拆旧房12间", "拆旧41，拆除旧房12间"),
    ("听证会开了3场，食堂开了2家", "听证会召开3场，食堂开设2家"),
    ("查非法采砂案件6起，夜查酒驾12次", "查处非法采砂案件6起，夜查酒驾12次"),
    ("厂房1.2万平，设2平台", "厂房1.2万平方米，设2平台"),
    ("盘活资产，年内化债300万以上", "盘活资产，年内化债300万元以上"),
    ("村建办：新增停车位86个", "新增停车位86个"),
    ("公共厕所：新建12座", "公共厕所新建12座"),
    ("明白卡都发了，补了水泵6台", "明白卡均已发放，补充水泵6台"),
    ("机耕路修好了，6户全部搬完", "机耕路已修复，6户全部搬迁"),
    ("没形成火灾，没发现瞒报，没收鱼竿4根", "未形成火灾，未发现瞒报，没收鱼竿4根"),
    ("涵洞塌了9年，断电2个月了", "涵洞塌了9年，断电2个月"),
    ("把任务分到14个村，发了火把20把", "把任务分到14个村，发放火把20把"),
    ("喇叭都上墙，成都市来访2次", "喇叭均上墙，成都市来访2次"),
    ("缴费率从61%提到79%", "缴费率由61%提高到79%"),
    ("办理时限 30个工作日压到12个", "办理时限由30个工作日压缩到12个工作日"),
    ("接访大厅从2人加到5人，平均分从71提到88", "接访大厅由2人增加到5人，平均分由71提高到88"),
    ("重复访由上年57批次降到21批次", "重复访由上年的57批次下降到21批次"),
    ("禁渔期从3月1号到6月30号，3到6岁儿童40人", "禁渔期从3月1日到6月30日，3到6岁儿童40人"),
    ("听课520多人，涉及2万多人", "听课520余人，涉及2万余人"),
    ("公园那边：装长椅30张", "公园方面，安装长椅30张"),
    ("明年要：建驿站2个", "明年要建驿站2个"),
    ("获奖：省级卫生镇（2026年）", "获得省级卫生镇（2026年）"),
    ("园林所——补种行道树80棵", "补种行道树80棵"),
    ("学校：第二小学防火课3节", "学校方面，第二小学防火课3节"),
    ("投入26万修好了排洪沟", "投入26万元修复了排洪沟"),
    ("补助每户2.5万，审减造价31万", "补助每户2.5万元，审减造价31万元"),
    ("抽了3个标段，抽了8名干部", "抽查3个标段，抽调8名干部"),
    ("板桥村老支书：咱村的泵房塌了1间", "板桥村泵房塌了1间"),
    ("任务3.2亿元／完成2.9亿元", "任务3.2亿元，完成2.9亿元"),
    ("亩均税收9.4万元/亩，比年初提了1.1万", "亩均税收9.4万元，比年初提高1.1万元"),
    ("日处理垃圾60吨/日，管网扩容到2万吨/日", "日处理垃圾60吨，管网扩容到每日2万吨"),
    ("培训、宣传：发折页900份", "培训、宣传方面，发折页900份"),
    ("清理乱占4处乱堆9处乱建2处", "清理乱占4处、乱堆9处、乱建2处"),
    ("工人由12名减少到9名", "工人由12名减少到9名"),
    ("托管5所全覆盖 参加1,240人", "托管5所全覆盖，参加1240人"),
    ("接下来：9月前配齐药箱", "下一步，9月前配齐药箱"),
    ("养殖户老郑：饲料还是贵", "养殖户反映，饲料仍然偏高"),
    ("中心卫生院：全镇卫生室12个", "全镇卫生室12个"),
    ("奖学金18万，助残金6.5万，保护费收了3户", "奖学金18万元，助残金6.5万元，保护费收了3户"),
    ("引进人才15名，父老乡亲帮助农户9户", "引进人才15名，父老乡亲帮助农户9户"),
    ("开春以来修渠7公里，装备库房维修2间", "开春以来修渠7公里，装备库房维修2间"),
    ("整改完成23个，签署协议6份", "整改完成23个，签署协议6份"),
    ("会议由最多时的27次减到5次", "会议由最多时的27次减少到5次"),
    ("投入资金9万元，其中入境游客1.2万", "投入资金9万元，其中入境游客1.2万"),
    ("难点村派了工作队，7个人驻村", "难点村选派工作队，7人驻村"),
    ("大专以上41人占61.2%，评示范户9户", "大专以上41人，占61.2%，评选示范户9户"),
    ("优待金发了31户，53.8万", "优待金发放31户，53.8万元"),
    ("老武装部长：仓库漏水", "仓库漏水"),
    ("集体经济全部过10万，看了16场", "集体经济全部超过10万元，观看16场"),
    ("剩余38亩没签，拆掉29户，欠着3户8.6万", "剩余38亩未签订，拆除29户，欠3户8.6万元"),
    ("自来水改了4.2公里，图纸改了三回", "自来水改造4.2公里，图纸修改三回"),
    ("均价从4.2元涨到5.1元每斤", "均价由4.2元上涨到5.1元每斤"),
    ("检测16人次，都是阴性", "检测16人次，均为阴性"),
    ("网销额1.3亿，名额2万", "网销额1.3亿元，名额2万"),
    ("村里开了用水户协会18个，开了村民大会2场", "村里成立用水户协会18个，召开村民大会2场"),
    ("水费收不齐，收了43.6万", "水费难以收齐，收取43.6万元"),
    ("应急办 检查企业12家，评估做了7个", "检查企业12家，评估完成7个"),
    ("低保退出廿二户，剩3个月底前办完", "低保退出22户，剩余3个，月底前办结"),
    ("丰收节9月23日办的，参加2100多人", "丰收节9月23日举办，参加2100余人"),
    ("火灾没有，撂荒地复耕210亩", "未发生火灾，撂荒地复耕210亩"),
]


@pytest.mark.parametrize(("shorthand", "prose"), SHORTHAND)
def test_shorthand_becomes_prose(shorthand, prose):
    assert house_style(to_sentence(shorthand)) == prose


joints = st.sampled_from(["→", "：", "／", "/", "，", "；", "、", "(", ")", "->", " "])
words = st.sampled_from(
    [
        "隐患97处",
        "整改97处",
        "任务1.5亿元",
        "3,406人",
        "学习",
        "王支书",
        "村",
        "上年12件",
        "今年8件",
        "第3次",
        "都发了",
        "没修7处",
        "把7座",
        "从3个到5个",
        "20天压到9天",
        "补了",
        "12号",
    ]
)
notes = st.lists(st.one_of(words, joints), min_size=1, max_size=9).map("".join)


def digits(text):
    return Counter(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d)[,，](?=\d{3})", "", text)))


@settings(deadline=None)
@given(notes)
def test_no_figure_is_lost_or_made(note):
    assert digits(house_style(to_sentence(note))) == digits(note)


@settings(deadline=None)
@given(notes)
def test_no_arrow_is_left(note):
    assert not re.search("→|->", to_sentence(note))


@settings(deadline=None)
@given(notes)
def test_prose_of_prose_is_the_same(note):
    once = house_style(to_sentence(note))
    assert digits(house_style(to_sentence(once))) == digits(once)


def test_titles_and_quotes_stay_to_the_letter():
    text = "印发《三年行动/方案：（试行）》，推行“一站式+代办”"
    assert to_sentence(text) == text


def test_our_village_is_named():
    point = compose_point([Fact("F1", "我们村改厕四十五户", office="河湾村")])
    assert point.text == "河湾村改厕45户。"


def test_a_vague_quantity_is_asked_for():
    assert to_sentence("解决了一多半") == "解决一多半【待补：准确数】"


def test_a_repeated_fact_is_written_once_and_counted_twice():
    point = compose_point([Fact("F1", "通报3期"), Fact("F2", "通报3期")])
    assert point.text == "通报3期。"
    assert point.fact_ids == ("F1", "F2")


def test_short_clauses_in_a_row_share_a_sentence_of_at_most_three():
    assert join_clauses(["甲", "乙", "丙", "丁"]) == "甲；乙；丙。丁。"


FACTS = FactSheet(
    (
        Fact("F1", "中心组学习11次"),
        Fact("F2", "排查隐患97处"),
        Fact("F3", "化解矛盾纠纷211件"),
        Fact("F4", "年轻干部不会做群众工作", state="problem"),
        Fact("F5", "招商离任务还差1500万元", state="problem"),
    )
)


def test_several_points_are_a_chain_in_order():
    section = compose_section(OutlineSection("工作情况", fact_ids=("F1", "F2", "F3")), FACTS)
    assert section.text.splitlines() == [
        "一是开展集体学习。中心组学习11次。",
        "二是排查整治隐患。排查隐患97处。",
        "三是化解矛盾纠纷。化解矛盾纠纷211件。",
    ]


def test_one_point_without_a_second_is_no_chain():
    section = compose_section(OutlineSection("学习", fact_ids=("F1",)), FACTS)
    assert section.text == "中心组学习11次。"


def test_problems_are_one_point_each():
    outline = OutlineSection("存在的问题", fact_ids=("F4", "F5"), function="problems")
    lines = compose_section(outline, FACTS).text.splitlines()
    assert lines == ["一是年轻干部不会做群众工作。", "二是招商离任务尚缺1500万元。"]


def test_a_section_without_facts_is_shown_as_open():
    text = compose_section(OutlineSection("选树典型"), FACTS).text
    assert text.startswith("【待补：")
    assert "选树典型" in text


def test_every_fact_of_a_section_is_in_one_of_its_points():
    ids = ("F1", "F2", "F3", "F4", "F5")
    section = compose_section(OutlineSection("工作情况", fact_ids=ids), FACTS)
    assert sorted(i for point in section.points for i in point.fact_ids) == sorted(ids)


def test_parts_of_the_fact_before_are_joined_to_it():
    point = compose_point([Fact("F1", "排查纠纷412件"), Fact("F2", "其中：土地类37件")])
    assert point.text == "排查纠纷412件，其中土地类37件。"


def test_a_field_named_twice_running_is_named_once():
    facts = [Fact("F1", "营商：走访了132家"), Fact("F2", "营商：兑现了39家")]
    assert compose_point(facts).text == "营商方面，走访132家；兑现39家。"


def test_a_bare_name_of_a_field_leads_the_fact_after_it():
    facts = [Fact("F1", "森林防火"), Fact("F2", "无火情"), Fact("F3", "护林员45名")]
    assert compose_point(facts).text == "森林防火方面，无火情；护林员45名。"


def test_what_no_headline_fits_stands_last_without_a_number():
    ids = {"F1": "甲乙丙9家", "F2": "中心组学习11次", "F3": "化解矛盾纠纷211件"}
    sheet = FactSheet(tuple(Fact(i, text, office=i) for i, text in ids.items()))
    section = compose_section(OutlineSection("工作情况", fact_ids=tuple(ids)), sheet)
    assert section.text.splitlines() == [
        "一是开展集体学习。中心组学习11次。",
        "二是化解矛盾纠纷。化解矛盾纠纷211件。",
        "此外，甲乙丙9家。",
    ]


def test_a_sender_with_a_post_speaks_for_his_place():
    point = compose_point([Fact("F1", "社区报警器装了340户", office="石桥社区主任老顾")])
    assert point.text == "石桥社区报警器安装340户。"


@pytest.mark.parametrize(
    ("level", "count", "last"),
    [(1, 9, "九是"), (1, 12, "（十二）"), (2, 12, "12."), (1, 120, "120.")],
)
def test_a_long_chain_is_a_list(level, count, last):
    facts = FactSheet(
        tuple(Fact(f"F{n}", f"短板{n}处，要补", state="problem") for n in range(count))
    )
    outline = OutlineSection("问题", level, tuple(f.id for f in facts), function="problems")
    assert compose_section(outline, facts).text.splitlines()[-1].startswith(last)


def test_bare_statements_stand_in_one_row():
    assert join_clauses(["硬化道路3公里", "安装路灯40盏"]) == "硬化道路3公里，安装路灯40盏。"
    assert (
        join_clauses(["网格54个，网格员54名", "上报1920件"]) == "网格54个，网格员54名；上报1920件。"
    )


def test_what_is_counted_in_batches_and_cases_is_written_in_digits():
    assert house_style("接待群众八十三批") == "接待群众83批"
    assert house_style("调解纠纷二十六起") == "调解纠纷26起"


@given(st.integers(1, 9999), st.integers(0, 9), st.sampled_from(["元", "亩", "人"]))
def test_large_numbers_in_words_keep_their_value_and_their_ten_thousands(whole, tenth, unit):
    words = to_chinese(whole) + (f"点{to_chinese(tenth)}" if tenth else "")
    number = f"{whole}.{tenth}" if tenth else str(whole)
    assert house_style(f"共计{words}万{unit}") == f"共计{number}万{unit}"


def test_a_sum_in_words_is_money_as_one_in_digits_is():
    assert house_style(to_sentence("发放补贴三百二十七点六万")) == "发放补贴327.6万元"
    assert house_style("收入一亿二千万元") == "收入1.2亿元"
    assert house_style("全年发放三百二十七点六万；") == "全年发放327.6万；"
    assert house_style("成千上万，万万不可") == "成千上万，万万不可"
    assert to_sentence("临时救助42人次8.4万") == "临时救助42人次8.4万元"


@pytest.mark.parametrize("deed", ["化解", "办结", "整改", "开工", "到位"])
def test_what_is_not_done_is_said_as_papers_say_it(deed):
    assert house_style(to_sentence(f"还有9件没{deed}")) == f"尚有9件未{deed}"


def test_a_line_of_a_thousand_colons_is_read_to_its_end():
    note = "".join(f"排查{n}：隐患{n}处，" for n in range(1200))
    assert digits(to_sentence(note)) == digits(note)
