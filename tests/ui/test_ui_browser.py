"""The page as a clerk uses it, in a real browser."""

import importlib.util
import io
import re
from pathlib import Path

import pytest

# One rerun, for machines that take a minute over an answer; it is reported by name (-rR).
pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=1)]

pytest.importorskip("playwright.sync_api")
_SPEC = importlib.util.spec_from_file_location("hands", Path(__file__).with_name("hands.py"))
hands = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hands)
FACTS, TASKS, expect = hands.FACTS, hands.TASKS, hands.expect
editor, tab, step, press = hands.editor, hands.tab, hands.step, hands.press
open_new, with_outline, opened = hands.open_new, hands.with_outline, hands.opened
draft_all, to_editor, written = hands.draft_all, hands.to_editor, hands.written
saved, settled, Line = hands.saved, hands.settled, hands.Line


def test_from_pasted_facts_to_a_word_file(page, site, shots, tmp_path):
    with_outline(page, site)
    page.screenshot(path=shots / "outline.png")
    draft_all(page)
    page.screenshot(path=shots / "writing.png")
    expect(page.locator("#section-list label")).to_have_count(2)
    marks = page.locator("#provenance mark[data-fact]")
    expect(marks.first).to_be_visible()
    editor(page).press_sequentially("另有县里通报表扬。")
    saved(page)
    tab(page, "核对与导出")
    page.screenshot(path=shots / "review.png")
    with page.expect_download() as download:
        page.locator("#export-docx").click()
    path = tmp_path / "out.docx"
    download.value.save_as(path)
    import docx

    text = "\n".join(p.text for p in docx.Document(io.BytesIO(path.read_bytes())).paragraphs)
    assert "846名" in text
    assert "另有县里通报表扬" in text
    assert "812人" in text


