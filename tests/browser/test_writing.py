"""Answers of a language model on the page, while they are written: what is checked, what is told, and Stop."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.assistant.models.serving import Gate, Hang, ModelServer, Start, always
from tests.browser.pages import PERSISTENCE, chips, quotes, source_of
from tests.browser.writers import begin, expect_open, finished, one_sentence_then, stop_button, two_sentences

pytestmark = pytest.mark.browser
# As quick as can be: a press on Ask, and on Stop in the same moment.
CLICK_TWICE = """stop => {
    const ask = document.createElement("button");
    ask.className = "submit-button";
    stop.before(ask);
    ask.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    ask.remove();
    stop.click();
}"""


def test_a_sentence_is_unchecked_until_it_has_its_numbers(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    pause = Gate()
    model_server.script = two_sentences(pause)
    page.goto(model_address)
    expect(page.locator("#top .model")).to_have_text(re.compile(r" · scripted \(127.*\), on this machine"))
    expect(page.locator("#welcome")).to_contain_text("Nothing that you ask leaves this machine.")
    message = begin(page)
    said = message.locator(".said")
    expect(said).to_have_count(2)
    expect(said.first.locator(".chip")).to_have_text(["1"])
    expect(said.first.locator(".unchecked")).to_have_count(0)
    expect(said.last.locator(".unchecked")).to_contain_text("(not checked yet)")
    expect(message.locator(".progress")).to_contain_text("is writing")
    expect(chips(message)).to_have_count(0)
    words = said.first.inner_text()
    pause.set()
    finished(message)
    expect(message.locator(".unchecked, .progress")).to_have_count(0)
    assert said.first.inner_text().replace("Source", "").split() == words.split()
    assert chips(message).count() == 2
    for chip in chips(message).all():
        chip.click()
        assert quotes(source_of(page, chip))
    expect(message.locator(".how")).to_contain_text("Written by scripted (127.0.0.1:")
    expect(message.locator(".how")).to_contain_text("First word after")


def test_a_silent_model_is_stopped_and_the_sources_speak_instead(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    page.goto(model_address)
    message = begin(page)
    expect(message.locator(".progress")).to_contain_text("reads the best of them")
    # Stopped before, it would not be asked at all.
    expect_open(model_server, 1)
    stop_button(page).click()
    model_server.until(lambda: model_server.chats[0].went_away)
    expect(finished(message).locator(".notice")).to_contain_text("stopped before any of it was checked")
    assert chips(message).count() > 0
    expect(stop_button(page)).to_have_count(0)


def test_what_was_checked_stays_where_the_model_is_stopped(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    model_server.script = one_sentence_then("Nobody has ever seen", Hang())
    page.goto(model_address)
    message = begin(page)
    expect(message.locator(".unchecked")).to_contain_text("Nobody has ever")
    page.get_by_role("textbox", name="Your question").fill("What comes next")
    stop_button(page).click()
    model_server.until(lambda: model_server.chats[0].went_away)
    expect(finished(message).locator(".said")).to_have_count(1)
    expect(message.locator(".notice")).to_have_text("Stopped by you. What had been checked by then stays.")
    expect(chips(message)).to_have_count(1)
    expect(page.get_by_role("textbox", name="Your question")).to_have_value("What comes next")


def test_ask_and_stop_take_the_focus_from_each_other(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    page.goto(model_address)
    page.locator("#question textarea").fill(PERSISTENCE)
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    expect(stop_button(page)).to_be_focused()
    stop_button(page).press("Enter")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_focused()


def test_escape_stops_the_model_unless_something_else_is_open(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    page.goto(model_address)
    model_server.script = one_sentence_then()
    chip = chips(finished(begin(page))).first
    model_server.script = always([Start(), Hang()])
    message = begin(page, "What does IL-15 do in CAR-NK cells?")
    expect_open(model_server, 1)
    chip.click()
    source_of(page, chip).get_by_role("button", name="In context").click()
    reader = page.get_by_role("dialog")
    expect(reader).to_be_visible()
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(stop_button(page)).to_have_attribute("aria-keyshortcuts", "Escape")
    page.get_by_role("textbox", name="Your question").press("Escape")
    expect_open(model_server, 0)
    expect(finished(message).locator(".notice")).to_contain_text("stopped before any of it was checked")


def test_the_second_click_of_a_double_click_stops_nothing(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    pause = Gate()
    model_server.script = two_sentences(pause)
    page.goto(model_address)
    page.locator("#question textarea").fill(PERSISTENCE)
    page.get_by_role("button", name="Ask", exact=True).click()
    stop_button(page).evaluate(CLICK_TWICE)
    pause.set()
    expect(finished(page.locator("#chat .bot-row").first).locator(".said")).to_have_count(2)


def test_a_reader_who_closes_the_page_stops_the_model(
    context: BrowserContext, model_address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    page = context.new_page()
    page.goto(model_address)
    begin(page)
    model_server.until(lambda: model_server.chats)
    page.close()
    model_server.until(lambda: model_server.chats[0].went_away)


def test_answers_in_several_tabs_are_stopped_one_by_one(
    context: BrowserContext, model_address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    # More than the connections that a browser opens to one server.
    pages = [context.new_page() for _ in range(7)]
    for page in pages:
        page.goto(model_address)
    asked = pages[:3]
    messages = [begin(page) for page in asked]
    expect_open(model_server, len(asked))
    for left, (page, message) in enumerate(zip(asked, messages, strict=True), start=1):
        page.bring_to_front()
        stop_button(page).click()
        finished(message)
        expect_open(model_server, len(asked) - left)


def test_screen_readers_are_told_each_checked_sentence_once_and_nothing_unchecked(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    pause = Gate()
    model_server.script = two_sentences(pause)
    page.goto(model_address)
    message = begin(page)
    told = page.get_by_role("log", name="Checked sentences").locator("p")
    expect(told).to_have_count(1)
    expect(message.locator(".unchecked")).not_to_be_empty()
    expect(page.locator("#chat [role=log]")).to_have_attribute("aria-live", "off")
    first = told.first.inner_text()
    assert first.endswith(" [1]")
    pause.set()
    finished(message)
    expect(told.nth(2)).to_have_text("The answer is finished.")
    assert told.first.inner_text() == first
    assert not any("not checked yet" in words for words in told.all_inner_texts())


def test_nothing_moves_while_an_answer_grows(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    page.goto(model_address)
    model_server.script = one_sentence_then()
    finished(begin(page))
    pause = Gate()
    model_server.script = two_sentences(pause)
    message = begin(page, "What does IL-15 do in CAR-NK cells?")
    question = page.locator("#chat .user-row").last
    expect(message.locator(".said")).to_have_count(2)
    expect(message.locator(".said .chip")).to_have_count(1)

    def places() -> list[object]:
        return [part.bounding_box() for part in (question, page.locator("#question"), stop_or_ask)]

    stop_or_ask = page.locator("#question").get_by_role("button")
    top = page.locator("#chat .bubble-wrap").bounding_box()
    before = places()
    box = question.bounding_box()
    assert top and box and box["y"] - top["y"] < 30
    pause.set()
    finished(message)
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    assert places() == before
