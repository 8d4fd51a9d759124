"""What failed before, as origins once more: alone where it has a name, else with all that it was asked for with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.rows import Failure
from ingest.bibliographies import SUFFIXES as LISTS
from ingest.origins.asking import Asked, Kind
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.naming import Services, all_named, named, searched
from ingest.origins.original import Listings
from ingest.origins.starter_papers import starter_full_texts


def retriable(failures: Iterable[Failure], *, files: bool) -> Iterator[Failure]:
    """Give the failures that can be tried again: an upload is gone, and so may be a file.

    Args:
        failures: As the library remembers them.
        files: Whether files of this machine may be read.
    """
    for failure in failures:
        if _is_asked_again(failure, files=files) or _has_name(failure.location, files=files):
            yield failure


def retried(failures: Iterable[Failure], services: Services, *, files: bool = True) -> Listings:
    """Give what failed before, as it was asked for; what cannot be tried again is left as it is.

    Args:
        failures: As the library remembers them.
        services: Where papers are fetched from.
        files: Whether files of this machine may be read.
    """
    again: dict[str, Asked] = {}
    for failure in retriable(failures, files=files):
        asked = Asked.before(failure)
        if asked is None:
            yield from all_named([failure.location], services)
        elif _is_asked_again(failure, files=files):
            again[asked.listing.name] = asked
        else:
            yield from asked.part(named(failure.location, services, asked.wanted))
    for asked in again.values():
        yield from _whole(asked, services)


def _is_asked_again(failure: Failure, *, files: bool) -> bool:
    """Tell whether a failure is tried again with all that it was met in."""
    asked = Asked.before(failure)
    match asked and asked.kind:
        case Kind.STARTER:
            # By its own name, a paper that is open no more would take its digest's place with an abstract.
            return True
        case Kind.QUERY:
            return asked is not None and failure.location == asked.words
        case Kind.NAMED if asked is not None and files:
            is_list = asked.words.lower().endswith(tuple(LISTS)) and Path(asked.words).is_file()
            return is_list and not _has_name(failure.location, files=False)
    return False


def _has_name(location: str, *, files: bool) -> bool:
    """Tell whether something can be asked for by its name alone."""
    if location.lower().startswith(("https://", "http://")) or Identifier.read(location):
        return True
    return files and Path(location).is_absolute() and Path(location).exists()


def _whole(asked: Asked, services: Services) -> Listings:
    match asked.kind:
        case Kind.STARTER:
            return starter_full_texts(services, asked.wanted)
        case Kind.QUERY:
            return searched(asked.words, asked.limit, services, asked.wanted)
        case _:
            return all_named([asked.words], services, asked.wanted)