def test_a_mark_shows_its_fact_and_a_click_goes_there(page, site):
    with_outline(page, site)
    draft_all(page)
    mark = page.locator("#provenance mark[data-fact]", has_text="846").first
    mark.hover()
    expect(page.locator("#tip")).to_contain_text("党员846名")
    expect(page.locator("#tip")).to_contain_text("党建办")
    mark.click()
    expect(page.get_by_role("tab", name="资料")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#fact-card")).to_contain_text("党员846名")


def test_what_was_typed_survives_a_refresh_and_an_undo_takes_it_back(page, site):
    with_outline(page, site)
    draft_all(page)
    before = editor(page).input_value()
    editor(page).fill("手工写的一段话。")
    saved(page)
    page.reload()
    tab(page, "撰写")
    expect(editor(page)).to_have_value("手工写的一段话。")
    page.locator("#section-undo").click()
    expect(editor(page)).to_have_value(before)


def test_text_from_an_input_method_is_saved(page, site):
    with_outline(page, site)
    to_editor(page)
    editor(page).focus()
    client = page.context.new_cdp_session(page)
    for text in ("z", "zw", "作为"):
        client.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    client.send("Input.insertText", {"text": "作为"})
    expect(editor(page)).to_have_value("作为")
    saved(page)
    page.reload()
    tab(page, "撰写")
    expect(editor(page)).to_have_value("作为")


def test_switching_sections_right_after_typing_loses_nothing(page, site):
    with_outline(page, site)
    to_editor(page)
    editor(page).press_sequentially("第一节的话。", delay=5)
    page.locator("#section-list label").nth(1).click()
    expect(page.locator("#heading")).to_contain_text("守牢安全底线")
    expect(editor(page)).to_have_value("")
    page.locator("#section-list label").nth(0).click()
    expect(editor(page)).to_have_value("第一节的话。")


def test_a_draft_over_a_persons_text_waits_as_a_candidate(page, site):
    with_outline(page, site)
    to_editor(page)
    editor(page).fill("人写的话。")
    saved(page)
    press(page, "#draft-one")
    expect(page.locator("#candidate")).to_contain_text("846名")
    expect(editor(page)).to_have_value("人写的话。")
    page.locator("#candidate-reject").click()
    expect(page.locator("#candidate-accept")).to_be_hidden()
    expect(editor(page)).to_have_value("人写的话。")
    page.locator("#draft-one").click()
    page.locator("#candidate-accept").click()
    expect(editor(page)).to_have_value(re.compile("846名"))


def test_a_finding_leads_to_its_place_and_leaves_the_queue_when_mended(page, site, shots):
    with_outline(page, site)
    draft_all(page)
    wrong = editor(page).input_value().replace("846名", "864名")
    editor(page).fill(wrong)
    finding = page.locator("#findings .finding", has_text="864")
    expect(finding.first).to_be_visible()
    page.screenshot(path=shots / "finding.png")
    tab(page, "核对与导出")
    finding.first.get_by_role("button", name="定位").click()
    expect(page.get_by_role("tab", name="撰写")).to_have_attribute("aria-selected", "true")
    expect(editor(page)).to_be_focused()
    chosen = "(f) => f.value.slice(f.selectionStart, f.selectionEnd)"
    assert "864" in editor(page).evaluate(chosen)
    editor(page).fill(wrong.replace("864名", "846名"))
    expect(finding).to_have_count(0)


def test_a_finding_is_ignored_with_a_reason(page, site):
    with_outline(page, site)
    draft_all(page)
    editor(page).fill(editor(page).input_value().replace("846名", "864名"))
    finding = page.locator("#findings .finding", has_text="864").first
    finding.get_by_role("button", name="忽略").click()
    finding.locator(".why input").fill("县里口径")
    finding.get_by_role("button", name="确定忽略").click()
    expect(page.locator("#findings details")).to_contain_text("已忽略")


def test_what_went_wrong_is_in_sight_wherever_the_page_is_scrolled(page, site):
    with_outline(page, site)
    draft_all(page)
    page.locator("#restore").scroll_into_view_if_needed()
    page.locator("#quick-figures").click()
    expect(page.locator("#notice p")).to_contain_text("没有可以直接改正的数字")
    expect(page.locator("#notice p")).to_be_in_viewport()
    tab(page, "核对与导出")
    expect(page.locator("#notice p")).to_have_count(0)


def test_a_second_window_never_overwrites_and_both_texts_are_kept(page, site, watch):
    with_outline(page, site)
    draft_all(page)
    second = page.context.new_page()
    watch.on(second)
    second.goto(page.url)
    tab(second, "撰写")
    expect(editor(second)).to_have_value(re.compile("846名"))
    settled(second)
    # The first window's news does not reach the second before it has typed.
    line = Line(second)
    editor(page).fill("第一个窗口的话。")
    saved(page)
    editor(second).fill("第二个窗口的话。")
    line.open()
    expect(second.locator("#candidate")).to_contain_text("第一个窗口的话")
    expect(editor(second)).to_have_value("第二个窗口的话。")
    expect(second.locator("#save-state")).to_contain_text("未覆盖")
    second.locator("#candidate-accept").click()
    expect(editor(second)).to_have_value("第二个窗口的话。")


def test_a_second_window_sees_what_the_first_saved(page, site, watch):
    with_outline(page, site)
    draft_all(page)
    second = page.context.new_page()
    watch.on(second)
    second.goto(page.url)
    tab(second, "撰写")
    expect(editor(second)).to_have_value(re.compile("846名"))
    editor(page).fill("第一个窗口的新话。")
    expect(editor(second)).to_have_value("第一个窗口的新话。")


def test_a_running_draft_goes_on_over_a_refresh_and_stops_when_told(page, model_site, model):
    with_outline(page, model_site)
    model.hold()
    tab(page, "撰写")
    page.locator("#draft-all").click()
    expect(page.locator("#section-list")).to_contain_text("起草中")
    page.reload()
    tab(page, "撰写")
    expect(page.locator("#section-list")).to_contain_text("起草中")
    expect(editor(page)).to_be_disabled()
    page.locator("#draft-stop").click()
    expect(page.locator("#section-list")).not_to_contain_text("起草中")
    expect(editor(page)).to_be_enabled()


def test_the_first_words_are_seen_while_the_model_still_writes(page, model_site, model):
    with_outline(page, model_site)
    model.hold()
    to_editor(page)
    page.locator("#draft-one").click()
    expect(editor(page)).not_to_have_value("")
    expect(page.locator("#section-list")).to_contain_text("起草中")
    page.locator("#draft-stop").click()


def test_an_instruction_makes_a_candidate_and_a_locked_sentence_stays(page, model_site, model):
    with_outline(page, model_site)
    draft_all(page)
    before = editor(page).input_value()
    page.locator("#instruction textarea").fill("语气再平实些")
    page.locator("#regenerate").click()
    expect(page.locator("#candidate")).to_contain_text("目前，")
    expect(editor(page)).to_have_value(before)
    page.locator("#candidate-accept").click()
    expect(editor(page)).to_have_value(re.compile("目前，"))
    page.locator("#quick-shorter").click()
    expect(page.locator("#candidate-reject")).to_be_visible()


def test_only_a_selected_passage_is_rewritten(page, model_site, model):
    with_outline(page, model_site)
    draft_all(page)
    editor(page).fill("全镇有党员846名，干劲很足。村里讲党课2场，反响很好。")
    saved(page)
    editor(page).evaluate("(f) => { f.focus(); f.setSelectionRange(0, 15); }")
    page.locator("#quick-shorter").click()
    expect(page.locator("#candidate")).to_contain_text("目前，")
    page.locator("#candidate-accept").click()
    expect(editor(page)).to_have_value(re.compile("^目前，.*村里讲党课2场，反响很好。$"))


def test_a_wrong_figure_is_corrected_by_one_click(page, site):
    with_outline(page, site)
    draft_all(page)
    right = editor(page).input_value()
    editor(page).fill(right.replace("846名", "864名"))
    page.locator("#findings .finding", has_text="864").get_by_role("button", name="改正").click()
    expect(editor(page)).to_have_value(right)


def test_hostile_text_is_shown_as_text_everywhere(page, site):
    open_new(page, site)
    page.evaluate("window.pwned = false")
    payloads = [
        "完成<script>window.pwned=true</script>1件",
        "完成<img src=x onerror=window.pwned=true>2件",
        "完成![图](http://evil.example/x.png)3件",
        "完成$$x^2$$和{{constructor}}和${window.pwned=true}4件",
        "完成<svg onload=window.pwned=true>5件",
        "完成<a href=javascript:window.pwned=true>点</a>6件",
    ]
    page.locator("#facts-paste textarea").fill("\n".join(payloads))
    page.locator("#facts-add").click()
    expect(page.locator("#facts-count")).to_contain_text("共")
    tab(page, "范例与章节")
    page.locator("#tasks-paste textarea").fill("一、<img src=x onerror=window.pwned=true>工作")
    page.locator("#outline-make").click()
    expect(page.locator("#outline-table")).to_contain_text("onerror")
    tab(page, "撰写")
    page.locator("#draft-all").click()
    expect(editor(page)).not_to_have_value("")
    editor(page).fill("<b onmouseover=window.pwned=true>改</b>864名 <iframe src=//evil.example>")
    expect(page.locator("#provenance .marked")).to_contain_text("onmouseover")
    page.locator("#draft-one").click()
    expect(page.locator("#candidate")).to_contain_text("onmouseover")
    for name in ("资料", "核对与导出"):
        tab(page, name)
    assert page.evaluate("window.pwned") is False
    assert page.locator("#main iframe, #side iframe, #main img, #side img").count() == 0


def test_the_english_page_works(page, site):
    page.goto(f"{site.url}/en")
    expect(page.get_by_role("heading", name="Township drafting")).to_be_visible()
    tab(page, "Writing")
    expect(page.locator("#draft-all")).to_have_text("Draft all")


def test_a_phone_shows_every_step_without_sideways_scrolling(page, site, shots):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.url)
    expect(page.locator("#facts-count")).to_contain_text("共")
    for name in ("范例与章节", "撰写", "核对与导出"):
        if not page.get_by_role("tab", name=name).is_visible():
            page.locator("#steps .overflow-menu > button").click()
        page.get_by_role("tab", name=name).or_(page.get_by_role("menuitem", name=name)).or_(
            page.locator(".overflow-dropdown button", has_text=name)
        ).first.click()
        page.screenshot(path=shots / f"phone-{name}.png")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, name


