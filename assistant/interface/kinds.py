"""What the page calls the kinds of sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from corpus.document import SourceType


class Kind(NamedTuple):
    """A kind of source in a reader's words, and the colour of its tag (a class of `page.css`)."""

    one: str
    many: str
    colour: str


KINDS = {
    SourceType.CLINICAL_TRIAL: Kind("clinical trial", "clinical trials", "trial"),
    SourceType.RESEARCH: Kind("research article", "research articles", "laboratory"),
    SourceType.REVIEW: Kind("review", "reviews", "review"),
    SourceType.CASE_REPORT: Kind("case report", "case reports", "trial"),
    SourceType.GUIDELINE: Kind("guideline", "guidelines", "review"),
    SourceType.REGULATORY: Kind("regulatory document", "regulatory documents", "review"),
    SourceType.ECONOMIC_MODEL: Kind("economic model", "economic models", "laboratory"),
    SourceType.PREPRINT: Kind("preprint", "preprints", "web"),
    SourceType.EDITORIAL: Kind("editorial", "editorials", "web"),
    SourceType.CORRECTION: Kind("correction", "corrections", "web"),
    SourceType.WEB: Kind("web article", "web articles", "web"),
    SourceType.OTHER: Kind("other source", "other sources", "plain"),
}


def counted(types: Iterable[SourceType]) -> list[tuple[SourceType, str]]:
    """Count sources by kind, the most frequent first: "4 clinical trials", "1 review"."""
    return [
        (source_type, f"{number} {KINDS[source_type].one if number == 1 else KINDS[source_type].many}")
        for source_type, number in Counter(types).most_common()
    ]


def listed(parts: list[str]) -> str:
    """Join words as a sentence does: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
