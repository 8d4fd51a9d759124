"""Follow-up questions: each is answered from the library before a reader sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.follow_ups import Answered, FollowUp, follow_ups
from corpus.aspects import known_aspects
from corpus.catalogue import Filter
from corpus.folding import name_key
from corpus.fulltext import stems

if TYPE_CHECKING:
    from assistant.assistant import Assistant

__all__ = ["Answered", "suggested"]

MOST = 3
# Each costs an answer of its own.
MOST_TRIED = 12
# Statements of an answer that a reader has not seen yet: one alone is no reason to go on.
LEAST_NEW = 2


def suggested(
    assistant: Assistant,
    answered: Answered,
    asked: Collection[str] = (),
    within: Filter | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> list[str]:
    """Suggest two or three questions to ask next, fewer if the library has no more to say.

    Each has been answered from the library, with words that the reader has not been shown.

    Args:
        assistant: Tries them; no language model is asked.
        answered: What the reader has read.
        asked: Questions that need not be asked again.
        within: What narrows the search.
        is_wanted: Tells between two trials whether anybody still waits for them.
    """
    aspects = known_aspects(assistant.library.settings.aspects)
    with assistant.library.snapshot():
        made = list(follow_ups(answered, aspects, assistant.background, assistant.library))
    earlier = [(name_key(question), frozenset(stems(question))) for question in (*asked, answered.question)]
    new = [
        one
        for one in made
        if not any(name_key(one.question) == key or _repeats(one, said) for key, said in earlier)
    ]
    shown = set(answered.quotes)
    found: list[str] = []
    for candidate in new[:MOST_TRIED]:
        if len(found) == MOST or not is_wanted():
            break
        answer = assistant.extract(candidate.question, within=within)
        if _is_worth(answer, candidate, shown):
            found.append(candidate.question)
            # Two suggestions that lead to the same words are one.
            shown |= {quote.text for citation in answer.citations for quote in citation.quotes}
    return found


def _repeats(candidate: FollowUp, earlier: Collection[str]) -> bool:
    """Tell whether an earlier question, given by its stems, has asked the same in other words."""
    return bool(candidate.about) and not candidate.is_wider and candidate.is_said_by(earlier)


def _is_worth(answer: Answer, candidate: FollowUp, shown: Collection[str]) -> bool:
    """Tell whether a question has an answer, about what was asked, with something new in it."""
    if answer.abstained:
        return False
    cited = {citation.number: citation for citation in answer.citations}
    new = [
        statement
        for statement in answer.statements
        if any(quote.text not in shown for quote in statement.quotes)
    ]
    if len(new) < LEAST_NEW:
        return False
    if candidate.subjects:
        return _is_full(answer, candidate.subjects)
    first = answer.statements[:LEAST_NEW]
    if candidate.document:
        return all(
            cited[number].document_id == candidate.document
            for statement in first
            for number in statement.citations
        )
    # What is said first is about all that was asked, not one sentence about this and the next about that.
    return all(candidate.is_said_by(frozenset(stems(statement.text))) for statement in first[:1]) and any(
        candidate.is_said_by(frozenset(stems(statement.text))) for statement in answer.statements[1:]
    )


def _is_full(answer: Answer, subjects: int) -> bool:
    """Tell whether a table has something in every cell of a row."""
    table = answer.comparison
    return table is not None and any(len(row.cells) == subjects and all(row.cells) for row in table.aspects)
