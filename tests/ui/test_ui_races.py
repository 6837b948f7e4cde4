"""A person is quicker than the server: what is done before an answer comes is not lost."""

import importlib.util
import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=1)]

pytest.importorskip("playwright.sync_api")
_SPEC = importlib.util.spec_from_file_location("hands", Path(__file__).with_name("hands.py"))
hands = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hands)
expect, editor, tab, press, settled = (
    hands.expect,
    hands.editor,
    hands.tab,
    hands.press,
    hands.settled,
)
with_outline, draft_all, Line = hands.with_outline, hands.draft_all, hands.Line
THREE = "一、抓实党的建设\n二、守牢安全底线\n三、改进工作作风"


def project_of(page, site):
    number = int(page.locator("#place textarea").input_value().split(".")[0])
    return site.bench.store.project("本机用户", number)


def wrong_figure(page):
    """Put a figure that no fact bears out into the section in front; return its finding."""
    editor(page).fill(editor(page).input_value().replace("846名", "864名"))
    finding = page.locator("#findings .finding", has_text="864").first
    expect(finding).to_be_visible()
    settled(page)
    return finding


def draw_findings_anew(page, site):
    """Let the list of findings change by what happened elsewhere."""
    page.evaluate("document.querySelector('#findings .panel').dataset.old = 'old'")
    project = project_of(page, site)
    other = [key for key in ("s1", "s2") if project.entry("section", key)][-1]
    entry = project.entry("section", other)
    text = entry.text + "另有走访群众7531户。"
    project.save("section", other, text, base=entry.number, origin="hand")
    page.evaluate("document.getElementById('refresh').click()")
    expect(page.locator("#findings .panel[data-old]")).to_have_count(0)


def test_the_last_of_two_quick_choices_is_what_is_shown(page, site):
    with_outline(page, site, THREE)
    hands.to_editor(page)
    line = Line(page)
    editor(page).fill("第一节的话。")
    page.locator("#section-list label").nth(1).click()
    page.locator("#section-list label").nth(2).click()
    line.open()
    expect(page.locator("#heading")).to_contain_text("改进工作作风")
    settled(page)
    expect(page.locator("#section-list label.selected")).to_contain_text("改进工作作风")
    expect(editor(page)).to_have_value("")
    page.locator("#section-list label").nth(0).click()
    expect(editor(page)).to_have_value("第一节的话。")


def test_calls_go_out_one_by_one_and_speak_of_what_stands_there_then(page, site):
    with_outline(page, site, THREE)
    hands.to_editor(page)
    line = Line(page)
    page.locator("#section-list label").nth(1).click()
    page.locator("#draft-one").click()
    assert line.waiting() == 1
    line.let_one_go()
    expect(page.locator("#heading")).to_contain_text("守牢安全底线")
    line.open()
    expect(editor(page)).to_have_value(re.compile("143家次"))
    expect(page.locator("#heading")).to_contain_text("守牢安全底线")


def test_a_field_that_an_answer_will_fill_is_held_till_it_comes(page, site):
    hands.open_new(page, site)
    line = Line(page)
    page.locator("#facts-paste textarea").fill("检查商户143家次")
    page.locator("#facts-add").click()
    expect(page.locator("#facts-paste textarea")).not_to_be_editable()
    expect(page.locator("#tasks-paste textarea")).to_have_count(0)
    line.open()
    expect(page.locator("#facts-paste textarea")).to_have_value("")
    expect(page.locator("#facts-paste textarea")).to_be_editable()


def test_what_takes_a_while_is_said_and_saving_is_not(page, site):
    with_outline(page, site)
    hands.to_editor(page)
    line = Line(page)
    editor(page).fill("第一节的话。")
    assert line.waiting() == 1
    expect(page.locator("#busy")).to_be_hidden()
    page.locator("#draft-all").click()
    expect(page.locator("#busy")).to_contain_text("正在处理")
    line.open()
    expect(page.locator("#busy")).to_be_hidden()
    expect(page.locator("#candidate")).to_contain_text("846名")


def test_the_second_half_of_a_double_click_does_nothing(page, site):
    with_outline(page, site)
    hands.to_editor(page)
    for text in ("第一句。", "第一句。第二句。"):
        editor(page).fill(text)
        hands.saved(page)
        press(page, "#draft-one")
        press(page, "#candidate-reject")
    tab(page, "范例与章节")
    page.locator("#outline-drop").dblclick()
    settled(page)
    expect(page.locator("#outline-table")).to_contain_text("守牢安全底线")
    page.locator("#project-new").dblclick()
    settled(page)
    count = len(site.bench.store.projects("本机用户"))
    page.locator("#project-new").dblclick()
    settled(page)
    assert len(site.bench.store.projects("本机用户")) == count + 1