def units_table(folder):
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["单位", "素材"])
    for number in range(1, 5):
        sheet.append([f"{number}号镇", f"检查企业{number + 20}家次，整改隐患{number + 5}处"])
    sheet.append(["5号镇", ""])
    path = folder / "单位表.xlsx"
    book.save(path)
    return path


def test_a_batch_of_five_with_one_that_fails_gives_a_zip_of_four(page, site, tmp_path):
    import zipfile

    open_new(page, site)
    tab(page, "批量")
    page.locator("#batch-file input[type=file]").set_input_files(units_table(tmp_path))
    expect(page.locator("#batch-table")).to_contain_text("4号镇")
    page.locator("#batch-start").click()
    expect(page.locator("#batch-note")).to_contain_text("完成 4")
    expect(page.locator("#batch-table")).to_contain_text("缺材料")
    with page.expect_download() as download:
        page.locator("#batch-zip").click()
    path = tmp_path / "out.zip"
    download.value.save_as(path)
    names = zipfile.ZipFile(path).namelist()
    assert sum(name.endswith(".docx") for name in names) == 4


def test_a_sample_is_taken_in_after_its_report(page, site, tmp_path):
    path = tmp_path / "某镇防汛总结.txt"
    path.write_text(
        "某镇防汛工作总结\n一、落实责任\n全镇开展巡查12次。\n二、备足物资\n储备沙袋300个。",
        encoding="utf-8",
    )
    open_new(page, site)
    tab(page, "语料库")
    page.locator("#corpus-add input[type=file]").set_input_files(path)
    expect(page.locator("#corpus-report")).to_contain_text("某镇防汛工作总结")
    page.locator("#corpus-accept").click()
    expect(page.locator("#notice")).to_contain_text("收入 1 篇")
    expect(page.locator("#corpus-table")).to_contain_text("某镇防汛工作总结")


