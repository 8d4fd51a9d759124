"""Conversations: kept if a reader wants it, found, named, opened again, deleted; and what comes before the first."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from socket import socket

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from corpus.library import Library
from corpus.settings import Settings
from tests.browser.pages import PERSISTENCE, SAFETY, ask, chips, drawer, keep, kept, quotes, source_of
from tests.browser.serving import serving

pytestmark = pytest.mark.browser
COSTS = "How much do CAR-T therapies cost?"
KEPT = "async () => [Object.keys(localStorage), (await indexedDB.databases()).map(({ name }) => name), document.cookie]"
# Changes what is kept of every answer, as another version of the page or a stranger might.
SPOIL = """async (spoilt) => {
    const [{ name }] = await indexedDB.databases();
    const database = await new Promise((done) => {
        const asked = indexedDB.open(name);
        asked.onsuccess = () => done(asked.result);
    });
    await new Promise((done) => {
        const transaction = database.transaction("turns", "readwrite");
        const table = transaction.objectStore("turns");
        table.getAll().onsuccess = ({ target }) => target.result.forEach(({ id, turns }) =>
            table.put({ id, turns: [...spoilt, ...turns] }));
        transaction.oncomplete = done;
    });
    database.close();
}"""


def names(page: Page) -> Locator:
    return drawer(page).locator(".conversation bdi")


def begin(page: Page) -> None:
    """Begin a new conversation."""
    page.get_by_role("link", name="New conversation").click()
    expect(page.get_by_role("heading", name="Ask the literature")).to_be_visible()


def test_a_first_visit_tells_what_there_is_and_comes_back_with_a_new_conversation(
    page: Page, address: str, starter_library: Path
) -> None:
    with Library(starter_library, Settings()) as library:
        documents, passages = library.catalogue.counts()
    page.goto(address)
    welcome = page.locator("#welcome")
    expect(welcome).to_contain_text(
        re.compile(rf"{documents} sources from \d{{4}} to \d{{4}}, {passages} passages")
    )
    for kind in ("Ask", "Compare", "Go on asking", "Check a claim"):
        expect(welcome.get_by_role("heading", name=kind, exact=True)).to_be_visible()
    welcome.get_by_role("button", name=SAFETY).click()
    expect(page.locator("#chat").get_by_role("table")).to_be_visible()
    expect(welcome).to_be_hidden()
    begin(page)
    expect(page.locator("#chat .message-row")).to_have_count(0)
    expect(page.locator("#sources .held")).to_be_visible()
    welcome.get_by_role("button", name="Infusions of CD19").click()
    expect(page.locator(".claim a.chip").first).to_be_visible()


def test_nothing_is_kept_before_a_reader_asks_for_it(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, PERSISTENCE)
    expect(drawer(page)).to_contain_text("a conversation is gone when you leave this page")
    assert page.evaluate(KEPT) == [[], [], ""]
    page.keyboard.press("Escape")
    page.reload()
    expect(page.get_by_role("heading", name="Ask the literature")).to_be_visible()


def test_a_kept_conversation_is_whole_after_a_reload(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, PERSISTENCE)
    keep(page)
    kept(page)
    before = ask(page, SAFETY).inner_text()
    page.wait_for_function("async () => (await window.loccitStores.mine().list('CAR-T')).length === 1")
    page.reload()
    questions = page.locator("#chat .user-row")
    expect(questions).to_have_text([PERSISTENCE, SAFETY])
    expect(page.locator("#chat .bot-row").last).to_contain_text(before[:200], use_inner_text=True)
    chip = chips(page.locator("#chat .bot-row").first).first
    chip.click()
    source = source_of(page, chip)
    expect(source).to_be_focused()
    source.press("Enter")
    reader = page.get_by_role("dialog")
    expect(reader.locator("mark").first).to_be_visible()
    assert quotes(reader) == quotes(source)
    page.keyboard.press("Escape")
    assert chips(ask(page, "And what about their cost?")).count() > 0
    expect(page.locator("#chat .read-as").last).to_contain_text("CAR-T")


def test_conversations_are_listed_found_named_and_deleted(page: Page, address: str) -> None:
    page.goto(address)
    keep(page)
    ask(page, PERSISTENCE)
    kept(page)
    begin(page)
    ask(page, COSTS)
    kept(page)
    expect(names(page)).to_have_text([COSTS, PERSISTENCE])
    find = drawer(page).get_by_role("searchbox")
    find.fill("persist")
    expect(names(page)).to_have_text([PERSISTENCE])
    drawer(page).get_by_role("button", name=f"Rename {PERSISTENCE}").click()
    page.keyboard.insert_text("<b>שלום</b> ${1}")
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["<b>שלום</b> ${1}"])
    drawer(page).get_by_role("button", name="<b>").first.click()
    expect(page.locator("#chat .user-row")).to_have_text(PERSISTENCE)
    expect(drawer(page).locator("[aria-current]")).to_contain_text("שלום")
    drawer(page).get_by_role("button", name="Delete <b>").click()
    drawer(page).get_by_role("button", name="Delete", exact=True).click()
    expect(names(page)).to_have_text([COSTS])
    drawer(page).get_by_role("switch").click()
    expect(drawer(page)).to_contain_text("Switching off deletes the conversation that is kept.")
    drawer(page).get_by_role("button", name="Delete and switch off").click()
    expect(drawer(page).get_by_role("switch")).not_to_be_checked()
    assert page.evaluate(KEPT) == [[], [], ""]


def test_what_was_spoilt_is_refused_in_a_sentence_and_the_page_works(page: Page, address: str) -> None:
    page.goto(address)
    keep(page)
    ask(page, PERSISTENCE)
    kept(page)
    hostile = {"question": "<img src=x onerror=alert(1)>", "answer": {"answer": "${alert(1)}"}}
    page.evaluate(SPOIL, [7, {}, hostile])
    page.reload()
    answers = page.locator("#chat .bot-row")
    expect(answers).to_have_count(4)
    expect(answers.nth(2)).to_contain_text("What was kept of this answer cannot be read. Ask again.")
    expect(page.locator("#chat .user-row").nth(2)).to_have_text(str(hostile["question"]))
    expect(chips(answers.last).first).to_be_visible()
    assert chips(ask(page, COSTS)).count() > 0


def test_two_readers_keep_conversations_of_their_own(
    chromium: Browser, context: BrowserContext, address: str
) -> None:
    other = chromium.new_context()
    pages = [context.new_page(), other.new_page()]
    for page, question in zip(pages, (PERSISTENCE, COSTS), strict=True):
        page.goto(address)
        keep(page)
        page.locator("#question textarea").fill(question)
    for page in pages:
        page.locator("#question textarea").press("Enter")
    for page in pages:
        kept(page)
        page.reload()
    for page, question in zip(pages, (PERSISTENCE, COSTS), strict=True):
        expect(page.locator("#chat .user-row")).to_have_text(question)
        expect(page.locator("#sources .asked")).to_have_text(question)
        expect(names(page)).to_have_text([question])
    other.close()


@pytest.fixture
def own_library(starter_library: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(starter_library, tmp_path / "library"))


def test_conversations_outlive_the_server_and_their_documents(page: Page, own_library: Path) -> None:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving(own_library, port=port) as address:
        page.goto(address)
        keep(page)
        ask(page, PERSISTENCE)
        kept(page)
        document = page.locator("#sources .in-context").first.get_attribute("data-document") or ""
        there = page.url
        page.goto("about:blank")
    with Library(own_library, Settings()) as library, library.writing() as writer:
        writer.remove(document)
    with serving(own_library, port=port):
        page.goto(there)
        expect(page.locator("#chat .user-row")).to_have_text(PERSISTENCE)
        expect(page.locator("#sources .changed").first).to_have_text(
            "This source is no longer in the library."
        )
        expect(page.locator("#sources mark").first).to_be_visible()
        assert chips(ask(page, COSTS)).count() > 0
