"""Europe PMC's web service: searching, looking works up, and fetching open full texts."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Self

from lxml import etree
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from corpus.errors import OriginError
from corpus.settings import Settings
from ingest.origins.europepmc.filtering import ANYTHING, LICENCES, Filter
from ingest.origins.europepmc.finding import Finding, Findings
from ingest.origins.europepmc.identifiers import Identifier, Registry
from ingest.origins.http import HttpClient
from ingest.origins.http.cache import Answer
from ingest.parsers.europepmc.record import PREPRINTS
from ingest.parsers.metadata import in_one_line

__all__ = ["ANYTHING", "LICENCES", "EuropePMC", "Filter"]

logger = logging.getLogger(__name__)

# A query that was broken off and one that was looked at before find the same pages again; new works can wait a day.
_SEARCH_FRESH = timedelta(days=1)
_TEXT_FRESH = timedelta(days=30)
# Europe PMC gives a thousand results a page at most; a hundred "core" results are about a megabyte.
_PAGE = 100
# Fifty DOIs make an address of three thousand characters; servers take eight.
_BATCH = 50
_MOST_A_PAGE = 1_000


class _ResultList(BaseModel):
    model_config = ConfigDict(frozen=True)

    result: tuple[JsonValue, ...] = ()


class _Page(BaseModel):
    """An answer of the search; what it says went wrong stands in `errMsg`, under status 200."""

    model_config = ConfigDict(frozen=True)

    hit_count: int = Field(default=0, alias="hitCount")
    next_cursor: str | None = Field(default=None, alias="nextCursorMark")
    results: _ResultList | None = Field(default=None, alias="resultList")
    error: str | None = Field(default=None, alias="errMsg")


class EuropePMC:
    """The service. Every answer is cached; looking a work up twice costs one request."""

    def __init__(self, http: HttpClient, address: str) -> None:
        """Speak to the service at an address, through a client."""
        self._http = http
        self._address = address.rstrip("/")

    @classmethod
    def of(cls, settings: Settings, *, renew: bool = False) -> Self:
        """Speak to the service that the settings name.

        Args:
            settings: Name its address, and where answers are kept.
            renew: Whether it is asked again for what it has answered lately.
        """
        return cls(HttpClient.for_services(settings, renew=renew), settings.europepmc_url)

    def close(self) -> None:
        """Close the connections to the service."""
        self._http.close()

    def find(self, identifier: Identifier) -> Finding | None:
        """Look one work up; None if the service does not know it.

        Raises:
            OriginError: The service cannot be asked.
        """
        return self.find_all([identifier]).get(identifier)

    def find_all(self, identifiers: Iterable[Identifier]) -> dict[Identifier, Finding]:
        """Look many works up, in batches; those that the service does not know are left out.

        Raises:
            OriginError: The service cannot be asked.
        """
        return self._looked_up(identifiers, _SEARCH_FRESH)

    def known(self, identifiers: Iterable[Identifier]) -> dict[Identifier, Finding]:
        """Look many works up as they are now: retractions, corrections, dates, versions, full texts.

        What was answered before does not do, unless the service says that it still holds.

        Raises:
            OriginError: The service cannot be asked.
        """
        return self._looked_up(identifiers, timedelta(0))

    def search(self, query: str, limit: int = 25, wanted: Filter | None = None) -> Findings:
        """Show what a query finds, without fetching any text.

        Raises:
            OriginError: The service cannot be asked, or refuses the query.
        """
        total, found = 0, list[Finding]()
        for hits, results in self._pages(query, limit, wanted or Filter()):
            total = total or hits
            found += _readable(results)
        return Findings(total, tuple(found))

    def results(
        self, query: str, limit: int, wanted: Filter | None = None
    ) -> Iterator[Finding | OriginError]:
        """Give the first works that a query finds, page by page as they are asked for.

        Yields:
            A finding, or the error of a result that cannot be read.

        Raises:
            OriginError: The service cannot be asked, or refuses the query.
        """
        for _, results in self._pages(query, limit, wanted or Filter()):
            yield from results

    def full_text(self, full_text_id: str) -> Answer:
        """Fetch a full text as JATS XML.

        Raises:
            NotThereError: There is none.
            OriginError: It cannot be had now.
        """
        address = f"{self._address}/{full_text_id}/fullTextXML"
        answer = self._http.get(address, fresh_for=_TEXT_FRESH, worth_keeping=_is_whole_xml)
        if "html" in answer.content_type.lower():
            raise OriginError("Europe PMC answers with a web page in place of the full text; try again later")
        return answer

    def address_of(self, finding: Finding) -> str:
        """Where the service gives the record of a work."""
        return f"{self._address}/article/{finding.source}/{finding.id}?resultType=core&format=json"

    def _pages(
        self, query: str, limit: int, wanted: Filter
    ) -> Iterator[tuple[int, list[Finding | OriginError]]]:
        """Give the number of hits and the wanted results of each page, up to `limit` in all."""
        if not query.strip():
            raise OriginError("the query is empty; say what to look for")
        full_query, size = wanted.applied_to(query), min(limit, _PAGE)
        cursor, seen, left, shown = "*", {"*"}, limit, 0
        given: set[str] = set()
        while left > 0:
            page = self._page(full_query, cursor, size, _SEARCH_FRESH)
            results = list(islice(_new(filter(wanted.admits, _results(page)), given), left))
            left -= len(results)
            yield page.hit_count, results
            on_page = len(page.results.result) if page.results else 0
            shown += on_page
            following = page.next_cursor
            if not following or following in seen or not on_page or shown >= page.hit_count:
                return
            seen.add(following)
            cursor = following

    def _looked_up(
        self, identifiers: Iterable[Identifier], fresh_for: timedelta
    ) -> dict[Identifier, Finding]:
        found: dict[Identifier, Finding] = {}
        remaining = iter(dict.fromkeys(identifiers))
        while batch := list(islice(remaining, _BATCH)):
            query = " OR ".join(identifier.query for identifier in batch)
            size = _MOST_A_PAGE if len(batch) > 1 else _PAGE
            page = self._page(query, "*", size, fresh_for)
            findings = sorted(_readable(_results(page)), key=_rank)
            for identifier in batch:
                match = next((finding for finding in findings if _is_named(finding, identifier)), None)
                if match:
                    found[identifier] = match
        return found

    def _page(self, query: str, cursor: str, size: int, fresh_for: timedelta) -> _Page:
        parameters = {
            "query": query,
            "format": "json",
            "resultType": "core",
            "cursorMark": cursor,
            "pageSize": str(size),
        }
        answer = self._http.get(
            f"{self._address}/search", parameters, fresh_for=fresh_for, worth_keeping=_is_page
        )
        try:
            page = _Page.model_validate_json(answer.data)
        except ValidationError as error:
            raise OriginError(
                "Europe PMC answers with something else than results; try again later, or check LOCCIT_EUROPEPMC_URL"
            ) from error
        if page.error or page.results is None:
            raise OriginError(f"Europe PMC refuses the query ({page.error or 'no results'}); check its words")
        return page


def _results(page: _Page) -> Iterator[Finding | OriginError]:
    for result in page.results.result if page.results else ():
        try:
            yield Finding.of(json.dumps(result, ensure_ascii=False).encode())
        except ValidationError as error:
            yield OriginError(
                f"Europe PMC gives a result that Loccit cannot read ({in_one_line(error)}); try again later"
            )


def _new(results: Iterable[Finding | OriginError], given: set[str]) -> Iterator[Finding | OriginError]:
    """Leave out what was given before: an index that moves while it is read shows a work on two pages."""
    for result in results:
        if isinstance(result, OriginError):
            yield result
        elif result.location not in given:
            given.add(result.location)
            yield result


def _readable(results: Iterable[Finding | OriginError]) -> Iterator[Finding]:
    for result in results:
        if isinstance(result, Finding):
            yield result
        else:
            logger.warning("%s", result)


def _is_page(answer: Answer) -> bool:
    try:
        return _Page.model_validate_json(answer.data).results is not None
    except ValidationError:
        return False


def _is_whole_xml(answer: Answer) -> bool:
    """Check what would otherwise stay for a month; what is wrong with it is for the parser to say."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return bool(etree.fromstring(answer.data, parser).tag == "article")
    except etree.XMLSyntaxError:
        return False


def _rank(finding: Finding) -> tuple[int, int]:
    """Order the records of one work: what was published before its preprint, a new version before an old one."""
    order = {"MED": 0, "PMC": 1, PREPRINTS: 3}
    return order.get(finding.source, 2), -(finding.version or 0)


def _is_named(finding: Finding, identifier: Identifier) -> bool:
    if identifier.registry is Registry.PREPRINT:
        return finding.source == PREPRINTS and finding.id == identifier.value
    return str(identifier) in finding.works
