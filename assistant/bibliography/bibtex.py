"""References as BibTeX: accents, Greek letters and signs as LaTeX prints them, capitals kept as the title has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Block, Entry, Field
from pylatexenc.latexencode import UnicodeToLatexEncoder

from assistant.bibliography.fields import RETRACTED, address, extra, in_one_line, issn, pages, verbatim
from assistant.bibliography.work import Work, named
from corpus.record import Name

# By CSL-JSON's types; BibTeX has none for preprints, web pages and data.
_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "standard": "techreport",
    "thesis": "phdthesis",
    "manuscript": "unpublished",
}
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
_OPENING = re.compile(r'(?<![^\s(\[])"')
_CAPITAL = re.compile(r"[^\W\d_]")


def as_bibtex(works: Sequence[Work]) -> str:
    """Write works as entries of a BibTeX file."""
    entries: list[Block] = [
        Entry(
            _type(work),
            key,
            [Field(name, value) for name, value in _fields(work, _type(work)) if value],
        )
        for key, work in named(works)
    ]
    return str(write_string(Library(entries))) if entries else ""


def _type(work: Work) -> str:
    return _TYPES.get(work.record.type, "misc")


def _fields(work: Work, entry_type: str) -> Iterator[tuple[str, str]]:
    record = work.record
    first, last = pages(record)
    yield "title", _title(in_one_line(record.title))
    yield "author", " and ".join(filter(None, map(_name, record.author)))
    # Styles print neither journal nor publisher of what has no type of its own.
    shown_in = record.container_title or (record.publisher if entry_type == "misc" else "")
    yield _CONTAINERS.get(entry_type, "howpublished"), _latex(shown_in or "")
    yield "year", str(record.year or "")
    yield "volume", _latex(record.volume or "")
    yield "number", _latex(record.issue or extra(record, "number"))
    yield "pages", f"{_latex(first)}--{_latex(last)}" if last else _latex(first)
    yield _PUBLISHERS.get(entry_type, "publisher"), _latex(record.publisher or "")
    yield "issn", _latex(", ".join(issn(record)))
    yield "doi", verbatim(record.doi or "")
    yield "url", address(work)
    yield "pmid", verbatim(record.pmid or "")
    yield "pmcid", verbatim(record.pmcid or "")
    yield "keywords", _latex(record.keyword or "")
    yield "note", RETRACTED if work.retracted else ""


def _title(title: str) -> str:
    """Write a title; styles put words in small letters unless these stand in braces."""
    words = title.split(" ")
    return " ".join(
        f"{{{_latex(word)}}}" if _has_capitals(word, is_first=place == 0) else _latex(word)
        for place, word in enumerate(words)
    )


def _has_capitals(word: str, *, is_first: bool) -> bool:
    letters = _CAPITAL.findall(word)
    return any(letter.isupper() for letter in (letters[1:] if is_first else letters))


def _name(name: Name) -> str:
    """Write a name as "von Last, Jr, First"; a body's is whole, in braces."""
    family = " ".join(filter(None, (name.dropping_particle, name.particle, name.family)))
    if not family:
        body = name.literal or name.given or ""
        return f"{{{_latex(body)}}}" if body.strip() else ""
    return ", ".join(_name_part(part) for part in (family, name.suffix or "", name.given or "") if part)


def _name_part(part: str) -> str:
    # Both would begin another name, or another part of it.
    is_parted = "," in part or " and " in f" {part.lower()} "
    return f"{{{_latex(part)}}}" if is_parted else _latex(part)


def _latex(text: str) -> str:
    """Write text as LaTeX, without a brace that BibTeX would count."""
    # LaTeX has no straight quotation marks.
    curled = _OPENING.sub("“", in_one_line(text)).replace('"', "”")
    written: str = _encoder().unicode_to_latex(curled)
    return written.replace(r"{\{}", r"{\textbraceleft}").replace(r"{\}}", r"{\textbraceright}")


@cache
def _encoder() -> UnicodeToLatexEncoder:
    # Words in scripts that LaTeX has no commands for stay as they are: newer programs read UTF-8.
    return UnicodeToLatexEncoder(
        non_ascii_only=False,
        replacement_latex_protection="braces-all",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )
