"""Reads a question: what it leans on, what it asks for, of what, and from which sources."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Kind
from assistant.question.background import Background
from assistant.question.clauses import LONGEST_PATTERN
from assistant.question.comparisons import compared
from assistant.question.constraining import constrained
from assistant.question.expanding import expansions
from assistant.question.following import standalone
from assistant.question.kinds import defined, kind_of, plain
from assistant.question.relating import are_names, is_clause, lays_out_nothing, related, trimmed
from assistant.question.replying import reply_to
from assistant.question.shape import Constraints, Correction, Expansion, Question
from assistant.question.spelling import corrected
from assistant.question.subjects import Compared
from assistant.words import content_words

LONGEST_QUESTION = 4000
# Holds the words of a name together: a letter to every pattern.
_GLUE = "_"


def understand(text: str, history: Sequence[str] = (), background: Background | None = None) -> Question:
    """Read a question.

    Args:
        text: As the reader wrote it.
        history: Earlier questions of the conversation, the oldest first.
        background: What the library knows of words, names and sources; without it, only a question's form is read.
    """
    text = " ".join(text.split())[:LONGEST_QUESTION]
    reply = reply_to(text, background)
    if reply is not None:
        return Question(text, text, text, Kind.OTHER, (), (), (), reply=reply)
    earlier = [question for question in history if reply_to(" ".join(question.split()), None) is None]
    corrections: tuple[Correction, ...] = ()
    whole = text
    # A longer text is no question; what leans in it, and its slips, are its own.
    if len(text) <= LONGEST_PATTERN:
        if background:
            whole, corrections = corrected(text, background)
        whole = standalone(whole, earlier, background)
    others = expansions(whole, background) if background else ()
    constraints, query, comparison = _read(whole, others, background)
    kind = Kind.COMPARISON if comparison else kind_of(whole)
    subjects = comparison.subjects if comparison else defined(whole) if kind is Kind.DEFINITION else ()
    return Question(
        text=text,
        standalone=whole,
        query=query,
        kind=kind,
        subjects=subjects,
        aspects=comparison.aspects if comparison else (),
        terms=tuple(content_words(query)),
        constraints=constraints,
        expansions=others,
        corrections=corrections,
    )


def _read(
    whole: str, names: Sequence[Expansion], background: Background | None
) -> tuple[Constraints, str, Compared | None]:
    """Read from which sources a question wants what, and what it compares: papers may be either."""
    if len(whole) > LONGEST_PATTERN:
        return Constraints(), plain(whole), None
    at_first = _compared(plain(whole), names, background)
    constraints, query = constrained(whole, background, at_first.subjects if at_first else ())
    query = plain(query)
    return constraints, query, _compared(query, names, background) if constraints.stated else at_first


def _compared(query: str, names: Sequence[Expansion], background: Background | None) -> Compared | None:
    """Read what is compared from how it is put, else from what is named."""
    put = _put(query, names)
    if background is None:
        return put
    named = related(query, background)
    if put is None or named is None:
        return trimmed(put, background) if put else named
    said = " ".join(put.subjects).lower()
    # "Does freezing and thawing hurt equally in the trials of A and B" lays out the wrong things.
    is_of_others = not any(subject.lower() in said for subject in named.subjects)
    # So does "does killing suffer more in the trial of A than in that of B".
    is_of_others |= are_names(named, background) and lays_out_nothing(put, background)
    is_of_others |= any("(" in subject for subject in put.subjects)
    return named if is_of_others or any(map(is_clause, put.subjects)) else trimmed(put, background)


def _put(query: str, names: Sequence[Expansion]) -> Compared | None:
    """Read what is compared; a name such as "graft versus host disease" compares nothing by itself."""
    whole = {name.term: name.term.replace(" ", _GLUE) for name in names if " " in name.term}
    for term, glued in whole.items():
        query = query.replace(term, glued)
    found = compared(query)
    if found is None or not whole:
        return found
    return Compared(
        *(tuple(name.replace(_GLUE, " ") for name in part) for part in (found.subjects, found.aspects))
    )
