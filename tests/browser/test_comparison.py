"""A comparison on the page: a table, a stack of cards on a phone, and what a reader takes along."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant import Assistant
from corpus.settings import Settings
from tests.browser.pages import SAFETY, ask, chips, source_of

pytestmark = pytest.mark.browser
EMPTY = "How does CAR-NK compare with NK-92 in safety, efficacy and cost?"


def test_each_aspect_is_a_row_each_subject_a_column_and_each_cell_cited(
    page: Page, address: str, starter_library: Path
) -> None:
    with Assistant.open(starter_library, Settings()) as assistant:
        answer = assistant.ask(EMPTY)
    assert answer.comparison is not None
    page.goto(address)
    table = ask(page, EMPTY).get_by_role("table")
    heads = table.locator("thead th").all_inner_texts()
    assert tuple(heads) == answer.comparison.subjects
    assert table.locator("tbody th").all_inner_texts() == [row.name for row in answer.comparison.aspects]
    by_id = {statement.id: statement for statement in answer.statements}
    cells = [cell for row in answer.comparison.aspects for cell in row.cells]
    for shown, cell in zip(table.locator("tbody td").all(), cells, strict=True):
        numbers = [str(number) for name in cell for number in by_id[name].citations]
        assert [re.sub(r"\D", "", text) for text in shown.locator("a.chip").all_inner_texts()] == numbers
        assert shown.locator(".kinds").count() == len(cell)
        if not cell:
            expect(shown).to_contain_text("No statement found")


def test_a_number_in_a_cell_leads_to_its_source(page: Page, address: str) -> None:
    page.goto(address)
    chip = chips(ask(page, SAFETY)).last
    chip.click()
    expect(source_of(page, chip)).to_be_focused()


def test_a_comparison_is_taken_along_as_markdown_and_as_csv(
    context: BrowserContext, page: Page, address: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    answer = ask(page, SAFETY)
    answer.get_by_role("button", name="Copy Markdown").click()
    expect(answer.get_by_role("button", name="Copied")).to_be_visible()
    markdown = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r"\| +\| CAR-NK \| CAR-T \|\n\|---", markdown)
    assert "**References**" in markdown
    with page.expect_download() as download:
        answer.locator("summary", has_text="Export").click()
        answer.get_by_role("button", name="Table as CSV").click()
    assert download.value.suggested_filename == "CAR-NK-vs-CAR-T.csv"
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True)))
    assert rows[0] == ["Aspect", "CAR-NK", "CAR-T"]
    assert ["Citation", "Reference", "Address"] in rows


def test_on_a_phone_each_aspect_is_a_card_that_names_its_subjects(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    table = ask(page, SAFETY).get_by_role("table")
    for cell, subject in zip(table.locator("tbody td").all(), ("CAR-NK", "CAR-T"), strict=False):
        expect(cell.locator(".subject")).to_have_text(subject)
        expect(cell.locator(".subject")).to_be_visible()
        box, card = cell.bounding_box(), table.locator("tbody tr").first.bounding_box()
        assert box is not None and card is not None and box["width"] > 0.8 * card["width"]
    context.close()


def test_where_subjects_are_many_they_scroll_past_the_aspects(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 900, "height": 800})
    page = context.new_page()
    page.goto(address)
    answer = ask(page, "CAR-NK versus CAR-T versus NK-92: safety?")
    frame = answer.locator(".table")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    aspect = frame.locator(".aspect").first
    before = aspect.bounding_box()
    frame.evaluate("frame => { frame.scrollLeft = 300; }")
    expect(frame.locator("thead th").last).to_be_in_viewport()
    assert aspect.bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 900
    context.close()