def test_a_restart_of_the_server_loses_nothing_and_the_open_page_goes_on(
    browser, model, serving, tmp_path
):
    from drafter.settings import Settings

    settings = Settings(home=tmp_path, base_url=model.url, model="slow", api_key="k")
    with serving(settings) as own:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        with_outline(page, own)
        to_editor(page)
        editor(page).fill("重启前写的话。")
        saved(page)
        model.hold()
        page.locator("#section-list label").nth(1).click()
        page.locator("#draft-one").click()
        expect(page.locator("#section-list")).to_contain_text("起草中")
        own.restart()
        page.reload()
        tab(page, "撰写")
        expect(page.locator("#section-list")).to_contain_text("中断")
        page.locator("#section-list label").nth(0).click()
        expect(editor(page)).to_have_value("重启前写的话。")
        own.restart()
        editor(page).fill("重启后接着写。")
        saved(page)
        page.reload()
        tab(page, "撰写")
        expect(editor(page)).to_have_value("重启后接着写。")
        page.close()


@pytest.fixture(scope="session")
def axe():
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def legible(page, axe, name):
    """Nothing that shuts people out: labels, contrast, names of controls."""
    wrong = axe.run(page).response["violations"]
    serious = [
        (v["id"], [node["html"][:160] for node in v["nodes"]])
        for v in wrong
        if v["impact"] in {"serious", "critical"}
    ]
    assert serious == [], name


