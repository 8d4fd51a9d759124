"""Pictures of every view at three widths, light and dark: `.screenshots/` keeps them, to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.libraries import open_library, unfold
from tests.browser.pages import FALSE, SAFETY, SEVERAL, TRUE, ask, chips, source_of
from tests.browser.test_compare import compare
from tests.browser.test_overview import see

pytestmark = pytest.mark.browser
SIZES = {"wide": (1440, 900), "middle": (1024, 768), "narrow": (390, 844)}
FOLDER = Path(".screenshots")
SCROLLS_SIDEWAYS = "document.scrollingElement.scrollWidth > innerWidth"

Camera = Callable[[str], None]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_view_fits_its_window_and_is_pictured(
    size: str, scheme: Literal["light", "dark"], chromium: Browser, address: str
) -> None:
    FOLDER.mkdir(exist_ok=True)
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()

    def picture(step: str) -> None:
        page.screenshot(path=FOLDER / f"{size}-{scheme}-{step}.png")
        assert not page.evaluate(SCROLLS_SIDEWAYS), step

    page.goto(address)
    take_asking(page, picture)
    take_compare(page, address, picture)
    take_check(page, address, picture)
    take_library(page, address, picture)
    context.close()


def take_asking(page: Page, picture: Camera) -> None:
    """Go through a conversation, with a picture of every step."""
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
    page.get_by_role("button", name="Conversations", exact=True).click()
    expect(page.get_by_role("dialog", name="Conversations")).to_be_visible()
    picture("7-conversations")
    page.keyboard.press("Escape")


def take_compare(page: Page, address: str, picture: Camera) -> None:
    """Compare two things, with a picture before and after."""
    page.goto(f"{address}#compare")
    expect(page.get_by_role("combobox", name="Subject 1", exact=True)).to_be_visible()
    picture("8-compare")
    compare(page, address, "CAR-NK", "CAR-T")
    expect(page.locator(".compared h2")).to_be_visible()
    picture("9-compared")


def take_check(page: Page, address: str, picture: Camera) -> None:
    """Check two claims and a question, with a picture of every step."""
    page.goto(f"{address}#check")
    text = page.get_by_role("textbox", name="Text to check")
    expect(text).to_be_visible()
    picture("10-check")
    text.fill(f"{TRUE} {FALSE} Is it safe?")
    page.get_by_role("button", name="Check", exact=True).click()
    chip = page.locator(".claim a.chip").first
    expect(chip).to_be_visible()
    picture("11-verdicts")
    chip.click()
    picture("12-deciding-source")
    put_away(page)


def take_library(page: Page, address: str, picture: Camera) -> None:
    """Look through the library, with a picture of every step."""
    open_library(page, address)
    picture("13-library")
    more = unfold(page.locator(".paper").first)
    more.locator(".outline summary").click()
    picture("14-document")
    more.get_by_role("button", name="Remove").click()
    picture("15-removal")
    page.get_by_role("button", name="Keep it").click()
    parts = page.get_by_role("button", name="Add papers")
    if parts.is_visible():
        parts.click()
    page.get_by_label("Identifiers or addresses").fill("no-paper")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".by-name .form-error")).not_to_be_empty()
    page.get_by_text("Licences", exact=True).click()
    picture("16-adding")
    see(page)
    picture("17-overview")


def put_away(page: Page) -> None:
    """Close the sheet of a narrow screen."""
    close = page.get_by_role("button", name="Close sources")
    if close.is_visible():
        close.click()
