"""The page on a phone and in the dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import CONTRAST, PERSISTENCE, SAFETY, ask, chips, source_of

pytestmark = pytest.mark.browser
READ = (
    "#top .status, #chat p, .chip, .how, .how a, .tag, .record, .section, blockquote, mark, .asked, .in-context, "
    ".number, .note, .licence, .card a"
)


def test_on_a_phone_a_citation_opens_a_sheet_that_can_be_put_away(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    answer = ask(page, PERSISTENCE)
    expect(page.locator("#sources-column")).to_be_hidden()
    chip = chips(answer).last
    chip.tap()
    expect(source_of(page, chip).locator("mark").first).to_be_in_viewport()
    expect(source_of(page, chip)).to_be_focused()
    sheet = page.locator("#sources-column")
    expect(sheet).to_have_css("transform", "none")
    assert chip.evaluate("chip => chip.getBoundingClientRect().bottom") < sheet.evaluate(
        "sheet => sheet.offsetTop"
    )
    page.get_by_role("button", name="Close sources").tap()
    expect(sheet).to_be_hidden()
    expect(chip).to_be_in_viewport()
    answer.get_by_role("link", name="sources").tap()
    expect(sheet).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_nothing_is_wider_than_the_window(chromium: Browser, address: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address)
    ask(page, SAFETY)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wider = "rows => rows.filter(row => row.scrollWidth > row.clientWidth + 1).length"
    assert page.locator("#chat .bot-row, #chat table, .card").evaluate_all(wider) == 0
    box = page.locator("#question").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 800
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_can_be_read_in_either_scheme(chromium: Browser, address: str, scheme: str) -> None:
    dark = scheme == "dark"
    context = chromium.new_context(
        color_scheme="dark" if dark else "light", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(address)
    chips(ask(page, PERSISTENCE)).first.click()
    paper = page.locator(".gradio-container").evaluate("page => getComputedStyle(page).backgroundColor")
    assert paper == ("rgb(21, 24, 27)" if dark else "rgb(251, 250, 247)")
    visible = [element for element in page.locator(READ).all() if element.is_visible()]
    assert len(visible) > 20
    contrasts = {element.inner_text()[:40]: element.evaluate(CONTRAST) for element in visible}
    assert {words: round(ratio, 2) for words, ratio in contrasts.items() if ratio < 4.5} == {}
    context.close()


def test_the_first_visit_offers_questions_of_the_starter_corpus(page: Page, address: str) -> None:
    page.goto(address)
    examples = page.locator("#welcome").get_by_role("button")
    expect(examples).to_have_count(6)
    expect(page.locator("#sources .held")).to_contain_text("clinical trials")
    examples.first.click()
    expect(page.locator("#chat a.chip").first).to_be_visible()
    expect(page.locator("#welcome")).to_be_hidden()
