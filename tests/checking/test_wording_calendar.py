"""The wording calendar: each formulation in its years, and only there."""

import pytest

from drafter.checking.wording import extend_calendar, find_dated, house_calendar
from drafter.errors import InputError


def dated(text, year, calendar=None):
    return [text[d.start : d.end] for d in find_dated(text, year, calendar)]


def test_the_calendar_has_sixty_entries_with_a_source_each():
    entries = house_calendar()
    assert len(entries) >= 60
    assert all(entry.source for entry in entries)
    assert all(
        entry.first is None or entry.last is None or entry.first <= entry.last for entry in entries
    )


def test_terms_are_listed_once():
    terms = [entry.term for entry in house_calendar()]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize(
    ("text", "good", "late"),
    [
        ("深入开展党史学习教育。", 2021, 2026),
        ("推进“两学一做”学习教育常态化制度化。", 2017, 2026),
        ("以党的十九届历次全会精神为指引。", 2022, 2024),
        ("学习贯彻党的十九届六中全会精神。", 2021, 2026),
        ("扎实做好“六稳”工作。", 2021, 2025),
        ("毫不松懈抓好常态化疫情防控。", 2021, 2024),
        ("县扶贫办组织培训。", 2019, 2026),
        ("坚持精准扶贫。", 2018, 2026),
        ("全力打好三大攻坚战。", 2019, 2026),
        ("深入推进“七五”普法工作。", 2018, 2023),
        ("深入推进“八五”普法工作。", 2023, 2026),
        ("深入开展党纪学习教育。", 2024, 2026),
        ("“十三五”规划顺利收官。", 2020, 2024),
        ("联合县国土资源局开展执法。", 2015, 2024),
        ("做好新农合缴费工作。", 2015, 2026),
    ],
)
def test_a_formulation_is_right_in_its_years_and_late_after(text, good, late):
    assert dated(text, good) == []
    assert dated(text, late)


def test_a_later_wording_in_an_earlier_paper_is_early():
    found = find_dated("学习贯彻党的二十届三中全会精神。", 2022)
    assert [d.why for d in found] == ["early"]


@pytest.mark.parametrize(
    "text",
    [
        "坚持以习近平新时代中国特色社会主义思想为指导，严格落实中央八项规定精神。",
        "党的十八大以来，全面从严治党成效显著，党的二十大精神深入人心。",
        "巩固拓展脱贫攻坚成果同乡村振兴有效衔接。",
        "开展爱国主义主题教育和安全生产主题教育。",
        "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
    ],
)
def test_evergreen_wording_never_alarms(text):
    assert dated(text, 2026) == []


def test_an_office_can_extend_the_calendar_and_its_own_line_wins():
    own = extend_calendar(
        ["# 本县\n", "项目提速年\t2023\t2023\t\t县委部署", "精准扶贫\t2013\t2030"]
    )
    assert dated("深入开展项目提速年活动，坚持精准扶贫。", 2026, own) == ["项目提速年"]


def test_a_line_with_a_bad_date_is_refused_with_the_line():
    with pytest.raises(InputError, match="项目提速年"):
        extend_calendar(["项目提速年\t去年"])
