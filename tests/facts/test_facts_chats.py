"""Messages as messengers copy them: senders and times are no facts, corrections are shown."""

from dataclasses import replace

import pytest

from drafter.facts import join_sheets, parse_facts


def read(text):
    sheet = parse_facts(text)
    return [(f.text, f.office) for f in sheet], [span.text for span in sheet.not_understood]


@pytest.mark.parametrize(
    "header",
    [
        "党政办-小于 9:02",
        "党政办-小于  2026年10月28日 14:02",
        "党政办-小于 2026/10/28 下午2:02:11",
        "党政办-小于 昨天 14:02",
        "党政办-小于 星期三 09:12",
        "党政办-小于: (2026-10-28 14:02:11)",
        "2026-10-28 14:02:33 党政办-小于",
        "党政办-小于\n9:02",
        "党政办-小于\n2026年10月28日 14:02",
    ],
)
def test_a_name_with_a_time_is_a_sender_in_every_export(header):
    facts, left = read(f"{header}\n改厕118户，验收116户")
    assert facts == [("改厕118户，验收116户", "党政办-小于")]
    assert not any("小于" in text for text in left)


@pytest.mark.parametrize("account", ["(1234567890)", "<yudu@example.cn>", "(1358xxxx)"])
def test_an_account_behind_the_name_belongs_to_it(account):
    facts, _ = read(f"2026-10-28 14:02:33 于海{account}\n改厕118户")
    assert facts == [("改厕118户", f"于海{account}")]


@pytest.mark.parametrize(
    "line", ["2026年10月28日 14:02", "2026年10月30日 星期五", "昨天 14:02", "——— 10月28日 ———"]
)
def test_a_time_between_messages_is_shown_and_no_fact(line):
    facts, left = read(f"民政办小唐 9:02\n低保户312户\n{line}\n特困供养46人")
    assert [text for text, _ in facts] == ["低保户312户", "特困供养46人"]
    assert left == [line]


def test_what_a_label_says_of_a_time_stays_a_fact():
    assert [text for text, _ in read("时间：2026年10月12日 9:30\n会议定于11月5日9:00召开")[0]] == [
        "时间：2026年10月12日 9:30",
        "会议定于11月5日9:00召开",
    ]


@pytest.mark.parametrize(
    "talk",
    [
        "各线注意，明天上午九点开视频会",
        "各位，年终总结的数今天下班前报给我",
        "还没报的抓紧报上来",
        "低保数呢？",
        "好的",
        "[图片]",
    ],
)
def test_talk_in_a_group_is_shown_and_no_fact(talk):
    facts, left = read(f"党政办小何 9:02\n改厕118户\n{talk}")
    assert [text for text, _ in facts] == ["改厕118户"]
    assert left == [talk]


def test_an_answer_before_a_statement_is_no_part_of_it():
    facts, _ = read("党政办小何 9:02\n收到，全镇改厕118户\n好的！清运垃圾320吨")
    assert [text for text, _ in facts] == ["全镇改厕118户", "清运垃圾320吨"]


BEFORE = (
    "规建办刘工 9:02\n今年硬化村组道路8条11.6公里，投资460万\n民政办小唐 9:05\n{}清退低保14户\n"
)


ROADS = "今年硬化村组道路8条{}公里，投资{}万"


