"""From ranked passages to evidence: which sentences speak to the question, and whether they can stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.concepts import Concepts
from assistant.question import Question
from assistant.retrieval import RankedPassage
from assistant.terms import Names
from assistant.words import content_words, has_words, leans, names
from corpus.catalogue import StoredPassage
from corpus.document import BlockKind, Document, SectionRole, SourceType, Span, without_marks
from corpus.fulltext import indexed_stems
from corpus.library import Library
from corpus.runtimes.runtime import Vectors

MOST_NEIGHBOURS = 3
SHORTEST_SENTENCE = 5
# In standard deviations of the score.
COMMERCIAL_PRIOR = -0.3
OPINION_PRIOR = -0.15
# For a sentence that leaves out a disease or medicine of the question.
NAMELESS_PRIOR = -1.0
# For each other name that it leaves out; and for speaking of all of the question rather than of none of it.
ABBREVIATION_PRIOR = -0.6
COVERAGE_WEIGHT = 2.0
_OPINIONS = frozenset({SourceType.EDITORIAL, SourceType.WEB, SourceType.OTHER})


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A sentence that speaks to a question, with the neighbours that it needs to be understood.

    Attributes:
        document: The document it stands in.
        passage: The passage it stands in.
        sentences: The sentence itself, after or before the neighbours that it leans on; in order of the text.
        main: The sentence that was found.
        vector: Unit vector of `main`, shape `(dimension,)`.
        similarity: Cosine of `main` to the question.
        coverage: Share of the question's concepts, rare ones weighing more, that it has with title and headings.
        score: Fused score; compares within one question only.
    """

    document: Document
    passage: StoredPassage
    sentences: tuple[Span, ...]
    main: Span
    vector: Vectors
    similarity: float
    coverage: float
    score: float

    @property
    def text(self) -> str:
        """The words as a statement shows them: reference marks left out, items of a list on lines of their own."""
        return shown(self.document, self.sentences)

    @property
    def context(self) -> str:
        """The words with title and headings, by which a reader knows what they speak of."""
        return f"{self.document.record.title} {self.near}"

    @property
    def near(self) -> str:
        """The words with their headings."""
        return _near(self.document, self.passage, self.sentences)


def shown(document: Document, sentences: Sequence[Span]) -> str:
    """Give sentences as a statement shows them."""
    text = ""
    for sentence in sentences:
        separator = "\n" if _is_item(document, sentence) else " "
        text += (separator if text else "") + without_marks(document.text, sentence, document.reference_marks)
    return text


def gather(
    question: Question, passages: Sequence[RankedPassage], library: Library, concepts: Concepts
) -> list[Evidence]:
    """Score the sentences of ranked passages for a question: by meaning, and by words with their other names.

    Both are standardised over the sentences and added. That measured better than fusing ranks, which throws away by how
    much a sentence is ahead (corpus/starter/questions.yaml: facts in the first eight sentences .62 against .70).

    Args:
        question: The question.
        passages: Ranked passages, best first.
        library: Where they come from.
        concepts: What the question speaks of.

    Returns:
        Evidence, best first, what retracted documents say after all else; sentences that cannot stand even with
        their neighbours are left out, as are those about another thing of the same family if there are others.
    """
    found, texts, titles = _candidates(passages, library)
    if not found:
        return []
    heard = concepts.heard_in(texts, titles)
    scores = standardised(np.array([e.similarity for e in found]))
    scores += concepts.weight * standardised(heard.scores)
    scores += NAMELESS_PRIOR * heard.lacks_a_name + ABBREVIATION_PRIOR * heard.abbreviations_lacking
    scores += COVERAGE_WEIGHT * (heard.coverage - heard.coverage.max())
    scored = [
        replace(e, score=float(score) + prior(e.document), coverage=float(coverage))
        for e, score, coverage in zip(found, scores, heard.coverage, strict=True)
    ]
    return sorted(_of_the_names(question, scored), key=lambda e: (e.document.retracted, -e.score))


