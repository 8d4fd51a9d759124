"""RIS → entries.

A reader of our own: RIS is one field a line, and a message must name the line; rispy, the library for it, knows none,
and an entry without its last line swallows the next.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpus.errors import OriginError
from ingest.bibliographies.entry import BibliographyEntry, Said, entry_of

_FIELD = re.compile(r"\s?([A-Z][A-Z0-9]) {0,3}-(?:\s+(.*)|\s*)$")
_MEDLINE = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)


@dataclass
class _Open:
    """An entry while its lines are read."""

    line: int
    fields: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    last_tag: str = "TY"


def read_ris(text: str) -> list[BibliographyEntry | OriginError]:
    """Read the entries of a RIS file, in order."""
    return list(_read(text))


def _read(text: str) -> Iterator[BibliographyEntry | OriginError]:
    entry: _Open | None = None
    lost = False
    for number, line in enumerate(text.split("\n"), start=1):
        match = _FIELD.match(line)
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", line.strip())
        if tag == "TY":
            # The next entry begins: the last line of the one before was forgotten.
            if entry:
                yield _finished(entry)
            entry, lost = _Open(number), False
            entry.fields[tag].append(value)
        elif tag == "ER":
            if entry:
                yield _finished(entry)
            entry, lost = None, False
        elif entry and tag:
            entry.fields[tag].append(value)
            entry.last_tag = tag
        elif entry and value:
            # A long field goes on without its tag.
            values = entry.fields[entry.last_tag]
            values[-1] = f"{values[-1]}\n{value}"
        elif (tag or value) and not lost:
            lost = True
            yield OriginError(
                f'line {number}: this stands in no entry; an entry begins with a line "TY  - JOUR"'
            )
    if entry:
        yield _finished(entry)


def _finished(entry: _Open) -> BibliographyEntry | OriginError:
    fields = entry.fields
    if not any(value for tag, values in fields.items() if tag != "TY" for value in values):
        return OriginError(f"line {entry.line}: the entry is empty; export the list again")
    first = _first(fields, "AU", "A1", "A2", "ED")
    pubmed = _MEDLINE.search(" ".join(fields["DB"] + fields["DP"]))
    notes = [*fields["N1"], *fields["RN"], *fields["U1"], *fields["C1"], *fields["M1"]]
    said = Said(
        doi=_first(fields, "DO")
        or next((value for value in fields["M3"] + fields["L3"] if "10." in value), ""),
        pmid=_first(fields, "AN") if pubmed else "",
        # EndNote's field of its own.
        pmcid=next((value for value in fields["C2"] if value.upper().startswith("PMC")), ""),
        addresses=tuple(
            address for value in fields["UR"] + fields["L2"] + fields["LK"] for address in value.split()
        ),
        notes=tuple(notes),
    )
    date = _first(fields, "PY", "Y1", "DA")
    # A body has no given name: "The Group" is written without a comma, or with one at its end.
    return entry_of(
        said,
        _first(fields, "ID"),
        _first(fields, "TI", "T1", "CT", "BT"),
        first.partition(",")[0],
        date,
        entry.line,
    )


def _first(fields: Mapping[str, list[str]], *tags: str) -> str:
    return next((value for tag in tags for value in fields.get(tag, ()) if value), "")
