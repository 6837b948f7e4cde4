"""Totals are recognised wherever a sheet puts them, recomputed, and not added twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Table
from drafter.facts import parse_tables

VILLAGES = ["东河村", "西沟村", "南坪村", "北岭村", "石桥村", "水口村"]
columns = st.lists(st.integers(1, 999), min_size=4, max_size=6)


def codes(*rows):
    cells = tuple(tuple(str(cell) for cell in row) for row in rows)
    sheet = parse_tables([Table("月报.xlsx", "改厕", cells)], "云渡镇", "2026年")
    return [notice.code for notice in sheet.notices]


def at_the_bottom(values, total):
    rows = zip(VILLAGES, values, strict=False)
    return [("村名", "改厕（户）"), *rows, ("合计", total)]


def at_the_top(values, total):
    rows = zip(VILLAGES, values, strict=False)
    return [("村名", "改厕（户）"), ("合计", total), *rows]


def by_groups(values, total):
    rows = [("片区", "村名", "改厕（户）")]
    for name, part in (("东片", values[:2]), ("西片", values[2:])):
        rows += [(name, village, v) for village, v in zip(VILLAGES, part, strict=False)]
        rows.append((name, "小计", sum(part)))
    return [*rows, ("合计", "", total)]


def under_numbered_heads(values, total):
    rows = [("序号", "项目", "总投资（万元）")]
    for mark, part in (("一", values[:2]), ("二", values[2:])):
        rows.append((mark, f"{mark}类项目", sum(part)))
        rows += [
            (i, f"{mark}类第{village}路", v)
            for i, (village, v) in enumerate(zip(VILLAGES, part, strict=False), 1)
        ]
    return [*rows, ("", "总计", total)]


def across(values, total):
    names = VILLAGES[: len(values)]
    return [
        ("指标", "单位", *names, "全镇"),
        ("改厕", "户", *values, total),
        ("路灯", "盏", *values, sum(values)),
    ]


SHAPES = [at_the_bottom, at_the_top, by_groups, under_numbered_heads, across]


@pytest.mark.parametrize("shape", SHAPES)
@given(values=columns, off=st.integers(1, 50))
@settings(max_examples=25, deadline=None)
def test_a_total_is_the_sum_of_its_parts_in_every_shape(shape, values, off):
    assert "total_wrong" not in codes(*shape(values, sum(values)))
    assert codes(*shape(values, sum(values) + off)).count("total_wrong") == 1


@given(columns, st.integers(1, 50))
@settings(max_examples=25, deadline=None)
def test_a_head_numbered_in_characters_is_the_sum_of_its_rows(values, off):
    rows = under_numbered_heads(values, sum(values))
    mark, name, head = rows[1]
    assert "total_wrong" in codes(rows[0], (mark, name, head + off), *rows[2:])


def test_rates_and_blank_places_are_not_added_across():
    names = ("指标", "单位", "东河村", "西沟村", "全镇")
    assert (
        codes(names, ("参保率", "%", "97.1", "95.4", "96.2"), ("路灯", "盏", "3", "4", "7")) == []
    )
    assert codes(names, ("改厕", "户", "12", "", "30"), ("路灯", "盏", "3", "4", "7")) == []
