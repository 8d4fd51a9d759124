"""Passage vectors in Chroma: vectors and ids, nothing else. Derived from the catalogue."""

from __future__ import annotations

import shutil
import socket
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import numpy as np

from corpus.errors import LibraryError
from corpus.fulltext import Hit
from corpus.runtimes.runtime import Vectors

if TYPE_CHECKING:
    import chromadb
    from chromadb.config import Settings

# Chroma takes 5,461 at the most, but lets nobody read meanwhile.
BATCH = 500
CONNECT_SECONDS = 5

T = TypeVar("T")

_embedded: WeakValueDictionary[Path, VectorIndex] = WeakValueDictionary()
_embedded_lock = threading.Lock()


class VectorIndex:
    """The vectors of one library, embedded in its folder or on a Chroma server. Safe across threads."""

    def __init__(self, place: Path | str, collection: str) -> None:
        """Open the index, or make an empty one.

        Args:
            place: The folder of an embedded Chroma, or the address of a server.
            collection: Name of the collection.

        Raises:
            LibraryError: If the index is damaged, the server does not answer or the address is not one.
        """
        self._place = place
        self._name = collection
        self._lock = threading.RLock()
        self._seen: int | None = None
        self._holders = 0
        self._open()

    @classmethod
    def embedded(cls, folder: Path, collection: str) -> VectorIndex:
        """Open the embedded index of a folder, one for the whole process.

        All of Chroma's clients of one folder share one system, which keeps the view it was opened with: to see what
        another process wrote, every one of them must be closed first. So there is never more than one.
        """
        with _embedded_lock:
            index = _embedded.get(folder.resolve())
            if index is None:
                index = cls(folder.resolve(), collection)
                _embedded[folder.resolve()] = index
            index._holders += 1
            return index

    @staticmethod
    def discard(place: Path | str, collection: str) -> None:
        """Throw an index away, however damaged it is. An embedded one that this process holds opens anew, empty."""
        if not isinstance(place, Path):
            index = VectorIndex(place, collection)
            index._client.delete_collection(collection)
            index.close()
            return
        with _embedded_lock:
            held = _embedded.get(place.resolve())
            if held is None:
                shutil.rmtree(place, ignore_errors=True)
                return
            with held._lock:
                held._client.close()  # type: ignore[attr-defined]
                shutil.rmtree(place, ignore_errors=True)
                held._open()

    def _open(self) -> None:
        from chromadb.config import Settings

        self._client: chromadb.api.ClientAPI
        settings = Settings(anonymized_telemetry=False)
        with self._reporting():
            if isinstance(self._place, Path):
                self._place.mkdir(parents=True, exist_ok=True)
                self._client = _embedded_client(self._place, settings)
            else:
                self._client = _server_client(self._place, settings)
            self._collection = self._client.get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Name what Chroma has stumbled over and what helps."""
        import httpx
        from chromadb.errors import ChromaError

        try:
            yield
        except httpx.HTTPError as error:
            raise _no_answer(str(self._place), error) from error
        except ChromaError as error:
            reason = str(error).partition("\n")[0]
            if not isinstance(self._place, Path):
                raise LibraryError(f"The Chroma server at {self._place} refuses: {reason}.") from error
            raise LibraryError(
                f"The vector index in {self._place} is damaged: {reason}. `loccit doctor --repair` rebuilds it."
            ) from error

    @contextmanager
    def _using(self) -> Iterator[None]:
        """Use the collection: an embedded one must not be reopened meanwhile; a server sees to itself."""
        if isinstance(self._place, Path):
            with self._lock, self._reporting():
                yield
        else:
            with self._reporting():
                yield

    def follow(self, generation: int) -> None:
        """Reopen an embedded index if the library has moved on since it was opened."""
        with self._lock:
            # A reader of an older snapshot does not turn the index back.
            if self._seen is not None and generation <= self._seen:
                return
            if isinstance(self._place, Path) and self._seen is not None:
                self._client.close()  # type: ignore[attr-defined]
                self._open()
            self._seen = generation

    def written(self, generation: int) -> None:
        """Note that this process itself made the writes up to a generation: no need to reopen."""
        with self._lock:
            self._seen = generation

    def search(self, vector: Vectors, k: int, index_ids: Sequence[str] | None = None) -> list[Hit]:
        """Find the passages nearest to a vector.

        Args:
            vector: A unit vector, shape `(dimension,)`.
            k: How many passages at the most.
            index_ids: Search among these only.

        Returns:
            Hits with cosine similarities, best first.
        """
        if k < 1 or (index_ids is not None and not index_ids):
            return []
        with self._using():
            found = self._collection.query(
                query_embeddings=vector[np.newaxis, :],
                n_results=min(k, len(index_ids)) if index_ids is not None else k,
                ids=list(index_ids) if index_ids is not None else None,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [
            Hit(name, 1.0 - float(distance))
            for name, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def write(self, add: Sequence[tuple[str, Vectors]], remove: Iterable[str]) -> None:
        """Add vectors by their ids and remove others; adding again replaces."""
        for batch in _batches(add):
            with self._using():
                self._collection.upsert(
                    ids=[name for name, _ in batch], embeddings=np.stack([vector for _, vector in batch])
                )
        for names in _batches(list(remove)):
            with self._using():
                self._collection.delete(ids=list(names))

    def index_ids(self) -> set[str]:
        """Give the ids of all vectors."""
        with self._using():
            return set(self._collection.get(include=[])["ids"])

    def read_back(self, index_ids: Iterable[str]) -> None:
        """Read vectors, since Chroma lists ids whose vectors its graph has lost, and then does not find them.

        Raises:
            LibraryError: If one of them cannot be read.
        """
        for names in _batches(list(index_ids)):
            with self._using():
                self._collection.get(ids=list(names), include=["embeddings"])

    def close(self) -> None:
        """Let go of the index: the last of its holders closes it."""
        with _embedded_lock:
            self._holders -= 1
            if self._holders <= 0:
                if isinstance(self._place, Path):
                    _embedded.pop(self._place, None)
                _close(self._client)

    def __del__(self) -> None:
        """Close an embedded system that nobody has closed: Chroma would hand it to the next client of the folder."""
        # When the interpreter ends, Chroma's own modules may be gone already.
        if self._holders > 0 and isinstance(self._place, Path) and not sys.is_finalizing():
            self._client.close()  # type: ignore[attr-defined]


def _embedded_client(folder: Path, settings: Settings) -> chromadb.api.ClientAPI:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    try:
        return chromadb.PersistentClient(str(folder), settings=settings)
    except BaseException:
        # Chroma keeps the half-started system and hands it to the next client of this folder.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise


def _server_client(address: str, settings: Settings) -> chromadb.api.ClientAPI:
    import chromadb

    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise LibraryError(
            f"LOCCIT_CHROMA_URL is not an address of a Chroma server: {address!r}. Example: http://127.0.0.1:8000"
        )
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        # Chroma itself waits without end for one that neither answers nor refuses.
        socket.create_connection((parts.hostname, port), timeout=CONNECT_SECONDS).close()
        return chromadb.HttpClient(parts.hostname, port, ssl=parts.scheme == "https", settings=settings)
    except (ValueError, OSError) as error:
        raise _no_answer(address, error) from error


def _close(client: chromadb.api.ClientAPI) -> None:
    """Close a client, and a server's connections: Chroma leaves its own and those of its inner client open."""
    from chromadb.api.client import Client

    assert isinstance(client, Client)
    servers = (client._server, getattr(client._admin_client, "_server", None))
    client.close()
    for session in [getattr(server, "_session", None) for server in servers]:
        if session is not None:
            session.close()


def _no_answer(address: str, error: Exception) -> LibraryError:
    return LibraryError(
        f"The Chroma server at {address} does not answer: {error}. Start it, or unset LOCCIT_CHROMA_URL."
    )


def _batches(items: Sequence[T]) -> Iterable[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
