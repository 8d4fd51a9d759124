"""The page for a team: readers sign in, and all of it works behind a proxy, under a path of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from assistant.interface.serving.guard import WRONG
from assistant.interface.serving.named import NamedReaders
from tests.browser.pages import PERSISTENCE, TRUE, ask, chips, source_of
from tests.browser.proxy import proxied
from tests.browser.serving import serving

pytestmark = pytest.mark.browser

NAME, PASSWORD = "anna", "correct horse battery"


@pytest.fixture(scope="module")
def team_address(starter_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    file = tmp_path_factory.mktemp("team") / "readers.txt"
    NamedReaders(file).put(NAME, PASSWORD)
    options = ["--auth", str(file), "--root-path", "/loccit"]
    with serving(starter_library, options=options) as served, proxied(served, "/loccit") as address:
        yield address


def sign_out(page: Page) -> Locator:
    return page.get_by_role("button", name="Sign out")


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(sign_out(page)).to_be_visible()


def test_a_reader_signs_in_by_keyboard_and_is_led_to_what_was_asked(page: Page, team_address: str) -> None:
    page.goto(f"{team_address}?q={PERSISTENCE}")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type("wrong horse")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(WRONG)
    expect(page.get_by_label("Name")).to_have_value(NAME)
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#chat .bot-row a.chip").first).to_be_visible()
    assert page.url.startswith(f"{team_address}?q=")
    expect(page.locator(".signed-in bdi")).to_have_text(NAME)
    sign_out(page).click()
    expect(page.get_by_label("Name")).to_be_visible()
    page.goto(team_address)
    expect(page.get_by_label("Name")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_in_can_be_read_by_everybody(page: Page, team_address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(team_address)
    page.get_by_label("Name").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert Axe().run(page).response["violations"] == []


def test_everything_works_below_the_path_of_a_proxy(page: Page, team_address: str) -> None:
    addresses: list[str] = []
    failed: list[str] = []
    sign_in(page, team_address)
    page.on("request", lambda request: addresses.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.reload()
    chip = chips(ask(page, PERSISTENCE)).first
    chip.click()
    expect(source_of(page, chip)).to_be_focused()
    chip.click()
    reader = page.locator("#reader")
    expect(reader.locator("mark").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Library", exact=True).click()
    expect(page.locator(".papers .paper").first).to_be_visible()
    page.get_by_role("link", name="Check", exact=True).click()
    page.get_by_role("textbox", name="Text to check").fill(TRUE)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".claim .verdict")).to_contain_text("Supported")
    assert failed == []
    outside = [a for a in addresses if not a.startswith((team_address, "data:", "blob:"))]
    assert outside == []


def test_a_phone_has_the_way_out_in_the_library(page: Page, team_address: str) -> None:
    sign_in(page, team_address)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Library", exact=True).click()
    expect(sign_out(page)).to_be_in_viewport()
    box = sign_out(page).bounding_box()
    assert box and box["height"] >= 44
    sign_out(page).click()
    expect(page.get_by_label("Name")).to_be_visible()
