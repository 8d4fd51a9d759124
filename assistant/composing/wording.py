"""The composer's own words: a fixed list that carries no facts of the sources."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.answer import Citation, Difference, DifferenceKind, Stance
from corpus.document import Document

LEAD_INS = {
    Stance.FOR: "Speaking for “yes”:",
    Stance.AGAINST: "Speaking for “no”:",
    Stance.NEITHER: "Also found:",
}
SOURCES_DIFFER = "Sources differ:"
ONLY_FOR = "No statement for “no” was found."
ONLY_AGAINST = "No statement for “yes” was found."
UNDEFINED = "No definition was found, only what the sources say of it."
COMMERCIAL = "All of this comes from a commercial source."
COMMERCIAL_SEVERAL = "All of this comes from commercial sources."
_KINDS = {
    DifferenceKind.YEAR: "year",
    DifferenceKind.SOURCE_TYPE: "source type",
    DifferenceKind.FIDELITY: "fidelity",
    DifferenceKind.POPULATION: "population",
}


def remarks_on(
    sides: Collection[Stance], citations: Sequence[Citation], *, undefined: bool = False
) -> tuple[str, ...]:
    """Say what a reader must know of the answer as a whole: that it lacks something, or has one interest.

    Args:
        sides: The sides that the statements take; empty where no sides were told apart.
        citations: All that is cited.
        undefined: Whether a definition was asked for that no statement gives.
    """
    remarks = [UNDEFINED] if undefined else []
    if Stance.FOR in sides and Stance.AGAINST not in sides:
        remarks.append(ONLY_FOR)
    if Stance.AGAINST in sides and Stance.FOR not in sides:
        remarks.append(ONLY_AGAINST)
    if citations and all(citation.commercial for citation in citations):
        several = len({citation.document_id for citation in citations}) > 1
        remarks.append(COMMERCIAL_SEVERAL if several else COMMERCIAL)
    return tuple(remarks)


def differing_in(differences: Sequence[Difference]) -> str:
    """Say in what sources differ: "They differ in year (2020, 2024) and source type (clinical trial, review)."."""
    parts = [
        f"{_KINDS[d.kind]} ({', '.join(_readable(d.kind, value) for value in d.values)})" for d in differences
    ]
    if not parts:
        return ""
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"They differ in {listed}."


def described(document: Document) -> str:
    """Name a source briefly by its record: "Marin 2024, clinical trial"."""
    first = document.record.author[0] if document.record.author else None
    author = (first.family or first.literal) if first else None
    named = " ".join(filter(None, (author, str(document.record.year or ""))))
    return ", ".join(filter(None, (named, document.source_type.value.replace("-", " "))))


def _readable(kind: DifferenceKind, value: str) -> str:
    return value if kind is DifferenceKind.POPULATION else value.replace("-", " ")
