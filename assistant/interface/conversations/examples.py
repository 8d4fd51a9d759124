"""What a first visit offers to do: the starter corpus has examples of its own, other libraries' are made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import combinations, islice

import yaml
from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.answer import Answer
from assistant.question.entities import Entity, Sort, entities_in
from corpus.library import Library

STARTER = "source-article"
# Titles are read for names; more would only be slower.
MOST_TITLES = 100
# Each costs an answer.
MOST_TRIED = 4
MOST_NAMES = 3
SHORTEST_CLAIM, LONGEST_CLAIM = 40, 180


class FollowedUp(BaseModel):
    """A question, and one that can only be understood after it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    then: str


class Examples(BaseModel):
    """What a reader can do with a library, by kind; each is answered from it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()
    follow_ups: tuple[FollowedUp, ...] = ()
    claims: tuple[str, ...] = ()


def starter_examples(library: Library) -> Examples | None:
    """Give the examples of the starter corpus; None where the library does not hold it."""
    if all(document.document_id != STARTER for document in library.documents()):
        return None
    listed = yaml.safe_load((files("corpus") / "starter" / "examples.yaml").read_text("utf-8"))
    return Examples.model_validate(listed)


def own_examples(assistant: Assistant) -> Examples:
    """Make examples of what a library's titles name; each has been tried."""
    titles = _titles(assistant.library)
    named = _named(assistant, titles)
    answers = list(islice(_answers(assistant, named, titles), MOST_NAMES))
    if not answers:
        return Examples()
    first, *others = answers
    return Examples(
        questions=(first.question, *(answer.question for answer in others[1:])),
        comparisons=tuple(
            f"How does {one} compare with {other}?" for one, other in _comparable(assistant, named)
        ),
        follow_ups=tuple(_follow_ups(assistant, first, others)),
        claims=tuple(_claims(answers)),
    )


def comparable_names(assistant: Assistant) -> Iterator[tuple[str, str]]:
    """Give two names of a library's titles that it has something to compare of; none where there are no such two."""
    return _comparable(assistant, _named(assistant, _titles(assistant.library)))


def _titles(library: Library) -> list[str]:
    return [document.title for document in library.documents()[:MOST_TITLES] if document.title]


def _named(assistant: Assistant, titles: Sequence[str]) -> list[Entity]:
    return [entity for title in titles for entity in entities_in(title, assistant.background)]


def _answers(assistant: Assistant, named: Sequence[Entity], titles: Sequence[str]) -> Iterator[Answer]:
    """Ask about what is named most; about papers, where titles name nothing that can be asked about."""
    counted = Counter(entity.name for entity in named if _is_name(entity))
    asked = [f"What is known about {name}?" for name, _ in counted.most_common(MOST_TRIED)]
    asked += [f"What does “{title}” say?" for title in titles[:MOST_TRIED]]
    answers = map(assistant.extract, asked)
    return (answer for answer in answers if not answer.abstained and answer.statements)


def _is_name(entity: Entity) -> bool:
    """Tell a name that can be asked about by itself: not the words around it, nor a term of general use."""
    if entity.sort is Sort.NAME:
        return " " not in entity.name
    return entity.sort is Sort.PARTICULAR or (entity.sort is Sort.TERM and bool(entity.also))


def _comparable(assistant: Assistant, named: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    counted = Counter(entity.name for entity in named)
    ordered = sorted(filter(_is_name, named), key=lambda entity: -counted[entity.name])
    by_name = {entity.name: entity for entity in ordered}
    kin = (pair for pair in combinations(by_name.values(), 2) if _are_comparable(*pair))
    for one, other in islice(kin, MOST_TRIED):
        answer = assistant.extract(f"How does {one.name} compare with {other.name}?")
        if answer.comparison and not answer.abstained:
            yield one.name, other.name
            return


def _are_comparable(one: Entity, other: Entity) -> bool:
    """Tell two names of a kind; of "receptor" and "receptor T cell" nobody asks how they compare."""
    words, others = set(one.name.lower().split()), set(other.name.lower().split())
    is_within = words <= others or others <= words
    return Sort.WORK not in {one.sort, other.sort} and not is_within and one.is_kin(other)


def _follow_ups(assistant: Assistant, first: Answer, others: Sequence[Answer]) -> Iterator[FollowedUp]:
    """Give a question, and the name of which the next one asks."""
    named = entities_in(first.question, assistant.background)
    if named and others:
        yield FollowedUp(question=others[0].question, then=f"And {named[-1].name}?")


def _claims(answers: Sequence[Answer]) -> Iterator[str]:
    """Give a sentence of the library to check, one of a readable length."""
    said = (statement.text for answer in answers for statement in answer.statements)
    yield from islice((text for text in said if SHORTEST_CLAIM <= len(text) <= LONGEST_CLAIM), 1)
