"""What a reader does on the page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

ANYTHING = re.compile("")
SAFETY = "How does CAR-NK compare with CAR-T in safety?"
PERSISTENCE = "How long do CAR-NK cells persist?"
TRUE = "Infusions of CD19 CAR-NK cells were tolerated without cytokine release syndrome."
FALSE = "In the trial by Liu et al. (2020), nine of the 11 people treated with CD19 CAR-NK cells responded."


def ask(page: Page, question: str) -> Locator:
    """Type a question, wait for its answer and give the message that holds it."""
    answers = page.locator("#chat .bot-row:has(.how, .error)")
    before = answers.count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(answers).to_have_count(before + 1)
    answer = answers.nth(before)
    # The last thing that the page does with an answer.
    expect(answer.locator("[data-testid=bot]")).not_to_have_attribute("aria-label", ANYTHING)
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
