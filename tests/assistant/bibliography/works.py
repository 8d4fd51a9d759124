"""Works to write references of, the strange among them."""

from __future__ import annotations

from assistant.bibliography import Work
from corpus.document import SourceType
from corpus.record import Record

PLAIN = {
    "type": "article-journal",
    "title": "Use of CAR-transduced NK cells in CD19+ tumors: 50% & more",
    "author": [
        {"family": "Liu", "given": "Enli"},
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"family": "Anderson", "given": "L. D.", "suffix": "Jr"},
        {"literal": "Consortium for Cells and Genes, Inc."},
    ],
    "container-title": "N Engl J Med",
    "issued": {"date-parts": [[2020, 2, 6]]},
    "volume": "382",
    "issue": "6",
    "page": "545-553",
    "ISSN": ["0028-4793", "1533-4406"],
    "DOI": "10.1056/NEJMoa1910607",
    "PMID": "32023374",
    "keyword": "cells, lymphoma",
}


def work(
    *,
    retracted: bool = False,
    source_type: SourceType = SourceType.RESEARCH,
    document_id: str = "d1",
    **fields: object,
) -> Work:
    """Make a work; fields are those of CSL-JSON, with underscores for hyphens."""
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    return Work(document_id, Record.model_validate(given), source_type, retracted)


def plain() -> Work:
    return Work("liu", Record.model_validate(PLAIN), SourceType.CLINICAL_TRIAL, retracted=False)


def authors(number: int) -> list[dict[str, str]]:
    return [{"family": f"Author{place}", "given": "A."} for place in range(number)]
