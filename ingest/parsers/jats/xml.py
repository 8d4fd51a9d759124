"""Reads XML safely: bytes → the JATS articles in them. Nothing outside the file is ever fetched."""

from __future__ import annotations

import codecs
import html
import re

from lxml import etree

from corpus.errors import OriginError

# An article without a document type may still use names of characters. With one, lxml leaves them in the tree
# instead of stopping; it is never fetched.
_DOCUMENT_TYPE = b'<!DOCTYPE article SYSTEM "article.dtd">'
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b[^>]*\?>)?")
_DECLARED_ENCODING = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)")
_SINGLE_BYTE = re.compile(r"iso-?8859|latin|windows-?125|cp125", re.IGNORECASE)
_UNDECLARED_ENTITY = re.compile(r"Entity '.*' not defined")
_NOT_XML = re.compile(r"Start tag expected, '<' not found|Document is empty")
# What libxml2 reports, and what it means to who has the file; anything else is "not well formed".
_REFUSALS = (
    ("Excessive depth", "the XML is nested too deeply for an article; check where the file comes from"),
    (
        "entity amplification",
        "the XML's entities expand beyond all measure, as no article's do; do not trust the file, and get the"
        " article from its publisher",
    ),
    (
        "entity reference loop",
        "the XML's entities stand for one another in a circle; do not trust the file, and get the article from its"
        " publisher",
    ),
    (
        "Resource limit exceeded",
        "the XML holds a text or a name that is far longer than any article's; check where the file comes from",
    ),
    (
        "Unsupported encoding",
        "the XML declares an encoding that is not known; correct the declaration, or save the file as UTF-8",
    ),
    (
        "Invalid bytes in character encoding",
        "the XML's bytes are not in the encoding that it declares, or not in UTF-8 if it declares none; correct the"
        " declaration, or save the file as UTF-8",
    ),
)
# Entities that a file declares itself are replaced if they are characters or short words, never if they hold others.
_LONGEST_ENTITY = 100

_Definitions = dict[str, str]


def articles_in(data: bytes) -> list[etree._Element]:
    """Give the articles of a file: its root, or those in what an archive wraps around them.

    Args:
        data: The file's bytes.

    Raises:
        OriginError: The file is empty, its XML is not well formed, or it holds no article.
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise OriginError("the file is empty; download it again")
    _check_encoding(data)
    root = _parsed(data)
    name = etree.QName(root).localname
    if name == "article":
        return [root]
    found = (
        [] if name == "html" else [element for element in root.iter("{*}article") if _is_outermost(element)]
    )
    if not found:
        raise OriginError(
            f"line 1: the XML is <{name}>, not a JATS <article>; give the article's own full text file"
        )
    return found


def make_readable(article: etree._Element) -> None:
    """Put characters in the place of their names, and take the namespace of JATS, if any, off its elements.

    Raises:
        OriginError: An entity's text is not known.
    """
    _replace_entities(article)
    namespace = etree.QName(article).namespace
    if namespace:
        for element in article.iter(f"{{{namespace}}}*"):
            element.tag = etree.QName(element).localname


def _check_encoding(data: bytes) -> None:
    """Refuse a declared encoding that the bytes contradict without being malformed: letters would be wrong."""
    declared = _DECLARED_ENCODING.match(data)
    if not declared:
        return
    name = declared[1].decode()
    really = ""
    if name.lower().startswith(("utf-16", "utf-32", "ucs")):
        really = "one byte a letter"
    elif _SINGLE_BYTE.match(name) and not data.isascii():
        try:
            data.decode("utf-8")
            really = "UTF-8"
        except UnicodeDecodeError:
            return
    if really:
        raise OriginError(
            f"line 1: the XML declares the encoding {name}, but its bytes are {really}; correct the declaration"
        )


def _parsed(data: bytes) -> etree._Element:
    if data.lstrip().startswith(b"<"):
        data = data.lstrip()
    try:
        return _tree(data)
    except etree.XMLSyntaxError as error:
        if _UNDECLARED_ENTITY.match(error.msg or "") and b"<!DOCTYPE" not in data:
            return _parsed_with_document_type(data)
        raise _malformed(error) from error


def _parsed_with_document_type(data: bytes) -> etree._Element:
    match = _DECLARATION.match(data)
    head = match[0] if match else b""
    try:
        return _tree(head + _DOCUMENT_TYPE + data[len(head) :])
    except etree.XMLSyntaxError as error:
        raise _malformed(error) from error


def _tree(data: bytes) -> etree._Element:
    # A new parser each time: lxml's may not be shared by threads. Without huge_tree, libxml2 bounds depth, text
    # and what entities grow to.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _malformed(error: etree.XMLSyntaxError) -> OriginError:
    line = error.lineno or 1
    for sign, meaning in _REFUSALS:
        if sign in error.msg:
            return OriginError(f"line {line}: {meaning}")
    if _NOT_XML.match(error.msg):
        return OriginError(f"line {line}: the file is not XML; give the article's own full text file")
    reason = re.sub(r"\W*line \d+, column \d+$", "", error.msg)
    return OriginError(f"line {line}: the XML is not well formed ({reason}); download the file again")


def _is_outermost(element: etree._Element) -> bool:
    holds_article = any(
        etree.QName(child).localname in ("front", "body") for child in element.iterchildren("*")
    )
    return holds_article and next(element.iterancestors("{*}article"), None) is None


def _replace_entities(article: etree._Element) -> None:
    entities = list(article.iter(etree.Entity))
    if not entities:
        return
    definitions = _definitions(article)
    parents = {entity.getparent(): None for entity in entities}
    for parent in parents:
        if parent is not None:
            _replace_entities_in(parent, definitions)


def _replace_entities_in(parent: etree._Element, definitions: _Definitions) -> None:
    """Join the text around the entities of one element: in one go, since there may be thousands."""
    holder: etree._Element | None = None
    parts = [parent.text or ""]
    for child in list(parent):
        if child.tag is etree.Entity:
            parts += [_character(child, definitions), child.tail or ""]
            parent.remove(child)
            continue
        _put(parent, holder, parts)
        holder, parts = child, [child.tail or ""]
    _put(parent, holder, parts)


def _put(parent: etree._Element, holder: etree._Element | None, parts: list[str]) -> None:
    if holder is None:
        parent.text = "".join(parts)
    elif len(parts) > 1:
        holder.tail = "".join(parts)


def _character(entity: etree._Element, definitions: _Definitions) -> str:
    """Give what a named entity stands for: the file's own definition, else HTML's, as no DTD is read."""
    reference = entity.text or ""
    character = definitions.get(reference[1:-1]) or html.unescape(reference)
    if character == reference:
        raise OriginError(
            f"the XML leans on the entity {reference}, which is not resolved; write its text in its place"
        )
    return character


def _definitions(article: etree._Element) -> _Definitions:
    declared = article.getroottree().docinfo.internalDTD
    if declared is None:
        return {}
    return {
        entity.name: entity.content
        for entity in declared.iterentities()  # type: ignore[attr-defined]  # unknown to the stubs
        if entity.content
        and len(entity.content) <= _LONGEST_ENTITY
        and not re.search("[&<%]", entity.content)
    }
