"""Compares subjects over a library: in the aspects that the reader names, or in those that the sources speak of."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.abstaining import Refusal
from assistant.commonness import known_words
from assistant.comparing.aliases import names_of
from assistant.comparing.aspects import Aspects
from assistant.comparing.attribution import Attribution
from assistant.comparing.choosing import Row, table
from assistant.comparing.finding import Finder
from assistant.comparing.fitting import Fitting
from assistant.comparing.naming import Naming
from assistant.comparing.pool import Aspect, Pool, nearest, passages_of, pooled
from assistant.comparing.rows import OVERALL, rows_by_evidence, rows_by_name
from assistant.composing.draft import Draft
from assistant.evidence import Evidence
from assistant.glossary import Glossary
from assistant.question import Question
from assistant.question.background import Backgrounds
from assistant.question.remainder import left_over, wants_all
from assistant.question.subjects import LEAST_SUBJECTS, known_aspect
from assistant.terms import KNOWN
from corpus.catalogue import Filter, StoredPassage
from corpus.library import Library


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """A comparison before anything is numbered.

    Attributes:
        draft: The table; empty if there is none.
        retrieved_at: When all was retrieved, by `time.perf_counter`.
        refusal: Why there is none.
        nearest: What comes nearest, as reading where there is no table.
    """

    draft: Draft
    retrieved_at: float
    refusal: Refusal | None = None
    nearest: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestedAspects:
    """In what respects subjects can be compared.

    Attributes:
        told: Aspects of which the sources say something of them, those of which they say most first.
        others: The other aspects of the settings.
        missing: Subjects that the library never mentions.
    """

    told: tuple[str, ...]
    others: tuple[str, ...]
    missing: tuple[str, ...] = ()


class Comparer:
    """Compares subjects over one library. Safe across threads."""

    def __init__(self, library: Library) -> None:
        """Compare over `library`."""
        self._library = library
        self._aspects = Aspects(library)
        self._backgrounds = Backgrounds(library)

    def compare(self, question: Question, within: Filter | None = None) -> Compared:
        """Put what the library says of each subject side by side.

        Args:
            question: Its subjects, two or more, and its aspects; none for those that the library says most of.
            within: What narrows the search.

        Returns:
            A table; or none, if the library never mentions a subject, or says nothing in these respects, or gives a
            measure for only one of them.

        Raises:
            SettingsError: If the file of aspects cannot be used.
        """
        subjects, aspects = question.subjects, question.aspects
        glossary = self._backgrounds.latest.glossary
        asked = self._aspects.asked(aspects, glossary, question.query)
        queries = [" ".join(names_of(subject, glossary)) for subject in subjects]
        passages = passages_of(self._library, queries, asked or self._aspects.known(), within)
        retrieved = time.perf_counter()
        english = known_words(self._library.settings.model_cache, KNOWN)
        names, missing = Finder(self._library, passages, glossary, english).found(subjects)
        missing += tuple(self._aspects.unseen(aspects))
        if missing:
            refusal = _never_mentioned(missing)
            return Compared(Draft(()), retrieved, refusal, self._nearest(subjects, aspects, passages))
        attribution = Attribution(Naming(names, english), subjects, glossary)
        pool = pooled(self._library, passages, attribution)
        draft = self._table(pool, question, asked, glossary)
        silent = _silent(draft)
        spoken = len(subjects) - len(silent)
        fitting = Fitting(question, asked, self._library)
        if not draft.statements or (spoken < LEAST_SUBJECTS and fitting.asks_for_measures):
            refusal = _nothing_said(silent or subjects, aspects)
            return Compared(Draft(()), retrieved, refusal, self._nearest(subjects, aspects, passages))
        return Compared(draft, retrieved)

    def suggested(self, question: Question) -> SuggestedAspects:
        """Suggest aspects for the subjects of a question; with fewer than two subjects, those of the settings.

        Raises:
            SettingsError: If the file of aspects cannot be used.
        """
        known = [aspect.known.name for aspect in self._aspects.known()]
        if len(question.subjects) < LEAST_SUBJECTS:
            return SuggestedAspects((), tuple(known))
        compared = self.compare(question)
        told = tuple(row.aspect for row in compared.draft.rows if row.aspect != OVERALL)
        others = tuple(name for name in known if name not in told)
        return SuggestedAspects(told, others, compared.refusal.missing_terms if compared.refusal else ())

    def _table(self, pool: Pool, question: Question, asked: Sequence[Aspect], glossary: Glossary) -> Draft:
        """Make the rows that were asked for, else what the question says beside its subjects, else all there is."""
        columns = len(question.subjects)
        fitting = Fitting(question, asked, self._library)
        rows = rows_by_name(pool, columns, asked, fitting)
        spoken = [any(row.cells[place] for row in rows) for place in range(columns)]
        if all(spoken) or (asked and not any(spoken)):
            return table(question.subjects, rows, named=True)
        implied = self._implied(pool, question, glossary)
        if asked:
            return table(question.subjects, [*rows, *implied], named=True)
        if implied and implied[0].filled == columns and not wants_all(question.query):
            return table(question.subjects, implied, named=True)
        rows = rows_by_evidence(pool, question.subjects, self._aspects.known(), fitting, self._library)
        if implied:
            rows = [*implied, *(row for row in rows if row.aspect != OVERALL)]
        return table(question.subjects, rows, named=False)

    def _implied(self, pool: Pool, question: Question, glossary: Glossary) -> list[Row]:
        """Give the row of what the question says beside its subjects and aspects, if the sources speak of it."""
        said = left_over(question.query, question.subjects, question.aspects)
        if not said:
            return []
        if " " not in said:
            said = known_aspect(said) or said
        aspects = self._aspects.asked((said,), glossary, question.query)
        fitting = Fitting(replace(question, aspects=(said,)), aspects, self._library)
        rows = rows_by_name(pool, len(question.subjects), aspects, fitting)
        return [
            replace(row, is_asked=True) for row in rows if row.filled >= LEAST_SUBJECTS or question.aspects
        ]

    def _nearest(
        self, subjects: Sequence[str], aspects: Sequence[str], passages: Sequence[StoredPassage]
    ) -> tuple[Evidence, ...]:
        return tuple(nearest(self._library, passages, " ".join((*subjects, *aspects))))


def _silent(draft: Draft) -> list[str]:
    """Give the subjects of which a table says nothing."""
    return [
        subject
        for place, subject in enumerate(draft.subjects)
        if not any(row.cells[place] for row in draft.rows)
    ]


def _never_mentioned(missing: Sequence[str]) -> Refusal:
    listed = ", ".join(f"“{term}”" for term in missing)
    return Refusal(f"Nothing in the library mentions {listed}.", tuple(missing))


def _nothing_said(subjects: Sequence[str], aspects: Sequence[str]) -> Refusal:
    compared = ", ".join(f"“{subject}”" for subject in subjects)
    respect = f" in this respect ({', '.join(aspects)})" if aspects else ""
    return Refusal(f"Nothing in the library says enough of {compared}{respect} to compare them.")
