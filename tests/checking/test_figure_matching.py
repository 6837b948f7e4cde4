"""When a drafted figure follows from a fact's, for figures told in pieces or by their bound."""

from decimal import Decimal

import pytest

from drafter.checking.matching import precision, relation, written
from drafter.chinese.quantities import find_figures


def figure(text):
    (found,) = find_figures(text)
    return found


@pytest.mark.parametrize(
    ("draft", "fact", "expected"),
    [
        ("100分钟", "1小时40分", "equal"),
        ("1小时40分", "104分钟", ""),
        ("2.5元", "两元五角", "equal"),
        ("两元五角", "2.7元", ""),
        ("4.5米", "四米五宽", "equal"),
        ("12.5亩", "十二亩半", "equal"),
        ("九成二", "92.3%", "approximate"),
        ("九成二", "94%", ""),
        ("不足1亩", "0.8亩", "approximate"),
        ("不足10人", "9人", "approximate"),
        ("不足10人", "10人", ""),
        ("不足20户", "9户", ""),
        ("不足20户", "20户以内", "approximate"),
        ("20户以内", "不足20户", "approximate"),
        ("不足30户", "20户以内", ""),
        ("不足1%", "0.3%", "approximate"),
        ("五十出头", "52岁", "approximate"),
        ("八成有余", "83%", "approximate"),
        ("八成有余", "79%", ""),
        ("3200只", "3200头（只）", "equal"),
        ("3200头（只）", "3200头", "equal"),
        ("3200人", "3200头（只）", ""),
        ("12部", "12台（套）", "equal"),
        ("300人次", "300人（次）", "equal"),
        ("4个村", "4个嘎查", "equal"),
        ("三次", "三遍", "equal"),
    ],
)
def test_a_figure_follows_or_does_not(draft, fact, expected):
    assert relation(figure(draft), figure(fact)) == expected


@pytest.mark.parametrize(
    ("text", "number", "step"),
    [("十二亩半", "12.5", "0.5"), ("三公里半", "3.5", "0.5"), ("8公里", "8", "1")],
)
def test_a_half_counts_in_the_number_as_written(text, number, step):
    found = figure(text)
    assert abs(written(found) - Decimal(number)) < Decimal("1e-9")
    assert abs(precision(found) * Decimal(number) / found.value - Decimal(step)) < Decimal("1e-9")