@pytest.mark.parametrize("start", ["", "/en"])
def test_the_page_is_labelled_and_legible(page, site, axe, start):
    page.goto(site.url + start)
    expect(page.locator("#project-pick input")).not_to_have_value("")
    for name in ("facts", "outline", "write", "review", "batch", "corpus"):
        step(page, name)
        legible(page, axe, name)


def test_what_opens_on_a_page_is_labelled_and_legible_too(page, site, axe, tmp_path):
    with_outline(page, site)
    draft_all(page)
    right = editor(page).input_value()
    editor(page).fill(right.replace("846名", "864名"))
    finding = page.locator("#findings .finding", has_text="864").first
    finding.get_by_role("button", name="忽略").click()
    legible(page, axe, "the reason for ignoring")
    page.locator("#draft-one").click()
    expect(page.locator("#candidate-accept")).to_be_visible()
    legible(page, axe, "a candidate")
    tab(page, "核对与导出")
    page.locator("#export-docx").click()
    expect(page.locator("#export-ask")).to_be_visible()
    legible(page, axe, "the question before an export")
    hand_back(page, changed_paper(site, page, tmp_path))
    expect(page.locator("#returned .card").first).to_be_visible()
    legible(page, axe, "a paper that came back")


def test_keys_move_between_sections_and_draft(page, site):
    with_outline(page, site)
    to_editor(page)
    editor(page).focus()
    page.keyboard.press("Control+Enter")
    expect(editor(page)).to_have_value(re.compile("846名"))
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#heading")).to_contain_text("守牢安全底线")


def test_a_long_paper_stays_small_in_the_browser_and_quick(page, site):
    project = site.bench.store.create_project("本机用户", "四十节")
    fill_long(project)
    page.goto(f"{site.url}/?p={project.id}")
    tab(page, "撰写")
    expect(page.locator("#section-list label")).to_have_count(40)
    assert page.evaluate("document.querySelectorAll('*').length") <= 2000
    page.locator("#section-list label").nth(20).click()
    expect(page.locator("#heading")).to_contain_text("二十一、")


def fill_long(project):
    from drafter import parse_facts
    from drafter.domain import Outline, OutlineSection
    from drafter.ui.work import plans, sheets

    works = ["修路", "植树", "清渠", "巡河", "走访", "培训", "宣讲", "义诊", "检修", "帮扶"]
    lines = [f"{works[n % 10]}第{n}项完成{n * 7 + 3}件" for n in range(120)]
    sheet = parse_facts("\n".join(lines))
    sheets.save_sheet(project, sheet, 0)
    ids = [fact.id for fact in sheet]
    sections = tuple(
        OutlineSection(f"{works[n % 10]}工作{n}", 1, tuple(ids[n * 3 : n * 3 + 3]))
        for n in range(40)
    )
    plan = plans.keyed(Outline("四十节的总结", sections), plans.EMPTY)
    plans.save_plan(project, plan, 0)
    for number, key in enumerate(plan.keys):
        texts = [sheet.by_id()[i].text for i in sections[number].fact_ids]
        body = ("，".join(texts) + "。") * 8
        project.save("section", key, body[:300], base=0, origin="composer")


# --------------------------------------------------------------------------- the paper leaves


def wrong_figure(page):
    """A drafted paper with one figure that no fact bears out."""
    draft_all(page)
    editor(page).fill(editor(page).input_value().replace("846名", "864名"))
    expect(page.locator("#findings .finding", has_text="864").first).to_be_visible()
    tab(page, "核对与导出")
    expect(page.locator("#export-docx")).to_be_enabled()


