"""Dates and periods are read in every dress, and only dates are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.dates import find_dates
from drafter.chinese.numerals import to_chinese

DAYS = st.tuples(st.integers(2000, 2035), st.integers(1, 12), st.integers(1, 28))


def only(text):
    found = find_dates(text)
    assert len(found) == 1, (text, found)
    assert text[found[0].start : found[0].end] == found[0].text
    return found[0]


def parts(mention):
    return mention.kind, mention.year, mention.month, mention.day


@given(DAYS)
@settings(max_examples=150, deadline=None)
def test_a_day_in_every_form_is_the_same_day(day):
    year, month, number = day
    spelled = "".join("〇一二三四五六七八九"[int(d)] for d in str(year))
    forms = [
        f"{year}年{month}月{number}日",
        f"{year}-{month:02}-{number:02}",
        f"{year}.{month}.{number}",
    ]
    forms += [f"{year}/{month}/{number}", f"{spelled}年{to_chinese(month)}月{to_chinese(number)}日"]
    forms += [f"{year} 年 {month} 月 {number} 日", f"{year}年{month:02}月{number:02}日"]
    for form in forms:
        assert parts(only(f"于{form}召开动员会")) == ("day", *day), form


@given(st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_months_share_the_word_at_a_range_s_end(first, last):
    for dash in ("—", "-", "至", "~"):
        found = only(f"今冬{first}{dash}{last}月累计"[2:])
        assert (found.kind, found.month, found.end_month) == ("range", first, last)


@given(DAYS, st.data())
@settings(max_examples=100, deadline=None)
def test_another_digit_is_another_day(day, data):
    year, month, number = day
    other = data.draw(DAYS.filter(lambda d: d != day))
    assert parts(only(f"{year}年{month}月{number}日")) != parts(only("{}年{}月{}日".format(*other)))


@pytest.mark.parametrize(
    ("text", "kind", "month", "end_month"),
    [
        ("上半年完成投资", "half", 1, 6),
        ("一季度第7", "quarter", 1, 3),
        ("前三季度累计", "quarter", 1, 9),
        ("2026年三、四季度", "quarter", 7, 12),
        ("截至10月底", "month", 10, None),
        ("三月份开的会", "month", 3, None),
        ("2027年一季度前报批", "quarter", 1, 3),
        ("春节前走访", "festival", None, None),
        ("国庆期间", "festival", 10, None),
        ("5·12防灾减灾宣传", "festival", 5, None),
        ("年底前销号", "relative", 12, None),
        ("汛期转移群众", "season", None, None),
        ("11/25前报齐", "day", 11, None),
    ],
)
def test_periods_say_their_months(text, kind, month, end_month):
    found = only(text)
    assert (found.kind, found.month, found.end_month) == (kind, month, end_month)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("8月14日至16日", (8, 14), (None, 16)),
        ("7月1日—8月31日", (7, 1), (8, 31)),
        ("3月12—15日", (3, 12), (None, 15)),
        ("2025年10月至2026年3月", (10, None), (3, None)),
    ],
)
def test_a_range_of_days_is_one_mention(text, start, end):
    found = only(text)
    assert found.kind == "range"
    assert ((found.month, found.day), (found.end_month, found.end_day)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "历时12个月",
        "三个月后推开",
        "完成1/3的任务",
        "3/4的农户",
        "每户20元",
        "一月一调度",
        "15日内办结",
        "得分88.5分",
        "3年任务",
        "二十五一个",
        "2.3公里",
        "第三产业",
    ],
)
def test_durations_and_shares_are_no_dates(text):
    assert find_dates(text) == []


def test_relative_years_stay_relative():
    found = find_dates("比去年增长，今年1月起")
    assert [(d.text, d.kind, d.year, d.month) for d in found] == [
        ("去年", "relative", None, None),
        ("今年", "relative", None, None),
        ("1月", "month", None, 1),
    ]


@given(st.text(alphabet="0123456789年月日号至—-/.·一二三十上下半季度前第今去明底旬 ", max_size=20))
@settings(max_examples=250, deadline=None)
def test_mentions_are_slices_in_order(text):
    end = 0
    for found in find_dates(text):
        assert found.start >= end
        assert text[found.start : found.end] == found.text
        assert found.month is None or 1 <= found.month <= 12
        assert found.day is None or 1 <= found.day <= 31
        end = found.end


def test_the_first_months_of_a_year_are_a_period():
    (found,) = find_dates("前11个月完成税收2300万元")
    assert (found.text, found.kind, found.month, found.end_month) == ("前11个月", "range", 1, 11)
    (found,) = find_dates("2026年前9个月")
    assert (found.year, found.month, found.end_month) == (2026, 1, 9)
