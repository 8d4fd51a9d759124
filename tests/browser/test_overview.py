"""The library seen as a whole: papers by year, the map of the passages, and what little is known of."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest
from tests.browser.libraries import open_library
from tests.browser.pages import SEVERAL, ask
from tests.browser.serving import serving

pytestmark = pytest.mark.browser
MADE = 60_000
# Where the server keeps the map, another test may have had it made already.
DOTS = ".map .points path"


@pytest.fixture(scope="module")
def overview_address(starter_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = Path(shutil.copytree(starter_library, tmp_path_factory.mktemp("seen") / "library"))
    with serving(folder) as served:
        yield served


def see(page: Page) -> Locator:
    """Turn to the overview and wait for its map."""
    page.get_by_role("button", name="Overview", exact=True).click()
    overview = page.locator(".overview")
    expect(overview.locator(".topic").first).to_be_visible(timeout=MADE)
    expect(overview.locator(DOTS).first).to_be_attached(timeout=MADE)
    return overview


def test_a_bar_a_kind_and_a_number_lead_to_the_papers_that_they_count(
    page: Page, overview_address: str
) -> None:
    open_library(page, overview_address)
    everything = page.locator(".paper").count()
    overview = see(page)
    legend = overview.locator(".legend button", has_text="Clinical trials")
    number = int(legend.locator("small").inner_text())
    legend.click()
    expect(page.locator(".count")).to_be_focused()
    expect(page.locator(".paper")).to_have_count(number)
    page.get_by_role("button", name="Overview", exact=True).click()
    overview.get_by_text("The years as a table").click()
    cell = overview.locator('.by-year td .to-list[data-year="2024"][data-kind="clinical-trial"]')
    number = int(re.findall(r"\d+", cell.inner_text())[0])
    cell.press("Enter")
    expect(page.locator(".paper")).to_have_count(number)
    page.get_by_role("button", name="Overview", exact=True).click()
    # A bar has no room for a pointer but on the plot's own layer above it.
    bar = overview.locator(".bars .points path").first.bounding_box()
    assert bar
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    expect(page.get_by_label("From year")).not_to_have_value("")
    expect(page.locator(".paper").first).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".paper")).to_have_count(everything)


def test_the_map_tells_its_passages_opens_them_and_marks_those_of_the_last_answer(
    page: Page, overview_address: str
) -> None:
    page.goto(overview_address)
    ask(page, SEVERAL)
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Library").click()
    overview = see(page)
    # What is drawn above the map has its place by now.
    expect(overview.locator(".js-plotly-plot")).to_have_count(2)
    expect(overview.locator(".aspects > li").first).to_be_visible()
    line = overview.locator(".answered")
    expect(line).to_contain_text(SEVERAL)
    number = int(re.findall(r"\d+", line.inner_text())[0])
    star = overview.locator(".map .trace").last.locator(".points path")
    expect(star).to_have_count(number)
    place = star.first.bounding_box()
    assert place
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    tip = overview.locator(".tip")
    expect(tip).to_be_visible()
    title = tip.locator("strong").inner_text()
    words = tip.locator("q").inner_text().removesuffix(" …")
    page.mouse.down()
    page.mouse.up()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("h2")).to_have_text(title)
    expect(dialog.locator("mark").first).to_be_in_viewport()
    marked = " ".join(" ".join(dialog.locator("mark").all_text_contents()).split())
    assert marked.startswith(" ".join(words.split())[:60])
    page.keyboard.press("Escape")
    overview.locator(".topic").first.press("Enter")
    expect(overview.locator(".topic").first).to_have_attribute("aria-pressed", "true")
    expect(overview.locator(".map .trace").nth(1)).to_have_css("opacity", "0.12")


def test_who_cannot_see_the_map_reads_it_as_a_table_and_opens_its_passages(
    page: Page, overview_address: str
) -> None:
    open_library(page, overview_address)
    overview = see(page)
    overview.get_by_text("The map as a table").press("Enter")
    rows = overview.locator(".mapped tbody tr")
    expect(rows).to_have_count(overview.locator(".topic").count())
    passage = rows.first.locator(".to-passage").first
    title = passage.locator("strong").inner_text()
    passage.press("Enter")
    expect(page.get_by_role("dialog").locator("h2")).to_have_text(title)
    expect(page.get_by_role("dialog").locator("mark").first).to_be_visible()


def test_thin_evidence_is_named_asked_about_and_looked_for(page: Page, overview_address: str) -> None:
    open_library(page, overview_address)
    overview = see(page)
    thin = overview.locator(".aspects > li", has_text="Regulation")
    expect(thin.locator(".amount")).to_contain_text(re.compile(r"^\d+ passages? in \d+ papers?"))
    thin.get_by_text("Which", exact=True).click()
    expect(thin.locator(".to-passage").first).to_be_visible()
    thin.get_by_role("button", name="Look for papers about Regulation").click()
    query = page.get_by_label("What to look for")
    expect(query).to_be_focused()
    expect(query).to_have_value("CAR-NK cells regulation")
    page.get_by_role("button", name="Overview", exact=True).click()
    thin.get_by_role("button", name="Ask about Regulation").click()
    expect(page.locator("#chat [data-testid=user]")).to_contain_text("regulation")
    expect(page.locator("#chat .bot-row:has(.how, .error)")).to_be_visible(timeout=MADE)


def test_the_plots_follow_the_scheme_at_once_and_nothing_serious_is_found_in_either(
    page: Page, overview_address: str
) -> None:
    open_library(page, overview_address)
    overview = see(page)
    bar = overview.locator(".bars .points path").first
    colours = []
    for scheme in ("light", "dark"):
        page.evaluate("scheme => document.body.classList.toggle('dark', scheme === 'dark')", scheme)
        tone = overview.locator(".legend .tone").first.evaluate(
            "tone => getComputedStyle(tone).backgroundColor"
        )
        expect(bar).to_have_css("fill", tone)
        colours.append(tone)
        found = Axe().run(page).response["violations"]
        assert [
            (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}
        ] == []
    assert colours[0] != colours[1]


def test_on_a_phone_the_overview_is_no_wider_than_the_window(page: Page, overview_address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_library(page, overview_address)
    overview = see(page)
    expect(overview.locator(".aspects li").first).to_be_attached()
    for summary in overview.locator(".tabled > summary").all():
        summary.click()
    wide = page.evaluate("""() => [...document.querySelectorAll('.overview, .overview *')]
        .filter((e) => !e.closest(".sr, .scroller, .plot svg, .tip"))
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
        .map((e) => `${e.tagName}.${e.className}`)""")
    assert wide == []
    small = overview.locator(":is(.topic, .legend button, .zoom button)").evaluate_all(
        "all => all.filter((e) => e.getBoundingClientRect().height < 44).length"
    )
    assert small == 0


def test_hostile_and_few_documents_are_only_words_and_make_no_errors(
    page: Page, hostile_address: str, settings: Settings, tmp_path: Path
) -> None:
    open_library(page, hostile_address)
    page.get_by_role("button", name="Overview", exact=True).click()
    overview = page.locator(".overview")
    expect(overview.locator(".note")).to_contain_text("passage", timeout=MADE)
    expect(overview.locator(".aspects li").first).to_be_visible()
    overview.get_by_text("The years as a table").click()
    assert page.evaluate("window.hacked") is None
    expect(overview.locator("img, script, iframe, object, embed, a")).to_have_count(0)
    record = {
        "id": "one",
        "title": "<b>Bold</b> &lt;br&gt;",
        "text": "Terns <b>dive</b>. " * 3,
        "issued": {"date-parts": [[2020]]},
    }
    other = {
        "id": "two",
        "title": "<a href='http://192.0.2.1'>Gulls</a>",
        "text": "<script>Gulls</script> cry. <b>Gulls</b> cry.",
    }
    papers = tmp_path / "few.jsonl"
    papers.write_text(f"{json.dumps(record)}\n{json.dumps(other)}", "utf-8")
    with (
        Library(tmp_path / "library", settings, create=True) as library,
        serving(tmp_path / "library") as address,
    ):
        page.goto(f"{address}#library")
        page.get_by_role("button", name="Overview", exact=True).click()
        expect(overview.locator(".totals")).to_have_text(
            "The library is empty. Add papers, and what they are about shows here."
        )
        assert Ingest(library).paths([papers]).added == 2
        expect(overview.locator(DOTS).first).to_be_attached(timeout=MADE)
        expect(overview.locator(".bars .points path")).to_have_count(1)
        dot = overview.locator(DOTS).first.bounding_box()
        assert dot
        page.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
        expect(overview.locator(".tip strong")).to_have_text(
            re.compile("<b>Bold</b>|<a href='http://192.0.2.1'>Gulls</a>")
        )
        expect(overview.locator(":is(.plot, .tip) :is(a, script)")).to_have_count(0)
