"""A units table: what counts as one, what is read from beside it, what is reported."""

import io

import openpyxl
import pytest

from drafter.batch import read_units
from drafter.errors import InputError


@pytest.fixture
def table(tmp_path):
    def save(*rows, name="单位.xlsx", merge=()):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for cells in merge:
            book.active.merge_cells(cells)
        book.save(tmp_path / name)
        return tmp_path / name

    return save


def test_a_row_becomes_a_unit_with_all_that_it_says(table):
    path = table(
        ["序号", "单位", "素材", "标题", "任务清单", "报告期", "样本", "上年材料", "主送"],
        [1, "甲镇", "走访3406户\n办结228件", "甲镇总结", "一、党建\n二、产业", "2025年上半年",
         "05-全年工作总结；08-安全生产工作总结", "去年办结100件", "县委、县政府"],
    )  # fmt: skip
    (unit,) = read_units(path).units
    assert (unit.name, unit.row) == ("甲镇", 2)
    assert unit.material == "走访3406户\n办结228件"
    assert unit.title == "甲镇总结"
    assert unit.tasks == ("一、党建", "二、产业")
    assert (unit.year, unit.period) == (2025, "2025年上半年")
    assert unit.sample_names == ("05-全年工作总结", "08-安全生产工作总结")
    assert unit.last_year == "去年办结100件"
    assert unit.addressee == "县委、县政府"


@pytest.mark.parametrize(
    "header",
    [
        ("乡镇", "材料"),
        ("单位名称", "素材文件"),
        ("报送单位（盖章）", "原始素材*"),
        (" 单 位 ", "事实："),
    ],
)
def test_headings_that_mean_the_same_are_understood(table, header):
    assert read_units(table(header, ["甲镇", "走访3户"])).units[0].material == "走访3户"


def test_a_title_may_stand_above_the_header_and_blank_rows_between(table):
    path = table(
        ["各乡镇素材汇总表", None], [None, None], ["单位", "素材"], ["甲镇", "走访3户"],
        [None, None], ["乙镇", "走访5户"], merge=["A1:B1"],
    )  # fmt: skip
    assert [(unit.name, unit.row) for unit in read_units(path)] == [("甲镇", 4), ("乙镇", 6)]


def test_a_table_in_other_formats_is_read_as_well(tmp_path):
    (tmp_path / "a.csv").write_bytes("单位,素材\n甲镇,走访3户\n".encode("gb18030"))
    assert read_units(tmp_path / "a.csv").units[0].name == "甲镇"


def test_a_table_without_the_two_columns_is_refused_with_what_is_missing(table):
    with pytest.raises(InputError, match="“单位”和“素材”两列"):
        read_units(table(["单位", "备注"], ["甲镇", "x"]))


def test_cells_that_name_files_are_read_from_beside_the_table(table, tmp_path):
    (tmp_path / "材料").mkdir()
    (tmp_path / "甲镇.txt").write_text("走访3户", encoding="gb18030")
    (tmp_path / "材料" / "乙镇.txt").write_text("走访5户", encoding="utf-8")
    (tmp_path / "丙 镇").mkdir()
    for name, text in [
        ("1.txt", "走访6户"),
        ("2.txt", "走访7户"),
        ("~锁.txt", "x"),
        (".x.txt", "x"),
    ]:
        (tmp_path / "丙 镇" / name).write_text(text, encoding="utf-8")
    path = table(
        ["单位", "素材", "任务", "上年材料", "样本"],
        ["甲镇", "甲镇.txt", "材料/乙镇.txt", "甲镇.txt", "甲镇.txt"],
        ["乙镇", "材料\\乙镇.txt; 甲镇.txt"],
        ["丙镇", "丙 镇"],
        ["丁镇", "详见丁镇.txt这份材料，共3户"],
    )
    first, second, third, fourth = read_units(path).units
    assert (first.material, [d.text for d in first.documents]) == ("", ["走访3户"])
    assert (first.tasks, first.last_year) == (("走访5户",), "走访3户")
    assert [d.name for d in first.samples] == ["甲镇.txt"]
    assert [d.text for d in second.documents] == ["走访5户", "走访3户"]
    assert [d.text for d in third.documents] == ["走访6户", "走访7户"]
    assert fourth.material == "详见丁镇.txt这份材料，共3户"


@pytest.mark.parametrize(
    "name",
    [
        "../外.txt",
        "材料/../../外.txt",
        "..\\外.txt",
        "{outside}",
        "C:\\外.txt",
        "\\外.txt",
        "链接.txt",
    ],
)
def test_no_cell_reaches_outside_the_tables_folder(table, tmp_path, name):
    outside = tmp_path.parent / "外.txt"
    outside.write_text("外面的3户", encoding="utf-8")
    (tmp_path / "链接.txt").symlink_to(outside)
    path = table(["单位", "素材"], ["甲镇", name.format(outside=outside)], ["乙镇", "走访5户"])
    read = read_units(path)
    assert [unit.name for unit in read] == ["乙镇"]
    assert "不在表格所在的文件夹内" in read.bad_rows[0].reason


