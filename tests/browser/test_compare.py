"""The Compare view: subjects and aspects in, a cited table out, on a phone one aspect at a time."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

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
    compare(page, address, "CAR-NK", "")
    expect(page.get_by_text("Name at least two different things to compare.")).to_be_visible()


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