def test_moving_a_section_down_twice_in_a_hurry_moves_it_twice(page, site):
    with_outline(page, site, THREE)
    line = Line(page)
    page.locator("#outline-down").dblclick()
    line.open()
    settled(page)
    rows = project_of(page, site).entry("outline").text
    assert rows.index("守牢安全底线") < rows.index("改进工作作风") < rows.index("抓实党的建设")


def test_a_button_that_is_drawn_anew_while_it_is_pressed_is_obeyed(page, site):
    with_outline(page, site)
    draft_all(page)
    finding = wrong_figure(page)
    tab(page, "核对与导出")
    finding.get_by_role("button", name="定位").hover()
    page.mouse.down()
    draw_findings_anew(page, site)
    page.mouse.up()
    expect(page.locator("#step-write-button")).to_have_attribute("aria-selected", "true")
    expect(editor(page)).to_be_focused()


def test_a_reason_half_written_stays_when_the_list_is_drawn_anew(page, site):
    with_outline(page, site)
    draft_all(page)
    finding = wrong_figure(page)
    finding.get_by_role("button", name="忽略").click()
    finding.locator(".why input").fill("县里")
    draw_findings_anew(page, site)
    expect(finding.locator(".why input")).to_have_value("县里")
    expect(finding.locator(".why input")).to_be_focused()
    page.keyboard.type("口径如此")
    page.keyboard.press("Enter")
    fold = page.locator("#findings details")
    expect(fold).to_contain_text("已忽略")
    fold.locator("summary").click()
    expect(fold).to_contain_text("县里口径如此")
    draw_findings_anew(page, site)
    expect(fold).to_have_attribute("open", "")


def test_an_order_before_the_last_answer_makes_no_conflict_with_ones_own_text(page, site):
    with_outline(page, site)
    draft_all(page)
    editor(page).fill("人写的话。")
    hands.saved(page)
    press(page, "#draft-one")
    line = Line(page)
    page.locator("#candidate-accept").click()
    page.keyboard.press("Alt+ArrowDown")
    line.open()
    expect(page.locator("#heading")).to_contain_text("守牢安全底线")
    settled(page)
    assert project_of(page, site).candidates() == {}


def test_a_fresh_draft_has_its_marks_in_the_editor_at_once(page, site):
    with_outline(page, site)
    draft_all(page)
    marks = page.locator("#editor .backdrop mark")
    expect(marks.first).to_be_attached()
    page.locator("#section-list label").nth(1).click()
    expect(page.locator("#editor .backdrop mark", has_text="812")).to_be_attached()


def test_the_way_back_leads_to_the_step_before_and_a_reload_stays_there(page, site):
    with_outline(page, site)
    hands.to_editor(page)
    page.go_back()
    expect(page.locator("#step-outline-button")).to_have_attribute("aria-selected", "true")
    page.go_forward()
    expect(page.locator("#step-write-button")).to_have_attribute("aria-selected", "true")
    settled(page)
    page.reload()
    expect(page.locator("#step-write-button")).to_have_attribute("aria-selected", "true")
    expect(editor(page)).to_be_visible()
    expect(page.locator("#section-list label")).to_have_count(2)


def test_who_was_signed_out_is_told_and_goes_on_after_signing_in(
    browser, serving, accounts, tmp_path
):
    from drafter.settings import Settings

    with serving(Settings(home=tmp_path, accounts_file=str(accounts))) as own:
        context = browser.new_context(locale="zh-CN")
        context.set_default_timeout(60_000)
        page = context.new_page()
        sign_in(page, own)
        expect(page.locator("#project-pick input")).not_to_have_value("")
        hands.to_editor(page)
        context.clear_cookies()
        editor(page).fill("登录过期后写的话。")
        expect(page.locator("#busy")).to_contain_text("登录已过期")
        with context.expect_page() as fresh:
            page.locator("#busy a").click()
        sign_in(fresh.value, own)
        expect(fresh.value.locator("#project-pick input")).not_to_have_value("")
        hands.settled(fresh.value)  # a tab closed while it still loads may never answer
        fresh.value.close()
        editor(page).press_sequentially("接着写。")
        expect(page.locator("#busy")).to_be_hidden()
        hands.saved(page)
        page.reload()
        expect(page.locator("#project-pick input")).not_to_have_value("")
        tab(page, "撰写")
        expect(editor(page)).to_have_value(re.compile("登录过期后写的话。接着写。|接着写。"))
        context.close()


def sign_in(page, site):
    if "/login" not in page.url:
        page.goto(site.url)
    page.locator("#name").fill("alice")
    page.locator("#password").fill("alice" * 3)
    page.get_by_role("button").click()


