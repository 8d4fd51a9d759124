"""Takes pictures of the page, to be looked at: `python -m tests.browser.screenshots LIBRARY` fills `.screenshots/`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.libraries import open_library, unfold
from tests.browser.pages import FALSE, SAFETY, SEVERAL, TRUE, ask, chips, source_of
from tests.browser.serving import FLAGS, serving

SIZES = {"wide": (1440, 900), "middle": (1024, 768), "narrow": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FOLDER = Path(".screenshots")


def main() -> None:
    """Take every picture at every size, light and dark."""
    FOLDER.mkdir(exist_ok=True)
    with serving(Path(sys.argv[1])) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for size in SIZES:
            for scheme in SCHEMES:
                take(browser, address, size, scheme)
        browser.close()


def take(browser: Browser, address: str, size: str, scheme: Literal["light", "dark"]) -> None:
    """Go through a conversation, with a picture of every step."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()

    def picture(step: str) -> None:
        page.screenshot(path=FOLDER / f"{size}-{scheme}-{step}.png")

    page.goto(address)
    expect(page.locator("#welcome").get_by_role("button").last).to_be_visible()
    picture("1-first-visit")
    chip = chips(ask(page, SEVERAL)).nth(3)
    picture("2-answer")
    chip.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    picture("2-preview")
    chip.click()
    expect(source_of(page, chip)).to_be_focused()
    picture("3-source")
    chip.click()
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
    picture("4-reader")
    page.keyboard.press("Escape")
    put_away(page)
    ask(page, SAFETY)
    picture("5-comparison")
    ask(page, "What is the weather in Paris?")
    picture("6-abstention")
    take_check(page, address, picture)
    take_library(page, address, picture)
    context.close()


def take_check(page: Page, address: str, picture: Callable[[str], None]) -> None:
    """Check two claims and a question, with a picture of every step."""
    page.goto(f"{address}#check")
    text = page.get_by_role("textbox", name="Text to check")
    expect(text).to_be_visible()
    picture("11-check")
    text.fill(f"{TRUE} {FALSE} Is it safe?")
    page.get_by_role("button", name="Check", exact=True).click()
    chip = page.locator(".claim a.chip").first
    expect(chip).to_be_visible()
    picture("12-verdicts")
    chip.click()
    picture("13-deciding-source")
    put_away(page)


def take_library(page: Page, address: str, picture: Callable[[str], None]) -> None:
    """Look through the library, with a picture of every step."""
    open_library(page, address)
    picture("7-library")
    more = unfold(page.locator(".paper").first)
    more.locator(".outline summary").click()
    picture("8-document")
    more.get_by_role("button", name="Remove").click()
    picture("9-removal")
    page.get_by_role("button", name="Keep it").click()
    parts = page.get_by_role("button", name="Add papers")
    if parts.is_visible():
        parts.click()
    page.get_by_label("Identifiers or addresses").fill("no-paper")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".by-name .form-error")).not_to_be_empty()
    page.get_by_text("Licences", exact=True).click()
    picture("10-adding")


def put_away(page: Page) -> None:
    """Close the sheet of a narrow screen."""
    close = page.get_by_role("button", name="Close sources")
    if close.is_visible():
        close.click()


if __name__ == "__main__":
    main()
