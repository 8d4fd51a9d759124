"""The documents of the library as the page shows them: the rows of the list, and all that is known of one."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from assistant.interface.library.listing import ROWS, Found
from assistant.interface.library.originals import ORIGINAL_PATH
from assistant.interface.markup import attributes, shown, web_address
from assistant.interface.reader import RETRACTION
from assistant.interface.sources import link, record_line, tag, tags
from corpus.document import Document, Fidelity, Section
from corpus.library import Library
from corpus.rows import ListedDocument, Provenance
from corpus.works import RelatedWork, Relation

_RELATIONS = {
    Relation.RETRACTED_BY: "Retracted by",
    Relation.RETRACTS: "Retracts",
    Relation.CONCERN_RAISED_BY: "Concern raised by",
    Relation.CORRECTED_BY: "Corrected by",
    Relation.CORRECTS: "Corrects",
    Relation.PUBLISHED_AS: "Published as",
    Relation.PREPRINT_IS: "Preprint",
    Relation.COMMENTED_BY: "Commented on by",
    Relation.COMMENTS_ON: "Comments on",
    Relation.RELATED: "Related",
}
_GRAVE = (Relation.RETRACTED_BY, Relation.CONCERN_RAISED_BY)
_STARTER = "starter"


def count_line(found: Found) -> str:
    """Say how many documents there are, or are as wanted."""
    if not found.total:
        return "The library is empty. Add papers to it."
    of_all = f" of {found.total:,}" if found.matching < found.total else ""
    return f"{found.matching:,}{of_all} {_plural(found.total, 'document')} · {_counted(found.passages, 'passage')}"


def rows(found: Found) -> str:
    """Show a page of the list and, if there are more, the button that brings them."""
    pieces = [_row(line) for line in found.entries]
    if found.remaining:
        offset = attributes(data_offset=found.offset + len(found.entries))
        following = min(ROWS, found.remaining)
        pieces.append(
            f'<li class="rest"><button type="button" class="show-more"{offset}>Show {following} more'
            f"<span> of {found.remaining:,}</span></button></li>"
        )
    return "".join(pieces)


def details(library: Library, document_id: str) -> str:
    """Show what is known of one document, and what can be done with it.

    Raises:
        UnknownDocumentError: If the library does not hold it.
    """
    with library.snapshot():
        document = library.document(document_id)
        provenance = library.catalogue.ledger.provenance(document_id)
        passages = len(library.passages_of(document_id))
    facts = "".join(
        f"<dt>{name}</dt><dd>{value}</dd>" for name, value in _facts(document, provenance, passages)
    )
    note = f'<p class="note">{shown(document.note)}</p>' if document.note else ""
    retraction = RETRACTION if document.retracted else ""
    return (
        f"{retraction}{note}<dl>{facts}</dl>{_related(document)}{_outline(document)}"
        f"{_actions(document, provenance)}"
    )


def _row(entry: ListedDocument) -> str:
    record = entry.record
    full_text = tag("Full text", "plain") if entry.fidelity is Fidelity.FULL_TEXT else ""
    licence = f'<span class="licence">{shown(entry.licence)}</span>' if entry.licence else ""
    facts = shown(record_line(record.authors, record.container_title, record.year))
    title = shown(record.title) or f"Untitled: {shown(entry.document_id)}"
    named = attributes(data_document=entry.document_id)
    return (
        f'<li class="paper{" retracted" if entry.retracted else ""}"{named}>'
        f'<h3><button type="button" class="unfold" aria-expanded="false">{title}</button></h3>'
        f'<p class="record">{facts}</p><p class="tags">{tags(entry)}{full_text}'
        f'<span class="held">{_counted(entry.passages, "passage")}</span>{licence}</p>'
        '<div class="more" hidden></div></li>'
    )


def _facts(document: Document, provenance: Provenance, passages: int) -> Iterator[tuple[str, str]]:
    """Give names and values, as markup; what is not known is left out."""
    record = document.record
    if record.authors:
        yield "Authors", shown(", ".join(record.authors))
    if published := _published(document):
        yield "Published", shown(published)
    holds = [_counted(passages, "passage")]
    for number, thing in (
        (len(document.references), "reference"),
        (len(document.tables), "table"),
        (len(document.pages), "page"),
    ):
        if number:
            holds.append(_counted(number, thing))
    yield "Holds", " · ".join(holds)
    if document.licence.name or document.licence.url:
        yield "Licence", _licence(document)
    yield "Identifier", f"<code>{shown(document.id)}</code>"
    if origin := _origin(provenance):
        yield "Came from", origin


def _published(document: Document) -> str:
    record = document.record
    issue = f"{record.volume or ''}{f'({record.issue})' if record.issue else ''}"
    numbers = ": ".join(part for part in (issue, record.page) if part)
    parts = (record.container_title, record.publisher, str(record.year or ""), numbers)
    return " · ".join(part for part in parts if part)


def _licence(document: Document) -> str:
    name = shown(document.licence.name or "See its terms")
    address = web_address(None, document.licence.url)
    if address is None:
        return name
    return f"<a{attributes(href=address, target='_blank', rel='noopener noreferrer')}>{name}</a>"


def _origin(provenance: Provenance) -> str:
    location = provenance.location
    if location is None:
        return ""
    uploaded = location.removeprefix("upload:")
    if location == _STARTER:
        named = "the starter corpus"
    elif uploaded != location:
        named = f"an uploaded file, {shown(uploaded)}"
    else:
        named = shown(location)
    fetched = link(web_address(None, provenance.address))
    return f"{named} · fetched from {fetched}" if fetched else named


def _related(document: Document) -> str:
    if not document.related:
        return ""
    works = sorted(document.related, key=lambda work: list(_RELATIONS).index(work.relation))
    return f'<h4>Related works</h4><ul class="related">{"".join(map(_related_work, works))}</ul>'


def _related_work(work: RelatedWork) -> str:
    numbers = (work.doi and f"doi:{work.doi}", work.pmid and f"pmid:{work.pmid}", work.pmcid, work.url)
    named = work.title or next((number for number in numbers if number), "a work without a name")
    url = work.url
    if work.pmcid or work.pmid:
        number = f"PMC/{work.pmcid}" if work.pmcid else f"MED/{work.pmid}"
        url = f"https://europepmc.org/article/{number}"
    grave = ' class="grave"' if work.relation in _GRAVE else ""
    to = link(web_address(work.doi, url))
    return f"<li{grave}><strong>{_RELATIONS[work.relation]}</strong> {shown(named)} {to}</li>"


def _outline(document: Document) -> str:
    if not document.sections:
        return ""
    items = "".join(map(_outlined, document.sections))
    summary = f"Outline, {_counted(len(document.sections), 'section')}"
    return f'<details class="outline"><summary>{summary}</summary><ul>{items}</ul></details>'


def _outlined(section: Section) -> str:
    depth = attributes(class_=f"depth-{min(len(section.path), 4)}")
    return f"<li{depth}>{shown(section.heading)}</li>"


def _actions(document: Document, provenance: Provenance) -> str:
    # As a citation does, so that the same reader opens; without spans it opens at its beginning.
    read = attributes(
        class_="in-context", data_document=document.id, data_sha256=document.text_sha256, data_spans=""
    )
    named = document.record.title or document.id
    check = attributes(class_="check-in", href="#check", data_document=document.id, data_title=named)
    remove = attributes(class_="remove", data_document=document.id, data_title=named)
    original = ""
    if provenance.original:
        address = f"{ORIGINAL_PATH}?{urlencode({'document': document.id})}"
        to = attributes(class_="original", data_path=address, href="#", target="_blank", rel="noopener")
        original = f"<a{to}>Open original</a>"
    return (
        f'<p class="actions"><button type="button"{read}>Read</button>{original}'
        f"<a{check}>Check a claim in it</a>{link(document.record.link)}"
        f'<button type="button"{remove}>Remove</button></p>'
    )


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {_plural(number, thing)}"


def _plural(number: int, thing: str) -> str:
    return thing if number == 1 else f"{thing}s"
