"""A library that readers look through and change, and what they do in its view."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from corpus.library import Library
from corpus.settings import Settings
from ingest.origins.naming import Services, Upload, uploaded
from ingest.pipeline import Ingest

BIRDS = 150
RETRACTED = "bird-7"
PHALAROPE = 44
PHALAROPES = "Phalaropes spin in the shallow pools of a sandbank."
PAGE = b"""<!doctype html><html><head><title>Avocets of the lagoon</title></head><body><article>
<h1>Avocets of the lagoon</h1><p id="seen">Avocets rest at the lagoon in August, some forty of them.</p>
<script>document.getElementById("seen").textContent = "a script ran";</script>
<img src="http://192.0.2.1/pixel.png"></article></body></html>"""


def fill(folder: Path, settings: Settings, scratch: Path) -> None:
    """Add short records, one of them retracted, and an uploaded page with a script in it."""
    records = scratch / "birds.jsonl"
    records.write_text("\n".join(json.dumps(_bird(number)) for number in range(BIRDS)), "utf-8")
    page = scratch / "0.html"
    page.write_bytes(PAGE)
    with Library(folder, settings) as library, Services(settings) as services:
        assert not Ingest(library).paths([records]).failures
        assert not Ingest(library).run(uploaded([Upload(page, "avocets.html")], services)).failures


def _bird(number: int) -> dict[str, object]:
    return {
        "id": f"bird-{number}",
        "title": f"Terns of sandbank {number}",
        "author": [{"family": "Åström" if number == 5 else "Abel", "given": "K"}],
        "issued": {"date-parts": [[1950 + number % 50]]},
        "source_type": "research",
        "retracted": f"bird-{number}" == RETRACTED,
        "text": PHALAROPES
        if number == PHALAROPE
        else f"On sandbank {number} the terns were counted at dusk.",
    }


def open_library(page: Page, address: str) -> None:
    """Open the Library view and wait for its documents."""
    page.goto(f"{address}#library")
    expect(page.locator(".paper").first).to_be_visible()


def find(page: Page, words: str, document_id: str) -> Locator:
    """Search for words and give the row of the one document that they find."""
    page.get_by_role("searchbox", name="Search the documents").fill(words)
    expect(page.locator(".paper")).to_have_count(1)
    row = page.locator(f'.paper[data-document="{document_id}"]')
    expect(row).to_be_visible()
    return row


def unfold(row: Locator) -> Locator:
    """Show what is known of a document."""
    row.locator(".unfold").click()
    more = row.locator(".more")
    expect(more.locator("dl")).to_be_visible()
    return more
