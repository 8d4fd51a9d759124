"""CSL-JSON → entries, as Zotero exports them."""

from __future__ import annotations

import json

from pydantic import ValidationError

from corpus.errors import OriginError
from corpus.record import Record
from ingest.bibliographies.entry import BibliographyEntry, Said, entry_of
from ingest.parsers.metadata import in_one_line


def read_csl_json(text: str) -> list[BibliographyEntry | OriginError]:
    """Read the entries of a CSL-JSON file, in order.

    Raises:
        OriginError: The file is no JSON, or no list of entries.
    """
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        raise OriginError(f"{place}the file is not valid JSON; export the list again as CSL-JSON") from error
    if isinstance(items, dict):
        items = items.get("items", [items])
    if not isinstance(items, list):
        raise OriginError("the JSON is no list of entries; export the list again as CSL-JSON")
    return [_entry(item, number) for number, item in enumerate(items, start=1)]


def _entry(item: object, number: int) -> BibliographyEntry | OriginError:
    name = f"entry {number}"
    if isinstance(item, dict) and item.get("id"):
        name += f" ({item['id']})"
    try:
        record = Record.model_validate(item)
    except ValidationError as error:
        return OriginError(f"{name}: {in_one_line(error)}; correct it, or export the list again")
    # What managers add to CSL-JSON is kept in the record under its own name.
    extra = record.model_extra or {}
    notes = tuple(str(extra[field]) for field in ("note", "annote", "extra") if extra.get(field))
    author = next(iter(record.author), None)
    particle = " ".join(filter(None, (author.dropping_particle, author.particle))) if author else ""
    family = f"{particle} {author.family or author.literal or ''}" if author else ""
    year = str(record.year or extra.get("year") or "")
    said = Said(record.doi or "", record.pmid or "", record.pmcid or "", (record.url or "",), notes)
    key = str(extra.get("citation-key") or extra.get("id") or number)
    return entry_of(said, key, record.title, family, year)
