import json

from drafter.comparing.report import compare
from drafter.samples.library import Library

COPIED = "护林员老周每天沿着北坡巡查两遍，发现火情隐患当场登记并上报。"
NEAR = f"青山镇工作总结\n一、森林防灭火\n{COPIED}\n二、人居环境整治\n清理村巷垃圾，疏通房前沟渠。\n"
FAR = "白石镇工作总结\n一、招商引资\n外出洽谈项目，签下意向协议。\n"
DRAFT = f"清水镇工作总结\n一、林区管护\n{COPIED}\n二、村容村貌\n新建垃圾池3个，村道保洁有人管。\n"


def rows(text=DRAFT, **options):
    library = Library([NEAR, FAR])
    return compare(text, library, **options)


def test_a_section_is_nearest_to_the_sample_that_it_copies():
    first = rows().sections[0]
    assert (first.heading, first.nearest_sample, first.nearest_heading) == (
        "林区管护",
        "样本1",
        "森林防灭火",
    )
    assert first.share > 0.7


def test_a_section_that_copies_nothing_is_nearest_by_meaning():
    second = rows().sections[1]
    assert (second.nearest_heading, second.share) == ("人居环境整治", 0)
    assert second.figures_per_1000 > 0


def test_the_share_of_the_whole_counts_shared_characters():
    result = rows()
    assert result.share == sum(len(one.text) for one in result.overlaps) / len(DRAFT)


def test_allowed_wording_counts_in_no_share():
    result = rows(allow=[COPIED])
    assert (result.share, result.overlaps, result.sections[0].share) == (0, (), 0)


def test_a_text_without_headings_is_one_section():
    [section] = rows(COPIED).sections
    assert (section.heading, section.share) == ("", 1)


def test_samples_may_be_given_as_texts():
    assert compare(DRAFT, {"邻镇": NEAR}).sections[0].nearest_sample == "邻镇"


def test_nothing_is_shared_with_an_empty_library():
    result = compare(DRAFT, Library())
    assert result.share == 0
    assert {section.nearest_sample for section in result.sections} == {""}


def test_the_report_has_the_fields_of_the_command_line():
    report = json.loads(json.dumps(rows().to_json(), ensure_ascii=False))
    assert list(report) == ["share", "overlaps", "sections"]
    assert list(report["overlaps"][0]) == ["start", "end", "text", "sample", "sample_start"]
    assert list(report["sections"][0]) == [
        "heading",
        "nearest_sample",
        "nearest_heading",
        "share",
        "boilerplate_share",
        "figures_per_1000",
    ]
