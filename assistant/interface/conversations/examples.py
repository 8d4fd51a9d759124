"""What a first visit offers to do: the starter corpus has examples of its own, other libraries' are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import combinations

import yaml
from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.answer import Answer, Kind
from assistant.question.entities import Entity, Sort, entities_in
from assistant.suggesting import Answered, suggested
from corpus.library import Library

STARTER = "source-article"
# Titles are read for names; more would only be slower.
MOST_TITLES = 300
# Each costs an answer.
MOST_PAIRS = 4
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
    titles = [document.title for document in assistant.library.documents()[:MOST_TITLES] if document.title]
    questions = suggested(assistant, Answered("", tuple(titles), frozenset())) or _of_papers(
        assistant, titles
    )
    if not questions:
        return Examples()
    return Examples(
        questions=tuple(questions),
        comparisons=tuple(_comparisons(assistant, titles)),
        follow_ups=tuple(_follow_ups(assistant, questions)),
        claims=tuple(_claims(assistant.extract(questions[0]))),
    )


def _of_papers(assistant: Assistant, titles: Sequence[str]) -> list[str]:
    """Ask about a paper, where titles name nothing that can be asked about."""
    asked = (f"What does “{title}” say?" for title in titles[:MOST_PAIRS])
    return [question for question in asked if not assistant.extract(question).abstained][:1]


def _comparisons(assistant: Assistant, titles: Sequence[str]) -> Iterator[str]:
    named = {entity.name: entity for title in titles for entity in entities_in(title, assistant.background)}
    kin = (pair for pair in combinations(named.values(), 2) if _are_comparable(*pair))
    for _, (one, other) in zip(range(MOST_PAIRS), kin, strict=False):
        question = f"How does {one.name} compare with {other.name}?"
        answer = assistant.extract(question)
        if answer.comparison and not answer.abstained:
            yield question
            return


def _are_comparable(one: Entity, other: Entity) -> bool:
    return Sort.WORK not in {one.sort, other.sort} and one.is_kin(other)


def _follow_ups(assistant: Assistant, questions: Sequence[str]) -> Iterator[FollowedUp]:
    if len(questions) > 1 and (named := entities_in(questions[1], assistant.background)):
        yield FollowedUp(question=questions[0], then=f"And {named[-1].name}?")


def _claims(answer: Answer) -> Iterator[str]:
    """Give a sentence of the library to check, one that stands by itself."""
    if answer.kind is not Kind.COMPARISON:
        said = [s.text for s in answer.statements if SHORTEST_CLAIM <= len(s.text) <= LONGEST_CLAIM]
        yield from said[:1]
