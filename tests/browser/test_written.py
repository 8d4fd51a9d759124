"""Answers of a language model on the page, when they are finished: what was left out, copied, or is only words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.assistant.models.behaviours import Writer, negating, perfectly, with_markup, writing
from tests.assistant.models.serving import Hang, ModelServer, Status, always
from tests.browser.pages import CONTRAST, PERSISTENCE, ask, chips
from tests.browser.writers import UNSUPPORTED, begin, finished, one_sentence_then, stop_button

pytestmark = pytest.mark.browser
READ = ".unchecked, .progress, .mark, .notice, .left-out summary, .left-out del, .left-out span, .how p, #top .model"


def test_what_nothing_bears_out_is_folded_away_below_the_answer(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    model_server.script = one_sentence_then(UNSUPPORTED)
    page.goto(model_address)
    message = finished(begin(page))
    expect(message.locator(".said")).to_have_count(1)
    left_out = message.locator(".left-out del")
    expect(left_out).to_be_hidden()
    message.get_by_text("1 sentence was left out as unsupported or unfinished").press("Enter")
    expect(left_out).to_have_text(UNSUPPORTED)
    expect(message.locator(".left-out")).to_contain_text("It names no evidence.")
    assert chips(message.locator(".left-out")).count() == 0


def test_a_copied_answer_has_neither_what_was_left_out_nor_what_is_said_of_it(
    context: BrowserContext, page: Page, model_address: str, model_server: ModelServer
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    model_server.script = one_sentence_then(UNSUPPORTED)
    page.goto(model_address)
    message = finished(begin(page))
    message.get_by_role("link", name="Copy").click()
    expect(message.get_by_role("link", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r"[^\n]+\[1\]\n\n\[1\] ", copied)
    assert "left out" not in copied
    assert UNSUPPORTED not in copied


def test_a_copied_answer_keeps_the_marks_of_its_sentences(
    context: BrowserContext, page: Page, model_address: str, model_server: ModelServer
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    model_server.script = writing(
        lambda evidence: negating(dict([*evidence.items()][:1])), repairing=perfectly
    )
    page.goto(model_address)
    message = finished(begin(page))
    expect(message.locator(".mark")).to_have_text("(rewritten)")
    message.get_by_role("link", name="Copy").click()
    expect(message.get_by_role("link", name="Copied")).to_be_visible()
    assert re.match(r"[^\n]+\[1\] \(rewritten\)\n\n\[1\] ", page.evaluate("navigator.clipboard.readText()"))


def test_a_model_that_fails_leaves_the_sources_own_sentences(
    page: Page, model_address: str, model_server: ModelServer
) -> None:
    model_server.script = always(Status(401))
    page.goto(model_address)
    message = ask(page, PERSISTENCE)
    notice = message.locator(".notice")
    expect(notice).to_contain_text("So this answer is composed of the sources' own sentences.")
    expect(message.locator(".how")).to_contain_text("Composed from the sources' own sentences.")
    assert chips(message).count() > 1


@pytest.mark.parametrize(
    "write", [with_markup, lambda evidence: f"<img src=x onerror=alert(1)> {with_markup(evidence)}"]
)
def test_what_a_model_writes_is_only_words(
    page: Page, model_address: str, model_server: ModelServer, write: Writer
) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    model_server.script = writing(write)
    page.goto(model_address)
    message = finished(begin(page))
    expect(message.locator("img, script, iframe, object, embed, table")).to_have_count(0)
    links = message.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert all(link.startswith("#") for link in links), links
    assert dialogs == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_said_of_an_answer_can_be_read_in_either_scheme(
    chromium: Browser, model_address: str, model_server: ModelServer, scheme: str
) -> None:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(model_address)
    model_server.script = one_sentence_then(f"{UNSUPPORTED} Nobody has ever seen", Hang())
    message = begin(page)
    expect(message.locator(".unchecked")).to_have_count(1)
    contrasts = contrasts_of(page)
    stop_button(page).click()
    finished(message).locator(".left-out summary").click()
    contrasts |= contrasts_of(page)
    assert len(contrasts) > 6
    assert {words: round(ratio, 2) for words, ratio in contrasts.items() if ratio < 4.5} == {}
    context.close()


def contrasts_of(page: Page) -> dict[str, float]:
    visible = [element for element in page.locator(READ).all() if element.is_visible()]
    return {element.inner_text()[:40]: element.evaluate(CONTRAST) for element in visible}
