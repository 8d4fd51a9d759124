"""References as CSL-JSON (https://docs.citationstyles.org), without what only Loccit knows."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.bibliography.fields import RETRACTED, issn
from assistant.bibliography.work import Work, named

# The specification's variables and types, version 1.0.2; programs refuse files with others.
_VARIABLES = frozenset(
    "type categories language journalAbbreviation shortTitle author chair collection-editor compiler composer "
    "container-author contributor curator director editor editorial-director executive-producer guest host "
    "interviewer illustrator narrator organizer original-author performer producer recipient reviewed-author "
    "script-writer series-creator translator accessed available-date event-date issued original-date submitted "
    "abstract annote archive archive_collection archive_location archive-place authority call-number "
    "chapter-number citation-label collection-number collection-title container-title container-title-short "
    "dimensions division DOI edition event event-title event-place genre ISBN ISSN issue jurisdiction keyword "
    "locator medium note number number-of-pages number-of-volumes original-publisher original-publisher-place "
    "original-title page page-first part part-title PMCID PMID printing publisher publisher-place references "
    "reviewed-genre reviewed-title scale section source status supplement title title-short URL version volume "
    "volume-title volume-title-short year-suffix".split()
)
_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection "
    "dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case "
    "legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance "
    "periodical personal_communication post post-weblog regulation report review review-book software song speech "
    "standard thesis treaty webpage".split()
)
_PARTS_OF_NAMES = frozenset(
    "family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering literal".split()
)
_NAMES = frozenset("author chair editor translator contributor reviewed-author recipient interviewer".split())


def as_csl_json(works: Sequence[Work]) -> str:
    """Write works as a CSL-JSON list."""
    items = [_item(key, work) for key, work in named(works)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(key: str, work: Work) -> dict[str, object]:
    record = work.record.to_csl()
    fields = {name: value for name, value in record.items() if name in _VARIABLES}
    for name in _NAMES & fields.keys():
        fields[name] = _names(fields[name])
    if fields.get("type") not in _TYPES:
        fields["type"] = "document"
    if numbers := issn(work.record):
        fields["ISSN"] = ", ".join(numbers)
    if address := work.record.link:
        fields["URL"] = address
    if work.retracted:
        note = fields.get("note")
        fields["note"] = f"{RETRACTED} {note}" if note else RETRACTED
    return {"id": key, **fields}


def _names(names: object) -> object:
    if not isinstance(names, list):
        return names
    return [
        {part: value for part, value in name.items() if part in _PARTS_OF_NAMES}
        for name in names
        if isinstance(name, dict)
    ]
