"""What only ends like a name is prose; names that are words as well stay names."""

import pytest

from drafter.checking.checker import Checker
from drafter.checking.wordness import is_prose


def at(text, part):
    start = text.index(part)
    return text, start, start + len(part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("村道北侧铺装沿河步道", "铺装沿河"),
        ("全年累计巡河", "累计巡河"),
        ("清明前后发生滑坡", "生滑坡"),
        ("努力办好家门口的学校", "努力办"),
        ("始终把群众冷暖放在心上", "冷暖放"),
    ],
)
def test_a_stretch_of_words_is_prose(text, part):
    assert is_prose(*at(text, part))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("依托前进村、红旗水库抓灌溉", "前进村"),
        ("整治双桥村人居环境", "双桥村"),
        ("与恒远粮油有限公司签约", "恒远粮油有限公司"),
        ("完成团结水库除险加固", "团结水库"),
        ("疏浚跃进渠3公里", "跃进渠"),
        ("与振兴公司签约", "振兴公司"),
        ("镇长方向东带队检查", "方向东"),
        ("网格员马力强上门走访", "马力强"),
        ("“铺装沿河”是条路名", "沿河”是条路名"),
    ],
)
def test_a_name_stays_a_name(text, part):
    assert not is_prose(*at(text, part))


def test_prose_that_ends_like_a_place_alarms_nobody():
    checker = Checker(["沿河步道铺装2.7公里"], year=2026)
    assert not checker.examine("铺装沿河步道2.7公里。").findings


def test_a_village_that_no_fact_names_is_told():
    checker = Checker(["双河村沿河步道铺装2.7公里"], year=2026)
    found = checker.examine("在梨树坪村铺装沿河步道2.7公里。").findings
    assert [f.label for f in found] == ["wrong_entity"]


def test_a_samples_name_that_is_a_word_of_action_is_a_leak():
    checker = Checker(["水库除险加固完成"], ["团结水库除险加固完工。"], 2026)
    found = checker.examine("完成团结水库除险加固。").findings
    assert [f.label for f in found] == ["leaked_from_sample"]
