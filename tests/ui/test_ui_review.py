"""Handing the paper out and taking it back: asked first, nothing lost, nothing unseen."""

import io
import re
from dataclasses import replace

import docx
import pytest

from drafter.errors import EmptyInput, InputError, SettingsError
from drafter.ui import history, orders
from drafter.ui.steps import export, facts, outline, review, section, writing
from drafter.ui.steps import returned as returned_step
from drafter.ui.work import plans, returned
from drafter.ui.work.exports import Choice, take_back
from drafter.ui.work.exports import export as make_file
from drafter.ui.work.sections import load_paper
from drafter.ui.work.whole import FRAME, UNANSWERED, UNUSED

PLAIN = ("docx", False, False)


def first(project):
    return load_paper(project).sections[0]


def type_text(bench, project, desk_at, text, index=0):
    view = load_paper(project).sections[index]
    writing.save(desk_at(bench, project, view.key, view.number), text)
    return desk_at(bench, project)


def ask(bench, project, desk_at, *chosen):
    """Click on the export button, and wait for the check as the page does."""
    changes = export.ask(desk_at(bench, project), *(chosen or PLAIN))
    while changes["export_ticker"].properties["active"]:
        changes = export.watch(desk_at(bench, project), *(chosen or PLAIN))
    return changes["export_note"]


def link_of(note):
    found = re.search(r'data-fetch="([^"]+)"', note)
    return found[1].replace("&amp;", "&") if found else None


# --------------------------------------------------------------------------- asked first, row 74


def test_with_nothing_open_a_click_gives_the_file(bench, written, desk_at):
    assert link_of(ask(bench, written, desk_at)) == f"/projects/{written.id}/export?form=docx"


def test_with_something_open_a_click_asks_and_names_each_kind_row_74(bench, written, desk_at):
    wrong = first(written).text.replace("846", "864") + "【待补：受益群众数】"
    type_text(bench, written, desk_at, wrong)
    note = ask(bench, written, desk_at)
    assert link_of(note) is None
    for said in ("数字不符 1 处", "待补 1 处", "仍然导出（审阅稿，未解决处标出）", "回去处理"):
        assert said in note
    key = load_paper(written).plan.keys[0]
    assert f'data-section="{key}"' in note
    assert re.search(r'<a href="[^"]*review=1[^"]*" id="export-anyway"', note)


def test_the_second_click_is_a_yes_and_gives_the_review_copy(bench, written, desk_at):
    type_text(bench, written, desk_at, first(written).text.replace("846", "864"))
    assert link_of(ask(bench, written, desk_at)) is None
    assert "review=1" in link_of(ask(bench, written, desk_at))


def test_after_another_change_the_page_asks_again(bench, written, desk_at):
    text = first(written).text
    type_text(bench, written, desk_at, text.replace("846", "864"))
    ask(bench, written, desk_at)
    type_text(bench, written, desk_at, text.replace("846", "999"))
    assert link_of(ask(bench, written, desk_at)) is None


def test_leaving_the_step_takes_the_question_back(bench, written, desk_at):
    type_text(bench, written, desk_at, first(written).text.replace("846", "864"))
    ask(bench, written, desk_at)
    review.show(desk_at(bench, written))
    assert link_of(ask(bench, written, desk_at)) is None


def test_who_chose_the_review_copy_is_not_asked(bench, written, desk_at):
    type_text(bench, written, desk_at, first(written).text.replace("846", "864"))
    assert "review=1" in link_of(ask(bench, written, desk_at, "docx", True, False))


def test_what_is_put_aside_with_a_reason_is_not_asked_about(bench, written, desk_at):
    desk = type_text(bench, written, desk_at, first(written).text.replace("846", "864"))
    for marked in bench.checks.whole(desk.paper).all():
        review.ignore(desk, marked.key, "县里口径")
    assert link_of(ask(bench, written, desk_at))


