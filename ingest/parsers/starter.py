"""The starter corpus: the source article, word for word, and digests of related works. All of it is data."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import yaml
from pydantic import BaseModel, ConfigDict

from corpus.document import Block, BlockKind, Document, Fidelity, Licence, Section, SourceType, Span
from corpus.errors import OriginError
from corpus.record import Record
from ingest.canonical import CanonicalText, fold
from ingest.splitting import begins_with_list_mark


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _LicenceData(_Strict):
    name: str | None = None
    url: str | None = None
    basis: str
    note: str | None = None


class _StatementData(_Strict):
    text: str
    read_at: str


class _DigestSection(_Strict):
    heading: str
    statements: tuple[_StatementData, ...]


class DigestData(_Strict):
    """A file of `corpus/starter/digests`: our own statements about one work, with the work's record."""

    id: str
    source_type: SourceType
    commercial: bool
    record: Record
    authors_truncated: bool
    open_access: bool | str
    licence: _LicenceData
    note: str | None = None
    sections: tuple[_DigestSection, ...]


class _ArticleSection(_Strict):
    heading: str
    level: int
    begins: str
    heading_in_text: bool


class ArticleData(_Strict):
    """What a page cannot say of itself: where its sections begin and where its footer is cut."""

    id: str
    source_type: SourceType
    fidelity: Fidelity
    commercial: bool
    commercial_note: str
    record: Record
    licence: _LicenceData
    text: str
    ends_before: str
    sections: tuple[_ArticleSection, ...]


def parse(_data: bytes, _fallback_id: str) -> Iterator[Document]:
    """Read the starter corpus that ships with Loccit: the source article first, then the digests.

    The parameters are those of every parser; what is read lies in the package.

    Raises:
        OriginError: If the data beside the article do not fit its text.
    """
    folder = files("corpus") / "starter"
    article = ArticleData.model_validate(yaml.safe_load((folder / "source-article.yaml").read_text("utf-8")))
    yield _article(article, (folder / article.text).read_text("utf-8"))
    for digest in digests():
        yield _digest(digest)


def digests() -> Iterator[DigestData]:
    """Read the data of the digests, by file name."""
    folder = files("corpus") / "starter" / "digests"
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        yield DigestData.model_validate(yaml.safe_load(path.read_text("utf-8")))


def _digest(data: DigestData) -> Document:
    canonical = CanonicalText()
    for section in data.sections:
        canonical.open_section(section.heading)
        for statement in section.statements:
            canonical.add_block(statement.text, BlockKind.PARAGRAPH, statement.read_at)
        canonical.close_section()
    built = canonical.finish()
    return Document(
        id=data.id,
        text=built.text,
        record=data.record,
        source_type=data.source_type,
        fidelity=Fidelity.DIGEST,
        commercial=data.commercial,
        licence=Licence(data.licence.name, data.licence.url),
        sections=built.sections,
        blocks=built.blocks,
        note=data.note,
    )


def _article(data: ArticleData, page: str) -> Document:
    """Build the article by hand: its headings stand where no parser looks for them."""
    end = page.find(data.ends_before)
    if end < 0:
        raise OriginError(
            f"starter corpus: {data.text} has no footer that begins with {data.ends_before!r} any more"
        )
    text = "\n".join(line for line in map(fold, page[:end].splitlines()) if line)
    sections = _article_sections(data, text)
    return Document(
        id=data.id,
        text=text,
        record=data.record,
        source_type=data.source_type,
        fidelity=data.fidelity,
        commercial=data.commercial,
        licence=Licence(data.licence.name, data.licence.url),
        sections=sections,
        blocks=tuple(_article_blocks(text, sections)),
        note=data.commercial_note,
    )


def _article_sections(data: ArticleData, text: str) -> tuple[Section, ...]:
    starts: list[int] = []
    for section in data.sections:
        if text.count(section.begins) != 1:
            raise OriginError(
                f"starter corpus: {section.begins!r} does not stand exactly once in {data.text}"
            )
        starts.append(text.index(section.begins))
    built: list[Section] = []
    for index, (section, start) in enumerate(zip(data.sections, starts, strict=True)):
        later = zip(data.sections[index + 1 :], starts[index + 1 :], strict=True)
        end = next((at for other, at in later if other.level <= section.level), len(text))
        parents = [built[i] for i in range(index) if data.sections[i].level < section.level]
        outer = parents[-1].path if parents else ()
        heading = Span(start, start + len(section.heading)) if section.heading_in_text else None
        built.append(Section(Span(start, end), (*outer, section.heading), heading))
    return tuple(built)


def _article_blocks(text: str, sections: tuple[Section, ...]) -> Iterator[Block]:
    """Cut the text at its lines, at the sections' beginnings and around the headings that stand in it."""
    cuts = {0, len(text)} | {section.span.start for section in sections}
    cuts |= {section.heading_span.end for section in sections if section.heading_span}
    cuts |= {position for position, character in enumerate(text) if character == "\n"}
    headings = {section.heading_span.start for section in sections if section.heading_span}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        piece = text[start:end]
        if start in headings or not piece.strip():
            continue
        span = Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
        kind = BlockKind.LIST_ITEM if begins_with_list_mark(piece) else BlockKind.PARAGRAPH
        holding = [i for i, section in enumerate(sections) if section.span.contains(span)]
        yield Block(span, kind, holding[-1] if holding else None)
