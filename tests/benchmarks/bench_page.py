"""The page in a real browser: how soon it can be used, shows an answer, and a citation's passage; six readers at once.

Run it from the root: `python -m tests.benchmarks.bench_page`, over the starter corpus or a LIBRARY that has it.
Every time is taken by the page itself, from the browser's own clock; each of the thirty visits is by a new browser
profile, which has nothing of the page yet.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import TimeoutError as NotSeenError
from rich.console import Console
from rich.table import Table

from assistant.evaluation.questions import shipped_questions
from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest
from tests.browser.serving import FLAGS, serving

VISITS = 30
READERS = 6
ASKED = 30
EARLY = 5
PATIENCE = 60_000
# Notes when the question box can be used, and how much of the page moves by itself.
WATCH = """
window.seen = { moved: 0 };
new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.seen.moved += shift.value;
}).observe({ type: "layout-shift", buffered: true });
const look = () => {
    const box = document.querySelector("#question textarea");
    const button = document.querySelector("#question button");
    if (box?.checkVisibility() && !box.disabled && button) window.seen.usable = performance.now();
    else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
# Gives the time from a key or a press to the frame in which something is seen.
TIMED = """([event, key, condition]) => {
    const isThere = new Function(`return ${condition}`);
    window.timed = new Promise((resolve) => {
        document.addEventListener(event, function begun(happened) {
            if (key && happened.key !== key) return;
            document.removeEventListener(event, begun, true);
            const look = () => isThere()
                ? requestAnimationFrame(() => resolve(performance.now() - happened.timeStamp))
                : requestAnimationFrame(look);
            look();
        }, true);
    });
}"""
ANSWERED = "document.querySelectorAll('#chat .bot-row .answer:not(.making)').length > {before}"
IN_VIEW = """[...document.querySelectorAll('.cited.on mark')].some((mark) => {
    const box = mark.getBoundingClientRect();
    return box.height && box.top >= 0 && box.top < innerHeight;
})"""


@dataclass
class Times:
    """What the visits took, in milliseconds, and how much the page moved by itself."""

    usable: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)


@dataclass
class Crowd:
    """What readers at once have met: how long answers took, how many were another's, how many never came."""

    answered: list[float] = field(default_factory=list)
    early: list[float] = field(default_factory=list)
    mixed: int = 0
    lost: int = 0


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path, nargs="?")
    parser.add_argument("--visits", type=int, default=VISITS)
    parser.add_argument("--asked", type=int, default=ASKED, help="questions of each of the readers at once")
    options = parser.parse_args()
    with TemporaryDirectory() as folder, serving(options.library or _starter(Path(folder))) as address:
        times, crowd = asyncio.run(_measured(address, options.visits, options.asked))
    table = Table("measure", "p50", "p95", "most", title=f"The page, {options.visits} visits")
    for name, taken in (
        ("can be used after opening", times.usable),
        ("answer seen after Enter", times.answered),
        ("passage seen after the click", times.shown),
        (f"answer seen, {READERS} readers at once", crowd.answered),
        (f"of these, the first {EARLY} of a conversation", crowd.early),
    ):
        table.add_row(name, *(f"{value:.0f} ms" for value in _spread(taken)))
    table.add_row("layout shift while opening", *(f"{value:.3f}" for value in _spread(times.moved)))
    Console().print(table)
    asked = READERS * options.asked
    print(f"{READERS} readers, {asked} questions: {crowd.mixed} mixed, {crowd.lost} lost.")


async def _measured(address: str, visits: int, asked: int) -> tuple[Times, Crowd]:
    questions = _questions()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        times = Times()
        # The first visit warms the server up.
        for number in range(visits + 1):
            await _visit(browser, address, questions[number % len(questions)], times if number else Times())
        crowd = await _together(browser, address, questions, asked)
        await browser.close()
    return times, crowd


async def _visit(browser: Browser, address: str, question: str, times: Times) -> None:
    """Open the page, ask, and click the first citation."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    await context.add_init_script(WATCH)
    page = await context.new_page()
    await page.goto(address, wait_until="commit")
    await page.wait_for_function("window.seen?.usable")
    times.usable.append(await page.evaluate("window.seen.usable"))
    await page.wait_for_load_state("networkidle")
    times.moved.append(await page.evaluate("window.seen.moved"))
    times.answered.append(await _asked(page, question, before=0))
    chip = page.locator("#chat a.chip").last
    await chip.scroll_into_view_if_needed()
    await page.evaluate(TIMED, ["pointerdown", None, IN_VIEW])
    await chip.click()
    times.shown.append(await page.evaluate("window.timed"))
    await context.close()


async def _asked(page: Page, question: str, before: int) -> float:
    """Ask, and give how long it took until the answer was seen."""
    box = page.locator("#question textarea")
    await box.fill(question)
    await page.evaluate(TIMED, ["keydown", "Enter", ANSWERED.format(before=before)])
    await box.press("Enter")
    taken: float = await asyncio.wait_for(page.evaluate("window.timed"), PATIENCE / 1000)
    return taken


async def _together(browser: Browser, address: str, questions: Sequence[str], asked: int) -> Crowd:
    """Let readers ask at the same time, each another question."""
    crowd = Crowd()
    async with AsyncExitStack() as opened:
        pages = []
        for _ in range(READERS):
            context = await opened.enter_async_context(await browser.new_context())
            page = await context.new_page()
            await page.goto(address)
            await page.locator("#question textarea").wait_for()
            pages.append(page)
        await asyncio.gather(
            *(_read(page, place, questions, asked, crowd) for place, page in enumerate(pages))
        )
    return crowd


async def _read(page: Page, place: int, questions: Sequence[str], asked: int, crowd: Crowd) -> None:
    for turn in range(asked):
        question = questions[(turn * READERS + place) % len(questions)]
        try:
            taken = await _asked(page, question, before=turn)
            crowd.answered.append(taken)
            crowd.early += [taken] if turn < EARLY else []
            said = (await page.locator("#chat .user-row").last.inner_text()).strip()
            await page.wait_for_selector(f"#sources-{turn + 1}", state="attached", timeout=PATIENCE)
            above = (await page.locator(f"#sources-{turn + 1} .asked").inner_text()).strip()
        except (NotSeenError, TimeoutError):
            crowd.lost += asked - turn
            return
        crowd.mixed += not (said.startswith(question) and above == question)


def _starter(folder: Path) -> Path:
    """Make a library of the starter corpus."""
    with Library(folder / "library", Settings(), create=True) as library:
        Ingest(library).starter()
        return library.path


def _questions() -> list[str]:
    """Give questions that the starter corpus answers with citations."""
    return [one.question for one in shipped_questions().questions if not one.unanswerable and not one.history]


def _spread(taken: Sequence[float]) -> tuple[float, float, float]:
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95)), max(taken)


if __name__ == "__main__":
    main()
