from drafter.comparing.coverage import coverage, likeness
from drafter.samples.parse import parse_sample

SAMPLE = parse_sample(
    "清水镇工作总结\n一、工作开展情况\n（一）人居环境整治\n清运垃圾。\n（二）招商引资\n签约两家。\n"
    "二、存在问题\n力度不够。\n三、下一步打算\n继续努力。\n"
)


def test_a_sample_covers_itself():
    whole = coverage(SAMPLE.text, SAMPLE)
    assert (whole.share, whole.missing, whole.added) == (1, (), ())


def test_headings_correspond_by_meaning_and_the_others_are_named():
    text = (
        "白石镇总结\n一、主要做法\n（一）村容村貌\n清扫。\n"
        "二、短板不足\n不够。\n三、征兵工作\n完成。\n"
    )
    found = coverage(text, SAMPLE)
    assert found.matched == (
        ("工作开展情况", "主要做法"),
        ("人居环境整治", "村容村貌"),
        ("存在问题", "短板不足"),
    )
    assert found.missing == ("招商引资", "下一步打算")
    assert found.added == ("征兵工作",)
    assert found.share == 3 / 5


def test_only_headings_down_to_the_level_count():
    assert (
        coverage("一、工作情况\n略。\n二、存在问题\n略。\n三、下步打算\n略。\n", SAMPLE, 1).share
        == 1
    )


def test_the_same_heading_is_likest():
    assert likeness("存在问题", "存在问题") > likeness("存在问题", "短板不足") > 0.3
    assert likeness("存在问题", "招商引资") == 0
