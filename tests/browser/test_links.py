"""Links into the page: a question, a place in a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.library import Library
from corpus.settings import Settings
from tests.browser.pages import PERSISTENCE, quotes

pytestmark = pytest.mark.browser
ASKED = "?q=How+long+do+CAR-NK+cells+persist%3F"


def test_a_link_opens_a_place_in_a_document(page: Page, address: str, starter_library: Path) -> None:
    with Library(starter_library, Settings()) as library:
        document = next(each for each in library.documents() if each.document_id != "source-article")
        text = library.document(document.document_id).text
    page.goto(f"{address}?doc={document.document_id}&span=20-60")
    reader = page.get_by_role("dialog")
    expect(reader.locator("mark").first).to_be_visible()
    assert "".join(quotes(reader)) == text[20:60]
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Ask the literature")).to_be_visible()


def test_a_link_to_what_is_not_there_is_told_in_a_sentence(page: Page, address: str) -> None:
    page.goto(f"{address}?doc=%3Cimg+src%3Dx%3E&span=1-2")
    expect(page.get_by_role("dialog")).to_contain_text("This document is not in the library.")
    page.goto(f"{address}?doc=source-article&span=90000000-90000009")
    expect(page.get_by_role("dialog")).to_contain_text(
        "The place that the link names is not in this document"
    )
    page.goto(f"{address}?doc=source-article&span=here")
    expect(page.get_by_role("dialog")).to_contain_text("Technical features")
    page.keyboard.press("Escape")
    expect(page.locator(".page-note")).to_contain_text("does not say which place")


def test_a_linked_question_that_is_kept_is_not_asked_again(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Conversations").click()
    page.get_by_role("switch").check()
    page.goto(address + ASKED)
    page.wait_for_url("**/?conversation=*")
    how = page.locator("#chat .how").inner_text()
    page.reload()
    expect(page.locator("#chat .user-row")).to_have_text(PERSISTENCE)
    # How long it took stands in it.
    expect(page.locator("#chat .how")).to_have_text(how, use_inner_text=True)
