"""Gathers what a library says of some subjects: sentences, and whom each is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.comparing.attribution import About, Attribution
from assistant.evidence import Evidence, standing_sentences
from corpus.aspects import KnownAspect
from corpus.catalogue import Filter, StoredPassage
from corpus.library import Library
from corpus.runtimes.runtime import Vectors

Stems = Callable[[str], Sequence[str]]

_HYPHENS = re.compile("[-\u2010-\u2015]")
# Passages that are asked for of each index: for a subject, and for a subject in all respects together.
OF_SUBJECT = 60
OF_ASPECTS = 120
FEWEST_OF_ASPECT = 8
MOST_OF_ASPECT = 40


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """A sentence that speaks of subjects.

    Attributes:
        evidence: The sentence, unscored, with the neighbours it needs.
        text: Its words as a statement shows them.
        about: Whom it is about.
        stems: Stems of its words in order, a space around each.
        headings: The same of the headings above it.
    """

    evidence: Evidence
    text: str
    about: About
    stems: str
    headings: str


@dataclass(frozen=True, eq=False)
class Pool:
    """What was found of some subjects, each sentence once."""

    sentences: tuple[Pooled, ...]

    @cached_property
    def vectors(self) -> Vectors:
        """Their vectors, shape `(sentences, dimension)`."""
        return np.stack([pooled.evidence.vector for pooled in self.sentences])


@dataclass(frozen=True, slots=True, eq=False)
class Aspect:
    """An aspect, ready to be looked for.

    Attributes:
        known: What is known of it.
        vector: Unit vector of its description, shape `(dimension,)`.
        is_known: Whether it is one of the settings: then its terms say what speaks to it.
        wider: Words of the settings' aspect that it is part of: "remission rate" is one of efficacy.
    """

    known: KnownAspect
    vector: Vectors
    is_known: bool = False
    wider: tuple[str, ...] = ()


def passages_of(
    library: Library, subjects: Sequence[str], aspects: Sequence[Aspect], within: Filter | None
) -> list[StoredPassage]:
    """Find the passages that speak of subjects, and of each in each respect.

    A subject in one respect is looked for at the middle of their two vectors, so that no more than the subjects
    themselves must be embedded for a comparison.

    Args:
        library: Where to search.
        subjects: As queries.
        aspects: Respects.
        within: What narrows the search.
    """
    found: dict[str, None] = {}
    of_aspect = min(MOST_OF_ASPECT, max(FEWEST_OF_ASPECT, OF_ASPECTS // max(1, len(aspects))))
    for subject in subjects:
        vector = library.encoder.encode_query(subject)
        queries = [(subject, vector, OF_SUBJECT)]
        for aspect in aspects:
            words = f"{subject} {aspect.known.name} {' '.join(aspect.known.terms)}"
            queries.append((words, _between(vector, aspect.vector), of_aspect))
        for words, middle, k in queries:
            found.update((hit.index_id, None) for hit in library.search_fulltext(words, k, within))
            found.update((hit.index_id, None) for hit in library.search_vectors(middle, k, within))
    passages = library.passages(list(found))
    return [passages[name] for name in found if name in passages]


def pooled(library: Library, passages: Sequence[StoredPassage], attribution: Attribution) -> Pool:
    """Keep the sentences of passages that are about a subject; those of retracted documents are left out.

    Args:
        library: The passages' library.
        passages: Where to look.
        attribution: Tells whom a sentence is about.
    """
    retracted = library.retracted_ids()
    seen: dict[tuple[str, int, int], Pooled] = {}
    for passage in passages:
        if passage.passage.document_id in retracted:
            continue
        for found in _about_subjects(library, passage, attribution):
            spans = found.evidence.sentences
            # Two items of one list are shown as the same list.
            seen.setdefault((found.evidence.document.id, spans[0].start, spans[-1].end), found)
    return Pool(tuple(seen.values()))


def _about_subjects(library: Library, stored: StoredPassage, attribution: Attribution) -> Iterator[Pooled]:
    document = library.document(stored.passage.document_id)
    if not attribution.is_possible(document, stored.passage):
        return
    path = stored.passage.path
    headings: str | None = None
    stems = library.fulltext.terms
    for index, sentence in enumerate(stored.passage.sentences):
        standing = standing_sentences(document, stored, index)
        if standing is None:
            continue
        about = attribution.about(document, path, standing, sentence)
        if not about.subjects:
            continue
        evidence = Evidence(
            document, stored, standing, sentence, stored.sentence_vectors[index], 0.0, 0.0, 0.0
        )
        if headings is None:
            headings = in_order(stems, " ".join(path))
        text = evidence.text
        yield Pooled(evidence, text, about, in_order(stems, text), headings)


def in_order(stems: Stems, text: str) -> str:
    """Give the stems of a text in order, a space around each; what hyphens join is apart."""
    return f" {' '.join(stems(_HYPHENS.sub(' ', text)))} "


def nearest(library: Library, passages: Sequence[StoredPassage], query: str) -> list[Evidence]:
    """Give what comes nearest to a query, as reading where there is no answer."""
    vector = library.encoder.encode_query(query)
    found = []
    for stored in passages:
        if not stored.passage.sentences:
            continue
        similarities = stored.sentence_vectors @ vector
        best = int(similarities.argmax())
        document, sentence = library.document(stored.passage.document_id), stored.passage.sentences[best]
        similarity = float(similarities[best])
        found.append(
            Evidence(
                document,
                stored,
                (sentence,),
                sentence,
                stored.sentence_vectors[best],
                similarity,
                0,
                similarity,
            )
        )
    return sorted(found, key=lambda evidence: -evidence.similarity)


def scored(found: Pooled, score: float) -> Evidence:
    """Give a sentence as evidence of an aspect."""
    return replace(found.evidence, score=score)


def _between(one: Vectors, other: Vectors) -> Vectors:
    middle = one + other
    return np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-12), dtype=np.float32)
