"""What readers can narrow a question to, whatever carries their wishes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from assistant.interface.filtering.filters import Filters, fitting_ids, in_words
from assistant.interface.kinds import KINDS, counted
from assistant.interface.library.listing import Listing, Wanted
from assistant.interface.markup import attributes, shown
from assistant.interface.sources import record_line
from corpus.library import Library

SOURCES_OFFERED = 30


class Choices(BaseModel):
    """What there is to choose from.

    Attributes:
        kinds: A box to tick for every kind of source that the library holds, as HTML.
        first: The year of its oldest source; None if no source has a year.
        last: The year of its newest source.
    """

    model_config = ConfigDict(frozen=True)

    kinds: str
    first: int | None
    last: int | None


class Fitting(BaseModel):
    """What filters leave.

    Attributes:
        said: How many sources they let through, in words.
        none: Whether that is none.
        within: What they let through, in words.
    """

    model_config = ConfigDict(frozen=True)

    said: str
    none: bool
    within: str


class FilterDesk:
    """Tells readers what they can narrow a question to, and what is left then."""

    def __init__(self, library: Library, listing: Listing) -> None:
        """Narrow to the sources of a library, by its listing."""
        self._library = library
        self._listing = listing

    def choices(self) -> Choices:
        """Tell what there is to choose from, as the library is now."""
        documents = self._library.documents()
        years = [document.year for document in documents if document.year is not None]
        kinds = "".join(
            f'<label class="pick"><input type="checkbox" name="kind"'
            f"{attributes(value=kind, data_word=KINDS[kind].many)}> <span>{words}</span></label>"
            for kind, words in counted(document.source_type for document in documents)
        )
        return Choices(kinds=kinds, first=min(years, default=None), last=max(years, default=None))

    def fitting(self, filters: Filters) -> Fitting:
        """Tell how many sources filters let through."""
        total = self._library.catalogue.counts()[0]
        number = len(fitting_ids(self._library, filters)) if filters.narrow else total
        said = f"{number:,} of {total:,} source{'' if total == 1 else 's'}" if number else "No source fits"
        return Fitting(said=said, none=not number, within=in_words(self._library, filters))

    def sources(self, wanted: Wanted) -> str:
        """Offer the sources whose title, authors, journal or id have the words that a reader types, each to tick."""
        found = self._listing.found(wanted)
        offered = []
        for entry in found.entries[:SOURCES_OFFERED]:
            record = entry.record
            title = record.title or f"Untitled: {entry.document_id}"
            box = attributes(type="checkbox", name="document", value=entry.document_id, data_title=title)
            facts = record_line(record.authors, record.container_title, record.year)
            offered.append(
                f'<label class="pick"><input{box}> <span>{shown(title)}<small>{shown(facts)}</small></span></label>'
            )
        rest = found.matching - len(offered)
        if rest > 0:
            offered.append(f'<p class="rest">{rest:,} more; type words of the title</p>')
        return "".join(offered) or '<p class="rest">No source has these words</p>'
