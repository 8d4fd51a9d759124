"""The Library view: the documents, what is known of them, and their removal."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from corpus.settings import Settings
from tests.browser.hostile import TITLE
from tests.browser.libraries import BIRDS, PHALAROPES, RETRACTED, fill, find, open_library, unfold
from tests.browser.pages import CONTRAST, ask
from tests.browser.serving import serving

pytestmark = pytest.mark.browser
READ = ".library :is(h2, h3, h4, p, label, dt, dd, small, button, .tag, .hint, .licence, summary), #top nav a"


@pytest.fixture(scope="module")
def library_address(
    starter_library: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    scratch = tmp_path_factory.mktemp("birds")
    folder = Path(shutil.copytree(starter_library, scratch / "library"))
    fill(folder, settings, scratch)
    with serving(folder) as served:
        yield served


def test_the_newest_documents_are_listed_and_the_others_on_demand(page: Page, library_address: str) -> None:
    open_library(page, library_address)
    rows = page.locator(".paper")
    expect(rows).to_have_count(100)
    expect(rows.first.locator(".record")).to_contain_text("2026")
    page.get_by_role("button", name=re.compile("Show .* more")).click()
    expect(rows).to_have_count(200)
    expect(rows.nth(100).locator(".unfold")).to_be_focused()


def test_words_narrow_the_list_while_they_are_typed(page: Page, library_address: str) -> None:
    open_library(page, library_address)
    find(page, "sandbank 140", "bird-140")
    expect(page.locator(".count")).to_contain_text(re.compile(r"^1 of \d+ documents · 1 passage$"))
    find(page, "åström", "bird-5")
    find(page, "bird-33", "bird-33")
    page.get_by_role("searchbox", name="Search the documents").fill("no such words")
    expect(page.locator(".paper")).to_have_count(0)
    expect(page.locator(".count")).to_contain_text("0 of ")


def test_kinds_years_texts_and_retractions_narrow_the_list(page: Page, library_address: str) -> None:
    open_library(page, library_address)
    page.get_by_label("From year").fill("1950")
    page.get_by_label("To year").fill("1951")
    expect(page.locator(".paper")).to_have_count(2 * BIRDS // 50)
    page.get_by_label("Kind of source").select_option("review")
    expect(page.locator(".paper")).to_have_count(0)
    page.get_by_label("From year").fill("")
    page.get_by_label("To year").fill("")
    expect(page.locator(".paper").first.locator(".tag").first).to_have_text("Review")
    page.get_by_label("Kind of source").select_option("")
    page.get_by_label("What the library holds").select_option("digest")
    expect(page.locator(".paper").first).to_contain_text("Digest")
    expect(page.locator(".paper", has_text="Full text")).to_have_count(0)


def test_a_retracted_paper_is_marked_in_the_list_its_details_and_the_reader(
    page: Page, library_address: str
) -> None:
    open_library(page, library_address)
    page.get_by_label("Retracted", exact=True).check()
    expect(page.locator(".paper")).to_have_count(1)
    row = page.locator(f'.paper[data-document="{RETRACTED}"]')
    expect(row.locator(".tag.retracted")).to_have_text("Retracted")
    more = unfold(row)
    expect(more).to_contain_text("This paper was retracted.")
    more.get_by_role("button", name="Read").click()
    expect(page.get_by_role("dialog").locator(".retraction")).to_be_visible()


def test_a_document_is_read_from_its_beginning(page: Page, library_address: str) -> None:
    open_library(page, library_address)
    more = unfold(find(page, "The Rise of CAR-NK", "source-article"))
    expect(more).to_contain_text("12 passages")
    expect(more).to_contain_text("Dengyue")
    more.get_by_text("Outline, 12 sections").click()
    expect(more.get_by_text("Clinical progress")).to_be_visible()
    read = more.get_by_role("button", name="Read")
    read.click()
    reader = page.get_by_role("dialog")
    expect(reader.get_by_role("heading", name="The Rise of CAR-NK")).to_be_in_viewport()
    expect(reader.locator("mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(read).to_be_focused()


def test_a_removed_document_is_gone_from_the_list_and_from_answers(page: Page, library_address: str) -> None:
    page.goto(library_address)
    question = "Where do phalaropes spin?"
    expect(ask(page, question)).to_contain_text(PHALAROPES)
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Library").click()
    before = page.locator("#top .counts").inner_text()
    more = unfold(find(page, "bird-44", "bird-44"))
    more.get_by_role("button", name="Remove").click()
    dialog = page.get_by_role("dialog", name="Remove this document?")
    expect(dialog).to_contain_text("Terns of sandbank 44")
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_be_hidden()
    more.get_by_role("button", name="Remove").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(page.locator(".paper")).to_have_count(0)
    expect(page.locator("#top .counts")).not_to_have_text(before)
    page.get_by_role("link", name="Ask", exact=True).click()
    expect(ask(page, question)).to_contain_text("The library cannot answer this.")


def test_an_uploaded_page_is_shown_as_it_was_and_can_do_nothing(
    context: BrowserContext, page: Page, library_address: str
) -> None:
    open_library(page, library_address)
    page.get_by_role("searchbox", name="Search the documents").fill("avocets")
    expect(page.locator(".paper")).to_have_count(1)
    more = unfold(page.locator(".paper"))
    expect(more).to_contain_text("an uploaded file, avocets.html")
    failed: list[tuple[str, str | None]] = []
    context.on("requestfailed", lambda request: failed.append((request.url, request.failure)))
    with context.expect_page() as opened:
        more.get_by_role("link", name="Open original").click()
    original = opened.value
    expect(original.locator("#seen")).to_have_text(
        "Avocets rest at the lagoon in August, some forty of them."
    )
    assert failed == [("http://192.0.2.1/pixel.png", "csp")]
    expect(page.locator("#top .counts")).to_be_visible()


def test_the_view_stays_open_over_a_reload_and_is_reached_by_keyboard(
    page: Page, library_address: str
) -> None:
    page.goto(library_address)
    link = page.get_by_role("navigation", name="Views").get_by_role("link", name="Library")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".paper").first).to_be_visible()
    expect(link).to_have_attribute("aria-current", "page")
    expect(page.locator("#question")).to_be_hidden()
    page.reload()
    first = page.locator(".paper .unfold").first
    expect(first).to_be_visible()
    first.focus()
    page.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(page.locator(".paper .more").first.locator(":focus")).to_have_count(1)
    page.go_back()
    expect(page.locator("#question")).to_be_visible()


def test_hostile_documents_are_only_words_in_the_list_too(page: Page, hostile_address: str) -> None:
    open_library(page, hostile_address)
    row = page.locator(".paper")
    expect(row.locator(".unfold")).to_have_text(TITLE)
    more = unfold(row)
    expect(more).to_contain_text("<b>Author 39</b>")
    assert page.evaluate("window.hacked") is None
    expect(page.locator(".library").locator("img, script, iframe, object, embed")).to_have_count(0)
    more.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("dialog")).to_contain_text(TITLE)
    links = page.locator(".library a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert all(link.startswith(("#", "https://")) for link in links), links


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_the_view_is_no_wider_than_the_window(chromium: Browser, library_address: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    open_library(page, library_address)
    unfold(page.locator(".paper").first)
    parts = page.get_by_role("button", name="Add papers")
    if parts.is_visible():
        assert _too_wide(page) == []
        parts.click()
        expect(page.locator(".paper").first).to_be_hidden()
    page.get_by_text("Licences", exact=True).click()
    page.get_by_role("button", name="Preview").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Preview")).to_be_in_viewport()
    assert _too_wide(page) == []
    context.close()


def _too_wide(page: Page) -> list[str]:
    wide: list[str] = (
        page.evaluate("""() => [...document.querySelectorAll('.library, .library *, #top header')]
        .filter((e) => e.clientWidth && !e.closest('.sr, input, textarea, select'))
        .filter((e) => getComputedStyle(e).display !== 'inline')
        .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1)
        .map((e) => `${e.tagName}.${e.className}`)""")
    )
    return wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_of_the_view_can_be_read_in_either_scheme(
    chromium: Browser, library_address: str, scheme: str
) -> None:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    open_library(page, library_address)
    page.get_by_label("Retracted", exact=True).check()
    expect(page.locator(".paper")).to_have_count(1)
    unfold(page.locator(".paper"))
    visible = [element for element in page.locator(READ).all() if element.is_visible()]
    assert len(visible) > 20
    contrasts = {element.inner_text()[:40]: element.evaluate(CONTRAST) for element in visible}
    assert {words: round(ratio, 2) for words, ratio in contrasts.items() if ratio < 4.5} == {}
    context.close()
