"""What readers do in the Library view, whatever carries their wishes."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from assistant.interface.library.adding import Adding
from assistant.interface.library.documents import count_line, details, rows
from assistant.interface.library.findings import Choice, Search, chosen_works, preview
from assistant.interface.library.listing import Listing, Wanted
from assistant.interface.library.naming import Uploads, can_be_fetched, fetched, named
from assistant.interface.library.overview.desk import OverviewDesk
from assistant.interface.library.progress import adding_shown
from assistant.interface.sources import held_panel
from corpus.errors import OriginError
from corpus.library import Library
from ingest.origins.naming import Services
from ingest.origins.retrying import retried
from ingest.origins.starter_papers import starter_full_texts


class Documents(BaseModel):
    """A page of the list, as HTML."""

    model_config = ConfigDict(frozen=True)

    count: str
    rows: str


class State(BaseModel):
    """What every open page should show of the library.

    Attributes:
        generation: Moves with every change; a page that knows this one need not ask for documents again.
        status: How much the library holds, for the header.
        held: The panel of a reader who has asked nothing yet; None for a page that knows this generation.
        adding: How far adding is, as HTML.
        running: Whether papers are being added.
    """

    model_config = ConfigDict(frozen=True)

    generation: int
    status: str
    held: str | None
    adding: str
    running: bool


class Desk:
    """The library and what is being added to it, for all readers of one page."""

    def __init__(self, library: Library) -> None:
        """Serve a library's readers."""
        self.library = library
        self.adding = Adding(library)
        self.listing = Listing(library)
        self.overview = OverviewDesk(library)

    def state(self, seen_generation: int = -1) -> State:
        """Tell how the library is now, to a page that has seen it as it was."""
        catalogue = self.library.catalogue
        # Before the counts: what is committed in between is told again, not missed.
        generation = catalogue.generation
        run = self.adding.run
        return State(
            generation=generation,
            status=status_line(self.library),
            held=held_panel(self.library) if generation != seen_generation else None,
            adding=adding_shown(run, catalogue.ledger.failures()),
            running=bool(run and run.is_running),
        )

    def documents(self, wanted: Wanted) -> Documents:
        """List the documents that a reader looks for."""
        found = self.listing.found(wanted)
        return Documents(count=count_line(found), rows=rows(found))

    def document(self, document_id: str) -> str:
        """Show what is known of a document.

        Raises:
            UnknownDocumentError: If the library does not hold it.
        """
        return details(self.library, document_id)

    def remove(self, document_id: str) -> None:
        """Remove a document.

        Raises:
            UnknownDocumentError: If the library does not hold it.
            LibraryLockedError: If papers are being added.
        """
        with self.library.writing() as writer:
            writer.remove(document_id)

    def add_named(self, text: str) -> None:
        """Begin to add the papers whose names a reader has typed.

        Raises:
            OriginError: If something in the text names no paper.
            AlreadyAddingError: If papers are being added.
        """
        self._begin_fetching(named(text))

    def add_uploads(self, uploads: Uploads) -> None:
        """Begin to add uploaded files; they are removed in the end, or at once if they cannot be added now.

        Raises:
            OriginError: If there are none.
            AlreadyAddingError: If papers are being added.
        """
        try:
            if not len(uploads):
                raise OriginError("Choose a file to add.")
            self.adding.begin(_number(len(uploads), "file"), uploads.origins, uploads.remove)
        except BaseException:
            uploads.remove()
            raise

    def preview(self, search: Search) -> str:
        """Show what a search in Europe PMC finds.

        Raises:
            LoccitError: If it cannot be searched, or refuses.
        """
        with Services(self.library.settings) as services:
            return preview(self.library, services.europepmc, search)

    def add_chosen(self, choice: Choice) -> None:
        """Begin to add what a reader has chosen of a search.

        Raises:
            OriginError: If nothing is chosen.
            AlreadyAddingError: If papers are being added.
        """
        if not choice.chosen:
            raise OriginError("Choose a paper to add.")
        what = f"{_number(len(choice.chosen), 'paper')} from Europe PMC"
        self.adding.begin(what, lambda services: chosen_works(choice, services))

    def add_starter_texts(self) -> None:
        """Begin to add the open full texts of the papers that the starter corpus has digests of.

        Raises:
            AlreadyAddingError: If papers are being added.
        """
        self.adding.begin("the starter’s open-access papers", starter_full_texts)

    def try_again(self) -> None:
        """Begin to fetch what could not be added before.

        Raises:
            OriginError: If there is nothing that can be fetched.
            AlreadyAddingError: If papers are being added.
        """
        failures = can_be_fetched(self.library.catalogue.ledger.failures())
        if not failures:
            raise OriginError("There is nothing that can be fetched again.")
        what = failures[0].location if len(failures) == 1 else f"the {len(failures):,} that had failed"
        self.adding.begin(what, lambda services: retried(failures, services, files=False))

    def forget_failures(self) -> None:
        """Clear the list of what could not be added.

        Raises:
            LibraryLockedError: If papers are being added.
        """
        with self.library.writing() as writer:
            writer.forget_failures()

    def _begin_fetching(self, names: Sequence[str]) -> None:
        what = names[0] if len(names) == 1 else _number(len(names), "paper")
        self.adding.begin(what, lambda services: fetched(names, services))


def status_line(library: Library) -> str:
    """Say how much the library holds."""
    documents, passages = library.catalogue.counts()
    return f"{_number(documents, 'source')} · {_number(passages, 'passage')}"


def _number(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
