"""What readers do in the Check view, whatever carries their wishes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from assistant import Assistant
from assistant.interface.check.claims import checked_claims, checked_sources
from assistant.interface.check.pasted import without_markup
from assistant.interface.library.listing import Listing, Wanted
from assistant.interface.markup import attributes, shown
from assistant.interface.sources import record_line
from corpus.errors import LoccitError

# Some ten pages; a longer text is checked in parts.
LONGEST_TEXT = 20_000
SOURCES_OFFERED = 20


class UncheckableError(LoccitError):
    """A text that cannot be checked as it stands."""


class ToCheck(BaseModel):
    """What a reader wants checked.

    Attributes:
        text: As it was pasted.
        document: The one source to hold it against; None for all of the library.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    document: str | None = None


class CheckShown(BaseModel):
    """What came of a check, as HTML: the claims, and the sources beside them."""

    model_config = ConfigDict(frozen=True)

    claims: str
    sources: str


class CheckDesk:
    """Checks what readers paste."""

    def __init__(self, assistant: Assistant, listing: Listing) -> None:
        """Check with an assistant, against the sources of a listing."""
        self._assistant = assistant
        self._listing = listing

    def check(self, wanted: ToCheck) -> CheckShown:
        """Check a text.

        Raises:
            UncheckableError: If it is empty or too long.
            UnknownDocumentError: If the source is not in the library.
        """
        text = without_markup(wanted.text).strip()
        if not text:
            raise UncheckableError("There is nothing to check. Paste a sentence or a paragraph.")
        if len(text) > LONGEST_TEXT:
            raise UncheckableError(
                f"This text has {len(text):,} characters; at most {LONGEST_TEXT:,} are checked at once. "
                "Check it in parts."
            )
        library = self._assistant.library
        with library.snapshot():
            checked = self._assistant.check(text, wanted.document)
            return CheckShown(
                claims=checked_claims(library, checked, markup_left_out=text != wanted.text.strip()),
                sources=checked_sources(library, checked),
            )

    def sources(self, wanted: Wanted) -> str:
        """Offer the sources whose title, authors, journal or id have the words that a reader types."""
        found = self._listing.found(wanted)
        options = []
        for place, entry in enumerate(found.entries[:SOURCES_OFFERED]):
            record = entry.record
            title = record.title or f"Untitled: {entry.document_id}"
            named = attributes(
                role="option", id=f"check-source-{place}", data_document=entry.document_id, data_title=title
            )
            facts = record_line(record.authors, record.container_title, record.year)
            options.append(
                f'<li{named} aria-selected="false">{shown(title)}<small>{shown(facts)}</small></li>'
            )
        rest = found.matching - len(options)
        if rest > 0:
            options.append(
                f'<li class="rest" role="presentation">{rest:,} more; type words of the title</li>'
            )
        return "".join(options) or '<li class="rest" role="presentation">No source has these words</li>'
