"""Works in Europe PMC's shape, in words of our own."""

from __future__ import annotations

import random
from dataclasses import dataclass
from xml.sax.saxutils import escape

_SUBJECTS = "gulls herons terns plovers curlews ospreys godwits dunlins avocets oystercatchers".split()
_PLACES = "estuary saltmarsh mudflat lagoon shingle dune reedbed island".split()
_THINGS = "feeding nesting roosting ringing moulting brooding wading calling".split()
_NAMES = "Abel Brandt Castro Duval Eriksen Fofana Greco Haddad Ito Jansen Kaya Lindqvist".split()
_AGENCY = "Fund for Shore Birds"


@dataclass(frozen=True)
class Link:
    """What the service says of another work: `type` "Retraction in", of a `source` such as "MED"."""

    type: str
    source: str
    id: str
    reference: str = ""


@dataclass(frozen=True)
class Paper:
    """A work, its abstract with the service's tags, and its full text."""

    title: str
    abstract: str
    pmcid: str | None = None
    pmid: str | None = None
    doi: str | None = None
    source: str = "MED"
    id: str = ""
    authors: tuple[tuple[str, str], ...] = (("Ada", "Abel"),)
    journal: str | None = "Annals of the Shore"
    year: int = 2024
    licence: str | None = "cc by"
    open_access: bool = True
    types: tuple[str, ...] = ("research-article", "Journal Article")
    links: tuple[Link, ...] = ()
    paragraphs: tuple[str, ...] = ()
    version: int | None = None

    @property
    def number(self) -> str:
        return self.id or self.pmid or self.pmcid or ""

    @property
    def full_text_id(self) -> str | None:
        if not self.open_access:
            return None
        return self.number if self.source == "PPR" else self.pmcid

    def core(self) -> dict[str, object]:
        """Give the result as `resultType=core` does; what is empty is not there."""
        ids = {"id": self.number, "source": self.source, "pmid": self.pmid, "pmcid": self.pmcid}
        full_text = {"fullTextId": [self.full_text_id]} if self.full_text_id else None
        printed = {"volume": "7", "issue": "2", "yearOfPublication": self.year, "monthOfPublication": 5}
        journal = {**printed, "journal": {"title": self.journal, "issn": "1234-5678"}}
        server = {"publisher": "shoreRxiv", "yearOfPublication": self.year}
        result: dict[str, object] = {
            **ids,
            "fullTextIdList": full_text,
            "doi": self.doi,
            "title": f"{self.title}.",
            "authorString": ", ".join(f"{family} {given[0]}" for given, family in self.authors) + ".",
            "authorList": {"author": [self._author(*name) for name in self.authors]},
            "journalInfo": journal if self.journal and self.source != "PPR" else None,
            "bookOrReportDetails": server if self.source == "PPR" else None,
            "pubYear": str(self.year),
            "pageInfo": "11-19",
            "abstractText": self.abstract or None,
            "pubTypeList": {"pubType": list(self.types)},
            "keywordList": {"keyword": ["shore", "birds"]},
            "grantsList": {"grant": [{"grantId": "SB-1", "agency": _AGENCY, "orderIn": 0}]},
            "commentCorrectionList": self._links(),
            "isOpenAccess": "Y" if self.open_access else "N",
            "inEPMC": "Y" if self.full_text_id else "N",
            "hasPDF": "N",
            "hasBook": "N",
            "citedByCount": 0,
            "versionNumber": self.version,
            "license": self.licence,
            "firstPublicationDate": f"{self.year}-03-04",
        }
        return {name: value for name, value in result.items() if value is not None}

    def jats(self) -> bytes:
        """Give the full text."""
        ids = (("pmcid", self.pmcid), ("pmid", self.pmid), ("doi", self.doi))
        named = "".join(
            f'<article-id pub-id-type="{kind}">{escape(value)}</article-id>' for kind, value in ids if value
        )
        authors = "".join(
            '<contrib contrib-type="author"><name>'
            f"<surname>{family}</surname><given-names>{given}</given-names></name></contrib>"
            for given, family in self.authors
        )
        paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        return (
            '<?xml version="1.0" encoding="UTF-8"?><article article-type="research-article"><front><article-meta>'
            f"{named}<title-group><article-title>{escape(self.title)}</article-title></title-group>"
            f"<contrib-group>{authors}</contrib-group><pub-date><year>{self.year}</year></pub-date></article-meta>"
            f"</front><body><sec><title>Results</title>{paragraphs}</sec></body></article>"
        ).encode()

    @property
    def words(self) -> str:
        """All that a plain word is looked for in."""
        return " ".join([self.title, self.abstract, *self.paragraphs])

    def _author(self, given: str, family: str) -> dict[str, object]:
        number = {"type": "ORCID", "value": f"0000-0000-0000-{len(family):04}"}
        name = {
            "fullName": f"{family} {given[0]}",
            "firstName": given,
            "lastName": family,
            "initials": given[0],
        }
        return {**name, "authorId": number}

    def _links(self) -> dict[str, object] | None:
        given = [
            {
                "id": link.id,
                "source": link.source,
                "reference": link.reference,
                "type": link.type,
                "orderIn": n,
            }
            for n, link in enumerate(self.links, start=1)
        ]
        return {"commentCorrection": given} if given else None


def papers(count: int, first: int = 1) -> list[Paper]:
    """Make works that all tell of birds, each in numbers of its own."""
    return [_paper(number) for number in range(first, first + count)]


def _paper(number: int) -> Paper:
    chance = random.Random(number)
    bird, place, doing = chance.choice(_SUBJECTS), chance.choice(_PLACES), chance.choice(_THINGS)
    seen = chance.randint(20, 900)
    family = chance.choice(_NAMES)
    return Paper(
        title=f"Count {number} of {doing} {bird} on a {place}",
        abstract=f"<h4>Aims</h4>We asked how many {bird} use the {place}."
        f"<h4>Results</h4>Count {number} found {seen} {bird} <i>{doing}</i> there.",
        pmcid=f"PMC{9_000_000 + number}",
        pmid=str(38_000_000 + number),
        doi=f"10.5555/shore.{number}",
        authors=((f"{chance.choice('KLMNOP')}ira", family), ("Noor", chance.choice(_NAMES))),
        year=2015 + number % 10,
        paragraphs=(
            f"In count {number}, {seen} {bird} were {doing} on the {place}.",
            f"The {bird} of count {number} left the {place} before the tide of day {seen % 28 + 1}.",
        ),
    )
