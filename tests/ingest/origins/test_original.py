"""What a service knows of a work, joined with what the work says of itself."""

from __future__ import annotations

import pytest

from corpus.document import Document, SourceType
from corpus.record import Record
from ingest.origins.original import Known


@pytest.mark.parametrize(
    ("own", "theirs", "joined"),
    [
        (SourceType.OTHER, SourceType.RESEARCH, SourceType.RESEARCH),
        (SourceType.RESEARCH, SourceType.CLINICAL_TRIAL, SourceType.CLINICAL_TRIAL),
        (SourceType.RESEARCH, SourceType.REVIEW, SourceType.REVIEW),
        (SourceType.RESEARCH, SourceType.PREPRINT, SourceType.PREPRINT),
        (SourceType.RESEARCH, SourceType.OTHER, SourceType.RESEARCH),
        (SourceType.RESEARCH, SourceType.WEB, SourceType.RESEARCH),
        (SourceType.RESEARCH, None, SourceType.RESEARCH),
        (SourceType.REVIEW, SourceType.CLINICAL_TRIAL, SourceType.REVIEW),
        (SourceType.CORRECTION, SourceType.RESEARCH, SourceType.CORRECTION),
    ],
)
def test_the_kind_of_source_is_the_one_that_says_more(
    own: SourceType, theirs: SourceType | None, joined: SourceType
) -> None:
    document = Document(id="a", text="", record=Record(), source_type=own)
    assert Known(source_type=theirs).applied_to(document).source_type is joined


def test_the_record_is_filled_where_the_document_says_nothing() -> None:
    document = Document(id="a", text="", record=Record(title="Gulls", doi="10.5555/1"))
    known = Known(Record(title="Gulls and more", pmid="7", container_title="Annals"))
    joined = known.applied_to(document).record
    assert (joined.title, joined.doi, joined.pmid, joined.container_title) == (
        "Gulls",
        "10.5555/1",
        "7",
        "Annals",
    )