@pytest.mark.parametrize(
    ("said", "sender", "text", "old"),
    [
        ("(2)应该是11.9公里，刚核了图纸", "规建办刘工", ROADS.format("11.9", 460), "F1"),
        ("更正：硬化道路11.9公里", "规建办刘工", ROADS.format("11.9", 460), "F1"),
        ("更正：硬化道路8条11.9公里", "规建办刘工", ROADS.format("11.9", 460), "F1"),
        ("更正：道路应为11.9公里，投资480万", "规建办刘工", ROADS.format("11.9", 480), "F1"),
        ("道路不是11.6公里，是11.9公里", "规建办刘工", ROADS.format("11.9", 460), "F1"),
        ("更正：“11.6公里”应为“11.9公里”", "党政办小何", ROADS.format("11.9", 460), "F1"),
        ("原报投资460万有误，更正为480万", "党政办小何", ROADS.format("11.6", 480), "F1"),
        ("将上报的投资460万改为480万，以此为准", "党政办小何", ROADS.format("11.6", 480), "F1"),
        ("不好意思，清退应该是13户", "民政办小唐", "清退低保13户", "F2"),
        ("刚才那个数写错了，是13户", "民政办小唐", "清退低保13户", "F2"),
        ("刚才那个数不对，应是13", "民政办小唐", "清退低保13户", "F2"),
        ("是13户，不是14户", "民政办小唐", "清退低保13户", "F2"),
        ("投资写错了，是480万", "规建办刘工", ROADS.format("11.6", 480), "F1"),
        ("纠正一下，清退低保是13户", "民政办小唐", "清退低保13户", "F2"),
    ],
)
def test_a_correction_takes_the_place_of_the_whole_statement_it_corrects(said, sender, text, old):
    sheet = parse_facts(BEFORE.format("") + f"{sender} 9:30\n{said}")
    assert sheet.facts[-1].text == text
    (notice,) = sheet.notices
    assert (notice.code, notice.fact_ids) == ("correction", (old, "F3"))
    assert notice.suggestion in text
    assert notice.suggestion in notice.message
    assert sheet.by_id()[old].replaced_by == "F3"
    assert old not in sheet.standing().by_id()
    assert "（更正第" in sheet.facts[-1].source.place


HIDDEN = "查隐患{}处，整改了{}处，剩{}处明年3月底前改完"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("更正：隐患是88处，整改79处，剩9处", HIDDEN.format(88, 79, 9)),
        ("更正：隐患是88处，整改81处", HIDDEN.format(88, 81, 7)),
        ("更正：整改81处，剩5处", HIDDEN.format(86, 81, 5)),
        ("更正：整改是81处", HIDDEN.format(86, 81, 7)),
    ],
)
def test_each_figure_of_a_correction_takes_the_place_of_its_own(said, text):
    sheet = parse_facts(HIDDEN.format(86, 79, 7) + "\n" + said)
    assert [f.text for f in sheet.standing()] == [text]


def test_a_corrected_figure_is_known_by_the_word_behind_it_as_well():
    told = "排查矛盾纠纷326件，化解{}件，还有{}件在办"
    sheet = parse_facts(told.format(311, 15) + "\n更正：化解309件，在办17件")
    assert [f.text for f in sheet.standing()] == [told.format(309, 17)]


def test_a_correction_of_a_correction_leaves_only_the_last_standing():
    said = "民政办小唐 9:05\n清退低保14户\n更正：清退低保应为13户\n又错了，应该是12户"
    sheet = parse_facts(said)
    assert [f.replaced_by for f in sheet] == ["F2", "F3", ""]
    assert [f.text for f in sheet.standing()] == ["清退低保12户"]


def test_a_correction_that_tells_more_than_the_old_statement_leaves_it_to_a_person():
    sheet = parse_facts("硬化道路8条11.6公里\n更正：硬化道路11.9公里，受益96户")
    assert [f.text for f in sheet.standing()] == [
        "硬化道路8条11.6公里",
        "硬化道路11.9公里，受益96户",
    ]
    assert "请核对后删去F1里的旧数" in sheet.notices[0].message


def test_a_fact_stands_again_once_its_correction_is_deleted():
    sheet = parse_facts("清退低保14户\n更正：清退低保应为13户")
    kept = replace(sheet, facts=sheet.facts[:1])
    assert len(kept.standing()) == 1


def test_joined_sheets_keep_which_fact_was_replaced_under_its_new_number():
    corrected = parse_facts("清退低保14户\n更正：清退低保应为13户")
    joined = join_sheets([parse_facts("改厕118户"), corrected])
    assert [f.replaced_by for f in joined] == ["", "F3", ""]


def test_a_correction_of_nothing_known_is_shown_as_such():
    sheet = parse_facts("民政办小唐 9:05\n更正：慰问老人应该是36人")
    assert [f.text for f in sheet] == ["慰问老人36人"]
    assert [(n.code, n.fact_ids) for n in sheet.notices] == [("correction", ("F1",))]


def test_a_correction_is_still_shown_after_joining_and_not_twice():
    one = parse_facts("民政办小唐 9:05\n农村低保对象312户\n更正：农村低保对象321户")
    assert [n.code for n in one.notices] == ["correction"]
    joined = join_sheets([parse_facts("改厕118户"), one])
    assert [(n.code, n.fact_ids) for n in joined.notices] == [("correction", ("F2", "F3"))]


