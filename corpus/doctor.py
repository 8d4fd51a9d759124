"""Is a library whole? Compares the catalogue with itself and with both indexes, and puts the indexes right again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.catalogue import StoredPassage
from corpus.document import Document
from corpus.embedding import passage_text
from corpus.errors import LibraryError
from corpus.fulltext import FullTextEntry
from corpus.library import Library
from corpus.reembedding import discard_unused

# Few enough that progress is seen, enough to fill the encoder's batches.
BATCH = 500


@dataclass(frozen=True, slots=True)
class IndexDiagnosis:
    """How an index compares with the catalogue.

    Attributes:
        missing: Index ids of passages that it lacks; all of them if it is damaged.
        orphaned: Index ids that the catalogue does not know.
        damage: Why it cannot be read at all; None if it can.
    """

    missing: tuple[str, ...]
    orphaned: tuple[str, ...]
    damage: str | None = None

    @property
    def whole(self) -> bool:
        """Whether it holds every passage of the catalogue and nothing else."""
        return not self.missing and not self.orphaned and self.damage is None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What an examination found.

    Attributes:
        documents: Documents in the catalogue.
        passages: Passages in the catalogue.
        problems: What is wrong with the catalogue itself; no repair mends it.
        fulltext: The full-text index; None if the catalogue cannot be read, so that there is nothing to compare with.
        vectors: The vector index, likewise.
        free_bytes: Space left on the library's disk.
    """

    documents: int
    passages: int
    problems: tuple[str, ...]
    fulltext: IndexDiagnosis | None
    vectors: IndexDiagnosis | None
    free_bytes: int

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        indexes = (self.fulltext, self.vectors)
        return not self.problems and all(index is not None and index.whole for index in indexes)


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did.

    Attributes:
        restored: Passages put back into one index or both.
        swept: Entries that the catalogue does not know, dropped.
        diagnosis: How the library is now.
    """

    restored: int
    swept: int
    diagnosis: Diagnosis


def examine(library: Library) -> Diagnosis:
    """Examine a library, holding it so that nothing is half written meanwhile.

    Raises:
        LibraryLockedError: If another process is writing.
    """
    with library.writing():
        return _examine(library)


def repair(library: Library, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Repair:
    """Make both indexes hold what the catalogue holds: rebuild a damaged one, restore passages, sweep the rest.

    Args:
        library: The library.
        progress: Is told how many passages of how many are restored.

    Raises:
        LibraryLockedError: If another process is writing.
        LibraryError: If the catalogue is damaged, from which all else derives.
    """
    with library.writing() as writer:
        before = _examine(library)
        if before.fulltext is None or before.vectors is None:
            raise LibraryError(
                f"The library's catalogue {library.catalogue.path} is damaged: {before.problems[0]}. The indexes "
                "derive from it, so nothing can be repaired. Put a copy of the library back, or remove it and ingest "
                "again."
            )
        if before.fulltext.damage:
            writer.rebuild_fulltext()
        if before.vectors.damage:
            writer.rebuild_vectors()
        lacking = sorted({*before.fulltext.missing, *before.vectors.missing})
        _restore(library, lacking, before.fulltext.missing, before.vectors.missing, progress)
        library.fulltext.write((), before.fulltext.orphaned)
        library.vectors.write((), before.vectors.orphaned)
        writer.indexes_repaired()
        discard_unused(library)
        swept = len(before.fulltext.orphaned) + len(before.vectors.orphaned)
        return Repair(restored=len(lacking), swept=swept, diagnosis=_examine(library))


def _examine(library: Library) -> Diagnosis:
    free = shutil.disk_usage(library.path).free
    problems = library.catalogue.problems()
    try:
        documents, passages = library.catalogue.counts()
        known = set(library.catalogue.index_ids())
        problems.extend(_document_problems(library))
    except sqlite3.DatabaseError as error:
        return Diagnosis(0, 0, (*problems, str(error)), None, None, free)
    return Diagnosis(
        documents, passages, tuple(problems), _fulltext(library, known), _vectors(library, known), free
    )


def _document_problems(library: Library) -> Iterator[str]:
    """Check the promise that everything is a span of its document's text, as it was when it was stored."""
    for document_id, sha256 in library.catalogue.text_hashes().items():
        try:
            document = library.catalogue.document(document_id)
            passages = library.catalogue.passages_of(document_id)
        except ValueError as error:
            yield _of_document(document_id, f"cannot be read ({str(error).splitlines()[0]})")
            continue
        if document is None:
            continue
        if document.text_sha256 != sha256:
            yield _of_document(document_id, "does not have the text that was stored: its hash differs")
        astray = [stored.passage.id for stored in passages if not _in_place(stored, document)]
        if astray:
            yield _of_document(
                document_id, f"has passages or sentences out of place (the first: {astray[0]})"
            )


def _of_document(document_id: str, what: str) -> str:
    return f"The document {document_id!r} {what}. Remove it with `loccit remove`, then ingest it again"


def _in_place(stored: StoredPassage, document: Document) -> bool:
    span = stored.passage.span
    return span.end <= len(document.text) and all(
        span.contains(sentence) for sentence in stored.passage.sentences
    )


def _fulltext(library: Library, known: set[str]) -> IndexDiagnosis:
    try:
        held = library.fulltext.index_ids()
    except LibraryError as error:
        return _damaged(known, error)
    return _compared(known, held)


def _vectors(library: Library, known: set[str]) -> IndexDiagnosis:
    try:
        held = library.vectors.index_ids()
        library.vectors.read_back(held & known)
    except LibraryError as error:
        return _damaged(known, error)
    return _compared(known, held)


def _damaged(known: set[str], error: LibraryError) -> IndexDiagnosis:
    return IndexDiagnosis(missing=tuple(sorted(known)), orphaned=(), damage=str(error))


def _compared(known: set[str], held: set[str]) -> IndexDiagnosis:
    return IndexDiagnosis(missing=tuple(sorted(known - held)), orphaned=tuple(sorted(held - known)))


def _restore(
    library: Library,
    lacking: Sequence[str],
    from_fulltext: Collection[str],
    from_vectors: Collection[str],
    progress: Callable[[int, int], None],
) -> None:
    """Write passages again, from the catalogue's own documents."""
    from_fulltext, from_vectors = set(from_fulltext), set(from_vectors)
    for start in range(0, len(lacking), BATCH):
        names = lacking[start : start + BATCH]
        stored = library.catalogue.passages(names)
        documents = {p.passage.document_id: library.document(p.passage.document_id) for p in stored.values()}
        passages = {name: (documents[p.passage.document_id], p.passage) for name, p in stored.items()}
        entries = [
            FullTextEntry.of(name, *passage) for name, passage in passages.items() if name in from_fulltext
        ]
        if entries:
            library.fulltext.write(entries, ())
        unembedded = [name for name in passages if name in from_vectors]
        # The sentences' vectors stand in the catalogue: only the passages' own are made again.
        texts = [
            replace(passage_text(document, passage), sentences=())
            for document, passage in (passages[name] for name in unembedded)
        ]
        made = library.encoder.encode_passages(texts) if texts else []
        library.vectors.write(
            [(name, vectors.passage) for name, vectors in zip(unembedded, made, strict=True)], ()
        )
        progress(min(start + BATCH, len(lacking)), len(lacking))
