"""Follow-up questions: made of what the evidence of an answer speaks of, and tried before a reader sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.question.background import Background
from assistant.question.entities import Entity, Sort, entities_in
from corpus.aspects import KnownAspect, known_aspects
from corpus.catalogue import Filter
from corpus.folding import name_key
from corpus.fulltext import stems

if TYPE_CHECKING:
    from assistant.assistant import Assistant

MOST = 3
# Each costs an answer of its own.
MOST_TRIED = 10
# Statements of an answer that a reader has not seen yet: one alone is no reason to go on.
LEAST_NEW = 2
# Of the names that the evidence speaks of, those that it speaks of most.
MOST_NAMES = 4
_OF_ASPECT = "What is known about the {aspect} of {subject}?"
_OF_NAME = "What is known about {name}?"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that a reader has read.

    Attributes:
        question: Whole, without the conversation that it was asked in.
        quotes: The words that it quotes.
        passages: Ids of the passages that it cites.
    """

    question: str
    quotes: tuple[str, ...]
    passages: frozenset[str]

    @classmethod
    def of(cls, answer: Answer) -> Answered:
        """Take of an answer what follow-up questions are made of."""
        return cls(
            answer.standalone_question,
            tuple(quote.text for citation in answer.citations for quote in citation.quotes),
            frozenset(citation.passage_id for citation in answer.citations),
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that may be offered, and the words of which its answer must have one."""

    question: str
    terms: tuple[str, ...]


def suggested(
    assistant: Assistant, answered: Answered, asked: Collection[str] = (), within: Filter | None = None
) -> list[str]:
    """Suggest two or three questions to ask next, fewer if the library has no more to say.

    Each has been answered from the library, from passages that the reader has not been shown.

    Args:
        assistant: Tries them; no language model is asked.
        answered: What the reader has read.
        asked: Questions that need not be asked again.
        within: What narrows the search.
    """
    background = assistant.background
    known = known_aspects(assistant.library.settings.aspects)
    shown = set(answered.passages)
    past = {name_key(question) for question in (*asked, answered.question)}
    found: list[str] = []
    candidates = [
        one for one in _candidates(answered, known, background) if name_key(one.question) not in past
    ]
    for candidate in candidates[:MOST_TRIED]:
        answer = assistant.extract(candidate.question, within=within)
        if _is_worth(answer, candidate, shown):
            found.append(candidate.question)
            # Two suggestions that lead to the same words are one.
            shown |= {citation.passage_id for citation in answer.citations}
        if len(found) == MOST:
            break
    return found


def _candidates(
    answered: Answered, aspects: Sequence[KnownAspect], background: Background
) -> Iterator[_Candidate]:
    """Make questions of aspects and of names by turns, what the evidence speaks of first."""
    asked = entities_in(answered.question, background)
    counted = Counter(
        entity.name
        for quote in answered.quotes
        for entity in entities_in(quote, background)
        if _is_name(entity)
    )
    subject = next((entity.name for entity in asked if entity.sort is not Sort.WORK), None)
    subject = subject or next(iter(counted), None)
    if subject is None:
        return
    of_aspects = [
        _Candidate(_OF_ASPECT.format(aspect=aspect.name.lower(), subject=subject), aspect.terms)
        for aspect in _in_order(aspects, answered)
    ]
    own = frozenset(stems(answered.question))
    names = [name for name, _ in counted.most_common() if not own & set(stems(name))][:MOST_NAMES]
    of_names = [_Candidate(_OF_NAME.format(name=name), (name,)) for name in names]
    pairs = zip_longest(of_aspects, of_names)
    yield from filter(None, chain.from_iterable(pairs))


def _is_name(entity: Entity) -> bool:
    """Tell a name that can be asked about by itself: not the words around it, nor a term of general use."""
    if entity.sort is Sort.NAME:
        return " " not in entity.name
    return entity.sort is Sort.PARTICULAR or (entity.sort is Sort.TERM and bool(entity.also))


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


def _is_worth(answer: Answer, candidate: _Candidate, shown: Collection[str]) -> bool:
    """Tell whether a question has an answer, about what was asked, with something new in it."""
    if answer.abstained or not answer.statements:
        return False
    passages = {citation.number: citation.passage_id for citation in answer.citations}
    new = [
        statement
        for statement in answer.statements
        if any(passages[number] not in shown for number in statement.citations)
    ]
    wanted = [frozenset(stems(term)) for term in candidate.terms]
    said = frozenset(stems(" ".join(statement.text for statement in answer.statements[:LEAST_NEW])))
    return len(new) >= LEAST_NEW and any(term <= said for term in wanted)