def test_an_empty_section_and_a_text_to_choose_are_asked_about(bench, planned, desk_at):
    keys = load_paper(planned).plan.keys
    planned.save("section", keys[0], "全镇党员846名，讲党课2场。", base=0, origin="hand")
    planned.propose(keys[0], "另一稿。", base=1, origin="composer")
    note = ask(bench, planned, desk_at)
    assert "没有写的章节 1 节" in note
    assert "有新稿待选的章节 1 节" in note


def test_nothing_written_is_nothing_to_export(bench, planned, desk_at):
    with pytest.raises(EmptyInput, match="还没有正文"):
        ask(bench, planned, desk_at)


def test_what_is_typed_and_not_saved_yet_is_in_the_file(bench, written, desk_at):
    view = first(written)
    desk = desk_at(bench, written, view.key, view.number)
    export.ask(desk, *PLAIN, text=view.text + "另有一句。")
    assert "另有一句" in first(written).text


def test_an_export_that_waits_for_the_check_says_how_far_it_is(
    bench, written, desk_at, monkeypatch
):
    desk = desk_at(bench, written)
    desk.__dict__["checked"] = replace(bench.checks.whole(desk.paper), waiting=2)
    monkeypatch.setattr(desk, "refresh", lambda: None)
    changes = export.ask(desk, *PLAIN)
    assert changes["export_ticker"].properties["active"] is True
    assert "1/2 节" in changes["export_note"] or "0/2 节" in changes["export_note"]
    assert link_of(export.watch(desk_at(bench, written), *PLAIN)["export_note"])
    assert set(export.watch(desk_at(bench, written), *PLAIN)) == {"export_ticker"}


def test_the_second_tick_after_a_question_is_no_yes(bench, written, desk_at):
    type_text(bench, written, desk_at, first(written).text.replace("846", "864"))
    ask(bench, written, desk_at)
    assert "export_note" not in export.watch(desk_at(bench, written), *PLAIN)


# --------------------------------------------------------------------------- what the paper lacks


def labels(bench, project, desk_at):
    checked = bench.checks.whole(desk_at(bench, project).paper)
    gaps = [m.finding for m in checked.gaps if m.finding.label != FRAME]
    return [(gap.label, gap.fact_ids) for gap in gaps]


def test_a_fact_that_no_text_uses_is_in_the_queue_and_is_put_in_by_one_click(
    bench, written, desk_at
):
    view = first(written)
    type_text(bench, written, desk_at, view.text.replace("讲党课2场", "学习抓得紧"))
    assert labels(bench, written, desk_at) == [(UNUSED, ("F2",))]
    desk = desk_at(bench, written)
    queue = section.show_queue(desk, desk.view)
    assert "素材没用上" in queue
    assert "insert:F2" in queue
    writing.insert(desk_at(bench, written), "F2")
    assert "2场" in first(written).candidate.text
    assert first(written).text in first(written).candidate.text


def test_facts_of_a_section_still_to_be_written_can_wait(bench, planned, desk_at):
    keys = load_paper(planned).plan.keys
    planned.save("section", keys[0], "全镇党员846名，讲党课2场。", base=0, origin="hand")
    assert labels(bench, planned, desk_at) == []


def test_a_task_that_no_section_takes_up_is_in_the_queue(bench, written, desk_at):
    written.set(tasks="一、抓实党建\n二、守牢安全\n三、推进移风易俗")
    assert (UNANSWERED, ()) in labels(bench, written, desk_at)
    desk = desk_at(bench, written)
    assert "移风易俗" in section.show_queue(desk, desk.view)
    shown = orders.COMMANDS["step"](desk_at(bench, written), "outline")
    assert shown["steps"].properties["selected"] == "outline"


def test_what_the_title_lacks_is_said_and_filled_in_where_it_is_asked(bench, written, desk_at):
    desk = desk_at(bench, written)
    queue = section.show_queue(desk, desk.view)
    assert "标题待补" in queue
    assert "step:facts" in queue
    assert link_of(ask(bench, written, desk_at))  # said, and no reason to ask before an export
    shown = orders.COMMANDS["step"](desk_at(bench, written), "facts")
    assert shown["steps"].properties["selected"] == "facts"
    told = facts.describe(desk_at(bench, written), shown["title"], "青石镇", "2026")
    assert told["title"].startswith("青石镇2026年")
    assert "标题待补" not in section.show_queue(desk_at(bench, written), desk.view)


