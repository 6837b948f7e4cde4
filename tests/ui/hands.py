"""What a clerk's hands do on the page; each act waits for its own effect."""

import re

from playwright.sync_api import expect

FACTS = """【党建办】
全镇11个行政村，党员846名
党委书记沈砚秋讲专题党课2场
【应急办】
检查企业商户143家次，隐患97处全部整改
汛期转移群众3次，合计286户812人"""
TASKS = "一、抓实党的建设\n二、守牢安全底线"
PATIENCE = 60_000  # ms; only what fails waits so long, on however busy a machine
expect.set_options(timeout=PATIENCE)
CALLS = "**/gradio_api/run/**"
AT_REST = """() => {
    const rests = document.documentElement.dataset.calls === "0";
    window.restedFrames = rests ? (window.restedFrames ?? 0) + 1 : 0;
    return window.restedFrames > 2;
}"""


def settled(page):
    """Wait until the page shows the answers to all it asked, for three frames on end from now."""
    page.evaluate("window.restedFrames = 0")
    page.wait_for_function(AT_REST)


def press(page, selector):
    page.locator(selector).click()
    settled(page)


def tab(page, name):
    open_tab(page, page.get_by_role("tab", name=name))


def step(page, name):
    """Open a step by its id, whatever the language."""
    open_tab(page, page.locator(f"#step-{name}-button"))


def open_tab(page, button):
    button.click()
    expect(button).to_have_attribute("aria-selected", "true")
    settled(page)


def opened(page, address):
    page.goto(address)
    expect(page.locator("#project-pick input")).not_to_have_value("")
    settled(page)


def open_new(page, site):
    opened(page, site.url)
    before = page.locator("#place textarea").input_value()
    press(page, "#project-new")
    expect(page.locator("#place textarea")).not_to_have_value(before)
    expect(page.locator("#facts-count")).to_contain_text("还没有事实")


def with_outline(page, site, tasks=TASKS):
    open_new(page, site)
    page.locator("#facts-paste textarea").fill(FACTS)
    press(page, "#facts-add")
    expect(page.locator("#facts-count")).to_contain_text("共")
    tab(page, "范例与章节")
    page.locator("#tasks-paste textarea").fill(tasks)
    press(page, "#outline-make")
    expect(page.locator("#outline-table")).to_contain_text(
        tasks.splitlines()[-1].partition("、")[2]
    )


def editor(page):
    return page.locator("#editor textarea")


def to_editor(page):
    tab(page, "撰写")
    expect(editor(page)).to_be_enabled()


def written(page):
    """Wait until no section is being drafted any more."""
    expect(page.locator("#draft-stop")).to_be_disabled()
    expect(editor(page)).to_be_enabled()
    settled(page)


def draft_all(page):
    to_editor(page)
    page.locator("#draft-all").click()
    expect(editor(page)).to_have_value(re.compile("846名"))
    written(page)


def saved(page):
    expect(page.locator("#save-state .saved")).to_contain_text(re.compile("已保存.*版"))
    settled(page)


class Line:
    """A page's line to the server: calls are held back until a test lets them go."""

    def __init__(self, page):
        self.page = page
        self.held = []
        self.is_open = False
        page.route(CALLS, self._called)

    def _called(self, route):
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def waiting(self, most=PATIENCE):
        """Wait until a call is held; return how many are."""
        for _ in range(most // 20):
            if self.held:
                break
            self.page.wait_for_timeout(20)
        return len(self.held)

    def let_one_go(self):
        assert self.waiting()
        self.held.pop(0).continue_()

    def open(self):
        self.waiting(500)
        self.is_open = True
        while self.held:
            self.held.pop(0).continue_()
