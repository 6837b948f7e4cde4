"""Figures in running text: found whole, equal in every dress, different when a digit changes."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drafter.chinese.measures import compatible
from drafter.chinese.numerals import to_chinese
from drafter.chinese.quantities import find_figures

ROOT = Path(__file__).parents[2]
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
COUNTED = [
    "人",
    "户",
    "次",
    "件",
    "处",
    "个",
    "项",
    "场",
    "亩",
    "吨",
    "公里",
    "万元",
    "元",
    "家",
    "名",
    "栋",
]
FRAMES = [
    "完成{}。",
    "全镇现有{}，其余待查",
    "清理垃圾{}；",
    "其中{}、另外待定",
    "任务数为{}",
    "\n收到意见{}\n",
]

measures = st.sampled_from(COUNTED)
frames = st.sampled_from(FRAMES)
amounts = st.one_of(st.integers(2, 9), st.integers(10, 99999))


def only(text):
    figures = find_figures(text)
    assert len(figures) == 1, (text, figures)
    assert text[figures[0].start : figures[0].end] == figures[0].text
    return figures[0]


def worth(figure):
    return figure.low, figure.high, figure.dimension, figure.approximation


@given(amounts, measures, frames)
@settings(max_examples=200, deadline=None)
def test_equal_forms_give_equal_figures(amount, measure, frame):
    assume(amount < 10_000 or measure != "万元")
    forms = [f"{amount}", f"{amount:,}", f"{amount}".translate(FULL_WIDTH), f"{amount} "]
    forms += [f"{amount:,}".replace(",", "，"), "两" if amount == 2 else to_chinese(amount)]
    found = [worth(only(frame.format(form + measure))) for form in forms]
    assert len(set(found)) == 1, found


@given(amounts, measures, frames, st.data())
@settings(max_examples=200, deadline=None)
def test_one_digit_changed_is_another_figure(amount, measure, frame, data):
    digits = str(amount)
    at = data.draw(st.integers(0, len(digits) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[at]]))
    other = digits[:at] + digit + digits[at + 1 :]
    assume(not other.startswith("0"))
    one, two = only(frame.format(digits + measure)), only(frame.format(other + measure))
    assert (one.low, one.high) != (two.low, two.high)


@given(st.integers(1, 9999), st.sampled_from(["元", "人次", "亩", "吨", "公里", "户"]))
@settings(max_examples=100, deadline=None)
def test_ten_thousands_written_out_or_as_wan_are_one(tens, measure):
    plain = only(f"合计{tens * 100}{measure}。")
    short = only(f"合计{Decimal(tens) / 100:f}万{measure}。")
    assert worth(plain) == worth(short)


@given(st.integers(1, 999), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_measures_of_one_dimension_meet_in_the_base_unit(whole, part):
    number = Decimal(whole) + Decimal(part) / 100
    assert only(f"新修{number}公里。").low == only(f"新修{number * 1000:f}米。").low
    assert only(f"新修{number}km。").low == only(f"新修{number}公里。").low
    assert only(f"收割{number * 15:f}亩。").low == only(f"收割{number}公顷。").low
    assert only(f"清运{number}吨。").low == only(f"清运{number * 2000:f}斤。").low
    assert only(f"办结率{number}%。").low == only(f"办结率百分之{number}。").low


@given(amounts, measures)
@settings(max_examples=100, deadline=None)
def test_vague_words_keep_to_their_conventions(amount, measure):
    assume(amount > 9)
    exact = only(f"共{amount}{measure}。")
    place = 10 ** (len(str(amount)) - len(str(amount).rstrip("0")))
    step = exact.low / amount * place
    more = only(f"共{amount}余{measure}。")
    assert (more.approximation, more.low) == ("at_least", exact.low)
    assert exact.low <= more.high < exact.low + step
    near = only(f"共近{amount}{measure}。")
    assert abs(near.low - exact.low * Decimal("0.9")) < Decimal("1e-9")
    assert near.high < exact.low
    over = only(f"共超过{amount}{measure}。")
    assert over.low == exact.low
    assert abs(over.high - exact.low * Decimal("1.1")) < Decimal("1e-9")
    about = only(f"共{amount}{measure}左右。")
    assert abs(about.low - exact.low * Decimal("0.95")) < Decimal("1e-9")
    assert abs(about.high - exact.low * Decimal("1.05")) < Decimal("1e-9")


@given(st.integers(2, 9999), st.integers(0, 3), measures, st.sampled_from(["不足", "不到", "未满"]))
@settings(max_examples=100, deadline=None)
def test_less_than_an_amount_is_never_that_amount(digits, noughts, measure, less):
    amount = digits * 10**noughts
    exact = only(f"共{amount}{measure}。")
    below = only(f"共{less}{amount}{measure}。")
    place = 10 ** (len(str(amount)) - len(str(amount).rstrip("0")))
    floor = exact.low / amount * (amount - place)
    assert below.approximation == "up_to"
    assert 0 < below.low <= max(floor, exact.low / 10) + Decimal("1e-9")
    assert below.low <= exact.low * Decimal("0.9") + Decimal("1e-9")
    assert below.high < exact.low == below.value


@given(st.integers(10, 9999), measures, st.sampled_from(["出头", "有余", "挂零", "开外"]))
@settings(max_examples=100, deadline=None)
def test_words_behind_a_figure_say_a_little_more_as_yu_does(amount, measure, more):
    behind, within = only(f"共{amount}{measure}{more}。"), only(f"共{amount}余{measure}。")
    assert worth(behind) == worth(within)
    assert behind.text.endswith(more)


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["万元", "户", "度", "公里", "%"]))
@settings(max_examples=100, deadline=None)
def test_a_range_is_one_figure_however_its_ends_share_the_measure(low, more, measure):
    high = low + more
    texts = [
        f"每村{low}—{high}{measure}。",
        f"每村{low}至{high}{measure}。",
        f"每村{low}~{high}{measure}。",
    ]
    texts.append(f"每村{low}{measure}至{high}{measure}。")
    found = [only(text) for text in texts]
    assert len({(f.low, f.high, f.dimension) for f in found}) == 1
    assert found[0].low < found[0].high


@given(
    st.text(
        alphabet="一二三十百万两半几第0123456789.,，余多约近个次户元%％年月日（）《》“”的在→-—至 ",
        max_size=24,
    )
)
@settings(max_examples=400, deadline=None)
def test_spans_are_slices_and_never_overlap(text):
    end = 0
    for figure in find_figures(text):
        assert figure.start >= end
        assert text[figure.start : figure.end] == figure.text
        assert figure.low <= figure.high
        end = figure.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三分之二以上的党员", ("三分之二以上", "ratio")),
        ("同比增长两成多", ("两成多", "ratio")),
        ("比上年提高3.2个百分点", ("3.2个百分点", "points")),
        ("产量翻一番", ("翻一番", "ratio")),
        ("清理垃圾二百六十余吨", ("二百六十余吨", "mass")),
        ("收到意见二十来条", ("二十来条", "count:条")),
        ("58万余吨", ("58万余吨", "mass")),
        ("上千人参加", ("上千人", "count:人")),
        ("千余户受益", ("千余户", "count:户")),
        ("缺口八万左右", ("八万左右", "money")),
        ("县里拨的奖补４０万", ("４０万", "money")),
        ("面积大概2,300平方", ("大概2,300平方", "area")),
        ("修了两个半小时", ("两个半小时", "time:天")),
        ("居全县第二位", ("第二位", "rank")),
        ("一季度第7", ("第7", "rank")),
        ("进入全县前三名", ("前三名", "rank")),
        ("新建文化广场一座", ("一座", "count:座")),
        ("召开一次现场会", ("一次", "count:次")),
        ("来了五六个人", ("五六个人", "count:人")),
        ("每3/4的农户", ("3/4", "ratio")),
        ("15天内办结", ("15天内", "time:天")),
        ("八成有余", ("八成有余", "ratio")),
        ("劳力里五十出头的占多数", ("五十出头", "number")),
        ("走了三公里半还多。", ("三公里半还多", "length")),
        ("全村三千挂零", ("三千挂零", "number")),
        ("户均不足1亩", ("不足1亩", "area")),
        ("不超过3个", ("不超过3个", "count:个")),
    ],
)
def test_the_forms_of_the_trade_are_found_whole(text, expected):
    figure = only(text)
    assert (figure.text, figure.dimension) == expected


@pytest.mark.parametrize(
    "text",
    [
        "落实“三会一课”、“四议两公开”",
        "三会一课制度化",
        "一是抓学习，二是抓整改",
        "及时办理12345热线",
        "创建4A级景区",
        "“十四五”期间",
        "对失职行为零容忍，一律问责",
        "让群众最多跑一次",
        "一站式服务，一户一策",
        "学习《三年行动方案》第四卷",
        "第三届丰收节，第二种粮大户",
        "2026年3月12日上午9:30",
        "一步一个脚印，拧成一股绳",
        "下一步，进一步巩固",
        "1. 抓学习",
        "2、抓整改；3、抓落实",
        "〔2026〕12号文件",
        "G318线、5G基站",
        "联系电话13912345678",
        "【待补：截至11月收购量20吨】",
        "从三个方面发力",
        "县委六届五次全会",
        "二期工程、二次创业",
        "千方百计，万众一心",
        "两委干部、两个维护",
        "发现一起查处一起",
        "七一前夕，五一假期",
        "每月第二周的周三",
        "早晚二十上下班",
        "十四五左右",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text):
    assert find_figures(text) == []


def test_neighbouring_figures_stay_apart():
    found = [f.text for f in find_figures("合计286户812人，隐患97处→整改97处，118户户厕")]
    assert found == ["286户", "812人", "97处", "97处", "118户"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12户有余粮", "12户"),
        ("比上年的12户还多3户", "12户"),
        ("2人出头露面", "2人"),
        ("未到3人", "3人"),
        ("2名不到岗", "2名"),
        ("12人上下班", "12人"),
    ],
)
def test_words_of_another_sense_are_no_approximation(text, found):
    figure = find_figures(text)[0]
    assert (figure.text, figure.approximation) == (found, "exact")


def test_money_without_its_measure_keeps_its_magnitude():
    for text in ("奖补资金40万", "奖补资金四十万"):
        figure = only(text)
        assert (figure.unit, figure.dimension, figure.low) == ("万", "money", 400_000)


def test_a_last_place_is_known():
    assert only("投资2.35亿元。").step == 1_000_000
    assert only("投资23478万元。").step == 10_000
    assert only("检查三十次。").step == 1


def test_classifiers_of_persons_are_one_and_households_another():
    assert only("参加16名。").dimension == only("参加16人。").dimension
    assert only("参加16户。").dimension != only("参加16人。").dimension
    assert compatible("count:个", "count:处")
    assert not compatible("count:人", "count:户")
    assert not compatible("count:人次", "count:场次")


def test_figures_are_found_at_the_speed_a_live_check_needs():
    text = (ROOT / "drafter" / "demo" / "facts.txt").read_text(encoding="utf-8") * 30
    find_figures(text[:2000])
    start = time.process_time()
    assert len(find_figures(text)) > 3000
    seconds = time.process_time() - start
    assert len(text) / seconds > 60_000, "characters a second; ten times that is usual"


@pytest.mark.parametrize("number", ["12393.0亩", "12345.6万元"])
def test_digits_of_a_hotline_inside_a_number_are_the_number(number):
    assert only(f"共{number}。").text == number


def test_a_hotline_before_a_figure_stays_one():
    assert [f.text for f in find_figures("拨打12345，5人接听")] == ["5人"]
