"""Documents, passages and libraries to test with."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.document import Document, Fidelity, Licence, Passage, SourceType
from corpus.library import Library
from corpus.record import Record
from corpus.rows import IndexedDocument, IndexedPassage
from corpus.settings import Settings
from ingest.canonical import CanonicalText, Piece

DIMENSION = 384
ROOT = Path(__file__).parents[2]


def document(
    document_id: str,
    sentences: Sequence[str],
    *,
    year: int = 2024,
    source_type: SourceType = SourceType.RESEARCH,
) -> Document:
    """Make a document of one paragraph a sentence, in one section."""
    canonical = CanonicalText()
    canonical.open_section("Results")
    for sentence in sentences:
        canonical.add_block([Piece(sentence), Piece(" "), Piece("[1]", is_reference_mark=True)])
    built = canonical.finish()
    record = Record.model_validate(
        {
            "title": f"On {document_id}",
            "issued": {"date-parts": [[year, 2]]},
            "note": "kept",
            "custom": {"a": [1, ""]},
        }
    )
    return Document(
        id=document_id,
        text=built.text,
        record=record,
        source_type=source_type,
        fidelity=Fidelity.ABSTRACT,
        commercial=True,
        licence=Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        sections=built.sections,
        blocks=built.blocks,
        reference_marks=built.reference_marks,
        note="A limit.",
    )


def indexed(given: Document) -> IndexedDocument:
    """Make a passage of every block, with a vector that its words alone decide."""
    passages = []
    for block in given.blocks:
        passage = Passage(given.id, block.span, given.path_of(block.section), (block.span,))
        vector = vector_of(block.span.of(given.text))
        passages.append(IndexedPassage(passage, vector, vector[np.newaxis, :]))
    return IndexedDocument(given, tuple(passages))


def vector_of(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Give a unit vector of a text's own."""
    seed = int.from_bytes(text.encode()[:64], "big")
    vector = np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def store(library: Library, *documents: Document) -> tuple[int, int]:
    """Write documents into a library."""
    with library.writing() as writer:
        return writer.add([indexed(given) for given in documents])


def held(library: Library) -> set[str]:
    """Give the index ids that all three stores agree on; fail if they do not."""
    known = set(library.catalogue.index_ids())
    assert library.fulltext.index_ids() == known
    assert library.vectors.index_ids() == known
    return known


def sentences(name: str, count: int) -> list[str]:
    """Give sentences that no other name has."""
    return [f"The {name} cells number {number} were counted." for number in range(count)]


PREAMBLE = """
import os, signal, sys, time
from pathlib import Path
from corpus.library import Library
from corpus.settings import Settings
from tests.corpus.building import *
library = Library(Path({path!r}), Settings(model_cache=Path({cache!r}), chroma_url=None), create=True)
"""


def elsewhere(code: str, library: Path, settings: Settings, **names: object) -> subprocess.Popen[str]:
    """Run code in another process, with `library` open and `names` set there."""
    program = PREAMBLE.format(path=str(library), cache=str(settings.model_cache))
    program += "".join(f"{name} = {value!r}\n" for name, value in names.items()) + textwrap.dedent(code)
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str], code: int = 0, timeout: float = 60) -> str:
    """Wait for a process that is to end with `code`, and give what it printed."""
    output, _ = process.communicate(timeout=timeout)
    assert process.returncode == code, output
    return output


def found(library: Library, text: str) -> str | None:
    """Give the document whose passage is nearest to a text's own vector, if the catalogue knows it."""
    hits = library.search_vectors(vector_of(text), 1)
    passages = library.passages([hit.index_id for hit in hits])
    return next((passage.passage.document_id for passage in passages.values()), None)
