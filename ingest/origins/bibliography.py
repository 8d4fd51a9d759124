"""A reference list as an origin: each entry is looked up, and fetched if it is found beyond doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from corpus.document import SourceType
from corpus.errors import OriginError
from corpus.record import Name
from ingest.bibliographies import BibliographyEntry
from ingest.origins.europepmc import ANYTHING, EuropePMC, Filter
from ingest.origins.europepmc.finding import Finding
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.europepmc.origins import FoundWork
from ingest.origins.http import HttpClient
from ingest.origins.original import Origin, Origins, Unreadable
from ingest.origins.web import addressed

# As many as Europe PMC looks up in one request.
_BATCH = 50
# Of the words of the shorter title: publishers add subtitles, authors of reference lists leave them out.
_SHARED_WORDS = 0.6
# "Editorial" is the title of thousands.
_SHORTEST_TITLE = 20
_MOST_OF_ONE_TITLE = 25


def listed(
    service: EuropePMC,
    pages: HttpClient,
    entries: Iterable[BibliographyEntry | OriginError],
    location: str,
    wanted: Filter = ANYTHING,
) -> Origins:
    """Give the works of a reference list, and the reason for each that is not found.

    Args:
        service: Where works are looked up: by their identifiers, else by title, first author and year.
        pages: Fetches what only has a web address.
        entries: In the list's order; an entry that could not be read is an error.
        location: Where the list is.
        wanted: Which of the works are.
    """
    remaining = iter(entries)
    while batch := list(islice(remaining, _BATCH)):
        readable = [entry for entry in batch if not isinstance(entry, OriginError)]
        named = [identifier for entry in readable for identifier in _identifiers(entry)]
        found: Mapping[Identifier, Finding] | OriginError
        try:
            found = service.find_all(named)
        except OriginError as error:
            found = error
        for entry in batch:
            if isinstance(entry, OriginError):
                yield Unreadable(location, str(entry))
            elif isinstance(found, OriginError):
                yield Unreadable(_place(location, entry), str(found))
            else:
                yield from _located(service, pages, entry, found, location, wanted)


def _located(
    service: EuropePMC,
    pages: HttpClient,
    entry: BibliographyEntry,
    found: Mapping[Identifier, Finding],
    location: str,
    wanted: Filter,
) -> Iterator[Origin | Unreadable]:
    try:
        finding = _by_identifier(entry, found) or _by_title(service, entry)
    except OriginError as error:
        yield Unreadable(_place(location, entry), str(error))
        return
    if finding:
        refusal = wanted.refusal(finding)
        yield Unreadable(_place(location, entry), refusal) if refusal else FoundWork(service, finding)
    elif entry.url and Identifier.read(entry.url) is None:
        yield from addressed(pages, service, entry.url, wanted)
    else:
        yield Unreadable(_place(location, entry), _not_found(entry))


def _by_identifier(entry: BibliographyEntry, found: Mapping[Identifier, Finding]) -> Finding | None:
    """Give the work that an entry's identifiers lead to.

    Raises:
        OriginError: The work has another title: an identifier with a slip leads to a wrong paper, or a stranger's.
    """
    for identifier in _identifiers(entry):
        finding = found.get(identifier)
        if finding is None:
            continue
        if entry.title and not _much_alike(entry.title, finding.title):
            raise OriginError(
                f'{identifier} is another work, "{finding.title}"; correct the identifier or the title'
            )
        return finding
    return None


def _by_title(service: EuropePMC, entry: BibliographyEntry) -> Finding | None:
    """Give the work with an entry's very title, author and year.

    Raises:
        OriginError: Several works have them, or the service cannot be asked.
    """
    if not entry.title:
        return None
    query = [f'TITLE:"{_unquoted(entry.title)}"']
    if len(_letters(entry.title)) < _SHORTEST_TITLE:
        if not (entry.first_author and entry.year):
            return None
        query.append(f'AUTH:"{_unquoted(entry.first_author.split()[-1])}"')
    if entry.year:
        # In print a work is often a year younger than on the web.
        query.append(f"PUB_YEAR:[{entry.year - 1} TO {entry.year + 1}]")
    results = service.search(" AND ".join(query), _MOST_OF_ONE_TITLE, ANYTHING).found
    same = [finding for finding in results if _is_same(entry, finding)]
    published = [finding for finding in same if finding.source_type is not SourceType.PREPRINT] or same
    if len(published) > 1:
        places = " and ".join(finding.location for finding in published)
        raise OriginError(f"several works have this title ({places}); give the entry an identifier")
    return next(iter(published), None)


def _is_same(entry: BibliographyEntry, finding: Finding) -> bool:
    if _letters(entry.title or "") != _letters(finding.title):
        return False
    if entry.year and finding.year and abs(entry.year - finding.year) > 1:
        return False
    authors = finding.known.record.author
    return not entry.first_author or not authors or _is_author(entry.first_author, authors[0])


def _is_author(family: str, author: Name) -> bool:
    """Compare names; "van der Berg" is listed as "Berg" too."""
    known = author.family or author.literal or ""
    shorter = {_letters(name.split()[-1]) for name in (family, known) if name.split()}
    return len(shorter) == 1 and {_letters(family), _letters(known)} & shorter != set()


def _identifiers(entry: BibliographyEntry) -> Iterator[Identifier]:
    numbers = (("pmcid:", entry.pmcid), ("doi:", entry.doi), ("pmid:", entry.pmid), ("", entry.url))
    for registry, value in numbers:
        identifier = Identifier.read(f"{registry}{value}") if value else None
        if identifier:
            yield identifier


def _unquoted(text: str) -> str:
    return re.sub(r'["\\]', " ", text)


def _much_alike(one: str, other: str) -> bool:
    ours, theirs = _words(one), _words(other)
    return len(ours & theirs) >= _SHARED_WORDS * max(1, min(len(ours), len(theirs)))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", _plain(text)))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", _plain(text))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in folded if not unicodedata.combining(character))


def _not_found(entry: BibliographyEntry) -> str:
    if not entry.title and not any(_identifiers(entry)):
        return "the entry has neither a title nor an identifier to look it up by; add one"
    return (
        "Europe PMC has no work with this identifier, or with this very title, first author and year; "
        "check the entry, or ingest a file"
    )


def _place(location: str, entry: BibliographyEntry) -> str:
    return f"{location}: {entry.label}"
