"""What an origin says of itself in front matter or a JSON Lines record: CSL-JSON fields and a few of ours."""

from __future__ import annotations

import datetime
import re

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from corpus.document import Document, Fidelity, Licence, SourceType
from corpus.errors import OriginError
from corpus.record import Record
from corpus.works import Reference, RelatedWork
from ingest.canonical import Canonical, fold

_DOI_ADDRESS = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*|info:doi/)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:T.*)?")


class Metadata(BaseModel):
    """Everything but the text: our own fields here, those of CSL-JSON in `record`."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str | None = None
    source_type: SourceType = SourceType.OTHER
    fidelity: Fidelity = Fidelity.FULL_TEXT
    commercial: bool = False
    retracted: bool = False
    licence: Licence = Field(default=Licence(), validation_alias=AliasChoices("licence", "license"))
    record: Record = Record()

    @field_validator("licence", mode="before")
    @classmethod
    def _licence_by_name(cls, value: object) -> object:
        if isinstance(value, str):
            return Licence(url=value) if value.startswith(("https://", "http://")) else Licence(name=value)
        return value

    @model_validator(mode="before")
    @classmethod
    def _record_apart(cls, given: object) -> object:
        """Read the fields that are not ours as CSL-JSON."""
        if not isinstance(given, dict):
            return given
        names = cls.model_fields.keys() | {"license"}
        ours = {name: value for name, value in given.items() if name in names and value is not None}
        csl = {name: _as_csl(name, value) for name, value in given.items() if name not in names}
        return {**ours, "record": {name: value for name, value in csl.items() if value is not None}}

    @field_validator("record")
    @classmethod
    def _tidied(cls, record: Record) -> Record:
        return tidied(record)

    def document(
        self,
        canonical: Canonical,
        fallback_id: str,
        fallback_title: str = "",
        references: tuple[Reference, ...] = (),
        related: tuple[RelatedWork, ...] = (),
    ) -> Document:
        """Give the document with this metadata.

        Args:
            canonical: Its text, which may not be empty.
            fallback_id: Its identity if neither `id` nor the record gives one.
            fallback_title: Its title if the record has none.
            references: Its reference list.
            related: Works that retract or correct it, and the like.
        """
        if not canonical.blocks:
            raise OriginError("the document has no text: nothing to add to the library")
        record = self.record
        if not record.title and fallback_title:
            record = record.model_copy(update={"title": fallback_title})
        return Document(
            id=self.id or identity(record, fallback_id),
            text=canonical.text,
            record=record,
            source_type=self.source_type,
            fidelity=self.fidelity,
            commercial=self.commercial,
            retracted=self.retracted,
            licence=self.licence,
            sections=canonical.sections,
            blocks=canonical.blocks,
            reference_marks=canonical.reference_marks,
            references=references,
            reference_links=canonical.reference_links,
            tables=canonical.tables,
            pages=canonical.pages,
            related=related,
        )


def identity(record: Record, fallback_id: str) -> str:
    """Give the stable identity of a record: its PMCID, else DOI (case does not matter in one), else PMID."""
    if record.pmcid:
        return f"pmcid:{record.pmcid}"
    if record.doi:
        return f"doi:{record.doi.lower()}"
    return f"pmid:{record.pmid}" if record.pmid else fallback_id


def tidied(record: Record) -> Record:
    """Give the record with a folded title and bare identifiers, "10.1371/…" and "PMC123"."""
    doi = _DOI_ADDRESS.sub("", record.doi or "").strip()
    pmcid = (record.pmcid or "").strip().upper().removeprefix("PMC")
    return record.model_copy(
        update={
            "title": fold(record.title),
            "doi": doi or None,
            "pmcid": f"PMC{pmcid}" if pmcid else None,
            "pmid": (record.pmid or "").strip() or None,
        }
    )


def title_of(fallback_id: str) -> str:
    """Give a title made of a file's identity: "file:my-notes-0a1b2c3d" was "my notes"."""
    stem = re.sub(r"-[0-9a-f]{8}$", "", fallback_id.removeprefix("file:"))
    return stem.replace("-", " ").strip()


def in_one_line(error: ValidationError, most: int = 3) -> str:
    """Say in one line which fields are wrong and why."""
    problems = []
    for problem in error.errors(include_url=False)[:most]:
        place = ".".join(str(part) for part in problem["loc"] if part != "record")
        # The line that pydantic names is the first of one record's JSON, not the file's.
        message = problem["msg"].removeprefix("Value error, ").replace(" at line 1 column ", " at column ")
        problems.append(f"{place}: {message}" if place else message)
    left_out = error.error_count() - len(problems)
    return "; ".join(problems) + (f"; and {left_out} more" if left_out > 0 else "")


def _as_csl(name: str, value: object) -> object:
    """Read numbers, which CSL-JSON allows for words, and dates as people write them: `issued: 2020-05`."""
    if name == "issued" and (match := _DATE.fullmatch(_date_text(value))):
        return {"date-parts": [[int(part) for part in match.groups() if part]]}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _date_text(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, int | str) else ""
