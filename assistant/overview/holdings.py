"""How many documents a library holds, by year and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from corpus.document import SourceType
from corpus.rows import DocumentSummary


@dataclass(frozen=True)
class Holdings:
    """The documents of a library, counted.

    Attributes:
        documents: How many there are, of each year and kind; a document without a year stands under None.
        retracted: How many of them were retracted.
        passages: How many passages they have.
    """

    documents: Counter[tuple[int | None, SourceType]]
    retracted: int
    passages: int

    @classmethod
    def of(cls, documents: Iterable[DocumentSummary]) -> Self:
        """Count documents."""
        listed = list(documents)
        return cls(
            Counter((document.year, document.source_type) for document in listed),
            sum(document.retracted for document in listed),
            sum(document.passages for document in listed),
        )

    @property
    def kinds(self) -> tuple[SourceType, ...]:
        """The kinds that are there, the most frequent first."""
        counts: Counter[SourceType] = Counter()
        for (_, kind), number in self.documents.items():
            counts[kind] += number
        order = list(SourceType)
        return tuple(sorted(counts, key=lambda kind: (-counts[kind], order.index(kind))))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have documents, the oldest first."""
        return tuple(sorted({year for year, _ in self.documents if year is not None}))

    @property
    def has_undated(self) -> bool:
        """Whether some document has no year."""
        return any(year is None for year, _ in self.documents)

    def number(
        self, year: int | None = None, kind: SourceType | None = None, *, undated: bool = False
    ) -> int:
        """Count documents: of a year or of all years, of a kind or of all kinds.

        Args:
            year: The year; None for all.
            kind: The kind; None for all.
            undated: Count only those without a year.
        """
        return sum(
            number
            for (of_year, of_kind), number in self.documents.items()
            if kind in (None, of_kind) and (of_year is None if undated else year in (None, of_year))
        )