def test_a_click_with_something_open_asks_and_leads_back_row_74(page, site, shots):
    with_outline(page, site)
    wrong_figure(page)
    page.locator("#export-docx").dblclick()
    expect(page.locator("#export-ask")).to_contain_text("没有处理")
    expect(page.locator("#export-note")).to_contain_text("数字不符")
    page.screenshot(path=shots / "export-asks.png")
    page.get_by_role("button", name="回去处理").click()
    expect(page.get_by_role("tab", name="撰写")).to_have_attribute("aria-selected", "true")
    chosen = "(f) => f.value.slice(f.selectionStart, f.selectionEnd)"
    expect(editor(page)).to_be_focused()
    assert "864" in editor(page).evaluate(chosen)


@pytest.mark.parametrize("way", ["#export-anyway", "#export-docx"])
def test_export_anyway_and_a_second_click_give_the_review_copy(page, site, tmp_path, way):
    import zipfile

    with_outline(page, site)
    wrong_figure(page)
    page.locator("#export-docx").click()
    expect(page.locator("#export-ask")).to_be_visible()
    with page.expect_download() as download:
        page.locator(way).click()
    assert "审阅稿" in download.value.suggested_filename
    path = tmp_path / "out.docx"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert "864" in archive.read("word/comments.xml").decode()


def changed_paper(site, page, folder):
    """The paper as exported, with a sentence and a comment of the mayor's."""
    import docx

    from drafter.ui.place import Place
    from drafter.ui.work.exports import Choice, export

    number = int(page.locator("#place textarea").input_value().split(".")[0])
    _, data, _ = export(site.bench.desk("本机用户", Place(number)), Choice())
    paper = docx.Document(io.BytesIO(data))
    line = next(p for p in paper.paragraphs if re.search("8[46]{2}名", p.text))
    line.runs[-1].text += "受到县里表扬。"
    paper.add_comment(line.runs, text="这个数再核一下", author="镇长")
    path = folder / "镇长改.docx"
    paper.save(path)
    return path


def hand_back(page, path):
    with page.expect_file_chooser() as chooser:
        page.locator("#export-back").click()
    chooser.value.set_files(path)


