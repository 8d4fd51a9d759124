"""Reading on: what a number stands for, its passage, the whole document, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from corpus.library import Library
from corpus.settings import Settings
from tests.browser.pages import PERSISTENCE, SEVERAL, ask, chips, quotes, source_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def library(starter_library: Path) -> Iterator[Library]:
    with Library(starter_library, Settings()) as opened:
        yield opened


def preview(page: Page) -> Locator:
    return page.get_by_role("tooltip")


def reader(page: Page) -> Locator:
    return page.get_by_role("dialog")


def shared(page: Page) -> tuple[Locator, list[str]]:
    """Give the first card with several numbers, and these."""
    card = page.locator("#sources .card:has(.cited + .cited)").first
    numbers = [str(cited.get_attribute("id")).split("-")[-1] for cited in card.locator(".cited").all()]
    assert len(numbers) > 1
    return card, numbers


def test_a_pointer_that_rests_on_a_number_is_shown_its_source_and_quote(page: Page, address: str) -> None:
    page.goto(address)
    chip = chips(ask(page, PERSISTENCE)).first
    chip.hover()
    shown = preview(page)
    expect(shown).to_be_visible()
    source = source_of(page, chip)
    card = page.locator(".card").filter(has=source)
    expect(shown.locator(".title")).to_have_text(card.locator("h3").inner_text())
    expect(shown.locator(".tag").first).to_have_text(card.locator(".tag").first.inner_text())
    assert shown.locator("blockquote").inner_text() == " … ".join(quotes(source))
    # It stays while the pointer goes over to it, and goes with Escape.
    box = shown.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    expect(shown).to_be_visible()
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()


def test_the_keyboards_focus_is_told_the_same_as_a_description(page: Page, address: str) -> None:
    page.goto(address)
    chip = chips(ask(page, PERSISTENCE)).last
    page.locator("#question textarea").focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if chip.evaluate("chip => chip === document.activeElement"):
            break
    expect(preview(page)).to_be_visible()
    expect(chip).to_have_accessible_description(re.compile(re.escape(quotes(source_of(page, chip))[0][:40])))
    page.keyboard.press("Enter")
    expect(preview(page)).to_be_hidden()
    expect(source_of(page, chip)).to_be_focused()


def test_a_second_click_opens_the_document_and_back_returns(
    page: Page, address: str, library: Library
) -> None:
    page.goto(address)
    chip = chips(ask(page, PERSISTENCE)).first
    chip.click()
    source = source_of(page, chip)
    expect(source).to_be_focused()
    expect(reader(page)).to_be_hidden()
    chip.click()
    expect(reader(page).locator("mark").first).to_be_in_viewport()
    assert quotes(reader(page)) == quotes(source)
    reader(page).get_by_role("button", name="Back").click()
    expect(reader(page)).to_be_hidden()
    expect(chip).to_be_focused()


def test_the_browsers_own_back_leaves_the_document_and_not_the_page(page: Page, address: str) -> None:
    page.goto(address)
    chip = chips(ask(page, PERSISTENCE)).first
    for _ in range(2):
        chip.click()
    expect(reader(page)).to_be_visible()
    page.go_back()
    expect(reader(page)).to_be_hidden()
    expect(chip).to_be_visible()
    chip.click()
    expect(reader(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(reader(page)).to_be_hidden()
    page.wait_for_function("!history.state?.loccitReader")
    expect(chip).to_be_visible()


def test_the_answers_other_citations_are_marked_and_listed_in_the_margin(
    page: Page, address: str, library: Library
) -> None:
    page.goto(address)
    ask(page, SEVERAL)
    card, numbers = shared(page)
    button = card.get_by_role("button", name="In context").first
    text = library.document(button.get_attribute("data-document") or "").text
    button.click()
    listed = reader(page).get_by_role("navigation").get_by_role("button")
    expect(listed).to_have_count(len(numbers))
    assert sorted(place.get_attribute("data-number") or "" for place in listed.all()) == sorted(numbers)
    for number, cited in zip(numbers, card.locator(".cited").all(), strict=True):
        expect(reader(page).locator(f'.place[data-number="{number}"]')).to_have_count(1)
        shown = reader(page).locator(f'[data-cites~="{number}"]').all_text_contents()
        assert "".join(shown) == "".join(quotes(cited))
        assert all(words in text for words in shown)
    away = listed.last
    away.click()
    expect(away).to_have_attribute("aria-current", "true")
    words = reader(page).locator(f'[data-cites~="{away.get_attribute("data-number")}"]').first
    expect(words).to_have_class(re.compile(r"\bon\b"))
    expect(words).to_be_in_viewport()


def test_from_a_checked_claim_too(page: Page, address: str) -> None:
    page.goto(f"{address}#check")
    page.get_by_role("textbox", name="Text to check").fill("CAR-NK cells persist for weeks.")
    page.get_by_role("button", name="Check", exact=True).click()
    chip = page.locator(".claim a.chip").first
    chip.click()
    expect(source_of(page, chip)).to_be_focused()
    chip.click()
    expect(reader(page).locator("mark").first).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("textbox", name="Text to check")).to_be_visible()


def test_a_link_to_a_place_needs_no_quote(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#question textarea")).to_be_visible()
    page.evaluate("window.loccitReader.open({ document: 'source-article', spans: [[200, 260]] })")
    expect(reader(page).locator("mark").first).to_be_in_viewport()
    assert len("".join(quotes(reader(page)))) > 40


def test_on_a_phone_the_places_stand_above_the_text(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    ask(page, SEVERAL)
    _, numbers = shared(page)
    chip = page.locator(f'#chat a.chip[href$="-{numbers[0]}"]').first
    chip.tap()
    expect(source_of(page, chip)).to_be_focused()
    chip.tap()
    expect(reader(page).locator("mark").first).to_be_in_viewport()
    places = reader(page).get_by_role("navigation")
    expect(places).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = reader(page).locator(".reader-body")
    assert wide.evaluate("body => body.scrollWidth <= body.clientWidth + 1")
    expect(preview(page)).to_have_count(0)
    context.close()


def test_cards_say_what_each_source_is_and_what_it_does(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, PERSISTENCE)
    for card in page.locator("#sources .card").all():
        expect(card.locator(".tags")).to_contain_text(re.compile("Full text|Abstract|Digest"))
        for cited in card.locator(".cited").all():
            expect(cited.locator(".support").first).to_have_text(re.compile("[✓◐] Supports"))
