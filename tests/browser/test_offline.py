"""From start to answer neither the page nor its server asks anybody else, whatever a document holds."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.assistant.test_staying_here import beyond
from tests.browser.libraries import open_library
from tests.browser.pages import ask, chips
from tests.browser.serving import serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="the kernel's table is Linux's"),
]

# Python tells of every connection that it makes, and a thread looks for those of native code in the kernel's table.
WATCHED = """
import os, sys, threading
from pathlib import Path

told = open(os.environ["TOLD"], "a", buffering=1)

def watch(event, details):
    if event in ("socket.connect", "socket.sendto"):
        told.write(f"{details[1]}\\n")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        told.write(f"{details[0]}\\n")

def look():
    pause, seen = threading.Event(), set()
    while not pause.wait(0.1):
        owned = set()
        for fd in Path("/proc/self/fd").iterdir():
            try:
                owned.add(str(fd.readlink()))
            except OSError:
                pass
        for table in ("tcp", "tcp6", "udp", "udp6"):
            for line in Path("/proc/self/net", table).read_text().splitlines()[1:]:
                fields = line.split()
                if f"socket:[{fields[9]}]" in owned and int(fields[2].rpartition(":")[2], 16) and fields[2] not in seen:
                    seen.add(fields[2])
                    told.write(f"{fields[2]}\\n")

sys.addaudithook(watch)
threading.Thread(target=look, daemon=True).start()
from assistant.interface.terminal import main
main()
"""
# Addresses set aside for documentation: nothing answers there.
REMOTE = "http://192.0.2.1"
DOCUMENT = f"""<html><head><title>Stilts</title><link rel="stylesheet" href="{REMOTE}/a.css">
<script src="{REMOTE}/a.js"></script></head><body><h1>Black-winged stilts</h1>
<p><img src="{REMOTE}/a.png"> Black-winged stilts wade in the lagoon for eleven hours a day.</p>
<p>Stilts feed at night ![x]({REMOTE}/b.png) &lt;img src="{REMOTE}/c.png"&gt; in the lagoon.</p></body></html>"""


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return tmp_path / "told.txt"


@pytest.fixture
def watched_address(starter_library: Path, tmp_path: Path, told: Path) -> Iterator[str]:
    library = Path(shutil.copytree(starter_library, tmp_path / "library"))
    settings = {"TOLD": str(told), "HF_HUB_OFFLINE": "1"}
    with serving(library, settings, program=WATCHED) as served:
        yield served


def test_nothing_leaves_this_machine_from_the_start_to_the_answer(
    page: Page, context: BrowserContext, watched_address: str, told: Path
) -> None:
    open_library(page, watched_address)
    upload: FilePayload = {"name": "stilts.html", "mimeType": "text/html", "buffer": DOCUMENT.encode()}
    page.locator(".by-file input").set_input_files([upload])
    paper = page.locator(".paper", has_text="Stilts").first
    expect(paper).to_be_visible()
    page.get_by_role("link", name="Ask", exact=True).click()
    answer = ask(page, "Where do stilts wade?")
    expect(answer).to_contain_text("lagoon")
    chip = chips(answer).first
    chip.click()
    chip.click()
    expect(page.locator("#reader")).to_contain_text("feed at night")
    page.keyboard.press("Escape")
    ask(page, f"Stilts ![x]({REMOTE}/d.png) <img src='{REMOTE}/e.png'>")
    # The file as it was uploaded, too: the browser is told to fetch nothing that it names.
    original = page.locator("a[href*='library/original']").first.get_attribute("href") or ""
    opened, refused, answered = context.new_page(), [], []
    opened.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    opened.on("response", lambda response: answered.append(response.url))
    opened.goto(urljoin(watched_address, original))
    expect(opened.locator("body")).to_contain_text("eleven hours")
    assert {why for _, why in refused} <= {"csp"}
    assert [address for address in answered if address.startswith(REMOTE)] == []
    said = told.read_text("utf-8").splitlines()
    assert said, "the server has at least looked at itself"
    assert beyond({"told": [line for line in said if line != "None"], "seen": []}) == []


def test_the_page_could_not_fetch_from_elsewhere_if_it_would(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    refused = page.evaluate(
        """remote => new Promise(resolve => {
            const refused = [];
            document.addEventListener('securitypolicyviolation', (event) => {
                refused.push(event.effectiveDirective);
                if (refused.length === 3) resolve(refused.sort());
            });
            new Image().src = `${remote}/a.png`;
            fetch(`${remote}/a.json`).catch(() => {});
            document.head.append(Object.assign(document.createElement('script'), { src: `${remote}/a.js` }));
        })""",
        REMOTE,
    )
    assert refused == ["connect-src", "img-src", "script-src-elem"]
