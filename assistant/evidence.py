"""From ranked passages to evidence: which sentences speak to the question, and whether they can stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.question import Question
from assistant.retrieval import RankedPassage, fused
from assistant.terms import Terms
from assistant.words import content_words, has_words, leans, names
from corpus.catalogue import StoredPassage
from corpus.document import BlockKind, Document, SectionRole, SourceType, Span, without_marks
from corpus.library import Library
from corpus.runtimes.runtime import Vectors

MOST_NEIGHBOURS = 3
SHORTEST_SENTENCE = 5
COMMERCIAL_PRIOR = 0.9
OPINION_PRIOR = 0.9
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
        coverage: Share of the question's words, rare ones weighing more, that it has with title and headings.
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


def gather(question: Question, passages: Sequence[RankedPassage], library: Library) -> list[Evidence]:
    """Score the sentences of ranked passages for a question.

    Three rankings are fused by reciprocal rank: the passage's rank, the sentence's cosine to the question, and its
    coverage of the question's words. Evidence that lacks a rare name of the question is left out if other has it.

    Args:
        question: The question.
        passages: Ranked passages, best first.
        library: Where they come from.

    Returns:
        Evidence, best first, what retracted documents say after all else; sentences that cannot stand even with
        their neighbours are left out.
    """
    terms = Terms(question, library)
    found: dict[str, Evidence] = {}
    for ranked in passages:
        document = library.document(ranked.stored.passage.document_id)
        for index, sentence in enumerate(ranked.stored.passage.sentences):
            standing = _standing(document, ranked.stored, index)
            if standing is None:
                continue
            similarity = float(ranked.similarities[index])
            name = f"{document.id}@{standing[0].start}-{standing[-1].end}"
            if name in found and found[name].similarity >= similarity:
                continue
            found[name] = Evidence(
                document,
                ranked.stored,
                standing,
                sentence,
                ranked.stored.sentence_vectors[index],
                similarity,
                terms.coverage(_near(document, ranked.stored, standing), document.record.title),
                ranked.score,
            )
    kept = _speaking_of(terms, found)
    similar = sorted(kept, key=lambda name: -kept[name].similarity)
    worded = sorted((name for name in kept if kept[name].coverage > 0), key=lambda name: -kept[name].coverage)
    scores = fused(((1, list(kept)), (2, similar), (2, worded)))
    scored = [replace(kept[name], score=scores[name] * _prior(kept[name].document)) for name in kept]
    return sorted(scored, key=lambda evidence: (evidence.document.retracted, -evidence.score))


def _near(document: Document, passage: StoredPassage, sentences: Sequence[Span]) -> str:
    """Give sentences with the headings that they stand under."""
    return " ".join((*passage.passage.path, *(sentence.of(document.text) for sentence in sentences)))


def _speaking_of(terms: Terms, found: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """Keep the evidence that says the name the question is about, and none that speaks of a rival instead.

    Either test is waived where nothing passes it: better evidence without the name than none.
    """
    kept = dict(found)
    for unfit in (terms.lacks_the_name, terms.names_another):
        fit = {name: e for name, e in kept.items() if not unfit(e.near, e.document.record.title)}
        kept = fit or kept
    return kept


def mentions(evidence: Evidence, name: str) -> bool:
    """Tell whether a sentence, its headings or its document's title names something."""
    return names(evidence.context, name)


def _prior(document: Document) -> float:
    """Weigh a source by what it is: an opinion or an advertisement leads only if it is clearly nearer."""
    if document.commercial:
        return COMMERCIAL_PRIOR
    return OPINION_PRIOR if document.source_type in _OPINIONS else 1.0


def _standing(document: Document, passage: StoredPassage, index: int) -> tuple[Span, ...] | None:
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