def _of_the_names(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Leave out what speaks of another member of a family, as "CAR-T" where "CAR-NK" was asked, if there is better."""
    names = Names(question)
    if not names:
        return evidence
    of_it = [e for e in evidence if not names.names_another(e.near, e.document.record.title)] or evidence
    return [e for e in of_it if names.all_numbered_in(e.context)] or of_it


def _candidates(
    passages: Sequence[RankedPassage], library: Library
) -> tuple[list[Evidence], list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Give the sentences that can stand, the stems of what each says with its headings, and those of its title."""
    found: dict[tuple[str, int, int], tuple[Evidence, tuple[str, ...], tuple[str, ...]]] = {}
    for ranked in passages:
        stored = ranked.stored
        document = library.document(stored.passage.document_id)
        headings, title = _stems(" ".join(stored.passage.path)), _stems(document.record.title)
        for index, sentence in enumerate(stored.passage.sentences):
            standing = standing_sentences(document, stored, index)
            if standing is None:
                continue
            similarity = float(ranked.similarities[index])
            place = (document.id, standing[0].start, standing[-1].end)
            if place in found and found[place][0].similarity >= similarity:
                continue
            vector = stored.sentence_vectors[index]
            evidence = Evidence(document, stored, standing, sentence, vector, similarity, 0.0, 0.0)
            text = tuple(stem for span in standing for stem in _stems(span.of(document.text)))
            found[place] = (evidence, text + headings, title)
    kept = found.values()
    return [one for one, _, _ in kept], [text for _, text, _ in kept], [title for _, _, title in kept]


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    """Analyse a sentence once: the same ones are candidates again and again."""
    return tuple(indexed_stems(text))


def standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give values in standard deviations from their mean; zeros, if they are all alike."""
    spread = float(values.std())
    return (values - values.mean()) / spread if spread else np.zeros_like(values)


def _near(document: Document, passage: StoredPassage, sentences: Sequence[Span]) -> str:
    """Give sentences with the headings that they stand under."""
    return " ".join((*passage.passage.path, *(sentence.of(document.text) for sentence in sentences)))


def mentions(evidence: Evidence, name: str) -> bool:
    """Tell whether a sentence, its headings or its document's title names something."""
    return names(evidence.context, name)


def prior(document: Document) -> float:
    """Weigh a source by what it is: an opinion or an advertisement leads only if it is clearly nearer."""
    if document.commercial:
        return COMMERCIAL_PRIOR
    return OPINION_PRIOR if document.source_type in _OPINIONS else 0.0


def standing_sentences(document: Document, passage: StoredPassage, index: int) -> tuple[Span, ...] | None:
    """Give a sentence with the neighbours that it needs, or None if they are out of reach or it says nothing."""
    sentences = passage.passage.sentences
    text = sentences[index].of(document.text)
    if text.endswith("?") or not _can_be_said(document, sentences[index]):
        return None
    if _is_item(document, sentences[index]):
        return _with_list(document, sentences, index)
    if _announces(text):
        items = tuple(_items_after(document, sentences, index))
        return _led(document, sentences, index, (sentences[index], *items)) if items else None
    if not has_words(text, SHORTEST_SENTENCE):
        return None
    return _led(document, sentences, index, (sentences[index],))


def _can_be_said(document: Document, sentence: Span) -> bool:
    """Tell whether a sentence may become a statement: a row of figures without its header says nothing."""
    block = document.block_at(sentence.start)
    if block is None or block.kind is BlockKind.TABLE_ROW:
        return False
    thanks = SectionRole.ACKNOWLEDGEMENTS
    return block.section is None or document.sections[block.section].role is not thanks


def _announces(text: str) -> bool:
    return text.endswith(":")


def _with_list(document: Document, sentences: Sequence[Span], index: int) -> tuple[Span, ...] | None:
    """Bring an item's list along if something announces it; without that, an item stands alone."""
    first = index
    while first > 0 and _is_item(document, sentences[first]):
        first -= 1
    if _announces(sentences[first].of(document.text)):
        return _standing_list(document, sentences, first)
    enough = has_words(sentences[index].of(document.text), SHORTEST_SENTENCE)
    return _led(document, sentences, index, (sentences[index],)) if enough else None


def _standing_list(document: Document, sentences: Sequence[Span], lead: int) -> tuple[Span, ...] | None:
    return _led(document, sentences, lead, (sentences[lead], *_items_after(document, sentences, lead)))


def _items_after(document: Document, sentences: Sequence[Span], lead: int) -> Iterator[Span]:
    for sentence in sentences[lead + 1 :]:
        if not _is_item(document, sentence):
            return
        yield sentence


def _led(
    document: Document, sentences: Sequence[Span], index: int, standing: tuple[Span, ...]
) -> tuple[Span, ...] | None:
    """Put the sentences that `standing` leans on before it, a few at the most."""
    for _ in range(MOST_NEIGHBOURS):
        if not leans(standing[0].of(document.text)):
            return standing
        index -= 1
        if index < 0 or _is_item(document, sentences[index]):
            return None
        standing = (sentences[index], *standing)
    return None if leans(standing[0].of(document.text)) else standing


def _is_item(document: Document, sentence: Span) -> bool:
    block = document.block_at(sentence.start)
    return block is not None and block.kind is BlockKind.LIST_ITEM


def shares_words(first: str, second: str) -> float:
    """Give the share of content words that two texts have in common (Jaccard)."""
    one, two = set(content_words(first)), set(content_words(second))
    return len(one & two) / len(one | two) if one | two else 0.0
