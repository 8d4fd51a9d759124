"""DOCX files put together part by part."""

from __future__ import annotations

import io
import zipfile

from corpus.document import Document
from ingest.parsers import parser_for

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:shape"'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{printed}"/><w:pPr>{properties}</w:pPr></w:style>'
    for name, printed, properties in (
        ("Title", "Title", ""),
        ("H1", "heading 1", '<w:outlineLvl w:val="0"/>'),
        ("H2", "heading 2", ""),
        ("Cap", "caption", ""),
        ("Quo", "Quote", ""),
        ("Toc", "toc 1", ""),
    )
)


def packed(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def relations(**targets: str) -> str:
    inside = "".join(
        f'<Relationship Id="{kind}" Type="{KIND}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def package(body: str, **parts: str) -> bytes:
    beside = {"styles": STYLES, **parts}
    return packed(
        {
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(**{name: f"{name}.xml" for name in beside}),
            **{f"word/{name}.xml": f"<w:{name} {NAMES}>{part}</w:{name}>" for name, part in beside.items()},
        }
    )


def parse_bytes(data: bytes) -> Document:
    parser = parser_for(".docx")
    assert parser is not None
    (document,) = parser(data, "file:my-draft-0a1b2c3d")
    assert isinstance(document, Document)
    return document


def parse(body: str, **parts: str) -> Document:
    return parse_bytes(package(body, **parts))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, style: str = "", properties: str = "") -> str:
    inside = inside if inside.startswith("<") else run(inside)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'
