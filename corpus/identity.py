"""When two documents are one work, and which of them is the better copy."""

from __future__ import annotations

import re
import unicodedata

from corpus.document import Document, Fidelity, SourceType
from corpus.record import Record

# A shorter title ("Editorial", "Letter to the editor") names no work.
SHORTEST_TITLE = 20
_FIDELITY = {Fidelity.FULL_TEXT: 2, Fidelity.ABSTRACT: 1, Fidelity.DIGEST: 0}
# They bear the title of the work that they are about.
_ABOUT_OTHERS = {SourceType.CORRECTION, SourceType.EDITORIAL}


def identifiers(record: Record) -> tuple[str, ...]:
    """Give the names that registries have given a work: "pmcid:PMC1", "doi:10.1/x", "pmid:1"."""
    known = (("pmcid", record.pmcid), ("doi", record.doi and record.doi.lower()), ("pmid", record.pmid))
    return tuple(f"{kind}:{value}" for kind, value in known if value)


def work_names(document: Document) -> tuple[str, ...]:
    """Give every name by which another copy of the same work is recognised."""
    names = identifiers(document.record)
    author = next(iter(document.record.author), None)
    title = _letters(document.record.title)
    if author and len(title) >= SHORTEST_TITLE and document.source_type not in _ABOUT_OTHERS:
        names += (f"title:{title}|{_letters(author.family or author.literal or '')}",)
    return names


Rank = tuple[int, bool, bool]


def rank(fidelity: Fidelity, source_type: SourceType, *, paged: bool) -> Rank:
    """Rank a copy of a work: the higher has more of its text, then is the published one, then knows its structure.

    Args:
        fidelity: Of the copy.
        source_type: A preprint gives way to what was published.
        paged: Whether the text was read off pages, where headings and paragraphs are guessed from the layout.
    """
    return _FIDELITY[fidelity], source_type is not SourceType.PREPRINT, not paged


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", "".join(c for c in folded if not unicodedata.combining(c)))