def test_a_title_that_a_person_wrote_stays_as_it_is(bench, written, desk_at):
    told = facts.describe(desk_at(bench, written), "关于作风建设的总结", "青石镇", "2026年")
    assert "title" not in told
    assert load_paper(written).title == "关于作风建设的总结"


def test_a_heading_over_others_is_not_missed(bench, project, desk_at):
    """What is written in its subsections is no section still to be written."""
    facts.add(desk_at(bench, project), "全镇党员846名")
    outline.make(desk_at(bench, project), "一、抓实党建\n二、守牢安全")
    plan, base = plans.load_plan(project)
    upper, lower = (replace(s, level=n + 1) for n, s in enumerate(plan.outline.sections))
    parts = (replace(upper, fact_ids=()), replace(lower, fact_ids=("F1",)))
    plans.save_plan(project, replace(plan, outline=replace(plan.outline, sections=parts)), base)
    writing.draft_all(desk_at(bench, project), "")
    bench.runner.settle(30)
    desk = desk_at(bench, project)
    assert "只有标题" in section.show_list(desk)["section_list"].properties["choices"][0][0]
    assert "没有写" not in review.show(desk)["review_summary"]


def test_a_gap_is_put_aside_with_a_reason_like_any_finding(bench, written, desk_at):
    written.set(tasks="一、抓实党建\n二、守牢安全\n三、推进移风易俗")
    desk = desk_at(bench, written)
    gap = bench.checks.whole(desk.paper).gaps[0]
    review.ignore(desk, gap.key, "本镇不涉及")
    assert link_of(ask(bench, written, desk_at))


def test_a_problem_that_no_next_step_takes_up_is_seen_across_sections(
    bench, project, plan_paper, desk_at
):
    written = plan_paper(bench, project, tasks="一、存在的问题\n二、下一步打算")
    learn = "年轻干部驻村学群众工作方法"
    texts = (
        "一是年轻干部群众工作方法不多。\n二是河道保洁经费不足。",
        f"一是组织{learn}。\n二是安排{learn}。\n三是{learn}每月交流。",
    )
    keys = load_paper(written).plan.keys
    for key, text in zip(keys, texts, strict=False):
        written.save("section", key, text, base=0, origin="hand")
    found = bench.checks.whole(desk_at(bench, written).paper).findings[keys[0]]
    assert [m.finding.text for m in found if m.finding.label == "inconsistency"] == [
        "二是河道保洁经费不足"
    ]


def test_an_offices_own_wording_calendar_is_used(make_bench, store, plan_paper, desk_at, tmp_path):
    path = tmp_path / "表述.tsv"
    path.write_text("# 本单位\n旧提法甲乙\t2019\t2021\t新提法丙丁\t县委办通知\n", encoding="utf-8")
    bench = make_bench(wording_calendar=str(path))
    project = plan_paper(bench, store.create_project("甲", "t"))
    project.set(period="2025年")
    key = load_paper(project).plan.keys[0]
    project.save("section", key, "全面落实旧提法甲乙。", base=0, origin="hand")
    found = bench.checks.whole(desk_at(bench, project).paper).findings[key]
    assert [m.finding.suggestion for m in found if m.finding.label == "stale_formulation"] == [
        "新提法丙丁"
    ]


@pytest.mark.parametrize("text", [None, "旧提法\t某年\t\t\t\n"])
def test_a_wording_calendar_that_cannot_be_read_is_said_at_the_start(make_bench, tmp_path, text):
    path = tmp_path / "表述.tsv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"表述\.tsv"):
        make_bench(wording_calendar=str(path))


# --------------------------------------------------------------------------- the file comes back


def exported(bench, project, desk_at):
    _, data, _ = make_file(desk_at(bench, project), Choice())
    return docx.Document(io.BytesIO(data))