def test_bad_rows_are_reported_with_number_and_reason_and_the_others_go_on(table, tmp_path):
    (tmp_path / "空.txt").write_bytes(b"")
    path = table(
        ["单位", "素材"], ["甲镇", "走访3户"], [None, "走访4户"], ["乙镇", None],
        ["丙镇", "没有.docx"], ["丁镇", "空.txt"], ["戊镇", "走访5户"],
    )  # fmt: skip
    read = read_units(path)
    assert [unit.name for unit in read] == ["甲镇", "戊镇"]
    reasons = {bad.row: (bad.unit, bad.reason) for bad in read.bad_rows}
    assert [reasons[n][0] for n in (3, 4, 5, 6)] == ["", "乙镇", "丙镇", "丁镇"]
    for row, words in [
        (3, "没有写单位"),
        (4, "没有素材"),
        (5, "找不到文件“没有.docx”"),
        (6, "是空的"),
    ]:
        assert words in reasons[row][1]
        assert f"第 {row} 行" in reasons[row][1]


def test_units_of_the_same_name_are_made_distinct_and_reported(table):
    path = table(["单位", "素材"], *[["甲镇", f"走访{n}户"] for n in range(3)], ["甲镇（2）", "x1"])
    read = read_units(path)
    assert [unit.name for unit in read] == ["甲镇", "甲镇（2）", "甲镇（3）", "甲镇（2）（2）"]
    assert {unit.unit for unit in read} == {"甲镇", "甲镇（2）"}
    assert "第 3 行的单位“甲镇”与第 2 行重名" in read.notices[0].message


def test_a_thousand_rows_are_read(table):
    read = read_units(table(["单位", "素材"], *[[f"第{n}镇", f"走访{n}户"] for n in range(1200)]))
    assert len(read) == 1200


def test_a_unit_is_the_same_where_only_its_row_moved(table):
    first = read_units(table(["单位", "素材"], ["甲镇", "走访3户"])).units[0]
    moved = read_units(table(["单位", "素材"], ["乙镇", "x1"], ["甲镇", "走访3户"])).units[1]
    changed = read_units(table(["单位", "素材"], ["甲镇", "走访4户"])).units[0]
    assert first.digest == moved.digest != changed.digest
    assert (first.variant, moved.variant) == (0, 1)


def test_a_damaged_table_gives_one_clear_line(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(io.BytesIO(b"PK\x03\x04").getvalue())
    with pytest.raises(InputError, match="已损坏"):
        read_units(path)


@pytest.mark.parametrize(
    ("cell", "period", "year"),
    [
        ("2025", "2025年", 2025),
        (2025, "2025年", 2025),
        ("２０２５年", "2025年", 2025),
        ("二〇二五", "2025年", 2025),
        ("二○二五年上半年", "2025年上半年", 2025),
        ("二零二五年度", "2025年度", 2025),
        ("2025上半年", "2025年上半年", 2025),
        ("2025年 1—9月", "2025年1—9月", 2025),
        ("2024年7月至2025年6月", "2024年7月至2025年6月", 2025),
        ("2025/12/31", "2025年", 2025),
        ("", "", None),
    ],
)
def test_a_period_is_read_however_its_year_is_written(table, cell, period, year):
    read = read_units(table(["单位", "素材", "报告期"], ["甲镇", "走访3户", cell]))
    assert (read.units[0].period, read.units[0].year) == (period, year)
    assert read.notices == ()


@pytest.mark.parametrize(
    ("cell", "part"), [("上半年", "上半年"), ("今年", ""), ("2024年、2025年", ""), ("待定", "")]
)
def test_a_period_without_a_year_is_said_and_no_year_is_guessed(table, cell, part):
    read = read_units(table(["单位", "素材", "报告期"], ["甲镇", "走访3户", cell]))
    assert (read.units[0].period, read.units[0].year) == (part, None)
    (notice,) = read.notices
    assert f"第 2 行的报告期“{cell}”" in notice.message


def test_a_column_that_is_not_read_is_named(table):
    read = read_units(
        table(
            ["序号", "单位", "素材", "联系人", "事实材料"], [1, "甲镇", "走访3户", "某", "检查9次"]
        )
    )
    (notice,) = read.notices
    assert "“联系人”“事实材料”" in notice.message


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("乙镇/", "找不到文件夹“乙镇/”"),
        ("乙镇\\", "找不到文件夹"),
        ("空/", "没有文件"),
        ("空", "没有文件"),
    ],
)
def test_a_folder_without_material_is_reported_and_never_taken_for_the_material(
    table, tmp_path, cell, said
):
    (tmp_path / "空").mkdir()
    (tmp_path / "丙").mkdir()
    (tmp_path / "丙" / "素材.txt").write_text("走访3406户", encoding="utf-8")
    read = read_units(table(["单位", "素材"], ["乙镇", cell], ["丙镇", "丙/"]))
    assert [unit.documents[0].text.strip() for unit in read.units] == ["走访3406户"]
    (bad,) = read.bad_rows
    assert said in bad.reason
    assert "第 2 行" in bad.reason
