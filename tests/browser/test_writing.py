"""Answers of a language model on the page: while they are written, when they are finished, and when they are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

from tests.assistant.models.behaviours import Writer, evidence_in, with_markup, writing
from tests.assistant.models.conftest import need
from tests.assistant.models.serving import (
    Chat,
    Gate,
    Hang,
    ModelServer,
    Pause,
    Reply,
    Say,
    Script,
    Start,
    Status,
    always,
)
from tests.browser.pages import CONTRAST, PERSISTENCE, ask, chips, quotes, source_of
from tests.browser.serving import serving

pytestmark = pytest.mark.browser
PATIENCE = 30_000  # milliseconds
UNSUPPORTED = "Nobody has ever seen them swim in the sea."
READ = ".unchecked, .progress, .mark, .notice, .left-out summary, .left-out del, .left-out span, .how p, #top .model"
# As quick as can be: a press on Ask, and on Stop in the same moment.
CLICK_TWICE = """stop => {
    const ask = document.createElement("button");
    ask.className = "submit-button";
    stop.before(ask);
    ask.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    ask.remove();
    stop.click();
}"""


@pytest.fixture(scope="module")
def model_server() -> Iterator[ModelServer]:
    need("llama_index.llms.openai_like", "loccit[openai-like]")
    # In a thread of its own: in this one runs the loop that drives the browser, and there is room for one.
    with ThreadPoolExecutor(1) as thread, ExitStack() as open_until_the_end:
        yield thread.submit(open_until_the_end.enter_context, ModelServer()).result()


@pytest.fixture(scope="module")
def address(
    starter_library: Path, model_server: ModelServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    settings = {
        "LOCCIT_LLM": f"openai-like:{model_server.openai_url}#scripted",
        "LOCCIT_SPENDING": str(tmp_path_factory.mktemp("spending") / "spending.sqlite"),
    }
    with serving(starter_library, settings) as served:
        yield served


@pytest.fixture(autouse=True)
def forget(model_server: ModelServer) -> None:
    model_server.requests.clear()


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
    """Let the model say something of its evidence: pairs of a key and words without a full stop."""

    def reply(chat: Chat) -> Reply:
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


def test_a_sentence_is_unchecked_until_it_has_its_numbers(
    page: Page, address: str, model_server: ModelServer
) -> None:
    pause = Gate()
    model_server.script = two_sentences(pause)
    page.goto(address)
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


def test_what_nothing_bears_out_is_folded_away_below_the_answer(
    page: Page, address: str, model_server: ModelServer
) -> None:
    model_server.script = one_sentence_then(UNSUPPORTED)
    page.goto(address)
    message = finished(begin(page))
    expect(message.locator(".said")).to_have_count(1)
    left_out = message.locator(".left-out del")
    expect(left_out).to_be_hidden()
    message.get_by_text("1 sentence was left out: not supported by the sources").press("Enter")
    expect(left_out).to_have_text(UNSUPPORTED)
    expect(message.locator(".left-out")).to_contain_text("It names no evidence.")
    assert chips(message.locator(".left-out")).count() == 0


def test_a_copied_answer_has_neither_what_was_left_out_nor_what_is_said_of_it(
    context: BrowserContext, page: Page, address: str, model_server: ModelServer
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    model_server.script = one_sentence_then(UNSUPPORTED)
    page.goto(address)
    message = finished(begin(page))
    message.get_by_role("link", name="Copy").click()
    expect(message.get_by_role("link", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r"[^\n]+\[1\]\n\n\[1\] ", copied)
    assert "left out" not in copied
    assert UNSUPPORTED not in copied


def test_a_silent_model_is_stopped_and_the_sources_speak_instead(
    page: Page, address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    page.goto(address)
    message = begin(page)
    expect(message.locator(".progress")).to_contain_text("reads the best of them")
    stop_button(page).click()
    model_server.until(lambda: model_server.chats[0].went_away)
    expect(finished(message).locator(".notice")).to_contain_text("stopped before any of it was checked")
    assert chips(message).count() > 0
    expect(stop_button(page)).to_have_count(0)


def test_what_was_checked_stays_where_the_model_is_stopped(
    page: Page, address: str, model_server: ModelServer
) -> None:
    model_server.script = one_sentence_then("Nobody has ever seen", Hang())
    page.goto(address)
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
    page: Page, address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    page.goto(address)
    page.locator("#question textarea").fill(PERSISTENCE)
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    expect(stop_button(page)).to_be_focused()
    stop_button(page).press("Enter")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_focused()


def test_the_second_click_of_a_double_click_stops_nothing(
    page: Page, address: str, model_server: ModelServer
) -> None:
    pause = Gate()
    model_server.script = two_sentences(pause)
    page.goto(address)
    page.locator("#question textarea").fill(PERSISTENCE)
    page.get_by_role("button", name="Ask", exact=True).click()
    stop_button(page).evaluate(CLICK_TWICE)
    pause.set()
    expect(finished(page.locator("#chat .bot-row").first).locator(".said")).to_have_count(2)


def test_a_reader_who_closes_the_page_stops_the_model(
    context: BrowserContext, address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    page = context.new_page()
    page.goto(address)
    begin(page)
    model_server.until(lambda: model_server.chats)
    page.close()
    model_server.until(lambda: model_server.chats[0].went_away)


def test_answers_in_several_tabs_are_stopped_one_by_one(
    context: BrowserContext, address: str, model_server: ModelServer
) -> None:
    model_server.script = always([Start(), Hang()])
    # More than the connections that a browser opens to one server.
    pages = [context.new_page() for _ in range(7)]
    for page in pages:
        page.goto(address)
    asked = pages[:3]
    messages = [begin(page) for page in asked]
    expect_open(model_server, len(asked))
    for left, (page, message) in enumerate(zip(asked, messages, strict=True), start=1):
        page.bring_to_front()
        stop_button(page).click()
        finished(message)
        expect_open(model_server, len(asked) - left)


def test_a_model_that_fails_leaves_the_sources_own_sentences(
    page: Page, address: str, model_server: ModelServer
) -> None:
    model_server.script = always(Status(401))
    page.goto(address)
    message = ask(page, PERSISTENCE)
    notice = message.locator(".notice")
    expect(notice).to_contain_text("So this answer is composed of the sources' own sentences.")
    expect(message.locator(".how")).to_contain_text("Composed from the sources' own sentences.")
    assert chips(message).count() > 1


@pytest.mark.parametrize(
    "write", [with_markup, lambda evidence: f"<img src=x onerror=alert(1)> {with_markup(evidence)}"]
)
def test_what_a_model_writes_is_only_words(
    page: Page, address: str, model_server: ModelServer, write: Writer
) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    model_server.script = writing(write)
    page.goto(address)
    message = finished(begin(page))
    expect(message.locator("img, script, iframe, object, embed, table")).to_have_count(0)
    links = message.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert all(link.startswith("#") for link in links), links
    assert dialogs == []


def test_screen_readers_are_told_each_checked_sentence_once_and_nothing_unchecked(
    page: Page, address: str, model_server: ModelServer
) -> None:
    pause = Gate()
    model_server.script = two_sentences(pause)
    page.goto(address)
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


def test_nothing_moves_while_an_answer_grows(page: Page, address: str, model_server: ModelServer) -> None:
    page.goto(address)
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_said_of_an_answer_can_be_read_in_either_scheme(
    chromium: Browser, address: str, model_server: ModelServer, scheme: str
) -> None:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(address)
    model_server.script = one_sentence_then(f"{UNSUPPORTED} Nobody has ever seen", Hang())
    message = begin(page)
    expect(message.locator(".unchecked")).to_have_count(1)
    contrasts = contrasts_of(page)
    stop_button(page).click()
    finished(message).locator("summary").click()
    contrasts |= contrasts_of(page)
    assert len(contrasts) > 6
    assert {words: round(ratio, 2) for words, ratio in contrasts.items() if ratio < 4.5} == {}
    context.close()


def contrasts_of(page: Page) -> dict[str, float]:
    visible = [element for element in page.locator(READ).all() if element.is_visible()]
    return {element.inner_text()[:40]: element.evaluate(CONTRAST) for element in visible}
