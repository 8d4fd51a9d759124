"""Copies of one work among what is ingested and what is held: the better copy stands for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Document, Fidelity
from corpus.identity import rank, work_names
from corpus.ledger import HeldWork, Ledger


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a document that was read.

    Attributes:
        better: Id of a better copy, which stays in its place; None if the document gets in.
        lesser: Ids of copies that make way for it: lesser ones, and of equal ones those read before.
    """

    better: str | None = None
    lesser: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A document on its way into the library."""

    work: HeldWork
    names: tuple[str, ...]
    batch: int


class Duplicates:
    """Judges the documents of one run, in the order in which they are read."""

    def __init__(self, ledger: Ledger) -> None:
        """Judge against what the library holds."""
        self._ledger = ledger
        self._accepted: dict[str, _Accepted] = {}
        self._by_name: dict[str, set[str]] = {}
        # Ids of lesser copies, with the batch whose commit removes them.
        self._superseded: dict[str, int] = {}

    def judge(self, document: Document, location: str, batch: int, *, fetched: bool = False) -> Judgement:
        """Decide about a document; one that gets in counts from now on, stored or not.

        Args:
            document: What was read.
            location: Its origin. What an origin gives now replaces what it gave before, better or not.
            batch: Number of the batch that it is to be stored with.
            fetched: Whether it came from the web, where texts are withdrawn: less than a full text never takes the
                place of one, even from the same origin.
        """
        names = work_names(document)
        own_rank = rank(document.fidelity, document.source_type, paged=bool(document.pages))
        own = HeldWork(document.id, location, document.fidelity, own_rank)
        copies = self._copies(own, names)
        better = [
            copy
            for copy in copies
            if copy.rank > own.rank and (copy.location != location or (fetched and _says_less(own, copy)))
        ]
        if better:
            return Judgement(better=max(better, key=lambda copy: copy.rank).document_id)
        lesser = tuple(sorted(copy.document_id for copy in copies if copy.document_id != document.id))
        for document_id in lesser:
            self._forget(document_id)
            self._superseded[document_id] = batch
        self._forget(document.id)
        self._superseded.pop(document.id, None)
        self._accepted[document.id] = _Accepted(own, names, batch)
        for name in names:
            self._by_name.setdefault(name, set()).add(document.id)
        return Judgement(lesser=lesser)

    def stored(self, batch: int) -> None:
        """Forget what was decided up to a batch: the library holds it now."""
        for document_id in [i for i, accepted in self._accepted.items() if accepted.batch <= batch]:
            self._forget(document_id)
        self._superseded = {i: of for i, of in self._superseded.items() if of > batch}

    def _copies(self, own: HeldWork, names: tuple[str, ...]) -> list[HeldWork]:
        found = {
            copy.document_id: copy
            for copy in self._ledger.held(names, own.document_id)
            if copy.document_id not in self._superseded
        }
        accepted = {own.document_id, *(i for name in names for i in self._by_name.get(name, ()))}
        found.update((i, self._accepted[i].work) for i in accepted if i in self._accepted)
        return list(found.values())

    def _forget(self, document_id: str) -> None:
        accepted = self._accepted.pop(document_id, None)
        for name in accepted.names if accepted else ():
            self._by_name[name].discard(document_id)
            if not self._by_name[name]:
                del self._by_name[name]


def _says_less(own: HeldWork, held: HeldWork) -> bool:
    return held.fidelity is Fidelity.FULL_TEXT and own.fidelity is not Fidelity.FULL_TEXT
