"""Adding papers on the page: by name, by file, from a search, while the page stays usable."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.browser.libraries import find, open_library, unfold
from tests.browser.pages import PERSISTENCE, ask, chips
from tests.browser.serving import serving
from tests.servers.europepmc import EuropePMCServer
from tests.servers.papers import papers
from tests.servers.serving import failing, slow

pytestmark = pytest.mark.browser
ENDED = 30_000
SLOW, FAILING = "PMC9000010", "PMC9000011"
NOTE: FilePayload = {
    "name": "ospreys.md",
    "mimeType": "text/markdown",
    "buffer": b"# Ospreys of the dune\n\nOspreys nest on the great dune in May.",
}
BROKEN: FilePayload = {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 no more"}


@pytest.fixture(scope="module")
def adding_address(starter_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    scratch = tmp_path_factory.mktemp("adding")
    folder = Path(shutil.copytree(starter_library, scratch / "library"))
    works = papers(12)
    works[1] = replace(works[1], types=("research-article", "Journal Article", "Retracted Publication"))
    works[2] = replace(works[2], open_access=False)
    trouble = [slow(f"{SLOW}/", 4), failing(f"{FAILING}/", 404)]
    with EuropePMCServer(works, trouble) as service:
        settings = {"LOCCIT_EUROPEPMC_URL": service.url, "LOCCIT_WEB_CACHE": str(scratch / "cache")}
        with serving(folder, settings) as served:
            yield served


def summary(page: Page) -> Locator:
    """Wait for the end of the run and give what is said of it."""
    expect(page.locator(".run")).to_be_visible()
    expect(page.locator(".run progress")).to_have_count(0, timeout=ENDED)
    return page.locator(".run")


def add_named(page: Page, names: str) -> None:
    page.get_by_label("Identifiers or addresses").fill(names)
    page.get_by_role("button", name="Add", exact=True).click()


def test_files_are_added_and_what_fails_is_listed_with_its_reason(page: Page, adding_address: str) -> None:
    open_library(page, adding_address)
    counts = page.locator("#top .counts")
    before = counts.inner_text()
    page.locator(".by-file input").set_input_files([NOTE, BROKEN])
    expect(summary(page)).to_contain_text("1 added, 1 failed. 1 passage stored")
    failures = page.locator(".failures")
    expect(failures).to_contain_text(re.compile("broken.pdf .*cut off"))
    expect(counts).not_to_have_text(before)
    find(
        page, "ospreys", page.locator(".paper", has_text="Ospreys").first.get_attribute("data-document") or ""
    )
    page.reload()
    expect(failures).to_contain_text("broken.pdf")
    page.get_by_role("button", name="Clear this list").click()
    expect(failures).to_have_count(0)
    page.get_by_role("link", name="Ask", exact=True).click()
    expect(ask(page, "Where do ospreys nest?")).to_contain_text("great dune")


def test_papers_are_added_by_their_names_while_questions_are_answered(
    chromium: Browser, page: Page, adding_address: str
) -> None:
    open_library(page, adding_address)
    add_named(page, f"{SLOW}\nPMC9000004, doi:10.5555/shore.5")
    expect(page.locator(".run progress")).to_be_visible()
    other = chromium.new_page()
    open_library(other, adding_address)
    expect(other.locator(".run")).to_contain_text("Adding 3 papers")
    add_named(other, "PMC9000006")
    expect(other.locator(".by-name .form-error")).to_have_text(
        "Loccit is adding 3 papers already. Wait until that has ended, then try again."
    )
    other.close()
    page.get_by_role("link", name="Ask", exact=True).click()
    assert chips(ask(page, PERSISTENCE)).count() > 0
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Library").click()
    expect(summary(page)).to_contain_text("3 added")
    more = unfold(find(page, "shore.5", "pmcid:PMC9000005"))
    expect(more).to_contain_text("Came from")
    expect(more.get_by_role("link", name="Open original")).to_be_visible()


def test_what_names_no_paper_is_refused_before_anything_is_added(page: Page, adding_address: str) -> None:
    open_library(page, adding_address)
    add_named(page, "PMC9000007 /etc/hostname")
    expect(page.locator(".by-name .form-error")).to_contain_text("“/etc/hostname”: this names no paper.")
    expect(page.get_by_label("Identifiers or addresses")).to_have_value("PMC9000007 /etc/hostname")


def test_what_failed_is_tried_again(page: Page, adding_address: str) -> None:
    open_library(page, adding_address)
    add_named(page, "PMC9999999")
    expect(page.locator(".failures")).to_contain_text("Europe PMC knows no such work", timeout=ENDED)
    page.get_by_role("button", name="Try the failed ones again").click()
    expect(summary(page)).to_contain_text("1 failed")
    page.get_by_role("button", name="Clear this list").click()
    expect(page.locator(".failures")).to_have_count(0)


def test_a_search_is_shown_before_what_is_chosen_of_it_is_added(page: Page, adding_address: str) -> None:
    open_library(page, adding_address)
    page.get_by_label("What to look for").fill("Count")
    page.get_by_label("Open access only").uncheck()
    page.get_by_label("At most").fill("4")
    page.get_by_role("button", name="Preview").click()
    findings = page.locator(".finding")
    expect(findings).to_have_count(4)
    expect(page.locator(".preview h3")).to_have_text("The first 4 of 12 that Europe PMC finds")
    expect(findings.nth(0)).to_contain_text("CC BY")
    expect(findings.nth(1).get_by_text("Retracted")).to_be_visible()
    expect(findings.nth(1).get_by_role("checkbox")).not_to_be_checked()
    expect(findings.nth(2)).to_contain_text("Abstract")
    findings.nth(2).get_by_role("checkbox").uncheck()
    kept = page.locator(".finding input:checked:not(:disabled)").count()
    page.get_by_role("button", name=re.compile(f"Add {kept} paper")).click()
    expect(summary(page)).to_contain_text(f"{kept} added")
    page.get_by_role("button", name="Preview").click()
    expect(findings.nth(0)).to_contain_text("In the library")
    expect(findings.nth(0).get_by_role("checkbox")).to_be_disabled()


def test_the_panel_beside_the_chat_follows_the_library(page: Page, adding_address: str) -> None:
    page.goto(adding_address)
    held = page.locator("#sources .held")
    expect(held).to_be_visible()
    before = held.locator(".tags").inner_text()
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Library").click()
    add_named(page, "PMC9000008 PMC9000009")
    expect(summary(page)).to_contain_text("2 added")
    page.get_by_role("link", name="Ask", exact=True).click()
    expect(held.locator(".tags")).not_to_have_text(before)
