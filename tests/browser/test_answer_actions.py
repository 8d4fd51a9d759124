"""Under an answer: files of it, opinions, the question once more or in other words, and what to ask next."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Locator, Page, expect

from corpus.readers import Opinion, Readers
from tests.browser.pages import PERSISTENCE, SEVERAL, ask, chips, keep, kept
from tests.browser.serving import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_library(starter_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library to which readers may write."""
    return Path(shutil.copytree(starter_library, tmp_path_factory.mktemp("judged") / "library"))


@pytest.fixture(scope="module")
def own_address(own_library: Path) -> Iterator[str]:
    with serving(own_library) as served:
        yield served


def questions(page: Page) -> list[str]:
    return page.locator("#chat .user-row").all_inner_texts()


def menu(answer: Locator, words: str) -> Locator:
    """Open a menu by keyboard, and give it."""
    opened = answer.locator(".menu", has=answer.page.locator("summary", has_text=words))
    opened.locator("summary").press("Enter")
    return opened


def test_an_answer_is_exported_in_every_format(page: Page, address: str) -> None:
    page.goto(address)
    answer = ask(page, PERSISTENCE)
    texts = {}
    for name in ("Markdown", "BibTeX", "RIS", "CSL-JSON"):
        item = menu(answer, "Export").get_by_role("button", name=name)
        with page.expect_download() as download:
            item.press("Enter")
        texts[download.value.suggested_filename] = Path(download.value.path()).read_text("utf-8")
        expect(answer.locator("summary", has_text="Export")).to_be_focused()
    stem = "How-long-do-CAR-NK-cells-persist"
    titles = [item["title"] for item in json.loads(texts[f"{stem}.json"])]
    cards = page.locator("#sources .card h3").all_inner_texts()
    assert titles == cards
    assert [entry["title"] for entry in rispy.loads(texts[f"{stem}.ris"])] == titles
    assert len(parse_string(texts[f"{stem}.bib"]).entries) == len(titles)
    assert texts[f"{stem}.md"].startswith(f"# {PERSISTENCE}\n")


def test_an_opinion_is_kept_changed_taken_back_and_known_again(
    page: Page, own_address: str, own_library: Path
) -> None:
    page.goto(own_address)
    answer = ask(page, PERSISTENCE)
    good = answer.get_by_role("button", name="Good")
    said = answer.locator(".done")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(said).to_have_text("Kept: good.")
    menu(answer, "Wrong citation").get_by_role("button", name="2 · ").click()
    expect(said).to_have_text("Kept: citation 2 is wrong.")
    expect(good).to_have_attribute("aria-pressed", "false")
    readers = Readers.open(own_library)
    (judged,) = readers.feedback()
    assert (judged.opinion, judged.wrong, judged.question) == (Opinion.WRONG_CITATION, 2, PERSISTENCE)
    assert {words.number for words in judged.cited} == set(range(1, chips(answer).count() + 1))
    keep(page)
    kept(page)
    page.reload()
    second = menu(answer, "Wrong citation").get_by_role("button", name="2 · ")
    expect(second).to_have_attribute("aria-pressed", "true")
    second.click()
    expect(said).to_have_text("Taken back.")
    assert readers.feedback() == []
    readers.close()


def test_an_answer_asked_again_takes_the_place_of_the_first(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, PERSISTENCE)
    name = page.locator("#chat .after").get_attribute("data-answer")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(f'#chat .after:not([data-answer="{name}"])')).to_be_visible()
    assert questions(page) == [PERSISTENCE]
    expect(page.locator("#sources .answer-sources")).to_have_count(1)
    chips(page.locator("#chat .bot-row")).first.click()
    expect(page.locator("#sources .cited.on")).to_be_focused()


def test_an_edited_question_takes_the_place_of_its_turn_and_those_after_it(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, PERSISTENCE)
    ask(page, "And what about their safety?")
    box = page.locator("#question textarea")
    box.fill("a draft")
    edit = page.get_by_role("button", name="Edit question").first
    edit.click()
    expect(box).to_be_focused()
    expect(box).to_have_value(PERSISTENCE)
    expect(page.locator("#asking .editing")).to_contain_text("takes the place of this question")
    box.press("Escape")
    expect(edit).to_be_focused()
    expect(box).to_have_value("a draft")
    assert len(questions(page)) == 2
    edit.press("Enter")
    box.fill(SEVERAL)
    box.press("Enter")
    expect(page.locator("#chat .user-row")).to_have_count(1)
    expect(page.locator("#sources .answer-sources")).to_have_count(1)
    expect(page.locator("#sources .asked")).to_have_text(SEVERAL)
    assert questions(page) == [SEVERAL]
    expect(page.locator("#asking .editing")).to_have_count(0)


def test_questions_to_go_on_with_come_below_the_newest_answer_and_are_asked_by_a_click(
    page: Page, address: str
) -> None:
    page.goto(address)
    answer = ask(page, SEVERAL)
    offered = answer.locator(".follow-up")
    words = answer.locator(".lead").first.bounding_box()
    expect(offered.first).to_be_visible(timeout=15_000)
    assert answer.locator(".lead").first.bounding_box() == words
    assert 1 <= offered.count() <= 3
    next_question = offered.first.inner_text()
    offered.first.click()
    expect(page.locator("#chat .user-row")).to_have_count(2)
    assert questions(page) == [SEVERAL, next_question]
    expect(page.locator("#chat .bot-row:last-child .how")).to_be_visible()
    expect(answer.locator(".follow-ups")).to_be_hidden()
    assert chips(page.locator("#chat .bot-row").last).count() > 0
