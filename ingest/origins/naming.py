"""What a reader names, as origins: files and folders, papers by their numbers, web addresses, lists of references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import OriginError
from corpus.settings import Settings
from ingest.bibliographies import SUFFIXES as LISTS
from ingest.bibliographies import read_bibliography
from ingest.origins.asking import Asked, Kind
from ingest.origins.bibliography import listed
from ingest.origins.europepmc import ANYTHING, EuropePMC, Filter
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.europepmc.origins import identified, queried
from ingest.origins.files import FileOrigin, file_origins, find_files
from ingest.origins.http import HttpClient
from ingest.origins.original import Listings, Original, Origins, Unreadable
from ingest.origins.web import addressed


class Services:
    """The services that papers are fetched from, each opened when it is first needed."""

    def __init__(self, settings: Settings, *, renew: bool = False) -> None:
        """Prepare to speak to the services that the settings name.

        Args:
            settings: Addresses, contact and cache.
            renew: Whether they are asked again for what they have answered lately.
        """
        self._settings = settings
        self._renew = renew

    def __enter__(self) -> Self:
        """Give the services."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close what was opened."""
        for name in ("europepmc", "pages"):
            if name in self.__dict__:
                getattr(self, name).close()

    @cached_property
    def europepmc(self) -> EuropePMC:
        """Europe PMC."""
        return EuropePMC.of(self._settings, renew=self._renew)

    @cached_property
    def pages(self) -> HttpClient:
        """Any page of the web that a reader names."""
        return HttpClient.for_readers(self._settings)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a reader has uploaded: it will be gone, so a copy of it is kept.

    Attributes:
        path: Where it lies for now.
        name: What the reader calls it.
    """

    path: Path
    name: str

    @property
    def location(self) -> str:
        """Its name; it cannot be read again by it."""
        return f"upload:{self.name}"

    @property
    def is_remote(self) -> bool:
        """Whether reading fetches it: no."""
        return False

    @property
    def works(self) -> tuple[str, ...]:
        """Nothing is known of it before it is read."""
        return ()

    def read(self) -> Original:
        """Read it.

        Raises:
            OriginError: It cannot be read, or is too large.
        """
        return FileOrigin(self.path).read_as(self.name)


def names_something(argument: str) -> bool:
    """Tell whether there is something to read or to ask for by a name."""
    return (
        Path(argument).exists()
        or argument.lower().startswith(("https://", "http://"))
        or Identifier.read(argument) is not None
    )


def named(argument: str, services: Services, wanted: Filter = ANYTHING) -> Origins:
    """Give what one argument names.

    Args:
        argument: A path, "PMC123", "doi:10.1000/x", "pmid:123", an address, or the path of a BibTeX or RIS list.
        services: Where papers are fetched from.
        wanted: Which papers of Europe PMC are wanted; of files, all are.
    """
    path = Path(argument)
    if path.suffix.lower() in LISTS and path.is_file():
        yield from _referenced(path, str(path.resolve()), services, wanted)
    elif path.exists():
        yield from file_origins(path)
    elif argument.lower().startswith(("https://", "http://")):
        yield from addressed(services.pages, services.europepmc, argument, wanted)
    elif Identifier.read(argument):
        yield from identified(services.europepmc, argument, wanted)
    else:
        yield Unreadable(
            argument,
            "there is no such file or folder, and it is no PMC…, doi:…, pmid:… or https://… either; check it",
            breaks_off=True,
        )


def all_named(arguments: Iterable[str], services: Services, wanted: Filter = ANYTHING) -> Listings:
    """Give what several arguments name, in their order."""
    for argument in arguments:
        words = str(Path(argument).resolve()) if Path(argument).exists() else argument
        yield from Asked.of(Kind.NAMED, words, wanted).whole(named(argument, services, wanted))


def searched(query: str, limit: int, services: Services, wanted: Filter) -> Listings:
    """Give what Europe PMC finds for a query."""
    asked = Asked.of(Kind.QUERY, query, wanted, limit)
    yield from asked.whole(queried(services.europepmc, query, limit, wanted))


def uploaded(files: Iterable[Upload], services: Services) -> Listings:
    """Give uploaded files; a list of references gives the papers that it names."""
    for file in files:
        yield from Asked.of(Kind.UPLOAD, file.location, ANYTHING).whole(_uploaded(file, services))


def _uploaded(file: Upload, services: Services) -> Origins:
    if file.path.suffix.lower() in LISTS:
        yield from _referenced(file.path, file.location, services, ANYTHING)
        return
    try:
        list(find_files(file.path))
    except OriginError as error:
        yield Unreadable(file.location, str(error).removeprefix(f"{file.path}: "))
    else:
        yield file


def _referenced(path: Path, location: str, services: Services, wanted: Filter) -> Origins:
    """Give the works of a list of references."""
    try:
        entries = read_bibliography(path.read_bytes(), path.suffix.lower())
    except OSError as error:
        yield Unreadable(location, f"the file cannot be read ({error.strerror}); check its rights", True)
    except OriginError as error:
        yield Unreadable(location, str(error), breaks_off=True)
    else:
        yield from listed(services.europepmc, services.pages, entries, location, wanted)
