"""BibTeX → entries, through bibtexparser; LaTeX's accents, braces and commands become the characters they print."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)
from pylatexenc.latex2text import LatexNodes2Text

from corpus.errors import OriginError
from ingest.bibliographies.entry import BibliographyEntry, Said, entry_of
from ingest.canonical import fold

# What it would print of a bad entry is in the error that stands for the entry.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_ENTRY_START = re.compile(r"@\s*\w+\s*[{(]\s*([^\s,{}()]*)")
_ESCAPED = re.compile(r"\\([_%&#~{}])|\\url\s*\{([^{}]*)\}|[{}]")


def read_bibtex(text: str) -> list[BibliographyEntry | OriginError]:
    """Read the entries of a BibTeX file, in order."""
    library = parse_string(text)
    abbreviations = "\n".join(string.raw or "" for string in library.strings)
    return list(_read(library.blocks, abbreviations))


def _read(blocks: list[Block], abbreviations: str) -> Iterator[BibliographyEntry | OriginError]:
    for block in blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, Entry):
            yield _entry(block, line)
        elif isinstance(block, DuplicateBlockKeyBlock):
            # Two works may bear one key, in lists put together by hand; by itself the second is read like any other.
            yield from _alone(block, abbreviations, line)
        elif isinstance(block, ParsingFailedBlock):
            yield OriginError(_problem(block, line))


def _alone(
    block: DuplicateBlockKeyBlock, abbreviations: str, line: int
) -> Iterator[BibliographyEntry | OriginError]:
    alone = parse_string(f"{abbreviations}\n{block.raw or ''}")
    yield from (_entry(entry, line) for entry in alone.entries)
    yield from (OriginError(_problem(failed, line)) for failed in alone.failed_blocks)


def _problem(block: ParsingFailedBlock, line: int) -> str:
    key = _ENTRY_START.match(block.raw or "")
    name = f"the entry {key[1]}" if key and key[1] else "the entry"
    if isinstance(block, DuplicateFieldKeyBlock):
        fields = ", ".join(sorted(block.duplicate_keys))
        return f"line {line}: {name} gives {fields} twice; delete one of them"
    return f"line {line}: {name} is not whole: a brace, a quotation mark or a comma is missing; correct it"


def _entry(entry: Entry, line: int) -> BibliographyEntry:
    fields = {field.key.lower(): str(field.value) for field in entry.fields}
    plain = {name: _unescaped(value) for name, value in fields.items()}
    eprint = plain.get("eprint", "")
    archive = plain.get("eprinttype", plain.get("archiveprefix", "")).lower()
    said = Said(
        doi=plain.get("doi", ""),
        pmid=plain.get("pmid") or (eprint if archive in ("pubmed", "pmid") else ""),
        pmcid=plain.get("pmcid") or plain.get("pmc", ""),
        addresses=tuple(plain[name] for name in ("url", "howpublished", "ee", "bdsk-url-1") if name in plain),
        notes=tuple(
            plain[name] for name in ("note", "extra", "annote", "annotation", "addendum") if name in plain
        ),
    )
    date = fields.get("date") or fields.get("year") or ""
    authors = fields.get("author") or fields.get("editor") or ""
    return entry_of(said, entry.key, _printed(fields.get("title", "")), _first_author(authors), date, line)


def _first_author(authors: str) -> str:
    """Give the family name of the first of several authors; a name in braces is a body, and whole."""
    first = next(iter(split_multiple_persons_names(authors)), "")
    if not first.strip() or re.fullmatch(r"\s*\{.*\}\s*", first, re.DOTALL):
        return _printed(first)
    parts = parse_single_name_into_parts(first, strict=False)
    return _printed(" ".join([*parts.von, *parts.last])) or _printed(first)


def _printed(latex: str) -> str:
    """Give what LaTeX would print; a lone "%" is meant as a sign, not as the start of a comment."""
    if not re.search(r"[\\{}$~`'-]", latex):
        return fold(latex)
    source = re.sub(r"(?<!\\)%", r"\\%", latex)
    return fold(LatexNodes2Text(math_mode="text", strict_latex_spaces=False).latex_to_text(source))


def _unescaped(value: str) -> str:
    """Give an identifier, an address or a remark as it was before it was escaped for LaTeX."""
    return _ESCAPED.sub(lambda match: match[1] or match[2] or "", value)
