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
from corpus.catalogue import ListedDocument
from corpus.document import SourceType
from corpus.fulltext import stems
from corpus.library import Library

# Of the things that the evidence speaks of, those that it speaks of most.
MOST_NAMES, MOST_WORKS, MOST_ASPECTS = 4, 2, 4
# What every fourth passage speaks of is the library's subject, and no part of it.
COMMON = 0.25
_SHORTEST_WORD = 4
_OF_ASPECT = "What is known about the {aspect} of {subject}?"
_OF_BOTH = "How do {subject} compare in {aspect}?"
_OF_NAME = "What is known about {name}?"
_OF_WORK = "What did {work} find?"
# "IL-15", "NKX019", "t-haNK", but not "1-year" nor "TGF-β—can".
_CODE = re.compile(r"(?=\S*[A-Z])[^\W\d_][\w/+]*(?:-[\w/+]+)*")
_WORD = re.compile(r"[a-z]{4,}")
# What can be given, made or used is spoken of so, and has side effects, costs and limits.
_USED = (
    r"(?:treated|treatment|therapy) with {0}|(?:infusions?|doses?|use|recipients) of {0}"
    r"|{0}(?:[ -]cells?)?[ -](?:therap|product|infusion|treat|recipient|device|method)"
)
_FINDING = frozenset(
    {
        SourceType.CLINICAL_TRIAL,
        SourceType.RESEARCH,
        SourceType.PREPRINT,
        SourceType.CASE_REPORT,
        SourceType.ECONOMIC_MODEL,
    }
)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that a reader has read.

    Attributes:
        question: Whole, without the conversation that it was asked in.
        subjects: What it compares, if it does.
        quotes: The words that it quotes.
        documents: Ids of the documents that it cites, each as often as it does.
        passages: Ids of the passages that it cites.
    """

    question: str
    subjects: tuple[str, ...]
    quotes: tuple[str, ...]
    documents: tuple[str, ...]
    passages: frozenset[str]

    @classmethod
    def of(cls, answer: Answer) -> Answered:
        """Take of an answer what follow-up questions are made of."""
        return cls(
            answer.standalone_question,
            answer.comparison.subjects if answer.comparison else (),
            tuple(quote.text for citation in answer.citations for quote in citation.quotes),
            tuple(citation.document_id for citation in answer.citations),
            frozenset(citation.passage_id for citation in answer.citations),
        )


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that may be offered.

    Attributes:
        question: As the reader will ask it.
        about: Words that its first statements must have; of each group all words of one entry.
        document: What must be cited first, if the question is about one document.
        subjects: How many columns its table must fill; 0 for no table.
    """

    question: str
    about: tuple[tuple[frozenset[str], ...], ...] = ()
    document: str | None = None
    subjects: int = 0

    def repeats(self, question: Collection[str]) -> bool:
        """Tell whether a question, given by its stems, has asked this already."""
        return bool(self.about) and all(any(entry <= set(question) for entry in group) for group in self.about)


def follow_ups(
    answered: Answered, aspects: Sequence[KnownAspect], background: Background, library: Library
) -> Iterator[FollowUp]:
    """Make questions of aspects, of names and of works by turns, what the evidence speaks of most first."""
    made = (
        _of_aspects(answered, aspects, background),
        _of_names(answered, background, library),
        _of_works(answered, library),
    )
    yield from filter(None, chain.from_iterable(zip_longest(*made)))


def _of_aspects(
    answered: Answered, aspects: Sequence[KnownAspect], background: Background
) -> Iterator[FollowUp]:
    """Ask of what the question is about in respects that the evidence touches in passing."""
    others = _in_order(aspects, answered)[:MOST_ASPECTS]
    if answered.subjects:
        for aspect in others:
            both = _OF_BOTH.format(subject=_listed(answered.subjects), aspect=aspect.name.lower())
            about = (*((_stemmed(one),) for one in answered.subjects), _terms(aspect))
            yield FollowUp(both, about, subjects=len(answered.subjects))
        return
    subject = next((one.name for one in entities_in(answered.question, background) if _is_used(one, answered)), None)
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
    questions = (
        FollowUp(_OF_NAME.format(name=_with_short(*names)), (tuple(map(_stemmed, names)),))
        for names, _ in counted.most_common()
        if not any(
            _stemmed(name) <= asked or library.fulltext.passages_with(stems(name)) > most for name in names
        )
    )
    yield from islice(questions, MOST_NAMES)


def _with_short(name: str, short: str = "") -> str:
    return f"{name} ({short})" if short else name


def _of_works(answered: Answered, library: Library) -> Iterator[FollowUp]:
    """Ask what papers have found of which the answer quotes a part."""
    order = [document_id for document_id, _ in Counter(answered.documents).most_common()]
    listed = {document.document_id: document for document in library.catalogue.listed(order)}
    cited = [listed[document_id] for document_id in order if document_id in listed]
    named = ((document, _signed(document)) for document in cited if document.source_type in _FINDING)
    questions = (
        FollowUp(_OF_WORK.format(work=work), document=document.document_id)
        for document, work in named
        if work and not set(stems(work)) <= set(stems(answered.question))
    )
    yield from islice(questions, MOST_WORKS)


def _signed(document: ListedDocument) -> str:
    """Name a paper of several authors as texts do; empty for any other."""
    first, *others = document.record.author or (None,)
    if first is None or not (first.family and others and document.record.year):
        return ""
    family = " ".join(filter(None, (first.dropping_particle, first.particle, first.family)))
    return f"{family} et al. ({document.record.year})"


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
        return (name if _CODE.match(name) else name.lower(),)
    parts = (part for part in name.lower().split("-") if len(part) >= _SHORTEST_WORD)
    is_code = entity.sort is Sort.NAME and _CODE.fullmatch(name) and any(map(str.isdigit, name))
    return (name,) if is_code and not any(part in background.english for part in parts) else None


def _is_used(entity: Entity, answered: Answered) -> bool:
    """Tell by the evidence whether a thing is given or made: it has side effects then, costs and limits."""
    if entity.sort in {Sort.WORK, Sort.LABEL}:
        return False
    used = re.compile(_USED.format(re.escape(entity.name)), re.IGNORECASE)
    return any(used.search(quote) for quote in answered.quotes)


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
