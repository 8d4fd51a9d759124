"""Articles by their web address: what is behind it, in a format that a parser reads, and nothing private."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote, urlsplit

from corpus.document import SourceType
from corpus.errors import OriginError
from corpus.record import Record
from ingest.origins.europepmc import ANYTHING, EuropePMC, Filter
from ingest.origins.europepmc.identifiers import Identifier
from ingest.origins.europepmc.origins import NamedWork, original
from ingest.origins.http import HttpClient
from ingest.origins.http.cache import Answer
from ingest.origins.original import Known, Original, Origins, Unreadable

_LONGEST_SLUG = 60
_PDF_WITHIN = 1024
_SNIFFED = 4096
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_JATS = re.compile(rb"<!DOCTYPE\s+article\b|<article\b", re.IGNORECASE)
_XML_TYPES = re.compile(r"(?:application|text)/(?:[\w.-]+\+)?xml")
_SUFFIX_BY_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}


@dataclass(frozen=True, slots=True)
class WebPage:
    """What is at a web address."""

    pages: HttpClient
    location: str

    @property
    def is_remote(self) -> bool:
        """It is."""
        return True

    @property
    def works(self) -> tuple[str, ...]:
        """Unknown before it is read."""
        return ()

    def read(self) -> Original:
        """Fetch it."""
        answer = self.pages.get(self.location)
        suffix = suffix_of(answer)
        is_page = suffix == ".html"
        return Original(
            data=_in_utf8(answer) if suffix in (".html", ".txt", ".md") else answer.data,
            suffix=suffix,
            fallback_id=_fallback_id(answer.address),
            known=Known(Record(url=answer.address), SourceType.WEB if is_page else None),
            address=answer.address,
            keep=True,
        )


@dataclass(frozen=True, slots=True)
class WorkAtAddress:
    """A work whose address names it: Europe PMC gives it with its record, or else the address itself is read."""

    named: NamedWork
    page: WebPage

    @property
    def location(self) -> str:
        """The work's name: the address is one of many that lead to it."""
        return self.named.location

    @property
    def is_remote(self) -> bool:
        """It is."""
        return True

    @property
    def works(self) -> tuple[str, ...]:
        """The name that the address holds."""
        return self.named.works

    def read(self) -> Original:
        """Fetch its full text or abstract from Europe PMC, else what is at the address."""
        finding = self.named.service.find(self.named.identifier)
        if finding and (refusal := self.named.wanted.refusal(finding)):
            raise OriginError(refusal)
        if finding and (finding.has_full_text or finding.has_abstract):
            return original(self.named.service, finding)
        return self.page.read()


def addressed(pages: HttpClient, service: EuropePMC, address: str, wanted: Filter = ANYTHING) -> Origins:
    """Give what is at a web address.

    Args:
        pages: Fetches pages; see `HttpClient.for_readers`.
        service: Gives works whose address names them (doi.org, Europe PMC, PubMed Central).
        address: Begins with https:// or http://.
        wanted: Which works are; of any other page the licence is known too late to choose by it.
    """
    page = WebPage(pages, address.strip().partition("#")[0])
    identifier = Identifier.read(address)
    if identifier:
        yield WorkAtAddress(NamedWork(service, identifier, wanted), page)
    elif wanted.licences:
        yield Unreadable(page.location, "its licence is not known beforehand; ask for it without a licence")
    else:
        yield page


def suffix_of(answer: Answer) -> str:
    """Tell the format of what a server gave: by its first bytes, and only then by what the server calls it.

    Raises:
        OriginError: It is of no format that Loccit reads.
    """
    data, start = answer.data, answer.data[:_SNIFFED]
    kind = answer.content_type.partition(";")[0].strip().lower()
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04") and _is_word(data):
        return ".docx"
    if _HTML.match(start.removeprefix(codecs.BOM_UTF8)):
        return ".html"
    if (
        start.lstrip().startswith(b"<?xml") or _XML_TYPES.fullmatch(kind)
    ) and kind != "application/xhtml+xml":
        if _JATS.search(start):
            return ".xml"
        if b"<html" not in start.lower():
            raise OriginError("the address gives XML that is no JATS article; give the article's own address")
        return ".html"
    if suffix := _SUFFIX_BY_TYPE.get(kind):
        return suffix
    raise OriginError(
        f"the address gives {kind or 'something of no named type'}, which Loccit does not read; "
        "give the address of a page, a PDF, JATS XML, DOCX or plain text"
    )


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _in_utf8(answer: Answer) -> bytes:
    """Write a text in UTF-8 where the server names another encoding: parsers do not hear what servers say."""
    header = Message()
    header["Content-Type"] = answer.content_type
    named = header.get_content_charset()
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if not named or named in ("utf-8", "utf8") or answer.data.startswith(marks):
        return answer.data
    # Browsers take Latin-1 for the larger set that pages so labelled are written in.
    encoding = "cp1252" if named in ("iso-8859-1", "latin-1", "us-ascii", "ascii") else named
    try:
        return codecs.BOM_UTF8 + answer.data.decode(encoding).encode()
    except (LookupError, UnicodeError):
        # The parser finds out, or says what it cannot read.
        return answer.data


def _fallback_id(address: str) -> str:
    parts = urlsplit(address)
    name = f"{(parts.hostname or '').removeprefix('www.')} {unquote(parts.path)}".lower()
    slug = re.sub(r"[^a-z0-9]+", "-", name)[:_LONGEST_SLUG].strip("-")
    return f"web:{slug}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"