def comes_back(bench, project, desk_at, paper, tmp_path):
    path = tmp_path / "镇长改.docx"
    paper.save(path)
    return take_back(desk_at(bench, project), path)


def line_with(paper, text):
    return next(p for p in paper.paragraphs if text in p.text)


def test_a_file_without_a_change_says_so(bench, written, desk_at, tmp_path):
    paper = exported(bench, written, desk_at)
    found = comes_back(bench, written, desk_at, paper, tmp_path)
    assert (found.parts, found.comments) == ((), ())


def test_changed_text_waits_and_becomes_a_version_when_accepted(bench, written, desk_at, tmp_path):
    paper = exported(bench, written, desk_at)
    line_with(paper, "846名").runs[-1].text += "受到县里表扬。"
    comes_back(bench, written, desk_at, paper, tmp_path)
    before = first(written)
    assert "表扬" not in before.text
    assert "受到县里表扬" in returned_step.show(desk_at(bench, written))["returned"]
    returned_step.accept(desk_at(bench, written), "0")
    after = first(written)
    assert "受到县里表扬" in after.text
    assert (after.number, after.entry.version.origin) == (before.number + 1, "import")
    assert after.extra.fact_ids == before.extra.fact_ids
    assert returned_step.show(desk_at(bench, written))["returned"] == ""


def test_text_changed_since_waits_as_a_candidate_and_nothing_is_lost(
    bench, written, desk_at, tmp_path
):
    paper = exported(bench, written, desk_at)
    line_with(paper, "846名").runs[-1].text += "受到县里表扬。"
    comes_back(bench, written, desk_at, paper, tmp_path)
    type_text(bench, written, desk_at, "这中间又改过。")
    said = returned_step.accept(desk_at(bench, written), "all")["notice"]
    assert first(written).text == "这中间又改过。"
    assert "受到县里表扬" in first(written).candidate.text
    assert "两份文字都在" in said


def test_a_section_added_in_word_stands_where_it_stood_there(bench, written, desk_at, tmp_path):
    paper = exported(bench, written, desk_at)
    second = line_with(paper, "守牢安全")
    for text, style in (
        ("二、办好民生实事", second.style),
        ("修路3公里。", None),
        ("三、繁荣文化", second.style),
    ):
        second.insert_paragraph_before(text, style=style)
    second.runs[0].text = second.text.replace("二、", "四、")
    for run in second.runs[1:]:
        run.text = ""
    comes_back(bench, written, desk_at, paper, tmp_path)
    returned_step.accept(desk_at(bench, written), "all")
    views = load_paper(written).sections
    assert [v.outline.heading for v in views] == [
        "抓实党建",
        "办好民生实事",
        "繁荣文化",
        "守牢安全",
    ]
    assert views[1].text == "修路3公里。"
    assert views[0].text
    assert views[3].text


def test_a_section_taken_out_in_word_leaves_only_when_accepted(bench, written, desk_at, tmp_path):
    paper = exported(bench, written, desk_at)
    for text in ("守牢安全", "143家次", "812人"):
        line = line_with(paper, text)
        line._element.getparent().remove(line._element)
    found = comes_back(bench, written, desk_at, paper, tmp_path)
    assert [part.kind for part in found.parts] == ["removed"]
    assert len(load_paper(written).sections) == 2
    returned_step.accept(desk_at(bench, written), "all")
    assert [v.outline.heading for v in load_paper(written).sections] == ["抓实党建"]
    assert {"F3", "F4"} <= set(load_paper(written).plan.outline.unplaced)


def test_heading_and_title_changed_in_word_are_taken_over(bench, written, desk_at, tmp_path):
    paper = exported(bench, written, desk_at)
    line_with(paper, "一、").runs[0].text = "一、夯实基层党建"
    for run in line_with(paper, "一、夯实").runs[1:]:
        run.text = ""
    title = next(p for p in paper.paragraphs if p.style.name == "Title")
    title.runs[0].text = "新的标题"
    for run in title.runs[1:]:
        run.text = ""
    comes_back(bench, written, desk_at, paper, tmp_path)
    text = first(written).text
    returned_step.accept(desk_at(bench, written), "all")
    assert first(written).outline.heading == "夯实基层党建"
    assert first(written).text == text
    assert load_paper(written).title == "新的标题"


