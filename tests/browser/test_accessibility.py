"""The page for everybody: nothing serious found by axe-core on any view, all by keyboard alone, nothing that jumps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.libraries import open_library, unfold
from tests.browser.pages import FALSE, PERSISTENCE, SAFETY, SEVERAL, TRUE, ask, chips, source_of

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
MOST_TABS = 80


def findings(page: Page) -> list[str]:
    """Give what axe-core finds serious or critical in what the page shows now."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press a key until the focus is there."""
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
    pytest.fail(f"{MOST_TABS} times {key} did not lead to {wanted}")


def asked(page: Page, address: str, look: Callable[[str], None]) -> None:
    page.goto(address)
    expect(page.locator("#welcome").get_by_role("button").last).to_be_visible()
    look("first visit")
    ask(page, SAFETY)
    look("comparison in the chat")
    chip = chips(ask(page, SEVERAL)).first
    chip.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    look("preview")
    chip.click()
    expect(source_of(page, chip)).to_be_focused()
    look("source")
    page.locator("#sources .answer-sources:visible .card:has(.cited + .cited) .in-context").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look("document")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    ask(page, PERSISTENCE)
    look("answer")
    ask(page, "What is the weather in Paris?")
    look("no answer")


def checked(page: Page, address: str, look: Callable[[str], None]) -> None:
    page.goto(f"{address}#check")
    text = page.get_by_role("textbox", name="Text to check")
    expect(text).to_be_visible()
    look("check")
    text.fill(f"{TRUE} {FALSE} Is it safe?")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".claim")).to_have_count(2)
    look("claims")


def compared(page: Page, address: str, look: Callable[[str], None]) -> None:
    page.goto(f"{address}#compare")
    subject = page.get_by_role("combobox", name="Subject 1", exact=True)
    expect(subject).to_be_visible()
    look("compare")
    subject.fill("CAR-NK")
    page.get_by_role("combobox", name="Subject 2", exact=True).fill("CAR-T")
    page.locator("#compare-view").get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator(".compared h2")).to_be_focused()
    look("table")


def looked_through(page: Page, address: str, look: Callable[[str], None]) -> None:
    open_library(page, address)
    look("library")
    unfold(page.locator(".paper").first)
    look("document of the library")


@pytest.mark.parametrize("journey", [asked, compared, checked, looked_through])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)])
def test_axe_finds_nothing_serious(
    chromium: Browser, address: str, journey: Callable[..., None], scheme: str, width: int
) -> None:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    journey(page, address, lambda step: found.update({step: findings(page)}))
    assert len(found) > 1
    assert {step: faults for step, faults in found.items() if faults} == {}
    context.close()


def test_a_question_is_asked_and_read_to_its_source_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    page.keyboard.type(PERSISTENCE)
    page.keyboard.press("Enter")
    chip = page.locator("#chat a.chip").last
    expect(chip).to_be_visible()
    tab_to(page, chip, "Shift+Tab")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(source_of(page, chip)).to_be_focused()
    page.keyboard.press("Enter")
    reader = page.get_by_role("dialog")
    expect(reader.locator("mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(source_of(page, chip)).to_be_focused()
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_two_things_are_compared_and_read_to_their_source_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    tab_to(
        page, page.get_by_role("navigation", name="Views").get_by_role("link", name="Compare"), "Shift+Tab"
    )
    page.keyboard.press("Enter")
    for name, words in (("Subject 1", "CAR-NK"), ("Subject 2", "CAR-T")):
        tab_to(page, page.get_by_role("combobox", name=name, exact=True))
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(".compared h2")).to_be_focused()
    chip = page.locator(".compared a.chip").first
    tab_to(page, chip)
    page.keyboard.press("Enter")
    expect(source_of(page, chip)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_a_text_is_checked_and_read_to_its_source_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    tab_to(page, page.get_by_role("navigation", name="Views").get_by_role("link", name="Check"), "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("textbox", name="Text to check"))
    page.keyboard.type(f"{TRUE} {FALSE}")
    page.keyboard.press("Enter")
    expect(page.locator(".checked h2")).to_be_focused()
    tab_to(page, page.locator("a.underlined").last)
    page.keyboard.press("Enter")
    claim = page.locator(".claim").last
    expect(claim).to_be_focused()
    expect(claim.locator(".differs").first).to_be_visible()
    chip = claim.locator("a.chip").first
    tab_to(page, chip)
    for _ in range(2):
        page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_a_document_of_the_library_is_read_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    tab_to(
        page, page.get_by_role("navigation", name="Views").get_by_role("link", name="Library"), "Shift+Tab"
    )
    page.keyboard.press("Enter")
    row = page.locator(".paper .unfold").first
    expect(row).to_be_visible()
    tab_to(page, row)
    page.keyboard.press("Enter")
    way_in = page.locator(".paper .more .in-context").first
    expect(way_in).to_be_visible()
    tab_to(page, way_in)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("h2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(way_in).to_be_focused()


@pytest.mark.parametrize("width", [1440, 390])
def test_what_is_being_read_does_not_jump(chromium: Browser, address: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    context.add_init_script("""window.moved = 0;
        new PerformanceObserver((list) => {
            for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value;
        }).observe({ type: 'layout-shift', buffered: true });""")
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#question textarea")).to_be_visible()
    ask(page, SAFETY)
    chips(page.locator("#chat")).first.click()
    # 0.1 is what the web calls good.
    assert page.evaluate("window.moved") < 0.05
    context.close()


def test_who_wants_no_motion_sees_none(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    chips(ask(page, PERSISTENCE)).first.click()
    moving = """() => document.getAnimations().filter((one) => one.playState === 'running'
        && Number(one.effect.getComputedTiming().duration) > 0).length"""
    assert page.evaluate(moving) == 0
    expect(page.locator("#sources-column")).to_have_css("transition-property", "none")
    context.close()


def test_the_question_box_grows_with_what_is_typed_and_no_further_than_six_lines(
    page: Page, address: str
) -> None:
    page.goto(address)
    box = page.locator("#question textarea")
    heights = []
    for lines in (1, 3, 6, 12):
        box.fill("\n".join(["How long?"] * lines))
        heights.append(box.evaluate("box => box.clientHeight"))
    one, three, six, twelve = heights
    assert one < three < six == twelve
    assert three == one + 2 * 24
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
