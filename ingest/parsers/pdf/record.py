"""The bibliographic record of a PDF: what its first page, its margins and its XMP say of it. Nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from corpus.document import SourceType
from corpus.record import Issued, Record
from ingest.canonical import fold
from ingest.parsers.metadata import Metadata
from ingest.parsers.pdf.front import Front
from ingest.parsers.pdf.identifiers import arxiv_number, dois_in, is_preprint_doi, names_preprint_server
from ingest.parsers.pdf.page import PdfFile

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAY_FIRST = r"(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]{2,8})\.?,?\s+(?P<year>(?:19|20)\d\d)"
_MONTH_FIRST = r"(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<day>\d{1,2}),\s+(?P<year>(?:19|20)\d\d)"
_ISO = r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"
_PUBLISHED = re.compile(r"\b(?:first )?(?:published|posted)(?: online| on)*\s*:?\s*", re.IGNORECASE)
_DATES = [re.compile(pattern) for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO)]
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:©\s*)?((?:19|20)\d\d)\b", re.IGNORECASE)
_PMCID = re.compile(r"\bPMCID:\s*(PMC\d{4,9})\b")
_PMID = re.compile(r"\bPMID:\s*(\d{4,8})\b")
_PRISM_DOI = ("doi", "DOI")
_KINDS = {
    "research article": SourceType.RESEARCH,
    "original article": SourceType.RESEARCH,
    "original research": SourceType.RESEARCH,
    "review article": SourceType.REVIEW,
    "review": SourceType.REVIEW,
    "systematic review": SourceType.REVIEW,
    "case report": SourceType.CASE_REPORT,
    "editorial": SourceType.EDITORIAL,
    "clinical trial": SourceType.CLINICAL_TRIAL,
    "erratum": SourceType.CORRECTION,
    "correction": SourceType.CORRECTION,
    "corrigendum": SourceType.CORRECTION,
}


def read_metadata(file: PdfFile, front: Front, first_page: str, margins: str) -> Metadata:
    """Give what is known of the document.

    Args:
        file: Its pages, entries and XMP.
        front: Its title and authors.
        first_page: What its first page says before any reference list, line by line.
        margins: What stands around the text of its pages.
    """
    turned = file.pages[0].turned
    arxiv = arxiv_number(turned)
    doi = _own_doi(file, first_page, margins) or (f"10.48550/arXiv.{arxiv}" if arxiv else None)
    is_preprint = bool(
        arxiv or (doi and is_preprint_doi(doi)) or names_preprint_server(f"{margins}\n{turned}")
    )
    journal = _xmp_value(file.packets, ("publicationName",))
    kinds = (_KINDS.get(line.strip().lower()) for line in f"{margins}\n{first_page}".split("\n"))
    record = Record(
        type="article" if is_preprint else "article-journal" if doi or journal else "document",
        title=fold(front.title) or _plain_title(file, first_page),
        author=front.authors,
        container_title=journal,
        issued=Issued(date_parts=tuple(_issued(file, first_page, margins))),
        doi=doi,
        pmid=_only(_PMID.findall(first_page)),
        pmcid=_only(_PMCID.findall(first_page)),
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else None,
    )
    found = SourceType.PREPRINT if is_preprint else next(filter(None, kinds), SourceType.OTHER)
    return Metadata(source_type=found).model_copy(update={"record": record})


def _own_doi(file: PdfFile, first_page: str, margins: str) -> str | None:
    """Give the article's own DOI: XMP's, the one in the margins, or the only one on the first page."""
    stated = _xmp_value(file.packets, _PRISM_DOI) or " ".join(
        file.information.get(key, "") for key in ("Subject", "Title", "Keywords")
    )
    for text in (stated, margins):
        counted = Counter(doi.lower() for doi in dois_in(text))
        if len(counted) == 1:
            return dois_in(text)[0]
    on_page = {doi.lower(): doi for doi in dois_in(first_page)}
    if len(on_page) == 1:
        return next(iter(on_page.values()))
    # One that stands by itself on its line is the article's; a cited one has words before it.
    alone = [
        doi
        for doi in on_page.values()
        if re.search(
            rf"^(?:https?://(?:dx\.)?doi\.org/|doi:?\s*){re.escape(doi)}\W*$",
            first_page,
            re.IGNORECASE | re.MULTILINE,
        )
    ]
    return _only(alone)


def _plain_title(file: PdfFile, first_page: str) -> str:
    """Give the title among the file's own entries if the first page shows it."""
    title = fold(file.information.get("Title", ""))
    letters = re.sub(r"\W+", "", title).casefold()
    shown = len(title.split()) > 2 and letters in re.sub(r"\W+", "", first_page).casefold()  # noqa: PLR2004
    return title if shown else ""


def _issued(file: PdfFile, first_page: str, margins: str) -> Iterable[tuple[int, ...]]:
    """Give the date of publication as it is printed, else XMP's, else the year of the copyright."""
    text = f"{first_page}\n{margins}"
    for match in _PUBLISHED.finditer(text):
        if date := _date_at(text, match.end()):
            return [date]
    stated = _xmp_value(file.packets, ("coverDate", "publicationDate", "coverDisplayDate")) or ""
    if date := _date_at(stated, 0):
        return [date]
    years = set(_COPYRIGHT.findall(text))
    return [(int(years.pop()),)] if len(years) == 1 else []


def _date_at(text: str, start: int) -> tuple[int, ...] | None:
    for pattern in _DATES:
        match = pattern.match(text, start)
        if match:
            word = match["month"].lower()
            month = int(word) if word.isdigit() else _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0
            day = int(match["day"])
            return (int(match["year"]), month, day) if 0 < month < 13 and 0 < day < 32 else None  # noqa: PLR2004
    return None


def _xmp_value(packets: Sequence[bytes], names: Sequence[str]) -> str | None:
    """Give the one value that XMP has under any of the names; pictures bring XMP too, but none of these."""
    found = set()
    for packet in packets:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
        )
        root = etree.fromstring(packet, parser)
        for element in () if root is None else root.iter("*"):
            if etree.QName(element).localname in names:
                found.add(fold(" ".join(str(text) for text in element.itertext())))
            found |= {
                fold(str(value))
                for name, value in element.attrib.items()
                if etree.QName(name).localname in names
            }
    return _only([value for value in found if value])


def _only(values: Sequence[str]) -> str | None:
    """Give the value that is not contradicted by another."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None
