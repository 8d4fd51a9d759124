"""What a reader has asked for, kept with what failed of it, so that it can be asked for again as it was."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.rows import Failure, Listing
from ingest.origins.europepmc import Filter
from ingest.origins.original import Ended, Listings, Origins, Unreadable


class Kind(StrEnum):
    """In which way something was asked for."""

    NAMED = "named"
    QUERY = "query"
    STARTER = "starter"
    UPLOAD = "upload"


class Asked(BaseModel):
    """One thing that was asked for.

    Attributes:
        kind: In which way.
        words: A path, identifier or address, a query, the name of an upload; nothing for the starter's papers.
        limit: Works of a query at most.
        licences: As in `Filter`.
        open_access_only: As in `Filter`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    words: str = ""
    limit: int = 0
    licences: tuple[str, ...] = ()
    open_access_only: bool = False

    @classmethod
    def of(cls, kind: Kind, words: str, wanted: Filter, limit: int = 0) -> Self:
        """Say what is asked for and which works of it are wanted."""
        return cls(
            kind=kind,
            words=words,
            limit=limit,
            licences=tuple(wanted.licences),
            open_access_only=wanted.open_access_only,
        )

    @classmethod
    def before(cls, failure: Failure) -> Self | None:
        """Give what a failure was met in; None if that is not known, or was written by another version."""
        try:
            return cls.model_validate_json(failure.listing.asked) if failure.listing else None
        except ValidationError:
            return None

    @property
    def wanted(self) -> Filter:
        """Which works of it are wanted."""
        return Filter(self.licences, self.open_access_only)

    @property
    def listing(self) -> Listing:
        """What is kept of it; it has the same name whatever the options."""
        return Listing(f"{self.kind}:{self.words}", self.model_dump_json())

    def part(self, origins: Origins) -> Listings:
        """Give some of what it stands for."""
        yield self.listing
        yield from origins

    def whole(self, origins: Origins) -> Listings:
        """Give all that it stands for; unless its listing breaks off, earlier failures of it are over then."""
        yield self.listing
        is_whole = True
        for origin in origins:
            is_whole = is_whole and not (isinstance(origin, Unreadable) and origin.breaks_off)
            yield origin
        if is_whole:
            yield Ended(self.listing.name)
