"""What a reader does while a scripted language model writes, and what that model writes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.assistant.models.behaviours import Purpose, evidence_in, perfectly, purpose_of, writing
from tests.assistant.models.serving import Chat, Gate, Hang, ModelServer, Pause, Reply, Say, Script
from tests.browser.pages import PERSISTENCE

PATIENCE = 30_000  # milliseconds
UNSUPPORTED = "Nobody has ever seen them swim in the sea."


def begin(page: Page, question: str = PERSISTENCE) -> Locator:
    """Ask, and give the message that will hold the answer."""
    before = page.locator("#chat .bot-row").count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    message = page.locator("#chat .bot-row").nth(before)
    # The first question to a server that has just begun waits for what later ones find ready.
    expect(message.locator(".progress", has_text="Searching")).to_have_count(0, timeout=PATIENCE)
    return message


def stop_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Stop")


def finished(message: Locator) -> Locator:
    """Wait for an answer to be finished."""
    expect(message.locator(".how, .error")).to_be_visible(timeout=PATIENCE)
    return message


def expect_open(server: ModelServer, number: int) -> None:
    """Wait until the model answers so many requests."""
    server.until(lambda: server.open == number)


def saying(write: Callable[[list[tuple[str, str]]], Reply]) -> Script:
    """Let the model say something of its evidence: pairs of a key and words without a full stop.

    Follow-up questions it takes for whole.
    """

    def reply(chat: Chat) -> Reply:
        if purpose_of(chat.prompt) is Purpose.QUESTION:
            return writing(perfectly)(chat)
        return write([(key, text.rstrip(".")) for key, text in evidence_in(chat.prompt).items()])

    return reply


def two_sentences(pause: Gate) -> Script:
    """Write a sentence and half of another one; go on when the gate is open."""

    def write(evidence: list[tuple[str, str]]) -> Reply:
        (first, said), (second, told) = evidence[:2]
        words = told.split()
        half = len(words) // 2
        begun, rest = " ".join(words[:half]), " ".join(words[half:])
        return [Say(f"{said} [{first}]. {begun}"), Pause(pause), Say(f" {rest} [{second}].")]

    return saying(write)


def one_sentence_then(*then: str | Hang) -> Script:
    """Write a sentence that stands, then something else."""

    def write(evidence: list[tuple[str, str]]) -> Reply:
        key, text = evidence[0]
        steps = [Say(f"{text} [{key}].")]
        return [*steps, *(Say(f" {step}") if isinstance(step, str) else step for step in then)]

    return saying(write)
