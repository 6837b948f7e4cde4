"""A corrected fact in the page: kept, named with its correction, and asked for by nobody."""

from drafter.checking import unused_facts
from drafter.facts import parse_facts
from drafter.ui.steps.facts import rows_of
from drafter.ui.words import words
from drafter.ui.work.sheets import append

OLD = "全年开展巡逻120次。\n慰问困难群众36户。"
TOLD = "召开例会9次。\n排查隐患35处。\n更正：排查隐患应为37处。"


def corrected():
    return append(parse_facts(OLD), parse_facts(TOLD))


def test_facts_added_behind_others_keep_their_own_correction():
    sheet = corrected()
    old = next(fact for fact in sheet if "35处" in fact.text)
    new = next(fact for fact in sheet if "37处" in fact.text)
    assert old.replaced_by == new.id
    assert [fact.id for fact in sheet.standing()] == [f.id for f in sheet if f.id != old.id]


def test_the_table_names_the_correction():
    sheet = corrected()
    new = next(fact for fact in sheet if "37处" in fact.text)
    states = {row[1]: row[5] for row in rows_of(sheet, words("zh"))}
    assert states["排查隐患35处"] == f"已由{new.id}更正，起草不用"


def test_a_corrected_fact_is_not_missed():
    sheet = corrected()
    old = next(fact for fact in sheet if "35处" in fact.text)
    assert old.id not in unused_facts("", (), sheet)
    assert set(unused_facts("", (), sheet)) == {f.id for f in sheet.standing()}
