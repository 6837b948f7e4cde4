"""Places are chosen for all facts at once: what belongs together was written together."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Fact, FactSheet, Source
from drafter.planning import make_outline
from drafter.planning.facets import facets, heading_facets, text_facets
from drafter.planning.match import Headings
from drafter.planning.sequence import ALONG, BACK, COMPANY, best_run, by_place, in_order

FLOOD = "一、责任体系建设\n二、隐患排查整治\n三、监测预警和应急演练\n四、抢险救灾\n五、灾后恢复"
FLOOD_LINES = [
    "签订防汛责任书21份，召开汛前动员会1次",
    "排查山塘33口，整改隐患18处",
    "雨量站6个、预警广播40套全部在线",
    "强降雨中转移群众89户251人",
    "补种玉米140亩，抢修水毁渠道2.1公里",
]


def place(lines, tasks):
    facts = tuple(Fact(f"F{n}", text) for n, text in enumerate(lines, 1))
    outline = make_outline(FactSheet(facts), None, tasks)
    return {i: section.heading for section in outline.sections for i in section.fact_ids}


def score(run, scores, company, ordered):
    total = 0.0
    for n, section in enumerate(run):
        total += scores[n][section]
        if n and section == run[n - 1] and company[n]:
            total += ALONG if ordered else COMPANY
        if n and section < run[n - 1] and ordered:
            total -= BACK
    return total


tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 4).map(float), min_size=width, max_size=width),
        min_size=1,
        max_size=5,
    )
)


@settings(deadline=None, max_examples=60)
@given(tables, st.booleans(), st.data())
def test_no_other_run_of_sections_scores_higher(scores, ordered, data):
    company = data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    run = best_run(scores, company, ordered)
    every = itertools.product(range(len(scores[0])), repeat=len(scores))
    best = max(score(other, scores, company, ordered) for other in every)
    assert abs(score(run, scores, company, ordered) - best) < 1e-9


def test_notes_in_the_order_of_the_tasks_are_seen():
    clear = [[5.0 * (i == n) for i in range(4)] for n in range(4)]
    assert in_order(clear)
    assert not in_order(clear[::-1])
    assert not in_order(clear[:2])


def test_a_few_lines_out_of_place_do_not_hide_the_order():
    rows = [[3.0 * (i == n // 3) for i in range(4)] for n in range(12)]
    rows[2], rows[9] = [0.0, 0.0, 3.0, 0.0], [3.0, 0.0, 0.0, 0.0]
    assert in_order(rows)
    assert not in_order([rows[n * 5 % 12] for n in range(12)])


def test_in_ordered_notes_a_line_without_a_claim_stands_where_its_place_is():
    scores = by_place([[0.0] * 3 for _ in range(6)])
    assert best_run(scores, [False] * 6, ordered=True) == [0, 0, 1, 1, 2, 2]


def test_a_topic_of_all_facts_tells_nothing():
    school, road = Fact("F1", "学校培训教师12人"), Fact("F2", "硬化公路3公里")
    common = Headings(["办好教育事业，关爱教师"], [[]], [school, school, school])
    rare = Headings(["办好教育事业，关爱教师"], [[]], [school, road, road])
    assert common.claim(school, 0).score < rare.claim(school, 0).score


def test_a_paper_on_one_topic_is_parted_by_what_was_done():
    placed = place(FLOOD_LINES, FLOOD)
    assert [placed[f"F{n}"] for n in range(1, 6)] == [
        line.split("、")[1] for line in FLOOD.splitlines()
    ]


def test_a_line_that_claims_nothing_stays_with_its_neighbours():
    lines = [*FLOOD_LINES[:4], "村里王会计守了三个通宵", *FLOOD_LINES[4:]]
    assert place(lines, FLOOD)["F5"] in {"抢险救灾", "灾后恢复"}


def test_a_label_that_names_one_heading_decides():
    placed = place(["抢险救灾：排查隐患5处", "排查山塘3口"], FLOOD)
    assert placed == {"F1": "抢险救灾", "F2": "隐患排查整治"}


def test_a_label_that_several_headings_share_decides_nothing():
    tasks = "一、防汛责任落实\n二、防汛隐患排查\n三、防汛抢险"
    assert place(["防汛：排查隐患5处"], tasks)["F1"] == "防汛隐患排查"


def test_the_sheet_that_a_row_stood_on_names_its_section():
    fact = Fact("F1", "完成12处", source=Source("表.xlsx", "工作表“灾后恢复”B2"))
    outline = make_outline(FactSheet((fact,)), None, FLOOD)
    assert outline.sections[4].fact_ids == ("F1",)


def test_what_was_won_already_is_no_plan():
    tasks = "一、项目建设\n二、下一步打算"
    facts = (
        Fact("F1", "争取上级资金4360万元", state="planned"),
        Fact("F2", "争取年底前到位资金500万元", state="planned"),
    )
    outline = make_outline(FactSheet(facts), None, tasks)
    assert [section.fact_ids for section in outline.sections] == [("F1",), ("F2",)]


def test_problems_that_were_found_and_counted_are_work_done():
    facts = (Fact("F1", "监督检查24次，发现落实不到位问题17个", state="problem"),)
    outline = make_outline(FactSheet(facts), None, "一、监督检查\n二、存在的问题")
    assert outline.sections[0].fact_ids == ("F1",)


def test_every_facet_has_a_heading_cues_and_words():
    for facet in facets().values():
        assert facet.heading
        assert facet.cues
        assert all(facet.cues)
        assert facet.words
        assert all(facet.words)
        assert len(set(facet.words)) == len(facet.words)


def test_a_cue_inside_a_longer_one_says_nothing():
    assert "应急准备" in heading_facets("监测预警和应急演练")
    assert "组织体系" not in heading_facets("队伍建设")
    assert text_facets("排查隐患3处", {"灾后恢复"}) == {}
