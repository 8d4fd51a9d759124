"""What a question says of the sources it wants: their years, kinds, authors and titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.question.background import Background
from assistant.question.papers import REPORTS, of_papers
from assistant.question.shape import Constraints
from assistant.question.sourcing import Stated, of_types, of_years
from assistant.words import content_words

# What is left of "what did the trial by Liu find about …" says nothing about what is looked for.
_REPORTING = re.compile(
    rf"\A(?:what|how|which)\s+(?:do|does|did|has|have|was|were|is|are)\s+(?:\w+ly\s+)?{REPORTS}n?\b\s*"
    r"(?:(?:about|on|of|regarding|concerning)\b\s*)?",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"\s+(?:in|from|by|only|of|according\s+to|but|and)?\s*(?=[?.!,]*\Z)", re.IGNORECASE)
_FEW_PAPERS = 3


def constrained(
    text: str, background: Background | None, subjects: Sequence[str] = ()
) -> tuple[Constraints, str]:
    """Read what a question says of its sources.

    A date says when something happened unless the words speak of papers, studies, data or the like.

    Args:
        text: The standalone question.
        background: What is known; without it, no paper can be named.
        subjects: What the question compares; a paper among them is compared, not answered from.

    Returns:
        The constraints, and the question without the words that state them.
    """
    compared = list(_places(text, subjects))
    papers = [one for one in of_papers(text, background) if not _is_among(one, compared)]
    # Years come before kinds: "reviews since 2022" says both.
    found = _disjoint([*papers, *of_years(text), *of_types(text)])
    if not found:
        return Constraints(), text
    documents = _documents(found)
    constraints = Constraints(
        year_from=max((f.years[0] for f in found if f.years[0]), default=None),
        year_to=min((f.years[1] for f in found if f.years[1]), default=None),
        source_types=frozenset().union(*(f.source_types for f in found)),
        document_ids=documents,
        stated=tuple(text[f.start : f.end].strip(" ,?.!") for f in found),
        unmet=tuple(text[f.start : f.end].strip(" ,?.!") for f in found if f.unmet),
    )
    rest = _REPORTING.sub("", _without(text, found))
    return constraints, rest if content_words(rest) else _titles(documents, background) or text


def _places(text: str, subjects: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Find the subjects of a comparison; a last one after a mere comma may be its source: "A vs B, Liu et al."."""
    end = 0
    for number, subject in enumerate(subjects):
        start = text.find(subject, end)
        if start < 0:
            continue
        added = text[end:start].strip().removesuffix(" the") == "," and number == len(subjects) - 1
        end = start + len(subject)
        if not added or number > 1:
            yield start, end


def _is_among(paper: Stated, places: Iterable[tuple[int, int]]) -> bool:
    return any(paper.start < end and start < paper.end for start, end in places)


def _titles(documents: frozenset[str], background: Background | None) -> str:
    """Give what a question is about that only asks what a paper says."""
    named = [s.title for s in background.sources if s.document_id in documents] if background else []
    return " ".join(named) if len(named) <= _FEW_PAPERS else ""


def _documents(found: Iterable[Stated]) -> frozenset[str]:
    """Join what names papers: who names two wants both."""
    return frozenset().union(*(f.document_ids for f in found))


def _disjoint(found: Iterable[Stated]) -> list[Stated]:
    """Keep of overlapping readings the one that was looked for first."""
    kept: list[Stated] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _without(text: str, found: Iterable[Stated]) -> str:
    pieces, end = [], 0
    for one in found:
        pieces.append(text[end : one.start])
        end = one.end
    rest = " ".join(" ".join([*pieces, text[end:]]).split())
    rest = re.sub(r"\s+(?=[?.!,;:])", "", rest)
    rest = re.sub(r"[,;:\s]+(?=[?.!]*\Z)", "", rest)
    return _DANGLING.sub("", rest).strip(" ,;:") if content_words(rest) else rest
