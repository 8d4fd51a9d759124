"""Ingest raced against LlamaIndex's textbook pipeline: same articles, same model, turn by turn on one machine.

Each turn is a process of its own, so that its peak memory is its own. Timed is what lies between the files and a
stored index; imports and the loading of the model are not, on either side.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from tests.benchmarks.inputs import PLOS, articles, plain_text, require
from tests.benchmarks.memory import PeakMemory

CHUNK_SIZE, CHUNK_OVERLAP = 512, 20


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side did with the articles.

    Attributes:
        seconds: From files to a stored index.
        again: The same once more, nothing having changed; None where a pipeline does not know that.
        passages: Units stored.
        tokens: Tokens that the model was given, special ones left out, those beyond what it reads too.
        megabytes: Peak memory, with that of child processes.
        size: Bytes of what was stored.
        made_by: What computed the vectors.
    """

    seconds: float
    again: float | None
    passages: int
    tokens: int
    megabytes: float
    size: int
    made_by: str


def main() -> None:
    """Race, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=12, help="how many articles (90 are there)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side runs")
    parser.add_argument("--turn", choices=SIDES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    require(PLOS)
    if given.turn:
        with tempfile.TemporaryDirectory() as scratch:
            print(json.dumps(asdict(SIDES[given.turn](articles(given.articles), Path(scratch)))))
        return
    turns: dict[str, list[Turn]] = {side: [] for side in SIDES}
    _turn("loccit", 1)  # Exports the model, if that was not done yet.
    for _ in range(given.rounds):
        for side, taken in turns.items():
            taken.append(_turn(side, given.articles))
    _report(turns["loccit"], turns["textbook"], given.articles)


def loccit(paths: Sequence[Path], folder: Path) -> Turn:
    """Ingest by the product's own door."""
    from corpus.library import Library
    from corpus.settings import Settings
    from ingest.pipeline import Ingest

    with Library(folder / "library", Settings(), create=True) as library:
        encoder = library.encoder
        encoder.encode_query("")
        first = Ingest(library)
        with PeakMemory() as peak:
            seconds = _timed(lambda: first.paths(paths))
        if first.report.failures:
            sys.exit(f"Articles could not be ingested, the race would be unfair: {first.report.failures}")
        again = _timed(lambda: Ingest(library).paths(paths))
        passages = tokens = 0
        for summary in library.documents():
            document = library.document(summary.document_id)
            for stored in library.passages_of(summary.document_id):
                passage = stored.passage
                passages += 1
                tokens += encoder.header_tokens(document.record.title, passage.path)
                tokens += len(encoder.token_starts(passage.span.of(document.text)))
    return Turn(seconds, again, passages, tokens, peak.megabytes, _size(folder), encoder.runtime)


def textbook(paths: Sequence[Path], folder: Path) -> Turn:
    """Ingest as LlamaIndex's documentation shows: split, embed, store in Chroma."""
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from corpus.model_export import packaged_model

    model = HuggingFaceEmbedding(model_name=str(packaged_model()), device="cpu")
    model.get_query_embedding("")
    collection = chromadb.PersistentClient(str(folder)).create_collection("textbook")
    splitter = SentenceSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP)

    def ingest() -> None:
        nodes = splitter.get_nodes_from_documents([Document(text=plain_text(path)) for path in paths])
        storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
        VectorStoreIndex(nodes, storage_context=storage, embed_model=model)

    with PeakMemory() as peak:
        seconds = _timed(ingest)
    tokenizer, reads = model._model.tokenizer, int(model._model.max_seq_length or 0)
    texts = collection.get(include=["documents"])["documents"] or []
    lengths = [len(ids) - 2 for ids in tokenizer(texts, truncation=False, verbose=False)["input_ids"]]
    tokens = sum(min(length, reads - 2) for length in lengths)
    return Turn(seconds, None, len(texts), tokens, peak.megabytes, _size(folder), "sentence-transformers")


SIDES: dict[str, Callable[[Sequence[Path], Path], Turn]] = {"textbook": textbook, "loccit": loccit}


def _turn(side: str, count: int) -> Turn:
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.bench_ingest",
        "--turn",
        side,
        "--articles",
        str(count),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The turn of {side} failed:\n{done.stderr[-2000:]}")
    return Turn(**json.loads(done.stdout.splitlines()[-1]))


def _report(ours: Sequence[Turn], theirs: Sequence[Turn], count: int) -> None:
    table = Table(
        "", "Loccit", "textbook", "ratio (spread)", title=f"{count} PLOS articles, {len(ours)} rounds"
    )

    def row(name: str, value: Callable[[Turn], float], digits: int = 2) -> None:
        left, right = [value(turn) for turn in ours], [value(turn) for turn in theirs]
        ratios = np.array(left) / np.array(right)
        shown = [f"{np.median(values):,.{digits}f}" for values in (left, right)]
        table.add_row(name, *shown, f"{np.median(ratios):.2f} ({ratios.min():.2f} to {ratios.max():.2f})")

    row("articles a second", lambda turn: count / turn.seconds)
    row("tokens embedded a second", lambda turn: turn.tokens / turn.seconds, 0)
    row("tokens embedded an article", lambda turn: turn.tokens / count, 0)
    row("passages an article", lambda turn: turn.passages / count, 1)
    row("peak memory, MB", lambda turn: turn.megabytes, 0)
    row("bytes a passage", lambda turn: turn.size / turn.passages, 0)
    faster = [turn.seconds / turn.again for turn in ours if turn.again]
    table.add_row("again, unchanged, is faster by", f"{np.median(faster):,.0f}", "", "")
    table.add_row("vectors made by", ours[0].made_by, theirs[0].made_by, "")
    Console().print(table)


def _timed(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
