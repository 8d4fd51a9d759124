"""Filters by the question box: what they let answer, and that they are never forgotten."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import PERSISTENCE, ask, chips

pytestmark = pytest.mark.browser


def choose_years(page: Page, first: str = "", last: str = "") -> None:
    """Type years, by keyboard alone."""
    page.locator("#filters .pill").first.press("Enter")
    page.get_by_role("spinbutton", name="From").fill(first)
    page.get_by_role("spinbutton", name="to", exact=True).fill(last)
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Years")).to_be_hidden()
    expect(page.locator("#filters .pill").first).to_be_focused()


def test_filters_narrow_what_answers_until_they_are_removed(page: Page, address: str) -> None:
    page.goto(address)
    choose_years(page, "2021")
    page.get_by_role("button", name="All kinds").click()
    page.get_by_role("group", name="Kinds of sources").get_by_label("clinical trials").check()
    expect(page.locator("#filters .fitting")).to_have_text(re.compile(r"^\d+ of \d+ sources$"))
    answer = ask(page, PERSISTENCE)
    expect(answer.locator(".within")).to_have_text("Only clinical trials from 2021 on")
    cards = page.locator("#sources-1 .card")
    assert cards.count() > 0
    for card in cards.all():
        expect(card.locator(".tags")).to_contain_text("Clinical trial")
        assert int((card.locator(".record").text_content() or "")[-4:]) >= 2021
    page.get_by_role("button", name="Remove the filter: Clinical trials").click()
    expect(page.get_by_role("button", name="All kinds")).to_be_focused()
    expect(ask(page, PERSISTENCE).locator(".within")).to_have_text("Only sources from 2021 on")
    page.get_by_role("button", name="Remove the filter: From 2021").click()
    expect(ask(page, PERSISTENCE).locator(".within")).to_have_count(0)


def test_one_source_can_be_asked_alone(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="All sources").click()
    page.get_by_role("searchbox", name="Find a source").fill("lupus")
    offered = page.get_by_role("group", name="Sources found").get_by_role("checkbox")
    expect(page.get_by_role("group", name="Sources found")).not_to_contain_text("leukemia")
    offered.first.click()
    expect(page.locator("#filters .fitting")).to_have_text(re.compile("^1 of "))
    page.keyboard.press("Escape")
    ask(page, PERSISTENCE)
    expect(page.locator("#sources-1 .card")).to_have_count(1)
    expect(page.locator("#sources-1 .card h3")).to_contain_text("lupus")


def test_where_filters_leave_no_answer_it_can_be_asked_without_them(page: Page, address: str) -> None:
    page.goto(address)
    choose_years(page, last="1901")
    expect(page.locator("#filters .fitting")).to_have_text("No source fits")
    refused = ask(page, PERSISTENCE)
    expect(refused).to_contain_text("No source in the library fits your filters: sources up to 1901.")
    choose_years(page, "2025", "2025")
    declined = ask(page, "How much do CAR-T therapies cost in the UK?")
    expect(declined).to_contain_text("The library cannot answer this.")
    expect(declined).to_contain_text("Filters are on")
    answers = page.locator("#chat .bot-row:has(.how)")
    before = answers.count()
    refused.get_by_role("button", name="Ask without filters").click()
    expect(answers).to_have_count(before + 1)
    expect(answers.last.locator(".within")).to_have_count(0)
    expect(chips(answers.last).first).to_be_visible()
    expect(page.locator("#filters .pill.on")).to_have_count(0)
