"""The Compare view: subjects and aspects in, a cited table out, on a phone one aspect at a time."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.assistant.models.serving import Hang, ModelServer, Start, always
from tests.browser.pages import SAFETY, ask, chips, source_of

pytestmark = pytest.mark.browser


def compare(page: Page, address: str, *subjects: str) -> None:
    page.goto(f"{address}#compare")
    for number, subject in enumerate(subjects, 1):
        page.get_by_role("combobox", name=f"Subject {number}", exact=True).fill(subject)
    page.locator("#compare-view").get_by_role("button", name="Compare", exact=True).click()


def test_two_things_are_compared_and_the_table_is_taken_along(page: Page, address: str) -> None:
    compare(page, address, "CAR-NK", "CAR-T")
    expect(page.locator(".compared h2")).to_have_text("CAR-NK versus CAR-T")
    chip = chips(page.locator(".compared")).first
    chip.click()
    expect(source_of(page, chip)).to_be_focused()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    raw = Path(download.value.path()).read_text("utf-8-sig")
    rows = list(csv.reader(raw.splitlines(keepends=True)))
    assert rows[0] == ["Aspect", "CAR-NK", "CAR-T"]


def test_what_cannot_be_compared_is_told_in_a_sentence(page: Page, address: str) -> None:
    # The aspects that are offered for what was typed come after the refusal, and leave it.
    with page.expect_response("**/compare/aspects"):
        compare(page, address, "CAR-NK", "")
    expect(page.get_by_text("Name at least two different things to compare.")).to_be_visible()


def test_a_name_that_is_too_long_is_not_cut_but_told(page: Page, address: str) -> None:
    compare(page, address, "x" * 300, "CAR-T")
    expect(page.locator("#compare-view .form-error")).to_contain_text("is too long; name it in at most 120")
    expect(page.get_by_role("combobox", name="Subject 1", exact=True)).to_have_value("x" * 300)


def test_aspects_are_switched_typed_and_taken_away_by_keyboard_and_the_table_has_them(
    page: Page, address: str
) -> None:
    page.goto(f"{address}#compare")
    safety = page.get_by_role("checkbox", name="Safety")
    safety.press("Space")
    own = page.get_by_role("textbox", name="An aspect of your own")
    for typed in ("diabetes", "route of entry", "Cost"):
        own.fill(typed)
        own.press("Enter")
    expect(own).to_have_value("")
    expect(page.locator(".own li span")).to_have_text(["Diabetes", "Route of entry"])
    expect(page.get_by_role("checkbox", name="Cost")).to_be_checked()
    page.get_by_role("button", name="Remove the aspect Route of entry").press("Enter")
    expect(page.get_by_role("button", name="Remove the aspect Diabetes")).to_be_focused()
    # What was chosen stays chosen while others are suggested for what is typed.
    for number, subject in enumerate(("CAR-NK", "CAR-T"), 1):
        page.get_by_role("combobox", name=f"Subject {number}", exact=True).fill(subject)
    expect(page.get_by_text("The sources speak of")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Safety")).to_be_checked()
    page.get_by_role("combobox", name="Subject 2", exact=True).press("Enter")
    expect(page.locator(".compared th.aspect")).to_have_text(["Safety", "Cost", "Diabetes"])
    expect(page.locator(".compared tr", has_text="Diabetes")).to_contain_text("says nothing of this")
    column = page.locator(".compare-column")
    assert column.evaluate("column => column.clientHeight === innerHeight - 56")
    assert column.evaluate("column => column.scrollHeight > column.clientHeight")


def test_a_comparison_that_takes_long_tells_so_and_is_stopped_by_button_and_by_escape(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    for press in ("button", "Escape"):
        compare(page, model_address, "CAR-NK", "CAR-T")
        status = page.locator(".comparing-now")
        expect(status).to_contain_text("Comparing…")
        # Stopped before, it would not be asked at all.
        model_server.until(lambda: model_server.open > 0)
        if press == "button":
            expect(status).to_contain_text(re.compile(r"[1-9]\d* s"))
            page.locator("#compare-view").get_by_role("button", name="Stop").click()
        else:
            page.keyboard.press(press)
        expect(page.locator(".compared h2")).to_be_focused()
        expect(page.locator(".compared .notice")).to_contain_text("stopped before any of it was checked")
        expect(status).to_have_text("")
        model_server.until(lambda: model_server.open == 0)


def test_on_a_phone_one_aspect_is_seen_at_a_time(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    ask(page, f"{SAFETY[:-1]} and efficacy?")
    for holder in ("#chat", ".compared"):
        if holder == ".compared":
            compare(page, address, "CAR-NK", "CAR-T")
            expect(page.locator(".compared h2")).to_be_visible()
        rows = page.locator(f"{holder} .comparison tbody tr")
        expect(rows.nth(0)).to_be_visible()
        expect(rows.nth(1)).to_be_hidden()
        page.locator(holder).get_by_role("button", name="Next aspect").click()
        expect(rows.nth(0)).to_be_hidden()
        expect(rows.nth(1)).to_be_visible()
        page.locator(holder).get_by_role("combobox", name="Aspect").select_option(index=0)
        expect(rows.nth(0)).to_be_visible()
    context.close()
