"""The Check view: pasted claims, their verdicts, the sentences that decide, and the sources beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from corpus.library import Library
from corpus.settings import Settings
from tests.browser.hostile import TEXT
from tests.browser.pages import CONTRAST, FALSE, TRUE, quotes, source_of

pytestmark = pytest.mark.browser
READ = ".check :is(h2, h3, h4, p, li, blockquote, mark, q, .verdict, .chip, .kind, .by, .in-context, input)"


@pytest.fixture(scope="module")
def library(starter_library: Path) -> Iterator[Library]:
    with Library(starter_library, Settings()) as opened:
        yield opened


def open_check(page: Page, address: str) -> Locator:
    page.goto(f"{address}#check")
    text = page.get_by_role("textbox", name="Text to check")
    expect(text).to_be_visible()
    return text


def check(page: Page, text: str) -> Locator:
    """Check a text and give its claims."""
    page.get_by_role("textbox", name="Text to check").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".checked h2")).to_be_focused()
    return page.locator(".claim")


def slices(library: Library, button: Locator) -> list[str]:
    """Slice the words out of the library's own text, by the offsets that the page carries."""
    text = library.document(button.get_attribute("data-document") or "").text
    spans = (button.get_attribute("data-spans") or "").split()
    return [text[int(start) : int(end)] for start, end in (span.split("-") for span in spans)]


def test_claims_have_verdicts_and_the_words_that_decided(page: Page, address: str, library: Library) -> None:
    open_check(page, address)
    claims = check(page, f"{TRUE} {FALSE} Is it safe?")
    expect(claims).to_have_count(2)
    expect(page.locator(".checked h2")).to_have_text("2 claims: 1 supported and 1 contradicted")
    expect(claims.nth(0).locator(".verdict")).to_have_text(re.compile("Supported"))
    expect(claims.nth(1).locator(".verdict")).to_have_text(re.compile("Contradicted"))
    expect(claims.nth(1).locator(".reasons li").first).to_be_visible()
    expect(page.locator(".set-aside")).to_contain_text("Is it safe?")
    for deciding in page.locator(".deciding").all():
        (sentence,) = slices(library, deciding.get_by_role("button", name="In context"))
        assert deciding.locator("blockquote").inner_text() == sentence
        assert quotes(deciding)
        assert all(words in sentence for words in quotes(deciding))


def test_a_number_leads_to_its_source_and_from_there_into_the_document(
    page: Page, address: str, library: Library
) -> None:
    open_check(page, address)
    chip = check(page, FALSE).first.locator("a.chip").first
    chip.click()
    source = source_of(page, chip)
    expect(source).to_be_focused()
    expect(chip).to_have_class(re.compile(r"\bon\b"))
    expect(page).to_have_url(re.compile("#check$"))
    button = source.get_by_role("button", name="In context")
    assert quotes(source) == slices(library, button)
    button.click()
    reader = page.get_by_role("dialog")
    expect(reader.locator("mark").first).to_be_in_viewport()
    assert quotes(reader) == slices(library, button)
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_one_source_is_chosen_by_keyboard_and_given_up_again(page: Page, address: str) -> None:
    open_check(page, address)
    source = page.get_by_role("combobox", name="In one source only")
    source.fill("transduced natural killer lymphoid")
    options = page.get_by_role("option")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(source).to_have_value(
        "Use of CAR-Transduced Natural Killer Cells in CD19-Positive Lymphoid Tumors"
    )
    check(page, FALSE)
    expect(page.locator(".checked .how")).to_contain_text("one source only, “Use of CAR-Transduced")
    expect(page.locator("#check-sources .card")).to_have_count(1)
    page.get_by_role("button", name="In all sources again").click()
    expect(source).to_have_value("")
    check(page, FALSE)
    expect(page.locator(".checked .how")).to_contain_text("Held against all sources")


def test_words_that_choose_no_source_do_not_stay(page: Page, address: str) -> None:
    text = open_check(page, address)
    source = page.get_by_role("combobox", name="In one source only")
    source.fill("no such title")
    expect(page.get_by_role("listbox")).to_contain_text("No source has these words")
    text.focus()
    expect(source).to_have_value("")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_document_of_the_library_is_checked_from_there(page: Page, address: str) -> None:
    page.goto(f"{address}#library")
    page.locator(".paper .unfold").first.click()
    title = page.locator(".paper .unfold").first.inner_text()
    page.get_by_role("link", name="Check a claim in it").click()
    expect(page.get_by_role("combobox", name="In one source only")).to_have_value(title)
    expect(page.get_by_role("textbox", name="Text to check")).to_be_focused()


