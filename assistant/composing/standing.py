"""In which order sources speak: trials and reviews first, a commercial article last."""

from __future__ import annotations

from corpus.document import Document, SourceType

_STANDING = {
    SourceType.CLINICAL_TRIAL: 0,
    SourceType.GUIDELINE: 0,
    SourceType.REGULATORY: 0,
    SourceType.REVIEW: 1,
    SourceType.RESEARCH: 1,
    SourceType.ECONOMIC_MODEL: 1,
    SourceType.CASE_REPORT: 2,
    SourceType.PREPRINT: 2,
}
_OTHERS = 3
_COMMERCIAL = 4


def standing(document: Document) -> int:
    """Give the place of a source in an answer, the lowest first."""
    return _COMMERCIAL if document.commercial else _STANDING.get(document.source_type, _OTHERS)
