"""Documents and questions that would rather be programs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hostile import TEXT, TITLE
from tests.browser.pages import ask, chips, quotes, source_of

pytestmark = pytest.mark.browser
QUESTION = (
    "Where does the zebrafish reporter glow? <img src=http://192.0.2.1/q.png onerror='window.hacked=1'>"
    " ![x](http://192.0.2.1/q.png) [link](javascript:window.hacked=2) ${window.hacked=3} www.example.org"
)


def test_hostile_documents_are_only_words(page: Page, hostile_address: str) -> None:
    page.goto(hostile_address)
    expect(page.locator("#welcome").get_by_role("button")).to_have_count(0)
    answer = ask(page, "Where does the zebrafish reporter glow?")
    for chip in chips(answer).all():
        chip.click()
        source = source_of(page, chip)
        assert all(quote in TEXT for quote in quotes(source))
    card = page.locator(".card").first
    expect(card.get_by_role("heading")).to_have_text(TITLE)
    expect(card.locator(".record")).to_contain_text("<b>Author 0</b>, <b>Author 1</b>, <b>Author 2</b>, … ·")
    expect(card.get_by_text("Retracted")).to_be_visible()
    card.get_by_role("button", name="In context").first.click()
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("heading").first).to_have_text(TITLE)
    assert_harmless(page)


def test_hostile_questions_are_only_words(page: Page, hostile_address: str) -> None:
    page.goto(hostile_address)
    ask(page, QUESTION)
    expect(page.locator("#chat .user-row")).to_have_text(QUESTION)
    expect(page.locator("#sources .asked")).to_have_text(QUESTION)
    assert_harmless(page)


def assert_harmless(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    made = page.locator("#chat, #sources, #reader")
    expect(made.locator("img, script, iframe, object, embed")).to_have_count(0)
    links = made.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert all(link.startswith("#") for link in links), links


def test_a_document_that_has_changed_is_not_shown_in_place_of_what_was_quoted(
    page: Page, hostile_address: str
) -> None:
    page.goto(hostile_address)
    chip = chips(ask(page, "Where does the zebrafish reporter glow?")).first
    context = source_of(page, chip).get_by_role("button", name="In context")
    context.evaluate("button => { button.dataset.sha256 = 'of another text'; }")
    context.click()
    reader = page.get_by_role("dialog")
    expect(reader).to_contain_text("This source has changed since the answer was given. Ask again")
    expect(reader.locator("mark")).to_have_count(0)
    expect(reader).not_to_contain_text("glows")
