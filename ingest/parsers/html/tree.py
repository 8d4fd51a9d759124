"""The bytes of a web page → a tree of elements, or why there is none."""

from __future__ import annotations

import codecs
import html
import re

from lxml import etree

from corpus.errors import OriginError

_MOST_BYTES = 50_000_000
_DECLARATION_WITHIN = 4096
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_ENCODING = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_XHTML = re.compile(r"<html[^>]{0,400}xmlns\s*=", re.IGNORECASE)
_TAG_NAME = re.compile(r"[A-Za-z][\w.-]*")
_NAMED_CHARACTER = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]*;")
# Written in bytes that are all valid UTF-8.
_SEVEN_BITS = ("iso-2022", "hz", "utf-7")
# No character of a text; libxml2 would end the page at NUL and show the others as damage.
_CONTROLS = dict.fromkeys([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])
# What browsers take these names to mean: the larger sets that pages so labelled are really written in.
_READ_AS = {
    "windows-1252": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}


def read_page(data: bytes) -> etree._Element:
    """Read a page as browsers do: XHTML strictly if it is well formed, all else by the rules of HTML.

    Raises:
        OriginError: The page is empty, too large, nested too deeply, or not in the encoding it names.
    """
    if len(data) > _MOST_BYTES:
        size = len(data) // 1_000_000
        raise OriginError(f"the page has {size} MB, more than any article: save the article alone")
    text = _decoded(data)
    is_xhtml = bool(_XML_DECLARATION.match(text)) or bool(_XHTML.search(text, 0, _DECLARATION_WITHIN))
    text = _XML_DECLARATION.sub("", text.translate(_CONTROLS))
    root = _strict(text) if is_xhtml else None
    return _lenient(text) if root is None else root


def _decoded(data: bytes) -> str:
    """Decode as the page says, else UTF-8, else Windows-1252: what browsers assume of pages that say nothing."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded_as(data, encoding, encoding)
    declared = _declared(data)
    if not declared.startswith(_SEVEN_BITS):
        # Many pages name another encoding and are UTF-8 all the same; text in another is hardly ever valid UTF-8.
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    name = declared or "windows-1252"
    return _decoded_as(data, _READ_AS.get(name, name), name)


def _declared(data: bytes) -> str:
    """Give the encoding that the page names, if it is known; one that needs UTF-16's zeros cannot be meant."""
    head = data[:_DECLARATION_WITHIN]
    match = _XML_ENCODING.search(head) or _META_ENCODING.search(head)
    name = match[1].decode("ascii").lower() if match else ""
    try:
        "".encode(name or "utf-8")
    except LookupError:
        return ""
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _decoded_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise OriginError(
            f"the page is not in {name.upper().removesuffix('-SIG')} as it should be ({error.reason} at byte "
            f"{error.start}); open it in a browser and save it as UTF-8"
        ) from error


def _strict(text: str) -> etree._Element | None:
    """Read XHTML as XML, in which `<a/>` is empty; None if it is not well formed, and then it is HTML."""
    named = _NAMED_CHARACTER.sub(lambda match: html.unescape(match[0]), text)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(_utf8(named), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or next(root.iter(etree.Entity), None) is not None:
        return None
    _drop_namespaces(root)
    return root


def _lenient(text: str) -> etree._Element:
    # A new parser each time: lxml's may not be shared by threads.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    data = _utf8(text)
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError:
        root = None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise OriginError("the page is nested too deeply for an article; check where the file comes from")
    if root is None:
        raise OriginError("the page is empty: open it in a browser, save it, and ingest the saved file")
    _drop_namespaces(root)
    return root


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")


def _drop_namespaces(root: etree._Element) -> None:
    """Name elements alike whether XML gave them a namespace, HTML a prefix ("mml:math"), or neither."""
    for element in root.iter("*"):
        name = str(element.tag).rpartition("}")[2]
        prefix, colon, local = name.partition(":")
        if colon and prefix.lower() in ("m", "mml", "html", "xhtml"):
            name = local
        # What a slip of the pen makes of a tag ("<b<>") is a name that stays, and means nothing.
        if name != element.tag and _TAG_NAME.fullmatch(name):
            element.tag = name.lower()