def test_a_leaders_comment_is_work_to_do_until_it_is_ticked_off(bench, written, desk_at, tmp_path):
    paper = exported(bench, written, desk_at)
    line = line_with(paper, "846名")
    paper.add_comment(line.runs, text="这个数再核一下", author="镇长")
    found = comes_back(bench, written, desk_at, paper, tmp_path)
    assert [(c.author, c.text) for c in found.comments] == [("镇长", "这个数再核一下")]
    desk = desk_at(bench, written)
    queue = section.show_queue(desk, desk.view)
    assert "这个数再核一下" in queue
    assert f'data-section="{first(written).key}"' in queue
    returned_step.comment_done(desk_at(bench, written), "0")
    desk = desk_at(bench, written)
    assert "这个数再核一下" not in section.show_queue(desk, desk.view)


def test_what_is_rejected_changes_nothing(bench, written, desk_at, tmp_path):
    paper = exported(bench, written, desk_at)
    line_with(paper, "846名").runs[-1].text += "受到县里表扬。"
    comes_back(bench, written, desk_at, paper, tmp_path)
    before = first(written)
    returned_step.reject(desk_at(bench, written), "all")
    assert first(written) == before
    assert returned_step.show(desk_at(bench, written))["returned"] == ""


@pytest.mark.parametrize("which", ["99", "x", "-1", ""])
def test_a_difference_that_is_not_there_is_one_plain_line(bench, written, desk_at, which):
    with pytest.raises(InputError):
        returned_step.accept(desk_at(bench, written), which)


def test_a_section_dropped_meanwhile_keeps_its_difference_open(bench, written, desk_at, tmp_path):
    paper = exported(bench, written, desk_at)
    line_with(paper, "846名").runs[-1].text += "受到县里表扬。"
    comes_back(bench, written, desk_at, paper, tmp_path)
    plan, base = plans.load_plan(written)
    plans.save_plan(written, plans.drop(plan, plan.keys[0]), base)
    with pytest.raises(InputError, match="已不在提纲里"):
        returned_step.accept(desk_at(bench, written), "0")
    assert len(returned.load_returned(written)[0].open_parts()) == 1


# --------------------------------------------------------------------------- who did what


def test_the_history_tells_changes_exports_and_things_put_aside(bench, written, desk_at):
    desk = type_text(bench, written, desk_at, first(written).text.replace("846", "864"))
    marked = next(m for m in bench.checks.whole(desk.paper).all() if "864" in m.finding.text)
    review.ignore(desk, marked.key, "县里口径")
    make_file(desk_at(bench, written), Choice())
    told = history.show(desk_at(bench, written))
    for said in ("手工修改", "抓实党建", "忽略意见", "县里口径", "导出", "甲"):
        assert said in told


def test_a_burst_of_typing_is_one_line_of_history(bench, written, desk_at):
    view = first(written)
    for text in ("甲", "甲乙", "甲乙丙"):
        writing.save(desk_at(bench, written, view.key, view.number), text)
    assert history.show(desk_at(bench, written)).count("抓实党建") == 1


def test_only_an_administrator_sees_what_others_did(make_bench, store, desk_at):
    bench = make_bench(admins=("甲",), user_header="x-user")
    mine, other = store.create_project("甲", "甲的"), store.create_project("乙", "乙的总结")
    other.log("导出", "乙的定稿.docx")
    assert "乙的定稿" in history.show(desk_at(bench, mine))
    assert "甲的" not in history.show(desk_at(bench, other, user="乙"))


def test_deleted_projects_are_listed_with_a_way_back(bench, written, desk_at):
    other = orders.remove(desk_at(bench, written), "")
    assert "已删除的项目（1）" in other["project_bin"]
    assert f"restore:{written.id}" in other["project_bin"]
