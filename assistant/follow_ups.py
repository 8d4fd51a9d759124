"""Makes follow-up questions of what an answer's evidence speaks of; whether the library answers them is tried later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from assistant.answer import Answer
from assistant.question.background import Background
from assistant.question.entities import Entity, Sort, entities_in
from corpus.aspects import KnownAspect
from corpus.document import SourceType
from corpus.fulltext import stems
from corpus.library import Library
from corpus.rows import ListedDocument

# Of the things that the evidence speaks of, those that it speaks of most.
MOST_NAMES, MOST_WORKS, MOST_ASPECTS = 5, 4, 5
# What every fifth passage speaks of is the library's subject, and no part of it.
COMMON = 0.2
_SHORTEST_WORD = 4
_OF_ASPECT = "What is known about the {aspect} of {subject}?"
_OF_BOTH = "How do {subject} compare in {aspect}?"
_OF_NAME = "What is known about {name}?"
# "IL-15", "NKX019", "t-haNK", but not "1-year" nor "TGF-β—can".
_CODE = re.compile(r"(?=\S*[A-Z])[^\W\d_][\w/+]*(?:-[\w/+]+)*")
_BRACKETS = re.compile(r"[()\[\]]")
_WORD = re.compile(r"[a-z]{4,}")
# What can be given, made or used is spoken of so, and has side effects, costs and limits.
_USED = (
    r"(?:treated|[Tt]reatment|[Tt]herapy) with {0}(?![ -][A-Z])"
    r"|(?:[Ii]nfusions?|[Dd]oses?|[Uu]se|[Rr]ecipients) of {0}(?![ -][A-Z])"
    r"|{0}(?:[ -]cells?)?[ -](?:therap|product|infusion|treat|recipient|device|method)"
)
_OF_WORKS = {
    SourceType.CLINICAL_TRIAL: "What are the results of the trial by {work}?",
    SourceType.RESEARCH: "What are the results of the study by {work}?",
    SourceType.PREPRINT: "What are the results of the study by {work}?",
    SourceType.ECONOMIC_MODEL: "What are the results of the study by {work}?",
    SourceType.REVIEW: "What does the review by {work} say?",
}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that a reader has read.

    Attributes:
        question: Whole, without the conversation that it was asked in.
        subjects: What it compares, if it does.
        quotes: The words that it quotes.
        documents: Ids of the documents that it cites, each as often as it does.
    """

    question: str
    subjects: tuple[str, ...]
    quotes: tuple[str, ...]
    documents: tuple[str, ...]

    @classmethod
    def of(cls, answer: Answer) -> Answered:
        """Take of an answer what follow-up questions are made of."""
        return cls(
            answer.standalone_question,
            answer.comparison.subjects if answer.comparison else (),
            tuple(quote.text for citation in answer.citations for quote in citation.quotes),
            tuple(citation.document_id for citation in answer.citations),
        )


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that may be offered.

    Attributes:
        question: As the reader will ask it.
        about: Words that its first statements must have; of each group all words of one entry.
        document: What must be cited first, if the question is about one document.
        subjects: How many columns its table must fill; 0 for no table.
        is_wider: Whether it asks for more of what the reader has asked about.
    """

    question: str
    about: tuple[tuple[frozenset[str], ...], ...] = ()
    document: str | None = None
    subjects: int = 0
    is_wider: bool = False

    def is_said_by(self, words: Collection[str]) -> bool:
        """Tell whether words, given by their stems, are about this."""
        return all(any(entry <= set(words) for entry in group) for group in self.about)


def follow_ups(
    answered: Answered, aspects: Sequence[KnownAspect], background: Background, library: Library
) -> Iterator[FollowUp]:
    """Make questions of aspects, of names and of works by turns, what the evidence speaks of most first."""
    made = (
        _of_aspects(answered, aspects, background),
        _of_names(answered, background, library),
        _of_works(answered, library),
    )
    mixed = filter(None, chain.from_iterable(zip_longest(*made)))
    # Something else before more of the same.
    yield from sorted(mixed, key=_is_wider)


def _of_aspects(
    answered: Answered, aspects: Sequence[KnownAspect], background: Background
) -> Iterator[FollowUp]:
    """Ask of what the question is about in respects that the evidence touches in passing."""
    others = _in_order(aspects, answered)[:MOST_ASPECTS]
    if any(entity.sort is Sort.WORK for one in answered.subjects for entity in entities_in(one, background)):
        # Papers are no things that have aspects.
        return
    if answered.subjects:
        for aspect in others:
            both = _OF_BOTH.format(subject=_listed(answered.subjects), aspect=aspect.name.lower())
            about = (*((_stemmed(one),) for one in answered.subjects), _terms(aspect))
            yield FollowUp(both, about, subjects=len(answered.subjects))
        return
    named = chain(*(entities_in(text, background) for text in (answered.question, *answered.quotes)))
    subject = next((_in_full(one.name, answered) for one in named if _is_used(one, answered)), None)
    if subject is None:
        return
    for aspect in others:
        question = (aspect.ask or _OF_ASPECT).format(aspect=aspect.name.lower(), subject=subject)
        yield FollowUp(question, ((_stemmed(subject),), _terms(aspect)))


def _of_names(answered: Answered, background: Background, library: Library) -> Iterator[FollowUp]:
    """Ask of things that the evidence names and the question does not."""
    most = COMMON * library.catalogue.counts()[1]
    named = (
        {_name(entity, background) for entity in entities_in(quote, background)} for quote in answered.quotes
    )
    counted = Counter(names for found in named for names in found if names)
    asked = _stemmed(answered.question)
    questions = [
        FollowUp(
            _OF_NAME.format(name=_with_short(*names)),
            (tuple(map(_stemmed, names)),),
            is_wider=any(_stemmed(name) <= asked for name in names),
        )
        for names, _ in counted.most_common()
        if not any(library.fulltext.passages_with(stems(name)) > most for name in names)
    ]
    yield from islice(sorted(questions, key=_is_wider), MOST_NAMES)


def _with_short(name: str, short: str = "") -> str:
    return f"{name} ({short})" if short else name


def _of_works(answered: Answered, library: Library) -> Iterator[FollowUp]:
    """Ask what papers have found of which the answer quotes a part."""
    order = [document_id for document_id, _ in Counter(answered.documents).most_common()]
    listed = {document.document_id: document for document in library.catalogue.listed(order)}
    cited = [listed[document_id] for document_id in order if document_id in listed]
    asked = _stemmed(answered.question)
    named = ((document, _first_author(document)) for document in cited if document.source_type in _OF_WORKS)
    questions = [
        FollowUp(
            _OF_WORKS[document.source_type].format(work=f"{author} et al. ({document.record.year})"),
            document=document.document_id,
            is_wider=_stemmed(author) <= asked,
        )
        for document, author in named
        if author
    ]
    yield from islice(sorted(questions, key=_is_wider), MOST_WORKS)


def _first_author(document: ListedDocument) -> str:
    """Name the first of several authors as texts do; empty if the paper is not spoken of so."""
    first, *others = document.record.author or (None,)
    if first is None or not (first.family and others and document.record.year):
        return ""
    return " ".join(filter(None, (first.dropping_particle, first.particle, first.family)))


def _name(entity: Entity, background: Background) -> tuple[str, ...] | None:
    """Give a thing's full name and its short one, if it can be asked about by itself."""
    name = entity.name
    shorts, longs = background.glossary.shorts(name), background.glossary.longs(name)
    if longs or shorts:
        long, short = (longs[0], name) if longs else (name, shorts[0])
        # "Overall response rate": words that everybody uses name a measure or a habit, not a thing.
        is_plain = all(word in background.familiar_english for word in _WORD.findall(long.lower()))
        return None if is_plain else (long, short)
    if entity.sort is Sort.PARTICULAR:
        return (name if name[1:] != name[1:].lower() else name.lower(),)
    parts = (part for part in name.lower().split("-") if len(part) >= _SHORTEST_WORD)
    is_code = entity.sort is Sort.NAME and _CODE.fullmatch(name) and any(map(str.isdigit, name))
    return (name,) if is_code and not any(part in background.english for part in parts) else None