@pytest.mark.parametrize("text", ["整改错误标牌12块", "应该整改的12处已整改", "查处错报漏报3起"])
def test_words_of_error_alone_correct_nothing(text):
    sheet = parse_facts(f"农办小周 9:05\n排查隐患15处\n{text}")
    assert sheet.facts[-1].text == text
    assert "correction" not in [n.code for n in sheet.notices]


@pytest.mark.parametrize(
    ("head", "office"),
    [
        ("信访室报：", "信访室"),
        ("民政办、残联合报：", "民政办、残联"),
        ("石岭村报：", "石岭村"),
        ("统战部门报：", "统战"),
    ],
)
def test_who_reports_is_a_tag(head, office):
    sheet = parse_facts(f"{head}\n来信14件，来访58批次")
    assert [(f.office, f.section_hint) for f in sheet] == [(office, "")]


def test_a_figure_known_by_its_letter_is_corrected():
    sheet = parse_facts("规建办吴工 8:52\nC级18户 D级7户\n剩下4户\n哦不对，D级是9户")
    assert sheet.facts[-1].text == "C级18户 D级9户"
    assert [n.fact_ids for n in sheet.notices] == [("F1", "F3")]


def test_a_note_with_figures_of_its_own_is_a_fact():
    sheet = parse_facts("改厕118户\n说明：资金已到位268.5万元\n说明：数据截至11月5日")
    assert [f.text for f in sheet] == ["改厕118户", "说明：资金已到位268.5万元"]


def test_money_said_without_its_measure_is_corrected_all_the_same():
    text = "马会计 9:05\n债务化解126万，余额312万\n追缴欠款46.7万\n上一条追缴应为64.7万"
    sheet = parse_facts(text)
    assert sheet.facts[-1].text == "追缴欠款64.7万"
    assert [n.fact_ids for n in sheet.notices] == [("F2", "F3")]


def test_a_figure_that_is_only_confirmed_is_talk():
    facts, left = read("马会计 9:05\n产权交易17宗\n17宗没错")
    assert [text for text, _ in facts] == ["产权交易17宗"]
    assert left == ["17宗没错"]


def test_a_village_that_reports_is_the_place_of_what_it_says():
    sheet = parse_facts("白沙村（支书老潘报）\n我村改厕26户\n七里村：\n改厕31户")
    assert sheet.facts[0].text == "白沙村改厕26户"
    assert "conflict" not in [n.code for n in sheet.notices]


@pytest.mark.parametrize("sender", ["综治办 老周", "石桥村 王支书", "信访办小陈"])
def test_an_office_and_a_name_apart_are_one_sender(sender):
    facts, _ = read(f"{sender}：接件58件，办结51件")
    assert facts == [("接件58件，办结51件", sender)]


def test_a_call_to_the_whole_group_is_no_fact_wherever_it_stands():
    call = "各位，信访积案化解的材料，麻烦今天报齐 @所有人"
    facts, left = read(f"{call}\n综治办 老周：接件58件")
    assert facts == [("接件58件", "综治办 老周")]
    assert left == [call]


def test_figures_sent_to_the_whole_group_stay_facts():
    facts, _ = read("@所有人 全镇接件58件")
    assert "58件" in facts[0][0]


@pytest.mark.parametrize(
    "line",
    [
        "纠正不规范票据218张，清退41.6万元",
        "更正错误档案12份",
        "查出填错的表格12份，统计错漏3处",
        "补贴面积以实测为准，核定1200亩",
        "以村为单位、以户为准核查1200户",
        "危房鉴定应为C级的12户已全部改造",
        "应为参保人员办理登记2100人",
        "前面的围墙有误差，修补3处",
    ],
)
def test_work_on_what_was_wrong_takes_no_figure_back(line):
    before = "改厕120户，投入36万元\n参保人数1860人\n补贴面积1150亩\n票据312张"
    sheet = parse_facts(f"{before}\n{line}")
    assert sheet.facts[-1].text == line
    assert not [n for n in sheet.notices if n.code == "correction"]
    assert sheet.standing().facts == sheet.facts


def test_what_a_correction_makes_wrong_is_told_of_the_corrected_statement():
    sheet = parse_facts("隐患97处，整改95处，还有2处要等配件\n隐患总数应该是98处")
    assert [n.suggestion for n in sheet.notices if n.code == "rest_wrong"] == ["3处"]
