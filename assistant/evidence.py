"""From ranked passages to evidence: which sentences speak to the question, and whether they can stand alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.retrieval import RankedPassage, fused
from assistant.words import content_words, leans, names, words
from corpus.catalogue import StoredPassage
from corpus.document import BlockKind, Document, Span, without_marks
from corpus.encoder import Vectors
from corpus.fulltext import FullText
from corpus.library import Library

MOST_NEIGHBOURS = 2
SHORTEST_SENTENCE = 5
_ANNOUNCING = re.compile(r":\s*$")
_ENTITY = re.compile(r"(?=[\w-]*(?:[A-Z][\w-]*[A-Z]|[A-Z][\w-]*\d|\d[\w-]*[A-Z]|[a-z][A-Z]))[\w-]+|[A-Z]{2,}[\w-]*")


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
        score: Fused score; compares within one question only.
    """

    document: Document
    passage: StoredPassage
    sentences: tuple[Span, ...]
    main: Span
    vector: Vectors
    similarity: float
    score: float

    @property
    def text(self) -> str:
        """The words as a statement shows them: reference marks left out, items of a list on lines of their own."""
        return shown(self.document, self.sentences)

    @property
    def context(self) -> str:
        """The main sentence with title and headings, by which a reader knows what it speaks of."""
        record = self.document.record
        return " ".join((record.title, *self.passage.passage.path, self.main.of(self.document.text)))


def shown(document: Document, sentences: Sequence[Span]) -> str:
    """Give sentences as a statement shows them."""
    text = ""
    for sentence in sentences:
        separator = "\n" if _is_item(document, sentence) else " "
        text += (separator if text else "") + without_marks(document.text, sentence, document.reference_marks)
    return text


def gather(question: Question, passages: Sequence[RankedPassage], library: Library) -> list[Evidence]:
    """Score the sentences of ranked passages for a question.

    Three rankings are fused by reciprocal rank: the passage's rank, the sentence's cosine to the question, and the
    share of the question's words, rare ones weighing more, that the sentence has with its title and headings.

    Args:
        question: The question.
        passages: Ranked passages, best first.
        library: Where they come from.

    Returns:
        Evidence, best first; sentences that cannot stand even with their neighbours are left out.
    """
    fulltext = library.fulltext
    weights = _term_weights(question, fulltext, library.catalogue.counts()[1])
    entities = entities_of(question.standalone)
    found: dict[str, Evidence] = {}
    lexical: dict[str, float] = {}
    for ranked in passages:
        document = library.document(ranked.stored.passage.document_id)
        for index, sentence in enumerate(ranked.stored.passage.sentences):
            standing = _standing(document, ranked.stored, index)
            name = f"{document.id}@{sentence.start}"
            if standing is None or name in found:
                continue
            evidence = Evidence(
                document,
                ranked.stored,
                standing,
                sentence,
                ranked.stored.sentence_vectors[index],
                float(ranked.similarities[index]),
                ranked.score,
            )
            found[name] = evidence
            lexical[name] = _lexical(evidence, weights, fulltext)
    similar = sorted(found, key=lambda name: -found[name].similarity)
    worded = sorted((name for name in found if lexical[name] > 0), key=lambda name: -lexical[name])
    scores = fused((list(found), similar, similar, worded))
    scored = [_scored(found[name], scores[name] * _naming(found[name], entities)) for name in found]
    return sorted(scored, key=lambda evidence: -evidence.score)


def entities_of(text: str) -> list[str]:
    """Give the names in a text that look like no common word: "CAR-NK", "IL-15", "iPSC", "FT596"."""
    return list(dict.fromkeys(match.group() for match in _ENTITY.finditer(text)))


def mentions(evidence: Evidence, name: str) -> bool:
    """Tell whether a sentence, its headings or its document's title names something."""
    return names(evidence.context, name)


def _naming(evidence: Evidence, entities: Sequence[str]) -> float:
    """Weigh evidence by the names of the question that it speaks of: none at all halves its score."""
    if not entities:
        return 1.0
    return 0.5 + 0.5 * sum(mentions(evidence, name) for name in entities) / len(entities)


def _scored(evidence: Evidence, score: float) -> Evidence:
    return Evidence(
        evidence.document,
        evidence.passage,
        evidence.sentences,
        evidence.main,
        evidence.vector,
        evidence.similarity,
        score,
    )


def _term_weights(question: Question, fulltext: FullText, passages: int) -> dict[str, float]:
    """Weigh the question's stems by how rare they are in the library."""
    stems = dict.fromkeys(stem for term in question.terms for stem in fulltext.terms(term))
    return {stem: math.log(1 + passages / (1 + fulltext.document_frequency(stem))) for stem in stems}


def _lexical(evidence: Evidence, weights: dict[str, float], fulltext: FullText) -> float:
    there = set(fulltext.terms(evidence.context))
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in there) / total if total else 0.0


def _standing(document: Document, passage: StoredPassage, index: int) -> tuple[Span, ...] | None:
    """Give a sentence with the neighbours that it needs, or None if they are out of reach or it says nothing."""
    sentences = passage.passage.sentences
    text = sentences[index].of(document.text)
    if text.endswith("?"):
        return None
    if _is_item(document, sentences[index]):
        return _with_list(document, sentences, index)
    if _ANNOUNCING.search(text):
        items = tuple(_items_after(document, sentences, index))
        return _led(document, sentences, index, (sentences[index], *items)) if items else None
    if len(words(text)) < SHORTEST_SENTENCE:
        return None
    return _led(document, sentences, index, (sentences[index],))


def _with_list(document: Document, sentences: Sequence[Span], index: int) -> tuple[Span, ...] | None:
    """Bring an item's list along if something announces it; a list without an announcement has items that stand alone."""
    first = index
    while first > 0 and _is_item(document, sentences[first]):
        first -= 1
    if _ANNOUNCING.search(sentences[first].of(document.text)):
        return _standing_list(document, sentences, first)
    enough = len(words(sentences[index].of(document.text))) >= SHORTEST_SENTENCE
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
    """Put the sentences that `standing` leans on before it."""
    for _ in range(MOST_NEIGHBOURS + 1):
        if not leans(standing[0].of(document.text)):
            return standing
        index -= 1
        if index < 0 or _is_item(document, sentences[index]) or len(standing) > MOST_NEIGHBOURS + 1:
            return None
        standing = (sentences[index], *standing)
    return None


def _is_item(document: Document, sentence: Span) -> bool:
    block = document.block_at(sentence.start)
    return block is not None and block.kind is BlockKind.LIST_ITEM


def shares_words(first: str, second: str) -> float:
    """Give the share of content words that two texts have in common (Jaccard)."""
    one, two = set(content_words(first)), set(content_words(second))
    return len(one & two) / len(one | two) if one | two else 0.0