def _is_used(entity: Entity, answered: Answered) -> bool:
    """Tell by the evidence whether a thing is given or made: it has side effects then, costs and limits."""
    if entity.sort in {Sort.WORK, Sort.LABEL} or _BRACKETS.search(entity.name):
        return False
    used = re.compile(_USED.format(re.escape(entity.name)))
    return any(used.search(quote) for quote in answered.quotes)


def _is_wider(one: FollowUp) -> bool:
    return one.is_wider


def _in_full(name: str, answered: Answered) -> str:
    """Give a subject as sources speak of it: "NK cells", where a question says "NK"."""
    full = f"{name.removesuffix(' cell')} cells"
    return full if name.endswith(" cell") or any(full in quote for quote in answered.quotes) else name


def _in_order(aspects: Sequence[KnownAspect], answered: Answered) -> list[KnownAspect]:
    """Give the aspects that the question is not about, those first of which the evidence speaks in passing."""
    question = frozenset(stems(answered.question))
    said = Counter(stem for quote in answered.quotes for stem in set(stems(quote)))

    def spoken_of(aspect: KnownAspect) -> int:
        return sum(said[stem] for term in aspect.terms for stem in stems(term)[:1])

    others = [
        aspect
        for aspect in aspects
        if not any(question.issuperset(stems(term)) for term in (aspect.name, *aspect.also, *aspect.terms))
    ]
    return sorted(others, key=spoken_of, reverse=True)


def _stemmed(words: str) -> frozenset[str]:
    return frozenset(stems(words))


def _terms(aspect: KnownAspect) -> tuple[frozenset[str], ...]:
    return tuple(map(_stemmed, (aspect.name, *aspect.also, *aspect.terms)))


def _listed(subjects: Sequence[str]) -> str:
    return f"{', '.join(subjects[:-1])} and {subjects[-1]}"
