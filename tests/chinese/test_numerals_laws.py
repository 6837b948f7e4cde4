"""A numeral is read back as the number it was written for, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.numerals import parse_number, to_chinese

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
OLD_STYLE = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
WHOLE = st.one_of(st.integers(0, 12000), st.integers(0, 10**12 - 1))


def spell(number: int) -> str:
    """An independent way to spell a number: recursion on the greatest unit."""
    if number < 10:
        return DIGITS[number]
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            head, rest = divmod(number, unit)
            gap = "零" if rest and rest < unit // 10 else ""
            return spell(head) + name + (gap + spell(rest) if rest else "")
    raise AssertionError


@given(WHOLE)
@settings(max_examples=300, deadline=None)
def test_a_number_in_any_style_is_read_as_itself(number):
    chinese = spell(number)
    styles = [str(number), f"{number:,}", f"{number:,}".replace(",", "，")]
    styles += [str(number).translate(FULL_WIDTH), chinese, chinese.translate(OLD_STYLE)]
    styles += [to_chinese(number), to_chinese(number, full_ten=True), chinese.replace("零", "〇")]
    styles += [chinese.replace("二千", "两千").replace("二万", "两万").replace("二百", "两百")]
    for written in styles:
        assert parse_number(written) == number, written


@given(st.integers(1, 9999), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千万", 10**7)]))
@settings(max_examples=150, deadline=None)
def test_digits_with_a_great_unit_behind_count_in_that_unit(tenths, unit):
    name, worth = unit
    number = Decimal(tenths) / 10
    assert parse_number(f"{number:f}{name}") == number * worth


@given(st.integers(1, 99), st.integers(1, 9999))
@settings(max_examples=100, deadline=None)
def test_mixed_numbers_add_their_parts(hundred_millions, ten_thousands):
    text = f"{hundred_millions}亿{ten_thousands}万"
    assert parse_number(text) == hundred_millions * 10**8 + ten_thousands * 10**4


@given(st.integers(1949, 2100))
@settings(max_examples=50, deadline=None)
def test_a_year_in_chinese_digits_is_read_digit_by_digit(year):
    spelled = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    assert parse_number(spelled) == year


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("廿八", 28),
        ("卅", 30),
        ("两", 2),
        ("俩", 2),
        ("一万二", 12000),
        ("三百五", 350),
        ("1亿2千万", 120_000_000),
        ("9千9百万", 99_000_000),
        ("三点五万", 35000),
        ("十二点零五", Decimal("12.05")),
        ("八千六百万", 86_000_000),
        ("壹佰贰拾", 120),
        ("12万3456", 123_456),
    ],
)
def test_forms_of_the_trade_are_read(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三四",
        "3万5",
        "12,34",
        "1,2345",
        "一千零二百",
        "十两",
        "百",
        "亿万",
        "1.5亿2千万",
        "2千万1亿",
        "点五",
        "三点",
        "12十十",
        "１２a",
        "-3",
        "约30",
        "第三",
        "半",
    ],
)
def test_what_could_mean_two_things_is_not_read(text):
    assert parse_number(text) is None


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿廿点0123456789.,，", max_size=8))
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_in_chinese_can_be_spelled_back(text):
    value = parse_number(text)
    if value is not None and value == value.to_integral_value() and value < 10**16:
        assert parse_number(to_chinese(int(value))) == value
