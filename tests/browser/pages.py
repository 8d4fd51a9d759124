"""What a reader does on the page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

ANYTHING = re.compile("")
SAFETY = "How does CAR-NK compare with CAR-T in safety?"
# One of its sources is cited several times.
SEVERAL = "What does IL-15 do in CAR-NK cells?"
PERSISTENCE = "How long do CAR-NK cells persist?"
TRUE = "Infusions of CD19 CAR-NK cells were tolerated without cytokine release syndrome."
FALSE = "In the trial by Liu et al. (2020), nine of the 11 people treated with CD19 CAR-NK cells responded."
# Gives the contrast of an element's words to what is behind them.
CONTRAST = """element => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const parse = (colour) => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = (rgb) => [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => {
        const c = rgb[i] / 255;
        return sum + share * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    }, 0);
    let ground = element;
    while (parse(getComputedStyle(ground).backgroundColor)[3] < 255) ground = ground.parentElement;
    const colours = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor];
    const [a, b] = colours.map((colour) => light(parse(colour)));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


def ask(page: Page, question: str) -> Locator:
    """Type a question, wait for its answer and give the message that holds it."""
    answers = page.locator("#chat .bot-row:has(.how, .error)")
    before = answers.count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(answers).to_have_count(before + 1)
    answer = answers.nth(before)
    # The last thing that the page does when there is an answer.
    expect(page.locator("#chat [data-testid=user]").last).not_to_have_attribute("aria-label", ANYTHING)
    return answer


def chips(message: Locator) -> Locator:
    """Give the citations of an answer."""
    return message.locator("a.chip")


def source_of(page: Page, chip: Locator) -> Locator:
    """Give the place in the panel that a citation points to."""
    return page.locator(chip.get_attribute("href") or "")


def quotes(place: Locator) -> list[str]:
    """Give the marked words of a source or of a document."""
    return place.locator("mark").all_text_contents()


def drawer(page: Page) -> Locator:
    """Open the list of kept conversations, if it is not, and give it."""
    shown = page.get_by_role("dialog", name="Conversations")
    if not shown.is_visible():
        page.get_by_role("button", name="Conversations", exact=True).click()
    return shown


def keep(page: Page) -> None:
    """Switch the keeping of conversations on."""
    drawer(page).get_by_role("switch").check()
    expect(drawer(page)).to_contain_text("are kept in this browser")
    page.keyboard.press("Escape")


def kept(page: Page) -> None:
    """Wait until what is on the page is kept."""
    page.wait_for_url("**/?conversation=*")
