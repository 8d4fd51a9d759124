"""Statements in people's own words with what they cite, and the same with a fault planted by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from assistant.checking.showing import Candidate, candidate
from assistant.evidence import Evidence
from assistant.retrieval import RankedPassage, Retrieval
from corpus.library import Library
from tests.perturbing.changing import Change, Changes
from tests.perturbing.sentences import Sentence, Sentences

DATA = Path(__file__).with_name("statements.yaml")
PASSAGES = 40
# Sentences that are found for one question, beside the one that is cited.
OTHERS = 12


class Fault(StrEnum):
    """What is wrong with a statement."""

    WRONG_KEY = "wrong key"
    SWAPPED = "swapped citation"
    NUMBER = "altered number"
    NEGATED = "negated"
    MADE_UP = "made up"
    DIRECTION = "altered direction"
    ENTITY = "altered entity"


# Of three hundred.
MIXTURE = {
    Fault.WRONG_KEY: 40,
    Fault.SWAPPED: 60,
    Fault.NUMBER: 60,
    Fault.NEGATED: 60,
    Fault.MADE_UP: 80,
}
_CHANGES = {
    Change.NUMBER: Fault.NUMBER,
    Change.NEGATION: Fault.NEGATED,
    Change.DIRECTION: Fault.DIRECTION,
    Change.ENTITY: Fault.ENTITY,
}


class Written(BaseModel):
    """A statement as it was written, with the words that it cites."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    source: str
    statement: str


class Half(BaseModel):
    """What one person wrote."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    paraphrases: tuple[Written, ...]
    made_up: tuple[Written, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """A statement to be judged.

    Attributes:
        half: Whose it is.
        text: What is said.
        cited: What it cites; None if that does not exist.
        found: All that was found for the same question, the cited sentence and the true source among it.
        fault: What is wrong with it; None if nothing is.
    """

    half: str
    text: str
    cited: Evidence | None
    found: tuple[Evidence, ...]
    fault: Fault | None


def cases(library: Library, seed: int = 1) -> list[Case]:
    """Read the statements, and plant every fault that each allows.

    Args:
        library: Holds the starter corpus.
        seed: Draws what is altered.
    """
    written = TypeAdapter(Mapping[str, Half]).validate_python(yaml.safe_load(DATA.read_text("utf-8")))
    planting = _Planting(library, seed)
    return [case for name, half in written.items() for case in planting.of(name, half)]


class _Planting:
    def __init__(self, library: Library, seed: int) -> None:
        self._library = library
        self._retrieval = Retrieval(library)
        self._changes = Changes(Sentences.of(library), Random(seed))

    def of(self, name: str, half: Half) -> Iterator[Case]:
        for written in half.paraphrases:
            own, others = self._found(written)
            found = (own, *others)
            yield Case(name, written.statement, own, found, None)
            yield Case(name, written.statement, None, found, Fault.WRONG_KEY)
            # The nearest other sentence that retrieval gives for the statement itself.
            yield Case(name, written.statement, others[0], found, Fault.SWAPPED)
            sentence = Sentence(written.document, own.main, written.source)
            for changed in self._changes.of(written.statement, sentence):
                yield Case(name, changed.text, own, found, _CHANGES[changed.change])
        for written in half.made_up:
            own, others = self._found(written)
            yield Case(name, written.statement, own, (own, *others), Fault.MADE_UP)

    def _found(self, written: Written) -> tuple[Evidence, list[Evidence]]:
        """Find the cited sentence, and the nearest others."""
        ranked = self._retrieval.passages(written.statement, PASSAGES)
        found = sorted(self._candidates(ranked), key=lambda one: -one.evidence.similarity)
        own = [one for one in found if one.text == written.source] or self._in_document(written)
        others = [one.evidence for one in found if one.text != written.source]
        return own[0].evidence, others[:OTHERS]

    def _candidates(self, ranked: Sequence[RankedPassage]) -> Iterator[Candidate]:
        for passage in ranked:
            document = self._library.document(passage.stored.passage.document_id)
            for index in range(len(passage.stored.passage.sentences)):
                if read := candidate(document, passage, index):
                    yield read

    def _in_document(self, written: Written) -> list[Candidate]:
        """Find a cited sentence that retrieval has not given."""
        vector = self._library.encoder.encode_query(written.statement)
        passages = [
            RankedPassage(stored, 0.0, stored.sentence_vectors @ vector)
            for stored in self._library.passages_of(written.document)
        ]
        return [one for one in self._candidates(passages) if one.text == written.source]
