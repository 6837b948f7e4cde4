"""Whatever a table holds, each cell with text ends in a fact or is shown as left over."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.normalise import fold
from drafter.domain import Table
from drafter.facts import parse_facts, parse_tables

FIGURES = ["改厕（户）", "完成率", "投入（万元）", "人数", "清运量", "任务", "同比增长", "得分"]
WORDS = [
    "负责人",
    "开工时间",
    "备注",
    "责任单位",
    "存在问题",
    "来源",
    "类别",
    "进展情况",
    "是否验收",
]
SAYINGS = ["资金缺口大", "征地未签协议", "正在招标", "已通过初验，尚未移交", "村民投工投劳"]
TITLES = ["云渡镇2026年重点工作情况统计表", "表1 各村情况（单位：户）", "改厕台账"]
NOTES = ["注：数据由各村提供", "说明：1.完成率为镇级口径", "以上数据截至10月底", "填表人：周敏"]
_LOST = re.compile(r"[\s,，。；;:：、（）()“”]")


def row_of(draw, at, header):
    """Return a village's row: a figure of its own under each name of figures, else a saying."""
    cells = [f"{'东西南北中'[at]}河村"]
    for name in header[1:]:
        figure = f"{3000 * (at + 1) + draw(st.integers(11, 98))}{draw(st.sampled_from(['', '.5']))}"
        text = figure if name in FIGURES else draw(st.sampled_from(SAYINGS))
        cells.append(draw(st.sampled_from([text, text, text, ""])))
    return cells


def numbered(header, rows):
    """Return a table with a column of numbers before it, in which a total names itself."""
    marks = ["合计" if row[0] == "合计" else str(at) for at, row in enumerate(rows, 1)]
    bodies = [["", *row[1:]] if row[0] == "合计" else row for row in rows]
    return ["序号", *header], [[mark, *row] for mark, row in zip(marks, bodies, strict=True)]


@st.composite
def tables(draw):
    """Return rows of a table, and the cells around its header that must not be lost."""
    names = draw(st.permutations(FIGURES))[: draw(st.integers(1, 4))]
    words = draw(st.permutations(WORDS))[: draw(st.integers(0, 3))]
    header = ["村名", *draw(st.permutations([*names, *words]))]
    rows = [row_of(draw, at, header) for at in range(draw(st.integers(2, 5)))]
    if draw(st.booleans()):
        totals = [str(90_000 + at) if name in FIGURES else "" for at, name in enumerate(header)]
        rows.append(["合计", *totals[1:]])
    if draw(st.booleans()):
        header, rows = numbered(header, rows)
    above = [[t] for t in draw(st.lists(st.sampled_from(TITLES), max_size=1))]
    below = [[n] for n in draw(st.lists(st.sampled_from(NOTES), max_size=2, unique=True))]
    wide = [row + [""] * (len(header) - len(row)) for row in [*above, header, *rows, *below]]
    numbers = {row[0] for row in rows if row[0].isdigit()}
    told = [cell for row in [*above, *rows, *below] for cell in row]
    return wide, [cell for cell in told if cell and cell not in numbers]


def bare(text):
    return _LOST.sub("", fold(text))


def told(sheet):
    parts = [(f.text, f.section_hint, f.office, f.source.place) for f in sheet]
    return bare(" ".join([*(" ".join(p) for p in parts), *(s.text for s in sheet.not_understood)]))


def of_table(rows):
    table = Table("台账.xlsx", "Sheet1", tuple(map(tuple, rows)))
    return parse_tables([table], "云渡镇", "2026年")


@given(tables())
@settings(max_examples=80, deadline=None)
def test_no_cell_of_a_sheet_is_lost(made):
    rows, cells = made
    sheet = of_table(rows)
    shown = told(sheet)
    assert [cell for cell in cells if bare(cell) not in shown] == []


@given(tables())
@settings(max_examples=80, deadline=None)
def test_each_figure_of_a_sheet_stands_in_one_fact_with_its_village(made):
    rows, _ = made
    sheet = of_table(rows)
    bodies = [row[row[0].isdigit() :] for row in rows]
    for village, *cells in (row for row in bodies if row[0].endswith("河村")):
        for figure in (cell for cell in cells if cell[:1].isdigit()):
            holding = [f.text for f in sheet if re.search(rf"(?<![\d.]){figure}(?![\d.])", f.text)]
            assert len(holding) == 1
            assert village in holding[0]


@given(tables())
@settings(max_examples=40, deadline=None)
def test_no_cell_is_lost_where_a_sheet_is_pasted_into_a_chat(made):
    rows, cells = made
    shown = told(parse_facts("\n".join("\t".join(row) for row in rows), "云渡镇", "2026年"))
    assert [cell for cell in cells if bare(cell) not in shown] == []


@given(tables())
@settings(max_examples=40, deadline=None)
def test_a_sheet_whose_rows_are_all_different_contradicts_itself_nowhere(made):
    rows, _ = made
    sheet = of_table(rows)
    assert not {n.code for n in sheet.notices} & {"conflict", "repeated", "state_conflict"}
