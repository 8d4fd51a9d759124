"""A real server in a process of its own, and a real Chromium that looks at it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest
from tests.assistant.models.conftest import need
from tests.assistant.models.serving import ModelServer
from tests.browser.hostile import HOSTILE
from tests.browser.serving import FLAGS, serving

# What is waited for comes in less than a second; a machine that does other work as well may need more.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def address(starter_library: Path) -> Iterator[str]:
    with serving(starter_library) as served:
        yield served


@pytest.fixture(scope="session")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    record = folder / "hostile.jsonl"
    record.write_text(json.dumps(HOSTILE), "utf-8")
    library = Library(folder / "library", Settings(), create=True)
    assert Ingest(library).paths([record]).added == 1
    library.close()
    return folder / "library"


@pytest.fixture(scope="session")
def hostile_address(hostile_library: Path) -> Iterator[str]:
    with serving(hostile_library) as served:
        yield served


@pytest.fixture(scope="session")
def scripted_server() -> Iterator[ModelServer]:
    need("llama_index.llms.openai_like", "loccit[openai-like]")
    # In a thread of its own: in this one runs the loop that drives the browser, and there is room for one.
    with ThreadPoolExecutor(1) as thread, ExitStack() as open_until_the_end:
        yield thread.submit(open_until_the_end.enter_context, ModelServer()).result()


@pytest.fixture(scope="session")
def model_address(
    starter_library: Path, scripted_server: ModelServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where the page is served with a scripted language model."""
    settings = {
        "LOCCIT_LLM": f"openai-like:{scripted_server.openai_url}#scripted",
        "LOCCIT_SPENDING": str(tmp_path_factory.mktemp("spending") / "spending.sqlite"),
    }
    with serving(starter_library, settings) as served:
        yield served


@pytest.fixture
def model_server(scripted_server: ModelServer) -> ModelServer:
    """The model behind the page, which knows of this test's requests alone."""
    scripted_server.requests.clear()
    return scripted_server


# Of a module, not of the session: while it is open its loop runs in this thread, where other tests run theirs.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed: `apt-get install chromium` lets the page be tested")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may fail nowhere and ask nobody but the server."""
    opened = context.new_page()
    errors: list[str] = []
    addresses: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda request: addresses.append(request.url))
    yield opened
    assert errors == []
    assert [a for a in addresses if not a.startswith(("http://127.0.0.1:", "data:", "blob:"))] == []
