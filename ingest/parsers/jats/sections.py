"""What the sections of a JATS article are for, and the headings that a style sheet prints where the XML has none."""

from __future__ import annotations

import re

from lxml import etree

from corpus.document import SectionRole

_DEFAULT_HEADINGS = {
    "abstract": "Abstract",
    "ack": "Acknowledgements",
    "app": "Appendix",
    "fn-group": "Footnotes",
    "glossary": "Glossary",
    "notes": "Notes",
}
_ABSTRACT_HEADINGS = {
    "author-highlights": "Highlights",
    "highlights": "Highlights",
    "graphical": "Graphical abstract",
    **dict.fromkeys(
        ("editor", "key-points", "precis", "short", "summary", "teaser", "toc", "web-summary"), "Summary"
    ),
}
_ROLES = {
    "abstract": SectionRole.ABSTRACT,
    "ack": SectionRole.ACKNOWLEDGEMENTS,
    "app": SectionRole.APPENDIX,
    "boxed-text": SectionRole.BOX,
    "fn-group": SectionRole.NOTES,
    "glossary": SectionRole.NOTES,
    "notes": SectionRole.NOTES,
}
# Sections that publishers set like any other and that hold no findings, told by the heading or the declared type
# ("COI-statement", "funding-information"): at the end of an article, or a top-level section of it.
_THANKS = re.compile(
    r"acknowledg|funding|financial (?:support|disclosure)|grant (?:support|information)"
    r"|sources? of (?:funding|support)",
    re.IGNORECASE,
)
_STATEMENTS = re.compile(
    r"(?:statement of |declaration of |potential )?(?:competing|conflicts?[ -]of[ -]|financial )"
    r"(?:financial )?(?:and )?interests?|coi-statement|disclosures?\b|declarations?\b|disclaimer"
    r"|authors?['’]?s?['’]?[ -]contribution|contributors?(?:hip)?\b|credit author"
    r"|data[ -]availability|availability of (?:data|supporting)|data (?:and \w+ )?access|data sharing"
    r"|ethic(?:s|al)[ -](?:approval|statement|declaration|consideration)|institutional review board"
    r"|consent (?:for|to) publication|informed consent statement|abbreviations|additional information"
    r"|publisher['’]?s note|provenance and peer|peer review|pre-publication history|generative ai",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"(?:supplementary |online |technical )?appendi(?:x|ces)\b", re.IGNORECASE)
_NUMBERING = re.compile(r"[\W\d]*(?:[IVX]+\.\s)?")


def default_heading(element: etree._Element) -> str:
    """Give the heading that a style sheet prints, or nothing."""
    if element.tag == "boxed-text":
        return "Box" if next(element.iter("title"), None) is None else ""
    return _ABSTRACT_HEADINGS.get(element.get("abstract-type", "")) or _DEFAULT_HEADINGS.get(
        str(element.tag), ""
    )


def section_role(element: etree._Element, heading: str) -> SectionRole:
    """Tell what a section is for, by its tag or, for one at the end or at the top level, by its type and heading."""
    declared = " ".join(filter(None, (element.get(f"{element.tag}-type"), element.get("fn-type"))))
    words = _NUMBERING.sub("", heading, count=1)
    if element.tag in ("sec", "notes") and _may_be_a_statement(element):
        for text in (words, declared):
            if _THANKS.match(text):
                return SectionRole.ACKNOWLEDGEMENTS
            if _STATEMENTS.match(text):
                return SectionRole.NOTES
            if _APPENDIX.match(text):
                return SectionRole.APPENDIX
    return _ROLES.get(str(element.tag), SectionRole.BODY)


def _may_be_a_statement(element: etree._Element) -> bool:
    parent = element.getparent()
    return (
        parent is not None
        and parent.tag in ("body", "back", "notes", "sec", "front")
        and (parent.tag != "sec" or next(element.iterancestors("back"), None) is not None)
    )
