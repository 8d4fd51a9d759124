"""Asking on the page: answers, citations, sources, the document behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from corpus.document import Document, SourceType
from corpus.library import Library
from corpus.settings import Settings
from tests.browser.pages import PERSISTENCE, SAFETY, ask, chips, quotes, source_of

pytestmark = pytest.mark.browser
IN_VIEW = """element => {
    const box = element.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 8));
    return at !== null && element.closest('.card, .reader-body').contains(at);
}"""


@pytest.fixture(scope="module")
def library(starter_library: Path) -> Iterator[Library]:
    opened = Library(starter_library, Settings())
    yield opened
    opened.close()


def in_context(source: Locator) -> Locator:
    return source.get_by_role("button", name="In context")


def document_of(library: Library, source: Locator) -> Document:
    return library.document(in_context(source).get_attribute("data-document") or "")


def slices(library: Library, source: Locator) -> list[str]:
    """Slice the quoted words out of the library's own text, by the offsets that the page carries."""
    spans = (in_context(source).get_attribute("data-spans") or "").split()
    text = document_of(library, source).text
    return [text[int(start) : int(end)] for start, end in (span.split("-") for span in spans)]


def test_a_citation_brings_its_source_forward_with_the_quoted_words_marked(
    page: Page, address: str, library: Library
) -> None:
    page.goto(address)
    answer = ask(page, PERSISTENCE)
    assert chips(answer).count() > 1
    for chip in chips(answer).all():
        chip.click()
        source = source_of(page, chip)
        expect(source).to_be_focused()
        expect(source.locator("xpath=ancestor-or-self::*[contains(@class, 'card')]")).to_have_class(
            re.compile(r"\bon\b")
        )
        expect(chip).to_have_class(re.compile(r"\bon\b"))
        assert source.locator("mark").first.evaluate(IN_VIEW)
        assert quotes(source) == slices(library, source)


def test_every_quote_of_a_comparison_is_the_librarys_text(page: Page, address: str, library: Library) -> None:
    page.goto(address)
    answer = ask(page, SAFETY)
    expect(answer.get_by_role("table")).to_be_visible()
    numbered = {chip.get_attribute("href") for chip in chips(answer).all()}
    sources = [page.locator(str(target)) for target in numbered]
    kinds = {document_of(library, source).source_type for source in sources}
    assert kinds >= {SourceType.CLINICAL_TRIAL, SourceType.REVIEW}
    assert all(quotes(source) == slices(library, source) for source in sources)


def test_in_context_opens_the_document_at_the_quote_and_gives_the_focus_back(
    page: Page, address: str, library: Library
) -> None:
    page.goto(address)
    chip = chips(ask(page, "What does IL-15 do in CAR-NK cells?")).first
    chip.click()
    source = source_of(page, chip)
    in_context(source).click()
    reader = page.get_by_role("dialog")
    expect(reader).to_be_visible()
    assert quotes(reader) == slices(library, source)
    assert reader.locator("mark").first.evaluate(IN_VIEW)
    shown = re.sub(r"\s|read at \S+", "", reader.locator(".reader-body").inner_text())
    for block in document_of(library, source).blocks:
        assert re.sub(r"\s", "", block.span.of(document_of(library, source).text)) in shown
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(in_context(source)).to_be_focused()


def test_the_page_works_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=PERSISTENCE).focus()
    page.keyboard.press("Enter")
    first = page.locator("#chat a.chip").first
    expect(first).to_be_visible()
    page.locator("#question textarea").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if first.evaluate("chip => chip === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(source_of(page, first)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(first).to_be_focused()


def test_earlier_answers_keep_their_sources(page: Page, address: str) -> None:
    page.goto(address)
    earlier = chips(ask(page, PERSISTENCE)).first
    ask(page, SAFETY)
    expect(page.locator("#sources-1")).to_be_hidden()
    earlier.click()
    expect(page.locator("#sources-1")).to_be_visible()
    expect(page.locator("#sources-2")).to_be_hidden()
    expect(source_of(page, earlier)).to_be_focused()


def test_a_follow_up_is_understood_from_the_conversation(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, PERSISTENCE)
    assert chips(ask(page, "And what about their safety?")).count() > 0


def test_a_question_that_the_library_cannot_answer_gets_none(page: Page, address: str) -> None:
    page.goto(address)
    answer = ask(page, "What is the weather in Paris?")
    expect(answer).to_contain_text("The library cannot answer this.")
    expect(answer).to_contain_text("Paris")
    expect(answer).to_contain_text(re.compile(r"Searched \d+ sources, \d+ passages"))
    assert chips(answer).count() == 0
    nearest = page.locator(".answer-sources.nearest")
    expect(nearest).to_contain_text("Nearest in the library, not an answer")
    expect(nearest.locator(".card .number")).to_have_count(0)
    expect(nearest.locator(".card").first).to_be_visible()


def test_a_right_to_left_word_keeps_its_sentence_in_order(page: Page, address: str) -> None:
    page.goto(address)
    chip = chips(
        ask(page, "How are chimeric antigen receptors introduced into NK cells by genetic engineering?")
    ).first
    chip.click()
    word = page.locator("#sources bdi[dir=rtl]").first
    expect(word).to_have_text("באמצעות")
    sides = word.evaluate("""word => {
        const edge = (node, at) => {
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + 1);
            return range.getBoundingClientRect();
        };
        const [before, after] = [word.previousSibling, word.nextSibling];
        const boxes = [edge(before, before.length - 3), word.getBoundingClientRect(), edge(after, 2)];
        return boxes.map(box => [box.top, box.left]);
    }""")
    assert sides == sorted(sides, key=lambda place: (round(place[0] / 12), place[1]))


def test_copied_answers_carry_their_references(context: BrowserContext, page: Page, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    answer = ask(page, PERSISTENCE)
    answer.get_by_role("link", name="Copy").click()
    expect(answer.get_by_role("link", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    cited = set(re.findall(r"\[(\d+)\]", copied.split("\n\n[1] ")[0]))
    listed = re.findall(r"^\[(\d+)\] .+https?://", copied, re.MULTILINE)
    assert cited == set(listed)
    assert "Source " not in copied


def test_a_link_asks_its_question(page: Page, address: str) -> None:
    page.goto(f"{address}?q=How+long+do+CAR-NK+cells+persist%3F")
    expect(page.locator("#chat .user-row")).to_have_text(PERSISTENCE)
    expect(page.locator("#chat a.chip").first).to_be_visible()


def test_two_readers_do_not_mix(chromium: Browser, address: str) -> None:
    contexts = [chromium.new_context(), chromium.new_context()]
    pages = [context.new_page() for context in contexts]
    for page, question in zip(pages, (PERSISTENCE, "How much do CAR-T therapies cost?"), strict=True):
        page.goto(address)
        page.locator("#question textarea").fill(question)
    for page in pages:
        page.locator("#question textarea").press("Enter")
    for page, question in zip(pages, (PERSISTENCE, "How much do CAR-T therapies cost?"), strict=True):
        expect(page.locator("#chat .user-row")).to_have_text(question)
        expect(page.locator("#sources .asked")).to_have_text(question)
    for context in contexts:
        context.close()


def test_many_readers_are_answered_at_once(chromium: Browser, address: str) -> None:
    # Each with a browser of their own: one opens six connections to a server at the most, and a page holds its own.
    contexts = [chromium.new_context() for _ in range(3)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto(f"{address}?q=How+long+do+CAR-NK+cells+persist%3F", wait_until="commit")
    for page in pages:
        expect(page.locator("#chat a.chip").first).to_be_visible(timeout=30_000)
    for context in contexts:
        context.close()
