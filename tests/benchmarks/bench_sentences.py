"""How well and how fast text is cut into sentences, ours against whichever peers are installed.

Run it from the repository's root: `python -m tests.benchmarks.bench_sentences`. Quality is measured on
the hand-written cases of `tests/ingest/test_sentences.py`, speed on the articles in `../shared/papers`
where they are, on the same cases otherwise.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from ingest.sentences import sentence_spans
from tests.ingest.test_sentences import BOUNDARY, CASES

PAPERS = Path("../shared/papers/plos")
SECONDS_A_RUN = 1.0

Splitter = Callable[[str], Iterable[int]]


class Quality(NamedTuple):
    """How many of the boundaries found are true, and how many of the true ones are found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def ours() -> Splitter:
    """Loccit's own splitter."""
    return lambda text: [span.end for span in sentence_spans(text)]


def blingfire() -> Splitter:
    """BlingFire's compiled automaton."""
    split = importlib.import_module("blingfire").text_to_sentences_and_offsets
    return lambda text: [end for _, end in split(text)[1]]


def pysbd() -> Splitter:
    """PySBD's golden rules."""
    segmenter = importlib.import_module("pysbd").Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [span.start + len(span.sent.rstrip()) for span in segmenter.segment(text)]


def syntok() -> Splitter:
    """Syntok's tokenizer and segmenter."""
    analyze = importlib.import_module("syntok.segmenter").analyze
    return lambda text: [
        sentence[-1].offset + len(sentence[-1].value) for paragraph in analyze(text) for sentence in paragraph
    ]


def quality(split: Splitter) -> Quality:
    """Compare the boundaries within each hand-written case with the true ones."""
    right = found = true = 0
    for case in CASES:
        text = case.replace(BOUNDARY, " ")
        expected = set(_true_boundaries(case))
        actual = {end for end in split(text) if end < len(text)}
        right += len(actual & expected)
        found += len(actual)
        true += len(expected)
    return Quality(right / found, right / true)


def speed(split: Splitter, texts: list[str]) -> float:
    """Characters a second."""
    begin = time.perf_counter()
    characters = 0
    for text in texts:
        for _ in split(text):
            pass
        characters += len(text)
        if time.perf_counter() - begin > SECONDS_A_RUN:
            break
    return characters / (time.perf_counter() - begin)


def paragraphs() -> list[str]:
    """The body paragraphs of the articles at hand, or the cases, often enough to be timed."""
    texts = [
        " ".join("".join(map(str, paragraph.itertext())).split())
        for path in sorted(PAPERS.glob("*.xml"))
        for paragraph in etree.parse(path).iterfind(".//body//p")
    ]
    return [text for text in texts if text] or CASES * 100  # BlingFire fails on an empty text


def _true_boundaries(case: str) -> Iterator[int]:
    end = -1
    for sentence in case.split(BOUNDARY)[:-1]:
        end += len(sentence) + 1
        yield end


def main() -> None:
    """Print a line for each splitter."""
    texts = paragraphs()
    print(f"{'splitter':10} {'precision':>9} {'recall':>7} {'F1':>6} {'MB/s':>6}")
    for load in (ours, blingfire, pysbd, syntok):
        try:
            split = load()
        except ModuleNotFoundError:
            print(f"{load.__name__:10} not installed")
            continue
        measured = quality(split)
        print(
            f"{load.__name__:10} {measured.precision:9.3f} {measured.recall:7.3f} {measured.f1:6.3f} "
            f"{speed(split, texts) / 1e6:6.2f}"
        )


if __name__ == "__main__":
    main()
