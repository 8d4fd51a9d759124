"""Reads reference lists as reference managers export them: BibTeX, RIS and CSL-JSON → the works they name."""

from __future__ import annotations

from corpus.errors import OriginError
from ingest.bibliographies.bibtex import read_bibtex
from ingest.bibliographies.csl import read_csl_json
from ingest.bibliographies.entry import BibliographyEntry
from ingest.bibliographies.ris import read_ris
from ingest.parsers.decoding import decode

_READERS = {".bib": read_bibtex, ".ris": read_ris, ".json": read_csl_json}

SUFFIXES = tuple(_READERS)
"""The endings of the names of reference lists."""

_MOST_BYTES = 50_000_000

__all__ = ["SUFFIXES", "BibliographyEntry", "read_bibliography"]


def read_bibliography(data: bytes, suffix: str) -> list[BibliographyEntry | OriginError]:
    """Read a reference list.

    Args:
        data: The file's bytes: UTF-8, or UTF-16 with a byte order mark.
        suffix: The ending of its name (".bib"), one of `SUFFIXES`.

    Returns:
        In the list's order, what each entry says, or why it cannot be read: the others are not spoilt by it.

    Raises:
        OriginError: The file is bad as a whole: its encoding, its format, or there is no entry in it.
    """
    reader = _READERS.get(suffix.lower())
    if reader is None:
        known = ", ".join(SUFFIXES)
        raise OriginError(
            f"{suffix} is no format of reference lists; export the list as one of these: {known}"
        )
    if len(data) > _MOST_BYTES:
        raise OriginError(f"the list has {len(data) // 1_000_000} MB; export it in parts of at most 50 MB")
    entries = reader(decode(data))
    if not entries:
        raise OriginError("the list has no entry; export it again from the reference manager")
    return entries
