"""Makes the README's pictures: the four steps on the sample township, in a real Chromium.

Run it by ``make screenshots``. It needs a Chromium (Debian's, or ``playwright install chromium``).
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

FOLDER = Path(__file__).resolve().parent / "images"
SIZE = {"width": 1366, "height": 800}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]


def main() -> int:
    """Serve the page on a fresh folder, walk through it, write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        server, address = serve(Path(home))
        try:
            with sync_playwright() as playwright:
                path = shutil.which("chromium") or playwright.chromium.executable_path
                browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
                page = browser.new_page(viewport=SIZE, locale="zh-CN")
                page.set_default_timeout(30_000)
                walk(page, address)
                browser.close()
        finally:
            server.should_exit = server.force_exit = True
    return 0


def serve(home: Path) -> tuple[Any, str]:
    """Start the application in a thread; return the server and its address."""
    import uvicorn

    from drafter.settings import Settings
    from drafter.ui import build_app

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = build_app(Settings(home=home, port=port))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    server.install_signal_handlers = lambda: None
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server, f"http://127.0.0.1:{port}/"


def walk(page: Page, address: str) -> None:
    """Go through the steps and take a picture of each."""
    page.goto(address)
    expect.set_options(timeout=30_000)
    expect(page.locator("#facts-count")).to_contain_text("共")
    take(page, "facts")
    step(page, "范例与章节")
    expect(page.locator("#exemplars .card").first).to_be_visible()
    take(page, "outline")
    step(page, "撰写")
    page.locator("#draft-all").click()
    editor = page.locator("#editor textarea")
    expect(page.locator("#provenance mark").first).to_be_visible()
    editor.fill(editor.input_value().replace("846名", "864名"))
    expect(page.locator("#findings .finding").first).to_be_visible()
    page.locator("#provenance mark", has_text="19个").first.hover()
    expect(page.locator("#tip")).to_be_visible()
    take(page, "writing")
    page.mouse.move(0, 0)
    step(page, "核对与导出")
    expect(page.locator("#compare .panel")).to_be_visible()
    take(page, "review")


def step(page: Page, name: str) -> None:
    """Open a step by its tab."""
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")


def take(page: Page, name: str) -> None:
    """Take a picture once the page has come to rest."""
    page.wait_for_timeout(700)
    page.screenshot(path=FOLDER / f"{name}.png")
    with Image.open(FOLDER / f"{name}.png") as full:
        small = full.convert("RGB").quantize(200, dither=Image.Dither.NONE)
    small.save(FOLDER / f"{name}.png", optimize=True)
    print(FOLDER / f"{name}.png", (FOLDER / f"{name}.png").stat().st_size)


if __name__ == "__main__":
    sys.exit(main())