def test_the_view_works_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    link = page.get_by_role("navigation", name="Views").get_by_role("link", name="Check")
    link.focus()
    page.keyboard.press("Enter")
    expect(link).to_have_attribute("aria-current", "page")
    expect(page.locator("#question")).to_be_hidden()
    page.get_by_role("textbox", name="Text to check").focus()
    page.keyboard.type(FALSE)
    page.keyboard.press("Enter")
    expect(page.locator(".checked h2")).to_be_focused()
    page.keyboard.press("Tab")
    chip = page.locator(".claim a.chip").first
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(source_of(page, chip)).to_be_focused()
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "There is nothing to check. Paste a sentence or a paragraph."),
        (
            "Terns winter at sea. " * 2500,
            "This text has 52,499 characters; at most 20,000 are checked at once.",
        ),
    ],
)
def test_what_cannot_be_checked_is_told_in_one_line(page: Page, address: str, text: str, line: str) -> None:
    open_check(page, address).fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text=line)).to_be_visible()
    expect(page.locator(".claim")).to_have_count(0)


def test_questions_alone_are_no_claims(page: Page, address: str) -> None:
    open_check(page, address)
    check(page, "Is it safe? How long do they persist?")
    expect(page.locator(".checked h2")).to_have_text("There is no claim in this text")
    expect(page.locator("#check-sources")).to_contain_text("No source says anything for or against this.")


def test_hostile_words_are_only_words(page: Page, hostile_address: str) -> None:
    open_check(page, hostile_address)
    pasted = "<q-x onclick=window.hacked=1> ${window.hacked=2} {{window.hacked=3}}"
    claims = check(page, f"The zebrafish reporter glows under light {pasted}. ![x](http://192.0.2.1/t.png)")
    expect(claims.first.locator("h3")).to_contain_text(pasted)
    assert all(words in TEXT for words in quotes(page.locator(".check")))
    assert page.evaluate("window.hacked") is None
    expect(page.locator(".check").locator("img, script, iframe, q-x")).to_have_count(0)


def test_on_a_phone_the_sources_are_a_sheet(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_check(page, address)
    chip = check(page, FALSE).first.locator("a.chip").first
    sheet = page.locator("#check-sources")
    expect(sheet).to_be_hidden()
    chip.tap()
    expect(source_of(page, chip)).to_be_focused()
    expect(source_of(page, chip).locator("mark").first).to_be_in_viewport()
    page.get_by_role("button", name="Close sources").tap()
    expect(sheet).to_be_hidden()
    context.close()


def test_the_view_is_no_wider_than_the_window(page: Page, address: str) -> None:
    open_check(page, address)
    check(page, f"{TRUE} {FALSE}")
    for width in (1440, 1024, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("""() => [...document.querySelectorAll('.check, .check *, #top header')]
            .filter((e) => e.clientWidth && !e.closest('.sr, .chip, input, textarea'))
            .filter((e) => getComputedStyle(e).display !== 'inline')
            .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1)
            .map((e) => `${e.tagName}.${e.className}`)""")
        assert (width, wide) == (width, [])


@pytest.mark.parametrize("dark", [False, True])
def test_all_words_can_be_read_in_either_scheme(chromium: Browser, address: str, dark: bool) -> None:
    context = chromium.new_context(
        color_scheme="dark" if dark else "light", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    open_check(page, address)
    held = {
        e.inner_text(): e.evaluate(CONTRAST)
        for e in page.locator("#check-sources :is(dt, dd, h2, .mark)").all()
    }
    check(page, f"{TRUE} {FALSE} Is it safe?").first.locator("a.chip").first.click()
    visible = [element for element in page.locator(READ).all() if element.is_visible()]
    assert len(visible) > 20
    contrasts = held | {element.inner_text()[:40]: element.evaluate(CONTRAST) for element in visible}
    assert {words: round(ratio, 2) for words, ratio in contrasts.items() if ratio < 4.5} == {}
    context.close()
