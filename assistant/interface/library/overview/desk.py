"""What readers see of the library as a whole, whatever carries their wishes."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.interface.library.overview.aspects import aspects_shown
from assistant.interface.library.overview.holdings import Bars, bars, holdings_table, totals_line
from assistant.interface.library.overview.topics import map_note, preview, topic_list, topics_table
from assistant.overview.mapping import Making, PassageMap
from assistant.overview.overview import Overview
from corpus.document import Span
from corpus.library import Library


class Glance(BaseModel):
    """The numbers of a library.

    Attributes:
        generation: Moves with every change of the library.
        totals: How much it holds, as HTML.
        bars: Its papers by year and kind, to be drawn.
        table: The same as a table, as HTML.
    """

    model_config = ConfigDict(frozen=True)

    generation: int
    totals: str
    bars: Bars
    table: str


class Mapped(BaseModel):
    """The map of a library or, while it is made, how far that is.

    Attributes:
        done: What share of the work is done; None once there is a map.
        passages: How many are being laid out, if they are counted.
        map: Where every passage lies.
        note: What the map shows, as HTML.
        topics: Its topics as buttons, as HTML.
    """

    model_config = ConfigDict(frozen=True)

    done: float | None = None
    passages: int | None = None
    map: PassageMap | None = None
    note: str = ""
    topics: str = ""


class Place(BaseModel):
    """A passage, by where it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    start: int
    end: int

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        # Refuses what is no span.
        Span(self.start, self.end)
        return self


class OverviewDesk:
    """The overview of one library, for all readers of one page."""

    def __init__(self, library: Library) -> None:
        """Look at a library; nothing is worked out before a reader asks."""
        self._library = library
        self.overview = Overview(library)

    def glance(self) -> Glance:
        """Give the numbers."""
        generation = self._library.catalogue.generation
        holdings = self.overview.holdings()
        return Glance(
            generation=generation,
            totals=totals_line(holdings),
            bars=bars(holdings),
            table=holdings_table(holdings),
        )

    def mapped(self) -> Mapped:
        """Give the map; the first wish for it begins to make it.

        Raises:
            LoccitError: If it could not be made.
        """
        latest = self.overview.map()
        if isinstance(latest, Making):
            return Mapped(done=latest.done, passages=latest.passages)
        return Mapped(map=latest, note=map_note(latest), topics=topic_list(latest))

    def topics(self) -> str:
        """Show the topics of the map with their typical passages; nothing as long as there is no map.

        Raises:
            LoccitError: If it could not be made.
        """
        latest = self.overview.map()
        return "" if isinstance(latest, Making) else topics_table(self._library, latest)

    def aspects(self) -> str:
        """Show how much the library says in each respect, the least first.

        Raises:
            SettingsError: If the file of the aspects cannot be used.
        """
        return aspects_shown(self._library, self.overview.coverage())

    def passage(self, place: Place) -> str:
        """Show the beginning of a passage and where it stands.

        Raises:
            UnknownDocumentError: If the library does not hold its document.
        """
        return preview(self._library.document(place.document), Span(place.start, place.end))