def test_an_edited_paper_comes_back_part_by_part_with_its_comments(page, site, shots, tmp_path):
    with_outline(page, site)
    draft_all(page)
    tab(page, "核对与导出")
    hand_back(page, changed_paper(site, page, tmp_path))
    expect(page.locator("#returned")).to_contain_text("受到县里表扬")
    comment = page.locator("#findings .comment")
    expect(comment).to_contain_text("这个数再核一下")
    page.screenshot(path=shots / "returned.png")
    page.locator("#returned").get_by_role("button", name="采用", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("新版本")
    expect(page.locator("#returned .card")).to_have_count(0)
    comment.get_by_role("button", name="定位").click()
    expect(editor(page)).to_have_value(re.compile("受到县里表扬"))
    comment.get_by_role("button", name="办好了").click()
    expect(comment).to_have_count(0)


def test_a_button_pressed_before_the_last_one_is_answered_is_not_lost(page, site, tmp_path):
    with_outline(page, site)
    draft_all(page)
    tab(page, "核对与导出")
    hand_back(page, changed_paper(site, page, tmp_path))
    expect(page.locator("#returned")).to_contain_text("受到县里表扬")
    page.evaluate(
        """() => {
            document.querySelector('#returned [data-do="returned-accept:all"]').click();
            document.querySelector('#findings .comment [data-do^="comment-done:"]').click();
        }"""
    )
    expect(page.locator("#findings .comment")).to_have_count(0)
    expect(page.locator("#returned .card")).to_have_count(0)
    expect(page.locator("#notice")).not_to_contain_text("另一个窗口")


def test_a_deleted_project_is_listed_and_comes_back(page, site):
    with_outline(page, site)
    tab(page, "资料")
    number = page.locator("#place textarea").input_value().split(".")[0]
    page.locator("#project-delete").click()
    expect(page.locator("#notice")).to_contain_text("已从列表删除")
    page.locator("#project-bin summary").click()
    page.locator(f'#project-bin [data-do="restore:{number}"]').click()
    expect(page.locator("#place textarea")).to_have_value(re.compile(rf"^{number}\."))
    expect(page.locator("#facts-count")).to_contain_text("共")


# --------------------------------------------------------------------------- hands on the keyboard


def tab_to(page, selector, most=90):
    """Press Tab until a control has the focus."""
    for _ in range(most):
        if page.evaluate("(s) => document.activeElement?.matches(s) ?? false", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def test_from_paste_to_export_without_a_mouse(page, site, tmp_path):
    open_new(page, site)
    tab_to(page, "#facts-paste textarea")
    page.keyboard.insert_text(FACTS)
    tab_to(page, "#facts-add")
    page.keyboard.press("Enter")
    expect(page.locator("#facts-count")).to_contain_text("共")
    tab_to(page, "#to-outline")
    page.keyboard.press("Enter")
    expect(page.locator("#step-outline-button")).to_have_attribute("aria-selected", "true")
    tab_to(page, "#tasks-paste textarea")
    page.keyboard.insert_text(TASKS)
    tab_to(page, "#outline-make")
    page.keyboard.press("Enter")
    expect(page.locator("#outline-table")).to_contain_text("守牢安全底线")
    tab_to(page, "#to-write")
    page.keyboard.press("Enter")
    expect(editor(page)).to_be_enabled()
    tab_to(page, "#draft-all")
    page.keyboard.press("Enter")
    expect(editor(page)).to_have_value(re.compile("846名"))
    tab_to(page, "#step-review-button")
    page.keyboard.press("Enter")
    expect(page.locator("#export-docx")).to_be_enabled()
    tab_to(page, "#export-docx")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".docx")


def test_no_key_acts_while_an_input_method_is_composing(page, site):
    with_outline(page, site)
    to_editor(page)
    editor(page).focus()
    client = page.context.new_cdp_session(page)
    compose = {"text": "zw", "selectionStart": 2, "selectionEnd": 2}
    client.send("Input.imeSetComposition", compose)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Alt+ArrowDown")
    client.send("Input.insertText", {"text": "作为"})
    expect(editor(page)).to_have_value("作为")
    saved(page)
    expect(page.locator("#heading")).to_contain_text("抓实党的建设")
    expect(page.locator("#candidate-accept")).to_be_hidden()


def test_words_that_come_in_disturb_no_composition(page, model_site, model):
    """The model writes one section while a person composes in another."""
    with_outline(page, model_site)
    model.hold()
    to_editor(page)
    page.locator("#draft-one").click()
    expect(page.locator("#section-list")).to_contain_text("起草中")
    page.locator("#section-list label").nth(1).click()
    expect(page.locator("#heading")).to_contain_text("守牢安全底线")
    expect(editor(page)).to_be_enabled()
    editor(page).focus()
    client = page.context.new_cdp_session(page)
    for text in ("a", "an", "anq", "anquan"):
        client.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
        model.go_on()
        settled(page)
        model.hold()
    client.send("Input.insertText", {"text": "安全"})
    model.go_on()
    expect(editor(page)).to_have_value("安全")
    saved(page)
    expect(page.locator("#section-list")).not_to_contain_text("起草中")
    expect(editor(page)).to_have_value("安全")


def test_what_is_typed_while_the_server_is_away_is_there_afterwards(browser, serving, tmp_path):
    """Gradio loads the page anew once a lost connection is back; what was typed goes with it."""
    from drafter.settings import Settings

    with serving(Settings(home=tmp_path)) as own:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        with_outline(page, own)
        to_editor(page)
        editor(page).fill("断线前写的话。")
        saved(page)
        own.stop()
        editor(page).fill("断线前写的话。断线后写的话。")
        expect(page.locator("#busy")).to_contain_text("连不上服务器")
        own.start()
        # The page loads anew; what its own opening takes may be said there meanwhile.
        expect(page.locator("#busy")).to_be_hidden()
        expect(page.locator("#project-pick input")).not_to_have_value("")
        step(page, "write")
        expect(editor(page)).to_have_value("断线前写的话。断线后写的话。")
        page.close()