def test_a_file_sent_while_another_is_being_read_is_read_too(page, site, tmp_path):
    hands.open_new(page, site)
    line = Line(page)
    for name, fact in (("甲", "检查商户143家次"), ("乙", "发放低保金231万元")):
        path = tmp_path / f"{name}.txt"
        path.write_text(fact, encoding="utf-8")
        page.locator("#facts-file input[type=file]").set_input_files(path)
        assert line.waiting()
        expect(page.locator("#facts-file")).to_contain_text(path.stem)
    line.open()
    expect(page.locator("#facts-count")).to_contain_text("共 2 条事实")
    settled(page)
    expect(page.locator("#notice p")).to_have_class("notice-good")


EMPTIED = """async (patience) => {
    const signal = AbortSignal.timeout(patience);
    const form = new FormData();
    form.append("files", new File(["检查商户143家次"], "乙.txt"));
    await fetch("/gradio_api/upload", { method: "POST", body: form, signal });
    const { components, dependencies } = window.gradio_config;
    const box = components.find((one) => one.props.elem_id === "facts-file").id;
    const order = dependencies.find((one) => one.targets[0][0] === box);
    const data = [document.querySelector("#place textarea").value, null];
    const body = JSON.stringify({ data, fn_index: order.id, trigger_id: box, session_hash: "x1" });
    const headers = { "Content-Type": "application/json" };
    await fetch("/gradio_api/run/predict", { method: "POST", body, headers, signal });
}"""
"""Send a file, and then the call about it with an empty box."""


def test_a_file_whose_box_an_answer_has_just_emptied_is_read_all_the_same(page, site):
    """Gradio reads the box a moment after the upload; the answer before may have emptied it."""
    hands.open_new(page, site)
    page.evaluate(EMPTIED, hands.PATIENCE)
    assert [fact.text for fact in sheet_of(page, site)] == ["检查商户143家次"]


def sheet_of(page, site):
    from drafter.ui.work.sheets import load_sheet

    return load_sheet(project_of(page, site))[0]


def test_a_link_stays_the_same_while_more_calls_are_refused(browser, serving, accounts, tmp_path):
    """Pressing a link that is drawn anew between press and release leads nowhere."""
    from drafter.settings import Settings

    with serving(Settings(home=tmp_path, accounts_file=str(accounts))) as own:
        context = browser.new_context(locale="zh-CN")
        context.set_default_timeout(60_000)
        page = context.new_page()
        sign_in(page, own)
        hands.to_editor(page)
        context.clear_cookies()
        editor(page).fill("登录过期后写的话。")
        expect(page.locator("#busy a")).to_be_visible()
        page.evaluate("document.querySelector('#busy a').dataset.same = 'same'")
        editor(page).fill("登录过期后又写的话。")
        settled(page)
        expect(page.locator("#busy a[data-same]")).to_be_visible()
        context.close()


PASTE = """(box, [text, times]) => {
    box.setSelectionRange(2, 2);
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text.repeat(times));
    const kind = { clipboardData, bubbles: true, cancelable: true };
    return !box.dispatchEvent(new ClipboardEvent("paste", kind));
}"""
"""Paste into a field; return whether the page has put the text in by itself."""


@pytest.mark.parametrize("times", [3_000, 22_000])
def test_a_very_long_paste_is_put_in_at_once(page, site, times):
    hands.open_new(page, site)
    box = page.locator("#facts-paste textarea")
    box.fill("原来的话")
    assert box.evaluate(PASTE, ["检查商户143家次\r\n", times])
    lines = "检查商户143家次\n" * times
    expect(box).to_have_value(f"原来{lines}的话")


def test_a_short_paste_is_left_to_the_browser(page, site):
    hands.open_new(page, site)
    assert not page.locator("#facts-paste textarea").evaluate(PASTE, ["检查商户143家次", 1])


def test_words_typed_before_gradio_sets_a_field_are_put_back(page, site):
    hands.open_new(page, site)
    box = page.locator("#facts-paste textarea")
    late = "() => setTimeout(() => { document.querySelector('#facts-paste textarea').value = ''; })"
    box.evaluate(f"(box) => box.addEventListener('input', {late}, {{ once: true }})")
    box.press("1")
    expect(box).to_have_value("1")


def test_a_file_that_is_not_taken_is_refused_in_chinese(page, site, tmp_path):
    hands.open_new(page, site)
    path = tmp_path / "程序.exe"
    path.write_bytes(b"MZ")
    page.locator("#facts-file input[type=file]").set_input_files(path)
    said = re.compile("请注意.*这种文件读不了", re.DOTALL)
    expect(page.locator(".toast-body")).to_contain_text(said)
