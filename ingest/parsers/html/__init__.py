"""HTML and XHTML → document: the article of a web page, without what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpus.document import Document, Fidelity, SectionRole
from corpus.errors import OriginError
from ingest.canonical import Canonical, fold
from ingest.parsers.html.clutter import drop_clutter, drop_hidden
from ingest.parsers.html.inline import plain_text
from ingest.parsers.html.main import drop_front_matter, find_main
from ingest.parsers.html.record import is_paid, read_metadata
from ingest.parsers.html.references import take_references
from ingest.parsers.html.text import build_text, letters
from ingest.parsers.html.tree import read_page
from ingest.parsers.metadata import Metadata, title_of

# Below so many words, a page that shows signs of a barrier holds the barrier, not an article.
_FEW_WORDS = 150
_VERY_FEW_WORDS = 25
_CHALLENGE = re.compile(
    r"just a moment|checking (?:your|if the site|the site)|verify (?:that )?you are (?:a )?human|are you a robot"
    r"|captcha|attention required|access (?:to this page has been )?denied|security check|unusual traffic"
    r"|request (?:blocked|rejected)|403 forbidden|bot verification|pardon our interruption",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:40[34]|410|50[0234])\b.{0,40}(?:error|not found|forbidden|unavailable|gateway)"
    r"|page (?:you requested )?(?:was |could |can)?(?:not|n't) (?:be )?found",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(
    r"(?:enable|requires?|turn on|activate|needs?)\b.{0,40}\bjavascript|javascript (?:is|to be|must be)\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"(?:subscribe|log ?in|sign ?in|register|purchase|buy|rent)\b.{0,60}"
    r"\b(?:to (?:continue|read|access|view)|full (?:text|article)|access)"
    r"|(?:get|access) (?:full )?(?:access|through your institution)|(?:preview of|requires a) subscription",
    re.IGNORECASE,
)


def parse(data: bytes, fallback_id: str) -> Iterator[Document]:
    """Read the article of one page; its reference list becomes records.

    Args:
        data: The file's bytes.
        fallback_id: The document's identity if the page states no PMCID, DOI or PMID.

    Raises:
        OriginError: The page cannot be decoded, or holds no article: it is empty, builds its text by script, asks for
            payment or proof of being human, or says that there is no such page.
    """
    root = read_page(data)
    metadata = read_metadata(root)
    paid = is_paid(root)
    scripted = _is_scripted(root)
    drop_hidden(root)
    body = next(root.iter("body"), root)
    seen = fold(plain_text(body))
    listed = take_references(body)
    drop_clutter(body)
    main = find_main(body)
    title = _title(metadata.record.title, body)
    if metadata.record.type != "webpage":
        drop_front_matter(main)
    canonical = build_text(main, listed.targets, title)
    _refuse_barriers(canonical, title, seen, paid=paid, scripted=scripted)
    record = metadata.record.model_copy(update={"title": title})
    update = {"record": record, "fidelity": _fidelity(canonical, metadata)}
    yield metadata.model_copy(update=update).document(
        canonical, fallback_id, title_of(fallback_id), references=listed.references
    )


def _title(said: str, body: etree._Element) -> str:
    """Give the title as the page prints it, if it prints what its head says or the head says nothing."""
    headings = [fold(plain_text(heading)) for heading in body.iter("h1")]
    known = letters(said)
    for heading in headings:
        # The head's own title often goes on with the name of the site.
        if letters(heading) and (not known or letters(heading) in known):
            return heading
    return said


def _is_scripted(root: etree._Element) -> bool:
    """Tell a page that says, where scripts do not run, that it needs them, or has scripts and an empty root."""
    said = " ".join(plain_text(element) for element in root.iter("noscript"))
    roots = [
        element for element in root.iter("div") if element.get("id") in ("root", "app", "__next", "__nuxt")
    ]
    return bool(_SCRIPTED.search(said)) or any(not plain_text(element).strip() for element in roots)


def _refuse_barriers(canonical: Canonical, title: str, seen: str, *, paid: bool, scripted: bool) -> None:
    """Refuse what stands in place of an article; a long text is one whatever else the page says."""
    words = len(canonical.text.split())
    said = f"{title} {canonical.text if canonical.blocks else seen}"
    by_browser = "open it in a browser, save it when the text is shown, and ingest the saved file"
    if any(section.role is SectionRole.ABSTRACT for section in canonical.sections):
        return
    if words < _FEW_WORDS and _MISSING.search(said):
        raise OriginError("the page says that it was not found; check its address")
    if words < _FEW_WORDS and _CHALLENGE.search(said):
        raise OriginError(
            f"the page asks for proof that a person reads it, and holds no article; {by_browser}"
        )
    if (paid and words < _FEW_WORDS) or (words < _VERY_FEW_WORDS and _PAID.search(seen)):
        raise OriginError(
            "the page shows its text only to those who pay or sign in; get the article where it is free to read, "
            "or save it from a browser that is signed in"
        )
    if words < _VERY_FEW_WORDS and (scripted or _SCRIPTED.search(said)):
        raise OriginError(f"the page builds its text by JavaScript, and holds little itself; {by_browser}")
    if not canonical.blocks:
        raise OriginError(f"the page has no text: {by_browser}")


def _fidelity(canonical: Canonical, metadata: Metadata) -> Fidelity:
    """Tell a journal's page that shows the abstract alone."""
    sections = [section for section in canonical.sections if len(section.path) == 1]
    bodies = [section for section in sections if section.role is SectionRole.BODY]
    has_abstract = any(section.role is SectionRole.ABSTRACT for section in sections)
    is_article = metadata.record.type != "webpage"
    return Fidelity.ABSTRACT if is_article and has_abstract and not bodies else Fidelity.FULL_TEXT
