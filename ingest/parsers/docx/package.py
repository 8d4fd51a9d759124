"""A DOCX file as the package of XML parts that it is: opened within bounds, or refused with the reason."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from urllib.parse import unquote

from lxml import etree

from corpus.errors import OriginError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_MOST_BYTES = 200_000_000
_MOST_PARTS = 20_000
# Of one part inflated, and of all parts that are read; a book of a thousand pages has ten.
_MOST_INFLATED = 100_000_000
_MOST_RATIO = 400
_RATIO_FROM = 5_000_000
_CHUNK = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_OFFICE = (
    ("xl/", "a spreadsheet"),
    ("ppt/", "a presentation"),
    ("content.xml", "an OpenDocument file"),
)
# ISO's "strict" names of what nearly all files name the "transitional" way.
_STRICT_NAMES = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
# What zipfile raises over damage, depending on the byte that is hit; NotImplementedError is a RuntimeError.
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
_DECLARES = "declares entities, which no word processor writes"
_DAMAGED = "the DOCX file is damaged ({}); get it again, or open it in a word processor and save it anew"


class Package:
    """The parts of a DOCX file; each is inflated when it is asked for, all of them within one bound."""

    def __init__(self, data: bytes) -> None:
        """Open the file.

        Raises:
            OriginError: It is no DOCX file, is damaged, encrypted or too large.
        """
        if len(data) > _MOST_BYTES:
            raise OriginError(
                f"the DOCX file has {len(data) // 1_000_000} MB; leave its pictures out and save it anew"
            )
        if data.startswith(_OLE):
            raise OriginError(
                "the document is encrypted; open it with its password and save it without one"
                if _ENCRYPTED in data
                else "the file is an old Word document (.doc), not DOCX; save it as DOCX in a word processor"
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            reason = "it ends too early" if data.startswith(b"PK\x03\x04") else "it is no ZIP package"
            raise OriginError(_DAMAGED.format(reason)) from error
        self._names = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        if len(self._names) > _MOST_PARTS:
            raise OriginError(_DAMAGED.format(f"it has {len(self._names)} parts"))
        self._left = _MOST_INFLATED
        self.document_name = self._related("", "officeDocument") or "word/document.xml"
        if self.document_name not in self._names:
            found = next(
                (what for name, what in _OTHER_OFFICE if any(n.startswith(name) for n in self._names)), None
            )
            raise OriginError(
                f"the file is {found}, not a Word document; export it as DOCX or PDF"
                if found
                else _DAMAGED.format("the part with its text is missing")
            )

    def document(self) -> etree._Element:
        """Give the part that holds the text."""
        return self._parsed(self.document_name)

    def beside_document(self, kind: str) -> etree._Element | None:
        """Give the part of a kind ("styles", "footnotes") that goes with the text, if there is one."""
        name = self._related(self.document_name, kind)
        return self._parsed(name) if name and name in self._names else None

    def core_properties(self) -> etree._Element | None:
        """Give the part that says title, author and dates, if there is one."""
        name = self._related("", "core-properties")
        return self._parsed(name) if name and name in self._names else None

    def _related(self, source: str, kind: str) -> str | None:
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._names:
            return None
        for relation in self._parsed(relations):
            if (relation.get("Type") or "").endswith(f"/{kind}"):
                target = unquote(relation.get("Target") or "")
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return None

    def _parsed(self, name: str) -> etree._Element:
        data = self._inflated(name)
        for strict, usual in _STRICT_NAMES:
            data = data.replace(strict, usual)
        # A new parser each time: lxml's may not be shared by threads. Nothing outside the file is ever read.
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            # A bomb goes off within the parser, which then calls it badly formed.
            reason = _DECLARES if b"<!DOCTYPE" in data else "is not well-formed XML"
            raise OriginError(_DAMAGED.format(f"{name} {reason}")) from error
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise OriginError(_DAMAGED.format(f"{name} {_DECLARES}"))
        return root

    def _inflated(self, name: str) -> bytes:
        """Inflate a part in steps: what its directory entry says of its size may be a lie."""
        info = self._names[name]
        if info.flag_bits & 1:
            raise OriginError("the document is encrypted; open it with its password and save it without one")
        most = min(self._left, max(_RATIO_FROM, _MOST_RATIO * info.compress_size))
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    if size > most or info.file_size > most:
                        raise OriginError(_DAMAGED.format(f"{name} inflates to more than any document holds"))
                    chunks.append(chunk)
        except _ZIP_ERRORS as error:
            raise OriginError(_DAMAGED.format(f"{name} cannot be inflated")) from error
        self._left -= size
        return b"".join(chunks)
