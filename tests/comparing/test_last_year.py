from drafter.comparing.last_year import compare_years

CLEARED = "全年组织党员志愿者清理河道垃圾，共清运垃圾{}吨，出动人员350人次。"
CLEANERS = "新建村道保洁岗位，聘用保洁员26名负责日常清扫。"
MUSHROOMS = "引进一家香菇加工企业，带动村民在家门口务工增收。"
OLD = f"{CLEARED.format(120)}\n{CLEANERS}\n"
NEW = f"{CLEARED.format(168)}\n{MUSHROOMS}\n"


def test_sentences_are_new_or_carried_over():
    found = compare_years(NEW, OLD)
    assert [span.text for span in found.new] == [MUSHROOMS]
    [carried] = found.carried
    assert (carried.text, carried.old_text, carried.changed) == (
        CLEARED.format(168),
        CLEARED.format(120),
        True,
    )


def test_an_old_figure_that_survived_is_named_and_a_new_one_is_not():
    [figure] = compare_years(NEW, OLD).figures
    assert "350" in figure.text
    assert NEW[figure.start : figure.end] == figure.text


def test_an_equal_figure_in_other_words_has_not_survived():
    assert compare_years("农家书屋添置图书350册，借阅登记齐全完整规范。", OLD).figures == ()


def test_last_years_text_is_carried_over_as_a_whole():
    found = compare_years(OLD, OLD)
    assert (found.new, found.share) == ((), 1)
    assert not any(sentence.changed for sentence in found.carried)


def test_everything_is_new_beside_an_empty_text():
    found = compare_years(NEW, "")
    assert (found.carried, found.figures, found.share) == ((), (), 0)
    assert len(found.new) == 2
